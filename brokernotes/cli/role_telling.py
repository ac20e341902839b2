"""The roles of a listing or deal, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.width import pad, width
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.features.roles import Role
    from brokernotes.storage.queries import NoteRow

TYPES = ("listing", "deal")  # of the notes that have roles


class RoleTelling:
    """Tells roles in the words of one run.

    Args:
        app: of the run.
        roles: to be told.
    """

    def __init__(self, app: App, roles: Iterable[Role]) -> None:
        self._app = app
        self.roles = list(roles)
        ids = {one.agent for role in self.roles for one in (role, role.over) if one}
        self._titles = app.vault.queries.titles(ids)

    def named(self, agent: str) -> str:
        """What an agent is called: the title of the note, or the name as it was typed."""
        return self._titles.get(agent, agent)

    def label(self, role: Role) -> str:
        """What a role is called."""
        from brokernotes.features.role_sentences import role_label

        return role_label(role.role, self._app.vault.rules.schema, self._app.language)

    def why(self, role: Role) -> str:
        """Why somebody has it."""
        from brokernotes.features.role_sentences import why

        return why(role, self._app.vault.rules.schema, self._app.language, self.named)

    def lines(self) -> list[str]:
        """One line a role: what it is called, who has it, why."""
        labels = [self.label(role) for role in self.roles]
        names = [self.named(role.agent) or self._app.text(N_("unknown")) for role in self.roles]
        columns = max(map(width, labels), default=0), max(map(width, names), default=0)
        return [
            f"{pad(label, columns[0])}  {pad(name, columns[1])}  {self.why(role)}"
            for label, name, role in zip(labels, names, self.roles, strict=True)
        ]

    def json(self, role: Role) -> dict[str, Any]:
        """A role in the shape programs bind to."""
        from brokernotes.features.role_sentences import why_code, why_params

        return {
            "role": role.role,
            "agent": role.agent or None,
            "name": self.named(role.agent) or None,
            "why": self.why(role),
            "why_code": why_code(role),
            "params": why_params(role),
        }


def roles_of(app: App, row: NoteRow) -> RoleTelling:
    """The roles of a note; of a deal both sides', with those of its listing.

    Args:
        app: of the run; its index is current.
        row: of a listing or deal; other notes have none.
    """
    if row.type not in TYPES:
        return RoleTelling(app, ())
    from brokernotes.casework import Past, case_of
    from brokernotes.cli.history import reading_bar
    from brokernotes.features.roles import derive_roles

    app.vault.history.progress = reading_bar(app)
    # Whoever has a note now has not earned what was done before it was handed over.
    past = Past(app.vault, app.today)
    return RoleTelling(app, derive_roles(case_of(app.vault, row, app.today, past)).values())

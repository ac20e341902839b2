"""The same vault for scripts: typed, and nothing is printed.

    from brokernotes import Vault

    with Vault("~/brokerage") as vault:
        for home in vault.notes("listing"):
            print(home.title, home.values.get("price"))
        for item in vault.due():
            print(item.due, item.title)
        print(vault.post("阳光花园 3室").content)

What it tells is what stands in the files when it is opened, and again after
`refresh`. Every error is a `brokernotes.errors.BrokernotesError`. Confidential
values are told as they stand: whoever may read the files may read them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from brokernotes.joint import open_vault

if TYPE_CHECKING:
    import frontmatter

    from brokernotes.errors import Problem
    from brokernotes.features.ranking import DueItem
    from brokernotes.model.records import Record
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.refresh import Refreshed

__all__ = ["Note", "Vault"]


@dataclass(frozen=True, slots=True)
class Note:
    """One note's values.

    Attributes:
        id: None: not minted yet.
        type: `client`, `listing`, `deal`, `community` or `agent`.
        path: relative to the vault, with `/`.
        title: what people call it.
        values: by key of the field table, as JSON speaks of them: dates as ISO text, enums as
            ids, links as typed; what is unset or cannot be read is absent.
    """

    id: str | None
    type: str
    path: str
    title: str
    values: Mapping[str, Any]

    @property
    def ref(self) -> str:
        """What stands for the note in other calls: its id, else its path."""
        return self.id or self.path


class Vault:
    """A vault, its index brought up to date.

    Args:
        path: the vault's folder, or any folder in it.
        environ: the environment, for where caches and git lie; None: the process's.
        now: the present moment in the vault's zone, without offset; None: the clock's.

    Raises:
        VaultError: there is no vault, or its rules cannot be read.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        environ: Mapping[str, str] | None = None,
        now: datetime | None = None,
    ) -> None:
        folder = Path(path).expanduser().absolute()
        found = (one for one in (folder, *folder.parents) if (one / "brokernotes.yaml").is_file())
        self._vault = open_vault(
            str(next(found, folder)), os.environ if environ is None else environ
        )
        self._now = now
        self.refresh()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """The vault in a folder: the same as `Vault(path)`."""
        return cls(path)

    def close(self) -> None:
        """Let go of the index."""
        self._vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def root(self) -> Path:
        """The vault's folder."""
        return Path(self._vault.root)

    @property
    def index_path(self) -> Path | None:
        """The SQLite file that other programs may read; None: it lives in memory."""
        found = self._vault.index.path
        return Path(found) if found else None

    @property
    def now(self) -> datetime:
        """The present moment in the vault's zone, without offset."""
        return self._now or datetime.now(self._vault.rules.zone).replace(tzinfo=None)

    def refresh(self) -> Refreshed:
        """Take over what changed in the files since; what that was is returned."""
        return self._vault.refresh(self.now.date())

    # -- notes

    def notes(self, type: str | None = None) -> list[Note]:
        """The notes of one type, or all, by title.

        Args:
            type: `client`, `listing`, `deal`, `community` or `agent`; None: of every type.

        Raises:
            UsageError: there is no such type.
        """
        from brokernotes.errors import UsageError
        from brokernotes.language import N_
        from brokernotes.model.schema import LETTER_OF_TYPE
        from brokernotes.storage.query import Ask

        if type is not None and type not in LETTER_OF_TYPE:
            raise UsageError(
                N_("{type} is no type of note; these are: {types}"),
                type=type,
                types=", ".join(LETTER_OF_TYPE),
            )
        queries = self._vault.queries
        return [
            Note(row.id, row.type, row.path, row.title, values)
            for kind in ([type] if type else LETTER_OF_TYPE)
            for row, values in queries.listed(Ask(type=kind))
        ]

    def note(self, ref: str) -> Note:
        """The one note that is meant.

        Args:
            ref: its id or the beginning of it, file name, path, title, alias or phone.

        Raises:
            NotFoundError: no such note, or more than one; `candidates` names them.
        """
        row = self._vault.resolve(ref)
        return Note(row.id, row.type, row.path, row.title, self._vault.queries.values(row))

    def record(self, ref: str) -> Record:
        """A note as the features see it: typed values, and the entries of its log.

        Raises:
            NotFoundError: no such note, or more than one.
        """
        return self._vault.open(self._vault.resolve(ref).path).note.record

    def post(self, ref: str) -> frontmatter.Post:
        """A note as python-frontmatter has it.

        The front matter is read by the field table, not by YAML's guesses: a phone keeps its
        zeros, a date that does not exist is text, and nothing raises.

        Raises:
            NotFoundError: no such note, or more than one.
        """
        from brokernotes.notes.posts import post_of

        return post_of(self._vault.open(self._vault.resolve(ref).path).note)

    # -- what is derived

    def due(
        self,
        agent: str | None = None,
        *,
        until: date | None = None,
        kind: str | None = None,
        show_all: bool = False,
    ) -> list[DueItem]:
        """What to do today, most pressing first.

        Args:
            agent: whose; as in `note`. None: everybody's, without the daily limit.
            until: also what falls due up to this day.
            kind: only of this kind, one of `model.occurrences.KINDS` or `dormant`.
            show_all: without the daily limit.

        Raises:
            NotFoundError: there is no such agent.
        """
        from brokernotes.features.ranking import Asked
        from brokernotes.joint import due_of

        row: NoteRow | None = self._vault.resolve(agent, ("agent",)) if agent else None
        now = self.now
        asked = Asked(
            now=now,
            agent=row.ref if row else None,
            until=until,
            show_all=show_all or row is None,
            kind=kind,
        )
        return due_of(self._vault, asked)

    def problems(self) -> list[Problem]:
        """Everything that is wrong, by place, with the severity the rules give it."""
        from brokernotes.inspection import problems_of

        return [
            replace(found, severity=severity)
            for found, severity in problems_of(self._vault, self.now.date())
        ]

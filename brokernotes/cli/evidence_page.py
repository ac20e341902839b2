"""Evidence as people read it, as a Markdown page, and for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from brokernotes.cli.app import App
from brokernotes.cli.role_telling import RoleTelling
from brokernotes.cli.viewing import kept_of
from brokernotes.cli.width import pad, visible, width, wrap
from brokernotes.features.evidence_facts import Commit, Evidence, Item
from brokernotes.features.evidence_proofs import LIMITS, PROVES, limits, proofs
from brokernotes.features.evidence_words import Section, Wording, sections, to_markdown
from brokernotes.language import N_
from brokernotes.model.values import mask_phones_in_text
from brokernotes.storage.queries import NoteRow

INDENT = "  "


class EvidencePage:
    """One page of evidence.

    Args:
        app: of the run.
        rows: the client and the listing.
        evidence: the facts.
        reason: why git could not be asked; empty: it could.
    """

    def __init__(
        self, app: App, rows: tuple[NoteRow, NoteRow], evidence: Evidence, reason: str
    ) -> None:
        self._app = app
        self.rows = rows
        self._client, self._listing = rows
        self._evidence = evidence
        self._reason = reason
        agents = {item.agent for item in evidence.items} | {
            one.agent for role in evidence.roles.values() for one in (role, role.over) if one
        }
        if evidence.contact is not None:
            agents.add(evidence.contact.agent)
        self._titles = app.vault.queries.titles(agents)
        self._wording = Wording(
            language=app.language, schema=app.vault.rules.schema, named=self._named
        )

    def _named(self, agent: str) -> str:
        return self._titles.get(agent, agent)

    def show(self, form: str) -> None:
        """Print it.

        Args:
            form: `text`, `md` or `json`.
        """
        console = self._app.console
        if form == "json":
            console.json(self._json() | kept_of(self._app, self.rows))
            return
        found = sections(self._evidence, self._wording)
        if form == "md":
            console.out.write(console.text(to_markdown(self._title, self._about, found)))
            return
        with console.paged():
            self._print_page(found)

    def _print_page(self, found: list[Section]) -> None:
        console = self._app.console
        console.print(console.styled(console.text(self._title), "bold"))
        for line in wrap(self._about, console.width):
            console.print(console.styled(console.text(line), "dim"))
        for section in found:
            self._print(section)

    @property
    def _title(self) -> str:
        names = (self._client, self._listing)
        client, listing = (f"{mask_phones_in_text(row.title)} ({row.ref})" for row in names)
        return self._app.text(
            N_("Evidence: {client} and {listing}"), client=client, listing=listing
        )

    @property
    def _about(self) -> str:
        now = self._app.now.strftime("%Y-%m-%d %H:%M")
        if self._reason:
            return self._app.text(
                N_("Gathered {when} from the notes alone: {reason}"), when=now, reason=self._reason
            )
        return self._app.text(N_("Gathered {when} from the notes and git's history"), when=now)

    def _print(self, section: Section) -> None:
        console = self._app.console
        console.print()
        console.print(console.styled(console.text(section.heading), "bold"))
        column = max((width(line.label) for line in section.lines), default=0)
        hang = INDENT + " " * (column + 2 if column else 0)
        for line in section.lines:
            start = INDENT + (pad(line.label, column) + INDENT if column else "")
            style = "warning" if line.is_warning else ""
            room = console.width - width(hang)
            for place, part in enumerate(wrap(visible(line.text), room)):
                said = (start if place == 0 else hang) + part
                console.print(
                    console.styled(console.text(said), style) if style else console.text(said)
                )
            for below in line.below:
                for part in wrap(visible(below), room - 2):
                    console.print(console.text(f"{hang}  {part}"))

    # -- for programs

    def _json(self) -> dict[str, Any]:
        evidence = self._evidence
        telling = RoleTelling(self._app, evidence.roles.values())
        return {
            "client": _note(self._client),
            "listing": _note(self._listing),
            "at": self._app.now.isoformat(timespec="minutes"),
            "has_history": evidence.has_history,
            **({"why_not": self._reason} if self._reason else {}),
            "first_contact": self._item(evidence.contact),
            "first_showing": self._item(evidence.showing),
            "first_contact_in_git": self._item(evidence.contact_in_git),
            "first_showing_in_git": self._item(evidence.showing_in_git),
            "slips": [
                {"no": str(one.entry.fields["slip"]), "entry": f"{one.note}:{one.ref}"}
                for one in evidence.slips
            ],
            "entries": [self._item(one) for one in evidence.items],
            "roles": [telling.json(role) for role in telling.roles],
            "notes": [
                {
                    "id": one.note,
                    "title": mask_phones_in_text(one.title),
                    "created": one.created.isoformat() if one.created else None,
                    "commit": _commit(one.commit),
                }
                for one in evidence.made
            ],
            "proves": self._codes(PROVES, proofs(evidence)),
            "does_not_prove": self._codes(LIMITS, limits(evidence)),
        }

    def _codes(self, sentences: Any, codes: dict[str, dict[str, object]]) -> list[dict[str, Any]]:
        return [
            {"code": code, "params": params, "text": self._app.text(sentences[code], **params)}
            for code, params in codes.items()
        ]

    def _item(self, item: Item | None) -> dict[str, Any] | None:
        if item is None:
            return None
        entry = item.entry
        shape: dict[str, Any] = {
            "entry": f"{item.note}:{item.ref}",
            "note": item.note,
            "day": entry.day.isoformat(),
            "time": None if entry.minutes is None else _clock(entry.minutes),
            "verb": entry.verb,
            "agent": item.agent or None,
            "name": self._named(item.agent) or None,
            "is_named": item.is_named,
            "text": mask_phones_in_text(entry.said),
            "slip": entry.fields.get("slip"),
            "state": item.state,
            "commit": _commit(item.first),
            "late_minutes": None if item.late is None else int(item.late.total_seconds() // 60),
        }
        shape["alterations"] = [
            {
                "commit": _commit(one.commit),
                "old": mask_phones_in_text(one.old),
                "new": None if one.new is None else mask_phones_in_text(one.new),
            }
            for one in item.alterations
        ]
        return shape


def _note(row: NoteRow) -> dict[str, Any]:
    return {"id": row.id, "path": row.path, "title": mask_phones_in_text(row.title)}


def _commit(commit: Commit | None) -> dict[str, Any] | None:
    if commit is None:
        return None
    if commit.id is None:
        return {"id": None}  # when a file was written is no evidence
    return {
        "id": commit.id,
        "authored": _iso(commit.when),
        "committed": _iso(commit.committed),
        "author": commit.author or None,
        "email": commit.email or None,
        "by_tool": commit.by_tool,
        "with_note": commit.made_note,
        "is_start": commit.is_start,
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

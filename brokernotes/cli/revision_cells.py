"""Revisions as programs bind to them, and as people read them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.cells import Cells
from brokernotes.features.history import (
    BODY,
    PATH,
    EntryRevision,
    FieldRevision,
    Plain,
    Revision,
    Typed,
)
from brokernotes.language import N_
from brokernotes.model.schema import LETTER_OF_TYPE, Field, Kind
from brokernotes.model.values import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_BULLET = re.compile(r"^\s*(?:[-*+•－]|\d+[.)、])\s*")
_ID = re.compile(r"\s*\^[A-Za-z0-9-]+\s*$")
_TYPE_OF_LETTER = {letter: kind for kind, letter in LETTER_OF_TYPE.items()}


class RevisionCells:
    """How revisions are shown in one run.

    Args:
        app: of the run.
        reveals: whether phones of a note are shown, by its id, else path.
    """

    def __init__(self, app: App, reveals: Callable[[str], bool]) -> None:
        self._app = app
        self._reveals = reveals
        self._cells = Cells(app)
        self._schema = app.vault.rules.schema

    # -- for programs

    def plain(self, one: Revision) -> dict[str, Any]:
        """A revision in the shape programs bind to."""
        row: dict[str, Any] = {
            "when": one.when.isoformat(timespec="seconds"),
            "author": one.author or None,
            "email": one.email or None,
            "commit": one.commit,
            "operation": one.operation,
            "subject": one.subject or None,
            "id": one.note,
            "path": one.path,
        }
        reveals = self._reveals(one.note or one.path)
        if isinstance(one, FieldRevision):
            row["key"] = one.key
            field = self._field(one)
            row["old"] = self._plain_value(field, one.old, reveals=reveals)
            row["new"] = self._plain_value(field, one.new, reveals=reveals)
            row["invalid"] = [
                side
                for side, value in (("old", one.old), ("new", one.new))
                if isinstance(value, Typed) and field is not None
            ]
        elif isinstance(one, EntryRevision):
            row["entry"] = one.ref
            row["old"] = self._masked(one.old, reveals=reveals)
            row["new"] = self._masked(one.new, reveals=reveals)
        if one.committed != one.when:
            row["committed"] = one.committed.isoformat(timespec="seconds")
        row["merge"] = one.is_merge
        row["unknown_since"] = one.is_start
        optional = ("operation", "subject", "invalid", "merge", "unknown_since")
        return {key: value for key, value in row.items() if value or key not in optional}

    def _plain_value(self, field: Field | None, value: Plain, *, reveals: bool) -> Any:
        if value is None:
            return None
        if isinstance(value, str) and (field is None or isinstance(value, Typed)):
            return self._masked(value, reveals=reveals)
        if field is None or (field.kind is Kind.PHONE and reveals):
            return value
        if isinstance(value, str) and field.kind is Kind.TEXT:
            return self._masked(value, reveals=reveals)
        return self._cells.plain(field, value)

    @staticmethod
    def _masked(text: str | None, *, reveals: bool) -> str | None:
        return text if reveals or text is None else mask_phones_in_text(text)

    # -- for people

    def _field(self, one: FieldRevision) -> Field | None:
        return self._schema.find_field(self.type_of(one), one.key)

    def type_of(self, one: Revision) -> str:
        """The type of note that was changed."""
        return self._type(one.note, one.path)

    @functools.lru_cache(maxsize=4096)  # noqa: B019 (one lives as long as the run)
    def _type(self, id_: str | None, path: str) -> str:
        from brokernotes.notes.note import default_type

        by_letter = _TYPE_OF_LETTER.get((id_ or " ")[0])
        rows = self._app.vault.queries.by_path(path) if by_letter is None else []
        return by_letter or (rows[0].type if rows else default_type(path) or "client")

    def what(self, one: Revision) -> str:
        """What was changed: a field's label, or the log."""
        if not isinstance(one, FieldRevision):
            return self._app.text(N_("Log"))
        if one.key == PATH:
            return self._app.text(N_("File"))
        if one.key == BODY:
            return self._app.text(N_("Text"))
        field = self._field(one)
        return field.label(self._app.language.code) if field else one.key

    def change(self, one: Revision) -> str:
        """What it was, and what it became."""
        reveals = self._reveals(one.note or one.path)
        if isinstance(one, FieldRevision):
            old, new = (self._shown(one, value, reveals=reveals) for value in (one.old, one.new))
        else:
            assert isinstance(one, EntryRevision)
            old, new = (self._line(text, reveals=reveals) for text in (one.old, one.new))
        return self.arrow(old, new)

    def arrow(self, old: str, new: str) -> str:
        """Two values as one change; one of them may be empty."""
        if not old:
            return f"+ {new}"
        if not new:
            return f"− {old}" if self._app.console.can_say("−") else f"- {old}"
        return f"{old} {self.mark} {new}"

    @functools.cached_property
    def mark(self) -> str:
        """What stands between old and new."""
        return "→" if self._app.console.can_say("→") else "->"

    def _shown(self, one: FieldRevision, value: Plain, *, reveals: bool) -> str:
        if value is None:
            return ""
        return self.value(self._field(one), value, reveals=reveals)

    def value(self, field: Field | None, value: Plain, *, reveals: bool) -> str:
        """One value as people read it."""
        plain = self._plain_value(field, value, reveals=reveals)
        if field is None or isinstance(value, Typed):
            return " / ".join(str(plain).split("\n"))
        return self._cells.shown(field, plain)

    def _line(self, text: str | None, *, reveals: bool) -> str:
        """An entry as one line: without bullet and id, links by what they show."""
        if text is None:
            return ""
        first, *rest = text.split("\n")
        line = _LINK.sub(lambda found: found[1].rpartition("/")[2], _ID.sub("", first))
        line = " / ".join([_BULLET.sub("", line), *(one.strip() for one in rest if one.strip())])
        return self._masked(line, reveals=reveals) or ""

    def who(self, one: Revision) -> str:
        """Who did it."""
        if one.commit is None:
            return self._app.text(N_("not committed"))
        if one.is_start:
            return self._app.text(N_("not known"))
        return one.author or one.email

    def how(self, one: Revision) -> str:
        """By a command of this program, by hand, or by a merge."""
        if one.commit is None or one.is_start:
            return ""
        if one.is_merge:
            return self._app.text(N_("merge"))
        return self._app.text(N_("command") if one.operation else N_("by hand"))

    def at(self, one: Revision) -> str:
        """When."""
        return one.when.strftime("%Y-%m-%d %H:%M")


def revealing(app: App, rows: Sequence[NoteRow], *, reveal: bool) -> Callable[[str], bool]:
    """Whether phones of a note are shown: when asked for, or on a terminal those of my own notes.

    Args:
        app: of the run.
        rows: notes that may be mine.
        reveal: `--reveal`.
    """
    if reveal:
        return lambda _: True
    if not app.console.is_terminal or app.agent is None:
        return lambda _: False
    mine = {row.ref for row in rows if _is_mine(app, row, app.vault.queries.values(row))}
    return mine.__contains__


def _is_mine(app: App, row: NoteRow, values: Mapping[str, Any]) -> bool:
    people = (app.vault.queries.id_of(str(values.get(key, ""))) for key in ("agent", "maintainer"))
    return app.agent in (row.id, *people)

"""Git's history as one agent would see it: of each change only what they may know today.

What was hidden in the past and is not now, or the other way round, goes by what holds now. Of
a note that is no more nobody can say whose it was, so nothing of it is told; nor are commits'
messages, which may name anything.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.errors import NotFoundError
from brokernotes.features.blotting import BLOT
from brokernotes.features.sharing import hidden_keys
from brokernotes.features.withholding import TARGET, withhold
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace
from brokernotes.model.revisions import BODY, PATH, EntryRevision, FieldRevision, Plain, Revision
from brokernotes.model.schema import Kind

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.storage.git_history import History
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Vault
    from brokernotes.viewing import Glass

_HEADING = "\n## Log\n\n"


class SeenHistory:
    """The questions of `storage.git_history.History`, answered through glass.

    Args:
        main: the vault.
        glass: what is kept from the viewer.
    """

    def __init__(self, main: Vault, glass: Glass) -> None:
        self._main = main
        self._glass = glass

    @property
    def _history(self) -> History:
        return self._main.history

    @property
    def progress(self) -> Any:
        """Is told how far the reading is."""
        return self._history.progress

    @progress.setter
    def progress(self, wrap: Any) -> None:
        self._history.progress = wrap

    def of(self, note: NoteRow | str, *, uncommitted: bool = True) -> list[Revision]:
        """All that became of one note, as far as the viewer may know.

        Args:
            note: or its id or path, as the viewer knows it.
            uncommitted: whether what is not committed yet comes along.

        Raises:
            NotFoundError: there is no such note.
        """
        ref = note if isinstance(note, str) else note.path
        rows = self._main.queries.by_path(self._glass.real(ref)) or self._main.queries.by_id(ref)
        if not rows:
            raise NotFoundError(N_("history knows no note {ref}"), ref=ref)
        return list(self._seen(self._history.of(rows[0], uncommitted=uncommitted)))

    def since(self, day: date, *, uncommitted: bool = True) -> list[Revision]:
        """All that was committed on a day or later, as far as the viewer may know."""
        return list(self._seen(self._history.since(day, uncommitted=uncommitted)))

    def last_day_before(self, today: date) -> date | None:
        """The last day before today on which anything was committed."""
        return self._history.last_day_before(today)

    def losses(self) -> list[EntryRevision]:
        """Changes and removals of log entries, as far as the viewer may know."""
        seen = self._seen(self._history.losses())
        return [one for one in seen if isinstance(one, EntryRevision)]

    def path_now(self, one: Revision) -> str | None:
        """Where the note of a revision stands now, as the viewer reads it; None: nowhere."""
        row = self._row(one.note, self._glass.real(one.path))
        return self._glass.shown(row.path) if row is not None else None

    def known(self, _: str) -> list[tuple[str | None, str]]:
        """Notes of the past: none, for nobody can say whose they were."""
        return []

    def close(self) -> None:
        """Let go of what is kept."""
        self._history.close()

    # -- through glass

    def _seen(self, found: Iterable[Revision]) -> Iterator[Revision]:
        for one in found:
            row = self._row(one.note, one.path)
            if row is None:
                continue
            told: Revision | None
            if isinstance(one, FieldRevision):
                told = self._field(one, row)
            elif isinstance(one, EntryRevision):
                told = self._entry(one, row)
            else:
                continue
            if told is not None:
                yield replace(told, path=self._glass.shown(row.path), subject="")

    @functools.cache  # noqa: B019 (one run)
    def _row(self, id_: str | None, path: str) -> NoteRow | None:
        rows = (self._main.queries.by_id(id_) if id_ else []) or self._main.queries.by_path(path)
        return rows[0] if len(rows) == 1 else None

    def _field(self, one: FieldRevision, row: NoteRow) -> FieldRevision | None:
        field = self._main.rules.schema.find_field(row.type, one.key)
        if field is not None and field.kind is Kind.LINK:
            one = replace(one, old=self._links(one.old), new=self._links(one.new))
        hidden = self._glass.hidden(row.path)
        if hidden.is_nothing:
            return one
        is_whole = hidden.sight.is_whole
        if one.key == PATH and not is_whole:
            is_renamed = one.old is not None and one.new is not None
            shown = self._glass.shown(row.path)
            return (
                None if is_renamed else replace(one, old=one.old and shown, new=one.new and shown)
            )
        schema = self._main.rules.schema
        if one.key in hidden_keys(row.type, hidden.sight, schema) or one.key == BODY:
            return None
        # What it was once called may be a name that no field has any more.
        known = schema.fields(row.type).keys() - {"title", "aliases"}
        if not is_whole and one.key not in known:
            return None
        return replace(one, old=self._value(one.old, row), new=self._value(one.new, row))

    def _links(self, value: Plain) -> Plain:
        """Links as they read today; what leads nowhere may be anybody's name."""
        if isinstance(value, str):
            return self._target(value)
        if isinstance(value, list | tuple):
            return [self._links(item) for item in value]
        return value

    @functools.cache  # noqa: B019 (one run)
    def _target(self, target: str) -> str:
        n = self._main.queries.resolve(target).n
        if n is None:
            return BLOT
        path = self._main.queries.note(n).path
        shown = self._glass.shown(path)
        return target if shown == path else shown.rpartition("/")[2].removesuffix(".md")

    def _value(self, value: Plain, row: NoteRow) -> Plain:
        """A value without the words that are hidden elsewhere in its note."""
        if isinstance(value, str) and not value.isascii():
            return self._text(value, row).strip()
        if isinstance(value, list | tuple):
            return [self._value(item, row) for item in value]
        return value

    def _entry(self, one: EntryRevision, row: NoteRow) -> EntryRevision | None:
        old, new = (self._text(text, row) if text else None for text in (one.old, one.new))
        if (old, new) == (one.old, one.new):
            return one
        if not ((old or "").strip() or (new or "").strip()):
            return None
        before, after = self._read(old), self._read(new)
        return replace(one, old=old, new=new, before=before, after=after)

    def _read(self, text: str | None) -> LogEntry | None:
        if not text or not text.strip():
            return None
        from brokernotes.notes.logbook import read_log

        book = self._main.reader.log_book
        entries = read_log(_HEADING + text.lstrip(" \t\u3000"), 0, 1, book).entries
        return entries[0] if entries else None

    def _text(self, text: str, row: NoteRow) -> str:
        """Some lines as if they stood in the note's log today."""
        hidden = self._glass.hidden(row.path)
        if not hidden.is_nothing:
            whole = self._front(row.path) + _HEADING + text
            told = withhold(row.path, whole, hidden, self._main.reader)
            text = told.text.partition(_HEADING)[2]
        return TARGET.sub(lambda found: self._target(found[0]), text)

    @functools.cache  # noqa: B019 (one run)
    def _front(self, path: str) -> str:
        note = self._main.open(path).note
        text = note.text[: note.block.body_offset]
        return text if text.endswith("\n") else text + "\n"

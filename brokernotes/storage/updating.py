"""Bringing an index up to date with a few changed notes, and those they bear on.

Rows are replaced first; what derives from them is worked out when all of them are in
place. Who is to be derived again is found by the names concerned, rather too many
than too few: deriving one in vain does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import Record
from brokernotes.model.schema import NOTE_TYPES, Kind
from brokernotes.notes.note import Note, NoteReader, default_type
from brokernotes.storage import rows
from brokernotes.storage.neighbours import (
    BEARING,
    BEARING_OF_TYPE,
    Bonds,
    Values,
    bearing_values,
    stored_colleagues,
)
from brokernotes.storage.reading import Source
from brokernotes.storage.resolver import BY_ID, Resolver, StoredNames, names_of
from brokernotes.storage.storing import Job, Sheet, digest_of, earliest, note_row, read_note
from brokernotes.storage.tables import DERIVED, OF_NOTE, TARGET_MARKDOWN
from brokernotes.storage.texts import ChangedTexts
from brokernotes.storage.told import ColleaguesChangedError

if TYPE_CHECKING:
    from brokernotes.storage.refresh import Progress

KEPT_RECORDS = 1000  # notes kept in memory until they are derived; more are read again

# Links of fields, and mentions, that lead to notes by a name or an id.
_LINKS = "SELECT n, key, fold, six FROM link WHERE key != '' AND "
_MENTIONS = "SELECT n, 'owner', fold, six FROM mention WHERE "
_OWNED = "SELECT target, note.id FROM link JOIN note USING(n) WHERE key = 'owner' AND link."
_TOLD = "SELECT target, entry FROM mention WHERE "


class Changes(NamedTuple):
    """Paths of Markdown files."""

    added: list[str]
    modified: list[str]
    removed: list[str]


class Updated(NamedTuple):
    """What became of them: notes only, and in the end only those that say something else.

    Attributes:
        added: paths of notes; likewise `modified` and `removed`.
        vanished: files removed since the scan.
        unsettled: files to be read again next time: unreadable now, or being written.
        is_changed: whether any row may have.
    """

    added: list[str]
    modified: list[str]
    removed: list[str]
    vanished: list[str]
    unsettled: list[str]
    is_changed: bool = False


class _Face(NamedTuple):
    """What others see of a note."""

    id: str | None
    names: set[tuple[str, int]]
    bears_on: set[str]
    values: Values


_NO_FACE = _Face(None, set(), set(), {})


class Updating:
    """One update, under way.

    Args:
        job: what is worked with.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._db = job.db
        self._sheet = Sheet(job.db, job.rules.schema)
        self._texts = ChangedTexts(job.db)
        self._resolver = Resolver(StoredNames(job.db))
        self._bonds = Bonds(job.rules.schema, self._resolver.id_of, self._values_of)
        self._bonds.colleagues = stored_colleagues(job.db)
        self._reader = NoteReader(job.rules, self._bonds.colleagues.names)
        self._bools = {
            row.key
            for kind in NOTE_TYPES
            for row in job.rules.schema.fields(kind.id).values()
            if row.kind is Kind.BOOL
        }
        self._lists = {
            row.key
            for kind in NOTE_TYPES
            for row in job.rules.schema.fields(kind.id).values()
            if row.many
        }
        self._pending: set[int] = set()
        self._renamed: set[str] = set()  # names that came or went
        self._touched: set[str] = set()  # names of notes that others bear on anew
        self._revalued: set[str] = set()  # names of notes whose values changed
        self._records: dict[int, tuple[Record, date | None]] = {}
        self._done = Updated([], [], [], [], [])

    def run(self, changes: Changes, progress: Progress | None) -> Updated:
        """Take over what changed.

        Raises:
            ColleaguesChangedError: who works here changed, which all notes depend on.
        """
        for path in changes.removed:
            self._remove(path)
        added = frozenset(changes.added)
        paths: Iterable[str] = sorted((*changes.added, *changes.modified))
        if progress:
            paths = progress(paths, len(added) + len(changes.modified))
        for path in paths:
            self._read(path, is_added=path in added)
        self._sheet.flush()
        self._texts.flush()
        before, now = self._bonds.colleagues, stored_colleagues(self._db)
        if now.state != before.state:
            sql = "SELECT path FROM note WHERE type = 'agent'"
            raise ColleaguesChangedError(frozenset(path for (path,) in self._db.execute(sql)))
        self._settle()
        return self._done._replace(is_changed=bool(self._pending or self._done.removed))

    # -- one file

    def _read(self, path: str, *, is_added: bool) -> None:
        source = self._job.read(path)
        if source is None:
            self._done.vanished.append(path)
            self._remove(path)
            return
        n, known, stale = self._stored(path)
        digest = digest_of(source)
        if digest is None:
            self._done.unsettled.append(path)
        elif digest == known and not stale:
            return
        if default_type(path) is None and not self._reader.is_note(path, source.text):
            self._remove(path)
            self._sheet.add_target(path)
            return
        if n is None:
            self._forget_target(path)
            n = self._new_number()
        self._put(n, source, digest)
        if is_added:
            self._done.added.append(path)
        elif digest is None or digest != known:
            self._done.modified.append(path)

    def _stored(self, path: str) -> tuple[int | None, bytes | None, bool]:
        """Number and digest of a note, and whether something about it went stale."""
        sql = "SELECT n, digest, stale_from FROM note WHERE path = ?"
        row = self._db.execute(sql, (path,)).fetchone()
        if row is None:
            return None, None, False
        return row[0], row[1], row[2] is not None and row[2] <= self._job.today.isoformat()

    def _new_number(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(n), 0) + 1 FROM note").fetchone()[0])

    def _put(self, n: int, source: Source, digest: bytes | None) -> None:
        """Replace everything the index knows of a note but what derives from it."""
        note = read_note(self._reader, source)
        record = note.record
        inspected = self._job.inspect(note)
        note.problems.extend(inspected.problems)
        before = self._face(n)
        self._clear(n)
        told = rows.mentions(record)
        names = names_of(record)
        self._db.execute(
            "INSERT INTO note VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows.storable(note_row(n, record, earliest(inspected.stale_from), digest)),
        )
        self._sheet.add("name", [(folded, rank, n) for folded, rank in names])
        self._sheet.add_note(n, note, told)
        self._texts.put(n, rows.text_parts(note))
        self._compare(before, _face_of(note, names, told))
        self._pending.add(n)
        if len(self._records) < KEPT_RECORDS:
            self._records[n] = record, inspected.stale_from

    def _remove(self, path: str) -> None:
        """Forget a note, or a file that was only a link's target."""
        self._forget_target(path)
        n, _, _ = self._stored(path)
        if n is None:
            return
        self._compare(self._face(n), _NO_FACE)
        self._clear(n)
        self._texts.remove(n)
        self._done.removed.append(path)

    def _forget_target(self, path: str) -> None:
        self._db.execute("DELETE FROM target WHERE kind = ? AND path = ?", (TARGET_MARKDOWN, path))

    def _clear(self, n: int) -> None:
        self._sheet.flush()
        for table in ("note", *OF_NOTE):
            self._db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))  # noqa: S608

    # -- whom it concerns

    def _face(self, n: int) -> _Face:
        """What others see of a note, as stored."""
        db = self._db
        row = db.execute("SELECT id, type FROM note WHERE n = ?", (n,)).fetchone()
        if row is None:
            return _NO_FACE
        names = set(db.execute("SELECT fold, rank FROM name WHERE n = ?", (n,)))
        bearing = """
            SELECT fold, six FROM link WHERE n = :n AND key = 'owner'
             UNION SELECT fold, six FROM mention WHERE n = :n"""
        bears_on = _keys((0, "", fold, six) for fold, six in db.execute(bearing, {"n": n}))
        return _Face(row[0], names, bears_on, self._stored_values(n, row[1]))

    def _stored_values(self, n: int, note_type: str) -> Values:
        keys = BEARING_OF_TYPE.get(note_type)
        if not keys:
            return {}
        sql = f"SELECT {', '.join(keys)} FROM {note_type} WHERE n = ?"  # noqa: S608
        row = self._db.execute(sql, (n,)).fetchone() or ()
        return {
            key: self._plain(key, value)
            for key, value in zip(keys, row, strict=False)
            if value is not None
        }

    def _plain(self, key: str, value: Any) -> object:
        """A stored value as a record has it."""
        if key in self._bools:
            return bool(value)
        return tuple(json.loads(value)) if key in self._lists else value

    def _compare(self, before: _Face, after: _Face) -> None:
        """Note down whom a change may concern."""
        changed = before.names ^ after.names
        if before.id != after.id:
            changed |= before.names | after.names
        self._renamed.update(folded for folded, _ in changed)
        if before.values != after.values:
            self._revalued.update(folded for folded, _ in before.names | after.names)
        self._touched |= before.bears_on | after.bears_on

    def _settle(self) -> None:
        """Derive every note that may derive to something else now."""
        self._resolver.forget()
        pending = self._pending
        for key in self._renamed:
            leading = [*self._leading(_LINKS, key), *self._leading(_MENTIONS, key)]
            pending.update(n for n, *_ in leading)
            self._touched |= _keys(row for row in leading if row[1] == "owner")
        for key in self._revalued:
            pending.update(n for n, field, *_ in self._leading(_LINKS, key) if field in BEARING)
        for key in self._touched:
            pending.update(n for _, n in StoredNames(self._db).ranked(key))
        for n in sorted(pending):
            self._derive(n)
        self._sheet.flush()

    def _leading(self, sql: str, key: str) -> list[tuple[int, str, str, str]]:
        """The rows of links or mentions that a name or `#` and an id lead from."""
        found = self._db.execute(sql + "fold = ?", (key,)).fetchall()
        if key.startswith("#"):
            found += self._db.execute(sql + "six = ?", (key[1:],)).fetchall()
        return found

    # -- deriving

    def _derive(self, n: int) -> None:
        kept = self._records.pop(n, None) or self._read_again(n)
        if kept is None:
            return
        record, inspected = kept
        owned = self._pointing(_OWNED, n) if record.type == "client" else set()
        told = self._pointing(_TOLD, n) if record.type == "listing" else set()
        derived = self._job.derive(record, self._bonds.of(record, owned, told))
        for table in DERIVED:
            self._db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))  # noqa: S608
        self._sheet.add_derived(n, derived)
        stale = earliest(inspected, derived.stale_from)
        self._db.execute("UPDATE note SET stale_from = ? WHERE n = ?", (stale, n))

    def _read_again(self, n: int) -> tuple[Record, date | None] | None:
        row = self._db.execute("SELECT path FROM note WHERE n = ?", (n,)).fetchone()
        source = self._job.read(row[0]) if row else None
        if source is None:
            return None  # removed since the scan; the next refresh sees that
        note = read_note(self._reader, source)
        return note.record, self._job.inspect(note).stale_from

    def _pointing(self, sql: str, n: int) -> set[str]:
        """What the rows say whose target is a note, surely."""
        found: set[str] = set()
        names = self._db.execute("SELECT fold, rank FROM name WHERE n = ?", (n,)).fetchall()
        for folded, rank in names:
            column, key = ("six", folded[1:]) if rank == BY_ID else ("fold", folded)
            for target, said in self._db.execute(f"{sql}{column} = ?", (key,)):
                if said is not None and self._resolver.find(target).n == n:
                    found.add(said)
        return found

    def _values_of(self, key: str, target: str) -> Values | None:
        n = self._resolver.find(target).n
        return self._stored_values(n, BEARING[key][0]) or None if n is not None else None


def _face_of(note: Note, names: set[tuple[str, int]], told: list[tuple[str, str]]) -> _Face:
    """What others see of a note, as read."""
    record = note.record
    owners = record.texts("owner") if record.type == "listing" else ()
    pointing = [*rows.link_keys(owners), *rows.link_keys(target for target, _ in told)]
    return _Face(record.id, names, _keys((0, "", *row) for row in pointing), bearing_values(record))


def _keys(leading: Iterable[tuple[int, str, str, str | None]]) -> set[str]:
    """The names by which the notes that rows lead to are found."""
    keys: set[str] = set()
    for _, _, folded, six in leading:
        keys.add(folded)
        if six:
            keys.add("#" + six)
    return keys

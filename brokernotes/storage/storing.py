"""Rows on their way into the index, and what the features add to each note."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from datetime import date

from brokernotes.errors import NotFoundError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.digests import blake2b
from brokernotes.model.folding import sort_key
from brokernotes.model.occurrences import Derived, Neighbours
from brokernotes.model.records import Record
from brokernotes.model.rules import Rules
from brokernotes.model.schema import Schema
from brokernotes.notes.links import link_fold
from brokernotes.notes.note import Note, NoteReader
from brokernotes.storage import rows
from brokernotes.storage.deriving import Deriving, Inspected
from brokernotes.storage.occurrence_rows import occurrence_row, outreach_row
from brokernotes.storage.reading import Source, read_text
from brokernotes.storage.tables import TARGET_MARKDOWN
from brokernotes.storage.topic_rows import thread_row

BATCH = 2000  # rows kept back before they are written together


class Job(NamedTuple):
    """What one refresh works with.

    Attributes:
        root: of the vault.
        db: the index.
        rules: of the vault.
        deriving: what is computed for each note.
        today: for the few results that depend on it.
        folders: found to be folders of the vault, no symbolic links, during this refresh.
    """

    root: str
    db: sqlite3.Connection
    rules: Rules
    deriving: Deriving
    today: date
    folders: set[str]

    @property
    def folder(self) -> str | None:
        """Where the index's file lies; None: it is in memory."""
        (_, _, path), *_ = self.db.execute("PRAGMA database_list").fetchall()
        return os.path.dirname(path) or None

    def read(self, path: str) -> Source | None:
        """A file of the vault; None: removed since the scan."""
        glass = self.deriving.glass
        try:
            if glass is None:
                return read_text(self.root, path, folders=self.folders)
            return glass.source(read_text(self.root, glass.real(path), folders=self.folders))
        except NotFoundError:
            return None

    def inspect(self, note: Note) -> Inspected:
        """What the checks say of a note."""
        return self.deriving.inspect(note, self.rules, self.today)

    def derive(self, record: Record, neighbours: Neighbours) -> Derived:
        """What a note asks somebody to do."""
        return self.deriving.derive(record, neighbours, self.rules, self.today)


def read_note(reader: NoteReader, source: Source) -> Note:
    """A note and everything wrong with its bytes and what they say."""
    note = reader.read(source.path, source.text)
    note.problems.extend(source.problems)
    return note


def digest_of(source: Source) -> bytes | None:
    """A fingerprint of a file; None: it could not be read, so it equals nothing."""
    if source.is_torn or (not source.data and source.problems):
        return None
    return blake2b(source.data, digest_size=16).digest()


def earliest(*days: date | None) -> str | None:
    """The first of some days, as text."""
    return min((day.isoformat() for day in days if day is not None), default=None)


class Sheet:
    """Rows kept back, so that many are written at once.

    Args:
        db: the index.
        schema: of its tables.
        write: takes the rows instead.
    """

    def __init__(
        self, db: sqlite3.Connection, schema: Schema, write: rows.Write | None = None
    ) -> None:
        self._db = db
        self.write = write or self._insert
        self._keys = rows.column_keys(schema)
        self._values: dict[str, list[rows.Columns]] = {}
        self._kept: dict[str, list[rows.Row]] = {}
        self._count = 0

    def add(self, table: str, new: Iterable[rows.Row]) -> None:
        """Rows of one table."""
        kept = self._kept.get(table)
        if kept is None:
            kept = self._kept[table] = []
        before = len(kept)
        kept.extend(new)
        self._count += len(kept) - before

    def add_note(self, n: int, note: Note, told: list[tuple[str, str]]) -> None:
        """Everything a note says, but for its names, its text and what is derived.

        Args:
            n: its number.
            note: as read, with all of its problems.
            told: its mentions of listings' owners.
        """
        record = note.record
        values = rows.value_columns(n, record, self._keys[record.type])
        self._values.setdefault(record.type, []).append(values)
        self._count += 1
        if note.links:
            self.add("link", rows.link_rows(n, note.links))
        if told:
            self.add("mention", rows.mention_rows(n, told))
        if record.entries:
            self._add_log(n, record)
        if note.problems:
            self.add("problem", rows.problem_rows(n, note.problems))
        self.add("phone", rows.phone_rows(n, record))
        if self._count > BATCH:
            self.flush()

    def _add_log(self, n: int, record: Record) -> None:
        shown = rows.showing_rows(n, record)
        if shown:
            self.add("showing", shown)
        contacts = rows.contact_row(n, record) if record.type == "listing" else None
        if contacts:
            self.add("owner_contact", (contacts,))

    def add_target(self, path: str) -> None:
        """A Markdown file that is no note, but may be linked to."""
        self.add("target", ((link_fold(path.removesuffix(".md")), TARGET_MARKDOWN, path),))

    def add_derived(self, n: int, derived: Derived) -> None:
        """What a note asks somebody to do."""
        if derived.occurrences:
            self.add("occurrence", [occurrence_row(n, one) for one in derived.occurrences])
        elif derived.last_contact:
            self.add("contact", ((n, derived.last_contact.isoformat()),))
        if derived.outreach:
            self.add("outreach", [outreach_row(n, one) for one in derived.outreach])
        if derived.thread:
            self.add("thread", (thread_row(n, derived.thread),))
        if derived.moves:
            self.add("move", [(n, *move) for move in derived.moves])

    def flush(self) -> None:
        """Write the rows kept back."""
        for note_type, values in self._values.items():
            # Of up to a hundred columns a batch of notes sets some thirty: the others need no
            # binding, which took longer than all the rest of writing.
            used = list(set[str]().union(*values))
            named = ", ".join(f'"{key}"' for key in used)
            self.write(f"{note_type}({named})", [tuple(map(row.get, used)) for row in values])
        self._values.clear()
        for table, kept in self._kept.items():
            if kept:
                self.write(table, kept)
                kept.clear()
        self._count = 0

    def _insert(self, table: str, kept: list[rows.Row]) -> None:
        places = ", ".join("?" * len(kept[0]))
        sql = f"INSERT INTO {table} VALUES({places})"
        before = self._db.total_changes
        try:
            self._db.executemany(sql, kept)
        except (UnicodeEncodeError, OverflowError):
            # A value that no database can hold must not cost its note, nor the others.
            written = self._db.total_changes - before
            self._db.executemany(sql, [rows.storable(row) for row in kept[written:]])


def note_row(n: int, record: Record, stale_from: str | None, digest: bytes | None) -> rows.Row:
    """The row of a note in the table of notes."""
    invalid = rows.to_json(record.invalid) if record.invalid else None
    title = record.title
    sound = sort_key(title)
    return n, record.path, record.type, record.id, title, invalid, stale_from, digest, sound

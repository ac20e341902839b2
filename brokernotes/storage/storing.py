"""Writing one note's rows, and what derives from it, into the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from brokernotes.errors import Problem
from brokernotes.model.occurrences import Derived, Neighbours
from brokernotes.model.records import Record
from brokernotes.model.rules import Rules
from brokernotes.model.schema import LETTER_OF_TYPE
from brokernotes.notes.links import link_fold
from brokernotes.notes.names import trailing_id
from brokernotes.notes.note import Note
from brokernotes.storage import rows
from brokernotes.storage.index import Index
from brokernotes.storage.neighbours import NeighbourFinder
from brokernotes.storage.resolver import BY_ID, BY_NAME, id_fold
from brokernotes.storage.tables import OF_NOTE, TARGET_MARKDOWN, TARGET_OTHER

BATCH = 4000  # rows kept back before they are written together


class Inspected(NamedTuple):
    """What the checks say of one note: its problems, and the day they must be asked again."""

    problems: list[Problem]
    stale_from: date | None = None


class Deriving(NamedTuple):
    """The features whose results the index stores, handed in by whoever joins the rooms."""

    inspect: Callable[[Note, Rules, date], Inspected]
    derive: Callable[[Record, Neighbours, Rules, date], Derived]


class NoteStore:
    """The rows of the notes, during one refresh.

    Args:
        index: to write to.
        rules: of the vault.
        deriving: what is computed for each note.
        today: for the few results that depend on it.
    """

    def __init__(self, index: Index, rules: Rules, deriving: Deriving, today: date) -> None:
        self._db = index.db
        self._rules = rules
        self._deriving = deriving
        self.today = today
        self._is_first = index.is_new
        self.neighbours = NeighbourFinder(index.db, rules.schema, is_first=index.is_new)
        self.derived: set[int] = set()
        self._keys = rows.column_keys(rules.schema)
        self._kept: dict[str, list[rows.Row]] = {}
        self._count = 0
        self._waiting: list[tuple[int, Record, date | None]] = []
        self._numbers: dict[str, int] | None = {} if index.is_new else None

    # -- notes come and go

    def number(self, path: str) -> int | None:
        """The number of the note at a path; None: not known."""
        if self._numbers is not None:
            return self._numbers.get(path)
        row = self._db.execute("SELECT n FROM note WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def path(self, n: int) -> str | None:
        """The path of a note by its number."""
        row = self._db.execute("SELECT path FROM note WHERE n = ?", (n,)).fetchone()
        return row[0] if row else None

    def add_stub(self, path: str, note_type: str | None = None) -> int:
        """A place for a note that is yet to be read, reachable by its name and promised id."""
        six = trailing_id(path) if note_type else None
        id_ = f"{LETTER_OF_TYPE[note_type]}-{six}" if six and note_type else None
        cursor = self._db.execute(
            "INSERT INTO note(path, type, id, title) VALUES(?, ?, ?, '')",
            (path, note_type or "", id_),
        )
        n = cursor.lastrowid
        assert n is not None
        names: list[rows.Row] = [(link_fold(path.removesuffix(".md")), BY_NAME, n)]
        if id_:
            names.append((id_fold(id_), BY_ID, n))
        self._db.executemany("INSERT OR IGNORE INTO name VALUES(?, ?, ?)", names)
        if self._numbers is not None:
            self._numbers[path] = n
        return n

    def add_stubs(self, paths: Iterable[tuple[str, str | None]]) -> None:
        """Places for every new note, so that all of them can be linked to at once."""
        new = [self.add_stub(path, note_type) for path, note_type in paths]
        self.neighbours.resolver.forget()
        for n in new:
            self.neighbours.renamed(n)

    def remove(self, path: str) -> bool:
        """Forget a note, or a file that was only a link's target; whether it was a note."""
        self._db.execute("DELETE FROM target WHERE kind = ? AND path = ?", (TARGET_MARKDOWN, path))
        n = self.number(path)
        if n is None:
            return False
        self.neighbours.leaving(n)
        self.neighbours.renamed(n)
        self._clear(n)
        self._db.execute("DELETE FROM note WHERE n = ?", (n,))
        self.neighbours.resolver.forget()
        return True

    def is_same(self, n: int, digest: bytes) -> bool:
        """Whether a note holds what was read before, and nothing about it went stale."""
        row = self._db.execute("SELECT digest, stale_from FROM note WHERE n = ?", (n,)).fetchone()
        is_stale = row[1] is not None and row[1] <= self.today.isoformat()
        return row[0] == digest and not is_stale

    # -- one note

    def put(self, n: int, note: Note, digest: bytes) -> None:
        """Replace everything the index knows of a note."""
        record = note.record
        self._leave(n, record)
        inspected = self._deriving.inspect(note, self._rules, self.today)
        self._db.execute(
            "UPDATE note SET type = ?, id = ?, title = ?, invalid = ?, digest = ? WHERE n = ?",
            (
                record.type,
                record.id,
                record.title,
                rows.to_json(record.invalid) if record.invalid else None,
                digest,
                n,
            ),
        )
        self._keep("name", rows.name_rows(n, record))
        self._keep(record.type, [rows.value_row(n, record, self._keys[record.type])])
        self._keep("link", rows.link_rows(n, note.links))
        self._keep("phone", rows.phone_rows(n, record))
        self._keep("mention", rows.mention_rows(n, record))
        problems = [*note.problems, *inspected.problems]
        if problems:
            self._keep("problem", rows.problem_rows(n, problems))
        self.neighbours.stored(n, record)
        if self.neighbours.waits(record):
            self._waiting.append((n, record, inspected.stale_from))
        else:
            self._derive(n, record, inspected.stale_from)
            self.neighbours.pending.discard(n)
        if self._count > BATCH:
            self.flush()

    def _leave(self, n: int, record: Record) -> None:
        """Clear a note's former rows, noting whom that concerns."""
        if self._is_first:
            row = self._db.execute("SELECT id FROM note WHERE n = ?", (n,)).fetchone()
            if row[0] and row[0] != record.id:
                self._db.execute("DELETE FROM name WHERE n = ? AND rank = ?", (n, BY_ID))
                self.neighbours.resolver.forget()
            return
        self.neighbours.leaving(n)
        names = set(self._db.execute("SELECT fold, rank, n FROM name WHERE n = ?", (n,)))
        is_renamed = names != rows.name_rows(n, record)
        if is_renamed:
            self.neighbours.renamed(n)
        self._clear(n)
        if is_renamed:
            self.neighbours.resolver.forget()

    def derive_waiting(self) -> None:
        """Derive the notes that were read before those they depend on."""
        for n, record, stale_from in self._waiting:
            if n not in self.neighbours.pending:
                self._derive(n, record, stale_from)
        self._waiting.clear()
        self.flush()

    def derive_again(self, n: int, note: Note) -> None:
        """Replace a note's occurrences, since its neighbours changed."""
        self._db.execute("DELETE FROM occurrence WHERE n = ?", (n,))
        inspected = self._deriving.inspect(note, self._rules, self.today)
        self._derive(n, note.record, inspected.stale_from)

    def _derive(self, n: int, record: Record, stale_from: date | None) -> None:
        neighbours = self.neighbours.of(n, record)
        derived = self._deriving.derive(record, neighbours, self._rules, self.today)
        self._keep("occurrence", [rows.occurrence_row(n, one) for one in derived.occurrences])
        stale = min((day for day in (stale_from, derived.stale_from) if day), default=None)
        if stale is not None or not self._is_first:
            self._db.execute(
                "UPDATE note SET stale_from = ? WHERE n = ?", (stale and stale.isoformat(), n)
            )
        self.derived.add(n)

    def _clear(self, n: int) -> None:
        for table in OF_NOTE:
            self._db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))  # noqa: S608

    # -- files that are no notes

    def add_target(self, path: str) -> None:
        """A Markdown file that is no note, but may be linked to."""
        self._db.execute(
            "INSERT INTO target VALUES(?, ?, ?)",
            (link_fold(path.removesuffix(".md")), TARGET_MARKDOWN, path),
        )

    def put_scan(self, others: list[str], problems: list[Problem]) -> None:
        """Replace what the scan found besides Markdown files."""
        self._db.execute("DELETE FROM target WHERE kind = ?", (TARGET_OTHER,))
        self._db.executemany(
            "INSERT INTO target VALUES(?, ?, ?)",
            ((link_fold(path), TARGET_OTHER, path) for path in others),
        )
        self._db.execute("DELETE FROM problem WHERE n = 0")
        self._keep("problem", rows.problem_rows(0, problems))
        self.flush()

    # -- rows kept back

    def _keep(self, table: str, new: Iterable[rows.Row]) -> None:
        kept = self._kept.setdefault(table, [])
        before = len(kept)
        kept.extend(new)
        self._count += len(kept) - before

    def flush(self) -> None:
        """Write the rows kept back."""
        for table, kept in self._kept.items():
            if kept:
                places = ", ".join("?" * len(kept[0]))
                self._db.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES({places})",
                    kept,
                )
                kept.clear()
        self._count = 0

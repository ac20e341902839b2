"""The index: a cache of what the notes say, outside the tree, never trusted over them.

Another version, other rules, a damaged file: it is thrown away and built anew;
nothing is migrated. Where no folder can be written it lives in memory.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sqlite3
from collections.abc import Iterator
from typing import Any

from brokernotes import __version__
from brokernotes.model.schema import Schema
from brokernotes.storage.tables import (
    APPLICATION_ID,
    INDEX_VERSION,
    INDEXES,
    TABLES,
    type_tables,
)
from brokernotes.storage.walking import Stamp

FILE_NAME = "index.sqlite"
BUSY_SECONDS = 20.0

Snapshot = dict[str, Stamp]  # every Markdown file as of the last refresh


class Index:
    """An open index.

    A new one is filled aside, without journal and search indexes, and moved into
    place by `publish`; until then nobody else sees it.

    Args:
        folder: where its file stands; None: in memory.
        schema: its tables' columns.
        rules_digest: of the rules it was built by.

    Attributes:
        db: the connection; in autocommit mode but for `writing`.
        is_new: whether nothing has been stored yet.
    """

    def __init__(self, folder: str | None, schema: Schema, rules_digest: str) -> None:
        self.schema = schema
        self.path = os.path.join(folder, FILE_NAME) if folder else None
        self.stamp = f"{INDEX_VERSION}/{__version__}/{rules_digest}"
        found = _open_stamped(self.path, self.stamp) if self.path else None
        self.is_new = found is None
        self.db = self._create() if found is None else found

    def _create(self) -> sqlite3.Connection:
        place = self._aside or ":memory:"
        if self._aside:
            _remove(self._aside)
        db = sqlite3.connect(place, isolation_level=None)
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(TABLES + type_tables(self.schema))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {INDEX_VERSION}")
        db.execute("INSERT INTO meta VALUES('stamp', ?)", (self.stamp,))
        return db

    @property
    def _aside(self) -> str | None:
        return f"{self.path}.{os.getpid()}.new" if self.path else None

    def publish(self) -> None:
        """Move a new index into place; does nothing for one that is there already."""
        if not self.is_new:
            return
        self.is_new = False
        if self.path is None or self._aside is None:
            return
        self.db.close()
        for suffix in ("-wal", "-shm"):
            _remove(self.path + suffix)
        os.replace(self._aside, self.path)
        self.db = connect(self.path)

    def make_search_indexes(self) -> None:
        """Make what look-ups need; after the rows, which is faster."""
        # One by one: `executescript` would end the transaction they are made in.
        for statement in INDEXES.split(";"):
            self.db.execute(statement)

    def rebuild(self) -> None:
        """Throw everything away; the next refresh reads every note."""
        self.db.close()
        self.is_new = True
        self.db = self._create()

    def close(self) -> None:
        """Let go of the file; an index that was never published leaves nothing behind."""
        self.db.close()
        if self.is_new and self._aside:
            _remove(self._aside)

    def meta(self, key: str) -> Any:
        """A value of the meta table; None: not there."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: object) -> None:
        """Store a value of the meta table."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))

    def snapshot(self) -> tuple[Snapshot, frozenset[str]]:
        """The files as of the last refresh, and those to read again whatever they look like."""
        blob = self.meta("snapshot")
        if blob is None:
            return {}, frozenset()
        files, racy = marshal.loads(blob)
        return files, frozenset(racy)

    def set_snapshot(self, files: Snapshot, racy: frozenset[str]) -> None:
        """Remember the files as they were read."""
        self.set_meta("snapshot", marshal.dumps((files, sorted(racy))))

    @property
    def generation(self) -> int:
        """Grows with every change; what was computed for an older one is stale."""
        return int(self.meta("generation") or 0)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing. A new index has none: it is not seen yet."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if not self.is_new:
                self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")


def connect(path: str) -> sqlite3.Connection:
    """A connection with the settings that every use shares."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    # Where the file system cannot share memory, SQLite keeps its rollback journal.
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _open_stamped(path: str, stamp: str) -> sqlite3.Connection | None:
    """The index at a path, if it is whole and of this stamp."""
    if not os.path.exists(path):
        return None
    db = None
    try:
        db = connect(path)
        row = db.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
    except sqlite3.DatabaseError:
        row = None
    if db is not None and row is not None and row[0] == stamp:
        return db
    if db is not None:
        db.close()
    return None


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)

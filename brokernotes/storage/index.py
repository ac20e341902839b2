"""The index: a cache of what the notes say, outside the tree, never trusted over them.

Another version, other rules, a damaged file: it is thrown away and built anew;
nothing is migrated. Where no folder can be written it lives in memory.

Its file is replaced as a whole while others may have it open, so it keeps SQLite's
rollback journal: a write-ahead log belongs to a name, not to a file, and that of the old
index would be read into the new one. Nor does one work on a network drive.
"""

from __future__ import annotations

import contextlib
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

FILE_NAME = "index.sqlite"
BUSY_SECONDS = 20.0
ABANDONED_SECONDS = 3600.0  # an index being filled for so long has lost its process

# What no new file mends: SQLITE_PERM, BUSY, LOCKED, NOMEM, READONLY, FULL, CANTOPEN, AUTH.
_HOPELESS = frozenset((3, 5, 6, 7, 8, 13, 14, 23))
_MOVED = 1032  # SQLITE_READONLY_DBMOVED: the file was replaced or deleted under the connection


class DamagedIndexError(sqlite3.DatabaseError):
    """What the index holds cannot have been written by this program."""


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
        path: of its file; None: it lives in memory.
        trouble: why it lives in memory although there is a folder; None: it does not.
    """

    def __init__(self, folder: str | None, schema: Schema, rules_digest: str) -> None:
        self.schema = schema
        self.path = os.path.join(folder, FILE_NAME) if folder else None
        self.stamp = f"{INDEX_VERSION}/{__version__}/{rules_digest}"
        self.trouble: str | None = None
        self.is_new = False
        self._aside: str | None = None
        self.db: sqlite3.Connection
        self._open()

    def _open(self) -> None:
        found = _open_stamped(self.path, self.stamp) if self.path else None
        if found is not None:
            self.is_new, self.db = False, found
            return
        try:
            self._create()
        except sqlite3.Error as error:
            self._stay_in_memory(error)

    def _create(self) -> None:
        self.is_new = True
        if self.path:
            self._aside = f"{self.path}.{os.getpid()}-{id(self):x}.new"
            _remove(self._aside)
        self.db = sqlite3.connect(self._aside or ":memory:", isolation_level=None)
        try:
            self.db.execute("PRAGMA journal_mode = OFF")
            self.db.execute("PRAGMA synchronous = OFF")
            self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self.db.execute(f"PRAGMA user_version = {INDEX_VERSION}")
            self.db.executescript("BEGIN;" + TABLES + type_tables(self.schema))
            self.set_meta("stamp", self.stamp)
            self.db.execute("COMMIT")
        except BaseException:
            self.close()
            raise
        if self._aside:
            _remove_abandoned(self._aside)

    def _stay_in_memory(self, error: sqlite3.Error) -> None:
        self.trouble = str(error)
        self.path = self._aside = None
        self._create()

    def publish(self) -> None:
        """Move a new index into place; does nothing for one that is there already."""
        if not self.is_new:
            return
        self.is_new = False
        if self.path is None or self._aside is None:
            return
        self.db.close()
        try:
            _put_in_place(self._aside, self.path)
        except (OSError, sqlite3.Error):
            # Whoever holds the old one goes on with it; this run keeps its own until it ends.
            self.db = connect(self._aside)
            return
        self._aside = None
        self.db = connect(self.path)

    def rebuild(self) -> None:
        """Throw everything away; the next refresh reads every note."""
        self.close()
        self._create()

    def recover(self, error: sqlite3.Error) -> None:
        """Make the best of a file that SQLite cannot work with.

        One that was replaced is opened again, a damaged one is built anew, and where
        nothing can be written, or that did not help either, this run's index is in memory.

        Raises:
            sqlite3.Error: it is in memory already.
        """
        if self.path is None:
            raise error
        code = getattr(error, "sqlite_errorcode", None) or 1
        was_new = self.is_new
        self.close()
        if code == _MOVED:
            self._open()
        elif was_new or code & 0xFF in _HOPELESS:
            self._stay_in_memory(error)
        else:
            try:
                self._create()
            except sqlite3.Error as reason:
                self._stay_in_memory(reason)

    def discard(self, error: Exception) -> bool:
        """Throw a file away that SQLite cannot read, for the next command to build anew.

        Returns:
            Whether it was thrown away; one that is only locked is left alone.
        """
        code = getattr(error, "sqlite_errorcode", None) or 1
        if code & 0xFF in _HOPELESS:
            return False
        self.close()
        if self.path:
            _remove(self.path)
        return True

    def close(self) -> None:
        """Let go of the file; an index that was never published leaves nothing behind."""
        self.db.close()
        if self._aside:
            _remove(self._aside)
            _remove(self._aside + "-journal")
            self._aside = None

    def meta(self, key: str) -> Any:
        """A value of the meta table; None: not there."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: object) -> None:
        """Store a value of the meta table."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))

    def remember(self, key: str, value: object) -> None:
        """Store what spares work next time, if it can be stored just now."""
        with contextlib.suppress(sqlite3.OperationalError):
            self.set_meta(key, value)

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
            self.db.execute("COMMIT")
        except BaseException:
            if not self.is_new:
                # Where SQLite has rolled back by itself, or cannot, there is nothing to say.
                with contextlib.suppress(sqlite3.Error):
                    self.db.execute("ROLLBACK")
            raise


def make_search_indexes(db: sqlite3.Connection) -> None:
    """Make what look-ups need; after the rows, which is faster."""
    for statement in INDEXES.split(";"):
        db.execute(statement)


def connect(path: str) -> sqlite3.Connection:
    """A connection with the settings that every use shares."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
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
    except sqlite3.Error:
        row = None
    if db is not None and row is not None and row[0] == stamp:
        return db
    if db is not None:
        db.close()
    return None


def _put_in_place(aside: str, path: str) -> None:
    """Replace an index while nobody writes to it.

    Under the old one's exclusive lock there is no journal that could be taken for the
    new one's. What is no database has no writers, but may have left a journal.
    """
    old = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        try:
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            old.close()
            for suffix in ("", "-journal", "-wal", "-shm"):
                _remove(path + suffix)
        if os.name == "nt":  # there an open file cannot be replaced
            old.close()
        os.replace(aside, path)
    finally:
        old.close()


def _remove_abandoned(aside: str) -> None:
    """Remove what processes that were killed while filling an index left behind."""
    with contextlib.suppress(OSError):
        newest = os.stat(aside).st_mtime
        with os.scandir(os.path.dirname(aside)) as entries:
            for entry in entries:
                if (
                    entry.name.startswith(FILE_NAME + ".")
                    and entry.name.endswith(".new")
                    and entry.stat().st_mtime < newest - ABANDONED_SECONDS
                ):
                    _remove(entry.path)


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)

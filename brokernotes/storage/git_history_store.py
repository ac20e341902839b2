"""Where what was read of git's history is kept: `history.sqlite` beside the index.

A file of its own: the index is made anew with every version and every change of the
rules, and history takes seconds. Like the index it is a cache, deletable at any time.

* `commit_`: `c` counts them, parents before children.
* `place`: the notes that were at each path, `n` being one note through all its names; the one
  with the highest `at` was there last. `name`: the ids each had. `gone`: those that were deleted.
* `step`: what a commit did to a note (`data`), and the file it left (`blob`, `path`).
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any

from brokernotes.storage.git_history_log import ReadCommit
from brokernotes.storage.git_history_rows import KnownCommit, Step, decoded, marked, storable

FILE_NAME = "history.sqlite"
READING = 2  # another one where the same history would be read otherwise
_PATIENCE = 60.0  # seconds to wait for another process that reads the history
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commit_(
    c INTEGER PRIMARY KEY, id TEXT UNIQUE, parents TEXT, author TEXT, email TEXT,
    authored INTEGER, committed INTEGER, subject TEXT, operation TEXT, is_start INTEGER);
CREATE TABLE IF NOT EXISTS place(path TEXT, n INTEGER, at INTEGER, PRIMARY KEY(path, n))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name(id TEXT, n INTEGER, PRIMARY KEY(id, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gone(n INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS step(
    n INTEGER, c INTEGER, blob TEXT, path TEXT, id TEXT, is_loss INTEGER, data TEXT,
    PRIMARY KEY(n, c)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS commit_committed ON commit_(committed);
CREATE INDEX IF NOT EXISTS name_n ON name(n);
CREATE INDEX IF NOT EXISTS step_c ON step(c);
CREATE INDEX IF NOT EXISTS step_loss ON step(is_loss) WHERE is_loss;
"""


class Store:
    """The cache of history.

    Args:
        folder: of the caches; None: there is none, and it is kept in memory.
        zone: times are told in.
    """

    def __init__(self, folder: str | None, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self.path = os.path.join(folder, FILE_NAME) if folder else None
        self.db = self._open()

    def _open(self) -> sqlite3.Connection:
        for place in (self.path, self.path, None):
            try:
                db = sqlite3.connect(place or ":memory:", timeout=_PATIENCE, isolation_level=None)
                db.executescript(_TABLES)
            except sqlite3.OperationalError:
                continue  # it cannot be opened, or another process holds it: kept in memory
            except sqlite3.DatabaseError:  # damaged: it is a cache
                db.close()
                with contextlib.suppress(OSError):
                    os.remove(place or "")
                continue
            return db
        raise AssertionError("SQLite keeps nothing even in memory")

    def close(self) -> None:
        """Let go of it."""
        self.db.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Whatever is written inside is kept whole or not at all."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    # -- what it is of

    def meta(self, key: str) -> str | None:
        """Something remembered."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, key: str, value: str) -> None:
        """Remember something."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))

    def clear(self) -> None:
        """Forget all that was read."""
        for table in ("meta", "commit_", "place", "name", "gone", "step"):
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608

    # -- while it is read

    def add_commit(
        self, c: int, commit: ReadCommit, *, parents: Iterable[int], is_start: bool
    ) -> None:
        """Keep a commit."""
        row = (
            c, commit.id, json.dumps(list(parents)), commit.author, commit.email, commit.authored,
            commit.committed, commit.subject, commit.operation, is_start,
        )  # fmt: skip
        self.db.execute(
            "INSERT INTO commit_ VALUES(?,?,?,?,?,?,?,?,?,?)", tuple(map(storable, row))
        )

    def add_step(self, step: Step, *, is_loss: bool) -> None:
        """Keep a step; a note has one in a commit."""
        data = {"f": marked(step.changes.fields), "e": step.changes.entries}
        row = (
            step.n, step.c, step.blob, step.path, step.id, is_loss,
            json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        )  # fmt: skip
        self.db.execute(
            "INSERT OR REPLACE INTO step VALUES(?,?,?,?,?,?,?)", tuple(map(storable, row))
        )

    def last_c(self) -> int:
        """The number of the last commit; 0: there is none."""
        (found,) = self.db.execute("SELECT ifnull(max(c), 0) FROM commit_").fetchone()
        return int(found)

    def number(self, commit: str) -> int | None:
        """The number of a commit; None: it was not read."""
        row = self.db.execute("SELECT c FROM commit_ WHERE id = ?", (commit,)).fetchone()
        return None if row is None else int(row[0])

    def commit_line(self, c: int) -> tuple[str, tuple[int, ...]]:
        """A commit's id, and the numbers of its parents."""
        row = self.db.execute("SELECT id, parents FROM commit_ WHERE c = ?", (c,)).fetchone()
        return row[0], tuple(json.loads(row[1]))

    # -- which note

    def last_n(self) -> int:
        """The number of the last note; 0: there is none."""
        (found,) = self.db.execute("SELECT ifnull(max(n), 0) FROM place").fetchone()
        return int(found)

    def last_at(self, path: str) -> int | None:
        """The note that was last at a path; None: none ever was."""
        sql = "SELECT n FROM place WHERE path = ? ORDER BY at DESC LIMIT 1"
        row = self.db.execute(sql, (path,)).fetchone()
        return None if row is None else int(row[0])

    def set_at(self, path: str, n: int) -> None:
        """A note is at a path from now on."""
        sql = """
            INSERT OR REPLACE INTO place
            SELECT :path, :n, ifnull(max(at), 0) + 1 FROM place WHERE path = :path"""
        self.db.execute(sql, {"path": path, "n": n})

    def find_at(self, path: str) -> list[int]:
        """The notes that were ever at a path, the last first."""
        sql = "SELECT n FROM place WHERE path = ? ORDER BY at DESC"
        return [n for (n,) in self.db.execute(sql, (path,))]

    def places(self) -> list[tuple[str, int]]:
        """Every path that a note ever was at."""
        return self.db.execute("SELECT path, n FROM place ORDER BY path, at DESC").fetchall()

    def find_by_id(self, id_: str) -> list[int]:
        """The notes that have or had an id."""
        return [n for (n,) in self.db.execute("SELECT n FROM name WHERE id = ?", (id_,))]

    def ids_of(self, n: int) -> set[str]:
        """The ids a note has or had."""
        return {id_ for (id_,) in self.db.execute("SELECT id FROM name WHERE n = ?", (n,))}

    def set_id(self, id_: str, n: int) -> None:
        """A note has an id."""
        self.db.execute("INSERT OR IGNORE INTO name VALUES(?, ?)", (storable(id_), n))

    def is_living(self, n: int) -> bool:
        """Whether a note was not deleted."""
        return self.db.execute("SELECT 1 FROM gone WHERE n = ?", (n,)).fetchone() is None

    def set_living(self, n: int, *, living: bool) -> None:
        """A note was deleted, or is there again."""
        if living:
            self.db.execute("DELETE FROM gone WHERE n = ?", (n,))
        else:
            self.db.execute("INSERT OR IGNORE INTO gone VALUES(?)", (n,))

    def files_before(self, n: int) -> Iterator[tuple[str, str]]:
        """Blob and path that each step left of a note, the last first."""
        yield from self.db.execute(
            "SELECT blob, path FROM step WHERE n = ? AND blob IS NOT NULL ORDER BY c DESC", (n,)
        )

    # -- questions

    def steps_of(self, n: int) -> list[Step]:
        """What happened to a note, in order."""
        return self._steps("n = ?", n)

    def steps_since(self, moment: datetime) -> list[Step]:
        """What was committed from a moment on, in order."""
        return self._steps(
            "c IN (SELECT c FROM commit_ WHERE committed >= ?)", int(moment.timestamp())
        )

    def last_before(self, moment: datetime) -> datetime | None:
        """When the last commit before a moment was made; None: there is none."""
        sql = "SELECT max(committed) FROM commit_ WHERE committed < ?"
        (found,) = self.db.execute(sql, (int(moment.timestamp()),)).fetchone()
        return None if found is None else self.moment(found)

    def losses(self) -> list[Step]:
        """The steps in which an entry went or changed, in order."""
        return self._steps("is_loss")

    def steps_with(self, key: str) -> list[Step]:
        """The steps in which a field changed, in order."""
        return self._steps("instr(data, ?)", f"[{json.dumps(key, ensure_ascii=False)},")

    def _steps(self, where: str, *params: object) -> list[Step]:
        sql = f"SELECT n, c, blob, path, id, data FROM step WHERE {where} ORDER BY c, n"  # noqa: S608
        return [
            Step(n, c, blob, path, id_, decoded(data))
            for n, c, blob, path, id_, data in self.db.execute(sql, params)
        ]

    def commits(self, numbers: Iterable[int]) -> dict[int, KnownCommit]:
        """Commits by number."""
        sql = """
            SELECT c, id, author, email, authored, committed, subject, operation, is_start,
                   json_array_length(parents) > 1
              FROM commit_ WHERE c IN (SELECT value FROM json_each(?))"""
        rows = self.db.execute(sql, (json.dumps(sorted(set(numbers))),))
        return {row[0]: self._commit(row) for row in rows}

    def _commit(self, row: tuple[Any, ...]) -> KnownCommit:
        c, id_, author, email, authored, committed, subject, operation, is_start, is_merge = row
        return KnownCommit(
            c, id_, author, email, self.moment(authored), self.moment(committed), subject,
            operation, bool(is_start), bool(is_merge),
        )  # fmt: skip

    def moment(self, seconds: float) -> datetime:
        """A time of git's in the vault's zone; one that no calendar has becomes 1970."""
        try:
            return datetime.fromtimestamp(seconds, self._zone)
        except (OverflowError, ValueError, OSError):
            return datetime.fromtimestamp(0, self._zone)

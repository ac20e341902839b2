"""Bringing the index up to date with the files: added, modified, removed.

One scan is compared with the snapshot of the last one. When it equals it, nothing
is read at all; a new index is filled (`storage.filling`), any other updated with what
differs (`storage.updating`).
"""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from brokernotes.errors import ChangedMeanwhileError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.model.rules import Rules
from brokernotes.storage.index import DamagedIndexError, Index
from brokernotes.storage.snapshots import (
    Buckets,
    Snapshot,
    differing,
    load,
    pack,
    packed,
    save,
    unpack,
)
from brokernotes.storage.walking import Scan, scan

if TYPE_CHECKING:
    from brokernotes.storage.deriving import Deriving
    from brokernotes.storage.storing import Job
    from brokernotes.storage.updating import Changes

# Two writes within one tick of the file system's clock leave one time behind, so a file as
# young as this when it is read is read again by the next refresh.
TICK_NS = 20_000_000
COARSE_TICK_NS = 2_000_000_000  # where times come in whole seconds (FAT, some network drives)
HAS_CHANGE_TIME = os.name != "nt"  # else what is called ctime is when a file was made
ATTEMPTS = 4  # each starts afresh because somebody came or went while the last one read

Progress = Callable[[Iterable[str], int], Iterable[str]]


class Refreshed(NamedTuple):
    """What a refresh found.

    Attributes:
        total: Markdown files in the vault.
        is_unchanged: whether the index says what it said before.
        added: paths of notes, sorted; likewise `modified` and `removed`.
    """

    total: int
    is_unchanged: bool
    added: list[str]
    modified: list[str]
    removed: list[str]


class _Known(NamedTuple):
    """What the index remembers of the last refresh."""

    files: Buckets
    racy: bytes = b""
    scan: bytes = b""
    day: str = ""


class _Asked(NamedTuple):
    """One refresh as asked for."""

    root: str
    into: Index
    rules: Rules
    deriving: Deriving
    today: date
    clock_ns: int
    progress: Progress | None = None
    agent_paths: frozenset[str] = frozenset()

    @property
    def job(self) -> Job:
        """What notes are read and derived with."""
        from brokernotes.storage.storing import Job

        return Job(self.root, self.into.db, self.rules, self.deriving, self.today)


def refresh(  # noqa: PLR0913
    root: str,
    index: Index,
    rules: Rules,
    deriving: Deriving,
    *,
    today: date,
    clock_ns: int,
    progress: Progress | None = None,
) -> Refreshed:
    """Bring an index up to date, in one transaction.

    Whatever is wrong with the index's file, it is mended, replaced, or done without.

    Args:
        root: of the vault.
        index: to be refreshed; a new one is filled and published.
        rules: of the vault.
        deriving: what is computed for each note.
        today: for the few results that depend on it.
        clock_ns: the system's time before this call; younger files are read again next time.
        progress: wraps the paths that are read, given with their number.

    Raises:
        SystemRefusedError: not even an index in memory can be made.
    """
    asked = _Asked(root, index, rules, deriving, today, clock_ns, progress)
    while True:
        try:
            return _refresh(asked)
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            try:
                index.recover(error)
            except sqlite3.DatabaseError as reason:
                raise SystemRefusedError(
                    N_("the index cannot be made: {reason}"), reason=str(reason)
                ) from reason


def _refresh(asked: _Asked) -> Refreshed:
    index = asked.into
    known = _Known({}) if index.is_new else _known(index)
    found = scan(asked.root)
    if not index.is_new:
        if known.day > asked.today.isoformat():
            # What was derived for a later day took entries still to come for happened.
            index.rebuild()
        elif _is_same(found, known) and not _stale(index, asked.today):
            return Refreshed(len(found.notes), True, [], [], [])
    from brokernotes.storage.filling import ColleaguesChangedError

    for attempt in range(ATTEMPTS):
        try:
            return _fill(asked, found) if index.is_new else _update(asked, found, known)
        except ColleaguesChangedError as changed:
            if attempt == ATTEMPTS - 1:
                raise ChangedMeanwhileError(
                    N_("the notes of colleagues change faster than they can be read")
                ) from changed
            asked = asked._replace(agent_paths=changed.paths)
            index.rebuild()
    raise AssertionError("unreachable")


def _known(index: Index) -> _Known:
    sql = "SELECT key, value FROM meta WHERE key IN ('racy', 'scan', 'day')"
    known = _Known(load(index.db), **dict(index.db.execute(sql)))
    if [value.__class__ for value in known[1:]] != [bytes, bytes, str]:
        raise DamagedIndexError("what the last refresh left is not there")
    return known


def _is_same(found: Scan, known: _Known) -> bool:
    if known.racy or known.scan != _scan_digest(found):
        return False
    now = pack(found.notes)
    others = differing(known.files, now)
    return not others or unpack(known.files, others) == unpack(now, others)


def _scan_digest(found: Scan) -> bytes:
    """What changes with the files that are no notes, and with what could not be read."""
    if not found.others and not found.problems:
        return b""
    from hashlib import blake2b

    told = packed((found.others, [repr(one) for one in found.problems]))
    return blake2b(told, digest_size=16).digest()


def _stale(index: Index, today: date) -> frozenset[str]:
    sql = "SELECT path FROM note WHERE stale_from <= ?"
    return frozenset(path for (path,) in index.db.execute(sql, (today.isoformat(),)))


# -- reading what changed


def _fill(asked: _Asked, found: Scan) -> Refreshed:
    """Fill a new index and move it into place."""
    from brokernotes.storage.filling import Filling

    index = asked.into
    collects = gc.isenabled()
    gc.disable()  # nothing in here refers to itself, and there is much of it
    try:
        with index.writing():
            filling = Filling(asked.job, asked.agent_paths)
            filled = filling.run(found.notes, asked.progress)
            _put_scan(asked, found)
            _keep_state(asked, found, {}, (filled.vanished, filled.unsettled))
    finally:
        if collects:
            gc.enable()
    index.publish()
    return Refreshed(len(found.notes), False, sorted(filled.notes), [], [])


def _update(asked: _Asked, found: Scan, before: _Known) -> Refreshed:
    """Take over what changed since the last refresh."""
    from brokernotes.storage.updating import Updating

    index = asked.into
    with index.writing():
        known = _known(index)
        if known != before:
            # Another process refreshed it since this one looked: look at the files anew, or
            # what it added would seem removed.
            found = scan(asked.root)
        racy = _stale(index, asked.today) | _names(known.racy)
        changes = _changes(found.notes, known.files, racy)
        done = Updating(asked.job).run(changes, asked.progress)
        if known.scan != _scan_digest(found):
            _put_scan(asked, found)
        _keep_state(asked, found, known.files, (done.vanished, done.unsettled))
        if done.is_changed:
            _grow(asked)
    told = (sorted(paths) for paths in (done.added, done.modified, done.removed))
    return Refreshed(len(found.notes), not done.is_changed, *told)


def _changes(notes: Snapshot, known: Buckets, racy: frozenset[str]) -> Changes:
    """What is not as it was; files of equal buckets are, unless they are to be read anyway."""
    from brokernotes.storage.updating import Changes

    packed_now = pack(notes)
    others = differing(known, packed_now)
    before, now = unpack(known, others), unpack(packed_now, others)
    modified = {path for path, stamp in now.items() if path in before and before[path] != stamp}
    modified |= {path for path in racy if path in notes and (path not in now or path in before)}
    return Changes(
        added=[path for path in now if path not in before],
        modified=sorted(modified),
        removed=[path for path in before if path not in now],
    )


def _names(blob: bytes) -> frozenset[str]:
    try:
        return frozenset(blob.decode().split("\0"))
    except UnicodeDecodeError as error:
        raise DamagedIndexError("the list of young files is damaged") from error


# -- what is remembered


def _put_scan(asked: _Asked, found: Scan) -> None:
    """Replace what the scan found besides Markdown files."""
    from brokernotes.notes.links import link_fold
    from brokernotes.storage.rows import problem_rows
    from brokernotes.storage.storing import Sheet
    from brokernotes.storage.tables import TARGET_OTHER

    db = asked.into.db
    db.execute("DELETE FROM target WHERE kind = ?", (TARGET_OTHER,))
    db.execute("DELETE FROM problem WHERE n = 0")
    sheet = Sheet(db, asked.rules.schema)
    sheet.add("target", [(link_fold(path), TARGET_OTHER, path) for path in found.others])
    sheet.add("problem", problem_rows(0, found.problems))
    sheet.flush()


def _keep_state(
    asked: _Asked, found: Scan, before: Buckets, odd: tuple[Iterable[str], Iterable[str]]
) -> None:
    """Remember the files as they were read, for the next refresh to compare with.

    Args:
        asked: the refresh.
        found: its scan.
        before: what was remembered so far.
        odd: files that vanished since the scan, and those to be read again next time.
    """
    index, files = asked.into, found.notes
    vanished, unsettled = odd
    for path in vanished:
        files.pop(path, None)
    racy = sorted({*_racy(files, asked.clock_ns), *unsettled})
    save(index.db, before, pack(files))
    index.set_meta("racy", "\0".join(racy).encode())
    index.set_meta("scan", _scan_digest(found))
    day = asked.today.isoformat()
    index.set_meta("day", max(day, index.meta("day") or day))
    if index.is_new:
        _grow(asked)


def _grow(asked: _Asked) -> None:
    index = asked.into
    index.set_meta("generation", max(index.generation + 1, asked.clock_ns))


def _racy(files: Snapshot, clock_ns: int) -> list[str]:
    """Files so young that a later write may leave the same times behind.

    Whatever changes a file's bytes changes its ctime, too, so that alone decides where
    there is one. A time in whole seconds may come of a coarse clock.
    """
    at = 2 if HAS_CHANGE_TIME else 1
    fine, coarse = clock_ns - TICK_NS, clock_ns - COARSE_TICK_NS
    return [
        path
        for path, stamp in files.items()
        if stamp[at] >= coarse and (stamp[at] >= fine or stamp[at] % 1_000_000_000 == 0)
    ]

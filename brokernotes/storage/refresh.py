"""Bringing the index up to date with the files: added, modified, removed.

One scan is compared with the snapshot of the last one. When it equals it, nothing
is read at all; a new index is filled (`storage.filling`), any other updated with what
differs (`storage.updating`).
"""

from __future__ import annotations

import functools
import gc
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.errors import ChangedMeanwhileError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.model.rules import Rules
from brokernotes.storage.index import DamagedIndexError, Index
from brokernotes.storage.snapshots import (
    Buckets,
    differing,
    load,
    pack,
    packed,
    save,
    unpack,
    young_files,
)
from brokernotes.storage.walking import Scan, scan

if TYPE_CHECKING:
    from brokernotes.storage.deriving import Deriving
    from brokernotes.storage.storing import Job
    from brokernotes.storage.updating import Changes

ATTEMPTS = 4  # each starts afresh because somebody came or went while the last one read

Progress = Callable[[Iterable[str], int], Iterable[str]]


class Refreshed(NamedTuple):
    """What a refresh found.

    Attributes:
        is_unchanged: whether the index says what it said before.
        added: paths of notes, sorted; likewise `modified` and `removed`.
    """

    is_unchanged: bool
    added: list[str]
    modified: list[str]
    removed: list[str]


class _Known(NamedTuple):
    """What the index remembers of the last refresh."""

    racy: bytes = b""
    scan: bytes = b""
    whole: bytes = b""
    day: str = ""


class _Look:
    """One scan, in the forms that are compared and kept."""

    def __init__(self, found: Scan) -> None:
        self.scan = found

    @functools.cached_property
    def buckets(self) -> Buckets:
        """Its notes' stamps, packed."""
        return pack(self.scan.notes)

    @functools.cached_property
    def whole(self) -> bytes:
        """What changes with any of them; the same folders are told in the same order."""
        return _digest_of(packed(self.scan.notes))

    @functools.cached_property
    def digest(self) -> bytes:
        """What changes with the files that are no notes, and with what could not be read."""
        others, problems = self.scan.others, self.scan.problems
        return _digest_of(packed((others, [repr(one) for one in problems])))

    def without(self, vanished: Iterable[str]) -> _Look:
        """The same but for files that were gone when they were to be read."""
        gone = frozenset(vanished)
        if not gone:
            return self
        notes = {path: stamp for path, stamp in self.scan.notes.items() if path not in gone}
        return _Look(replace(self.scan, notes=notes))


def _digest_of(told: bytes) -> bytes:
    from brokernotes.model.digests import blake2b

    return blake2b(told, digest_size=16).digest()


class _Asked(NamedTuple):
    """One refresh as asked for."""

    root: str
    into: Index
    rules: Rules
    deriving: Deriving
    today: date
    clock_ns: int
    progress: Progress | None = None
    is_vouched: bool = False
    agent_paths: frozenset[str] = frozenset()
    is_alone: bool = False

    @property
    def job(self) -> Job:
        """What notes are read and derived with."""
        from brokernotes.storage.storing import Job

        return Job(self.root, self.into.db, self.rules, self.deriving, self.today, set())


def refresh(  # noqa: PLR0913
    root: str,
    index: Index,
    rules: Rules,
    deriving: Deriving,
    *,
    today: date,
    clock_ns: int,
    progress: Progress | None = None,
    is_vouched: bool = False,
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
        is_vouched: whether a watcher said, before the index was opened, that it holds
            everything (`storage.freshness`); then the files are not looked at.

    Raises:
        SystemRefusedError: not even an index in memory can be made.
    """
    asked = _Asked(root, index, rules, deriving, today, clock_ns, progress, is_vouched)
    collects = gc.isenabled()
    gc.disable()  # nothing in here refers to itself, and there is much of it
    try:
        return _refresh_surely(asked)
    finally:
        if collects:
            gc.enable()


def _refresh_surely(asked: _Asked) -> Refreshed:
    while True:
        try:
            return _refresh(asked)
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            try:
                asked.into.recover(error)
            except sqlite3.DatabaseError as reason:
                raise SystemRefusedError(
                    N_("the index cannot be made: {reason}"), reason=str(reason)
                ) from reason


def _refresh(asked: _Asked) -> Refreshed:
    index = asked.into
    if asked.is_vouched and not index.is_new and _needs_no_look(index, asked.today):
        return Refreshed(True, [], [], [])
    known = _Known() if index.is_new else _known(index)
    found = _look(asked)
    if not index.is_new:
        if known.day > asked.today.isoformat():
            # What was derived for a later day took entries still to come for happened.
            index.rebuild()
        elif _is_same(index, found, known) and not _stale(index, asked.today):
            return Refreshed(True, [], [], [])
    from brokernotes.storage.told import ColleaguesChangedError, HelperLostError

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
        except HelperLostError:
            asked = asked._replace(is_alone=True)
            index.rebuild()
    raise AssertionError("unreachable")


def _look(asked: _Asked) -> _Look:
    """One scan; where a viewer reads the files, by the paths that they read."""
    found, glass = scan(asked.root), asked.deriving.glass
    if glass is not None:
        found.notes = {glass.shown(path): stamp for path, stamp in found.notes.items()}
        found.problems = []  # of files, which a viewer has not
    return _Look(found)


def _needs_no_look(index: Index, today: date) -> bool:
    """Whether an index that holds everything is also true of today, and sure of each file."""
    day, racy = index.meta("day"), index.meta("racy")
    is_of_today = isinstance(day, str) and day <= today.isoformat()
    return is_of_today and racy == b"" and not _stale(index, today)


def _known(index: Index) -> _Known:
    sql = "SELECT key, value FROM meta WHERE key IN ('racy', 'scan', 'whole', 'day')"
    known = _Known(**dict(index.db.execute(sql)))
    if [value.__class__ for value in known] != [bytes, bytes, bytes, str]:
        raise DamagedIndexError("what the last refresh left is not there")
    return known


def _is_same(index: Index, found: _Look, known: _Known) -> bool:
    if known.racy or known.scan != found.digest:
        return False
    if known.whole == found.whole:
        return True
    files = load(index.db)  # told in another order, or changed
    others = differing(files, found.buckets)
    return not others or unpack(files, others) == unpack(found.buckets, others)


def _stale(index: Index, today: date) -> frozenset[str]:
    sql = "SELECT path FROM note WHERE stale_from <= ?"
    return frozenset(path for (path,) in index.db.execute(sql, (today.isoformat(),)))


# -- reading what changed


def _fill(asked: _Asked, found: _Look) -> Refreshed:
    """Fill a new index and move it into place."""
    from brokernotes.storage.filling import Filling

    index = asked.into
    with index.writing():
        filling = Filling(asked.job, asked.agent_paths, is_alone=asked.is_alone)
        filled = filling.run(found.scan.notes, asked.progress)
        _put_scan(asked, found.scan)
        found = found.without(filled.vanished)
        young = [*young_files(found.scan.notes, asked.clock_ns), *filled.unsettled]
        _keep_state(asked, found, {}, young)
        _grow(asked)
    index.publish()
    return Refreshed(False, sorted(filled.notes), [], [])


def _update(asked: _Asked, found: _Look, before: _Known) -> Refreshed:
    """Take over what changed since the last refresh."""
    from brokernotes.storage.updating import Updating

    index = asked.into
    with index.writing():
        known = _known(index)
        if known != before:
            # Another process refreshed it since this one looked: look at the files anew, or
            # what it added would seem removed.
            found = _look(asked)
        files = load(index.db)
        changes = _changes(found, files, _stale(index, asked.today) | _names(known.racy))
        done = Updating(asked.job).run(changes, asked.progress)
        if known.scan != found.digest:
            _put_scan(asked, found.scan)
        found = found.without(done.vanished)
        # Whatever was not read now was not young before, and has not changed since.
        notes = found.scan.notes
        read = {path: notes[path] for path in (*changes.added, *changes.modified) if path in notes}
        young = [*young_files(read, asked.clock_ns), *done.unsettled]
        _keep_state(asked, found, files, young)
        if done.is_changed:
            _grow(asked)
    told = (sorted(paths) for paths in (done.added, done.modified, done.removed))
    return Refreshed(not done.is_changed, *told)


def _changes(found: _Look, known: Buckets, anyway: frozenset[str]) -> Changes:
    """What is not as it was, and what is to be read anyway."""
    from brokernotes.storage.updating import Changes

    others = differing(known, found.buckets)
    before, now = unpack(known, others), unpack(found.buckets, others)
    added = [path for path in now if path not in before]
    modified = {path for path, stamp in now.items() if before.get(path, stamp) != stamp}
    modified.update(path for path in anyway if path in found.scan.notes)
    return Changes(
        added=added,
        modified=sorted(modified.difference(added)),
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


def _keep_state(asked: _Asked, found: _Look, before: Buckets, young: list[str]) -> None:
    """Remember the files as they were read, for the next refresh to compare with."""
    index = asked.into
    save(index.db, before, found.buckets)
    index.set_meta("racy", "\0".join(sorted(set(young))).encode())
    index.set_meta("scan", found.digest)
    index.set_meta("whole", found.whole)
    day = asked.today.isoformat()
    index.set_meta("day", max(day, index.meta("day") or day))


def _grow(asked: _Asked) -> None:
    index = asked.into
    index.set_meta("generation", max(index.generation + 1, asked.clock_ns))

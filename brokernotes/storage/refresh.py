"""Bringing the index up to date with the files: added, modified, removed.

One scan is compared with the snapshot of the last one. When it equals it, nothing
is read at all; a new index is filled (`storage.filling`), any other updated with what
differs (`storage.updating`).
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.errors import ChangedMeanwhileError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.rules import Rules
from brokernotes.storage.ahead import seen
from brokernotes.storage.index import Index
from brokernotes.storage.last_look import (
    Known,
    Look,
    is_same,
    keep_state,
    look,
    put_scan,
    remembered,
    stale,
)
from brokernotes.storage.snapshots import differences, load, young_files
from brokernotes.storage.stamps import Folders, stamps_of

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
    known = Known() if index.is_new else remembered(index)
    files = {} if index.is_new else load(index.db)
    if _was_seen(asked, known, files):
        return Refreshed(True, [], [], [])
    found = look(asked.root, asked.deriving.glass)
    if not index.is_new:
        if known.day > asked.today.isoformat():
            # What was derived for a later day took entries still to come for happened.
            index.rebuild()
        elif is_same(found, known, files) and not stale(index, asked.today):
            return Refreshed(True, [], [], [])
    from brokernotes.storage.told import ColleaguesChangedError, HelperLostError

    for attempt in range(ATTEMPTS):
        try:
            return _fill(asked, found) if index.is_new else _update(asked, found, known, files)
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


def _was_seen(asked: _Asked, known: Known, files: Folders) -> bool:
    """Whether a look that began with the command saw just what the index holds."""
    found = seen(asked.root)
    if found is None or asked.into.is_new or asked.deriving.glass is not None:
        return False
    is_of_today = known.day <= asked.today.isoformat()
    return is_of_today and is_same(Look(found), known, files) and not stale(asked.into, asked.today)


def _needs_no_look(index: Index, today: date) -> bool:
    """Whether an index that holds everything is also true of today, and sure of each file."""
    day, racy = index.meta("day"), index.meta("racy")
    is_of_today = isinstance(day, str) and day <= today.isoformat()
    return is_of_today and racy == b"" and not stale(index, today)


# -- reading what changed


def _fill(asked: _Asked, found: Look) -> Refreshed:
    """Fill a new index and move it into place."""
    from brokernotes.storage.filling import Filling

    index = asked.into
    with index.writing():
        filling = Filling(asked.job, asked.agent_paths, is_alone=asked.is_alone)
        notes = found.scan.notes
        filled = filling.run(notes, asked.progress)
        put_scan(index, asked.rules.schema, found.scan)
        found = found.without(filled.vanished)
        vanished = frozenset(filled.vanished)
        young = [path for path in young_files(notes, asked.clock_ns) if path not in vanished]
        young += filled.unsettled
        keep_state(index, found, {}, young, asked.today)
        _grow(asked)
    index.publish()
    return Refreshed(False, sorted(filled.notes), [], [])


def _update(asked: _Asked, found: Look, before: Known, files: Folders) -> Refreshed:
    """Take over what changed since the last refresh."""
    from brokernotes.storage.updating import Updating

    index = asked.into
    with index.writing():
        known = remembered(index)
        if known != before:
            # Another process refreshed it since this one looked: look at the files anew, or
            # what it added would seem removed.
            found, files = look(asked.root, asked.deriving.glass), load(index.db)
        changes = _changes(found, files, stale(index, asked.today) | known.young)
        done = Updating(asked.job).run(changes, asked.progress)
        if known.scan != found.digest:
            put_scan(index, asked.rules.schema, found.scan)
        found = found.without(done.vanished)
        # Whatever was not read now was not young before, and has not changed since.
        read = stamps_of(found.scan.folders, [*changes.added, *changes.modified])
        young = [*young_files(read, asked.clock_ns), *done.unsettled]
        keep_state(index, found, files, young, asked.today)
        if done.is_changed:
            _grow(asked)
    told = (sorted(paths) for paths in (done.added, done.modified, done.removed))
    return Refreshed(not done.is_changed, *told)


def _changes(found: Look, known: Folders, anyway: frozenset[str]) -> Changes:
    """What is not as it was, and what is to be read anyway."""
    from brokernotes.storage.updating import Changes

    now = found.scan.folders
    added, modified, removed = differences(known, now)
    again = {*modified, *stamps_of(now, anyway)}
    return Changes(added, sorted(again.difference(added)), removed)


def _grow(asked: _Asked) -> None:
    index = asked.into
    index.set_meta("generation", max(index.generation + 1, asked.clock_ns))

"""Entries that were written down long after their time (补录), as git's history shows.

When an entry was first committed is what counts: a typed time can be anything. An entry that
came with its note was kept in a pocket as long (留盘).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from brokernotes.light_dataclasses import dataclass
from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import EntryRevision, FieldRevision, Revision

LATE = timedelta(hours=24)  # ours


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An entry that was written late.

    Attributes:
        revision: that brought it.
        late: how long after its time.
        came_with_note: whether its note was new then.
    """

    revision: EntryRevision
    late: timedelta
    came_with_note: bool

    @property
    def entry(self) -> LogEntry:
        """The entry."""
        assert self.revision.after is not None
        return self.revision.after

    @property
    def days(self) -> int:
        """Whole days between its time and its writing."""
        return self.late.days


def late_by(entry: LogEntry, written: datetime) -> timedelta | None:
    """How long after its time an entry was written; None: in time.

    Args:
        entry: one that took place; without a time its day's end counts.
        written: in the vault's zone.
    """
    if not entry.is_happened or entry.day > written.date():
        return None
    midnight = datetime.combine(entry.day, time())
    minutes = 24 * 60 if entry.minutes is None else entry.minutes
    late = written.replace(tzinfo=None) - midnight - timedelta(minutes=minutes)
    return late if late > LATE else None


def late_entries(found: Iterable[Revision]) -> Iterator[LateEntry]:
    """The entries among some revisions that were written late, in their order.

    What a merge brought was written elsewhere before, and of what stood where a clone's history
    begins nobody knows since when.

    Args:
        found: the oldest first.
    """
    revisions = list(found)
    made = _made(revisions)
    for one in revisions:
        if not isinstance(one, EntryRevision) or one.before is not None or one.after is None:
            continue
        if one.is_merge or one.is_start:
            continue
        late = late_by(one.after, one.when)
        if late is not None:
            yield LateEntry(one, late, _note_of(one) in made)


def late_course(
    entry: LogEntry, course: Sequence[EntryRevision], revisions: Iterable[Revision]
) -> LateEntry | None:
    """An entry as late as it is today: whoever dates it back later has written it late, too.

    Args:
        entry: as it stands.
        course: what became of it, the oldest first.
        revisions: of its note, the oldest first.
    """
    first = course[0] if course else None
    if first is None or first.before is not None or first.is_merge or first.is_start:
        return None
    late = late_by(entry, first.when)
    return LateEntry(first, late, _note_of(first) in _made(revisions)) if late else None


def changed_since(course: Sequence[EntryRevision]) -> EntryRevision | None:
    """The first change of what an entry tells for sharing: its day, verb, links, or whose it is."""
    for one in course[1:]:
        if (
            one.before is not None
            and one.after is not None
            and _facts(one.before) != _facts(one.after)
        ):
            return one
    return None


def _facts(entry: LogEntry) -> tuple[object, ...]:
    return entry.day, entry.verb, entry.agent, entry.links


def _note_of(one: Revision) -> tuple[str, str | None]:
    return one.note or one.path, one.commit


def _made(revisions: Iterable[Revision]) -> set[tuple[str, str | None]]:
    """Notes by the commit that made them."""
    return {
        _note_of(one) for one in revisions if isinstance(one, FieldRevision) and one.is_new_note
    }

"""What a listing's log tells of its statuses: when it changed from which to which.

Everybody reads rounds, "on the market since" and "left the market on" here: the entries are
the record, the status in front matter only their last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from brokernotes.features.corrections import counting
from brokernotes.model.lifecycle import ACTIVE, Status, status_before, steps_between
from brokernotes.model.records import LogEntry, Record


class StatusChange(NamedTuple):
    """One change of status as an entry tells it.

    Attributes:
        old: id of the status before; None: the entry does not know it.
        new: id of the status since.
        entry: that says so.
        is_rescinded: whether it goes back because a contract was called off.
    """

    old: Status
    new: str
    entry: LogEntry
    is_rescinded: bool = False

    @property
    def adds_round(self) -> bool:
        """Whether a new round of business began with it."""
        return not self.is_rescinded and any(
            step.adds_round for step in steps_between(self.old, self.new)
        )


def status_changes(entries: Sequence[LogEntry], today: date) -> list[StatusChange]:
    """The changes of status a log tells, the oldest first.

    Args:
        entries: of a listing's log, in the file's order.
        today: what is dated later has not happened.
    """
    if not any("status" in entry.fields for entry in entries):
        return []  # as nearly everywhere, and without asking which entries count, and in what order
    found: list[StatusChange] = []
    rescinded = False
    for entry in _in_order(counting(entries, today)):
        if not entry.is_happened or entry.day > today:
            continue
        if entry.verb == "rescind":
            rescinded = True
        said = entry.fields.get("status")
        if isinstance(said, tuple) and len(said) == 2:
            old, new = (str(one) for one in said)
            found.append(StatusChange(old or None, new, entry, rescinded))
            rescinded = False
    return found


def _in_order(entries: Sequence[LogEntry]) -> list[LogEntry]:
    """By time; an entry that has none stays behind the one above it of that day."""
    keyed: list[tuple[date, int, LogEntry]] = []
    for entry in entries:
        minutes = -1 if entry.minutes is None else entry.minutes
        if keyed and entry.minutes is None and keyed[-1][0] == entry.day:
            minutes = keyed[-1][1]
        keyed.append((entry.day, minutes, entry))
    keyed.sort(key=lambda one: one[:2])
    return [entry for _, _, entry in keyed]


def logged_status(changes: Sequence[StatusChange]) -> Status:
    """The status the log ends with; None: it tells of none."""
    return changes[-1].new if changes else None


def previous_status(
    changes: Sequence[StatusChange], current: Status, among: frozenset[str] = ACTIVE
) -> str | None:
    """The very status, of some, that a listing had before its current one.

    Args:
        changes: as the log tells them.
        current: the status now.
        among: statuses that are meant.
    """
    return status_before([(one.old, one.new) for one in changes], current, among)


def logged_rounds(changes: Sequence[StatusChange]) -> int:
    """How many rounds of business a log tells of."""
    return 1 + sum(change.adds_round for change in changes)


def round_of(record: Record) -> int:
    """The round a listing is in; unset: its first."""
    current = record.values.get("round")
    return current if isinstance(current, int) and not isinstance(current, bool) else 1


def left_market(changes: Sequence[StatusChange]) -> LogEntry | None:
    """The entry with which a listing went off the market; None: the log does not tell."""
    found: LogEntry | None = None
    for change in changes:
        if change.new in ACTIVE:
            found = None
        elif found is None and change.old in ACTIVE:
            found = change.entry
    return found

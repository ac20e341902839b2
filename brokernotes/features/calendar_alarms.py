"""When the phone rings for an item of the calendar (all ours).

* A showing or meeting: 60 minutes before. A promise with a time: 10 minutes before.
  A new client to be answered, tomorrow's showing to be confirmed: at that time.
* A plan without a time, a step of a deal, the end of an entrustment or a lease: 09:00 on the day.
  Signing: also three days and one day before.
* Everything else of a whole day rings never: a phone that rings for fifteen
  follow-ups at 09:30 is a phone whose alerts get switched off.
* What was called off or rolled to today does not ring; an overdue signing does.

Nobody is woken in the quiet hours: the alarm rings at their end where that is early
enough, else half an hour before they begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from brokernotes.features.calendar import Alarm
from brokernotes.features.calendar_days import YEARS, Placed
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.rules import Quiet

DAY = 24 * 60
MORNING = 9 * 60
BEFORE = {
    "planned": 60,
    "promise": 10,
    "first_response": 0,
    "confirm_showing": 0,
}  # minutes, of what has a time
NOTICED = frozenset({"planned", "milestone", "entrustment_end", "lease_end"})  # rings on its day
SIGNING_DAYS = (3, 1, 0)
EARLY_ENOUGH = 15  # minutes before the start: time to leave the house
BEFORE_QUIET = 30


def alarms(placed: Placed, quiet: Quiet) -> tuple[Alarm, ...]:
    """The alarms of one row, earliest first, no two at one moment.

    Args:
        placed: the row.
        quiet: hours in which nothing rings.
    """
    if placed.is_cancelled or placed.day.year not in YEARS:
        return ()
    start = placed.at or datetime.combine(placed.day, time())
    wanted = {
        _waking(start, before, quiet)
        for reason in placed.item.reasons
        for before in _wanted(reason, placed)
    }
    return tuple(Alarm(minutes_before=before) for before in sorted(wanted, reverse=True))


def _wanted(reason: Occurrence, placed: Placed) -> Iterator[int]:
    """Minutes before the start of the item; a whole day starts at 00:00."""
    if placed.at is not None:
        if reason.kind in BEFORE:
            yield BEFORE[reason.kind]
    elif reason.kind == "signing":
        for days in SIGNING_DAYS if not placed.is_rolled else (0,):
            yield days * DAY - MORNING
    elif reason.kind in NOTICED and not placed.is_rolled:
        yield -MORNING


def _waking(start: datetime, before: int, quiet: Quiet) -> int:
    """Minutes before the start at which nobody is woken."""
    moment = start - timedelta(minutes=before)
    window = _quiet_hours(moment, quiet)
    if window is None:
        return before
    begin, end = window
    is_early = before >= 0 and end <= start - timedelta(minutes=EARLY_ENOUGH)
    awake = end if is_early else begin - timedelta(minutes=BEFORE_QUIET)
    return (start - awake) // timedelta(minutes=1)


def _quiet_hours(moment: datetime, quiet: Quiet) -> tuple[datetime, datetime] | None:
    """The quiet hours a moment falls into; None: it does not."""
    minute = moment.hour * 60 + moment.minute
    midnight = datetime.combine(moment.date(), time())
    begin, end = (midnight + timedelta(minutes=at) for at in (quiet.start, quiet.end))
    if quiet.start <= quiet.end:
        return (begin, end) if quiet.start <= minute < quiet.end else None
    if minute >= quiet.start:
        return begin, end + timedelta(days=1)
    return (begin - timedelta(days=1), end) if minute < quiet.end else None

"""Days on which nobody is followed up: the agent's own rest day, and those of the New Year.

A computed item of the rest day moves to the day before, or the day after where the person was
reached the day before. Of 除夕 to 初三 it is spread over the five
days around, two before and three after; which of them only the whole list can tell
(`features.spreading`). Where the person has said which days suit (`call_times`), it waits for the
next of them. No other holiday moves anything: those are showing days. What has a time,
deadlines, promises and showings never move, and a greeting has its day of the calendar.

Source: that an agent's rest is kept and nobody is called at the New Year is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from brokernotes.model.days import WEEKDAYS, days_after
from brokernotes.model.lunar import QUIET_OFFSETS, is_near_new_year, new_year
from brokernotes.model.occurrences import GREETINGS, AgentInfo, Occurrence
from brokernotes.model.rules import Quiet, Rules

MOVED = GREETINGS | {"followup", "revisit", "neglected", "satisfaction", "referral"}
BEFORE, AFTER = 2, 3  # days around those of the New Year

_WEEKDAYS = {name: number for number, name in enumerate(WEEKDAYS)}


def rest(one: Occurrence, agents: Mapping[str, AgentInfo], rules: Rules) -> None:
    """Move an occurrence to a day on which somebody works.

    Args:
        one: of a kind that is `MOVED`, which is changed in place.
        agents: everybody by id.
        rules: whose `quiet.days` are kept.
    """
    if one.undated or one.at is not None:
        return
    agent = agents.get(one.agent or "")
    resting = weekday_of(agent) if agent else None
    day = one.due
    if day.weekday() == resting:
        day = days_after(day, -1)
        if one.last_contact is not None and day <= one.last_contact and one.kind not in GREETINGS:
            day = days_after(day, 2)  # nobody is called twice in a day to keep a Sunday free
    if one.kind not in GREETINGS and is_near_new_year(day):
        one.spread = _days_around(day, quiet_days(day.year, rules.quiet.days), resting)
    if one.times and one.kind not in GREETINGS and not one.spread:
        day = _suiting(day, one.times, resting)
    if day != one.due:
        one.asked, one.due = one.due, day


def _suiting(day: date, times: tuple[str, ...], resting: int | None) -> date:
    """The first day from one on that suits the person and its agent; itself, where none does."""
    from brokernotes.model.convenient_times import suits

    week = [days_after(day, later) for later in range(7)]
    return next((one for one in week if one.weekday() != resting and suits(times, one, ())), day)


def weekday_of(agent: AgentInfo) -> int | None:
    """The weekday an agent rests on, Monday 0; None: on none that is named."""
    return _WEEKDAYS.get(agent.rest_day or "")


def is_quiet(minutes: int, quiet: Quiet) -> bool:
    """Whether a time of the day lies in the quiet hours, which may reach over midnight.

    Args:
        minutes: since midnight.
        quiet: the hours.
    """
    if quiet.start > quiet.end:
        return minutes >= quiet.start or minutes < quiet.end
    return quiet.start <= minutes < quiet.end


def quiet_days(year: int, names: Iterable[str]) -> frozenset[date]:
    """The days of one New Year on which nobody is disturbed.

    Args:
        year: solar.
        names: `除夕`, `初一` and so on.
    """
    first = new_year(year)
    if first is None:
        return frozenset()
    return frozenset(
        days_after(first, QUIET_OFFSETS[name]) for name in names if name in QUIET_OFFSETS
    )


def _days_around(day: date, quiet: frozenset[date], resting: int | None) -> tuple[date, ...]:
    """The days that an item of a quiet day may stand on; empty: its day is not quiet."""
    if day not in quiet:
        return ()
    first, last = min(quiet), max(quiet)
    around = [days_after(first, -days) for days in range(BEFORE, 0, -1)]
    around += [days_after(last, days) for days in range(1, AFTER + 1)]
    return tuple(each for each in around if each.weekday() != resting)

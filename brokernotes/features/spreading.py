"""What the days of the New Year do not hold, spread over the days around.

Which of them an item gets depends on everything else that is due then, never on the
present moment: the least laden, each filled up to `cadence.daily` before any holds more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from brokernotes.light_dataclasses import replace
from brokernotes.model.days import days_after
from brokernotes.model.lunar import is_near_new_year
from brokernotes.model.occurrences import Occurrence

AHEAD = 9  # from the first day of those around to the last quiet one, and more

_Where = tuple[str | None, str]


def last_needed(until: date) -> date:
    """Up to which day items must be known so that those of a day are: later at the New Year."""
    if not is_near_new_year(until):
        return until
    return days_after(until, AHEAD)


def spread_out(occurrences: Sequence[Occurrence], daily: int) -> list[Occurrence]:
    """Give every occurrence of a quiet day one of the days around.

    Args:
        occurrences: all that is due up to `last_needed`.
        daily: how many computed items one agent's day holds.

    Returns:
        The same, each with its day.
    """
    waiting: dict[_Where, list[Occurrence]] = {}
    settled: dict[_Where, set[date]] = {}
    load: Counter[tuple[str | None, date]] = Counter()
    for one in occurrences:
        where = one.agent, one.person or one.note
        if one.spread:
            waiting.setdefault(where, []).append(one)
        elif one.computed and one.due not in settled.setdefault(where, set()):
            settled[where].add(one.due)
            load[one.agent, one.due] += 1
    days: dict[_Where, date] = {}
    for where, group in sorted(waiting.items(), key=lambda each: min(map(_order, each[1]))):
        choices = group[0].spread
        known = settled.get(where, set())
        day = next((each for each in choices if each in known), None)
        if day is None:  # two calls to one person in a week would be one too many
            laden = [(load[where[0], each] >= daily, load[where[0], each]) for each in choices]
            day = choices[laden.index(min(laden))]
            load[where[0], day] += 1
        days[where] = day
    return [
        replace(one, due=days[one.agent, one.person or one.note], asked=one.own_day)
        if one.spread
        else one
        for one in occurrences
    ]


def _order(one: Occurrence) -> tuple[date, int, float, str]:
    return one.due, one.weight, -one.value, one.key

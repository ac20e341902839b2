"""The rhythm of contacts with one person, whoever makes them: never two calls where one will do.

What the cadence asks about one person is kept `cadence.min_gap` days apart, across notes and
agents: from the last contact that nobody had asked for, and from each other. Reasons of one agent
for one day are one contact. What is too near waits for the first day that is far enough, on which
its agent works. Promises, plans, deadlines, the first answer, showings and greetings are no
cadence: they neither wait, nor make anybody wait before they have happened. So whoever must not
wait promises or plans the call.

Whoever asked not to be contacted before a day (`do_not_contact_until`) is not, whichever note says
so. Of two for one day the more pressing keeps it. Nothing is stored: an item that still waits
tomorrow is placed anew, as everything that is late stands on the present day.

Source: domain, rhythm guard (ours); seed: 避免多人联系给业主带来的不必要的骚扰, 保持适当的联系频率.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from brokernotes.features.resting import quiet_days, weekday_of
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.model.days import days_after
from brokernotes.model.lunar import is_near_new_year
from brokernotes.model.occurrences import UNASKED, AgentInfo, Occurrence, Outreach
from brokernotes.model.rules import Rules

MOST_SKIPPED = 14  # days; whoever is free on none of them is called all the same

Pressing = Callable[[Occurrence], Any]


class Rhythm(NamedTuple):
    """What the rhythm is kept by.

    Attributes:
        outreach: the last contacts that nobody had asked for, by whoever made them.
        until: persons who asked not to be contacted before a day.
        agents: everybody by id, for their rest days; asked only if something waits.
    """

    outreach: Sequence[Outreach] = ()
    until: Mapping[str, date] = {}  # never changed
    agents: Callable[[], Mapping[str, AgentInfo]] = dict


class _Call(NamedTuple):
    """One contact with a person.

    Attributes:
        day: of it.
        agent: who makes it.
        is_coming: whether it has not been made yet.
    """

    day: date
    agent: str | None
    is_coming: bool

    def is_far(self, day: date, agent: str | None, gap: int) -> bool:
        """Whether another contact may be made on a day: far enough, or this very one."""
        if self.is_coming and (self.day, self.agent) == (day, agent):
            return True
        return abs((self.day - day).days) >= gap


def remembered_from(today: date, rules: Rules) -> date:
    """The first day of which a contact still makes others wait."""
    return days_after(today, 1 - max(rules.cadence.min_gap, 1))


def kept_apart(
    occurrences: list[Occurrence], today: date, rules: Rules, rhythm: Rhythm, pressing: Pressing
) -> list[Occurrence]:
    """The same, each on a day that is not too near to another contact with its person.

    Args:
        occurrences: everybody's, of every kind, but for those that nobody is to be shown.
        today: what is late stands on this day.
        rules: for `cadence.min_gap`.
        rhythm: who was contacted lately.
        pressing: sorts by what presses more; of two for one day the first keeps it.
    """
    gap = rules.cadence.min_gap
    persons: dict[str, dict[tuple[date, str | None], list[Occurrence]]] = {}
    for one in occurrences:
        is_over = one.cancelled or (one.until is not None and one.until < today)
        if one.kind in UNASKED and one.person and not is_over:
            day = today if one.undated else max(one.due, today)
            persons.setdefault(one.person, {}).setdefault((day, one.agent), []).append(one)
    made: dict[str, list[_Call]] = {}
    for was in rhythm.outreach:
        if was.person in persons and days_after(today, -gap) < was.day <= today:
            made.setdefault(was.person, []).append(_Call(was.day, was.agent, is_coming=False))
    moved: dict[int, Occurrence] = {}
    for person, units in persons.items():
        calls = made.get(person, [])
        wish = rhythm.until.get(person, today)
        if not calls and len(units) == 1 and wish <= today:
            continue
        by_day = sorted(units.items(), key=lambda unit: (unit[0][0], min(map(pressing, unit[1]))))
        for (meant, agent), unit in by_day:
            day = max(meant, wish)
            is_free = _free_days(rhythm, rules, agent, min(unit, key=pressing).times)
            free, near = _free_day(day, agent, gap, calls, is_free)
            calls.append(_Call(free, agent, is_coming=True))
            if near is not None:
                moved.update((id(one), _waiting(one, free, near, gap)) for one in unit)
            elif day > meant:
                moved.update((id(one), _wished(one, day)) for one in unit)
    return [moved.get(id(one), one) for one in occurrences] if moved else occurrences


def _free_day(
    day: date, agent: str | None, gap: int, calls: Sequence[_Call],
    is_free: Callable[[date], bool],
) -> tuple[date, _Call | None]:  # fmt: skip
    """The first day from one on that is far enough from all calls, and the last too near."""
    last, skipped = None, 0
    while True:
        near = [call for call in calls if not call.is_far(day, agent, gap)]
        if near:
            last = max(near, key=lambda call: (call.day, call.is_coming, call.agent or ""))
            later = days_after(last.day, gap)
        elif last is not None and skipped < MOST_SKIPPED and not is_free(day):
            later, skipped = days_after(day, 1), skipped + 1
        else:
            return day, last
        if later <= day:  # the end of time
            return day, last
        day = later


def _free_days(
    rhythm: Rhythm, rules: Rules, agent: str | None, times: Sequence[str]
) -> Callable[[date], bool]:
    """Whether an agent works on a day, and it suits whom they call."""

    def is_free(day: date) -> bool:
        info = rhythm.agents().get(agent or "")
        if info is not None and day.weekday() == weekday_of(info):
            return False
        if times:
            from brokernotes.model.convenient_times import suits

            if not suits(times, day, ()):
                return False
        return not is_near_new_year(day) or day not in quiet_days(day.year, rules.quiet.days)

    return is_free


def _wished(one: Occurrence, day: date) -> Occurrence:
    """An occurrence that waits for the day the person named."""
    asked = None if one.undated else one.own_day
    rhythm = {"date": day.isoformat(), "wish": True}
    return replace(one, due=day, asked=asked, undated=False, rhythm=rhythm)


def _waiting(one: Occurrence, day: date, near: _Call, gap: int) -> Occurrence:
    """An occurrence that waits for a contact, and why."""
    return replace(
        one,
        due=day,
        asked=None if one.undated else one.own_day,
        undated=False,
        rhythm={
            "date": near.day.isoformat(),
            "colleague": near.agent != one.agent,
            "coming": near.is_coming,
            "days": gap,
        },
    )

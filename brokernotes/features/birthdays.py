"""Birthdays: one day each year, of the solar or the Chinese calendar.

Somebody born on 29 February has their birthday on the 28th in common years (ours); what holds of
lunar dates stands with `model.lunar`. The days of this year and the next are known; with a new
year the note is derived again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brokernotes.errors import FieldError
from brokernotes.features.agenda import GREETING, Agenda, rule
from brokernotes.model.days import days_after
from brokernotes.model.lunar import lunar_day
from brokernotes.model.occurrences import EARLY
from brokernotes.model.values import Birthday, parse_birthday

YEARS = 2  # this year and the next
GREETED = "greet"  # the verb
OLDEST = 130

_FEBRUARY, _LEAP_DAY = 2, 29


def add_birthdays(agenda: Agenda) -> None:
    """The birthdays of a client who likes to be greeted, until they were."""
    client = agenda.record
    text = client.text("birthday")
    if text is None or client.values.get("greetings") is False:
        return
    try:
        birthday = parse_birthday(text)
    except FieldError:
        return
    first = date(agenda.today.year, 1, 1)
    if agenda.today.year < date.max.year:
        agenda.stale(date(agenda.today.year + 1, 1, 1))
    for year, day in birthday_days(birthday, first, YEARS):
        if _is_greeted(agenda, day):
            continue
        params: dict[str, object] = {"date": day.isoformat()}
        age = year - birthday.year if birthday.year else 0
        reason = "birthday"
        if birthday.lunar:
            reason = "birthday-lunar"
            params.update(month=birthday.month, day=birthday.day, leap=birthday.leap)
        if 0 < age < OLDEST:
            reason += "-age"
            params["age"] = age
            if birthday.lunar:
                params["nominal"] = age + 1  # 虚岁: one at birth, one more each lunar year
        agenda.add(
            "birthday",
            str(year),
            day,
            until=day,
            computed=True,
            weight=GREETING,
            reason=reason,
            params=params,
            rule=rule("birthday", text, "note"),
        )


def birthday_days(birthday: Birthday, first: date, years: int) -> Iterator[tuple[int, date]]:
    """The days of a birthday within some solar years, each with its own year's number.

    Args:
        birthday: with or without its year.
        first: 1 January of the first of them.
        years: how many.

    Yields:
        The year it is counted by, of a lunar one the lunar year, which ends in the solar year
        after: so some solar years see two, and some none.
    """
    for year in range(first.year - (1 if birthday.lunar else 0), first.year + years):
        day = _day_in(birthday, year)
        if day is not None and first.year <= day.year < first.year + years:
            yield year, day


def _day_in(birthday: Birthday, year: int) -> date | None:
    if (birthday.year or 0) > year:
        return None
    if birthday.lunar:
        return lunar_day(year, birthday.month, birthday.day, leap=birthday.leap)
    if not date.min.year <= year <= date.max.year:
        return None
    try:
        return date(year, birthday.month, birthday.day)
    except ValueError:
        return date(year, _FEBRUARY, _LEAP_DAY - 1)


def _is_greeted(agenda: Agenda, day: date) -> bool:
    """Whether somebody has congratulated: on the day, or not long before."""
    early = days_after(day, -EARLY)
    return any(
        entry.verb == GREETED and entry.is_happened and early <= entry.day <= day
        for entry in agenda.clock.entries
        if entry.day <= agenda.today
    )

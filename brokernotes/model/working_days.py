"""Working days in China: which days offices are open, holidays and the days worked for them.

The State Council announces each year's list in the autumn before; `chinesecalendar` holds those
that are known (**found**). Beyond them `holidays` knows the festivals by law, but not which
Saturdays will be worked, so an answer there is likely and no more: `is_known` tells.
Both are loaded only when a day is asked about.
"""

from __future__ import annotations

import functools
import re
from datetime import date, timedelta

from brokernotes.model.numerals import NUMERAL, parse_numeral

FARTHEST = 1000  # working days; four years: more is a slip of the pen
_SATURDAY = 5

_COUNT = f"(?P<count>[0-9]{{1,4}}|{NUMERAL})"
_CHINESE = re.compile(
    rf"(?:(?P<plus>\+) ?|再过 ?)?{_COUNT} ?个?工作日 ?(?(plus)(?:[之以]?后)?|[之以]?后)"
)
_ENGLISH = re.compile(
    r"(?:\+ ?|(?P<into>in +))?(?P<count>[0-9]{1,4}) ?"
    r"(?:wd|(?:working|business) days?)(?P<later> +(?:later|from now))?",
    re.IGNORECASE,
)


def match_working_days(text: str) -> int | None:
    """How many working days from a day a text says: `+10个工作日`, `10个工作日后`, `+10wd`.

    Args:
        text: the whole of what is said, in plain width.

    Returns:
        None where it says something else.
    """
    found = _CHINESE.fullmatch(text)
    if found is None:
        found = _ENGLISH.fullmatch(text)
        if found is None or not (text.startswith("+") or found["into"] or found["later"]):
            return None
    count = parse_numeral(found["count"])
    return count if count is not None and 0 < count <= FARTHEST else None


def is_working_day(day: date) -> bool:
    """Whether offices are open on a day; only likely where its year `is_known` not to be."""
    if is_known(day):
        from chinese_calendar import is_workday

        return bool(is_workday(day))
    return day.weekday() < _SATURDAY and day not in _festivals(day.year)


def is_known(day: date) -> bool:
    """Whether the list of a day's year was announced when the library was made."""
    first, last = known_years()
    return first <= day.year <= last


@functools.cache
def known_years() -> tuple[int, int]:
    """The first and the last year whose list is known."""
    from chinese_calendar import constants

    return min(constants.holidays).year, max(constants.holidays).year


@functools.cache
def _festivals(year: int) -> frozenset[date]:
    """The holidays that the law names, whichever year it is."""
    from holidays import country_holidays

    return frozenset(country_holidays("CN", years=year))


def next_working_day(day: date) -> date:
    """The day itself if offices are open, else the next on which they are."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, count: int) -> date:
    """The day so many working days after a day, which itself does not count.

    Args:
        start: any day.
        count: 1 and more; 0: the day itself, or the next working day.
    """
    if count == 0:
        return next_working_day(start)
    for _ in range(count):
        start = next_working_day(start + timedelta(days=1))
    return start

"""Dates that mean more than one day, and what they probably mean.

A proposal is for a person to confirm; nothing here is ever applied by itself.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.relative import MONTH, match_day, month_number, names_day_of_year
from brokernotes.model.times import match_time

_D12 = "[0-9]{1,2}"
_DAY_MONTH_YEAR = rf"({_D12})([-/.])({_D12})\2([0-9]{{4}})"
_MONTH_NAME_YEAR = rf"{MONTH} +(?P<day>{_D12})(?:st|nd|rd|th)?,? +(?P<year>[0-9]{{4}})"
_DAY_NAME_YEAR = rf"(?P<day>{_D12})(?:st|nd|rd|th)?[ -]+{MONTH},?[ -]+(?P<year>[0-9]{{4}})"
_SHORT_YEAR = rf"([0-9]{{2}}) ?年 ?({_D12}) ?月 ?({_D12}) ?[日号]?"
_NO_YEAR_KNOWN = rf"{_D12}([-/.]){_D12}\1{_D12}"  # 26-8-20: which of the three is the year?
_NO_DAY = rf"[0-9]{{4}}(?:[-/.]{_D12}| ?年 ?{_D12} ?月| ?年)?(?:[底初末]|[上中下]旬)?"
_SERIAL = r"([0-9]{5})(?:\.[0-9]{1,15})?"
_SERIAL_ORIGIN = date(1899, 12, 30)  # a spreadsheet's day 0, its 29 February 1900 included
_FIRST_SERIAL, _LAST_SERIAL = 20000, 80000  # 1954 to 2119
_ANY_DAY = date(2024, 2, 29)


class Ambiguous(NamedTuple):
    """That a text names a day which depends on who reads it.

    Attributes:
        proposal: the day it most likely means; None: no telling.
    """

    proposal: date | None


def find_ambiguous(text: str, today: date | None) -> Ambiguous | None:
    """What an unreadable date may mean.

    Args:
        text: in plain form; a time of day may follow the date.
        today: what relative words count from; None: they get no proposal.

    Returns:
        None where the text is nothing like a date.
    """
    for pattern, propose in _FORMS:
        found = lazy_pattern(pattern, re.IGNORECASE).match(text)
        if found and _is_end_or_time(text, found.end()):
            return Ambiguous(propose(found))
    found_day = match_day(text, 0, today or _ANY_DAY)
    if found_day is None or not _is_end_or_time(text, found_day[1]):
        return None
    if today is None:
        return Ambiguous(None)
    day = found_day[0]
    return Ambiguous(_nearest(day, today) if names_day_of_year(text) else day)


def _is_end_or_time(text: str, at: int) -> bool:
    rest = text[at:].lstrip(" ,T")
    if not rest:
        return True
    try:
        found = match_time(rest, 0)
    except FieldError:
        return False
    return found is not None and found[1] == len(rest) and rest is not text


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(next_day: date, today: date) -> date:
    """Of a day of the year, the one nearest to today: notes speak of both sides of it."""
    before = _date(next_day.year - 1, next_day.month, next_day.day)
    return before if before and today - before < next_day - today else next_day


def _either_order(found: re.Match[str]) -> date | None:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    readings = {_date(year, second, first), _date(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _named(found: re.Match[str]) -> date | None:
    return _date(int(found["year"]), month_number(found["name"]), int(found["day"]))


def _this_century(found: re.Match[str]) -> date | None:
    return _date(2000 + int(found[1]), int(found[2]), int(found[3]))


def _serial_day(found: re.Match[str]) -> date | None:
    serial = int(found[1])
    within = _FIRST_SERIAL <= serial <= _LAST_SERIAL
    return _SERIAL_ORIGIN + timedelta(days=serial) if within else None


def _none(found: re.Match[str]) -> None:
    return None


_FORMS = (
    (_DAY_MONTH_YEAR, _either_order),
    (_MONTH_NAME_YEAR, _named),
    (_DAY_NAME_YEAR, _named),
    (_SHORT_YEAR, _this_century),
    (_NO_YEAR_KNOWN, _none),
    (_NO_DAY, _none),
    (_SERIAL, _serial_day),
)

"""A day or a moment as it is said on the command line: `明天 15:00`, `+3d`, `tomorrow 3pm`.

Unlike in notes, "tomorrow" is certain here: it is read once, in the moment it is typed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from brokernotes.errors import FieldError
from brokernotes.model.dates import match_date, parse_moment
from brokernotes.model.relative import match_day
from brokernotes.model.source_text import LONGEST_VALUE, SourceText
from brokernotes.model.times import match_time

_NOW = frozenset(("now", "现在"))
_FROM_NOW = r"(?:\+ ?|in +)(?P<number>[0-9]{1,4}) ?(?P<unit>h|hours?|min|minutes?)(?![a-z])"
_LATER = "(?P<number>[0-9]{1,4}) ?个?(?P<unit>小时|分钟)[之以]?后"
_GAP = " {0,3}(?:,|at |@|的)? {0,3}"
_NOONS = {"noon": 720, "中午": 720, "正午": 720, "midnight": 0}


def parse_when(text: str, now: datetime) -> date | datetime:
    """A day, or a moment in local time.

    Args:
        text: a date as notes have it (`2026-11-25 15:00`); 今天 明天 后天, 周三 下周三,
            `+3d` `+2w` `+1m` `+2h`, 3天后, `in 3 days`, `next wednesday`, `8-20`, 8月20日, 5号,
            月底; each with or without a time of day, and a time alone for today.
        now: the present moment in the vault's zone, naive or aware.

    Returns:
        A date where no time is said, else a naive datetime.

    Raises:
        FieldError: `bad-date`, `bad-time`, `date-impossible`, `weekday-mismatch`, or
            `time-ambiguous` with its `reading`, for an hour such as 3点 that is said
            without its half of the day.
    """
    typed = SourceText(text)
    said = typed.text
    if len(said) > LONGEST_VALUE or not said:
        raise typed.error("bad-date")
    if said.lower() in _NOW:
        return now.replace(tzinfo=None, second=0, microsecond=0)
    later = re.compile(f"{_FROM_NOW}|{_LATER.replace('?P<', '?P<c_')}", re.IGNORECASE)
    if found := later.fullmatch(said):
        return _later(found, now)
    try:
        if match_date(said, 0):
            value, warning = parse_moment(said, now.tzinfo)
        else:
            value, warning = _said(said, now.date())
    except FieldError as error:  # its positions are in the plain form
        raise typed.placed(error) from None
    if warning:
        raise typed.error(warning, reading=f"{value:%H:%M}")
    return value


def _said(said: str, today: date) -> tuple[date | datetime, str | None]:
    """A day with or without a time, in either order, and a warning's code.

    Args:
        said: in plain form.
        today: the day it is said.
    """
    day = match_day(said, 0, today)
    if day:
        at = _after_gap(said, day[1])
        if at == len(said):
            return day[0], None
        minutes, end, warning = _time_of_day(said, at)
        rest = _after_gap(said, end)
        if rest < len(said):
            raise FieldError("bad-date", offset=rest, length=len(said) - rest)
        return _at(day[0], minutes), warning
    minutes, end, warning = _time_of_day(said, _after_gap(said, 0))
    at = _after_gap(said, end)
    if at == len(said):
        return _at(today, minutes), warning
    day = match_day(said, at, today)
    if day is None or day[1] < len(said):
        raise FieldError("bad-date", offset=at, length=len(said) - at)
    return _at(day[0], minutes), warning


def _time_of_day(said: str, at: int) -> tuple[int, int, str | None]:
    """Minutes since midnight, the place after them, and a warning's code."""
    found = match_time(said, at)
    if found and found[0].duration is None:
        return found[0].minutes, found[1], found[0].warning
    if found is None:
        for word, minutes in _NOONS.items():
            if said[at:].lower().startswith(word):
                return minutes, at + len(word), None
    raise FieldError("bad-time" if at else "bad-date", offset=at, length=len(said) - at)


def _after_gap(said: str, at: int) -> int:
    gap = re.compile(_GAP, re.IGNORECASE).match(said, at)
    return gap.end() if gap else at


def _at(day: date, minutes: int) -> datetime:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # local
    return midnight + timedelta(minutes=minutes)


def _later(found: re.Match[str], now: datetime) -> datetime:
    """So many hours or minutes from now, to the minute."""
    unit = (found["unit"] or found["c_unit"]).lower()
    number = int(found["number"] or found["c_number"])
    minutes = number * 60 if unit.startswith("h") or unit == "小时" else number
    return now.replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=minutes)

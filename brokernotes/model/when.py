"""A day or a moment as it is said on the command line: `明天 15:00`, `+3d`, `tomorrow 3pm`.

Unlike in notes, "tomorrow" is certain here: it is read once, in the moment it is typed.
`tests/phrases.txt` says what is meant by some 350 of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.dates import match_date, parse_moment
from brokernotes.model.from_now import match_from_now
from brokernotes.model.numerals import NUMERAL, parse_numeral
from brokernotes.model.relative import MONTH, match_day
from brokernotes.model.source_text import LONGEST_VALUE, SourceText
from brokernotes.model.spoken_days import match_spoken_day
from brokernotes.model.times import match_time
from brokernotes.model.working_days import add_working_days, match_working_days

_NOW = frozenset(("now", "现在"))
_ON = lazy_pattern("(?:on|by|at) +", re.IGNORECASE)
# Month and day, or day and month: nobody can tell which of the two was meant.
_EITHER = lazy_pattern("(?P<first>0?[1-9]|1[0-2])/(?P<second>0?[1-9]|1[0-2])(?![0-9])")
_WEEKDAY = lazy_pattern(
    "(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*", re.IGNORECASE
)
# An hour with its part of the day before it, which English says with a word between.
_PART_OF_DAY = lazy_pattern(
    "(?:in the +)?(?P<part>morning|afternoon|evening|night) +(?:at +)?"
    "(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?(?![0-9:]| ?[ap]\\.?m)",
    re.IGNORECASE,
)
_BARE_HOUR = lazy_pattern(
    "(?:at +)?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?(?![0-9:点时]| ?[ap]\\.?m)",
    re.IGNORECASE,
)
_DATED = lazy_pattern(
    f"[0-9]{{1,2}}(?:st|nd|rd|th|[-/.月号日])|{NUMERAL}[月号日]|the +[0-9]|{MONTH} ", re.IGNORECASE
)
_CHINESE_HOUR = lazy_pattern(f"(?P<hour>{NUMERAL}) ?(?=[点时])")
_GAP = " {0,3}(?:,|at |@|的)? {0,3}"
_PARTS = {
    "morning": range(60, 12 * 60), "afternoon": range(12 * 60, 19 * 60),
    "evening": range(17 * 60, 24 * 60), "night": range(17 * 60, 24 * 60),
}  # fmt: skip
_NOONS = {"noon": 720, "中午": 720, "正午": 720, "midnight": 0}


def parse_when(text: str, now: datetime) -> date | datetime:
    """A day, or a moment in local time.

    Args:
        text: a date as notes have it (`2026-11-25 15:00`); 今天 明天 后天, 周三 下周三,
            `+3d` `+2w` `+1m` `+2h`, `+10个工作日`, 3天后, `in 3 days`, `next wednesday`, `8-20`,
            8月20日, 5号, 月底; each with or without a time of day, and a time alone for today.
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
    minutes = match_from_now(said)
    if minutes is not None:
        return now.replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=minutes)
    days = match_working_days(said)
    if days is not None:
        return add_working_days(now.date(), days)
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
    start = _start(said)
    day = _day(said, start, today)
    if day:
        at = _after_gap(said, day[1])
        if at == len(said):
            return day[0], None
        is_tonight = said[start : day[1]].lower() == "tonight"
        minutes, end, warning = _time_of_day(said, at, is_tonight=is_tonight)
        rest = _after_gap(said, end)
        if rest < len(said):
            raise FieldError("bad-date", offset=rest, length=len(said) - rest)
        return _at(day[0], minutes), warning
    minutes, end, warning = _time_of_day(said, start)
    at = _after_gap(said, end)
    if at == len(said):
        return _at(today, minutes), warning
    day = _day(said, at, today)
    if day is None or day[1] < len(said):
        raise FieldError("bad-date", offset=at, length=len(said) - at)
    return _at(day[0], minutes), warning


def _start(said: str) -> int:
    found = _ON.match(said, _after_gap(said, 0))
    return found.end() if found else _after_gap(said, 0)


def _day(said: str, at: int, today: date) -> tuple[date, int] | None:
    """The day that is named at a place, with its weekday before or behind it.

    Raises:
        FieldError: `date-ambiguous` or `weekday-mismatch`.
    """
    either = _EITHER.match(said, at)
    if either and int(either["first"]) != int(either["second"]):
        raise FieldError("date-ambiguous", offset=at, length=either.end() - at, proposal=None)
    found = match_spoken_day(said, at, today) or match_day(said, at, today)
    if found is None:
        return None
    behind = _after_gap(said, found[1])
    weekday = _WEEKDAY.match(said, behind)
    other = match_day(said, behind, today) if weekday else None
    if other is None and (weekday := _WEEKDAY.fullmatch(said, at, found[1])):
        other, found = found, _dated(said, behind, today) or found
    if weekday is None or other is None or other == found:
        return found
    if other[0].weekday() != found[0].weekday():
        raise FieldError("weekday-mismatch", offset=at, date=found[0].isoformat())
    return found[0], max(found[1], other[1])


def _dated(said: str, at: int, today: date) -> tuple[date, int] | None:
    """A day of a month at a place, which a weekday before it goes with."""
    if not _DATED.match(said, at):
        return None
    return match_spoken_day(said, at, today) or match_day(said, at, today)


def _time_of_day(said: str, at: int, *, is_tonight: bool = False) -> tuple[int, int, str | None]:
    """Minutes since midnight, the place after them, and a warning's code."""
    part = _PART_OF_DAY.match(said, at) or (_BARE_HOUR.match(said, at) if is_tonight else None)
    if part:
        return _part_of_day(part)
    hour = _CHINESE_HOUR.match(said, at)
    number = parse_numeral(hour["hour"]) if hour else None
    if hour and number is not None:
        # 十点: in a note it might be something else; here it can only be an hour.
        digits = str(number)
        found = match_time(digits + said[hour.end() :], 0)
        shift = hour.end() - len(digits)
    else:
        found, shift = match_time(said, at), 0
    if found and found[0].duration is None:
        return found[0].minutes, found[1] + shift, found[0].warning
    if found is None:
        for word, minutes in _NOONS.items():
            if said[at:].lower().startswith(word):
                return minutes, at + len(word), None
    raise FieldError("bad-time" if at else "bad-date", offset=at, length=len(said) - at)


def _part_of_day(found: re.Match[str]) -> tuple[int, int, str | None]:
    """As `_time_of_day`, of an English hour that belongs to the morning, or to the evening."""
    minutes = int(found["hour"]) * 60 + int(found["minute"] or 0)
    meant = _PARTS[(found.groupdict().get("part") or "night").lower()]
    if minutes not in meant and minutes < 12 * 60:
        minutes += 12 * 60
    if minutes not in meant or int(found["minute"] or 0) > 59:
        raise FieldError("bad-time", offset=found.start(), length=found.end() - found.start())
    return minutes, found.end(), None


def _after_gap(said: str, at: int) -> int:
    gap = lazy_pattern(_GAP, re.IGNORECASE).match(said, at)
    return gap.end() if gap else at


def _at(day: date, minutes: int) -> datetime:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # local
    return midnight + timedelta(minutes=minutes)

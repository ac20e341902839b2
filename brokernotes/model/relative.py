"""Days as they are said: 明天, 下周三, `+3d`, `next wednesday`, 8月20日.

They mean another day to everybody who reads them later. So they are for the
command line, and in notes only for a proposal that a person confirms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.numerals import NUMERAL, parse_numeral

_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0,
    "今": 0, "明天": 1, "明日": 1, "明": 1, "后天": 2, "后日": 2, "大后天": 3,
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0,
    "day after tomorrow": 2, "tomorrow": 1, "tmr": 1,
}  # fmt: skip
_SIDES = {"上": -1, "本": 0, "这": 0, "下": 1, "last": -1, "this": 0, "next": 1}
_WEEKDAYS = "一二三四五六日天"
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = "(?P<day>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
# A month by its English name, as group `name`.
MONTH = (
    "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMBER = f"(?P<number>[0-9]{{1,4}}|{NUMERAL})"
_UNITS = {
    "天": "d", "日": "d", "day": "d", "d": "d", "周": "w", "星期": "w", "礼拜": "w", "week": "w",
    "w": "w", "月": "m", "month": "m", "m": "m", "年": "y", "year": "y", "y": "y",
}  # fmt: skip
_UNIT = "个?(?P<unit>天|日|周|星期|礼拜|月|年)"
_ENGLISH_UNIT = "(?P<unit>day|week|month|year)s?"
_LEAP_CYCLE = 8  # years at most until 29 February comes round again


def match_day(text: str, pos: int, today: date) -> tuple[date, int] | None:
    """The day that is named at a place in a text, relative to another.

    A weekday or a month's day without more is the next such day, today included;
    本周 and `this` are the week from Monday that holds today, 下周 and `next` the one after.

    Args:
        text: in plain width.
        pos: where the name would begin.
        today: the day it is said.

    Returns:
        The day and the place after its name; None where none is named.
    """
    for pattern, day_of in _FORMS:
        found = lazy_pattern(pattern, re.IGNORECASE).match(text, pos)
        if found:
            try:
                day = day_of(found, today)
            except (OverflowError, ValueError):
                return None
            if day:
                return day, found.end()
    return None


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    from calendar import monthrange  # late: it loads all of `locale`

    return monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, days_in_month(year, month)))


def next_month_day(today: date, month: int, day: int) -> date | None:
    """The next day of that month and number, today included; None: there is none such."""
    for year in range(today.year, today.year + _LEAP_CYCLE + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def month_number(name: str) -> int:
    """1–12 of an English month's name or its beginning."""
    return _MONTHS.index(name[:3].lower()) + 1


def names_day_of_year(text: str) -> bool:
    """Whether a text begins with a month and a day, and no year: 8-20, 8月20日, Aug 20."""
    patterns = (pattern for pattern, day_of in _FORMS if day_of in (_month_day, _named_month_day))
    return any(lazy_pattern(pattern, re.IGNORECASE).match(text) for pattern in patterns)


def _word(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_WORDS[" ".join(found[0].lower().split())])


def _offset(found: re.Match[str], today: date) -> date | None:
    number = parse_numeral(found["number"])
    if number is None:
        return None
    said = found.groupdict()
    number = -number if said.get("minus") or said.get("ago") else number
    unit = _UNITS[found["unit"].lower()]
    if unit in "my":
        return add_months(today, number * (12 if unit == "y" else 1))
    return today + timedelta(days=number * (7 if unit == "w" else 1))


def _weekday(found: re.Match[str], today: date) -> date:
    said = found["day"].lower()
    weekday = _ENGLISH_WEEKDAYS.index(said[:3]) if said.isascii() else min(_WEEKDAYS.index(said), 6)
    side = (found.groupdict().get("side") or "").lower()
    if not side:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    weeks = _SIDES[side] if side.isascii() else _SIDES[side[0]] * len(side)
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def _month_day(found: re.Match[str], today: date) -> date | None:
    return next_month_day(today, int(found["month"]), int(found["number"]))


def _named_month_day(found: re.Match[str], today: date) -> date | None:
    return next_month_day(today, month_number(found["name"]), int(found["number"]))


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    """The 5th: of the month said, else the next one that has it and is not over."""
    number = int(found["number"])
    sides = found["side"] or ""
    month = today.replace(day=1)
    if sides:
        shift = _SIDES[sides[0]] * len(sides)
        return add_months(month, shift).replace(day=number)
    for ahead in range(3):
        later = add_months(month, ahead)
        if number <= days_in_month(later.year, later.month):
            found_day = later.replace(day=number)
            if number and found_day >= today:
                return found_day
    return None


def _end_of_month(found: re.Match[str], today: date) -> date:
    sides = found["side"] or ""
    first = add_months(today.replace(day=1), 1 + (_SIDES[sides[0]] * len(sides) if sides else 0))
    return first - timedelta(days=1)


_CHINESE_SIDE = "(?P<side>上{1,2}|本|这|下{1,3})"
_DAY_NUMBER = "(?P<number>[0-9]{1,2})"
_FORMS: tuple[tuple[str, Callable[[re.Match[str], date], date | None]], ...] = (
    ("大前天|大后天|前[天日]|[昨今明后][天日]|[今明昨](?=[早晚中上下])", _word),
    ("day (?:before yesterday|after tomorrow)(?![a-z])", _word),
    ("(?:yesterday|today|tonight|tomorrow|tmr)(?![a-z])", _word),
    (r"(?:(?P<minus>-)|\+) ?(?P<number>[0-9]{1,4}) ?(?P<unit>[dwmy])(?![a-z])", _offset),
    (f"{_NUMBER} ?{_UNIT} ?[之以]?(?:后|(?P<ago>前))", _offset),
    (f"in +(?P<number>[0-9]{{1,4}}) +{_ENGLISH_UNIT}(?![a-z])", _offset),
    (f"(?P<number>[0-9]{{1,4}}) +{_ENGLISH_UNIT} +(?:(?P<ago>ago)|later|from now)", _offset),
    (f"{_CHINESE_SIDE}?个?(?:周|星期|礼拜)(?P<day>[{_WEEKDAYS}])", _weekday),
    (f"(?:(?P<side>last|this|next) +)?{_WEEKDAY}(?![a-z])", _weekday),
    (r"(?P<month>[0-9]{1,2}) ?月 ?(?P<number>[0-9]{1,2}) ?[日号]?(?![0-9])", _month_day),
    (r"(?P<month>[0-9]{1,2})([-/.])(?P<number>[0-9]{1,2})(?![0-9:]|\2|[-/.][0-9])", _month_day),
    (f"{MONTH} +{_DAY_NUMBER}(?:st|nd|rd|th)?(?![0-9a-z:])", _named_month_day),
    (f"{_DAY_NUMBER}(?:st|nd|rd|th)? +{MONTH}(?![a-z])", _named_month_day),
    (f"(?:{_CHINESE_SIDE}个?月)?{_DAY_NUMBER} ?[号日]", _day_of_month),
    (f"(?:{_CHINESE_SIDE}个?)?月底", _end_of_month),
)  # fmt: skip

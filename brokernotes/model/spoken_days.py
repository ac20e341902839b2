"""Days as people say them when nobody writes them down: 月底前, 下个月初, 国庆, `the 15th`, `eom`.

These are for the command line alone. `model.relative` has the plain forms, which are looked
for in a note's text too; in a sentence 五一 may be a road and 二十 a price.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.numerals import NUMERAL, parse_numeral
from brokernotes.model.relative import (
    MONTH,
    add_months,
    days_in_month,
    month_number,
    next_month_day,
)

_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_YEAR = f"(?:(?P<year>{'|'.join(_YEARS)})的? ?)?"
_SIDES = {"上": -1, "本": 0, "这": 0, "下": 1, "last": -1, "this": 0, "next": 1}
_SIDE = "(?P<side>上{1,2}|本|这|下{1,3})"
_CHINESE = f"(?:[0-9]{{1,2}}|{NUMERAL})"
_COUNT = f"(?P<count>[0-9]{{1,3}}|{NUMERAL})"
_PARTS = {"初": 1, "上旬": 1, "中旬": 11, "中": 15, "下旬": 21, "底": 0, "末": 0}  # 0: the last
_PART = "(?P<part>初|上旬|中旬|下旬|中|底|末)"
_UNTIL = "(?:[之以]?前)?"
_UNITS = {
    "天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "月": "m", "年": "y",
    "day": "d", "week": "w", "fortnight": "f", "month": "m", "year": "y", "d": "d", "w": "w",
}  # fmt: skip
_UNIT = "(?:个?(?P<unit>天|日|周|星期|礼拜|月|年))"
_WORDS = (
    "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_NUMBERS = {word: max(at - 1, 1) for at, word in enumerate(_WORDS)} | {"a couple of": 2}
_ENGLISH_COUNT = f"(?P<count>[0-9]{{1,3}}|a couple of|{'|'.join(reversed(_WORDS))})"
_ENGLISH_UNIT = "(?P<unit>day|week|fortnight|month|year)s?(?![a-z])"
# The fixed ones; those of the lunar calendar are another day each year.
_FESTIVALS = {
    "元旦": (1, 1), "妇女节": (3, 8), "劳动节": (5, 1), "五一": (5, 1), "儿童节": (6, 1),
    "六一": (6, 1), "教师节": (9, 10), "国庆节": (10, 1), "国庆": (10, 1), "十一": (10, 1),
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "平安夜": (12, 24),
    "圣诞节": (12, 25), "圣诞": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new year": (1, 1),
}  # fmt: skip
_DAY = "(?P<day>[0-9]{1,2})"
_TH = "(?:st|nd|rd|th)"


def match_spoken_day(text: str, pos: int, today: date) -> tuple[date, int] | None:
    """The day that is said at a place in a text.

    Args:
        text: in plain width.
        pos: where it would begin.
        today: the day it is said.

    Returns:
        The day and the place after it; None where `relative.match_day` may know it.
    """
    for pattern, day_of in _FORMS:
        found = lazy_pattern(pattern, re.IGNORECASE).match(text, pos)
        if found:
            try:
                day = day_of(found, today)
            except (OverflowError, ValueError):
                continue
            if day:
                return day, found.end()
    return None


def _number(text: str) -> int:
    """A count in digits, Chinese or English.

    Raises:
        ValueError: the characters make no number.
    """
    lower = " ".join(text.lower().split())
    number = _NUMBERS.get(lower)
    number = parse_numeral(lower) if number is None else number
    if number is None:
        raise ValueError(text)
    return number


def _shift(sides: str | None) -> int:
    if not sides:
        return 0
    lower = sides.lower()
    return _SIDES[lower] if lower.isascii() else _SIDES[lower[0]] * len(lower)


def _weekend(found: re.Match[str], today: date) -> date:
    shift = _shift(found["side"])
    saturday = today + timedelta(days=5 - today.weekday() + 7 * shift)
    return max(today, saturday) if not shift else saturday  # on a Sunday it is still weekend


def _ahead(found: re.Match[str], today: date) -> date:
    number = _number(found["count"])
    said = found.groupdict()
    number = -number if said.get("ago") else number
    unit = _UNITS[found["unit"].lower()]
    if unit in "my":
        return add_months(today, number * (12 if unit == "y" else 1))
    return today + timedelta(days=number * {"d": 1, "w": 7, "f": 14}[unit])


def _half(found: re.Match[str], today: date) -> date:
    return add_months(today, 6) if found["unit"] == "年" else today + timedelta(days=15)


def _part_day(year: int, month: int, part: str) -> date:
    return date(year, month, _PARTS[part] or days_in_month(year, month))


def _part_of_month(found: re.Match[str], today: date) -> date:
    """月底, 下个月初, 12月中旬; without more the next one that is not over."""
    said, part = found.groupdict(), found["part"]
    if said.get("side"):
        month = add_months(today.replace(day=1), _shift(said["side"]))
        return _part_day(month.year, month.month, part)
    if said.get("year"):
        return _part_day(today.year + _YEARS[said["year"]], _number(said["month"]), part)
    if said.get("month"):
        day = _part_day(today.year, _number(said["month"]), part)
        return day if day >= today else _part_day(today.year + 1, day.month, part)
    day = _part_day(today.year, today.month, part)
    if day >= today:
        return day
    month = add_months(today.replace(day=1), 1)
    return _part_day(month.year, month.month, part)


def _end_of_year(found: re.Match[str], today: date) -> date:
    year = found.groupdict().get("year")
    return date(today.year + (_YEARS[year] if year else 0), 12, 31)


def _end_of(found: re.Match[str], today: date) -> date:
    shift = _shift(found["side"])
    if found["unit"].lower() == "year":
        return date(today.year + shift, 12, 31)
    return add_months(today.replace(day=1), shift + 1) - timedelta(days=1)


def _end_of_short(found: re.Match[str], today: date) -> date:
    if found["y"]:
        return date(today.year, 12, 31)
    return add_months(today.replace(day=1), 1) - timedelta(days=1)


def _month_day(found: re.Match[str], today: date) -> date | None:
    month, day = _number(found["month"]), _number(found["day"])
    year = found.groupdict().get("year")
    if year:
        return date(today.year + _YEARS[year], month, day)
    return next_month_day(today, month, day)


def _named(found: re.Match[str], today: date) -> date | None:
    month, day = month_number(found["name"]), int(found["day"])
    year = found.groupdict().get("yyyy")
    return date(int(year), month, day) if year else next_month_day(today, month, day)


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    """The 15th: of the month said, else the next one that has it and is not over."""
    number = _number(found["day"])
    side = found.groupdict().get("side")
    month = add_months(today.replace(day=1), _shift(side))
    if side:
        return month.replace(day=number)
    for ahead in range(3):
        later = add_months(month, ahead)
        if 0 < number <= days_in_month(later.year, later.month):
            day = later.replace(day=number)
            if day >= today:
                return day
    return None


def _festival(found: re.Match[str], today: date) -> date | None:
    month, day = _FESTIVALS[" ".join(found["name"].lower().split())]
    before = timedelta(days=1 if found["before"] else 0)
    year = found.groupdict().get("year")
    if year:
        return date(today.year + _YEARS[year], month, day) - before
    coming = next_month_day(today + before, month, day)
    return coming - before if coming else None


def _word(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_ENGLISH_WORDS[" ".join(found[0].lower().split())])


_ENGLISH_WORDS = {
    "the day after tomorrow": 2, "the day before yesterday": -2, "tmrw": 1, "tomorow": 1, "eod": 0,
}  # fmt: skip
_NAMES = "|".join(sorted(_FESTIVALS, key=len, reverse=True))
_FORMS: tuple[tuple[str, Callable[[re.Match[str], date], date | None]], ...] = (
    (f"(?:{'|'.join(_ENGLISH_WORDS)})(?![a-z])", _word),
    ("this(?= +(?:morning|afternoon|evening)(?![a-z]))", lambda _, today: today),
    (f"(?:{_SIDE}个?)?(?:周|星期|礼拜)末", _weekend),
    ("(?:(?:(?P<side>last|this|next)|the) +)?weekend(?![a-z])", _weekend),
    (f"{_COUNT} ?{_UNIT} ?[之以]?内", _ahead),
    (f"过 ?{_COUNT} ?{_UNIT}(?:[之以]?后)?", _ahead),
    ("半个?(?P<unit>月|年) ?[之以]?[后内]", _half),
    (f"{_SIDE}个?月的?{_PART}{_UNTIL}", _part_of_month),
    (f"{_YEAR}(?P<month>{_CHINESE}) ?月份?的?{_PART}{_UNTIL}", _part_of_month),
    (f"月{_PART}{_UNTIL}", _part_of_month),
    (f"(?P<part>上旬|中旬|下旬){_UNTIL}", _part_of_month),
    (f"{_YEAR}年[底末]{_UNTIL}", _end_of_year),
    (f"(?P<year>{'|'.join(_YEARS)})[底末]{_UNTIL}", _end_of_year),
    (f"{_YEAR}(?P<month>{_CHINESE}) ?月 ?(?P<day>{_CHINESE}) ?[日号]?(?![0-9点时])", _month_day),
    (f"(?:{_SIDE}个?月)?(?P<day>{NUMERAL}) ?[号日](?![内后前])", _day_of_month),
    (f"{_YEAR}(?P<name>{_NAMES})(?![a-z月号日点时后])(?P<before>[之以]?前)?", _festival),
    ("(?:the )?end of (?:the )?(?:(?P<side>next|this) )?(?P<unit>month|year)(?![a-z])", _end_of),
    ("eo(?:m|(?P<y>y))(?![a-z])", _end_of_short),
    ("(?P<count>[0-9]{1,3}) ?(?P<unit>[dw])(?![a-z])", _ahead),
    (f"(?:in|within) +{_ENGLISH_COUNT} +{_ENGLISH_UNIT}", _ahead),
    (f"{_ENGLISH_COUNT} +{_ENGLISH_UNIT} +(?:(?P<ago>ago)|later|from now|from today)", _ahead),
    (f"(?:the +)?{_DAY}{_TH} +(?:of +)?{MONTH}(?:,? +(?P<yyyy>[0-9]{{4}}))?(?![a-z0-9:])", _named),
    (f"{_DAY} +{MONTH},? +(?P<yyyy>[0-9]{{4}})(?![0-9:])", _named),
    (f"{MONTH} +(?:the +)?{_DAY}{_TH}?,? +(?P<yyyy>[0-9]{{4}})(?![0-9:])", _named),
    (f"(?:the +)?{_DAY}{_TH}(?: +of +(?P<side>next|this) +month)?(?![a-z])", _day_of_month),
)  # fmt: skip

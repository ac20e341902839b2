"""Birthdays as people write them: solar or lunar, with or without the year, in digits or words."""

from __future__ import annotations

import re
from datetime import date

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.lunar import FIRST, LAST, LEAP_DAYS, MONTH_DAYS, MONTHS, has_leap_day
from brokernotes.model.numerals import parse_numeral
from brokernotes.model.source_text import LONGEST_VALUE, SourceText

_LEAP_YEAR = 2000  # a birthday without its year may be 29 February
_LUNAR_WORDS = "农历|阴历|旧历|lunar|l"
_CALENDAR = f"(?P<calendar>{_LUNAR_WORDS}|公历|阳历|新历)? {{0,2}}"
_DIGITS = lazy_pattern(
    rf"{_CALENDAR}(?:(?P<year>[0-9]{{4}})-)?(?P<month>[0-9]{{1,2}})(?P<leap>\+?)"
    r"-(?P<day>[0-9]{1,2})",
    re.IGNORECASE,
)
_WORDS = lazy_pattern(
    rf"{_CALENDAR}(?:(?P<year>[0-9]{{4}}) {{0,2}}年 {{0,2}})?"
    rf"(?P<again>{_LUNAR_WORDS})? {{0,2}}(?P<leap>闰?) {{0,2}}"
    r"(?P<month>[0-9]{1,2}|[正冬腊]|[一二三四五六七八九十]{1,2}) {0,2}月 {0,2}"
    r"(?P<day>[0-9]{1,2}|[初十廿卅一二三四五六七八九]{1,3}) {0,2}[日号]?",
    re.IGNORECASE,
)
_AFTER = lazy_pattern(r" {0,2}[(（](?P<calendar>农历|阴历|旧历|公历|阳历|新历)[)）]")
# An age is another one next year, and no day can be told from it.
_AGE = lazy_pattern(
    r"(?:[虚周实]岁|[0-9一二三四五六七八九十]岁|years? old|\baged? [0-9])", re.IGNORECASE
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_SOLAR_WORDS = frozenset(("公历", "阳历", "新历"))


class Birthday(NamedTuple):
    """A birthday, with or without its year.

    Attributes:
        month: 1–12, of the lunar calendar if `lunar`.
        day: 1–31, lunar 1–30.
        year: None where it is not known; of a lunar one the lunar year.
        lunar: whether month and day are those of the Chinese calendar.
        leap: whether the lunar month is the leap month of that number.
    """

    month: int
    day: int
    year: int | None = None
    lunar: bool = False
    leap: bool = False


class _Said(NamedTuple):
    """What was written, as far as it can be a date."""

    calendar: str
    year: str | None
    month: str
    leap: bool
    day: str


def parse_birthday(text: str) -> Birthday:
    """A birthday.

    Args:
        text: `06-08`, `1985-06-08`, lunar `L06-08` or `L1985-06-08`, lunar in a leap month
            `L06+-08`; or in words, `1985年6月8日`, `农历六月初八`, `农历1985年闰六月初八`.

    Raises:
        FieldError: `bad-birthday`; `birthday-age` of an age, from which no day can be told; or
            `lunar-impossible` of a leap month that no year has, or not the year that is given.
    """
    typed = SourceText(text)
    said = _read(typed.text) if len(typed.text) <= LONGEST_VALUE else None
    if said is None:
        raise typed.error("birthday-age" if _AGE.search(typed.text[:LONGEST_VALUE]) else
                          "bad-birthday")  # fmt: skip
    month, day = _month(said.month), _day(said.day)
    is_lunar = _is_lunar(said)
    year = int(said.year) if said.year else None
    if month is None or day is None or (said.leap and not is_lunar):
        raise typed.error("bad-birthday")
    if is_lunar:
        if not (1 <= month <= MONTHS and 1 <= day <= MONTH_DAYS):
            raise typed.error("bad-birthday")
        if year is not None and not FIRST <= year <= LAST:
            raise typed.error("bad-birthday")
        if said.leap and day > LEAP_DAYS.get(month, 0):
            raise typed.error("lunar-impossible")
        if said.leap and year is not None and not has_leap_day(year, month, day):
            raise typed.error("lunar-impossible")
        return Birthday(month, day, year, True, said.leap)
    try:
        date(_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        raise typed.error("bad-birthday") from None
    return Birthday(month, day, year)


def render_birthday(birthday: Birthday) -> str:
    """A birthday as it is written into a note."""
    year = "" if birthday.year is None else f"{birthday.year:04}-"
    if birthday.lunar:
        return f"L{year}{birthday.month:02}{'+' if birthday.leap else ''}-{birthday.day:02}"
    return f"{year}{birthday.month:02}-{birthday.day:02}"


def _read(text: str) -> _Said | None:
    found = _DIGITS.fullmatch(text)
    if found:
        calendar = (found["calendar"] or "").lower()
        if found["leap"] and not calendar:
            return None
        return _Said(calendar, found["year"], found["month"], bool(found["leap"]), found["day"])
    found = _WORDS.match(text)
    if not found:
        return None
    after = _AFTER.fullmatch(text, found.end())
    if found.end() < len(text) and not after:
        return None
    words = {found["calendar"], found["again"], after["calendar"] if after else None} - {None}
    if len(words) > 1:
        return None  # 公历六月初八（农历）
    calendar = next(iter(words), "") or ""
    return _Said(calendar.lower(), found["year"], found["month"], bool(found["leap"]), found["day"])


def _is_lunar(said: _Said) -> bool:
    """Whether a date is of the Chinese calendar: it says so, or has words of that alone."""
    if said.calendar:
        return said.calendar not in _SOLAR_WORDS
    return said.leap or said.month in _LUNAR_MONTHS or said.day[0] in "初廿卅"


def _month(text: str) -> int | None:
    return _LUNAR_MONTHS.get(text) or parse_numeral(text)


def _day(text: str) -> int | None:
    """`8`, 初八, 十八, 二十, 廿八, 三十."""
    if text[0] == "初":
        number = parse_numeral(text[1:]) if text[1:] else None
        return number if number is not None and number <= 10 else None
    if text[0] in "廿卅":
        tens = 20 if text[0] == "廿" else 30
        ones = parse_numeral(text[1:]) if text[1:] else 0
        return tens + ones if ones is not None and ones < 10 else None
    return parse_numeral(text)

"""The Chinese calendar: which day a lunar date is, and the days of the New Year (春节).

`borax` has the tables, for the lunar years 1900 to 2100; it is loaded only when a day is asked
about. What a calendar cannot say, people have settled long ago (**found**): somebody born in a
leap month has their birthday in the plain month of every year without that leap month, and
somebody born on the 30th on the 29th where the month is short, as 除夕 is.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date

FIRST, LAST = 1900, 2100  # lunar years
# Days of the longest leap month of each number, from FIRST to LAST: others have no leap month.
LEAP_DAYS: Mapping[int, int] = {
    2: 29, 3: 30, 4: 30, 5: 30, 6: 30, 7: 30, 8: 29, 9: 29, 10: 29, 11: 29,
}  # fmt: skip
# Days at the New Year as people call them, by their distance from 初一.
QUIET_OFFSETS: Mapping[str, int] = {
    "除夕": -1,
    **{f"初{ones}": number for number, ones in enumerate("一二三四五六七八九十")},
}
MONTHS = 12
MONTH_DAYS = 30

_EARLIEST, _LATEST = (1, 9), (3, 4)  # 初一 is never before 21 January or after 20 February
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_ONES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_TENS = ("初", "十", "廿", "三")


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day of a lunar date in a lunar year, which may reach into the next solar year.

    Args:
        year: lunar.
        month: 1–12; one that the year has not as a leap month is the plain month.
        day: 1–30; 30 in a month of 29 days is the 29th.
        leap: whether the month is the second of its number.

    Returns:
        None for years outside of `FIRST` to `LAST`.
    """
    if not FIRST <= year <= LAST:
        return None
    from borax.calendars.lunardate import LCalendars, LunarDate

    is_leap = leap and LCalendars.leap_month(year) == month
    days = LCalendars.ndays(year, month, int(is_leap))
    found: date = LunarDate(year, month, min(day, days), int(is_leap)).to_solar_date()
    return found


def has_leap_day(year: int, month: int, day: int) -> bool:
    """Whether a lunar year has a leap month of a number, and that month a day.

    Args:
        year: lunar.
        month: 1–12.
        day: 1–30.
    """
    if not FIRST <= year <= LAST:
        return False
    from borax.calendars.lunardate import LCalendars

    is_leap: bool = LCalendars.leap_month(year) == month
    return is_leap and bool(day <= LCalendars.ndays(year, month, 1))


@functools.cache
def new_year(year: int) -> date | None:
    """初一 of a year: it lies in the solar year of the same number; None: not known."""
    return lunar_day(year, 1, 1)


def is_near_new_year(day: date) -> bool:
    """Whether a day may lie within a dozen days of 初一; no calendar is needed to tell."""
    return _EARLIEST <= (day.month, day.day) <= _LATEST


def chinese_date(month: int, day: int, *, leap: bool = False) -> str:
    """A lunar date as people say it: `六月初八`, `闰六月十五`, `腊月三十`."""
    tens, ones = divmod(day - 1, 10)
    head = {20: "二十", 30: "三十"}.get(day)
    said = head or _TENS[tens] + _ONES[ones]
    return f"{'闰' if leap else ''}{_MONTHS[month - 1]}月{said}"

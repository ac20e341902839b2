import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from borax.calendars.lunardate import LCalendars
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model.lunar import (
    FIRST,
    LAST,
    LEAP_DAYS,
    chinese_date,
    is_near_new_year,
    lunar_day,
    new_year,
)

# Where a new moon falls within seconds of midnight the two count a month from another day.
DISPUTED = {(2057, 9), (2089, 8), (2097, 7)}


@pytest.fixture(scope="session")
def sxtwl():
    """A second opinion, made in another way: from the motion of the moon."""
    if os.environ.get("CI"):
        import sxtwl as found  # a clean machine must have it
    else:
        found = pytest.importorskip("sxtwl", reason="sxtwl is not installed here (it is in CI)")
    return found


@given(day=st.dates(date(1900, 1, 31), date(2100, 12, 31)))
def test_a_lunar_date_is_the_day_that_another_library_says(sxtwl, day):
    told = sxtwl.fromSolar(day.year, day.month, day.day)
    year, month, leap = told.getLunarYear(), told.getLunarMonth(), told.isLunarLeap()

    found = lunar_day(year, month, told.getLunarDay(), leap=leap)

    if (year, month) in DISPUTED:
        assert found - day == timedelta(days=1)
    else:
        assert found == day


@given(
    year=st.integers(FIRST, LAST),
    month=st.integers(1, 12),
    day=st.integers(1, 30),
    leap=st.booleans(),
)
def test_every_birthday_has_one_day_in_every_lunar_year(year, month, day, leap):
    found = lunar_day(year, month, day, leap=leap)

    assert new_year(year) <= found
    if year < LAST:
        assert found < new_year(year + 1)


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "expected"),
    [
        (2025, 6, 8, True, "2025-08-01"),  # 2025 has the leap sixth month
        (2026, 6, 8, True, "2026-07-21"),  # 2026 has none: the plain month
        (2026, 6, 8, False, "2026-07-21"),
        (2025, 12, 30, False, "2026-02-16"),  # 除夕 is the 29th
        (2024, 12, 30, False, "2025-01-28"),
        (2027, 1, 1, False, "2027-02-06"),  # ICU says the 7th
        (1899, 1, 1, False, None),
        (2101, 1, 1, False, None),
    ],
)
def test_leap_months_and_short_months(year, month, day, leap, expected):
    found = lunar_day(year, month, day, leap=leap)

    assert found == (date.fromisoformat(expected) if expected else None)


def test_the_leap_months_there_are_and_their_days():
    longest = {}
    for year in range(FIRST, LAST + 1):
        month = LCalendars.leap_month(year)
        if month:
            longest[month] = max(longest.get(month, 0), LCalendars.ndays(year, month, 1))

    assert dict(LEAP_DAYS) == dict(sorted(longest.items()))


def test_ten_days_around_the_new_year_are_known_to_be_near_it():
    for year in range(FIRST, LAST + 1):
        first = new_year(year)
        assert all(is_near_new_year(first + timedelta(days=n)) for n in range(-10, 12))
    assert not is_near_new_year(date(2026, 11, 28))
    assert not is_near_new_year(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("month", "day", "leap", "words"),
    [
        (6, 8, False, "六月初八"),
        (6, 15, True, "闰六月十五"),
        (1, 1, False, "正月初一"),
        (1, 10, False, "正月初十"),
        (11, 20, False, "冬月二十"),
        (12, 21, False, "腊月廿一"),
        (12, 30, False, "腊月三十"),
    ],
)
def test_a_lunar_date_in_chinese_words(month, day, leap, words):
    assert chinese_date(month, day, leap=leap) == words


def test_the_calendar_is_loaded_only_when_a_day_is_asked_about():
    code = "import sys, brokernotes.model.lunar, brokernotes.model.festivals; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "borax" not in done.stdout

import subprocess
import sys
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model.working_days import (
    add_working_days,
    is_known,
    is_working_day,
    known_years,
    match_working_days,
    next_working_day,
)

FIRST, LAST = known_years()
KNOWN = st.dates(date(FIRST, 1, 1), date(LAST, 10, 1))
ANY = st.dates(date(2000, 1, 1), date(LAST + 10, 12, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-09-28", True),  # a Sunday worked for the holidays of October
        ("2025-10-01", False),
        ("2025-10-08", False),
        ("2025-10-09", True),
        ("2025-11-22", False),
        ("2025-11-24", True),
    ],
)
def test_holidays_are_off_and_the_days_worked_for_them_are_not(day, works):
    assert is_working_day(date.fromisoformat(day)) is works


@given(KNOWN)
def test_within_its_range_the_library_decides(day):
    assert is_known(day)
    assert is_working_day(day) is chinese_calendar.is_workday(day)


@given(KNOWN, st.integers(0, 40))
def test_counting_on_agrees_with_counting_back(start, count):
    end = add_working_days(start, count)
    if count:
        span = chinese_calendar.get_workdays(start + timedelta(days=1), end)
        assert (len(span), span[-1]) == (count, end)
    else:
        assert end == chinese_calendar.get_workdays(start, end)[-1]


@given(ANY, st.integers(0, 30), st.integers(0, 30))
def test_working_days_add_up_and_never_run_backwards(start, one, other):
    both = add_working_days(add_working_days(start, one), other)
    assert is_working_day(both)
    assert both >= start
    if one:
        assert both == add_working_days(start, one + other)


def test_what_is_not_announced_is_weekdays_and_the_festivals_of_the_law():
    year = LAST + 1
    assert not is_known(date(year, 6, 1))
    assert not is_working_day(date(year, 1, 1))
    assert not is_working_day(date(year, 10, 1))
    saturday = next(day for day in (date(year, 6, n) for n in range(1, 8)) if day.weekday() == 5)
    assert not is_working_day(saturday)
    assert next_working_day(saturday) > saturday


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("+10个工作日", 10),
        ("+10 个工作日", 10),
        ("10个工作日后", 10),
        ("三个工作日之后", 3),
        ("再过5个工作日后", 5),
        ("+3wd", 3),
        ("in 10 working days", 10),
        ("10 business days later", 10),
        ("+1 working day", 1),
        ("10个工作日", None),  # up to ten, or ten on?
        ("10 working days", None),
        ("+0个工作日", None),
        ("+9999wd", None),
        ("+3d", None),
        ("工作日", None),
    ],
)
def test_an_interval_of_working_days_is_read_where_it_says_which_way_it_counts(said, count):
    assert match_working_days(said) == count


def test_neither_library_is_loaded_before_a_day_is_asked_about():
    code = (
        "import sys; from brokernotes.model.working_days import match_working_days as m; "
        "m('+3d'); print({'chinese_calendar', 'holidays'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"

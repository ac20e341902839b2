"""Spans of days as they are said."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.periods import Period, parse_period

NOW = datetime(2026, 11, 21, 9, 0)  # a Saturday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("next year", "2027-01-01", "2027-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026年2月", "2026-02-01", "2026-02-28"),
        ("２０２６／２", "2026-02-01", "2026-02-28"),
        ("8月", "2026-08-01", "2026-08-31"),
        ("8月份", "2026-08-01", "2026-08-31"),
        ("August", "2026-08-01", "2026-08-31"),
        ("Aug 2025", "2025-08-01", "2025-08-31"),
        ("本月", "2026-11-01", "2026-11-30"),
        ("这个月", "2026-11-01", "2026-11-30"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("上上个月", "2026-09-01", "2026-09-30"),
        ("下月", "2026-12-01", "2026-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("本周", "2026-11-16", "2026-11-22"),
        ("上周", "2026-11-09", "2026-11-15"),
        ("下下周", "2026-11-30", "2026-12-06"),
        ("next week", "2026-11-23", "2026-11-29"),
        ("本季度", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("Q1", "2026-01-01", "2026-03-31"),
        ("2025Q4", "2025-10-01", "2025-12-31"),
        ("2026年三季度", "2026-07-01", "2026-09-30"),
        ("第二季度", "2026-04-01", "2026-06-30"),
        ("最近30天", "2026-10-22", "2026-11-21"),
        ("近两周", "2026-11-07", "2026-11-21"),
        ("last 3 months", "2026-08-21", "2026-11-21"),
        ("未来7天", "2026-11-21", "2026-11-28"),
        ("next 2 weeks", "2026-11-21", "2026-12-05"),
        ("今天", "2026-11-21", "2026-11-21"),
        ("-30d", "2026-10-22", "2026-10-22"),
        ("下周三", "2026-11-25", "2026-11-25"),
        ("2026-11-20", "2026-11-20", "2026-11-20"),
        ("月底", "2026-11-30", "2026-11-30"),
    ],
)
def test_a_span_of_days(text, first, last):
    assert parse_period(text, NOW) == Period(date.fromisoformat(first), date.fromisoformat(last))


def test_a_moment_is_one():
    assert parse_period("2026-11-20 14:30", NOW) == datetime(2026, 11, 20, 14, 30)
    assert parse_period("昨天 14:30", NOW) == datetime(2026, 11, 20, 14, 30)


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "13月", "Q5", "最近九九天", "9999年99月"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(FieldError):
        parse_period(text, NOW)


@given(
    st.text(max_size=20) | st.from_regex("(上|下|本|近|未来){1,3}[0-9]{0,5}个?(月|周|天|年|季度)")
)
def test_any_text_is_a_span_or_refused(text):
    try:
        found = parse_period(text, NOW)
    except FieldError:
        return
    assert isinstance(found, datetime) or found.first <= found.last

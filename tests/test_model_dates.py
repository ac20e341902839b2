from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.dates import (
    match_date,
    parse_date,
    parse_datetime,
    parse_moment,
    render_date,
)


def local(year: int, month: int, day: int, *time: int) -> datetime:
    """A naive moment: the vault's zone goes without saying."""
    return datetime(year, month, day, *time)  # type: ignore[arg-type]


DAY = date(2026, 8, 20)  # a Thursday
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-20",
        "2026-8-20",
        "2026/8/20",
        "2026/08/20",
        "2026.8.20",
        "2026年8月20日",
        "2026年8月20号",
        "2026 年 8 月 20 日",
        "20260820",
        "２０２６－０８－２０",
        " 2026-08-20 ",
        "2026-08-20 周四",
        "2026-08-20周四",
        "2026-08-20 星期四",
        "2026-08-20 礼拜四",
        "2026-08-20 (四)",
        "2026-08-20（周四）",
        "2026-08-20 Thu",
        "2026-08-20 (Thursday)",
        "2026-08-20T00:00:00",
        "2026-08-20 下午2点半",
    ],
)
def test_a_day_with_its_year_first(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("今天", "2026-08-20"),
        ("明天", "2026-08-21"),
        ("昨天", "2026-08-19"),
        ("下周三", "2026-08-26"),
        ("tomorrow", "2026-08-21"),
        ("3天后", "2026-08-23"),
        ("+3d", "2026-08-23"),
        ("明天 15:00", "2026-08-21"),
        ("8-25", "2026-08-25"),
        ("8月15日", "2026-08-15"),
        ("1月5日", "2027-01-05"),
        ("8.25", "2026-08-25"),
        ("Aug 25", "2026-08-25"),
        ("25/8/2026", "2026-08-25"),
        ("8/25/2026", "2026-08-25"),
        ("8/8/2026", "2026-08-08"),
        ("3/4/2026", None),
        ("Aug 25, 2026", "2026-08-25"),
        ("25 August 2026", "2026-08-25"),
        ("26年8月25日", "2026-08-25"),
        ("26-8-25", None),
        ("2026-08", None),
        ("2026年8月底", None),
        ("46259", "2026-08-25"),
        ("46259.5", "2026-08-25"),
    ],
)
def test_an_ambiguous_day_is_proposed_and_never_taken(text, proposal):
    with pytest.raises(FieldError) as caught:
        parse_date(text, today=DAY)

    assert caught.value.code == "date-ambiguous"
    assert caught.value.params == {"value": text, "proposal": proposal}


def test_without_today_nothing_relative_is_proposed():
    with pytest.raises(FieldError) as caught:
        parse_date("明天")

    assert caught.value.code == "date-ambiguous"
    assert caught.value.params["proposal"] is None


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("2026-02-30", "date-impossible", 0),
        ("2026-13-45", "date-impossible", 0),
        ("2026年2月29日", "date-impossible", 0),
        (" ２０２６０２３０ ", "date-impossible", 1),
        ("2026-W01-1", "bad-date", 0),
        ("2026-8/20", "bad-date", 0),
        ("2026-08-20吧", "bad-date", 10),
        ("soon", "bad-date", 0),
        ("", "bad-date", 0),
        ("202608201", "bad-date", 0),
        ("2026-08-20 周三", "weekday-mismatch", 0),
        ("2026-08-20 24:00", "bad-time", 11),
        ("2026-08-20 14:00-15:00", "bad-time", 11),
        ("2026-08-20T14:00:00Z", "bad-time", 11),
        ("待定", "unset-word", 0),
    ],
)
def test_what_is_no_day_is_pointed_at(text, code, offset):
    with pytest.raises(FieldError) as caught:
        parse_date(text, today=DAY)

    assert (caught.value.code, caught.value.offset) == (code, offset)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-08-20", DAY),
        ("2026-08-20T14:30", local(2026, 8, 20, 14, 30)),
        ("2026-08-20T14:30:15", local(2026, 8, 20, 14, 30, 15)),
        ("2026-08-20T14:30:15.250", local(2026, 8, 20, 14, 30, 15)),
        ("2026-08-20 14:30", local(2026, 8, 20, 14, 30)),
        ("2026-08-20 周四 14:30", local(2026, 8, 20, 14, 30)),
        ("2026/8/20 下午2点半", local(2026, 8, 20, 14, 30)),
        ("2026年8月20日14时30分", local(2026, 8, 20, 14, 30)),
        ("２０２６-08-20　14：30", local(2026, 8, 20, 14, 30)),
        ("2026-08-20T06:30:00Z", local(2026, 8, 20, 14, 30)),
        ("2026-08-20T14:30:00+08:00", local(2026, 8, 20, 14, 30)),
        ("2026-08-20 08:30+0200", local(2026, 8, 20, 14, 30)),
        ("2026-08-20T20:30-10:00", local(2026, 8, 21, 14, 30)),
    ],
)
def test_a_moment_is_local_to_the_vault(text, moment):
    read = parse_datetime(text, SHANGHAI)

    assert read == moment
    assert type(read) is type(moment)


def test_a_span_of_time_is_not_taken_for_an_offset():
    with pytest.raises(FieldError, match="bad-time"):
        parse_datetime("2026-08-20 14:00-15:00", SHANGHAI)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "2026-08-20T14:30:00+99:00"])
def test_an_offset_that_leads_nowhere_is_refused(text):
    with pytest.raises(FieldError, match="bad-time"):
        parse_datetime(text, ZoneInfo("America/New_York"))


def test_an_hour_of_the_night_is_read_with_a_warning():
    assert parse_moment("2026-08-20 3点", SHANGHAI) == (
        local(2026, 8, 20, 3),
        "time-ambiguous",
    )
    assert parse_moment("2026-08-20 15点", SHANGHAI).warning is None


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("2026-08-20 14:30 带看", 10),
        ("2026-08-20带看", 10),
        ("2026-08-20下午2点半带看", 10),
        ("2026年8月20日带看", 10),
        ("20260820 带看", 8),
        ("2026-08-20 周四 带看", 13),
        ("2026-08-20周四带看", 12),
        ("2026-08-20 周三 带看", 13),
        ("2026-08-20（四）带看", 13),
        ("2026-08-20 周三丰 到店", 10),
        ("2026-08-20 Sunshine Garden", 10),
        ("２０２６／８／２０ 带看", 9),
    ],
)
def test_a_date_in_a_line_ends_before_what_follows(line, end):
    assert match_date("- " + line, 2) == (DAY, 2 + end)


@pytest.mark.parametrize(
    "line",
    ["明天 带看", "8-20 带看", "", "2026-08", "2026-08-201", "abc", "-2026-08-20", "²026-08-20"],
)
def test_a_line_may_begin_without_a_date(line):
    assert match_date(line, 0) is None


def test_a_date_that_cannot_be_is_pointed_at_in_its_line():
    with pytest.raises(FieldError) as caught:
        match_date("- 2026-02-30 带看", 2)

    assert (caught.value.code, caught.value.offset, caught.value.length) == (
        "date-impossible",
        2,
        10,
    )


SPELLINGS = [
    "{0:%Y-%m-%d}",
    "{0.year:04}/{0.month}/{0.day}",
    "{0.year:04}.{0.month}.{0.day}",
    "{0.year:04}年{0.month}月{0.day}日",
    "{0.year:04}{0.month:02}{0.day:02}",
    "{0.year:04}-{0.month:02}-{0.day:02} {0:%A}",
]


@given(st.dates(date(1000, 1, 1)), st.sampled_from(SPELLINGS))
def test_every_spelling_of_a_day_is_that_day(day, spelling):
    text = spelling.format(day)

    assert parse_date(text) == day
    assert parse_datetime(text, SHANGHAI) == day
    assert match_date(f"- {text} 带看", 2) == (day, 2 + len(text))


@given(st.datetimes().map(lambda moment: moment.replace(microsecond=0)))
def test_a_moment_written_is_read_back(moment):
    assert parse_datetime(render_date(moment), SHANGHAI) == moment


@given(st.text("2026-08年月日/. 周四（(Thu)０T", max_size=40), st.integers(0, 5))
def test_a_match_stays_within_its_line(line, pos):
    try:
        found = match_date(line, pos)
    except FieldError as error:
        found = (DAY, error.offset + (error.length or 0))
    assert found is None or pos < found[1] <= len(line)

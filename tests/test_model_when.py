from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.when import parse_when


def local(year: int, month: int, day: int, *time: int) -> datetime:
    """A naive moment: the vault's zone goes without saying."""
    return datetime(year, month, day, *time)  # type: ignore[arg-type]


NOW = local(2026, 8, 20, 9, 30, 15)  # a Thursday


def on(month: int, day: int, hour: int | None = None, minute: int = 0, year: int = 2026):
    return date(year, month, day) if hour is None else local(year, month, day, hour, minute)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("今天", on(8, 20)),
        ("明天", on(8, 21)),
        ("后天", on(8, 22)),
        ("大后天", on(8, 23)),
        ("昨天", on(8, 19)),
        ("前天", on(8, 18)),
        ("明天 15:00", on(8, 21, 15)),
        ("明天15:00", on(8, 21, 15)),
        ("明天下午3点", on(8, 21, 15)),
        ("明天下午三点半", on(8, 21, 15, 30)),
        ("明天的下午3点", on(8, 21, 15)),
        ("明天中午", on(8, 21, 12)),
        ("今晚8点", on(8, 20, 20)),
        ("今天晚上8点", on(8, 20, 20)),
        ("明早9点", on(8, 21, 9)),
        ("明晚七点半", on(8, 21, 19, 30)),
        ("昨晚8点", on(8, 19, 20)),
        ("周四", on(8, 20)),
        ("周五", on(8, 21)),
        ("周三", on(8, 26)),
        ("星期天", on(8, 23)),
        ("礼拜日", on(8, 23)),
        ("本周三", on(8, 19)),
        ("这周五", on(8, 21)),
        ("下周三", on(8, 26)),
        ("下周三 14点", on(8, 26, 14)),
        ("下个星期三", on(8, 26)),
        ("下下周一", on(8, 31)),
        ("上周一", on(8, 10)),
        ("+3d", on(8, 23)),
        ("+2w", on(9, 3)),
        ("+1m", on(9, 20)),
        ("+3d 15:00", on(8, 23, 15)),
        ("+2h", on(8, 20, 11, 30)),
        ("-1d", on(8, 19)),
        ("3天后", on(8, 23)),
        ("三天后", on(8, 23)),
        ("两周后", on(9, 3)),
        ("一个月后", on(9, 20)),
        ("2小时后", on(8, 20, 11, 30)),
        ("2天前", on(8, 18)),
        ("in 3 days", on(8, 23)),
        ("in 2 weeks", on(9, 3)),
        ("in 2 hours", on(8, 20, 11, 30)),
        ("3 days ago", on(8, 17)),
        ("today", on(8, 20)),
        ("tomorrow 3pm", on(8, 21, 15)),
        ("Tomorrow at 3:30 pm", on(8, 21, 15, 30)),
        ("3pm tomorrow", on(8, 21, 15)),
        ("tonight 8pm", on(8, 20, 20)),
        ("the day after tomorrow", on(8, 22)),
        ("day after tomorrow 10am", on(8, 22, 10)),
        ("monday", on(8, 24)),
        ("next wednesday", on(8, 26)),
        ("next wed 14:00", on(8, 26, 14)),
        ("friday at noon", on(8, 21, 12)),
        ("8月25日", on(8, 25)),
        ("8月25号 下午3点", on(8, 25, 15)),
        ("8月19日", on(8, 19, year=2027)),
        ("8-25", on(8, 25)),
        ("8/25 15:00", on(8, 25, 15)),
        ("1.5", on(1, 5, year=2027)),
        ("2-29", on(2, 29, year=2028)),
        ("Aug 25", on(8, 25)),
        ("25 Aug 10am", on(8, 25, 10)),
        ("25号", on(8, 25)),
        ("5号", on(9, 5)),
        ("下个月5号", on(9, 5)),
        ("月底", on(8, 31)),
        ("15:00", on(8, 20, 15)),
        ("下午3点", on(8, 20, 15)),
        ("3pm", on(8, 20, 15)),
        ("15:00 明天", on(8, 21, 15)),
        ("2026-11-25", on(11, 25)),
        ("2026-11-25 15:00", on(11, 25, 15)),
        ("2026年11月25日下午3点", on(11, 25, 15)),
        ("20261125", on(11, 25)),
        ("现在", on(8, 20, 9, 30)),
        ("now", on(8, 20, 9, 30)),
        ("　明天　１５：００　", on(8, 21, 15)),
    ],
)
def test_a_day_or_a_moment_as_it_is_said(text, when):
    read = parse_when(text, NOW)

    assert read == when
    assert type(read) is type(when)


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("", "bad-date", 0),
        ("soon", "bad-date", 0),
        ("下周", "bad-date", 0),
        ("明天下午", "bad-time", 2),
        ("明天 25:00", "bad-time", 3),
        ("明天 15:00 带看", "bad-date", 9),
        ("15:00 带看", "bad-date", 6),
        ("明天 14:00-15:00", "bad-time", 3),
        ("明天 3点", "time-ambiguous", 0),
        ("+9999y", "bad-date", 0),
        ("2月30日", "bad-date", 0),
        ("32号", "bad-date", 0),
        ("0号", "bad-date", 0),
        ("2026-02-30", "date-impossible", 0),
        ("2026-08-20 周三", "weekday-mismatch", 0),
    ],
)
def test_what_is_no_moment_is_pointed_at(text, code, offset):
    with pytest.raises(FieldError) as caught:
        parse_when(text, NOW)

    assert (caught.value.code, caught.value.offset) == (code, offset)


def test_an_ambiguous_hour_tells_how_it_reads():
    with pytest.raises(FieldError) as caught:
        parse_when("明天 3点", NOW)

    assert caught.value.params["reading"] == "03:00"


def test_the_end_of_a_month_is_not_stepped_over():
    assert parse_when("+1m", local(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_when("31号", local(2026, 9, 1)) == date(2026, 10, 31)
    assert parse_when("下个月底", local(2026, 1, 31)) == date(2026, 2, 28)


def test_the_zone_of_now_is_that_of_an_offset():
    now = NOW.replace(tzinfo=ZoneInfo("Asia/Shanghai"))

    assert parse_when("2026-11-25T07:00:00Z", now) == local(2026, 11, 25, 15)
    assert parse_when("明天 15:00", now) == local(2026, 8, 21, 15)


@given(st.integers(0, 999), st.datetimes(local(1990, 1, 1), local(2100, 1, 1)))
def test_days_ahead_are_days_ahead(days, now):
    ahead = now.date() + timedelta(days=days)

    assert parse_when(f"+{days}d", now) == ahead
    assert parse_when(f"{days}天后", now) == ahead
    assert parse_when(f"in {days} days", now) == ahead


@given(st.sampled_from("一二三四五六日"), st.datetimes(local(1990, 1, 1), local(2100, 1, 1)))
def test_weekdays_follow_the_calendar(weekday, now):
    index = "一二三四五六日".index(weekday)
    monday = now.date() - timedelta(days=now.weekday())

    assert parse_when(f"本周{weekday}", now) == monday + timedelta(days=index)
    assert parse_when(f"下周{weekday}", now) == monday + timedelta(days=index + 7)
    coming = parse_when(f"周{weekday}", now)
    assert 0 <= (coming - now.date()).days < 7
    assert coming.weekday() == index

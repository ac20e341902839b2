from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.times import Time, match_time, parse_time


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:30", "14:30"),
        ("14：30", "14:30"),
        ("１４：３０", "14:30"),
        ("9:05", "09:05"),
        ("14:30:59", "14:30"),
        ("14点", "14:00"),
        ("14点30", "14:30"),
        ("14点30分", "14:30"),
        ("14点5分", "14:05"),
        ("14时30分", "14:30"),
        ("14点半", "14:30"),
        ("14点一刻", "14:15"),
        ("14点三刻", "14:45"),
        ("14点整", "14:00"),
        ("14点钟", "14:00"),
        ("下午2点半", "14:30"),
        ("下午 2:30", "14:30"),
        ("下午两点半", "14:30"),
        ("下午两点二十", "14:20"),
        ("下午两点零五", "14:05"),
        ("下午14点", "14:00"),
        ("下午12点", "12:00"),
        ("傍晚6点", "18:00"),
        ("晚上8点", "20:00"),
        ("晚上十一点", "23:00"),
        ("凌晨12点", "00:00"),
        ("早上12点", "00:00"),
        ("上午12点", "00:00"),
        ("上午10点", "10:00"),
        ("凌晨3点", "03:00"),
        ("早9点", "09:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("中午2点", "14:00"),
        ("中午11点半", "11:30"),
        ("03:30", "03:30"),
        ("00:00", "00:00"),
        ("3pm", "15:00"),
        ("3:30 PM", "15:30"),
        ("3 p.m.", "15:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
    ],
)
def test_a_time_as_it_is_said(text, clock):
    time = parse_time(text)

    assert (time.clock, time.duration, time.warning) == (clock, None, None)


@pytest.mark.parametrize(
    ("text", "clock", "duration"),
    [
        ("14:30-15:15", "14:30", 45),
        ("14:30~15:15", "14:30", 45),
        ("14：30－15：15", "14:30", 45),
        ("14:30 – 15:15", "14:30", 45),
        ("14点到15点半", "14:00", 90),
        ("下午2点-4点", "14:00", 120),
        ("下午2-4点", "14:00", 120),
        ("9-10点", "09:00", 60),
        ("上午10点到2点", "10:00", 240),
        ("上午10点-下午1点", "10:00", 180),
        ("2pm-3:30pm", "14:00", 90),
    ],
)
def test_a_start_and_an_end_make_a_duration(text, clock, duration):
    time = parse_time(text)

    assert (time.clock, time.duration, time.warning) == (clock, duration, None)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("3点", "03:00"), ("6点半", "06:30"), ("3:30", "03:30"), ("晚上1点", "13:00")],
)
def test_an_hour_without_its_half_of_the_day_is_warned_of(text, clock):
    time = parse_time(text)

    assert (time.clock, time.warning) == (clock, "time-ambiguous")


def test_an_hour_that_can_only_be_of_the_morning_is_not():
    assert parse_time("7点").warning is None
    assert parse_time("0点").warning is None


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("24:00", 0),
        ("25点", 0),
        ("14:60", 0),
        ("14点75", 0),
        ("14:3", 0),
        ("晚上12点", 0),
        ("晚上0点", 0),
        ("上午14点", 0),
        ("中午8点", 0),
        ("13am", 0),
        ("14:30-14:30", 0),
        ("15:00-14:00", 0),
        ("14:30左右", 5),
        ("14:30-", 5),
        ("14", 0),
        ("一点", 0),
        ("", 0),
        ("下午", 0),
    ],
)
def test_what_is_no_time_is_pointed_at(text, offset):
    with pytest.raises(FieldError) as caught:
        parse_time(text)

    assert (caught.value.code, caught.value.offset) == ("bad-time", offset)


@pytest.mark.parametrize(
    ("text", "time", "length"),
    [
        ("14:30 带看", Time(870), 5),
        ("14:30带看", Time(870), 5),
        ("下午2点半带看", Time(870), 5),
        ("14点3组客户", Time(840), 3),
        ("下午两点一组客户", Time(840), 4),
        ("3pm带看", Time(900), 3),
        ("14:30-15:00带看", Time(870, 30), 11),
        ("14:30 -15% 还价", Time(870), 5),
        ("14:30 - 看房", Time(870), 5),
        ("14:30 @王敏", Time(870), 5),
        ("14：30：带看", Time(870), 5),
    ],
)
def test_a_time_in_a_line_ends_before_what_follows(text, time, length):
    assert match_time("2026-08-20" + text, 10) == (time, 10 + length)


@pytest.mark.parametrize(
    "text", ["带看", "", "3组", "一点意见", "14", "580万", " 14:30", "2小时", "²:30"]
)
def test_a_line_may_go_on_without_a_time(text):
    assert match_time(text, 0) is None


def test_a_time_that_cannot_be_is_pointed_at_in_its_line():
    with pytest.raises(FieldError) as caught:
        match_time("2026-08-20 25:30 带看", 11)

    assert (caught.value.code, caught.value.offset, caught.value.length) == ("bad-time", 11, 5)
    assert caught.value.params["value"] == "25:30"


@given(st.integers(0, 1439), st.none() | st.integers(1, 600))
def test_a_time_written_is_read_back(minutes, duration):
    if duration is not None and minutes + duration > 1439:
        duration = None
    time = Time(minutes, duration)
    text = time.clock if duration is None else f"{time.clock}-{Time(minutes + duration).clock}"

    assert parse_time(text) == time
    assert match_time(f"- {text} 带看", 2) == (time, 2 + len(text))


@given(st.text("0123456789:：点半刻分-~ 上下午中晚早pam到十两一３", max_size=24), st.integers(0, 4))
def test_a_match_stays_within_its_line_and_its_day(line, pos):
    try:
        found = match_time(line, pos)
    except FieldError as error:
        found = (Time(0), error.offset + (error.length or 0))
    if found:
        assert pos < found[1] <= len(line)
        assert 0 <= found[0].minutes < 1440
        assert found[0].duration is None or 0 < found[0].duration < 1440

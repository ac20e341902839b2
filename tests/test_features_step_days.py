"""When a step is to be, said on Friday 2025-11-21, whose holidays are known."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import ArgumentError
from brokernotes.features.step_days import parse_step_day
from brokernotes.model.rules import builtin_schema
from brokernotes.model.working_days import add_working_days

NOW = datetime(2025, 11, 21, 9)
DAYS = {"net_signing": date(2025, 11, 19), "tax_payment": date(2025, 9, 29), "transfer": None}
FIND = builtin_schema().vocabularies["deal_step"].find


def read(text):
    return parse_step_day(text, NOW, DAYS, FIND)


@pytest.mark.parametrize(
    ("said", "when", "is_interval"),
    [
        ("2025-11-27", date(2025, 11, 27), False),
        ("下周三", date(2025, 11, 26), False),
        ("明天 9:30", datetime(2025, 11, 22, 9, 30), False),
        ("+3d", date(2025, 11, 24), True),
        ("三天后", date(2025, 11, 24), True),
        ("+1个工作日", date(2025, 11, 24), True),
        ("+10 个工作日", date(2025, 12, 5), True),
        ("in 2 working days", date(2025, 11, 25), True),
        ("网签+3个工作日", date(2025, 11, 24), True),
        ("网签后3个工作日", date(2025, 11, 24), True),
        ("网签后 3天", date(2025, 11, 22), True),
        ("缴税+3个工作日", date(2025, 10, 10), True),  # over the holidays of October
        ("net_signing +2wd", date(2025, 11, 21), True),
        ("fund supervision", None, None),
    ],
)
def test_a_day_an_interval_and_a_count_from_another_step_are_read(said, when, is_interval):
    if when is None:
        with pytest.raises(ArgumentError):
            read(said)
    else:
        assert read(said) == (when, is_interval)


@pytest.mark.parametrize("said", ["过户+3个工作日", "过户后3天"])
def test_a_step_without_a_day_is_nothing_to_count_from(said):
    with pytest.raises(ArgumentError) as error:
        read(said)
    assert error.value.message == "{step} has no day to count from"
    assert error.value.params["step"] == "过户"


@pytest.mark.parametrize("said", ["不久", "+", "网签", "网签后", "10个工作日", "+0个工作日"])
def test_what_is_no_day_is_refused(said):
    with pytest.raises(ArgumentError):
        read(said)


@given(st.integers(1, 60), st.sampled_from(["net_signing", "tax_payment"]))
def test_counting_from_a_step_agrees_with_the_calendar(count, step):
    assert read(f"{step}+{count}wd").when == add_working_days(DAYS[step], count)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.measures import render_number
from brokernotes.model.money import MONEY_UNITS, parse_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("620", 620),
        ("598.5", 598.5),
        ("620万", 620),
        ("620w", 620),
        ("620 W", 620),
        ("620万元", 620),
        ("６２０万", 620),
        ("¥620万", 620),
        ("￥6,200,000元", 620),
        ("6200000元", 620),
        ("5985000元", 598.5),
        ("1.2亿", 12000),
        ("6百万", 600),
        ("1千万", 1000),
        ("6200千", 620),
        ("6200k", 620),
        ("0.1万", 0.1),
        ("33.333万", 33.333),
    ],
)
def test_a_price_is_read_in_its_own_unit_or_the_fields(text, amount):
    read = parse_money(text, "万元")

    assert read == amount
    assert isinstance(read, int) == isinstance(amount, int)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("5500", "元/月", 5500),
        ("5500元/月", "元/月", 5500),
        ("5500/月", "元/月", 5500),
        ("5500 元 / 月", "元/月", 5500),
        ("1.2万/月", "元/月", 12000),
        ("5.5k", "元/月", 5500),
        ("5万", "元", 50000),
        ("58000元/㎡", "元/㎡", 58000),
        ("5.8万/平", "元/㎡", 58000),
        ("2.8元/㎡/月", "元/㎡/月", 2.8),
        ("2.8/平方米/月", "元/㎡/月", 2.8),
        ("2.8元/平", "元/㎡/月", 2.8),
    ],
)
def test_a_rate_may_say_what_it_is_per(text, unit, amount):
    assert parse_money(text, unit) == amount


@pytest.mark.parametrize(
    ("text", "unit", "offset"),
    [
        ("620万左右", "万元", 4),
        ("620万/月", "万元", 4),
        ("620 各付", "万元", 3),
        ("5500元/年", "元/月", 5),
        ("约620", "万元", 0),
        ("-620", "万元", 0),
        ("6.2.0", "万元", 0),
        ("1_000", "万元", 1),
        ("1e3", "万元", 1),
        ("nan", "万元", 0),
        ("inf", "万元", 0),
        ("620②", "万元", 3),
        ("650-600", "万元", 3),
        ("620㎡", "万元", 3),
        ("620kg", "万元", 3),
        ("", "万元", 0),
    ],
)
def test_a_remainder_is_an_error_where_it_begins(text, unit, offset):
    with pytest.raises(FieldError) as caught:
        parse_money(text, unit)

    assert (caught.value.code, caught.value.offset) == ("bad-money", offset)
    assert caught.value.params == {"value": text, "unit": unit}


def test_an_implausible_price_offers_both_readings_and_is_not_guessed():
    with pytest.raises(FieldError) as caught:
        parse_money("6,200,000", "万元", low=5, high=100_000)

    assert caught.value.code == "implausible"
    assert caught.value.params == {
        "value": "6,200,000",
        "reading": "6200000万元",
        "amount": 6200000,
        "other": "6200000元",
        "other_amount": 620,
        "unit": "万元",
        "low": 5,
        "high": 100_000,
    }


def test_a_price_in_yuan_that_must_be_in_ten_thousands_offers_them():
    with pytest.raises(FieldError) as caught:
        parse_money("620元", "万元", low=5, high=100_000)

    assert (caught.value.params["amount"], caught.value.params["other_amount"]) == (0.062, 620)


def test_the_ends_of_the_plausible_range_are_plausible():
    assert parse_money("5", "万元", low=5, high=100_000) == 5
    assert parse_money("10亿", "万元", low=5, high=100_000) == 100_000
    with pytest.raises(FieldError, match="implausible"):
        parse_money("10.0001亿", "万元", low=5, high=100_000)


@pytest.mark.parametrize("text", ["面议", " 待定 ", "暂无"])
def test_a_word_for_no_price_yet_is_not_an_error(text):
    with pytest.raises(FieldError, match="unset-word"):
        parse_money(text, "万元")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("600-650", 600, 650),
        ("600～650万", 600, 650),
        ("600万至650万", 600, 650),
        ("600 到 650 万", 600, 650),
        ("0.9-1.1亿", 9000, 11000),
        ("900万-1.1亿", 900, 11000),
        ("580.5—600", 580.5, 600),
    ],
)
def test_a_range_of_prices_tells_its_ends_in_the_fields_unit(text, low, high):
    with pytest.raises(FieldError) as caught:
        parse_money(text, "万元", low=5, high=100_000)

    assert caught.value.code == "range-in-value"
    assert (caught.value.params["low"], caught.value.params["high"]) == (low, high)


@given(st.integers(1, 10**9), st.sampled_from(sorted(MONEY_UNITS)))
def test_what_is_written_is_read_back_and_yuan_are_exact(yuan, unit):
    amount = parse_money(f"{yuan}元", unit)

    assert parse_money(render_number(amount), unit) == amount
    assert parse_money(f"{yuan:,}元", unit) == amount
    assert round(amount * (10_000 if unit == "万元" else 1)) == yuan

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.measures import parse_area, parse_int, parse_number, render_number


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("118.5", 118.5),
        ("118", 118),
        ("118.0", 118),
        ("118.5㎡", 118.5),
        ("118.5m²", 118.5),
        ("118.5平", 118.5),
        ("118.5 平米", 118.5),
        ("118.5平方米", 118.5),
        ("１１８．５㎡", 118.5),
        ("1,180.5", 1180.5),
    ],
)
def test_an_area_may_carry_its_unit(text, area):
    read = parse_area(text)

    assert read == area
    assert isinstance(read, int) == isinstance(area, int)


@pytest.mark.parametrize(
    ("text", "offset", "length"),
    [
        ("118亩", 3, 1),
        ("118㎡左右", 4, 2),
        ("约118", 0, 4),
        ("-118", 0, 4),
        ("nan", 0, 3),
        ("1e3", 1, 2),
        ("1_000", 1, 4),
        ("1,00", 0, 4),
        ("118.", 0, 4),
        (".5", 0, 2),
        ("", 0, 0),
    ],
)
def test_what_is_no_area_is_pointed_at(text, offset, length):
    with pytest.raises(FieldError) as caught:
        parse_area(text)

    assert (caught.value.code, caught.value.offset, caught.value.length) == (
        "bad-area",
        offset,
        length,
    )


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("3", "", 3),
        ("-1", "", -1),
        ("３", "", 3),
        ("3室", "室", 3),
        ("007", "", 7),
        ("18 层", "层", 18),
        ("12个月", "月", 12),
    ],
)
def test_a_count_may_carry_the_unit_of_its_field(text, unit, number):
    assert parse_int(text, unit) == number


@pytest.mark.parametrize("text", ["3.5", "3室", "三", "9" * 16, "9" * 5000, "²", "٣"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(FieldError, match="bad-int"):
        parse_int(text)


def test_a_number_outside_its_range_names_the_range():
    with pytest.raises(FieldError) as caught:
        parse_int(" 6", low=1, high=5)

    assert caught.value.code == "out-of-range"
    assert caught.value.params == {"value": "6", "low": 1, "high": 5}
    assert (caught.value.offset, caught.value.length) == (1, 1)


@pytest.mark.parametrize("text", ["2-3", "2~3", "２～３", "2至3", "2到3", "2 — 3"])
def test_a_range_tells_its_ends(text):
    with pytest.raises(FieldError) as caught:
        parse_int(text)

    assert caught.value.code == "range-in-value"
    assert (caught.value.params["low"], caught.value.params["high"]) == (2, 3)


def test_a_range_upside_down_is_no_range():
    with pytest.raises(FieldError, match="bad-area"):
        parse_area("120-90")


def test_a_word_for_not_known_yet_is_no_bad_number():
    with pytest.raises(FieldError, match="unset-word"):
        parse_area("待定")


def test_a_number_keeps_its_sign_and_knows_its_unit():
    assert parse_number("-2.80") == -2.8
    assert parse_number("45分钟", "分钟") == 45
    assert parse_number("3 次", "次") == 3
    with pytest.raises(FieldError, match="bad-number"):
        parse_number("45分钟", "天")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (620, "620"),
        (598.5, "598.5"),
        (620.0, "620"),
        (0.00001, "0.00001"),
        (-1.25e-7, "-0.000000125"),
        (1e16, "1" + "0" * 16),
    ],
)
def test_a_number_is_written_without_an_exponent(value, text):
    assert render_number(value) == text


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_what_is_written_is_read_back(digits, decimals):
    value = digits / 10**decimals if digits % 10**decimals else digits // 10**decimals

    assert parse_number(render_number(value)) == value
    assert parse_area(render_number(value) + "㎡") == value

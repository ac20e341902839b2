from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model import phones
from brokernotes.model.phones import (
    dialled,
    mask_numbers,
    mask_phone,
    mask_phones_in_text,
    parse_phone,
)


@pytest.mark.parametrize(
    ("text", "number", "label", "identifies"),
    [
        ("12000001234", "12000001234", "", True),
        ("120 0000 1234", "12000001234", "", True),
        ("120-0000-1234", "12000001234", "", True),
        ("１２０００００１２３４", "12000001234", "", True),
        ("+86 120 0000 1234", "12000001234", "", True),
        ("0086-12000001234", "12000001234", "", True),
        ("8612000001234", "12000001234", "", True),
        ("12000001234 (妻子)", "12000001234", "妻子", True),
        ("12000001234（妻子）", "12000001234", "妻子", True),
        ("12000001234妻子", "12000001234", "妻子", True),
        ("12000001234 2号楼", "12000001234", "2号楼", True),
        ("021-58881234", "02158881234", "", True),
        ("(021) 5888 1234", "02158881234", "", True),
        ("+86 21 5888 1234", "02158881234", "", True),
        ("58881234", "58881234", "", True),
        ("+852 2345 6789 香港", "85223456789", "香港", True),
        ("120****1234", "120****1234", "", False),
        ("110", "110", "", False),
        ("123456", "123456", "", False),
    ],
)
def test_a_number_and_its_label(text, number, label, identifies):
    assert parse_phone(text) == (number, label, identifies)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("妻子 12000001234", 0),
        ("12000001234 12000005678", 11),
        ("12000001234，12000005678", 11),
        ("12000001234/12000005678", 11),
        ("021-58881234 (12000005678)", 12),
        ("1200000123412345", 0),
        ("", 0),
        ("微信同号", 0),
    ],
)
def test_what_is_not_one_number_is_refused(text, offset):
    with pytest.raises(FieldError) as caught:
        parse_phone(text)

    assert (caught.value.code, caught.value.offset) == ("bad-phone", offset)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("12000001234", "120****1234"),
        ("+86 120-0000-1234 (妻子)", "120****1234"),
        ("021-58881234", "021****1234"),
        ("58881234", "****34"),
        ("110", "****"),
        ("120****1234", "120****1234"),
        ("妻子 12000001234", "****"),
        ("1200000123412345", "****"),
        ("", "****"),
    ],
)
def test_a_masked_phone_shows_its_ends_at_most(text, masked):
    assert mask_phone(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话12000001234,明天看房", "电话120****1234,明天看房"),
        ("打 120 0000 1234 或 120-0000-5678", "打 120****1234 或 120****5678"),
        ("+86 12000001234", "120****1234"),
        ("１２０００００１２３４", "120****1234"),
        ("座机 021-58881234 转 8", "座机 021****1234 转 8"),
        ("(0571) 8888 1234", "057****1234"),
        ("热线 400-800-1234", "热线 400****1234"),
        ("+44 7911 123456", "447****3456"),
        ("微信号12000001234同步", "微信号120****1234同步"),
    ],
)
def test_a_phone_inside_a_text_is_masked_in_place(text, masked):
    assert mask_phones_in_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-20 14:30 带看 [[阳光花园 3室2厅-7K2PQM]] 还价 580 万 ^3afq6m4x9",
        "总价6,200,000元,面积118.5㎡",
        "310104198001011236",
        "6222021234567890128",
        "3室2厅 18/24层 2008年",
        "20260820 20260821",
    ],
)
def test_prices_dates_and_codes_stay(text):
    assert mask_phones_in_text(text) == text


@given(
    st.integers(0, 10**10 - 1),
    st.sampled_from(["", " ", "-", ".", "·", " - "]),
    st.sampled_from(["", "+86", "+86 ", "86-", "0086"]),
    st.text("看房价万 ,。(", max_size=8),
)
def test_no_spelling_of_a_mobile_keeps_its_middle(rest, gap, prefix, around):
    digits = f"1{rest:010}"
    typed = f"{prefix}{digits[:3]}{gap}{digits[3:7]}{gap}{digits[7:]}"

    masked = mask_phones_in_text(f"{around}{typed}{around}")

    assert digits[3:7] not in re.sub(r"[ .·\-]", "", masked.replace(digits[7:], "", 2))
    assert "****" in masked


@given(
    st.text("0148６+＋-. ", max_size=30)
    | st.builds("{}{}".format, st.text("0148", max_size=9), st.sampled_from(["+1 2345678", "a"]))
)
def test_no_text_is_passed_over_in_which_a_phone_would_be_found(text):
    found = re.sub(phones._IN_TEXT, "", text) != text
    assert (mask_phones_in_text(text) != text) or not found or "****" in text


GAPS = st.text(" \u00a0\u3000.·-–—", max_size=3)
DIGITS = st.text("0123456789０１８", min_size=1, max_size=4)
RUNS = st.lists(st.tuples(DIGITS, GAPS), min_size=1, max_size=9)


@given(
    st.sampled_from(["", "- 2026-11-21 10:00 ", "(", "（", "a", "9", "/", ":"]),
    st.sampled_from(["", "021", "010)", "(021)", "0571-", "400", "８00 ", "1", "+1 ", "86", "00"]),
    RUNS,
    st.sampled_from(["", "a", ":00", "万", "9"]),
)
def test_whatever_the_pattern_finds_it_is_asked_for(before, begin, rest, after):
    text = before + begin + "".join(digits + gap for digits, gap in rest) + after
    found = re.search(phones._IN_TEXT, text)

    assert found is None or phones._may_hold_phone(text)


def test_the_line_of_an_entry_needs_no_pattern():
    assert not phones._may_hold_phone("- 2026-11-21 10:00 电话 说 3 室，620万 ^3ack67k2p")
    assert phones._may_hold_phone("- 2026-11-21 10:00 电话 021-555 12345")


@given(st.text(max_size=60) | st.text("0123456789+-* ()（妻", max_size=40))
def test_only_a_field_error_ever_comes_out(text):
    with suppress(FieldError):
        parse_phone(text)
    assert len(re.findall(r"\d", mask_phone(text))) <= 7
    mask_phones_in_text(text)


def test_masking_is_linear_in_the_text():
    mask_phones_in_text("1 2-" * 100_000)
    mask_phones_in_text("+1 2 3 4 " * 50_000)


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("phone: 5555-1234", "phone: ****34"),
        ("phone: [120 0000 1111, '55551234 (妻子)']", "phone: [120****1111, '****34 (妻子)']"),
        ("  - +86 120 0000 1111", "  - 120****1111"),
        ("电话：120****1111", "电话：120****1111"),
        ("phone: ５５５５１２３４", "phone: ****34"),
        ("phone:", "phone:"),
    ],
)
def test_every_number_of_a_phone_field_is_masked_as_it_stands(line, masked):
    assert mask_numbers(line) == masked


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800138000", "13800138000"),
        ("+86 138 0013 8000 (妻子)", "13800138000"),
        ("+86 21 5888 1234", "02158881234"),
        ("021-58881234", "02158881234"),
        ("+1 415 555 0100", "+14155550100"),
        ("(+852) 9123 4567 (父亲)", "+85291234567"),
        ("＋85291234567", "+85291234567"),
        ("00852 9123 4567", "0085291234567"),
    ],
)
def test_a_number_abroad_is_dialled_with_its_country(text, number):
    assert dialled(text) == number

from __future__ import annotations

import random

import pytest

from brokernotes.model.cards import find_bank_cards, find_id_cards, is_id_card, mask_cards

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(first17: str) -> str:
    return first17 + "10X98765432"[sum(map(lambda d, w: int(d) * w, first17, WEIGHTS)) % 11]


def card(digits: str) -> str:
    for check in "0123456789":
        total = 0
        for index, digit in enumerate(reversed(digits + check)):
            doubled = int(digit) * (1 + index % 2)
            total += doubled - 9 if doubled > 9 else doubled
        if total % 10 == 0:
            return digits + check
    raise AssertionError


def test_an_identity_number_is_found_where_it_stands():
    number = identity("31010419800101123")

    assert find_id_cards(f"身份证{number}已看") == [(3, 21)]
    assert find_id_cards(f"{number[:6]} {number[6:14]} {number[14:]}") == [(0, 20)]
    assert is_id_card(f" {number} ")
    assert not is_id_card(f"{number} 已看")


def test_an_identity_number_may_end_in_x_in_either_case_and_width():
    number = next(n for i in range(100, 200) if (n := identity(f"31010419800101{i}"))[-1] == "X")

    assert is_id_card(number)
    assert is_id_card(number.lower())
    assert is_id_card("".join(chr(ord(c) + 0xFEE0) for c in number))


@pytest.mark.parametrize(
    "number",
    [
        identity("31010419801301123"),  # no 13th month
        identity("31010418000101123"),  # born in 1800
        identity("99010419800101123"),  # no such province
        identity("31010419800101123")[:-1] + "~",
        "1" + identity("31010419800101123"),
    ],
)
def test_what_fails_place_birth_or_check_is_none(number):
    assert find_id_cards(number) == []


def test_a_wrong_check_digit_is_none():
    number = identity("31010419800101123")

    for digit in set("0123456789X") - {number[-1]}:
        assert not is_id_card(number[:-1] + digit)


@pytest.mark.parametrize(
    "number",
    [
        card("622202123456789012"),
        card("622848123456789"),
        card("621700123456789012"),
        card("436742123456789012"),
        card("411111111111111"),
        card("510000000000000"),
        card("35280000000000" + "0"),
        card("37828224631000"),
        card("955880123456789012"),
    ],
)
def test_a_bank_card_is_found_bare_and_in_groups(number):
    groups = " ".join(number[i : i + 4] for i in range(0, len(number), 4))

    assert find_bank_cards(f"定金打到{number}") == [(4, 4 + len(number))]
    if len(number) >= 16:
        assert find_bank_cards(f"卡号:{groups},请查收") == [(3, 3 + len(groups))]


@pytest.mark.parametrize(
    "text",
    [
        "12000001234",
        "+8612000001234",
        "2026-08-20 14:30 带看 [[阳光花园 3室2厅-7K2PQM]] [意向:: 3] ^3afq6m4x9",
        "20260820143000 20260820150000",
        identity("41010419800101123"),
        "https://example.com/" + card("622202123456789012"),
        "IMG_" + card("411111111111111") + ".jpg",
        card("411111111111111") + ".jpg",
        card("700000000000000"),
        "6222021234567890120",
        "4200-4300-4400",
    ],
)
def test_phones_dates_identity_numbers_links_and_files_are_no_bank_cards(text):
    assert find_bank_cards(text) == []


def test_random_numbers_in_logs_hardly_ever_alarm():
    chance = random.Random(7)
    alarms = 0
    for _ in range(20_000):
        number = str(chance.randrange(10**10, 10**18))
        alarms += bool(find_id_cards(number)) + 2 * bool(find_bank_cards(number))

    assert alarms < 20_000 * 0.02


def test_masked_numbers_keep_their_place_and_length():
    text = "a 11010519491231002X b 4111 1111 1111 1111 c 13800138000"

    masked = mask_cards(text)

    assert masked == "a 1101************** b 4111*************** c 13800138000"
    assert len(masked) == len(text)

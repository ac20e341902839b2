import pytest

from brokernotes.features.card_checks import check_cards
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader

READER = NoteReader(Rules())
IDENTITY = "11010519491231002X"


def luhn(number):
    for check in "0123456789":
        digits = [int(c) * (1 + i % 2) for i, c in enumerate(reversed(number + check))]
        if sum(d - 9 if d > 9 else d for d in digits) % 10 == 0:
            return number + check
    raise AssertionError


CARD = luhn("622202000000000001")


def found(text, path="clients/a.md"):
    problems = check_cards(READER.read(path, text))
    return [(p.code, p.position.line, p.position.column, p.params["key"]) for p in problems]


def test_an_identity_number_in_a_field_names_its_key():
    assert found(f'---\nid: C-9F3DWA\nwechat: "{IDENTITY}"\n---\n') == [
        ("id-card", 3, 10, "wechat")
    ]


def test_a_number_in_a_list_names_the_key_of_the_list():
    assert found(f'---\ntags:\n  - "{IDENTITY}"\n---\n') == [("id-card", 3, 6, "tags")]


def test_numbers_in_log_and_text_are_found_with_their_line():
    text = f"---\nid: C-9F3DWA\n---\n身份证 {IDENTITY}\r\n\r\n- 2026-08-18 电话 打到 {CARD}\n"

    assert found(text) == [("id-card", 4, 5, None), ("bank-card", 6, 20, None)]


@pytest.mark.parametrize("gap", ["-", " "])
def test_groups_of_four_are_one_card(gap):
    card = luhn("621700000000001")
    spaced = gap.join(card[i : i + 4] for i in range(0, 16, 4))

    assert [one[0] for one in found(f"卡 {spaced}\n")] == ["bank-card"]


def test_full_width_digits_are_digits():
    wide = "".join(chr(ord(c) + 0xFEE0) for c in IDENTITY)

    assert [one[0] for one in found(f"身份证 {wide}\n")] == ["id-card"]


@pytest.mark.parametrize(
    "text",
    [
        "- 2026-08-18 2026-08-25 13800138000 电话\n",
        "13800138000 13900139000\n",
        "编号 310115202608200001\n",
        "^3ack67k2p\n",
    ],
)
def test_dates_phones_and_codes_are_no_cards(text):
    assert found(text) == []


def test_a_verification_code_may_look_like_a_card():
    text = f'---\nverification_code: "{CARD}"\n---\n'

    assert found(text, "listings/a.md") == []


def test_a_byte_order_mark_moves_no_column():
    assert found(f"\ufeff{IDENTITY}\n")[0][1:3] == (1, 1)

from datetime import date

import pytest

from brokernotes.features.checking import check_note
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader

READER = NoteReader(Rules())
TODAY = date(2026, 11, 21)


def check(front, body="", note_type="client", path=None, today=TODAY):
    path = path or f"{note_type}s/a.md"
    note = READER.read(path, f"---\ntype: {note_type}\n{front}---\n{body}")
    assert [p.code for p in note.problems if p.code not in ("missing-id", "missing-entry-id")] == []
    return check_note(note, READER.rules, today)


def codes(*args, **kwargs):
    return [found.code for found in check(*args, **kwargs)[0]]


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("budget_min: 400", "budget_max: 650"),
        ("rent_min: 4000", "rent_max: 4000"),
        ("bedrooms_min: 2", "bedrooms_max: 3"),
        ("area_min: 80", "area_max: 120.5"),
    ],
)
def test_a_range_the_right_way_up_is_fine_and_upside_down_is_not(low, high):
    assert codes(f"{low}\n{high}\n") == []
    (low_key, low_value), (high_key, high_value) = low.split(": "), high.split(": ")
    if low_value == high_value:
        return
    (found,), _ = check(f"{low_key}: {high_value}\n{high_key}: {low_value}\n")
    assert found.code == "range-order"
    assert (found.position.line, found.position.column) == (4, len(high_key) + 3)


def test_half_a_range_is_fine():
    assert codes("budget_max: 400\n") == []


def test_a_floor_above_the_top_is_out_of_order():
    assert codes("floor: 20\ntotal_floors: 18\n", note_type="listing") == ["range-order"]


def test_a_deal_signed_before_its_deposit_is_out_of_order():
    front = "deposit_date: 2026-09-01\nsigned_on: 2026-08-01\n"
    assert codes(front, note_type="deal") == ["date-order"]


@pytest.mark.parametrize(
    ("status", "missing"),
    [
        ("在售", ["price", "gross_area", "community"]),
        ("在租", ["rent", "gross_area", "community"]),
        ("租售", ["price", "rent", "gross_area", "community"]),
        ("暂缓", []),
    ],
)
def test_a_status_needs_its_fields(status, missing):
    front = f"grade: A\ncreated: 2026-08-01\nstatus: {status}\n"
    found, _ = check(front, note_type="listing")

    assert [one.params["key"] for one in found] == missing
    assert {one.params["value"] for one in found} <= {status}


def test_a_value_that_cannot_be_read_is_not_missing_too():
    note = READER.read(
        "listings/a.md",
        "---\ncreated: 2026-08-01\ngrade: A\nstatus: 在售\nprice: 很贵\ngross_area: 90\n"
        'community: "[[x]]"\n---\n',
    )

    assert check_note(note, READER.rules, TODAY)[0] == []


def test_a_deposit_needs_amount_buyer_listing_and_day_of_signing():
    found, _ = check("stage: 定金\n", note_type="deal")

    assert [one.params["key"] for one in found] == [
        "listing", "buyer", "deposit_amount", "expected_signing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "transaction", "fits"),
    [
        ("在售", "出售", True),
        ("在售", "租售", True),
        ("在售", "出租", False),
        ("在租", "出售", False),
        ("租售", "出售", False),
        ("我售", "出租", True),
    ],
)
def test_an_active_status_goes_with_its_transaction(status, transaction, fits):
    front = f"grade: A\nstatus: {status}\ntransaction: {transaction}\n"
    found = codes(front, note_type="listing")

    assert ("transaction-mismatch" in found) is not fits


def test_a_deposit_on_a_seized_let_and_co_owned_home_is_flagged_thrice():
    front = "status: 定金\nencumbrances: 查封\noccupant: 租客\nco_owned: true\n"

    assert codes(front, note_type="listing") == [
        "deposit-seized", "deposit-co-owner", "deposit-tenant",
    ]  # fmt: skip
    assert codes(front.replace("定金", "暂缓") + "created: 2026-08-01\n", note_type="listing") == []


def test_what_only_concerns_a_sale_is_not_asked_of_a_lease():
    front = "status: 定金\ntransaction: 出租\noccupant: 租客\n"

    assert codes(front, note_type="listing") == []


def test_an_entry_that_happened_tomorrow_is_wrong_until_then():
    body = "\n## 跟进记录\n\n- 2026-11-22 09:10 电话 x ^a\n- 2026-11-25 09:10 电话 x ^b\n"

    found, stale = check("", body)

    assert [(one.code, one.position.line) for one in found] == [
        ("future-entry", 7), ("future-entry", 8),
    ]  # fmt: skip
    assert stale == date(2026, 11, 22)
    assert check("", body, today=date(2026, 11, 25)) == ([], None)


@pytest.mark.parametrize("box", ["[ ]", "[-]"])
def test_an_entry_ahead_that_is_planned_or_cancelled_is_fine(box):
    assert codes("", f"\n## 跟进记录\n\n- {box} 2026-11-25 09:10 电话 x ^a\n") == []


def test_a_ticked_entry_ahead_is_wrong():
    assert codes("", "\n## 跟进记录\n\n- [x] 2026-11-25 09:10 电话 x ^a\n") == ["future-entry"]


def test_an_entry_of_today_is_fine():
    assert check("", "\n## 跟进记录\n\n- 2026-11-21 23:10 电话 x ^a\n") == ([], None)


def test_a_follow_up_in_four_hundred_days_is_fine_and_in_four_hundred_and_one_is_far():
    assert check("next_followup: 2027-12-26\n") == ([], None)

    (found,), stale = check("next_followup: 2027-12-27\n")

    assert found.code == "followup-far"
    assert stale == date(2026, 11, 22)


def test_a_signing_is_overdue_the_day_after_its_day():
    front = (
        'listing: "[[a]]"\nbuyer: "[[b]]"\nstage: 定金\ndeposit_amount: 100000\n'
        "expected_signing: 2026-11-21\n"
    )

    assert check(front, note_type="deal") == ([], date(2026, 11, 22))
    (found,), stale = check(front, note_type="deal", today=date(2026, 11, 22))
    assert (found.code, stale) == ("signing-overdue", None)


def test_a_client_that_is_followed_up_says_since_when():
    assert codes("stage: 在看\n") == ["start-missing"]
    assert codes("stage: 在看\ninquired_at: 2026-08-01\n") == []
    assert codes("stage: 无效\n") == []
    assert codes("stage: 在看\n", "\n## 跟进记录\n\n- 2026-08-01 电话 x ^a\n") == []


def test_a_listing_on_the_market_wants_a_grade():
    front = 'created: 2026-08-01\nstatus: 在售\nprice: 620\ngross_area: 90\ncommunity: "[[x]]"\n'

    assert codes(front, note_type="listing") == ["missing-grade"]
    assert codes(front + "grade: C\n", note_type="listing") == []


@pytest.mark.parametrize("name", ["a:b", "a?", "CON", " a", "a.", "x" * 81, "Zoe\u0301"])
def test_a_file_name_that_fails_somewhere_is_reported(name):
    assert codes("", path=f"clients/{name}.md") == ["unsafe-name"]


def test_markers_and_templates_in_the_body_are_reported_where_they_stand():
    body = "\n{{title}}\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"

    found, _ = check("", body)

    assert [(one.code, one.position.line) for one in found] == [
        ("conflict-marker", 6), ("conflict-marker", 8), ("conflict-marker", 10),
        ("template-leftover", 5),
    ]  # fmt: skip

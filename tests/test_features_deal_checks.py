"""What is wrong in one deal on which day: nothing is late on its own day."""

from datetime import date

import pytest

from brokernotes.features.deal_checks import check_deal
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader

RULES = Rules()
READER = NoteReader(RULES)


def codes(front, today):
    note = READER.read("deals/d.md", f"---\ntype: deal\n{front}---\n")
    problems, stale = check_deal(note, RULES, date.fromisoformat(today))
    return [one.code for one in problems], stale


@pytest.mark.parametrize(
    ("today", "is_late", "stale"),
    [
        ("2026-11-24", False, date(2026, 11, 26)),
        ("2026-11-25", False, date(2026, 11, 26)),
        ("2026-11-26", True, None),
    ],
)
def test_a_step_is_late_from_the_day_after_its_own(today, is_late, stale):
    front = "stage: 签约\ntemplate: 全款买卖\nsigned_on: 2026-11-02\ntax_payment_on: 2026-11-25\n"

    found, again = codes(front, today)

    assert ("step-late" in found) is is_late
    assert again == stale


@pytest.mark.parametrize(
    ("today", "is_over"), [("2026-12-01", False), ("2026-12-02", True)], ids=["last day", "after"]
)
def test_a_lease_is_filed_within_thirty_days(today, is_over):
    front = "stage: 签约\ntemplate: 租赁\ntransaction: 出租\nsigned_on: 2026-11-01\n"

    found, again = codes(front, today)

    assert ("step-after-term" in found) is is_over
    assert again == (None if is_over else date(2026, 12, 2))

"""A deposit above a fifth of what it is paid for has no effect as one."""

import pytest

from brokernotes.features.deposit_height import above_asking, check_deposit_height
from brokernotes.model.records import Record
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader


def record(note_type, **values):
    return Record(path=f"{note_type}s/x.md", type=note_type, id=None, values=values)


def codes(front):
    reader = NoteReader(Rules())
    note = reader.read("deals/x.md", f"---\ntype: deal\n{front}---\n")
    return [(one.code, one.params["limit"]) for one in check_deposit_height(note)]


@pytest.mark.parametrize(("amount", "is_high"), [(1_000_000, False), (1_000_001, True)])
def test_a_deposit_over_a_fifth_of_the_price_is_flagged(amount, is_high):
    found = codes(f"price: 500\ndeposit_amount: {amount}\n")

    assert found == ([("deposit-too-high", 1_000_000)] if is_high else [])


@pytest.mark.parametrize(
    "front", ["stage: cancelled\n", "deposit_kind: booking\n"], ids=["called off", "booking fee"]
)
def test_what_binds_nobody_is_not_too_high(front):
    assert codes(f"price: 500\ndeposit_amount: 2000000\n{front}") == []


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("lease_months: 12\n", [("lease-deposit-too-high", 12_000)]),
        ("lease_months: 24\n", []),
        ("", []),
    ],
)
def test_a_lease_is_worth_its_rent_over_the_whole_term(front, found):
    assert codes(f"transaction: lease\nrent: 5000\ndeposit_amount: 12001\n{front}") == found


@pytest.mark.parametrize(
    ("deal", "listing", "limit"),
    [
        ({"deposit_amount": 872_001}, {"price": 436}, 872_000),
        ({"deposit_amount": 872_000}, {"price": 436}, None),
        ({"deposit_amount": 872_001, "price": 500}, {"price": 436}, None),
        ({"deposit_amount": 872_001}, {}, None),
        ({"deposit_amount": 872_001, "stage": "completed"}, {"price": 436}, None),
        ({"deposit_amount": 872_001, "stage": "cancelled"}, {"price": 436}, None),
        ({"deposit_amount": 872_001, "deposit_kind": "booking"}, {"price": 436}, None),
        (
            {"deposit_amount": 12_001, "transaction": "lease", "lease_months": 12},
            {"rent": 5000, "price": 436}, 12_000,
        ),
        ({"deposit_amount": 12_001, "transaction": "lease"}, {"rent": 5000}, None),
        (
            {"deposit_amount": 12_001, "lease_months": 12},
            {"rent": 5000, "transaction": "lease"}, 12_000,
        ),
    ],
)  # fmt: skip
def test_without_terms_in_the_deal_what_the_listing_asks_measures_it(deal, listing, limit):
    found = above_asking(
        record("deal", **{"stage": "deposit"} | deal), record("listing", **listing)
    )

    assert (found and found["limit"]) == limit

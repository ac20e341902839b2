"""Fees of deals, as of 2026-11-21."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.deals_fees import fees_of, yuan
from tests.followup_notes import TODAY, day, deal, keys, neighbours, none_of, only

MONEY = st.integers(0, 10**9).map(lambda fen: fen / 100)


def owing(**values):
    return deal(**{"stage": "closing", **values})


def test_what_was_received_is_taken_from_what_is_due():
    note = owing(
        fee_buyer_due=50500,
        fee_buyer_received=20000.5,
        fee_buyer_due_on=day("11-20"),
        fee_buyer_received_on=day("09-05"),
    )
    (fee,) = fees_of(note)
    assert fee == ("buyer", 50500, day("11-20"), Decimal("20000.5"), day("09-05"),
                   Decimal("30499.5"))  # fmt: skip
    assert fee.is_late(TODAY)


def test_a_side_the_note_does_not_speak_of_is_left_out():
    assert [fee.side for fee in fees_of(owing(fee_seller_received=100))] == ["seller"]
    assert fees_of(owing()) == ()


def test_more_than_is_due_leaves_nothing_open_and_no_debt():
    (fee,) = fees_of(owing(fee_buyer_due=100, fee_buyer_received=150))
    assert fee.open == 0


@pytest.mark.parametrize("stage", ["offer", "cancelled"])
def test_an_offer_owes_nothing_yet_and_a_cancelled_deal_nothing_any_more(stage):
    note = deal(stage=stage, fee_buyer_due=100, fee_buyer_due_on=day("11-20"))
    assert fees_of(note)[0].open == 0
    assert none_of(note, "fee")


def test_the_day_of_calling_off_counts_whatever_the_stage_says():
    assert fees_of(owing(fee_buyer_due=100, cancelled_on=day("11-02")))[0].open == 0


@pytest.mark.parametrize("stage", ["deposit", "signed", "closing", "completed"])
def test_a_fee_is_due_on_its_day_until_all_of_it_is_received(stage):
    note = owing(
        stage=stage, fee_seller_due=50500, fee_seller_due_on=day("11-27"), listing="阳光花园"
    )
    found = only(note, "fee", neighbours(values={"L-7K2PQM": {"round": 2}}))
    assert found.key == "D-DEAL01/fee/fee_seller_due_on-2"
    assert (found.due, found.weight, found.value) == (day("11-27"), 0, 5.05)
    assert found.params == {"date": "2026-11-27", "open": "50,500"}
    paid = owing(stage=stage, fee_seller_due=50500, fee_seller_due_on=day("11-27"),
                 fee_seller_received=50500)  # fmt: skip
    assert keys(paid) == []


def test_whoever_closed_collects_not_the_papers_person():
    note = owing(fee_buyer_due=1, fee_buyer_due_on=day("11-20"), document_agent="王敏",
                 closing_agent="陈浩")  # fmt: skip
    assert only(note, "fee", neighbours()).agent == "A-CHEN01"


@given(MONEY, MONEY)
def test_open_and_received_make_up_what_is_due_to_the_cent(due, received):
    (fee,) = fees_of(owing(fee_buyer_due=due, fee_buyer_received=received, fee_buyer_due_on=TODAY))
    assert fee.due is not None
    assert fee.open == max(fee.due - fee.received, 0)
    assert fee.open == fee.open.quantize(Decimal("0.01"))


def test_amounts_read_as_people_write_them():
    assert [yuan(Decimal(one)) for one in ("29600", "29600.5", "0")] == ["29,600", "29,600.50", "0"]

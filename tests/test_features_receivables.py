"""Money outstanding: whose, how much, since when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.receivables import Owed, by_age, by_agent, receivables
from brokernotes.model.records import Record

TODAY = date(2026, 11, 21)


def deal(id_="D-7K2PQM", **values):
    return Record(path=f"deals/{id_}.md", type="deal", id=id_, values=values)


def found(*deals):
    return receivables(deals, TODAY, {"李航": "A-9F3DWA"}.get)


def test_a_side_owes_what_is_due_less_what_came_in():
    told = found(
        deal(
            fee_buyer_due=34000, fee_buyer_received=34000.0, fee_seller_due=32300,
            fee_seller_received=30000, discount=0.95, signed_on=date(2026, 6, 20), agent="李航",
        )
    )  # fmt: skip

    assert [(one.side, one.cents, one.due, one.days, one.agent) for one in told] == [
        ("seller", 2300_00, date(2026, 6, 20), 154, "A-9F3DWA")
    ]


def test_it_is_due_on_the_day_the_note_says_else_at_signing_else_without_age():
    said = deal("D-1", fee_buyer_due=1, fee_buyer_due_on=date(2026, 11, 30), signed_on=TODAY)
    signed = deal("D-2", fee_buyer_due=1, signed_on=TODAY)
    undated = deal("D-3", fee_buyer_due=1)

    assert [(one.deal.id, one.days, one.age) for one in found(undated, said, signed)] == [
        ("D-2", 0, "0-30"), ("D-1", -9, "ahead"), ("D-3", None, "undated"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 10, 22), "0-30"),
        (date(2026, 10, 21), "31-60"),
        (date(2026, 9, 22), "31-60"),
        (date(2026, 9, 21), "61-90"),
        (date(2026, 8, 23), "61-90"),
        (date(2026, 8, 22), "91-"),
    ],
)
def test_ages_have_edges(day, age):
    assert found(deal(fee_buyer_due=1, signed_on=day))[0].age == age


@pytest.mark.parametrize(
    "values",
    [
        {"fee_buyer_due": 10, "stage": "cancelled"},
        {"fee_buyer_due": 10, "stage": "offer"},
        {"fee_buyer_due": 10, "cancelled_on": TODAY},
        {"fee_buyer_due": 10, "fee_buyer_received": 10},
        {"fee_buyer_due": 10, "fee_buyer_received": 12},
        {"fee_buyer_received": 10},
        {"stage": "deposit", "expected_signing": TODAY},
        {"stage": "signed", "expected_signing": date(2026, 1, 1)},
        {"stage": "deposit", "expected_signing": date(2026, 1, 1), "signed_on": TODAY},
    ],
)
def test_nothing_is_outstanding(values):
    assert found(deal(**values)) == []


def test_deposits_past_their_signing_come_first():
    told = found(
        deal("D-1", fee_buyer_due=10, signed_on=date(2020, 1, 1)),
        deal(
            "D-2", stage="deposit", expected_signing=date(2026, 11, 20), deposit_amount=200000,
            agent="孙立",
        ),
    )  # fmt: skip

    assert [(one.kind, one.days) for one in told] == [("deposit", 1), ("fee", 2516)]
    assert (told[0].cents, told[0].agent) == (200_000_00, "孙立")


def test_whoever_closed_collects():
    told = found(deal(fee_buyer_due=1, agent="孙立", closing_agent="李航"))

    assert told[0].agent == "A-9F3DWA"


amounts = st.decimals(0, 10**6, places=2).map(float)


@given(st.lists(st.tuples(amounts, amounts, st.sampled_from(["李航", "孙立", ""])), max_size=6))
def test_the_sums_by_age_and_by_agent_are_the_fees(rows):
    told = found(
        *(
            deal(f"D-{n}", fee_buyer_due=due, fee_buyer_received=paid, agent=agent)
            for n, (due, paid, agent) in enumerate(rows)
        )
    )
    total = sum(one.cents for one in told)

    assert all(one.cents > 0 for one in told)
    for sums in (by_age(told), by_agent(told)):
        assert sum(one.cents for one in sums) == total
        assert sum(one.items for one in sums) == len(told)
    assert all(isinstance(one, Owed) for one in by_agent(told))

"""Offers as of 2026-11-21."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.deals_offers import (
    AGREED,
    BUYER,
    SELLER,
    Offer,
    asking_of,
    money_shown,
    negotiation,
    offers_in,
    take_offer,
)
from tests.followup_notes import TODAY, day, entry


def offer(when, side, amount):
    return Offer(day(when), side, Decimal(amount))


def told(*entries, about=None):
    return [(one.side, int(one.amount)) for one in offers_in(entries, TODAY, about)]


def test_the_side_is_the_fields_else_the_verbs():
    assert told(
        entry("11-10", "offer", amount=580),
        entry("11-11", "counter_offer", amount=600),
        entry("11-12", "offer", amount=595, side="seller"),
        entry("11-13", "negotiate", amount=592),
    ) == [(BUYER, 580), (SELLER, 600), (SELLER, 595), (AGREED, 592)]


@pytest.mark.parametrize(
    "what",
    [
        entry("11-10", "offer", text="再想想"),
        entry("11-10", "call", amount=580),
        entry("11-10", "offer", "planned", amount=580),
        entry("11-10", "offer", "cancelled", amount=580),
        entry("11-22", "offer", amount=580),
        entry("11-10", "offer", amount=0),
    ],
)
def test_what_is_no_offer_or_was_not_made_is_none(what):
    assert told(what) == []


def test_a_corrected_offer_gives_way():
    wrong = entry("11-10", "offer", id="3aaaaaaaa", amount=58)
    assert told(wrong, entry("11-10", "offer", amount=580, corrects="3aaaaaaaa")) == [(BUYER, 580)]


def test_of_a_buyers_log_only_what_links_the_listing_counts():
    mine = entry("11-10", "offer", amount=580, links=("阳光花园 3室",))
    other = entry("11-11", "offer", amount=300, links=("春江苑",))
    assert told(mine, other, about=lambda one: "阳光花园 3室" in one.links) == [(BUYER, 580)]


def test_the_gap_is_between_the_last_of_each_side_and_it_is_told_how_it_moved():
    found = negotiation(
        [
            offer("11-06", BUYER, 2700),
            offer("11-09", SELLER, 2900),
            offer("11-12", BUYER, 2750),
            offer("11-12", SELLER, 2850),
        ]
    )
    assert found is not None
    assert (found.buyer, found.seller, found.gap, found.rounds) == (2750, 2850, 100, 2)
    assert found.gaps == (200, 150, 100)
    assert not found.asked


def test_the_price_asked_stands_for_the_owner_until_they_counter():
    found = negotiation([offer("11-06", BUYER, 580)], Decimal(620))
    assert found is not None
    assert (found.seller, found.asked, found.gap) == (620, True, 40)


def test_without_a_price_there_is_no_gap_yet():
    found = negotiation([offer("11-06", BUYER, 580)])
    assert found is not None
    assert (found.seller, found.gap) == (None, None)
    assert negotiation([]) is None


def test_what_both_agree_on_leaves_no_gap_and_what_two_logs_tell_counts_once():
    twice = [offer("11-06", BUYER, 580), offer("11-06", BUYER, 580)]
    found = negotiation([*twice, offer("11-07", AGREED, 592)], Decimal(620))
    assert found is not None
    assert (len(found.offers), found.rounds, found.gap) == (2, 1, 0)


@given(
    st.lists(
        st.tuples(
            st.dates(day("11-01"), day("11-20")),
            st.sampled_from([BUYER, SELLER, AGREED]),
            st.integers(1, 9000).map(Decimal),
        ),
        max_size=12,
    ),
    st.none() | st.integers(1, 9000).map(Decimal),
)
def test_a_gap_is_never_negative_and_saying_all_twice_changes_nothing(rows, asking):
    offers = [Offer(*row) for row in rows]
    found = negotiation(offers, asking)
    assert found == negotiation([*offers, *offers], asking)
    if found is not None:
        assert all(gap >= 0 for gap in found.gaps)
        assert all(one != two for one, two in zip(found.gaps, found.gaps[1:], strict=False))
        if found.buyer is not None and found.seller is not None:
            assert found.gap == max(found.seller - found.buyer, 0)


@pytest.mark.parametrize(
    ("text", "verb", "is_lease", "expected"),
    [
        ("580", "offer", False, ("", {"amount": 580, "side": "buyer"})),
        ("580万，一口价", "offer", False, ("一口价", {"amount": 580, "side": "buyer"})),
        ("595 送空调", "counter_offer", False, ("送空调", {"amount": 595, "side": "seller"})),
        ("592 成", "negotiate", False, ("成", {"amount": 592})),
        ("7000 押一付三", "offer", True, ("押一付三", {"amount": 0.7, "side": "buyer"})),
        ("7000元/月", "offer", True, ("", {"amount": 0.7, "side": "buyer"})),
        ("0.7万", "offer", True, ("", {"amount": 0.7, "side": "buyer"})),
        ("1,250", "offer", False, ("", {"amount": 1250, "side": "buyer"})),
        ("580", "call", False, ("580", {})),
        ("3天后再谈", "offer", False, ("3天后再谈", {})),
        ("吴先生 580", "offer", False, ("吴先生 580", {})),
    ],
)
def test_an_amount_that_begins_the_text_of_an_offer_becomes_a_field(text, verb, is_lease, expected):
    assert take_offer(text, {}, verb, is_lease=is_lease) == expected


def test_what_the_fields_say_already_stands():
    given_ = {"amount": 570, "side": "seller"}
    assert take_offer("580", given_, "offer", is_lease=False) == ("580", given_)


def test_amounts_are_shown_as_they_are_said():
    assert [money_shown(Decimal(one)) for one in ("580", "580.5", "0.7", "0", "1200")] == [
        "580万", "580.5万", "7,000元", "0万", "1200万",
    ]  # fmt: skip
    assert asking_of({"rent": 7000}, is_lease=True) == Decimal("0.7")
    assert asking_of({"price": 620}, is_lease=False) == 620
    assert asking_of({}, is_lease=False) is None


def test_a_rent_is_written_in_yuan_and_read_back_the_same():
    from brokernotes.model.rules import builtin_schema
    from brokernotes.notes.log_values import parse_log_value, render_log_value
    from brokernotes.notes.log_vocabulary import LogBook

    key = builtin_schema().log_keys["amount"]
    book = LogBook(builtin_schema())
    for amount, written in (
        (0.7, "7000元"),
        (0.55, "5500元"),
        (2.55, "25500元"),
        (5, "5"),
        (580, "580"),
    ):
        assert render_log_value(key, amount, book) == written
        assert parse_log_value(key, written, book).value == amount

"""What an owner is told: counted, compared, advised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from brokernotes.features.owner_report import (
    OTHER,
    Comparable,
    Echo,
    Point,
    Situation,
    Yardstick,
    advice_on,
    echo_of,
    is_comparable,
    is_rival,
    yardstick_of,
)
from brokernotes.storage.encounters import Encounter

TODAY = date(2026, 11, 21)
HOME = {"gross_area": 100, "bedrooms": 3}


def met(client, day, reaction=None, *objections, shown=True):
    return Encounter("L-1", client, date(2026, 11, day), None, shown, reaction, objections)


def test_showings_count_once_a_client_and_day_and_the_last_word_counts():
    echo = echo_of(
        [
            met("C-1", 3, "like", "price"), met("C-1", 3, None, "price"),
            met("C-1", 9, "reject", "其实是婆婆"), met(None, 4), met(None, 4),
            met("C-2", 5, "consider", shown=False), met("C-3", 20, "like"),
        ],
        date(2026, 11, 1), date(2026, 11, 10), {"price"},
    )  # fmt: skip

    assert echo == Echo(4, 3, 1, {"reject": 1, "consider": 1}, {"price": 1, OTHER: 1})


def deal(price, area=100, bedrooms=3, days=30, **more):
    return Comparable(TODAY - timedelta(days=days), bedrooms, area, price, **more)


@pytest.mark.parametrize(
    ("comparables", "expected"),
    [
        ([deal(500), deal(520)], Yardstick(510, "deals", 2)),
        ([deal(500), deal(520), deal(900, bedrooms=2)], Yardstick(510, "deals", 2)),
        ([deal(500), deal(400, bedrooms=2)], Yardstick(550, "average")),
        ([deal(500), deal(400, bedrooms=2), deal(600, bedrooms=1)], Yardstick(500, "deals", 3)),
        ([deal(500), deal(520, days=400)], Yardstick(550, "average")),
        ([deal(500), deal(520, is_deal=False)], Yardstick(550, "average")),
        ([deal(500, area=None), deal(520, area=None)], Yardstick(550, "average")),
    ],
)
def test_two_alike_or_three_of_any_make_a_market(comparables, expected):
    estate = {"avg_price": 55_000}
    found = yardstick_of(HOME, estate, comparables, "sale", TODAY)

    assert found is not None
    assert found._replace(price=round(found.price, 2)) in (expected, expected._replace(deals=2))


def test_without_deals_and_average_there_is_nothing_to_compare_with():
    assert yardstick_of(HOME, {}, [deal(500)], "sale", TODAY) is None
    assert yardstick_of({}, {"avg_price": 5}, [], "sale", TODAY) is None
    assert yardstick_of(HOME, {"avg_price": 5}, [deal(9000)], "lease", TODAY) is None


def situation(price, showings=0, dear=0, changed=None, yardstick=500):
    curve = (Point(TODAY - timedelta(days=200), price + 10),)
    if changed is not None:
        curve += (Point(TODAY - timedelta(days=changed), price),)
    return Situation(
        side="sale", price=price, days=100,
        echo=Echo(showings, showings, 0, {}, {"price": dear} if dear else {}),
        curve=curve, comparables=(), rivals=(),
        yardstick=Yardstick(yardstick, "average") if yardstick else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        (situation(515, showings=5), "keep"),
        (situation(515, showings=1), "wait"),
        (situation(450), "show"),
        (situation(510, showings=5, dear=2), "dear"),
        (situation(516), "lower"),
        (situation(516, showings=6, dear=2), "lower"),
        (situation(516, showings=6, dear=1), "wait"),
        (situation(516, showings=9, dear=2), "wait"),
        (situation(516, changed=29), "wait"),
        (situation(516, changed=30), "lower"),
        (situation(516, showings=4, dear=2, yardstick=None), "ask"),
        (situation(516, yardstick=None), "unknown"),
    ],
)
def test_advice_follows_from_what_is_known(known, kind):
    assert advice_on(known, TODAY).kind == kind


@pytest.mark.parametrize("price", [516, 517, 600, 9000])
def test_a_lower_price_is_never_above_the_one_that_stands(price):
    advice = advice_on(situation(price), TODAY)

    assert advice.kind == "lower"
    assert 0 < advice.low <= advice.high <= price


# -- what is compared with what


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ordinary_home", "ordinary_home", True),
        ("ordinary_home", "non_ordinary_home", True),
        ("ordinary_home", None, True),
        (None, None, True),
        ("ordinary_home", "parking_space", False),
        (None, "parking_space", False),
        ("office", "garage", False),
        ("office", "office", True),
    ],
)
def test_a_parking_space_or_an_office_is_no_home_to_compare_with(one, other, expected):
    first, second = {"property_type": one}, {"property_type": other}

    assert is_comparable(first, second) is expected
    assert is_comparable(second, first) is expected


def test_a_rival_has_as_many_rooms_and_what_has_none_is_of_one_kind():
    flat, office = {"bedrooms": 3}, {"property_type": "office"}

    assert is_rival(flat, {"bedrooms": 3})
    assert not is_rival(flat, {"bedrooms": 2})
    assert not is_rival({}, {})  # nobody noted how many either has
    assert is_rival(office, {"property_type": "office"})
    assert not is_rival(office, {"property_type": "garage"})


def test_the_estate_s_average_is_of_homes():
    estate = {"avg_price": 55_000}
    for kind in ("parking_space", "office", "shop"):
        assert yardstick_of({**HOME, "property_type": kind}, estate, [], "sale", TODAY) is None
    assert yardstick_of({**HOME, "property_type": "villa"}, estate, [], "sale", TODAY) is not None


def test_where_a_deposit_is_paid_no_price_is_advised():
    assert advice_on(replace(situation(700, dear=5), is_reserved=True), TODAY).kind == "reserved"

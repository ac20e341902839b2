"""What a home costs in the words of a proposal."""

from __future__ import annotations

import pytest

from brokernotes.features.proposal_prices import UnitPrice, asked_price, unit_price
from tests.test_features_proposals import voice

SPACE = {"property_type": "parking_space", "price": 22, "gross_area": 13.2}
FLAT = {"property_type": "ordinary_home", "price": 530, "gross_area": 100}
ESTATE = {"avg_price": 53_000, "avg_price_on": "2026-11-01"}


def test_what_is_no_home_is_not_held_against_the_estate_s_average():
    assert unit_price(SPACE, ESTATE, "sale", voice()) == UnitPrice("16,667 元/㎡")
    assert unit_price({**SPACE, "property_type": "office"}, ESTATE, "sale", voice()).against == ""


@pytest.mark.parametrize(
    ("price", "percent", "against"),
    [
        (530, "+0.0%", "和小区均价（53,000 元/㎡，2026-11-01）持平"),
        (583, "+10.0%", "比小区均价（53,000 元/㎡，2026-11-01）高 10%"),
        (477, "-10.0%", "比小区均价（53,000 元/㎡，2026-11-01）低 10%"),
    ],
)
def test_a_home_is_held_against_its_estate(price, percent, against):
    found = unit_price({**FLAT, "price": price}, ESTATE, "sale", voice())

    assert (found.percent, found.against) == (percent, against)


@pytest.mark.parametrize("gone", ["price", "gross_area"])
def test_without_price_or_area_there_is_none(gone):
    assert unit_price({**FLAT, gone: None}, ESTATE, "sale", voice()) == UnitPrice()
    assert unit_price(FLAT, ESTATE, "lease", voice()) == UnitPrice()


def test_terms_stand_behind_a_price_and_not_behind_none():
    assert asked_price(FLAT, ["到手价"], "sale", voice()) == "530 万（到手价，税费另加）"
    assert asked_price(FLAT, ["各付"], "sale", voice("en")) == "¥5,300,000 (各付)"
    assert "各付" not in asked_price({}, ["各付"], "sale", voice())

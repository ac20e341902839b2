"""What speaks against proposing a home."""

from __future__ import annotations

import pytest

from brokernotes.features.proposal_doubts import Doubts, doubts_about

HOME = {"status": "for_sale", "price": 590, "rent": 6000, "gross_area": 110, "community": "M-1"}


def test_a_home_that_is_described_and_free_raises_none():
    assert doubts_about(HOME, "sale") == Doubts(is_reserved=False, missing=())


def test_a_deposit_is_a_doubt():
    assert doubts_about({**HOME, "status": "deposit"}, "sale").is_reserved


@pytest.mark.parametrize("value", [None, 0, ""])
@pytest.mark.parametrize("key", ["price", "gross_area", "community"])
def test_what_every_home_must_say_and_this_one_does_not(key, value):
    assert doubts_about({**HOME, key: value}, "sale").missing == (key,)


def test_a_home_to_let_says_its_rent_and_needs_no_price():
    assert doubts_about({**HOME, "price": None}, "lease").missing == ()
    assert doubts_about({**HOME, "rent": None}, "lease").missing == ("rent",)

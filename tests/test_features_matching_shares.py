"""How far a home meets one criterion: where near begins and ends."""

from datetime import date

import pytest

from brokernotes.features.matching_shares import (
    FIT,
    MISS,
    NEAR,
    available_share,
    rooms_share,
    year_share,
)
from tests.topic_cases import home


@pytest.mark.parametrize(
    ("free", "share"),
    [("2026-12-01", FIT), ("2026-12-02", NEAR), ("2026-12-31", NEAR), ("2027-01-01", MISS)],
)
def test_free_within_thirty_days_is_near(free, share):
    assert available_share(date(2026, 12, 1), home(available_from=free)) == share


@pytest.mark.parametrize(("year", "share"), [(2005, FIT), (2000, NEAR), (1999, MISS)])
def test_five_years_older_is_near(year, share):
    assert year_share(2005, home(year_built=year)) == share


@pytest.mark.parametrize(("rooms", "share"), [(3, FIT), (2, NEAR), (4, NEAR), (1, MISS), (5, MISS)])
def test_one_room_more_or_less_is_near(rooms, share):
    assert rooms_share(3, 3, home(bedrooms=rooms)) == share


def test_what_is_not_known_is_no_miss():
    assert available_share(date(2026, 12, 1), home()) is None
    assert year_share(2005, home()) is None
    assert rooms_share(3, 3, home(bedrooms=None)) is None

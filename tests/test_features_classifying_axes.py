"""What follows for a listing from the day and from who asks."""

from datetime import date

import pytest

from brokernotes.features.classifying_axes import age, is_in_area, is_residential, tax_class
from brokernotes.model.terms import OPEN

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("acquired", "only", "found"),
    [
        ("2024-11-22", True, "under_two"),
        ("2024-11-21", True, "two"),
        ("2021-11-22", True, "two"),
        ("2021-11-21", True, "five_only"),
        ("2021-11-21", False, "five_other"),
        ("2021-11-21", None, "five_unsure"),
        (None, True, None),
        ("2024-02-29T10:00", None, "two"),
    ],
)
def test_two_and_five_years_are_full_on_their_day(acquired, only, found):
    assert tax_class({"acquired_on": acquired, "only_home": only}, TODAY) == found


def test_a_leap_day_is_full_on_the_last_of_february():
    assert tax_class({"acquired_on": "2024-02-29"}, date(2026, 2, 27)) == "under_two"
    assert tax_class({"acquired_on": "2024-02-29"}, date(2026, 2, 28)) == "two"


def test_every_kind_of_property_is_a_home_or_not():
    kinds = {choice.id: is_residential({"property_type": choice.id}) for choice in OPEN[
        "property_type"
    ]}  # fmt: skip

    assert {kind for kind, found in kinds.items() if found} == {
        "ordinary_home", "non_ordinary_home", "villa",
    }  # fmt: skip
    assert None not in kinds.values()
    assert is_residential({}) is None
    assert is_residential({"property_type": "窑洞"}) is None


def test_the_year_of_the_estate_stands_in_for_a_listing_without_one():
    assert age({"year_built": 2006}, {"year_built": 1990}, TODAY) == 20
    assert age({}, {"year_built": 1990}, TODAY) == 36
    assert age({"year_built": 2028}, None, TODAY) == 0
    assert age({}, {}, TODAY) is None


@pytest.mark.parametrize(
    ("areas", "found"),
    [
        (["浦东"], True),
        (["浦东新区"], True),
        (["金杨商圈"], True),
        (["阳光花园"], True),
        (["徐汇", "长宁"], False),
        (["区"], False),
        ([], None),
    ],
)
def test_an_area_is_a_district_a_neighborhood_or_an_estate(areas, found):
    estate = {"district": "浦东区", "neighborhood": "金杨"}

    assert is_in_area({}, estate, "阳光花园", areas) is found
    assert is_in_area({}, None, None, areas) is None

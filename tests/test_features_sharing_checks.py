"""What goes against the rules of sharing, from facts alone."""

from datetime import date

import pytest

from brokernotes.errors import Position
from brokernotes.features.duplicates import Door
from brokernotes.features.sharing import House, Seat, Shared
from brokernotes.features.sharing_checks import (
    Home,
    OwnerContact,
    SharingFound,
    check_sharing,
)


def at(path: str, key: str, _: str | None) -> Position:
    return Position(f"{path}:{key}", 1, 1)


def codes(found: SharingFound) -> list[str]:
    return [one.code for one in check_sharing(found, at)]


def home(path: str, door: Door, **more: object) -> Home:
    shared = Shared(ref=path, type="listing", agent="A-1")
    return Home(path=path, shared=shared, door=door, phones=frozenset({"120"}), **more)


@pytest.mark.parametrize(
    ("one", "other", "more", "told"),
    [
        (Door(1), Door(1), {}, True),
        (Door(1, "3", None, "301"), Door(1, "3"), {}, True),
        (Door(1, "3", None, "301"), Door(1, "3", None, "301"), {}, False),  # property-twice
        (Door(1, "3"), Door(1, "4"), {}, False),
        (Door(1), Door(2), {}, False),
        (Door(None), Door(None), {}, False),
        (Door(1), Door(1), {"kind": "shop"}, False),
        (Door(1), Door(1), {"size": 100.0}, False),
        (Door(1), Door(1), {"size": 91.9}, True),
    ],
)
def test_one_owner_twice_in_one_estate_unless_the_homes_surely_differ(one, other, more, told):
    homes = [home("a", one, kind="home", size=90.0), home("b", other, **{"kind": "home"} | more)]

    assert codes(SharingFound(homes=homes)) == ["property-likely-twice"] * (2 if told else 0)


def contacts(*told: tuple[str, int]) -> list[OwnerContact]:
    return [
        OwnerContact(owner="120", agent=agent, day=date(2026, 8, day), at=Position("a", line, 3))
        for line, (agent, day) in enumerate(told, 1)
    ]


@pytest.mark.parametrize(
    ("told", "crowded"),
    [
        ([("A-1", 1), ("A-2", 4)], True),
        ([("A-2", 4), ("A-1", 1)], True),
        ([("A-1", 1), ("A-2", 5)], False),
        ([("A-1", 1), ("A-1", 2)], False),
        ([("A-1", 1), ("A-9", 2)], False),  # who stands above
        ([("A-9", 1), ("A-1", 2)], False),
        ([("A-1", 1), ("A-3", 2)], False),  # who hands over
    ],
)
def test_two_agents_with_one_owner_within_days(told, crowded):
    found = SharingFound(
        house=House(seats={"A-1": Seat("A-9")}),
        contacts=contacts(*told),
        gone={"A-3": date(2026, 8, 20)},
    )

    assert codes(found) == (["owner-crowded"] if crowded else [])


def test_a_pair_of_agents_is_told_once_for_each_owner():
    found = SharingFound(contacts=contacts(("A-1", 1), ("A-2", 2), ("A-1", 3), ("A-4", 4)))

    assert codes(found) == ["owner-crowded", "owner-crowded"]


def test_by_area_a_listing_without_a_holder_is_no_finding_unless_it_says_private():
    shared = Shared(ref="L", type="listing", status="for_sale")
    said = Shared(ref="M", type="listing", status="for_sale", sharing="private")
    homes = [Home(path="a", shared=shared), Home(path="b", shared=said)]

    assert codes(SharingFound(house=House(mode="mixed_area"), homes=homes)) == [
        "private-without-holder"
    ]

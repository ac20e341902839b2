"""What the market gives to say to owners, from values alone; whole vaults: test_cli_briefing."""

from datetime import date

import pytest

from brokernotes.features.owner_topics import owner_topics
from brokernotes.model.topics import Move
from tests.topic_cases import NEW, Seen, codes, home, talk


def of_owner(said, *neighbours, own=None, **estate):
    return list(owner_topics(said, own or home(), estate, neighbours))


def seen(day, **more):
    return Seen(day=date.fromisoformat(day), **more)


def test_one_client_on_one_day_is_one_showing_and_one_objection():
    met = [seen("2026-11-10", objections=("price",)), seen("2026-11-10", objections=("price",)),
           seen("2026-11-12", client="C-2", objections=("price", "light")),
           seen("2026-10-01", client="C-3")]  # fmt: skip
    (topic,) = of_owner(talk(*met, ref="L-1"))
    assert topic.code == "shown"
    assert topic.params["count"] == 2
    assert topic.params["objections"] == {"price": 2, "light": 1}


@pytest.mark.parametrize(
    "other",
    [
        {"bedrooms": 2},
        {"property_type": "parking_space"},
        {"status": "deposit"},
        {"status": "for_lease", "rent": 6000},
    ],
)
def test_what_is_no_rival_is_not_told(other):
    own = home(property_type="ordinary_home")
    found = of_owner(talk(ref="L-1"), (home("L-2", **other), [NEW]), own=own)
    assert [code for code in codes(found) if code.startswith("rival")] == []


def test_a_rival_let_says_nothing_to_whoever_sells():
    let = Move("2026-11-12", "status", "for_lease", "leased_by_us")
    rival = home("L-2", status="leased_by_us", rent=6000)
    assert "rival-closed" not in codes(of_owner(talk(ref="L-1"), (rival, [let])))


def test_an_average_noted_anew_is_told_where_the_price_is_far_from_it():
    noted = {"avg_price": 60000, "avg_price_on": "2026-11-18"}
    (topic,) = of_owner(talk(ref="L-1"), **noted)
    assert (topic.code, topic.params["gap"], topic.params["usual"]) == ("market", 20, 540)
    near = {"avg_price": 72000, "avg_price_on": "2026-11-18"}
    assert codes(of_owner(talk(ref="L-1"), **near)) == ["quiet"]


def test_a_parking_space_is_not_held_against_what_homes_cost():
    noted = {"avg_price": 60000, "avg_price_on": "2026-11-18"}
    own = home(property_type="parking_space", price=22, gross_area=12)
    assert codes(of_owner(talk(ref="L-1"), own=own, **noted)) == ["quiet"]


def test_two_weeks_without_a_showing_are_told_with_how_dear_it_is():
    old = {"avg_price": 60000, "avg_price_on": "2026-08-01"}
    (topic,) = of_owner(talk(ref="L-1"), **old)
    assert (topic.code, topic.start, topic.params["gap"]) == ("quiet-dear", "2026-11-15", 20)
    assert codes(of_owner(talk(ref="L-1"))) == ["quiet"]
    assert "quiet" not in codes(of_owner(talk(seen("2026-11-10"), ref="L-1")))


def test_an_owner_whose_home_is_off_the_market_hears_nothing_of_it():
    assert of_owner(talk(ref="L-1"), (home("L-2"), [NEW]), own=home(status="paused")) == []


def test_while_somebody_is_about_to_look_nobody_says_that_nobody_does():
    said = talk(ref="L-1")
    awaited = said._replace(thread=said.thread._replace(awaits=True))
    assert "quiet" not in codes(of_owner(awaited))

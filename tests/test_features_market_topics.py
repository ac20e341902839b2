"""What the market gives to say, from values alone; whole vaults: test_cli_briefing."""

from datetime import date

import pytest

from brokernotes.features.market_topics import Talk, client_topics, owner_topics, untold_topics
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_history import history_of
from brokernotes.features.matching_sides import Named, home_of, want_of
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.rules import builtin_schema
from brokernotes.model.topics import Move, Thread, Topic

TODAY = date(2026, 11, 21)
SINCE = "2026-11-01T10:00"


class Seen(NamedTuple):
    client: str = "C-1"
    listing: str = "L-1"
    day: date = date(2026, 10, 5)
    is_showing: bool = True
    reaction: str | None = None
    objections: tuple[str, ...] = ()


def home(ref="L-1", **values):
    given = {"status": "for_sale", "price": 650, "bedrooms": 3, "gross_area": 90,
             "district": "浦东", "community": "M-1", **values}  # fmt: skip
    return home_of(Named(ref, f"{ref}.md", f"家 {ref}"), given, {}, builtin_schema(), TODAY)


def want(**values):
    given = {"intents": ["buy"], "budget_max": 700, "districts": ["浦东"], **values}
    return want_of(Named("C-1", "C-1.md", "李女士"), given, lambda _: None)


def talk(*met, topics=(), told=None, words="", ref="C-1"):
    return Talk(ref, Thread(SINCE, {}, words, tuple(topics)), told or {}, met, history_of(met))


def codes(found):
    return [topic.code for topic in found]


def of_client(said, *homes, minded=None):
    offered = {one.ref: (one, moves) for one, moves in homes}
    return list(client_topics(said, want(), offered, Settings(), minded))


CUT = Move("2026-11-12", "price_cut", 680, 650, "sale", "3ackbbbb1")
NEW = Move("2026-11-12T09:00", "new")


def test_two_cuts_since_the_last_talk_are_one_from_the_first_price_to_the_last():
    second = Move("2026-11-15", "price_cut", 650, 640, "sale")
    (topic,) = of_client(talk(), (home(), [CUT, second]))
    assert (topic.code, topic.params["old"], topic.params["new"]) == ("offer-cut", 680, 640)


def test_a_cut_that_was_taken_back_is_none():
    back = Move("2026-11-15", "price_rise", 650, 690, "sale")
    assert of_client(talk(), (home(), [CUT, back])) == []


def test_a_rent_that_fell_is_nothing_to_a_buyer():
    assert of_client(talk(), (home(), [CUT._replace(side="lease")])) == []


def test_a_new_home_is_new_though_it_became_cheaper_since():
    assert codes(of_client(talk(), (home(), [NEW, CUT]))) == ["offer-new"]


def test_what_is_seen_comes_up_again_only_where_it_is_cheaper():
    assert of_client(talk(Seen()), (home(), [NEW])) == []
    assert codes(of_client(talk(Seen()), (home(), [CUT]))) == ["cut-seen"]
    turned_down = Seen(reaction="reject", objections=("price",))
    assert codes(of_client(talk(turned_down), (home(), [CUT]))) == ["cut-rejected"]


@pytest.mark.parametrize("status", ["deposit", "paused", "sold_by_others"])
def test_a_home_that_is_gone_is_no_offer(status):
    assert of_client(talk(), (home(status=status), [NEW])) == []


def test_of_what_pleased_the_last_word_counts():
    moved = (home(status="deposit"), [Move("2026-11-12", "status", "for_sale", "deposit")])
    liked = Seen(reaction="like")
    dropped = Seen(reaction="reject", day=date(2026, 10, 6))
    assert codes(of_client(talk(liked), moved)) == ["liked-status"]
    assert codes(of_client(talk(liked, dropped), moved)) == []


def test_a_home_that_pleased_and_became_dearer_is_told():
    moved = (home(price=700), [Move("2026-11-12", "price_rise", 650, 700, "sale")])
    assert codes(of_client(talk(Seen(reaction="consider")), moved)) == ["liked-rise"]


def test_an_objection_is_answered_only_by_what_surely_is_otherwise():
    objection = Topic("objection", {"objections": ["floor"]})
    minded = home("L-9", floor_band="low")
    for floor, code in (("high", "offer-answers"), ("low", "offer-new"), (None, "offer-new")):
        facts = {"floor_band": floor} if floor else {}
        found = of_client(talk(topics=[objection]), (home(**facts), [NEW]), minded=minded)
        assert codes(found) == [code]


def test_of_what_was_never_spoken_of_only_what_suits_well_is_told_best_first():
    homes = [home("L-1", bedrooms=5), home("L-2"), home("L-3", price=740)]
    found = list(untold_topics(talk(), want(bedrooms_min=3, bedrooms_max=3), homes, Settings()))
    assert [topic.about for topic in found] == ["L-2", "L-3"]
    assert found[0].params["score"] > found[1].params["score"]


def test_of_two_that_suit_alike_the_newer_is_told_first():
    found = list(untold_topics(talk(), want(), [home("L-2"), home("L-1")], Settings()))
    assert [topic.about for topic in found] == ["L-2", "L-1"]


# --- owners


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

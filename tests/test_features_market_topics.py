"""What the market gives to say to clients, from values alone; whole vaults: test_cli_briefing."""

from datetime import date

import pytest

from brokernotes.features.market_topics import client_topics, untold_topics
from brokernotes.features.matching_criteria import Settings
from brokernotes.model.topics import Move, Topic
from tests.topic_cases import CUT, NEW, Seen, codes, home, talk, want


def of_client(said, *homes, minded=None):
    offered = {one.ref: (one, moves) for one, moves in homes}
    return list(client_topics(said, want(), offered, Settings(), minded))


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


def test_what_nearly_suits_is_no_reason_to_call_and_is_told_as_news_only():
    wish, near = want(bedrooms_min=4), home(bedrooms=3)
    assert list(untold_topics(talk(), wish, [near], Settings())) == []
    assert codes(client_topics(talk(), wish, {"L-1": (near, [NEW])}, Settings())) == ["offer-new"]


def test_of_two_that_suit_alike_the_newer_is_told_first():
    found = list(untold_topics(talk(), want(), [home("L-2"), home("L-1")], Settings()))
    assert [topic.about for topic in found] == ["L-2", "L-1"]

"""Matching: what a client wants against what a home offers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.matching import judge, rank, settings_of
from brokernotes.features.matching_bulk import Pool
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_findings import questions, shortcomings, unasked
from brokernotes.features.matching_history import history_of
from brokernotes.features.matching_learning import MOST, Reaction, with_lessons
from brokernotes.features.matching_seekers import Seekers
from brokernotes.features.matching_shares import FIT, MISS, area_share, price_share, rooms_share
from brokernotes.features.matching_sides import Named, home_of, want_of
from brokernotes.features.matching_texts import MatchVoice, note
from brokernotes.language import language
from brokernotes.model.rules import builtin_schema
from brokernotes.storage.encounters import Encounter

SCHEMA = builtin_schema()
EN = MatchVoice(language=language("en"), schema=SCHEMA)
USUAL = {"status": "for_sale", "price": 500, "bedrooms": 3, "gross_area": 100, "district": "浦东"}
NOWHERE = {"districts": None}
BUYER = {"intents": ["buy"], "budget_max": 500, "bedrooms_min": 3, "districts": ["浦东"]}


def home(ref="L-1", estate=None, **values):
    told = {key: one for key, one in {**USUAL, **values}.items() if one is not None}
    return home_of(Named(ref, f"{ref}.md", ref), told, estate or {}, SCHEMA)


def want(ref="C-1", district_of=lambda _: None, **values):
    told = {key: one for key, one in {**BUYER, **values}.items() if one is not None}
    return want_of(Named(ref, f"{ref}.md", ref), told, district_of)


def criterion(match, key):
    (found,) = [one for one in match.criteria if one.key == key]
    return found


def verdict(key, wanted=None, offered=None, **more):
    match = judge(want(**(wanted or {})), home(**(offered or {}), **more), Settings())
    return criterion(match, key).verdict


# -- prices, rooms, areas


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (500, "fit"),
        (10, "fit"),
        (500.01, "near"),
        (540, "near"),
        (540.0001, "miss"),
        (None, "unknown"),
    ],
)
def test_above_the_maximum_is_near_to_the_edge_of_the_tolerance(price, expected):
    assert verdict("price", offered={"price": price}) == expected


def test_below_the_minimum_is_never_a_miss():
    assert verdict("price", {"budget_min": 450}, {"price": 100}) == "fit"


@pytest.mark.parametrize(("rooms", "expected"), [(3, "fit"), (2, "near"), (1, "miss"), (9, "fit")])
def test_a_room_less_is_near(rooms, expected):
    assert verdict("bedrooms", offered={"bedrooms": rooms}) == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [(90, "fit"), (81, "near"), (80.9, "miss"), (120, "fit"), (132, "near"), (132.1, "miss")],
)
def test_an_area_is_near_within_a_tenth(area, expected):
    wanted = {"area_min": 90, "area_max": 120}
    assert verdict("area", wanted, {"gross_area": area}) == expected


def test_an_interior_area_is_never_compared_with_a_gross_one():
    assert verdict("area", {"area_min": 90}, {"gross_area": None, "interior_area": 95}) == "unknown"


# -- places


@pytest.mark.parametrize(
    ("wanted", "offered", "expected"),
    [
        ({}, {"district": "浦东"}, "fit"),
        ({}, {"district": "静安"}, "miss"),
        ({}, {"district": None}, "unknown"),
        ({"neighborhoods": ["联洋"]}, {"neighborhood": "联洋"}, "fit"),
        ({"neighborhoods": ["联洋"]}, {"neighborhood": "三林"}, "near"),
        ({"neighborhoods": ["联洋"], **NOWHERE}, {"district": None}, "unknown"),
        ({"communities": ["M-1"], **NOWHERE}, {"community": "M-1", "district": None}, "fit"),
        ({"communities": ["M-1"], **NOWHERE}, {"community": "M-2"}, "near"),
        ({"communities": ["M-1"], **NOWHERE}, {"community": "M-2", "district": "静安"}, "miss"),
    ],
)  # fmt: skip
def test_the_narrowest_place_that_was_named_counts(wanted, offered, expected):
    known = want(district_of=lambda estate: "浦东", **wanted)
    match = judge(known, home(**offered), Settings())

    assert criterion(match, "place").verdict == expected


def test_an_estate_says_what_the_listing_does_not():
    found = home(district=None, estate={"district": "浦东", "features": ["metro"]})

    assert found.district == "浦东"
    assert "metro" in found.has


# -- words


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        ({"elevator": True}, "fit"),
        ({"features": ["elevator"]}, "fit"),
        ({"elevator": False}, "miss"),
        ({"defects": ["五楼无电梯"]}, "miss"),
        ({"defects": ["No lift"]}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_what_nobody_said_of_a_home_is_a_question_and_no_no(offered, expected):
    match = judge(want(must_have=["elevator"]), home(**offered), Settings())

    assert criterion(match, "must_have").verdict == expected
    assert match.verdict == ("miss" if expected == "miss" else "fit")
    assert ("whether it has elevator, which is a must" in questions(match, EN)) == (
        expected == "unknown"
    )


@pytest.mark.parametrize(
    ("offered", "expected"),
    [({"defects": ["临街"]}, "miss"), ({}, "unknown"), ({"defects": ["老旧"]}, "unknown")],
)
def test_what_is_not_acceptable_rules_out(offered, expected):
    assert verdict("deal_breakers", {"deal_breakers": ["临街"]}, offered) == expected


def test_north_and_south_together_are_through():
    found = home(facing=["south", "north"])

    assert verdict("must_have", {"must_have": ["through"]}, {"facing": ["south", "north"]}) == "fit"
    assert verdict("facing", {"facing": ["south_north"]}, {"facing": ["south", "north"]}) == "fit"
    assert "through" in found.has


def test_a_school_place_that_is_used_is_none():
    wanted = {"purpose": "school"}

    assert verdict("school", wanted, {"school_zone": True, "school_quota_used": True}) == "miss"
    assert verdict("school", wanted, {"school_zone": True}) == "unknown"
    assert verdict("school", wanted, {"school_zone": True, "school_quota_used": False}) == "fit"


def test_a_tenant_s_last_day_is_when_a_home_is_free():
    wanted = {"move_in_by": "2026-12-01"}
    offered = {"occupant": "tenant", "lease_end": "2026-12-20"}

    assert verdict("available", wanted, offered) == "near"
    assert verdict("available", wanted, {**offered, "lease_end": "2027-12-20"}) == "miss"
    assert verdict("available", wanted, {"occupant": "vacant"}) == "fit"
    assert verdict("available", wanted, {}) == "unknown"


def test_a_shop_is_no_home_unless_it_is_asked_for():
    shop = home(property_type="shop")

    assert judge(want(), shop, Settings()) is None
    assert (
        verdict("property_type", {"property_types": ["shop"]}, {"property_type": "shop"}) == "fit"
    )
    assert judge(want(property_types=["shop"]), home(property_type="villa"), Settings()).missed


# -- sides


def test_who_rents_is_not_shown_what_is_for_sale():
    assert judge(want(intents=["rent"]), home(), Settings()) is None
    assert judge(want(intents=["sell"]), home(), Settings()) is None


def test_who_says_only_a_rent_rents():
    tenant = want(intents=None, budget_max=None, rent_max=6000)
    flat = home(status="for_lease", price=None, rent=6400)

    assert criterion(judge(tenant, flat, Settings()), "price").verdict == "near"


def test_who_would_buy_or_rent_is_judged_on_the_better_side():
    both = want(intents=["buy", "rent"], rent_max=9000)
    dear = home(status="sale_or_lease", price=900, rent=8000)

    assert judge(both, dear, Settings()).side == "lease"


# -- ranking


def nothing_against(*_):
    return None


def test_ties_stand_by_id_and_a_miss_is_no_match():
    homes = [home(ref) for ref in ("L-3", "L-1", "L-2")] + [home("L-0", price=900)]
    ranking = rank((judge(want(), one, Settings()) for one in homes), nothing_against)

    assert [one.home.ref for one in ranking.matches] == ["L-1", "L-2", "L-3"]
    assert [one.home.ref for one in ranking.nearly] == ["L-0"]


def test_what_was_seen_or_rejected_is_reserved_or_her_own_stands_apart():
    shown = Encounter("L-2", "C-1", date(2026, 11, 1), None)
    said = Encounter("L-1", "C-1", date(2026, 11, 2), None, reaction="reject")
    history = history_of([shown, said])
    homes = [home("L-1"), home("L-2"), home("L-3"), home("L-4", status="deposit"),
             home("L-5", owner=["C-1"])]  # fmt: skip
    ranking = rank((judge(want(), one, Settings()) for one in homes), history.against)

    assert [one.home.ref for one in ranking.matches] == ["L-3"]
    assert {(one.match.home.ref, one.reason, one.day) for one in ranking.asides} == {
        ("L-1", "rejected", "2026-11-02"), ("L-2", "seen", "2026-11-01"),
        ("L-4", "reserved", ""), ("L-5", "own", ""),
    }  # fmt: skip


def test_the_rules_weigh():
    settings = settings_of({"price_tolerance": 0.2, "weights": {"bedrooms": 0}})
    match = judge(want(), home(price=600, bedrooms=1), settings)

    assert criterion(match, "price").verdict == "near"
    assert "bedrooms" not in {one.key for one in match.criteria}


# -- learning

NORTH = {"facing": ["north"]}


def taught(*said, **wanted):
    """A client who said something of homes: their values, reaction, objections."""
    homes = ((home(f"L-9{n}", **values), *rest) for n, (values, *rest) in enumerate(said))
    return with_lessons(want(**wanted), [Reaction(*one) for one in homes])


def test_rejected_twice_for_the_light_a_home_to_the_north_ranks_lower():
    client = taught((NORTH, "reject", ("light",)), (NORTH, "reject", ("light", "family")))
    south, north = home("L-2", facing=["south"]), home("L-1", facing=["north"])
    ranking = rank((judge(client, one, Settings()) for one in (north, south)), nothing_against)

    assert [one.home.ref for one in ranking.matches] == ["L-2", "L-1"]
    assert "no south side, rejected 2 times for light" in shortcomings(ranking.matches[1], EN)


def test_a_home_with_the_same_trait_that_was_liked_takes_it_back():
    liked = (NORTH, "like", ())
    once = (NORTH, "reject", ("light",))

    assert taught(once, liked).lessons == ()
    assert [one.times for one in taught(once, once, liked).lessons] == [1]
    assert [one.times for one in taught(*[once] * 9).lessons] == [MOST]


@pytest.mark.parametrize(
    ("objection", "seen", "alike", "other"),
    [
        ("floor", {"floor_band": "low"}, {"floor_band": "low"}, {"floor_band": "high"}),
        ("layout", {"living_rooms": 1}, {"living_rooms": 1}, {"living_rooms": 2}),
        ("decoration", {"decoration": "bare"}, {"decoration": "bare"}, {"decoration": "fine"}),
        ("price", {"price": 480}, {"price": 490}, {"price": 470}),
        ("临街", {"defects": ["临街"]}, {"features": ["临街"]}, {"defects": ["无临街"]}),
    ],
)
def test_what_was_not_liked_is_known_in_another_home(objection, seen, alike, other):
    client = taught((seen, "reject", (objection,)))

    def met(**values):
        return criterion(judge(client, home(**values), Settings()), "learned").verdict

    assert (met(**alike), met(**other)) == ("miss", "fit")
    assert judge(client, home(**alike), Settings()).verdict == "fit"


def test_of_several_prices_that_were_too_high_the_lowest_counts():
    client = taught(({"price": 480}, "reject", ("price",)), ({"price": 450}, "reject", ("price",)))

    assert [(one.trait, one.times) for one in client.lessons] == [(450.0, 2)]


def test_a_talk_at_home_and_a_bright_home_teach_nothing():
    said = (({"facing": ["south"]}, "reject", ("light", "family")),)

    assert taught(*said).lessons == ()


# -- words


def test_shortcomings_are_never_silent():
    good = judge(want(), home(), Settings())
    dear = judge(want(), home(price=520, defects=["顶楼"], price_terms="到手价"), Settings())

    assert shortcomings(good, EN) == ["none found; checked: price, place, bedrooms"]
    assert shortcomings(dear, EN) == [
        "price 520 万元, 4% above 500 万元", "defects: 顶楼",
        "the price is net to the owner: taxes come on top",
    ]  # fmt: skip


def test_what_the_client_was_never_asked_is_named():
    match = judge(want(districts=None), home(), Settings())

    assert unasked(match) == ["districts", "must_have", "deal_breakers"]


# -- properties


TERMS = ["elevator", "metro", "parking", "临街", "可养猫", "无电梯", "朝南", "school", "不临街"]
SOME = st.none() | st.lists(st.sampled_from(TERMS), min_size=1, max_size=2, unique=True)
PLACES = st.none() | st.sampled_from(["浦东", "静安", "徐汇"])


def maybe(values):
    return st.none() | values


HOMES = st.fixed_dictionaries({
    "status": st.sampled_from(["for_sale", "for_lease", "sale_or_lease"]),
    "price": maybe(st.integers(300, 700)), "rent": maybe(st.integers(3000, 9000)),
    "bedrooms": maybe(st.integers(0, 5)), "gross_area": maybe(st.integers(40, 160)),
    "district": PLACES, "neighborhood": maybe(st.sampled_from(["a", "b"])),
    "community": maybe(st.sampled_from(["M-1", "M-2"])), "features": SOME, "defects": SOME,
    "elevator": maybe(st.booleans()), "facing": maybe(st.sampled_from([["south"], ["north"]])),
    "floor_band": maybe(st.sampled_from(["low", "high"])),
    "year_built": maybe(st.integers(1990, 2020)),
    "property_type": maybe(st.sampled_from(["shop", "villa"])), "pets": maybe(st.booleans()),
    "school_zone": maybe(st.booleans()), "school_quota_used": maybe(st.booleans()),
})  # fmt: skip
WANTS = st.fixed_dictionaries({
    "intents": st.sampled_from([["buy"], ["rent"], ["buy", "rent"], None]),
    "budget_max": maybe(st.integers(300, 700)), "rent_max": maybe(st.integers(3000, 9000)),
    "bedrooms_min": maybe(st.integers(1, 4)), "bedrooms_max": maybe(st.integers(2, 5)),
    "area_min": maybe(st.integers(40, 160)), "area_max": maybe(st.integers(80, 200)),
    "districts": maybe(st.lists(st.sampled_from(["浦东", "静安"]), min_size=1, unique=True)),
    "neighborhoods": maybe(st.just(["a"])), "communities": maybe(st.just(["M-1"])),
    "must_have": SOME, "nice_to_have": SOME, "deal_breakers": SOME,
    "facing": maybe(st.just(["south"])), "floor_pref": maybe(st.just(["high"])),
    "year_built_min": maybe(st.integers(1990, 2020)), "pets": maybe(st.just(True)),
    "property_types": maybe(st.just(["shop"])),
})  # fmt: skip


@given(st.lists(HOMES, max_size=8), WANTS, st.integers(1, 5))
def test_every_pair_at_once_is_what_one_by_one_is(offers, wanted, top):
    homes = [home(f"L-{n}", **one) for n, one in enumerate(offers)]
    client = want(district_of=lambda _: "浦东", **wanted)
    alone = rank((judge(client, one, Settings()) for one in homes), nothing_against).matches
    expected = [(one.value, one.home.ref) for one in alone]

    pool = Pool(homes, Settings())
    assert [(one.value, one.home.ref) for one in pool.best(client, top)] == expected[:top]
    assert sorted((-one.value, one.home.ref) for one in pool.suiting(client)) == [
        (-value, ref) for value, ref in expected
    ]


def test_an_area_from_and_to_the_wrong_way_round_is_read_alike_everywhere():
    client = want(area_min=90, area_max=80)
    homes = [home(f"L-{area}", gross_area=area) for area in (79, 81, 85, 88, 89, 91, 99)]
    alone = rank((judge(client, one, Settings()) for one in homes), nothing_against).matches

    assert [one.home.ref for one in alone] == ["L-85", "L-81", "L-88"]
    assert [one.home for one in Pool(homes, Settings()).best(client, 9)] == [
        one.home for one in alone
    ]


@given(st.lists(HOMES, min_size=1, max_size=3), st.lists(WANTS, max_size=8))
def test_changed_homes_find_the_same_clients(offers, wanted):
    clients = [want(f"C-{n}", lambda _: "浦东", **one) for n, one in enumerate(wanted)]
    seekers = Seekers(clients, Settings())  # one for all: what one home taught it is no other's
    for one in (home(**offer) for offer in offers):
        judged = (judge(client, one, Settings()) for client in clients)
        alone = rank(judged, nothing_against).matches

        assert [(pair.value, pair.want.ref) for pair in seekers.suiting(one)] == [
            (match.value, match.want.ref) for match in alone
        ]


@given(HOMES, WANTS)
def test_unknown_never_scores_as_a_miss(offer, wanted):
    """What is not known of a home rules nothing out and counts more than a miss."""
    match = judge(want(**wanted), home(**offer), Settings())
    for one in match.criteria if match else ():
        assert (one.share is None) == (one.verdict == "unknown")
        assert note(one, match, EN)
    nothing = judge(
        want(**wanted), home(**{**dict.fromkeys(offer), "status": offer["status"]}), Settings()
    )
    assert nothing is None or nothing.verdict == "fit"


@given(st.floats(1, 2000), st.floats(1, 2000), st.floats(0, 0.5))
def test_a_dearer_home_never_scores_better(first, second, tolerance):
    cheap, dear = sorted((first, second))
    shares = [price_share("sale", 500, tolerance, home(price=one)) for one in (cheap, dear)]

    assert shares[0] >= shares[1]
    assert price_share("sale", 500, tolerance, home(price=500)) == FIT


@given(st.floats(1, 300), st.floats(1, 300))
def test_an_area_farther_off_never_scores_better(first, second):
    def share_off(area):  # as the tolerance is a share: 9 below 90, 12 above 120
        return max((90 - area) / 90, (area - 120) / 120, 0)

    nearer, farther = sorted((first, second), key=share_off)
    shares = [area_share(90, 120, 0.1, home(gross_area=one)) for one in (nearer, farther)]

    assert shares[0] >= shares[1]


@given(st.integers(0, 9), st.integers(0, 9))
def test_rooms_farther_off_never_score_better(first, second):
    nearer, farther = sorted((first, second), key=lambda rooms: max(2 - rooms, rooms - 3, 0))
    shares = [rooms_share(2, 3, home(bedrooms=one)) for one in (nearer, farther)]

    assert shares[0] >= shares[1]
    assert shares[1] >= MISS


# -- the same from both sides


def pairs_of(ranking):
    """What becomes of each pair: the sort it is told in, its value, and every criterion."""
    sorts = [("fits", one) for one in ranking.matches]
    sorts += [("misses", one) for one in ranking.nearly]
    sorts += [(f"{one.reason} {one.day}", one.match) for one in ranking.asides]
    return {
        (one.want.ref, one.home.ref): (sort, one.value, one.verdict, one.side, one.criteria)
        for sort, one in sorts
    }


MET = st.lists(
    st.builds(
        Encounter,
        st.sampled_from(["L-0", "L-1", "L-2"]),
        st.sampled_from(["C-0", "C-1", "C-2"]),
        st.dates(date(2026, 1, 1), date(2026, 11, 1)),
        st.none(),
        st.booleans(),
        st.sampled_from([None, "like", "reject"]),
        st.sampled_from([(), ("light",), ("price", "layout"), ("临街",)]),
    ),
    max_size=5,
)


@given(st.lists(HOMES, max_size=3), st.lists(WANTS, max_size=3), MET)
def test_a_client_and_a_home_are_judged_the_same_from_either_side(offers, wanted, met):
    homes = [home(f"L-{n}", **one) for n, one in enumerate(offers)]
    by_ref = {one.ref: one for one in homes}
    clients = [
        with_lessons(
            want(f"C-{n}", lambda _: "浦东", **one),
            [Reaction(by_ref[each.listing], each.reaction, each.objections)
             for each in met if each.client == f"C-{n}" and each.listing in by_ref],
        )
        for n, one in enumerate(wanted)
    ]  # fmt: skip
    against = history_of(met).against
    of_clients, of_homes = {}, {}
    for client in clients:
        found = rank((judge(client, one, Settings()) for one in homes), against)
        of_clients |= pairs_of(found)
    for one in homes:
        of_homes |= pairs_of(rank((judge(client, one, Settings()) for client in clients), against))

    assert of_clients == of_homes


@given(st.permutations([home(f"L-{n}", price=480 + n % 3) for n in range(6)]))
def test_the_order_of_the_notes_changes_nothing(homes):
    found = rank((judge(want(), one, Settings()) for one in homes), nothing_against)

    assert [one.home.ref for one in found.matches] == [f"L-{n}" for n in range(6)]


@given(HOMES, WANTS, st.integers(200, 900), st.integers(200, 900))
def test_whatever_else_is_said_a_dearer_home_scores_no_better(offer, wanted, first, second):
    client = with_lessons(
        want(district_of=lambda _: "浦东", **{**wanted, "intents": ["buy"]}),
        [Reaction(home(price=450), "reject", ("price",))],
    )
    cheap, dear = (
        judge(client, home(**{**offer, "status": "for_sale", "price": one}), Settings())
        for one in sorted((first, second))
    )
    assert (cheap is None) == (dear is None)
    assert cheap is None or cheap.value >= dear.value
    assert cheap is None or cheap.verdict != "miss" or dear.verdict == "miss"


@given(HOMES, WANTS, st.integers(20, 300), st.integers(20, 300))
def test_whatever_else_is_said_an_area_farther_off_scores_no_better(offer, wanted, first, second):
    client = want(**{**wanted, "area_min": 80, "area_max": 120})
    near, far = (
        judge(client, home(**{**offer, "gross_area": one}), Settings())
        for one in sorted((first, second), key=lambda area: max(80 - area, area - 120, 0) / (
            80 if area < 80 else 120
        ))
    )  # fmt: skip
    assert near is None or near.value >= far.value


@given(HOMES, WANTS, st.data())
def test_what_is_no_longer_known_of_a_home_rules_it_out_less_and_never_more(offer, wanted, data):
    client = want(district_of=lambda _: "浦东", **wanted)
    # Two that were drawn may contradict each other: facing north, and 朝南 among the features.
    told_twice = {"community", "neighborhood", "features", "defects", "facing", "elevator", "pets"}
    known = sorted(
        key for key, one in offer.items()
        if one is not None and key != "status" and key not in told_twice
    )  # fmt: skip
    key = data.draw(st.sampled_from(known or ["price"]))
    told = judge(client, home(**offer), Settings())
    silent = judge(client, home(**{**offer, key: None}), Settings())
    if told is None or silent is None or told.side != silent.side:
        return
    before = {(one.key, one.term): one.verdict for one in told.criteria}
    for one in silent.criteria:
        assert one.verdict != "miss" or before[one.key, one.term] == "miss"


# -- what was mended


@pytest.mark.parametrize("tolerance", [0, 0.0])
def test_a_rule_without_tolerance_has_an_edge_of_its_own(tolerance):
    settings = Settings(price_tolerance=tolerance, area_tolerance=tolerance)

    assert price_share("sale", 500, tolerance, home(price=500.0000000001)) == 0.5
    assert price_share("sale", 500, tolerance, home(price=501)) == MISS
    assert judge(want(), home(price=500.0000000001), settings).verdict == "near"


def test_a_price_just_above_is_never_nought_per_cent_above():
    match = judge(want(), home(price=500.01), Settings())

    assert note(criterion(match, "price"), match, EN) == "price 500.01 万元, 0.1% above 500 万元"


def test_what_a_rent_was_too_high_says_nothing_of_prices():
    flat = {"status": "for_lease", "price": None, "rent": 8000}
    client = taught((flat, "reject", ("price",)), intents=["buy", "rent"], rent_max=9000)
    sold, let = home(price=450), home(**{**flat, "rent": 8500})

    assert [one.side for one in client.lessons] == ["lease"]
    assert "learned" not in {one.key for one in judge(client, sold, Settings()).criteria}
    assert criterion(judge(client, let, Settings()), "learned").verdict == "miss"


def test_an_objection_teaches_without_a_rejection_and_says_so():
    client = taught((NORTH, None, ("light",)), (NORTH, "reject", ("light",)))
    match = judge(client, home(facing=["north"]), Settings())

    assert [(one.times, one.is_rejected) for one in client.lessons] == [(2, False)]
    assert "no south side, 2 times an objection (light)" in shortcomings(match, EN)


def test_what_was_liked_often_owes_no_later_rejection():
    once, liked = (NORTH, "reject", ("light",)), (NORTH, "like", ())

    assert [one.times for one in taught(once, *[liked] * 5, once).lessons] == [1]


def test_a_reserved_home_is_its_buyers_own_deal_and_a_seized_one_nobodys():
    history = history_of([], [("C-1", "L-4")])
    reserved, seized = home("L-4", status="deposit"), home("L-6", encumbrances=["seizure"])

    assert history.against(want("C-1"), reserved) == ("deal", "")
    assert history.against(want("C-2"), reserved) == ("reserved", "")
    assert history.against(want("C-1"), seized) == ("seized", "")


def test_nobody_said_on_which_side_so_what_a_price_is_asked_for_decides():
    assert home(status=None).sides == ("sale",)
    assert home(status=None, price=None, rent=5000).sides == ("lease",)
    assert home(status=None, price=None).sides == ("sale", "lease")
    assert home(status="deposit", transaction="lease").sides == ("lease",)
    unsaid = judge(want(), home(status=None), Settings())
    assert "whether it is on the market: no status is written down" in questions(unsaid, EN)


def test_the_points_of_a_score_add_up():
    client = want(must_have=["elevator", "metro"], facing=["south"])
    match = judge(client, home(price=520, elevator=True), Settings())

    total = sum(one.weight for one in match.criteria)
    assert match.score == round(100 * sum(one.points for one in match.criteria) / total)


def test_what_is_said_of_a_home_is_worded_otherwise_than_what_it_has():
    client = want(must_have=["朝南", "elevator"], deal_breakers=["顶楼"])
    match = judge(client, home(facing=["north"], floor_band="high"), Settings())
    said = [note(one, match, EN) for one in match.criteria if one.term]

    assert said == [
        "not “朝南”, which is a must",
        "whether it has elevator, which is a must",
        "whether “顶楼”, which is not acceptable",
    ]


def test_what_was_rejected_and_misses_stands_apart_where_near_misses_are_told():
    said = Encounter("L-1", "C-1", date(2026, 11, 2), None, reaction="reject")
    history = history_of([said], [("C-1", "L-3")])
    homes = [home("L-1", price=900), home("L-2", price=900), home("L-3", price=900, bedrooms=1)]

    def told(**how):
        found = (judge(want(), one, Settings()) for one in homes)
        ranking = rank(found, history.against, **how)
        return (
            [one.home.ref for one in ranking.nearly],
            [(one.match.home.ref, one.reason) for one in ranking.asides],
        )

    assert told() == (["L-2"], [("L-3", "deal")])
    assert told(tells_near=True) == (["L-2"], [("L-3", "deal"), ("L-1", "rejected")])

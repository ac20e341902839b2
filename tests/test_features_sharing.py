"""Who may see what: examples of the seed's rules, and what holds of every mode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.sharing import (
    HIDDEN_VERBS,
    House,
    Seat,
    Shared,
    Sight,
    beyond_quota,
    hidden_keys,
    hidden_log_keys,
    hides_entry,
    is_answerable,
    sight,
    visible_keys,
)
from brokernotes.model.rules import builtin_schema

SCHEMA = builtin_schema()
MODES = ("public", "private", "mixed_area", "mixed_quota")
AGENTS = ("A-1", "A-2", "A-3", "A-4", "A-5")
AREAS = ("浦东", "徐汇", "杨浦")
WORDS = st.sampled_from(AREAS)
SEATS = st.dictionaries(
    st.sampled_from(AGENTS),
    st.builds(
        Seat,
        st.none() | st.sampled_from(AGENTS),
        st.frozensets(WORDS, max_size=2),
    ),
)
LISTINGS = st.builds(
    Shared,
    ref=st.sampled_from([f"L-{n}" for n in range(12)]),
    type=st.just("listing"),
    agent=st.none() | st.sampled_from(AGENTS),
    sharing=st.sampled_from((None, "private", "public")),
    status=st.sampled_from((None, "for_sale", "sold_by_us")),
    places=st.frozensets(WORDS, max_size=2),
    since=st.sampled_from(("", "2026-01-01", "2026-02-01")),
)


def listing(**values: object) -> Shared:
    return Shared(
        **{"ref": "L-1", "type": "listing", "agent": "A-1", "status": "for_sale"} | values
    )


def team(**seats: Seat) -> dict[str, Seat]:
    return {f"A-{name[1:]}": seat for name, seat in seats.items()}


# -- what holds of every mode


@given(LISTINGS, st.lists(LISTINGS, max_size=8), SEATS, st.sampled_from(MODES), st.integers(0, 3))
def test_of_a_private_listing_only_holder_and_supervisors_see_more(
    note, others, seats, mode, quota
):
    house = House(mode=mode, quota=quota, seats=seats)
    over = beyond_quota([note, *others], house)
    for viewer in (None, *AGENTS):
        found = sight(note, viewer, house, over)
        answers = is_answerable(note, viewer, house)
        if not found.is_whole:
            assert not answers
            assert not visible_keys("listing", found, SCHEMA) & hidden_keys(
                "listing", found, SCHEMA
            )
            assert found.holder == note.agent
        if answers:
            assert found.is_whole
            assert visible_keys("listing", found, SCHEMA) == frozenset(SCHEMA.fields("listing"))


@given(LISTINGS, SEATS, st.sampled_from(MODES))
def test_what_a_stranger_may_see_everybody_may(note, seats, mode):
    house = House(mode=mode, seats=seats)
    if sight(note, None, house, frozenset()).is_whole:
        assert all(sight(note, viewer, house, frozenset()).is_whole for viewer in AGENTS)


@given(SEATS, st.sampled_from(AGENTS))
def test_a_circle_of_supervisors_ends(seats, agent):
    chain = House(seats=seats).chain(agent)

    assert chain[0] == agent
    assert len(set(chain)) == len(chain)


@given(st.lists(LISTINGS, max_size=12), st.integers(0, 4))
def test_no_agent_has_more_private_listings_than_the_quota(listings, quota):
    house = House(mode="mixed_quota", quota=quota)
    listings = list({one.ref: one for one in listings}.values())
    over = beyond_quota(listings, house)
    for agent in AGENTS:
        kept = [
            one for one in listings
            if one.agent == agent and one.status == "for_sale"
            and not sight(one, None, house, over).is_whole
        ]  # fmt: skip
        assert len(kept) <= quota


# -- the modes


@pytest.mark.parametrize(
    ("mode", "says", "hidden"),
    [
        ("public", None, False),
        ("public", "private", True),
        ("private", None, True),
        ("private", "public", False),
        ("mixed_quota", None, False),
        ("mixed_quota", "private", True),
        ("mixed_area", "private", True),
        ("mixed_area", "public", False),
    ],
)
def test_a_note_s_own_word_comes_before_the_mode(mode, says, hidden):
    found = sight(listing(sharing=says), "A-2", House(mode=mode), frozenset())

    assert found.is_whole is not hidden


def test_by_area_a_listing_is_public_where_holder_and_viewer_both_work():
    house = House(
        mode="mixed_area",
        seats=team(
            a1=Seat(None, frozenset({"浦东"})),
            a2=Seat(None, frozenset({"浦东", "徐汇"})),
            a3=Seat(None, frozenset({"徐汇"})),
            a4=Seat(),
        ),
    )
    inside = listing(places=frozenset({"浦东", "金杨"}))
    outside = listing(places=frozenset({"徐汇"}))
    seen = {viewer: sight(inside, viewer, house, frozenset()).is_whole for viewer in AGENTS}

    assert seen == {"A-1": True, "A-2": True, "A-3": False, "A-4": False, "A-5": False}
    assert not sight(outside, "A-3", house, frozenset()).is_whole, "the holder does not work there"


def test_beyond_the_quota_the_ones_entered_last_are_public():
    house = House(mode="mixed_quota", quota=2)
    own = [
        listing(ref=f"L-{n}", sharing="private", since=day)
        for n, day in enumerate(("2026-03-01", "", "2026-01-01", "2026-02-01"))
    ]
    sold = listing(ref="L-9", sharing="private", status="sold_by_us", since="2025-01-01")

    assert beyond_quota([*own, sold], house) == {"L-0", "L-1"}
    assert beyond_quota(own, House(mode="private", quota=2)) == frozenset()


def test_a_supervisor_sees_what_those_below_hold_and_not_what_those_above_do():
    house = House(
        mode="private", seats=team(a1=Seat("A-2"), a2=Seat("A-3"), a3=Seat(), a4=Seat("A-2"))
    )

    assert sight(listing(), "A-3", house, frozenset()).is_whole
    assert not sight(listing(agent="A-3"), "A-1", house, frozenset()).is_whole
    assert not sight(listing(), "A-4", house, frozenset()).is_whole


def test_a_private_listing_without_a_holder_is_nobody_s():
    found = sight(listing(agent=None), "A-3", House(mode="private"), frozenset())

    assert found == Sight("private", None)


@pytest.mark.parametrize("mode", MODES)
def test_who_a_client_is_only_their_agent_and_those_above_know(mode):
    house = House(mode=mode, seats=team(a1=Seat("A-2")))
    client = Shared(ref="C-1", type="client", agent="A-1")
    found = sight(client, "A-3", house, frozenset())

    assert found == Sight("client", "A-1")
    assert hidden_keys("client", found, SCHEMA) >= {"name", "phone", "wechat", "birthday"}
    assert "budget_max" in visible_keys("client", found, SCHEMA)
    assert "salutation" in visible_keys("client", found, SCHEMA)
    assert sight(client, "A-1", house, frozenset()).is_whole
    assert sight(client, "A-2", house, frozenset()).is_whole


def test_a_deal_on_a_private_listing_tells_its_offers_to_those_who_work_on_it():
    house = House(mode="private")
    deal = Shared(ref="D-1", type="deal", agent="A-1", people=("A-3",), listing=listing())

    assert sight(deal, "A-2", house, frozenset()) == Sight("private", "A-1")
    assert sight(deal, "A-3", house, frozenset()).is_whole
    assert all(hides_entry(verb, Sight("private", "A-1")) for verb in HIDDEN_VERBS)
    assert not hides_entry("offer", Sight())
    assert not hides_entry("showing", Sight("private"))


# -- what is hidden


def test_hidden_of_a_private_listing_are_the_door_and_the_owner():
    keys = hidden_keys("listing", Sight("private"), SCHEMA)

    assert keys == {
        "building", "unit", "room", "floor", "floor_band", "location", "key_no",
        "owner", "owner_name", "owner_phone", "owner_intent", "swap_route",
        "reserve_price", "expected_price", "mortgage_left", "tenant",
    }  # fmt: skip
    assert hidden_log_keys(SCHEMA) == {"expected_price", "reserve_price"}


def test_what_the_seed_lets_colleagues_see_is_visible():
    seen = visible_keys("listing", Sight("private"), SCHEMA)

    assert seen >= {"community", "bedrooms", "gross_area", "price", "rent", "features", "agent"}

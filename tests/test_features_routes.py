"""The order of a tour and when its stops begin."""

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.routes import Stop, distance_km, in_route_order, is_elsewhere, starts

pins = st.tuples(st.floats(30, 32), st.floats(120, 122))
stops = st.lists(
    st.builds(Stop, st.uuids().map(str), st.sampled_from(["a", "b", None]), pins), max_size=7
)


def test_the_nearest_home_comes_next():
    far, near, first = (
        Stop("far", "c", (31.40, 121.5)), Stop("near", "b", (31.21, 121.5)),
        Stop("first", "a", (31.20, 121.5)),
    )  # fmt: skip

    assert in_route_order([first, far, near]) == [first, near, far]
    assert in_route_order([first, far, near], (31.41, 121.5)) == [far, near, first]


def test_without_a_place_the_order_stays_as_typed():
    typed = [Stop("x", "a", (31.2, 121.5)), Stop("y"), Stop("z", "b", (31.2, 121.5))]

    assert in_route_order(typed, (31.2, 121.5)) == typed


def test_homes_of_one_estate_follow_one_another():
    here, there = (31.2, 121.5), (31.3, 121.6)
    typed = [Stop("1", "a", here), Stop("2", "b", there), Stop("3", "a", here)]

    assert [one.ref for one in in_route_order(typed)] == ["1", "3", "2"]


@given(stops, st.none() | pins)
def test_a_route_leaves_nobody_out_and_never_passes_a_nearer_home(typed, start):
    ordered = in_route_order(typed, start)

    assert sorted(one.ref for one in ordered) == sorted(one.ref for one in typed)
    if typed and start is None:
        assert ordered[0] == typed[0]
    here = start
    for at, stop in enumerate(ordered):
        if here is not None:
            nearest = min(distance_km(here, one.pin) for one in ordered[at:])
            assert distance_km(here, stop.pin) == nearest
        here = stop.pin


@given(stops, st.integers(1, 300), st.integers(0, 100))
def test_no_stop_begins_before_the_one_before_is_over(typed, duration, travel):
    found = starts(typed, duration, travel)

    assert len(found) == len(typed)
    assert found[:1] in ([], [0])
    for one, other, start, end in zip(typed, typed[1:], found, found[1:], strict=False):
        assert end - start == duration + (travel if is_elsewhere(one, other) else 0)


def test_kilometres_are_as_the_crow_flies():
    assert round(distance_km((31.25, 121.57), (31.24, 121.55)), 1) == 2.2
    assert distance_km((31.25, 121.57), (31.25, 121.57)) == 0

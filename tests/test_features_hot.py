"""The hot list, held to a count by hand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.hot import FAST, FOCUS, SHOWN, Home, Limits, Showing, hot_list

TODAY = date(2026, 11, 21)


def ago(days):
    return TODAY - timedelta(days=days)


LIMITS = Limits()


def hot(homes, showings=(), limits=LIMITS):
    return [(one.key, one.why, one.showings) for one in hot_list(homes, showings, TODAY, limits)]


def home(key, **more):
    return Home(key, key, **more)


def test_one_client_counts_once_a_day():
    showings = [
        Showing("a", "li", TODAY, 600), Showing("a", "li", TODAY, 900), Showing("a", "li", ago(1)),
        Showing("a", "wu", TODAY),
    ]  # fmt: skip

    assert hot([home("a")], showings) == [("a", (SHOWN,), 3)]


def test_the_week_is_today_and_six_days_before():
    showings = [Showing("a", "li", ago(6)), Showing("b", "li", ago(7)), Showing("c", "li", ago(-1))]

    assert hot([home("a"), home("b"), home("c")], showings) == [("a", (SHOWN,), 1)]


def test_a_client_nobody_named_counts_where_nobody_else_was_there():
    showings = [
        Showing("a", None, TODAY), Showing("a", "li", TODAY), Showing("a", None, ago(1)),
        Showing("a", None, ago(1), 600),
    ]  # fmt: skip

    assert hot([home("a")], showings) == [("a", (SHOWN,), 2)]


def test_ties_are_broken_by_the_last_showing_then_by_id():
    showings = [
        Showing("c", "li", TODAY, 540), Showing("b", "li", TODAY, 600), Showing("a", "li", ago(1)),
        Showing("d", "li", TODAY, 540),
    ]  # fmt: skip
    homes = [home(key) for key in "abcd"]

    assert [key for key, _, _ in hot(homes, showings)] == ["b", "c", "d", "a"]
    assert [key for key, _, _ in hot(homes, showings, Limits(top=2))] == ["b", "c"]


def test_what_left_the_market_is_not_hot():
    assert hot([], [Showing("a", "li", TODAY)]) == []


def test_new_fast_sellers_and_what_is_in_focus_come_behind():
    homes = [
        home("fast", is_fast=True, since=ago(13)),
        home("stale", is_fast=True, since=ago(14)),
        home("undated", is_fast=True),
        home("focus", focus_until=TODAY),
        home("past", focus_until=ago(1)),
        home("both", is_fast=True, since=TODAY, focus_until=TODAY),
        home("shown"),
    ]

    assert hot(homes, [Showing("shown", "li", TODAY), Showing("both", "li", TODAY)]) == [
        ("both", (SHOWN, FAST, FOCUS), 1),
        ("shown", (SHOWN,), 1),
        ("fast", (FAST,), 0),
        ("focus", (FOCUS,), 0),
    ]


homes = st.lists(
    st.builds(
        Home,
        key=st.sampled_from("abcdefgh"),
        id=st.just(""),
        is_fast=st.booleans(),
        since=st.none() | st.integers(-3, 30).map(ago),
        focus_until=st.none() | st.integers(-5, 5).map(ago),
    ),
    unique_by=lambda one: one.key,
).map(lambda found: [one._replace(id=one.key) for one in found])
showings = st.lists(
    st.builds(
        Showing,
        listing=st.sampled_from("abcdefghxy"),
        client=st.sampled_from(["li", "wu", "xu", None]),
        day=st.integers(-2, 12).map(ago),
        minutes=st.none() | st.integers(0, 1439),
    ),
    max_size=40,
)


@given(homes, showings, st.integers(1, 6))
def test_the_hot_list_equals_a_count_by_hand(found_homes, shown, top):
    found = hot_list(found_homes, shown, TODAY, Limits(top=top))

    naive = {}
    for one in found_homes:
        for back in range(7):
            clients = {s.client for s in shown if s.listing == one.key and s.day == ago(back)}
            naive[one.key] = naive.get(one.key, 0) + (len(clients - {None}) or len(clients))

    def last(key):
        return max(
            (s.day, 1440 if s.minutes is None else s.minutes)
            for s in shown
            if s.listing == key and ago(6) <= s.day <= TODAY
        )

    order = sorted(key for key, count in naive.items() if count)
    order.sort(key=last, reverse=True)
    order.sort(key=naive.get, reverse=True)
    assert [one.key for one in found if SHOWN in one.why] == order[:top]
    assert [one.rank for one in found][: len(order[:top])] == [*range(1, len(order[:top]) + 1)]
    assert all(one.showings == naive[one.key] for one in found)
    assert {one.key for one in found if FAST in one.why} == {
        one.key for one in found_homes
        if one.is_fast and one.since and ago(13) <= one.since <= TODAY
    }  # fmt: skip
    assert {one.key for one in found if FOCUS in one.why} == {
        one.key for one in found_homes if one.focus_until and one.focus_until >= TODAY
    }
    assert all(one.why for one in found)

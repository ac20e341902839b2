"""Counting showings: one a client, home and day, whoever wrote it down."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.showing_tallies import IN_TIME, LATE, MISSING, Shown, once, tally

DAY = date(2026, 11, 20)


def shown(listing="L-1", client="C-1", agent="A-1", day=DAY, **more):
    return Shown(listing, client, agent, "M-1", day, **more)


def test_what_both_notes_tell_is_one_showing_with_all_that_is_known():
    told = shown(interest=4, feedback=IN_TIME, objections=("price",))

    assert once([shown(), told]) == once([told, shown()]) == [told]
    assert once([shown(client=None), told]) == [told]
    assert len(once([shown(), shown(day=DAY + timedelta(1))])) == 2


def test_a_tally_counts_what_became_of_each_pair_once():
    (found,) = tally(
        [
            shown(interest=3, feedback=IN_TIME, objections=("price", "light"), offered=True),
            shown(day=DAY + timedelta(2), is_second=True, interest=4, feedback=LATE,
                  objections=("price",), offered=True, deposited=True),
            shown(listing="L-2"),
        ],
        lambda one: one.agent,
    )  # fmt: skip

    assert (found.showings, found.second, found.interest) == (3, 1, 3.5)
    assert dict(found.feedback) == {IN_TIME: 1, LATE: 1, MISSING: 1}
    assert dict(found.objections) == {"price": 2, "light": 1}
    assert (found.pairs, found.offers, found.deposits) == (2, 1, 1)


many = st.lists(
    st.builds(
        Shown,
        st.sampled_from(["L-1", "L-2", "L-3"]),
        st.sampled_from(["C-1", "C-2", None]),
        st.sampled_from(["A-1", "A-2", None]),
        st.just("M-1"),
        st.sampled_from([DAY, DAY + timedelta(1)]),
        feedback=st.sampled_from([IN_TIME, LATE, MISSING]),
        deposited=st.booleans(),
    ),
    max_size=25,
)


@given(many)
def test_every_way_of_counting_counts_the_same_showings(log):
    total = len(once(log))
    for axis in ("agent", "client", "listing", "estate"):
        found = tally(log, lambda one, axis=axis: getattr(one, axis))
        assert sum(one.showings for one in found) == total
        for one in found:
            assert sum(one.feedback.values()) == one.showings
            assert one.deposits <= one.pairs <= one.showings
        assert [one.showings for one in found] == sorted(
            (one.showings for one in found), reverse=True
        )

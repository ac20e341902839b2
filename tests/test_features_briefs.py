"""Three topics at most, the best first; or to wait."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.briefs import MOST, MOST_ALIKE, ORDER, Known, brief_of, brief_of_note
from brokernotes.features.ranking import DueItem
from brokernotes.model.topics import Topic
from tests.followup_notes import day
from tests.test_features_ranking import occurrence

TODAY = day("11-21")


def item(*reasons):
    first = reasons[0]
    return DueItem(key=first.key, kind=first.kind, due=first.due, path=first.path, reasons=reasons)


CADENCE = occurrence(params={"days": 15})


def known(*topics, ahead=()):
    return {CADENCE.path: Known(topics, ahead)}


def test_what_was_promised_comes_first_then_what_is_only_theirs_then_what_is_new():
    found = [Topic("ask"), Topic("offer-new"), Topic("question"), Topic("cut-seen")]
    promise = occurrence("C-1/promise/x", text="答应做一张表", path=CADENCE.path)
    told = brief_of(item(promise), known(*found), TODAY)
    assert [topic.code for topic in told.topics] == ["promise", "question", "cut-seen"]


def test_of_three_new_homes_the_two_that_suit_best_are_told():
    homes = [Topic("offer-new", {"score": score}, about=f"L-{score}") for score in (71, 95, 88)]
    told = brief_of(item(CADENCE), known(*homes, Topic("ask")), TODAY)
    assert [topic.about or topic.code for topic in told.topics] == ["L-95", "L-88", "ask"]


def test_a_home_is_told_once():
    both = [Topic("cut-seen", about="L-1"), Topic("offer-cut", about="L-1")]
    assert [one.code for one in brief_of(item(CADENCE), known(*both), TODAY).topics] == ["cut-seen"]


def test_what_is_too_early_is_not_said_yet():
    early = Topic("move-in", start="2026-11-22")
    assert brief_of(item(CADENCE), known(early), TODAY).topics == ()
    assert brief_of(item(CADENCE), known(early), day("11-22")).topics == (early,)


def test_nothing_to_say_says_wait_until_the_next_turn_of_the_cadence():
    told = brief_of(item(CADENCE), known(), TODAY)
    assert told.topics == ()
    assert (told.wait.day, told.wait.reason) == (day("12-06"), "cadence")


@pytest.mark.parametrize(
    ("today", "turn"), [("11-22", "12-06"), ("12-05", "12-06"), ("12-06", "12-21")]
)
def test_the_next_turn_is_not_put_off_day_by_day(today, turn):
    assert brief_of(item(CADENCE), known(), day(today)).wait.day == day(turn)


def test_where_a_row_is_about_several_notes_each_topic_says_of_which_it_is():
    other = occurrence("L-2/revisit/x", path="房源/b.md")
    found = known(Topic("shown", note="C-1")) | {"房源/b.md": Known((Topic("quiet", note="L-2"),))}
    told = brief_of(item(CADENCE, other), found, TODAY)
    assert [(one.code, one.of) for one in told.topics] == [("shown", ""), ("quiet", "L-2")]


def test_it_waits_only_until_what_stands_before():
    ahead = (("2026-11-20", "past", {}), ("2026-11-30", "lease-end", {"date": "2026-11-30"}))
    told = brief_of(item(CADENCE), known(ahead=ahead), TODAY)
    assert (told.wait.day, told.wait.reason) == (day("11-30"), "lease-end")


@pytest.mark.parametrize(
    "other",
    [
        occurrence("C-1/promise/x"),
        occurrence("C-1/lease_end/x"),
        occurrence("C-1/birthday/2026"),
    ],
    ids=lambda one: one.kind,
)
def test_where_something_else_asks_for_the_call_nobody_says_wait(other):
    assert brief_of(item(CADENCE, other), known(), TODAY).wait is None


def test_a_dormant_owner_has_the_two_questions_of_the_textbook():
    asleep = occurrence("L-1/revisit/x", dormant=True, params={"days": 30, "state": "paused"})
    told = brief_of(item(asleep), {asleep.path: Known()}, TODAY)
    assert [topic.code for topic in told.topics] == ["dormant"]
    assert told.wait is None


@pytest.mark.parametrize(("state", "code"), [("past_client", "past-client"), ("paused", "on-hold")])
def test_clients_who_look_for_nothing_now_are_asked_what_the_textbook_asks(state, code):
    asleep = occurrence(dormant=True, params={"days": 90, "state": state})
    told = brief_of(item(asleep), known(), TODAY)
    assert ([topic.code for topic in told.topics], told.wait) == ([code], None)


@pytest.mark.parametrize("kind", ["signing", "milestone", "feedback", "take_down", "birthday"])
def test_what_says_all_there_is_to_say_has_no_brief(kind):
    one = occurrence(f"C-1/{kind}/x")
    assert brief_of(item(one), {one.path: Known((Topic("ask"),))}, TODAY) == ((), None)


def test_a_showing_brings_its_own_list_and_a_planned_call_has_a_brief():
    shown = occurrence("C-1/planned/x", params={"verb": "showing"})
    call = occurrence("C-1/planned/y", params={"verb": "call"})
    found = known(Topic("ask"))
    assert brief_of(item(shown), found, TODAY).topics == ()
    assert brief_of(item(call), found, TODAY).topics == (Topic("ask"),)


def test_a_note_tells_what_to_say_before_it_is_due():
    later = occurrence(due="12-01", params={"days": 7})
    told = brief_of_note([later], {later.path: Known()}, TODAY)
    assert told.wait.day == day("12-08")
    assert brief_of_note([], {}, TODAY) == ((), None)


@given(
    st.lists(
        st.builds(
            Topic,
            st.sampled_from(ORDER),
            st.fixed_dictionaries({}, optional={"score": st.integers(0, 100)}),
            st.sampled_from(["", "2026-11-01", "2026-11-20"]),
            about=st.sampled_from(["", "L-1", "L-2", "L-3"]),
        )
    ),
    st.randoms(),
)
def test_three_at_most_no_home_twice_and_always_the_same(topics, random):
    told = brief_of(item(CADENCE), known(*topics), TODAY).topics
    assert len(told) <= MOST
    homes = [topic.about for topic in told if topic.about]
    assert len(homes) == len(set(homes))
    codes = [topic.code for topic in told]
    assert all(codes.count(code) <= MOST_ALIKE for code in codes)
    assert codes == sorted(codes, key=ORDER.index)
    shuffled = list(topics)
    random.shuffle(shuffled)
    again = brief_of(item(CADENCE), known(*shuffled), TODAY).topics
    assert [topic.code for topic in again] == codes


@given(st.dates(max_value=date(9999, 12, 31)), st.integers(-5, 10**6))
def test_any_day_and_any_cadence_can_be_waited_for(today, days):
    one = occurrence(params={"days": days})
    wait = brief_of(item(one), known(), today).wait
    assert wait.day >= today
    assert brief_of(item(one), {}, today) == ((), None)


def test_that_days_passed_without_a_showing_is_said_when_they_have():
    quiet = Topic("quiet", start="2026-11-25")
    later = occurrence(due="12-01", params={"days": 7})
    assert brief_of_note([later], {later.path: Known((quiet,))}, TODAY).topics == ()
    assert brief_of_note([later], {later.path: Known((quiet,))}, day("11-25")).topics == (quiet,)
    assert brief_of(item(later), {later.path: Known((quiet,))}, day("12-01")).topics == (quiet,)


def test_what_was_asked_long_ago_falls_behind_what_is_new():
    question, new = Topic("question", day="2026-10-15"), Topic("offer-new", {"score": 90})
    found = known(question, new)
    assert brief_of(item(CADENCE), found, TODAY).topics == (new, question)
    assert brief_of(item(CADENCE), found, TODAY, fresh=60).topics == (question, new)

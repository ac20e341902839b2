"""Promises, plans and the feedback a showing owes."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from brokernotes.model.occurrences import Derived
from tests.followup_notes import (
    RULES,
    at,
    client,
    day,
    deal,
    derived,
    entry,
    keys,
    listing,
    neighbours,
    none_of,
    only,
)

PROMISED = entry("11-10", "call", id="3afq6m4x9", next=day("11-18"))


# --- promises


def test_the_newest_entry_with_a_next_date_promises():
    found = only(client(PROMISED), "promise")
    assert found.key == "C-9F3DWA/promise/3afq6m4x9"
    assert (found.due, found.at, found.computed, found.weight) == (day("11-18"), None, False, 1)


def test_a_newer_entry_without_next_date_leaves_the_promise():
    note = client(PROMISED, entry("11-12", "call"), entry("11-13", "wechat"))
    assert keys(note) == ["promise/3afq6m4x9"]


def test_a_newer_next_date_takes_the_older_ones_place():
    note = client(entry("11-12", "call", id="new", next=day("12-01")), PROMISED)
    assert keys(note) == ["promise/new"]


def test_a_contact_before_the_promised_day_does_not_keep_it():
    assert keys(client(PROMISED, entry("11-17", "call"))) == ["promise/3afq6m4x9"]


@pytest.mark.parametrize("when", ["11-18", "11-18 08:00", "11-20"])
def test_a_contact_on_the_promised_day_or_later_keeps_it(when):
    assert none_of(client(PROMISED, entry(when, "call")), "promise")


def test_an_attempt_does_not_keep_a_promise():
    note = client(PROMISED, entry("11-18", "call", outcome="no_answer"), entry("11-19", "wechat"))
    assert keys(note) == ["promise/3afq6m4x9"]


@pytest.mark.parametrize("none", [None, "none", "无"])
def test_a_promise_is_cleared_by_a_newer_none(none):
    note = client(PROMISED, entry("11-12", "note", next=none))
    assert keys(note) == ["followup/3afq6m4x9"]


def test_an_older_none_clears_nothing():
    assert keys(client(PROMISED, entry("11-05", "note", next=None))) == ["promise/3afq6m4x9"]


def test_an_unreadable_next_date_neither_promises_nor_clears():
    assert keys(client(PROMISED, entry("11-12", "note", next="回头再说"))) == ["promise/3afq6m4x9"]


def test_the_contact_that_promises_the_same_day_does_not_keep_it():
    said = entry("11-20 10:00", "call", id="p", next=datetime(2026, 11, 20, 15))
    assert keys(client(said)) == ["promise/p"]
    assert keys(client(entry("11-20 09:00", "call"), said)) == ["promise/p"]
    assert none_of(client(said, entry("11-20 15:05", "call")), "promise")


def test_a_contact_earlier_on_the_day_does_not_keep_what_was_promised_after_it():
    noted = entry("11-20 10:00", "note", id="p", next=datetime(2026, 11, 20, 15))
    assert keys(client(entry("11-20 09:00", "call"), noted)) == ["promise/p"]


def test_a_promise_with_a_time_is_timed():
    found = only(client(entry("11-10", "call", next=datetime(2026, 11, 25, 15, 30))), "promise")
    assert (found.due, found.at) == (day("11-25"), at("11-25 15:30"))
    assert found.params == {"date": "2026-11-25", "time": "15:30"}


def test_a_planned_entry_promises_nothing_yet_but_one_called_off_may():
    planned = client(entry("11-10", "showing", "planned", next=day("11-18")))
    cancelled = client(entry("11-10", "showing", "cancelled", id="x", next=day("11-18")))
    assert none_of(planned, "promise")
    assert only(cancelled, "promise").entry == "x"


def test_next_followup_promises_beside_the_entry():
    note = client(PROMISED, next_followup=day("11-25"))
    assert keys(note) == ["promise/2026-11-25", "promise/3afq6m4x9"]


def test_the_same_day_said_twice_is_one_promise():
    assert keys(client(PROMISED, next_followup=day("11-18"))) == ["promise/3afq6m4x9"]


def test_next_followup_is_kept_by_a_contact_on_or_after_it():
    assert keys(client(entry("11-17", "call"), next_followup=day("11-18"))) == [
        "promise/2026-11-18"
    ]
    assert none_of(client(entry("11-18", "call"), next_followup=day("11-18")), "promise")


def test_clearing_an_entrys_promise_leaves_the_field():
    note = client(PROMISED, entry("11-12", "note", next=None), next_followup=day("12-01"))
    assert keys(note) == ["promise/2026-12-01"]


def test_while_a_promise_stands_no_cadence_asks():
    assert keys(client(PROMISED, created=day("01-01"))) == ["promise/3afq6m4x9"]
    assert keys(listing(next_followup=day("12-01"), grade="A", created=day("01-01"))) == [
        "promise/2026-12-01"
    ]


def test_a_next_followup_too_far_ahead_does_not_silence_until_it_is_near():
    note = client(entry("11-10", "call", id="x"), next_followup=date(2062, 11, 20))
    assert keys(note) == ["followup/x", "promise/2062-11-20"]
    stale = derived(note).stale_from
    assert stale == date(2061, 10, 16)
    assert keys(note, today=stale) == ["promise/2062-11-20"]


def test_a_next_followup_of_400_days_is_believed():
    note = client(created=day("11-01"), next_followup=date(2027, 12, 26))
    assert none_of(note, "followup")
    assert derived(note).stale_from is None
    assert not none_of(client(created=day("11-01"), next_followup=date(2027, 12, 27)), "followup")


def test_a_promise_holds_in_every_kind_of_note():
    assert keys(deal(PROMISED)) == ["promise/3afq6m4x9"]
    assert only(deal(PROMISED), "promise").person == ""


# --- plans


def test_a_planned_entry_takes_the_cadences_place():
    plan = entry(
        "11-25 15:00",
        "showing",
        "planned",
        id="3afr4q81c",
        links=("春江苑",),
        place="东门",
        text="东门集合",
    )
    found = only(client(plan, entry("11-01", "call"), grade_override="A"), "planned")
    assert found.key == "C-9F3DWA/planned/3afr4q81c"
    assert (found.at, found.minutes, found.place) == (at("11-25 15:00"), 45, "东门")
    assert (found.links, found.text) == (("春江苑",), "东门集合")
    assert keys(client(plan, entry("11-01", "call"))) == [
        "confirm_showing/3afr4q81c",
        "planned/3afr4q81c",
    ]


def test_every_planned_entry_is_an_occurrence_of_its_own():
    note = client(entry("11-25", "call", "planned"), entry("11-25", "call", "planned"))
    assert keys(note) == ["planned/20261125", "planned/20261125-2"]


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [({"duration": 30}, 30), ({}, 45), ({"duration": "lang"}, 45), ({"duration": 0}, 45)],
)
def test_a_showing_lasts_as_it_says_else_as_the_rules_say(fields, minutes):
    plan = entry("11-25 15:00", "showing", "planned")
    assert only(client(replace(plan, fields=fields)), "planned").minutes == minutes


def test_a_planned_call_takes_no_known_time():
    assert only(client(entry("11-25 15:00", "call", "planned")), "planned").minutes is None


def test_a_plan_called_off_stays_for_calendars_and_silences_nothing():
    note = client(entry("11-25 15:00", "showing", "cancelled", id="x"), created=day("11-01"))
    found = only(note, "planned")
    assert (found.key, found.cancelled) == ("C-9F3DWA/planned/x", True)
    assert (found.until, found.reason) == (day("11-25"), "cancelled-at")
    assert not none_of(note, "followup")


def test_a_plan_of_another_year_does_not_silence():
    note = client(entry("2062-11-25", "call", "planned"), created=day("11-01"))
    assert not none_of(note, "followup")


# --- feedback


def test_a_showing_without_feedback_owes_it_once_it_has_ended():
    note = client(entry("11-20 14:30", "showing", id="s", duration=60))
    found = only(note, "feedback")
    assert found.key == "C-9F3DWA/feedback/s"
    assert (found.due, found.since, found.at) == (day("11-20"), at("11-20 15:30"), None)
    assert found.until == day("11-27")


def test_a_showing_that_does_not_say_lasts_as_the_rules_say():
    assert only(client(entry("11-20 14:30", "showing")), "feedback").since == at("11-20 15:15")


def test_a_showing_without_time_owes_feedback_all_day():
    found = only(client(entry("11-20", "showing")), "feedback")
    assert (found.since, found.due) == (None, day("11-20"))


@pytest.mark.parametrize("verb", ["showing", "second_showing", "accompanied_showing"])
@pytest.mark.parametrize("box", [None, "done"])
def test_every_showing_that_took_place_owes_feedback(verb, box):
    assert not none_of(client(entry("11-20", verb, box)), "feedback")


@pytest.mark.parametrize("box", ["cancelled", "planned"])
def test_a_showing_that_did_not_take_place_owes_none(box):
    assert none_of(client(entry("11-20", "showing", box)), "feedback")


@pytest.mark.parametrize("verb", ["call", "preview", "survey"])
def test_what_is_no_showing_owes_none(verb):
    assert none_of(client(entry("11-20", verb)), "feedback")


@pytest.mark.parametrize(
    "fields", [{"interest": 3}, {"reaction": "reject"}, {"objections": ("price",)}]
)
def test_feedback_in_the_entry_is_enough(fields):
    assert none_of(client(entry("11-20", "showing", **fields)), "feedback")


def test_feedback_may_be_a_later_entry_about_the_same_listing():
    showing = entry("11-20 14:30", "showing", links=("阳光花园",))
    later = entry("11-21", "wechat", links=("阳光花园 3室",), reaction="like")
    other = entry("11-21", "wechat", links=("春江苑",), reaction="like")
    general = entry("11-21", "call", interest=2)
    assert none_of(client(showing, later), "feedback", neighbours())
    assert none_of(client(showing, general), "feedback", neighbours())
    assert not none_of(client(showing, other), "feedback", neighbours())


def test_feedback_given_before_a_showing_does_not_answer_it():
    showing = entry("11-20 14:30", "showing", links=("阳光花园",))
    sooner = entry("11-19", "wechat", links=("阳光花园",), reaction="like")
    assert not none_of(client(sooner, showing), "feedback", neighbours())


def test_a_showing_near_midnight_owes_feedback_the_next_day():
    found = only(client(entry("11-20 23:30", "showing")), "feedback")
    assert (found.due, found.since) == (day("11-21"), at("11-21 00:15"))


def test_a_listings_own_showing_owes_feedback_and_a_deals_does_not():
    assert not none_of(listing(entry("11-20", "showing")), "feedback")
    assert derived(deal(entry("11-20", "showing"))) == Derived()


def test_who_wrote_an_entry_acts_on_it():
    note = client(
        entry("11-10", "call", agent="陈浩", next=day("11-18")),
        entry("11-25", "call", "planned", agent="走了"),
        agent="王敏",
    )
    assert only(note, "promise", neighbours()).agent == "A-CHEN01"
    assert only(note, "planned", neighbours()).agent == "A-WANG01"


def test_the_days_of_feedback_come_from_the_rules():
    found = only(client(entry("11-20", "showing")), "feedback")
    ours = {"value": RULES.feedback_days, "origin": "ours"}
    assert found.rule == {"name": "cadence.feedback_days", **ours}

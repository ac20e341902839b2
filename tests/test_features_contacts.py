from datetime import date, timedelta

import pytest

from brokernotes.features.contacts import clock, entry_name
from brokernotes.model.records import LogEntry, Record
from tests.followup_notes import (
    RULES,
    TODAY,
    client,
    entry,
    keys,
    listing,
    neighbours,
    none_of,
    only,
)


def newest(record: Record) -> LogEntry:
    found = clock(record, neighbours(), RULES, TODAY).last
    assert found is not None
    return found


def last_contact(record: Record, **near: object) -> date | None:
    last = clock(record, neighbours(**near), RULES, TODAY).last
    return last.day if last else None


@pytest.mark.parametrize("outcome", ["reached", "replied", "refused"])
def test_an_outcome_that_reaches_the_person_is_a_contact(outcome):
    note = client(entry("11-18", "wechat", outcome=outcome))
    assert last_contact(note) == date(2026, 11, 18)


@pytest.mark.parametrize("outcome", ["no_answer", "sent", "dead_number", "wrong_number"])
def test_an_outcome_that_does_not_reach_the_person_is_no_contact(outcome):
    assert last_contact(client(entry("11-18", "call", outcome=outcome))) is None


@pytest.mark.parametrize("verb", ["call", "meeting", "visit", "showing", "revisit", "negotiate"])
def test_a_talk_without_an_outcome_reached_the_person(verb):
    assert last_contact(client(entry("11-18", verb))) == date(2026, 11, 18)


@pytest.mark.parametrize("verb", ["wechat", "sms", "recommend", "greet"])
def test_a_message_without_an_outcome_was_only_sent(verb):
    assert last_contact(client(entry("11-18", verb))) is None


@pytest.mark.parametrize("verb", ["preview", "survey", "key_in", "note", "status", "", "剪彩"])
def test_what_is_done_without_the_person_is_no_contact(verb):
    assert last_contact(client(entry("11-18", verb))) is None


def test_a_message_from_the_client_is_a_contact():
    assert last_contact(client(entry("11-18", "wechat", from_="client"))) == date(2026, 11, 18)


def test_dates_decide_not_the_order_of_lines():
    note = client(entry("11-18", "call", id="new"), entry("11-02", "call", id="old"))
    assert keys(note) == ["followup/new"]


def test_an_entry_without_time_stands_at_the_end_of_its_day():
    note = client(entry("11-18", "call", id="day"), entry("11-18 23:59", "call", id="late"))
    assert newest(note).id == "day"


def test_of_equal_moments_the_later_line_is_newer():
    note = client(entry("11-18 10:00", "call", id="a"), entry("11-18 10:00", "call", id="b"))
    assert newest(note).id == "b"


@pytest.mark.parametrize("box", ["planned", "cancelled"])
def test_what_did_not_take_place_is_no_contact(box):
    assert last_contact(client(entry("11-18", "call", box))) is None


def test_a_ticked_plan_is_a_contact():
    assert last_contact(client(entry("11-18", "call", "done"))) == date(2026, 11, 18)


# --- whose contact it is


def test_a_linked_entry_in_a_clients_note_is_no_contact_with_the_owner():
    showing = entry("11-20", "showing", links=("阳光花园",))
    assert last_contact(listing(), mentions=(("C-9F3DWA", showing),)) is None


def test_a_linked_entry_that_says_the_owner_was_reached_is_one():
    showing = entry("11-20", "showing", links=("阳光花园",), owner_outcome="reached")
    near = {"mentions": (("C-9F3DWA", showing),)}
    assert last_contact(listing(), **near) == date(2026, 11, 20)
    assert only(listing(grade="A"), "revisit", neighbours(**near)).due == date(2026, 11, 23)


@pytest.mark.parametrize("outcome", ["no_answer", "sent", "wrong_number"])
def test_a_linked_entry_that_says_the_owner_was_not_reached_is_none(outcome):
    showing = entry("11-20", "showing", links=("阳光花园",), owner_outcome=outcome)
    assert last_contact(listing(), mentions=(("C-9F3DWA", showing),)) is None


@pytest.mark.parametrize("box", ["planned", "cancelled"])
def test_a_linked_plan_is_no_contact_with_the_owner(box):
    plan = entry("11-20", "showing", box, links=("阳光花园",), owner_outcome="reached")
    assert last_contact(listing(), mentions=(("C-9F3DWA", plan),)) is None


def test_the_newer_of_own_log_and_linked_entries_counts():
    near = {"mentions": (("C-9F3DWA", entry("11-10", "showing", owner_outcome="replied")),)}
    assert last_contact(listing(entry("11-12", "call")), **near) == date(2026, 11, 12)
    assert last_contact(listing(entry("11-08", "call")), **near) == date(2026, 11, 10)


def test_a_showing_in_the_clients_note_is_a_contact_with_the_client():
    note = client(entry("11-18", "showing", links=("阳光花园",), interest=4))
    assert last_contact(note) == date(2026, 11, 18)


def test_in_a_listings_log_the_owners_outcome_goes_before_the_entrys():
    note = listing(entry("11-18", "showing", owner_outcome="no_answer"))
    assert last_contact(note) is None


def test_a_call_from_a_client_in_a_listings_log_is_no_contact_with_the_owner():
    assert last_contact(listing(entry("11-18", "call", from_="client"))) is None
    assert last_contact(listing(entry("11-18", "wechat", from_="owner"))) == date(2026, 11, 18)


def test_a_message_from_an_owner_is_a_contact_with_the_client_who_is_that_owner():
    note = client(entry("11-18", "wechat", from_="owner"))
    assert last_contact(note) is None
    assert last_contact(note, owned=("L-7K2PQM",)) == date(2026, 11, 18)


# --- corrections and tombstones


def test_a_corrected_entry_no_longer_counts():
    note = client(
        entry("11-10", "call", id="old"),
        entry("11-18", "call", id="wrong"),
        entry("11-19", "call", outcome="no_answer", corrects="wrong"),
    )
    assert keys(note) == ["followup/old"]


def test_the_correction_itself_counts():
    note = client(entry("11-18", "call", id="x"), entry("11-17", "call", id="y", corrects="X"))
    assert keys(note) == ["followup/y"]


def test_a_corrected_promise_is_none():
    note = client(
        entry("11-18", "call", id="p", next=date(2026, 11, 20)),
        entry("11-18", "note", corrects="p"),
    )
    assert none_of(note, "promise")


def test_a_rescheduled_plan_takes_the_place_of_the_old_one():
    note = client(
        entry("11-25 15:00", "showing", "planned", id="old"),
        entry("11-26 15:00", "showing", "planned", id="new", corrects="old"),
    )
    assert keys(note) == ["confirm_showing/new", "planned/new"]


def test_a_correction_called_off_or_still_ahead_corrects_nothing():
    called_off = client(
        entry("11-18", "call", id="x"), entry("11-19", "call", "cancelled", corrects="x")
    )
    ahead = client(entry("11-18", "call", id="x"), entry("12-19", "call", corrects="x"))
    assert last_contact(called_off) == last_contact(ahead) == date(2026, 11, 18)


def test_an_entry_that_corrects_itself_counts():
    assert last_contact(client(entry("11-18", "call", id="x", corrects="x"))) is not None


def test_a_tombstone_wins_over_every_version_of_its_id():
    note = client(
        entry("11-18", "call", id="gone", next=date(2026, 11, 20)),
        entry("11-19", "removed", id="gone"),
    )
    assert last_contact(note) is None
    assert none_of(note, "promise")


def test_a_tombstone_without_id_removes_nothing_else():
    assert last_contact(client(entry("11-18", "call"), entry("11-19", "removed"))) is not None


# --- what lies ahead


def test_an_entry_dated_ahead_is_no_contact_until_its_day():
    note = client(entry("11-10", "call", id="real"), entry("11-25", "call", id="ahead"))
    before = only(note, "followup")
    assert before.entry == "real"
    after = only(note, "followup", today=date(2026, 11, 25))
    assert after.entry == "ahead"


def test_the_first_day_ahead_makes_the_answer_stale():
    note = client(entry("11-28", "call"), entry("11-25", "note"), entry("11-26", "call", "planned"))
    assert clock(note, neighbours(), RULES, TODAY).stale_from == date(2026, 11, 25)


def test_a_linked_entry_ahead_makes_the_listing_stale():
    near = neighbours(mentions=(("C-9F3DWA", entry("11-25", "showing", owner_outcome="reached")),))
    assert clock(listing(), near, RULES, TODAY).stale_from == date(2026, 11, 25)
    assert clock(listing(), near, RULES, TODAY).last is None


def test_an_entry_of_today_counts_and_nothing_is_stale():
    note = client(entry("11-21 23:00", "call"))
    assert newest(note).day == TODAY
    assert clock(note, neighbours(), RULES, TODAY).stale_from is None


# --- names


def test_an_entry_is_named_by_its_id_else_by_date_and_time():
    entries = (
        entry("08-20 14:30", "call", id="3afq6m4x9"),
        entry("08-20 14:30", "call"),
        entry("08-20 14:30", "wechat"),
        entry("08-20", "call"),
    )
    assert [entry_name(one, entries) for one in entries] == [
        "3afq6m4x9",
        "20260820T1430",
        "20260820T1430-2",
        "20260820",
    ]


def test_two_entries_with_one_id_have_two_names_in_the_order_of_time():
    later, sooner = entry("08-21", "call", id="x"), entry("08-20", "call", id="x")
    assert entry_name(later, (later, sooner)) == "x-2"
    assert entry_name(sooner, (later, sooner)) == "x"


def test_a_verb_of_the_brokerage_means_what_its_rules_say():
    assert not RULES.schema.assumed_outcomes["survey"]
    assert RULES.schema.assumed_outcomes["wechat"] == "sent"


def test_a_long_log_out_of_order_gives_the_newest():
    days = [TODAY - timedelta(days=(n * 7) % 101) for n in range(1, 101)]
    entries = [LogEntry(day=on, verb="call", line=n) for n, on in enumerate(days)]
    assert last_contact(client(*entries)) == max(days)

"""The cadence: who is asked again, and when; new clients; what holds for any note at all."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from brokernotes.model.occurrences import UNDATED, Derived, Neighbours
from brokernotes.model.records import Record
from brokernotes.model.rules import Cadence
from tests.followup_notes import (
    RULES,
    TODAY,
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

CALL = entry("11-10", "call", id="3ack67k2p", text="问学区")
OWNS = neighbours(owned=("L-7K2PQM",))
# Nothing is to be done, though somebody was called.
CALLED = ((), None, day("11-10"))


def told(found):
    return found.occurrences, found.stale_from, found.last_contact


def due(record, kind, **more):
    return only(record, kind, **more).due


# --- counted from


def test_a_followup_counts_from_the_last_effective_contact():
    found = only(client(entry("11-12", "sms"), CALL, grade_override="B"), "followup")
    assert found.key == "C-9F3DWA/followup/3ack67k2p"
    assert (found.due, found.last_contact, found.last_text) == (
        day("11-17"),
        day("11-10"),
        "问学区",
    )
    assert (found.computed, found.dormant, found.undated) == (True, False, False)


@pytest.mark.parametrize(
    ("values", "start"),
    [
        ({"created": datetime(2026, 11, 1, 10), "inquired_at": day("10-30")}, "11-01"),
        ({"inquired_at": day("10-30")}, "10-30"),
        ({}, "10-20"),
    ],
)
def test_a_client_nobody_reached_counts_from_the_start(values, start):
    note = client(entry("11-02", "note"), entry("10-20", "sms"), **values)
    found = only(note, "followup")
    assert found.key == "C-9F3DWA/followup/start"
    assert (found.due - day(start)).days == 15


def test_a_listing_nobody_reached_counts_from_created_else_listed():
    assert due(listing(grade="A", listed=day("11-05")), "revisit") == day("11-08")
    note = listing(grade="A", listed=day("11-05"), created=day("11-06"))
    assert due(note, "revisit") == day("11-09")


def test_what_has_no_start_is_undated():
    found = only(listing(grade="A"), "revisit")
    assert (found.undated, found.due) == (True, UNDATED)
    assert found.key == "L-7K2PQM/revisit/start"


def test_an_entry_dated_ahead_is_no_start():
    assert only(client(entry("2062-11-01", "note")), "followup").undated


def test_a_note_without_id_bears_its_path_in_keys():
    found = only(client(CALL, no_id=True), "followup")
    assert found.key == "clients/李女士-9F3DWA.md/followup/3ack67k2p"


# --- listings


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"status": "for_sale", "grade": "A"}, 3),
        ({"status": "for_sale", "grade": "B"}, 7),
        ({"status": "for_sale", "grade": "C"}, 15),
        ({"status": "for_sale", "grade": "D"}, 30),
        ({"status": "for_sale"}, 15),
        ({"status": "for_lease", "grade": "A"}, 2),
        ({"status": "for_lease", "grade": "D"}, 15),
        ({"status": "sale_or_lease", "grade": "B"}, 3),
        ({"transaction": "both", "grade": "C", "status": "for_sale"}, 7),
        ({"transaction": "lease", "status": "for_sale", "grade": "B"}, 3),
        ({"price": 620, "grade": "B"}, 7),
        ({"rent": 6000, "grade": "B"}, 3),
        ({"grade": "B"}, 7),
        ({"status": "for_sale", "grade": "A", "cadence_days": 10}, 10),
        ({"status": "paused", "grade": "A"}, 30),
        ({"status": "expired"}, 14),
        ({"status": "sold_by_us"}, 180),
        ({"status": "leased_by_us"}, 300),
        ({"status": "leased_by_others"}, 300),
        ({"status": "sold_by_others", "owner_phone": "13800138000"}, 180),
        ({"status": "paused", "cadence_days": 5}, 5),
    ],
)
def test_how_often_an_owner_is_revisited(values, days):
    found = only(listing(CALL, **values), "revisit")
    assert (found.due - day("11-10")).days == days
    in_business = values.get("status") in (None, "for_sale", "for_lease", "sale_or_lease")
    assert found.dormant is not in_business


@pytest.mark.parametrize("status", ["deposit", "sold_by_others"])
def test_statuses_without_a_revisit(status):
    assert told(derived(listing(CALL, status=status))) == CALLED


def test_a_lease_that_ends_sooner_is_asked_about_sooner():
    note = listing(CALL, status="leased_by_us", lease_end=day("2027-05-31"))
    found = only(note, "revisit")
    assert (found.due, found.reason) == (day("2027-04-01"), "revisit-lease")


@pytest.mark.parametrize("end", ["2026-12-31", "2028-12-31"])
def test_a_lease_end_that_does_not_lie_between_changes_nothing(end):
    note = listing(CALL, status="leased_by_others", lease_end=day(end))
    assert due(note, "revisit") == day("2027-09-06")


def test_a_cadence_of_the_note_is_kept_however_soon_the_lease_ends():
    note = listing(CALL, status="leased_by_us", lease_end=day("2027-05-31"), cadence_days=250)
    found = only(note, "revisit")
    assert (found.due - CALL.day).days == 250
    assert found.reason == "revisit-dormant"


def test_an_owner_not_to_be_contacted_is_not_revisited():
    for said in ({"do_not_contact": True}, {"stage": "inactive"}):
        near = neighbours(values={"C-9F3DWA": said})
        assert none_of(listing(CALL, owner=("李女士",)), "revisit", near)
        assert not none_of(listing(CALL), "revisit", near)


# --- clients


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"grade_override": "A"}, 2),
        ({"grade_override": "D", "intents": ("buy",)}, 30),
        ({"grade_override": "A", "intents": ("rent",)}, 1),
        ({"grade_override": "D", "intents": ("rent",)}, 7),
        ({"grade_override": "C", "intents": ("buy", "rent")}, 4),
        ({"grade_override": "C", "intents": ("sell", "buy")}, 15),
        ({"grade_override": "B", "intents": ("sell",)}, 7),
        ({"stage": "lead"}, 15),
        ({"stage": "nurture"}, 15),
        ({"stage": "negotiating", "grade_override": "A"}, 2),
        ({"stage": "paused", "grade_override": "A"}, 30),
        ({"stage": "past_client", "grade_override": "A"}, 90),
        ({"stage": "past_client", "cadence_days": 45}, 45),
        ({"cadence_days": 5, "grade_override": "A"}, 5),
    ],
)
def test_how_often_a_client_is_followed_up(values, days):
    found = only(client(CALL, **values), "followup")
    assert (found.due - day("11-10")).days == days
    assert found.dormant is (values.get("stage") in ("paused", "past_client"))


@pytest.mark.parametrize("stage", ["under_contract", "closing", "inactive"])
def test_stages_without_a_followup(stage):
    assert told(derived(client(CALL, stage=stage, created=day("01-01")))) == CALLED


@pytest.mark.parametrize("intents", [("sell",), ("let",), ("sell", "let")])
def test_who_only_sells_is_revisited_at_the_listing(intents):
    note = client(created=datetime(2026, 11, 1, 9), intents=intents)
    assert derived(note, OWNS) == Derived()
    assert not none_of(note, "followup")
    assert not none_of(client(CALL, intents=(*intents, "buy")), "followup", OWNS)


def test_who_is_not_to_be_contacted_keeps_promises_and_plans_only():
    note = client(
        entry("11-10", "call", id="p", next=day("11-28")),
        entry("11-25", "call", "planned", id="q"),
        entry("11-20", "showing", id="s"),
        do_not_contact=True,
        created=datetime(2026, 11, 1, 9),
    )
    assert keys(note) == ["feedback/s", "planned/q", "promise/p"]
    assert told(derived(client(CALL, do_not_contact=True))) == CALLED


@pytest.mark.parametrize(
    ("values", "weight"),
    [
        ({"stage": "negotiating"}, 4),
        ({"grade_override": "A"}, 5),
        ({"grade_override": "D"}, 8),
        ({"stage": "paused"}, 9),
    ],
)
def test_a_client_stands_in_the_class_of_its_stage_and_grade(values, weight):
    assert only(client(CALL, **values), "followup").weight == weight


def test_an_ungraded_listing_stands_with_c_and_stays_ungraded():
    found = only(listing(CALL), "revisit")
    assert (found.weight, found.grade, found.params["grade"]) == (7, None, "C")


# --- rules and other notes


def test_the_rule_behind_a_date_names_its_origin():
    found = only(client(CALL, grade_override="A"), "followup")
    assert found.rule == {"name": "cadence.client.buy.A", "value": 2, "origin": "ours"}
    table = {"buy": {"A": 4}}
    own = replace(RULES, cadence=Cadence(client=table))
    assert only(client(CALL, grade_override="A"), "followup", rules=own).rule["origin"] == "rules"
    assert none_of(client(CALL, grade_override="B"), "followup", rules=own)
    assert only(client(CALL, cadence_days=9), "followup").rule == {
        "name": "cadence_days",
        "value": 9,
        "origin": "note",
    }


@pytest.mark.parametrize("kind", ["community", "agent", "deal"])
def test_other_notes_ask_for_nothing_by_themselves(kind):
    note = Record(path=f"{kind}/x.md", type=kind, id="M-1", values={"created": TODAY})
    assert derived(note) == Derived()


def test_a_deal_is_not_followed_up():
    assert derived(deal(CALL, created=day("01-01"))) == Derived()


def test_what_is_due_does_not_depend_on_the_present_day():
    note = client(CALL, entry("11-12", "showing", id="s"), created=day("01-01"))
    assert derived(note, today=day("11-15")) == derived(note, today=date(2031, 1, 1))


def test_the_last_day_of_the_calendar_is_survived():
    note = listing(entry("9999-12-31", "call"), lease_end=date.min, created=date.max)
    assert derived(note, Neighbours(), today=date.max).occurrences

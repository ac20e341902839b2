"""Whom to confirm a showing with the evening before, and what settles it."""

from brokernotes.features.reasons import Voice, reason
from brokernotes.language import language
from brokernotes.model.rules import Rules
from tests.followup_notes import at, client, day, derived, entry, keys, listing, neighbours

PLAN = entry("11-25 15:00", "showing", "planned", id="3afr4q81c", links=("春江苑",))
NEXT = entry("11-25 16:00", "showing", "planned", id="3afr4q81d", links=("阳光花园",))


def confirmations(record, *near, **more):
    found = derived(record, *near, **more).occurrences
    return [one for one in found if one.kind == "confirm_showing"]


def test_the_client_is_asked_once_for_a_tour_the_evening_before():
    (found,) = confirmations(client(NEXT, PLAN))

    assert found.key == "C-9F3DWA/confirm_showing/3afr4q81c"
    assert (found.due, found.at, found.until) == (day("11-24"), at("11-24 18:00"), day("11-25"))
    assert found.links == ("春江苑", "阳光花园")
    assert (found.params["role"], found.params["time"]) == ("client", "15:00")
    assert found.rule == {"name": "calendar.confirm", "value": "18:00", "origin": "ours"}


def test_two_days_are_two_questions_and_the_rules_say_when():
    other = entry("11-27", "second_showing", "planned", id="3afr4q81e")
    rules = Rules(confirm=19 * 60 + 30)

    found = confirmations(client(PLAN, other), neighbours(), rules)

    assert [one.at for one in found] == [at("11-24 19:30"), at("11-26 19:30")]
    assert found[1].reason == "confirm-client"  # nobody said when that day
    assert found[0].rule["origin"] == "rules"


def test_a_contact_that_names_the_time_settles_it():
    told = entry("11-21 18:00", "wechat", text="确认 11-25 15:00")
    unheard = entry("11-21 18:00", "call", text="确认 11-25 15:00", outcome="no_answer")

    assert not confirmations(client(PLAN, NEXT, told))
    assert confirmations(client(PLAN, NEXT, unheard))
    moved = entry("11-25 17:00", "showing", "planned", id="3afr4q81c")
    assert confirmations(client(moved, told))


def test_what_was_called_off_or_is_no_showing_asks_nobody():
    off = entry("11-25 15:00", "showing", "cancelled", id="3afr4q81c")
    call = entry("11-25 15:00", "call", "planned", id="3afr4q81c")

    assert not confirmations(client(off, call))


def test_the_owner_or_tenant_is_told_in_the_listings_note_by_who_goes():
    goes = entry("11-25 15:00", "showing", "planned", id="3afr4q81c", agent="陈浩")
    near = neighbours(mentions=(("C-9F3DWA", goes),))
    note = listing(agent="王敏", keys="store")

    (found,) = confirmations(note, near)

    assert found.key == "L-7K2PQM/confirm_showing/3afr4q81c"
    assert (found.agent, found.reason) == ("A-CHEN01", "confirm-owner-at")
    assert found.params["keys"] == "store"
    (tenant,) = confirmations(listing(agent="王敏", occupant="tenant"), near)
    assert tenant.reason == "confirm-tenant-at"
    assert not confirmations(
        listing(entry("11-21 18:00", "call", text="确认 11-25 15:00"), agent="王敏"), near
    )


def test_the_owner_of_a_private_listing_is_told_by_its_holder():
    goes = entry("11-25 15:00", "showing", "planned", id="3afr4q81c", agent="陈浩")
    near = neighbours(mentions=(("C-9F3DWA", goes),))

    (found,) = confirmations(listing(agent="王敏", sharing="private"), near)

    assert found.agent == "A-WANG01"


def test_a_mention_that_has_happened_asks_nobody():
    was = entry("11-20 15:00", "showing", id="3afr4q81c", owner_outcome="reached")

    assert not confirmations(listing(agent="王敏"), neighbours(mentions=(("C-9F3DWA", was),)))


def test_it_says_whom_and_when_and_where_the_key_is():
    voice = Voice(language=language("zh"))
    (found,) = confirmations(client(PLAN))

    assert reason(found, voice) == "跟客户确认：2026-11-25 15:00 带看（春江苑）"
    assert keys(client(PLAN)) == ["confirm_showing/3afr4q81c", "planned/3afr4q81c"]


def test_who_is_shown_the_home_already_is_not_to_be_told_of_it():
    """The feedback is what is due from then on; without an hour the day decides."""
    some_day = entry("11-25", "showing", "planned", id="3afr4q81d")
    near = neighbours(mentions=(("C-9F3DWA", PLAN), ("C-9F3DWA", some_day)))
    by_entry = {one.entry: one for one in confirmations(listing(), near)}
    told, untimed = by_entry["3afr4q81c"], by_entry["3afr4q81d"]

    assert [told.is_over(at(f"11-25 {hour}")) for hour in ("14:59", "15:00")] == [False, True]
    assert [untimed.is_over(at(f"{when} 09:00")) for when in ("11-25", "11-26")] == [False, True]
    (tour,) = confirmations(client(NEXT, PLAN))
    assert tour.ends == at("11-25 15:00")

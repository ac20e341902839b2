"""New clients wait for an answer, but nobody is disturbed at night."""

from dataclasses import replace
from datetime import datetime

import pytest

from brokernotes.model.rules import Quiet
from tests.followup_notes import RULES, at, client, day, entry, listing, none_of, only

CALL = entry("11-10", "call")


@pytest.mark.parametrize(
    ("inquired", "answer"),
    [
        ("11-20 14:00", "11-20 14:15"),
        ("11-20 20:44", "11-20 20:59"),
        ("11-20 20:45", "11-21 08:30"),
        ("11-20 23:30", "11-21 08:30"),
        ("11-20 03:00", "11-20 08:30"),
        ("11-20 08:15", "11-20 08:30"),
        ("11-20 08:20", "11-20 08:35"),
    ],
)
def test_a_new_client_is_answered_in_15_minutes_or_after_the_quiet_hours(inquired, answer):
    found = only(client(inquired_at=at(inquired)), "first_response")
    assert found.key == "C-9F3DWA/first_response/start"
    assert (found.at, found.due) == (at(answer), at(answer).date())
    assert (found.computed, found.weight) == (True, 3)


def test_quiet_hours_may_lie_within_a_day_or_be_none():
    siesta = replace(RULES, quiet=Quiet(start=12 * 60, end=14 * 60))
    none = replace(RULES, quiet=Quiet(start=0, end=0))
    note = client(inquired_at=at("11-20 12:30"))
    assert only(note, "first_response", rules=siesta).at == at("11-20 14:00")
    assert only(note, "first_response", rules=none).at == at("11-20 12:45")


def test_a_bare_date_is_answered_that_day():
    found = only(client(created=day("11-20")), "first_response")
    assert (found.at, found.due) == (None, day("11-20"))


@pytest.mark.parametrize("verb", ["call", "wechat", "showing"])
def test_a_contact_answers(verb):
    note = client(entry("11-19", verb, interest=3), created=datetime(2026, 11, 20, 9))
    assert none_of(note, "first_response")


@pytest.mark.parametrize(
    "attempt", [entry("11-20", "note"), entry("11-20", "call", outcome="no_answer")]
)
def test_what_gave_the_client_nothing_does_not_answer(attempt):
    assert not none_of(client(attempt, created=day("11-20")), "first_response")


def test_a_client_who_inquires_again_waits_again():
    assert not none_of(client(CALL, inquired_at=at("11-20 14:00")), "first_response")
    assert none_of(client(CALL, inquired_at=at("11-10 14:00")), "first_response")


@pytest.mark.parametrize("stage", ["paused", "past_client", "closing", "inactive"])
def test_only_a_client_who_looks_for_something_waits(stage):
    assert none_of(client(created=day("11-20"), stage=stage), "first_response")


def test_a_listing_waits_for_no_first_response():
    assert none_of(listing(created=day("11-20")), "first_response")


def test_who_does_not_answer_a_first_time_is_tried_in_another_way():
    missed = [entry(f"11-{day}", "call", outcome="no_answer") for day in (10, 12, 14)]
    note = client(*missed, inquired_at=at("11-09 10:00"))
    assert only(note, "first_response").params["tried"] == 3

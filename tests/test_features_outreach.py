"""What counts as a contact that nobody had asked for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.outreach import named_festivals
from brokernotes.model.occurrences import Outreach
from brokernotes.model.records import Record
from tests.followup_notes import TODAY, client, derived, entry, listing, neighbours


def outreach(record, **near):
    return derived(record, neighbours(**near)).outreach


@pytest.mark.parametrize("verb", ["call", "wechat", "sms", "revisit", "followup", "recommend"])
def test_calls_messages_revisits_and_recommendations_count(verb):
    note = client(entry("11-20", verb), agent="王敏")

    assert outreach(note) == (Outreach("C-9F3DWA", date(2026, 11, 20), "A-WANG01"),)


@pytest.mark.parametrize(
    "one",
    [
        entry("11-20", "call", from_="client"),
        entry("11-20", "call", outcome="no_answer"),
        entry("11-20", "call", outcome="dead_number"),
        entry("11-20", "call", text="确认 11-22 15:00，带好身份证"),
        entry("11-20", "wechat", amount=580),
        entry("11-20", "call", side="buyer"),
        entry("11-20", "call", "planned"),
        entry("11-20", "call", "cancelled"),
        entry("11-22", "call"),
        entry("11-20", "showing"),
        entry("11-20", "negotiate"),
        entry("11-20", "handover"),
        entry("11-20", "visit"),
        entry("11-20", "note"),
    ],
)
def test_what_somebody_or_something_else_caused_does_not(one):
    assert outreach(client(one, agent="王敏")) == ()


def test_the_last_of_them_counts_and_the_last_greeting_beside_it():
    note = client(
        entry("11-10", "greet"), entry("11-18", "call", agent="陈浩"), entry("11-12", "revisit"),
        agent="王敏",
    )  # fmt: skip

    assert outreach(note) == (
        Outreach("C-9F3DWA", date(2026, 11, 18), "A-CHEN01"),
        Outreach("C-9F3DWA", date(2026, 11, 10), "A-WANG01", greets=True),
    )
    assert outreach(client(entry("11-18", "greet"))) == (
        Outreach("C-9F3DWA", date(2026, 11, 18), None, greets=True),
    )


ENTRIES = st.builds(
    entry,
    st.sampled_from(["11-10", "11-18", "11-18 10:00", "11-19", "11-25"]),
    st.sampled_from(["call", "greet", "showing", "note"]),
    agent=st.sampled_from(["王敏", "陈浩", None]),
)


@given(st.lists(ENTRIES, max_size=8))
def test_of_several_at_one_moment_the_first_line_counts(entries):
    """As from the first line to the last, whichever way the log is gone through."""
    unasked = [one for one in entries if one.verb in ("call", "greet") and one.day <= TODAY]
    greetings = [one for one in unasked if one.verb == "greet"]
    wanted = [max(some, key=lambda one: one.moment) for some in (unasked, greetings) if some]
    people = {"王敏": "A-WANG01", "陈浩": "A-CHEN01", None: None}
    told = dict.fromkeys(
        (one.day, people[one.agent], one.verb == "greet", id(one)) for one in wanted
    )

    found = [(one.day, one.agent, one.greets) for one in outreach(client(*entries))]

    assert found == [one[:3] for one in told]


def test_of_an_owner_the_phone_tells_who_it_is():
    note = listing(entry("11-20", "revisit"), owner_phone="138 0013 8000", agent="王敏")

    assert outreach(note) == (Outreach("tel:13800138000", date(2026, 11, 20), "A-WANG01"),)


def test_what_is_taken_back_was_none():
    note = client(entry("11-18", "call", id="a"), entry("11-19", "note", corrects="a"))

    assert outreach(note) == ()


def test_what_a_clients_log_tells_of_the_owner_counts_for_the_owner():
    told = entry("11-20", "call", owner_outcome="reached", agent="陈浩")

    assert outreach(listing(agent="王敏"), mentions=(("C-9F3DWA", told),)) == (
        Outreach("L-7K2PQM", date(2026, 11, 20), "A-CHEN01"),
    )


def test_an_agents_log_tells_for_which_festivals_everybody_was_greeted():
    log = (
        entry("10-01", "greet", text="国庆、中秋 一起发了"),
        entry("09-25", "greet", text="中秋节"),
        entry("11-20", "greet", text="天冷了"),
        entry("11-20", "note", text="元旦排班"),
    )
    agent = Record(path="经纪人/王敏.md", type="agent", id="A-WANG01", values={}, entries=log)

    assert {(one.festival, str(one.day)) for one in outreach(agent)} == {
        ("mid_autumn", "2026-10-01"), ("national_day", "2026-10-01"),
    }  # fmt: skip


def test_festivals_are_named_in_either_language():
    assert list(named_festivals(["Happy Spring Festival", "端午安康"])) == [
        "spring_festival",
        "dragon_boat",
    ]

"""Somebody who does not answer."""

from datetime import date

import pytest

from brokernotes.features.ranking import Asked, due_today
from brokernotes.features.reasons import Voice, brief
from brokernotes.language import language
from tests.followup_notes import RULES, at, client, derived, entry, listing, only

MISSED = {"outcome": "no_answer"}


def tried(*entries, **values):
    params = only(client(*entries, created=date(2026, 10, 1), **values), "followup").params
    return params.get("tried"), params.get("ways"), params.get("gone")


def test_three_days_without_an_answer_are_told_with_the_ways():
    log = [entry("11-10", "call", **MISSED), entry("11-12", "call", **MISSED)]

    assert tried(*log) == (None, None, None)
    assert tried(*log, entry("11-12 18:00", "call", **MISSED)) == (None, None, None)
    assert tried(*log, entry("11-14", "wechat")) == (3, ["call", "wechat"], False)


def test_an_answer_ends_it_and_tries_before_it_are_over():
    log = [entry(f"11-{day}", "call", **MISSED) for day in (10, 12, 14)]

    assert tried(*log, entry("11-15", "call")) == (None, None, None)
    assert tried(entry("11-11", "call"), *log) == (None, None, None)
    assert tried(*log, entry("11-15", "wechat", from_="client")) == (None, None, None)


def test_a_try_of_the_moment_of_an_answer_is_no_later_one():
    log = [entry(f"11-{day}", "call", **MISSED) for day in (11, 12, 14)]

    assert tried(entry("11-11", "call"), *log) == (None, None, None)
    assert tried(entry("11-10", "call"), *log)[0] == 3


def test_messages_alone_are_no_missed_calls():
    assert tried(*(entry(f"11-{day}", "wechat") for day in (10, 12, 14))) == (None, None, None)


def test_a_month_of_tries_is_a_proposal():
    log = [entry(day, "call", **MISSED) for day in ("10-15", "10-20", "11-14")]

    assert tried(*log) == (3, ["call"], True)
    assert tried(*log[:2], entry("11-13", "call", **MISSED)) == (3, ["call"], False)


@pytest.mark.parametrize(
    ("record", "lines"),
    [
        (client, ["no answer by call on 3 days since 2026-10-15: try another way, or another time",
                  "out of reach for a month: propose to pause this client"]),
        (listing, ["no answer by call on 3 days since 2026-10-15: try another way, or another time",
                   "out of reach for a month: the owner is unconfirmed, do not publish"]),
    ],
)  # fmt: skip
def test_what_to_do_is_said_under_the_row(record, lines):
    note = record(
        *(entry(day, "call", **MISSED) for day in ("10-15", "10-20", "11-14")),
        created=date(2026, 10, 1), status="for_sale",
    )  # fmt: skip
    items = due_today(derived(note).occurrences, Asked(now=at("11-21 09:00")), rules=RULES)
    told = [line for item in items for line in brief(item, Voice(language=language("en")))]

    assert [line for line in told if "answer" in line or "reach for" in line] == lines

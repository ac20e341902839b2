"""What is said before a call is planned."""

from datetime import date

import pytest

from brokernotes.features.calling import Called, colleague_today, find_call
from brokernotes.features.showing_sentences import SENTENCES
from brokernotes.features.showings import CLASH, NOTE
from brokernotes.model.occurrences import Outreach
from brokernotes.model.rules import Cadence, Rules

DAY = date(2026, 11, 25)  # a Wednesday
TEN, LATE, NIGHT = 10 * 60, 21 * 60, 3 * 60


def findings(verb="call", at=TEN, agent="A-1", gap=2, **person):
    rules = Rules(cadence=Cadence(min_gap=gap))
    found = [*find_call(Called("C-1", **person), verb, (DAY, at), agent, rules)]
    assert all(one.code in SENTENCES for one in found)
    return [(one.code, one.severity) for one in found]


def was(day, agent="A-2"):
    return Outreach("C-1", date(2026, 11, day), agent)


def test_whoever_wants_no_contact_speaks_against_it():
    assert findings(is_silenced=True) == [("no-contact", CLASH)]
    assert findings(until=date(2026, 11, 26)) == [("not-until", CLASH)]
    assert findings(until=DAY) == []


@pytest.mark.parametrize(
    ("at", "is_said"), [(LATE, True), (NIGHT, True), (TEN, False), (None, False)]
)
def test_quiet_hours_are_said(at, is_said):
    assert findings(at=at) == [("quiet-hours", NOTE)] * is_said


def test_what_suits_them_is_said_where_the_time_does_not():
    assert findings(times=("下午",)) == [("call-times", NOTE)]
    assert findings(times=("下午",), at=15 * 60) == []
    assert findings(times=("周三",), at=None) == []
    assert findings(times=("双休",), at=None) == [("call-times", NOTE)]


@pytest.mark.parametrize(("day", "is_near"), [(23, False), (24, True), (26, True), (27, False)])
def test_a_colleague_too_near_is_said(day, is_near):
    assert findings(made=(was(day),)) == [("colleague-was", NOTE)] * is_near
    coming = ((date(2026, 11, day), "A-2"),)
    assert findings(coming=coming) == [("colleague-will", NOTE)] * is_near


def test_ones_own_contacts_are_no_colleagues():
    assert findings(made=(was(25, "A-1"),), coming=((DAY, "A-1"),)) == []
    assert findings(gap=0, made=(was(25),)) == []


@pytest.mark.parametrize("verb", ["showing", "sign", "meeting", "survey", "negotiate"])
def test_what_is_arranged_with_people_is_not_looked_at(verb):
    assert findings(verb, NIGHT, is_silenced=True, times=("下午",), made=(was(25),)) == []


def test_whether_a_colleague_was_there_today():
    assert colleague_today([was(25)], "A-1", DAY)
    assert not colleague_today([was(25)], "A-2", DAY)
    assert not colleague_today([was(24), was(25, None)], "A-1", DAY)

"""Contacts with one person are apart, whoever makes them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.features.ranking import Asked, People, due_today
from brokernotes.features.reason_explaining import explain
from brokernotes.features.reasons import Voice, brief
from brokernotes.features.rhythm import Rhythm, remembered_from
from brokernotes.language import language
from brokernotes.model.occurrences import UNASKED, AgentInfo, Occurrence, Outreach
from brokernotes.model.rules import Cadence, Rules

TODAY = date(2026, 11, 21)  # a Saturday
FAR = TODAY + timedelta(days=400)


def rules(gap=1):
    return Rules(cadence=Cadence(min_gap=gap, daily=1000))


def one(key="C-1/followup/x", due=0, agent="A-1", person="C-1", **more):
    note, kind, _ = key.split("/")
    values = {"weight": 7, "computed": True, "reason": kind, **more}
    return Occurrence(
        key=key, kind=kind, note=note, path=f"{note}.md", person=person, agent=agent,
        due=TODAY + timedelta(days=due), **values,
    )  # fmt: skip


def listed(*found, gap=1, outreach=(), agents=(), same=None, agent=None, until=FAR, until_=None):
    infos = {info.id: info for info in agents}
    people = People(same or {}, rhythm=Rhythm(outreach, until_ or {}, lambda: infos))
    asked = Asked(now=datetime.combine(TODAY, time(9)), agent=agent, until=until)
    return due_today(found, asked, rules=rules(gap), people=people)


def days(*found, **more):
    """Days from today of each reason."""
    return {
        reason.key: (item.due - TODAY).days for item in listed(*found, **more)
        for reason in item.reasons
    }  # fmt: skip


def made(days_ago, agent="A-2", person="C-1"):
    return Outreach(person, TODAY - timedelta(days=days_ago), agent)


def test_of_two_agents_the_more_pressing_calls_today_and_the_other_tomorrow():
    mine, theirs = one(value=600.0), one("L-1/revisit/y", agent="A-2")

    assert days(mine, theirs) == {"C-1/followup/x": 0, "L-1/revisit/y": 1}
    assert days(theirs, mine) == {"C-1/followup/x": 0, "L-1/revisit/y": 1}


def test_reasons_of_one_agent_for_one_day_are_one_contact():
    (item,) = listed(one(due=-3), one("L-1/revisit/y", due=-1), gap=7)

    assert [reason.key for reason in item.reasons] == ["C-1/followup/x", "L-1/revisit/y"]
    assert not any(reason.rhythm for reason in item.reasons)


@pytest.mark.parametrize(("gap", "ago", "when"), [(1, 0, 1), (1, 1, 0), (3, 1, 2), (3, 3, 0)])
def test_what_somebody_said_lately_makes_it_wait(gap, ago, when):
    assert days(one(), gap=gap, outreach=[made(ago)]) == {"C-1/followup/x": when}


def test_whoever_is_known_by_several_names_is_one_person():
    same = {"tel:13800138000": "C-1", "C-2": "C-1"}
    owner = one("L-1/revisit/y", agent="A-2", person="tel:13800138000", weight=8)
    other = one("C-2/followup/z", agent="A-3", person="C-2", weight=9)

    assert list(days(one(), owner, other, same=same).values()) == [0, 1, 2]
    assert days(one(), same=same, outreach=[made(0, person="C-2")]) == {"C-1/followup/x": 1}


@pytest.mark.parametrize("kind", ["neglected", "birthday", "retention"])
def test_what_is_no_cadence_neither_waits_nor_makes_wait(kind):
    asked = one(f"C-1/{kind}/y", agent="A-2", weight=0)

    assert days(one(), asked) == {"C-1/followup/x": 0, f"C-1/{kind}/y": 0}
    assert days(asked, outreach=[made(0)]) == {f"C-1/{kind}/y": 0}


def test_a_first_answer_takes_the_place_of_the_cadence_and_makes_nobody_wait():
    first = one("C-1/first_response/y", agent="A-2", weight=0)

    assert days(one(), first) == {"C-1/first_response/y": 0}
    assert days(first, outreach=[made(0)]) == {"C-1/first_response/y": 0}


def test_what_is_over_makes_nobody_wait():
    over = one("C-1/referral/D-1", due=-70, agent="A-2", weight=0, until=TODAY - timedelta(days=1))

    assert days(one(), over) == {"C-1/followup/x": 0}
    assert days(one(), replace(over, until=TODAY)) == {"C-1/referral/D-1": -70, "C-1/followup/x": 1}


def test_a_promise_and_a_plan_stand_whatever_was_said():
    promise = one("C-1/promise/p", computed=False)

    assert days(promise, outreach=[made(0)]) == {"C-1/promise/p": 0}


def test_the_rule_may_be_switched_off():
    assert days(one(), one("L-1/revisit/y", agent="A-2"), gap=0, outreach=[made(0)]) == {
        "C-1/followup/x": 0,
        "L-1/revisit/y": 0,
    }


def test_nobody_waits_for_a_day_on_which_its_agent_rests():
    agents = [AgentInfo(id="A-1", rest_day="sunday")]

    assert days(one(), outreach=[made(0)], agents=agents) == {"C-1/followup/x": 2}
    assert days(one(), agents=agents) == {"C-1/followup/x": 0}


def test_what_has_no_date_waits_too():
    assert days(one(undated=True), outreach=[made(0)]) == {"C-1/followup/x": 1}


def test_an_agent_sees_neither_what_waits_nor_what_colleagues_do_today():
    mine, theirs = one(), one("L-1/revisit/y", agent="A-2", value=9.0)

    assert days(mine, theirs, agent="A-1", until=None) == {}
    assert days(mine, theirs, agent="A-2", until=None) == {"L-1/revisit/y": 0}


def test_it_says_why_it_waits_and_not_who_the_colleague_is():
    (item,) = listed(one(), outreach=[made(0)], agent="A-1")
    voice = Voice(language=language("en"), today=TODAY)

    assert brief(item, voice)[0] == (
        "a colleague was in touch with this person on 2026-11-21: it waits for 2026-11-22"
    )
    assert explain(item.reasons[0], voice)[-2:] == [
        "two contacts with one person are at least 1 day apart (cadence.min_gap)",
        "if it cannot wait, promise or plan it: `log --next`, `plan`",
    ]
    (own,) = listed(one(), outreach=[made(0, agent="A-1")], agent="A-1")
    assert brief(own, voice)[0].startswith("this person was contacted on 2026-11-21 already")


def test_whoever_asked_for_peace_until_a_day_is_called_on_it():
    wish = {"tel:13800138000": TODAY + timedelta(days=9)}
    same = {"tel:13800138000": "C-1"}

    (item,) = listed(one(due=-3), same=same, until_=wish)
    assert (item.due, item.overdue_days) == (date(2026, 11, 30), 0)
    assert brief(item, Voice(language=language("en")))[0] == (
        "asked not to be contacted before 2026-11-30"
    )
    assert days(one(due=20), same=same, until_=wish) == {"C-1/followup/x": 20}
    promise = one("C-1/promise/p", computed=False)
    assert days(promise, same=same, until_=wish) == {"C-1/promise/p": 0}


def test_a_wish_holds_without_the_rule_and_hushes_greetings_before_it():
    wish = {"C-1": TODAY + timedelta(days=9)}
    early, late = one("C-1/birthday/2026", due=3), one("C-1/anniversary/D-1", due=9)

    assert days(one(), early, late, gap=0, until_=wish) == {
        "C-1/followup/x": 9, "C-1/anniversary/D-1": 9,
    }  # fmt: skip


def test_what_waits_stands_on_a_day_that_suits_the_person():
    assert days(one(times=("周三下午",)), outreach=[made(0)]) == {"C-1/followup/x": 4}
    never = [AgentInfo(id="A-1", rest_day="wednesday")]
    assert days(one(times=("周三",)), outreach=[made(0)], agents=never) == {"C-1/followup/x": 15}


AGENTS = st.sampled_from(["A-1", "A-2", "A-3", None])
PERSONS = st.sampled_from(["C-1", "C-2", "tel:1", "tel:2", "C-3"])
SAME = {"tel:1": "C-1", "C-2": "C-1"}
ITEMS = st.lists(
    st.builds(
        lambda kind, number, due, agent, person, weight, undated: one(
            f"C-{number}/{kind}/x", due, agent, person, weight=weight, undated=undated
        ),
        st.sampled_from([*sorted(UNASKED), "birthday", "neglected"]),
        st.integers(1, 40),
        st.integers(-20, 60) | st.integers(-20, 4),
        AGENTS,
        PERSONS,
        st.integers(4, 9),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda occurrence: occurrence.key,
)
MADE = st.lists(st.builds(made, st.integers(0, 9), AGENTS, PERSONS), max_size=4)


def calls(found, gap, outreach):
    """The contacts with each person: agent and day, of what the cadence asks."""
    told = {}
    for item in listed(*found, gap=gap, outreach=outreach, same=SAME):
        for reason in item.reasons:
            if reason.kind in UNASKED:
                told.setdefault(reason.person, set()).add((item.due, reason.agent))
    return told


@settings(max_examples=200, deadline=None)
@given(ITEMS, MADE, st.integers(1, 7))
def test_no_two_contacts_with_one_person_are_nearer_than_the_rule(found, outreach, gap):
    told = calls(found, gap, outreach)

    for person, planned in told.items():
        planned = sorted((max(day, TODAY), agent or "") for day, agent in planned)
        for (day, _), (later, _) in pairwise(planned):
            assert (later - day).days >= gap, person
        for was in outreach:
            if SAME.get(was.person, was.person) == person:
                assert all((day - was.day).days >= gap for day, _ in planned)


@settings(max_examples=100, deadline=None)
@given(ITEMS.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), MADE,
       st.integers(1, 7))  # fmt: skip
def test_the_order_of_notes_does_not_matter(orders, outreach, gap):
    one_way, other_way = (
        {reason.key: (item.due, reason.rhythm) for item in
         listed(*found, gap=gap, outreach=outreach, same=SAME) for reason in item.reasons}
        for found in orders
    )  # fmt: skip

    assert one_way == other_way


@settings(max_examples=60, deadline=None)
@given(ITEMS, MADE, st.integers(1, 7), st.integers(0, 30))
def test_days_to_come_never_change_what_stands_before_them(found, outreach, gap, until):
    last = TODAY + timedelta(days=until)
    near = [occurrence for occurrence in found if occurrence.undated or occurrence.due <= last]

    def shown(occurrences):
        items = listed(*occurrences, gap=gap, outreach=outreach, same=SAME, until=last)
        return [(item.key, item.due) for item in items]

    assert shown(found) == shown(near)


def test_only_contacts_that_still_count_are_looked_up():
    assert remembered_from(TODAY, rules(1)) == TODAY
    assert remembered_from(TODAY, rules(3)) == TODAY - timedelta(days=2)
    assert remembered_from(date.min, rules(3)) == date.min

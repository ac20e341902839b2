from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.ranking import SILENCING, Asked, People, due_today, silencing_until
from brokernotes.features.rhythm import Rhythm
from brokernotes.features.spreading import last_needed
from brokernotes.model.occurrences import UNASKED, UNDATED, Occurrence
from brokernotes.model.rules import Cadence
from tests.followup_notes import RULES, at, day

NOW = at("11-21 09:00")
MONTHS = ("11-01", "11-21", "11-25", "2027-12-01", "2062-12-01")


def occurrence(key="C-1/followup/x", due="11-21", **more):
    note, kind, _ = key.rsplit("/", 2)
    computed = kind in ("followup", "revisit", "first_response")
    values = {
        "note": note,
        "path": f"notes/{note}.md",
        "person": note,
        "agent": "A-1",
        "computed": computed,
        "weight": 7 if computed else 1,
        "kind": kind,
        "reason": kind,
    }
    return Occurrence(key=key, due=day(due), **{**values, **more})


def listed(*occurrences, rules=RULES, phones=None, silenced=(), standing=(), now=NOW, **asked):
    rhythm = asked.pop("rhythm", Rhythm())
    return due_today(
        occurrences, Asked(now=now, **asked), rules=rules,
        people=People(phones or {}, silenced, standing, rhythm),
    )  # fmt: skip


def keys(*occurrences, **more):
    return [item.key for item in listed(*occurrences, **more)]


def told(*occurrences, **more):
    """Keys of every reason, those that name no item too."""
    return sorted(one.key for item in listed(*occurrences, **more) for one in item.reasons)


# --- what is due


@pytest.mark.parametrize(("due", "is_due"), [("11-20", True), ("11-21", True), ("11-22", False)])
def test_what_is_past_or_of_today_is_due(due, is_due):
    assert bool(listed(occurrence(due=due))) is is_due


def test_until_lists_days_to_come():
    assert keys(occurrence(due="11-25"), until=day("11-25")) == ["C-1/followup/x"]
    assert keys(occurrence(due="11-26"), until=day("11-25")) == []


def test_days_to_come_follow_today_each_in_its_own_order():
    coming = occurrence("C-1/promise/x", due="11-23"), occurrence("C-2/followup/x", due="11-22")
    of_today = occurrence("C-3/followup/x"), occurrence("C-4/promise/x", due="11-20")
    assert keys(*coming, *of_today, until=day("11-25")) == [
        "C-4/promise/x",
        "C-3/followup/x",
        "C-2/followup/x",
        "C-1/promise/x",
    ]


def test_until_a_day_past_lists_what_was_due_by_then():
    assert keys(occurrence(due="11-21"), until=day("11-20")) == []


def test_what_is_timed_for_today_is_listed_all_day():
    timed = occurrence("C-1/planned/x", at=at("11-21 15:00"))
    (before,), (after,) = listed(timed), listed(timed, now=at("11-21 16:00"))
    assert (before.is_overdue, before.overdue_days) == (False, 0)
    assert (after.is_overdue, after.overdue_days) == (True, 0)


def test_an_open_plan_of_a_day_past_is_overdue():
    (item,) = listed(occurrence("C-1/planned/x", "11-19", at=at("11-19 15:00")))
    assert (item.is_overdue, item.overdue_days) == (True, 2)


def test_feedback_is_asked_once_the_showing_has_ended():
    feedback = occurrence("C-1/feedback/x", since=at("11-21 10:30"))
    assert keys(feedback, now=at("11-21 10:29")) == []
    assert keys(feedback, now=at("11-21 10:30")) == ["C-1/feedback/x"]


def test_nothing_is_shown_after_its_last_day():
    feedback = occurrence("C-1/feedback/x", "11-14", until=day("11-21"))
    assert keys(feedback) == ["C-1/feedback/x"]
    assert keys(feedback, now=at("11-22 00:00")) == []


def test_what_was_called_off_is_for_calendars_only():
    assert keys(occurrence("C-1/planned/x", cancelled=True)) == []


def test_what_has_no_date_is_due_today_and_never_overdue():
    (item,) = listed(replace_undated())
    assert (item.due, item.overdue_days, item.is_overdue) == (day("11-21"), 0, False)
    assert item.reasons[0].due == day("11-21")


def replace_undated():
    return replace(occurrence(), due=UNDATED, undated=True)


def test_a_kind_is_asked_for_alone():
    found = occurrence("C-1/promise/x"), occurrence("C-2/followup/x", dormant=True)
    assert keys(*found, kind="promise") == ["C-1/promise/x"]
    assert keys(*found, kind="dormant") == ["C-2/followup/x"]


# --- whose


def test_an_agent_sees_her_own_and_what_is_nobodys():
    mine, theirs = occurrence(), occurrence("C-2/promise/x", agent="A-2")
    nobodys = occurrence("C-3/promise/x", agent=None)
    assert keys(mine, theirs, nobodys, agent="A-1") == ["C-3/promise/x", "C-1/followup/x"]
    assert len(keys(mine, theirs, nobodys)) == 3
    assert len(keys(mine, theirs, nobodys, agent="A-1", show_all=True)) == 3


# --- one item per person


def test_a_person_is_one_item_named_by_the_most_pressing_reason():
    revisit = occurrence("L-1/revisit/x", person="C-1", value=900)
    promise = occurrence("C-1/promise/y")
    other = occurrence("L-2/revisit/z", person="C-1", value=1000)
    (item,) = listed(
        revisit, replace(promise, person="C-9"), other, silenced=("C-9",), kind="revisit"
    )
    assert [reason.key for reason in item.reasons] == ["L-2/revisit/z", "L-1/revisit/x"]
    (feedback,) = listed(replace(promise, kind="feedback"), revisit, other)
    assert feedback.key == "C-1/promise/y"
    assert len(feedback.reasons) == 3
    assert feedback.computed is False


def test_an_owner_known_by_phone_is_the_client_with_that_phone():
    owner = occurrence("L-1/revisit/x", person="tel:13800138000")
    client = occurrence("C-1/followup/x")
    assert len(listed(owner, client)) == 2
    (item,) = listed(owner, client, phones={"tel:13800138000": "C-1"})
    assert len(item.reasons) == 2


def test_two_listings_of_one_phone_are_one_item():
    found = [occurrence(f"L-{n}/revisit/x", person="tel:13800138000") for n in (1, 2)]
    assert len(listed(*found)) == 1


def test_two_agents_have_an_item_each():
    found = occurrence("L-1/revisit/x", person="C-1"), occurrence("C-1/feedback/x", agent="A-2")
    assert len(listed(*found)) == 2


def test_timed_items_stand_alone():
    found = [
        occurrence("C-1/planned/a", at=at("11-21 15:00")),
        occurrence("C-1/planned/b", at=at("11-21 16:00")),
        occurrence("C-1/feedback/c"),
    ]
    assert len(listed(*found)) == 3


def test_what_concerns_nobody_stands_by_its_note():
    found = [occurrence(f"D-{n}/signing/x", person="", weight=0) for n in (1, 2)]
    assert len(listed(*found)) == 2


def test_days_to_come_are_items_of_their_own():
    found = occurrence("C-1/feedback/a"), occurrence("C-1/signing/b", "11-25")
    assert len(listed(*found, until=day("11-30"))) == 2


# --- silence


def test_a_standing_promise_silences_the_persons_other_notes():
    promise = occurrence("C-1/promise/x", "12-01")
    revisit = occurrence("L-1/revisit/x", person="tel:138")
    answer = occurrence("C-1/first_response/start")
    assert told(promise, revisit, answer, phones={"tel:138": "C-1"}) == ["C-1/first_response/start"]
    assert told(revisit, phones={"tel:138": "C-1"}) == ["L-1/revisit/x"]


def test_a_promise_too_far_ahead_and_a_plan_called_off_silence_nothing():
    far = occurrence("C-1/promise/x", "2062-12-01")
    off = occurrence("C-1/planned/x", "11-25", cancelled=True)
    assert told(far, off, occurrence()) == ["C-1/followup/x"]


def test_who_is_not_to_be_contacted_hears_of_nothing_computed():
    found = (
        occurrence("L-1/revisit/x", person="tel:138"),
        occurrence("L-1/lease_end/x", person="tel:138"),
    )
    assert told(*found) == ["L-1/lease_end/x", "L-1/revisit/x"]
    assert told(*found, silenced={"tel:138"}) == ["L-1/lease_end/x"]
    for person in ("C-1", "tel:138"):
        assert told(*found, silenced={person}, phones={"tel:138": "C-1"}) == ["L-1/lease_end/x"]


@given(
    st.lists(
        st.builds(
            lambda number, kind, days, person, off, who: occurrence(
                f"{person}/{kind}/{number}", MONTHS[days], kind=kind, cancelled=off,
                agent=who, person="tel:138" if person == "C-3" else person,
                computed=kind in ("followup", "revisit"),
            ),
            st.integers(0, 3), st.sampled_from(("promise", "planned", "followup", "revisit")),
            st.integers(0, 4), st.sampled_from(("C-1", "C-2", "C-3", "C-4")), st.booleans(),
            st.sampled_from((None, "A-1", "A-2")),
        ),
        max_size=12, unique_by=lambda one: one.key,
    ),
    st.sampled_from((None, "A-1")),
    st.sampled_from((None, "11-25")),
)  # fmt: skip
def test_who_is_promised_something_may_be_told_apart_from_what_is_due(everything, agent, until):
    """The list is that of all occurrences, though only those that fall due are made."""
    asked = {"agent": agent, "until": until and day(until), "phones": {"tel:138": "C-4"}}
    last = asked["until"] or NOW.date()
    standing = {
        one.person
        for one in everything
        if one.kind in SILENCING and not one.cancelled and one.due <= silencing_until(NOW.date())
    }
    due = [one for one in everything if one.due <= last]
    mine = [one for one in due if agent is None or one.agent in (None, agent)]
    names = asked["phones"]
    about = {names.get(one.person, one.person) for one in mine if one.kind in UNASKED}
    mine += [
        one for one in due
        if one not in mine and one.kind in UNASKED and names.get(one.person, one.person) in about
    ]  # fmt: skip

    assert listed(*mine, standing=standing, **asked) == listed(*everything, **asked)


# --- order


def test_classes_come_in_the_order_of_what_is_at_risk():
    weights = [9, 3, 0, 5, 2, 8, 1, 4]
    found = [
        occurrence(f"C-{weight}/feedback/x", weight=weight, value=weight + 1) for weight in weights
    ]
    assert [item.weight for item in listed(*found)] == sorted(weights)


def test_within_a_class_value_times_days_waited_decides():
    found = [
        occurrence("C-1/followup/x", "11-21", value=600),  # 600
        occurrence("C-2/followup/x", "11-18", value=200),  # 800
        occurrence("C-3/followup/x", "11-20", value=350),  # 700
    ]
    assert keys(*found) == ["C-2/followup/x", "C-3/followup/x", "C-1/followup/x"]


def test_then_the_date_and_then_the_key_decide():
    found = [
        occurrence("C-3/followup/x", "11-21", value=2),
        occurrence("C-2/followup/x", "11-20", value=1),
        occurrence("C-1/followup/x", "11-21", value=2),
    ]
    assert keys(*found) == ["C-2/followup/x", "C-1/followup/x", "C-3/followup/x"]


def test_what_has_no_date_does_not_gain_by_waiting():
    found = replace(replace_undated(), value=1), occurrence("C-2/followup/x", "11-20", value=1)
    assert keys(*found) == ["C-2/followup/x", "C-1/followup/x"]


# --- a day holds so many


def crowd(count, **more):
    return [occurrence(f"C-{n:02}/followup/x", value=100 - n, **more) for n in range(count)]


def test_at_most_so_many_computed_items_are_shown_and_the_rest_is_counted():
    items = listed(*crowd(20), agent="A-1")
    assert len(items) == 16
    assert [item.key for item in items[:2]] == ["C-00/followup/x", "C-01/followup/x"]
    rest = items[-1]
    assert (rest.key, rest.kind, rest.more) == ("A-1/overflow/-", "overflow", 5)
    assert (rest.id, rest.path, rest.reasons, rest.params) == (None, "", (), {"count": 5})


def test_the_limit_is_the_rules():
    rules = replace(RULES, cadence=Cadence(daily=3))
    assert listed(*crowd(20), rules=rules)[-1].more == 17
    assert len(listed(*crowd(3), rules=rules)) == 3


def test_what_is_not_computed_is_always_shown():
    promises = [occurrence(f"C-p{n:02}/promise/x") for n in range(30)]
    items = listed(*crowd(15), *promises)
    assert len(items) == 45
    assert items[-1].more == 0


def test_speaking_for_all_every_agent_has_a_day_of_her_own():
    others = [replace(o, key="x" + o.key, person="x" + o.person, agent="A-2") for o in crowd(16)]
    items = listed(*crowd(16), *others)
    assert len(items) == 31
    assert (items[-1].key, items[-1].more, items[-1].agent) == ("all/overflow/-", 2, None)


def test_everything_is_shown_when_asked_for():
    assert len(listed(*crowd(40), agent="A-1", show_all=True)) == 40


def test_days_to_come_are_not_limited():
    assert len(listed(*crowd(20, due="11-25"), until=day("11-25"))) == 20


# --- what an item holds


def test_an_item_holds_what_a_row_shows():
    one = occurrence(
        due="11-18",
        title="李女士",
        channel="wechat",
        last_contact=day("11-03"),
        last_text="问学区",
        params={"days": 15},
        reason="followup",
    )
    (item,) = listed(one)
    assert (item.id, item.path, item.title) == ("C-1", "notes/C-1.md", "李女士")
    assert (item.due, item.overdue_days, item.agent, item.at) == (day("11-18"), 3, "A-1", None)
    assert (item.channel, item.last_contact, item.last_text) == ("wechat", day("11-03"), "问学区")
    assert (item.reason, item.params, item.first) == ("followup", {"days": 15}, one)


def test_a_note_without_id_is_known_by_its_path():
    (item,) = listed(occurrence(note="notes/x.md", path="notes/x.md"))
    assert (item.id, item.path) == (None, "notes/x.md")


def test_an_item_knows_the_newest_contact_of_its_reasons():
    found = (
        occurrence("L-1/revisit/x", person="C-1", value=9, last_contact=day("11-01")),
        occurrence("C-1/followup/x", last_contact=day("11-09"), last_text="看了"),
    )
    (item,) = listed(*found)
    assert (item.key, item.last_contact, item.last_text) == ("L-1/revisit/x", day("11-09"), "看了")


def test_a_channel_is_the_persons_whichever_note_says_it():
    home = occurrence("L-1/revisit/x", person="C-1", weight=5)
    (item,) = listed(home, occurrence("C-1/followup/x", channel="wechat"))
    assert (item.kind, item.channel) == ("revisit", "wechat")


def test_nothing_due_is_an_empty_list():
    assert due_today([], Asked(now=datetime(2026, 11, 21, 9)), rules=RULES) == []


# --- one person, one row


def test_what_is_past_its_day_has_no_hour_any_more_and_joins_its_person():
    late = occurrence("L-1/confirm_showing/x", "11-20", at=at("11-20 18:00"), weight=2)
    (row,) = listed(occurrence("L-1/promise/y"), late)
    assert len(row.reasons) == 2


def test_an_appointment_that_is_past_is_ticked_off_by_itself():
    late = occurrence("C-1/planned/x", "11-19", at=at("11-19 15:00"), weight=2)
    assert len(listed(occurrence("C-1/promise/y"), late)) == 2


def test_appointments_and_whom_to_tell_of_them_come_by_the_hour():
    """What is at stake would put the villa at four before the flat at nine."""
    early = occurrence("C-1/planned/x", at=at("11-21 09:30"), weight=2, value=100)
    villa = occurrence("C-2/planned/x", at=at("11-21 16:00"), weight=2, value=3000)
    told = occurrence("L-1/confirm_showing/x", "11-20", at=at("11-20 18:00"), weight=2,
                      value=900, ends=at("11-21 16:00"))  # fmt: skip
    soon = occurrence("L-2/confirm_showing/x", "11-20", at=at("11-20 18:00"), weight=2,
                      value=1, ends=at("11-21 11:00"))  # fmt: skip
    assert keys(villa, told, soon, early) == [
        "C-1/planned/x",
        "L-2/confirm_showing/x",
        "L-1/confirm_showing/x",
        "C-2/planned/x",
    ]


def test_a_promise_at_the_end_of_time_silences_like_any_other():
    assert silencing_until(date.max) == date.max


def test_who_waits_for_a_first_answer_is_not_asked_after_by_the_cadence_besides():
    first = occurrence("C-1/first_response/start", "11-20", at=at("11-20 14:15"))
    assert keys(first, occurrence("C-1/followup/start")) == [first.key]


@given(st.datetimes(), st.one_of(st.none(), st.dates()))
def test_any_day_may_be_today(now, until):
    """The calendar has a first day and a last one."""
    rules = replace(RULES, cadence=Cadence(daily=1))
    found = [occurrence(f"C-{n}/followup/x", due=when) for n, when in enumerate(MONTHS)]
    listed(*found, occurrence("C-9/promise/x"), now=now, until=until, rules=rules)
    last_needed(until or now.date())

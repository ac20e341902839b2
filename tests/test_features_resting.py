from dataclasses import replace
from datetime import date, timedelta

import pytest

from brokernotes.features.resting import quiet_days
from brokernotes.model.occurrences import Neighbours
from brokernotes.model.rules import Quiet
from tests.followup_notes import AGENTS, IDS, RULES, TODAY, client, deal, derived, entry, listing


def resting(weekday):
    agents = {**AGENTS, "A-WANG01": replace(AGENTS["A-WANG01"], rest_day=weekday)}
    return Neighbours(agents=agents, ids=IDS)


def only(record, kind, near, rules=RULES, today=TODAY):
    found = derived(record, near, rules, today)
    (one,) = (one for one in found.occurrences if one.kind == kind)
    return one


def reached(when, **values):
    """A client of grade C, who is followed up fifteen days after a call."""
    return client(entry(when, "call"), created=date(2026, 1, 1), agent="王敏", **values)


def test_the_cadence_moves_to_the_day_before_the_agents_rest_day():
    one = only(reached("11-21"), "followup", resting("sunday"))  # due on Sunday 6 December

    assert (one.due, one.asked) == (date(2026, 12, 5), date(2026, 12, 6))


def test_nobody_is_called_twice_in_a_day_to_keep_a_day_free():
    today = date(2026, 11, 28)
    one = only(reached("11-28", cadence_days=1), "followup", resting("sunday"), today=today)

    assert (one.due, one.asked) == (date(2026, 11, 30), date(2026, 11, 29))


@pytest.mark.parametrize("weekday", ["monday", None, "每逢初一"])
def test_other_days_stay(weekday):
    one = only(reached("11-21"), "followup", resting(weekday))

    assert (one.due, one.asked, one.spread) == (date(2026, 12, 6), None, ())


def test_what_has_a_time_a_promise_and_a_deadline_stay():
    sunday = date(2026, 12, 6)
    near = resting("sunday")

    assert only(client(next_followup=sunday, agent="王敏"), "promise", near).due == sunday
    plan = client(entry("12-06 10:00", "showing", "planned"), agent="王敏")
    assert only(plan, "planned", near).due == sunday
    signing = deal(expected_signing=sunday, stage="deposit", agent="王敏")
    assert only(signing, "signing", near).due == sunday
    new = client(created=sunday, stage="lead", agent="王敏")
    assert only(new, "first_response", near).due == sunday


def test_an_owner_is_revisited_the_day_before_too():
    home = listing(
        entry("11-21", "revisit"), status="for_sale", grade="C", maintainer="王敏",
        created=date(2026, 1, 1),
    )  # fmt: skip
    assert only(home, "revisit", resting("sunday")).due == date(2026, 12, 5)


def test_a_birthday_of_the_rest_day_is_told_the_day_before():
    found = derived(client(birthday="12-06", agent="王敏"), resting("sunday"))
    one = next(one for one in found.occurrences if one.key.endswith("/2026"))

    assert (one.due, one.own_day, one.until) == (
        date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 6),
    )  # fmt: skip


def test_the_quiet_days_are_spread_over_two_days_before_and_three_after():
    # 初一 of 2027 is 6 February; 除夕 to 初三 are the 5th to the 8th.
    around = tuple(date(2027, 2, n) for n in (3, 4, 9, 10, 11))
    for day in range(3, 12):
        start = date(2027, 2, day) - timedelta(days=15)
        one = only(reached(str(start)), "followup", resting(None), today=date(2027, 2, 1))
        assert one.due == date(2027, 2, day)
        assert one.spread == (around if 5 <= day <= 8 else ())


def test_the_days_around_leave_out_the_rest_day():
    one = only(reached("2027-01-22"), "followup", resting("thursday"), today=date(2027, 2, 1))

    assert [day.day for day in one.spread] == [3, 9, 10]  # the 4th and 11th are Thursdays


def test_the_day_before_the_rest_day_may_be_quiet():
    one = only(reached("2027-01-25"), "followup", resting("tuesday"), today=date(2027, 2, 1))

    assert (one.asked, one.due) == (date(2027, 2, 9), date(2027, 2, 8))
    assert one.spread


def test_the_brokerage_says_which_days_are_quiet():
    rules = replace(RULES, quiet=Quiet(days=("初一",)))
    record = reached("2027-01-21")

    assert only(record, "followup", resting(None), today=date(2027, 2, 1)).spread
    assert not only(record, "followup", resting(None), rules, date(2027, 2, 1)).spread
    assert quiet_days(2027, ("初一",)) == {date(2027, 2, 6)}
    assert quiet_days(2200, ("初一",)) == frozenset()


def test_no_other_holiday_moves_anything():
    for start, due in (("2026-09-16", "2026-10-01"), ("2026-12-17", "2027-01-01")):
        one = only(reached(start), "followup", resting(None), today=date(2026, 12, 20))
        assert str(one.due) == due

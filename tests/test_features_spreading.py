from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.ranking import Asked, due_today
from brokernotes.features.spreading import last_needed, spread_out
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.rules import Cadence
from tests.followup_notes import RULES

QUIET = [date(2027, 2, n) for n in (5, 6, 7, 8)]
AROUND = tuple(date(2027, 2, n) for n in (3, 4, 9, 10, 11))


def waiting(number, day=QUIET[1], agent="A-1", kind="followup"):
    return Occurrence(
        key=f"C-{number}/{kind}/x", kind=kind, note=f"C-{number}", path=f"{number}.md", due=day,
        person=f"C-{number}", agent=agent, computed=True, weight=7, spread=AROUND, reason=kind,
    )  # fmt: skip


def other(number, day, agent="A-1"):
    return replace(waiting(number, day, agent), spread=())


def loads(occurrences, agent="A-1"):
    return Counter(one.due for one in occurrences if one.agent == agent)


def test_the_days_around_share_what_the_quiet_days_had():
    found = spread_out([waiting(n, QUIET[n % 4]) for n in range(20)], 15)

    assert loads(found) == dict.fromkeys(AROUND, 4)
    assert all(one.asked in QUIET for one in found)


def test_what_is_due_on_the_days_around_counts():
    known = [other(n, AROUND[0]) for n in range(100, 104)]
    found = spread_out([*known, *(waiting(n) for n in range(16))], 15)

    assert loads(found) == dict.fromkeys(AROUND, 4)


def test_no_day_holds_more_than_a_day_may_while_another_has_room():
    known = [other(n, day) for n, day in enumerate(AROUND[:4], 100)]
    found = spread_out([*known, *(waiting(n) for n in range(5))], 2)

    assert max(loads(found).values()) == 2


def test_each_agent_has_days_of_their_own():
    found = spread_out([waiting(n, agent=f"A-{n % 2}") for n in range(10)], 15)

    assert loads(found, "A-0") == loads(found, "A-1") == dict.fromkeys(AROUND, 1)


def test_one_person_is_called_once():
    two = [waiting(1), waiting(1, QUIET[3], kind="referral")]
    assert len({one.due for one in spread_out(two, 15)}) == 1

    busy = [other(n, AROUND[3]) for n in range(50, 55)]
    same = [other(1, AROUND[3]), waiting(1), *busy]
    assert {one.due for one in spread_out(same, 15) if one.person == "C-1"} == {AROUND[3]}


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(QUIET)), max_size=60),
    st.lists(st.tuples(st.integers(100, 130), st.sampled_from(AROUND)), max_size=30),
    st.integers(1, 20),
    st.randoms(use_true_random=False),
)
def test_nothing_is_lost_and_the_order_makes_no_difference(quiet, known, daily, random):
    given_ = [*(waiting(*one) for one in quiet), *(other(*one) for one in known)]
    given_ = list({one.key: one for one in given_}.values())
    found = {one.key: one.due for one in spread_out(given_, daily)}
    shuffled = given_[:]
    random.shuffle(shuffled)

    assert found == {one.key: one.due for one in spread_out(shuffled, daily)}
    assert not set(found.values()) & set(QUIET)
    persons = Counter(found.values())
    if len(found) <= daily * len(AROUND) and not known:
        assert all(count <= daily for count in persons.values())


def test_on_a_quiet_day_the_list_is_empty_and_on_those_around_it_is_not():
    occurrences = [waiting(n, QUIET[n % 4]) for n in range(10)]
    rules = replace(RULES, cadence=Cadence(daily=15))

    def rows(day):
        asked = Asked(now=datetime(2027, 2, day, 9), agent="A-1")
        items = due_today(occurrences, asked, rules=rules)
        return [item.due.day for item in items if not item.overdue_days]

    assert [len(rows(day)) for day in range(2, 13)] == [0, 2, 2, 0, 0, 0, 0, 2, 2, 2, 0]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_the_days_that_are_fetched_are_enough(day):
    from brokernotes.features.resting import quiet_days
    from brokernotes.model.lunar import QUIET_OFFSETS

    assert last_needed(day) >= day
    quiet = quiet_days(day.year, RULES.quiet.days)
    first = min(quiet) - timedelta(days=2)
    if first <= day <= max(quiet):
        assert last_needed(day) >= max(quiet)
    assert "初十" in QUIET_OFFSETS

from datetime import date

import pytest

from brokernotes.features.handover import Held, Holdings, Step, held_keys, sort_held
from brokernotes.model.records import Record

HER = "A-7K2PQM"


def record(note_type, **values):
    return Record(path=f"{note_type}/x.md", type=note_type, id="X-1", values=values)


def id_of(target):
    return {"周婕": HER, "李航": "A-2B3C4D"}.get(target)


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        (record("client", agent="周婕"), ("agent",)),
        (record("client", agent="李航"), ()),
        (record("client", agent=HER), ("agent",)),
        (record("listing", agent="李航", key_holder="周婕"), ("key_holder",)),
        (
            record("listing", agent="周婕", maintainer="周婕", surveyor="周婕"),
            ("agent", "maintainer"),
        ),
        (record("deal", agent="周婕", stage="closing", closing_agent="周婕"), ("agent",)),
        (record("deal", agent="周婕", stage="completed"), ()),
        (record("deal", agent="周婕", stage="cancelled"), ()),
        (record("agent", supervisor="周婕"), ()),
    ],
)  # fmt: skip
def test_what_somebody_earned_stays_and_what_is_to_be_done_goes_over(given, keys):
    assert held_keys(given, HER, id_of) == keys


def held(ref, note_type="client", state=None, grade=None, keys=("agent",), **more):
    return Held(
        ref=ref, path=f"{ref}.md", type=note_type, title=ref, keys=keys, state=state, grade=grade,
        **more,
    )  # fmt: skip


def test_the_most_pressing_stand_first():
    notes = [
        held("d", "deal", "offer"),
        held("l2", "listing", "sold_by_us", "A"),
        held("l1", "listing", "deposit", "D"),
        held("c4", state="inactive", grade="A"),
        held("c3", state="active", grade="B"),
        held("c2", state="active", grade="A"),
        held("c1", state="under_contract", grade="D"),
    ]

    assert [one.ref for one in sort_held(notes)] == ["c1", "c2", "c3", "c4", "l1", "l2", "d"]


def test_a_listing_of_which_only_the_key_is_hers_is_among_the_keys_alone():
    key = held("l", "listing", keys=("key_holder",), has_key=True, published=("灯箱 2026-01-01",))
    found = Holdings(held=(key,))

    assert found.with_key == [key]
    assert found.of_type("listing") == []
    assert found.published == []


def test_steps_of_one_kind_stand_by_day():
    def step(day):
        return Step(kind="promise", due=date(2026, 11, day))

    later, sooner = held("a", steps=(step(9), step(12))), held("b", steps=(step(3),))

    found = Holdings(held=(later, sooner)).steps("promise")

    assert [(one.ref, step.due.day) for one, step in found] == [("b", 3), ("a", 9), ("a", 12)]

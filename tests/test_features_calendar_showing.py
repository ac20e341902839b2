"""What stands in the entry of a showing: what is settled, what is not, and which stop it is."""

from __future__ import annotations

import pytest

from brokernotes.features.calendar_view import Subject
from brokernotes.features.sharing import House
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from tests.calendar_rows import HOME, LI, NOTES, day, only_item, showing

NUMBER = {"verb": "showing", "date": "2026-11-22", "time": "14:30"}


def said(verb, text="", *, at=-1, links=(), **fields):
    return LogEntry(
        day=day(at), minutes=600, verb=verb, line=1, text=text, links=links, fields=fields
    )


def lines(*, logs=None, params=None, home=None, lang="en", **more):
    """The lines of an entry's description, where the notes have such logs."""
    found = dict(NOTES)
    if home:
        found[HOME] = replace(NOTES[HOME], values={**NOTES[HOME].values, **home})
    item = only_item(
        showing(day(1), params={**NUMBER, **(params or {})}),
        find_subject=found.get, log_of=lambda ref: (logs or {}).get(ref, ()), lang=lang, **more,
    )  # fmt: skip
    return item.description.splitlines()


def boxes(**more):
    """The lines above what is brought along, each with its box."""
    found = lines(**more)
    end = found.index("Bring:") if "Bring:" in found else len(found)
    return [one for one in found[:end] if one[:1] in "☐☑"]


def test_nothing_is_ticked_before_somebody_was_told():
    assert boxes() == [
        "☐ key: store", "☐ agreed with the owner", "☐ 提前两小时打 138****8000",
        "☐ confirmed with the client",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["确认 11-22 14:30", "说好了明天看房"])
def test_the_owner_and_the_client_are_ticked_each_by_their_own_log(text):
    told = said("call", text, at=0)

    owner = boxes(logs={HOME: [told]})
    assert "☑ agreed with the owner" in owner
    assert "☐ confirmed with the client" in owner
    client = boxes(logs={LI: [told]})
    assert "☐ agreed with the owner" in client
    assert "☑ confirmed with the client" in client
    assert "☑ 已跟客户确认" in lines(logs={LI: [told]}, lang="zh")


def test_another_time_ticks_nothing():
    told = said("call", "确认 11-22 15:00", at=0)

    assert not any("☑" in one for one in boxes(logs={HOME: [told], LI: [told]}))


def test_a_tenant_is_asked_where_one_lives_there():
    assert "☐ agreed with the tenant" in boxes(home={"occupant": "tenant"})


def test_a_key_that_was_lent_is_fetched_and_one_that_came_back_hangs_in_its_place():
    lent, back = said("key_lend", "吴先生复看，借一把", at=-2), said("key_back", at=-1)

    assert boxes(logs={HOME: [lent]})[0] == (
        "☐ the key was lent on 2026-11-19 (吴先生复看，借一把): get it back"
    )
    assert boxes(logs={HOME: [lent, back]})[0] == "☐ key: store"
    assert boxes(logs={HOME: [said("key_lend")]})[0] == (
        "☐ the key was lent on 2026-11-20: get it back"
    )


def test_what_a_private_log_says_of_a_key_is_not_for_colleagues():
    lent = said("key_lend", "业主的妹妹 李小红")
    private = {"sharing": "private", "agent": "A-PXZHK1"}
    house = House(mode="private")
    found = boxes(
        logs={HOME: [lent]}, home=private, house=house, agent="A-OTHER1",
    )  # fmt: skip

    assert found[0] == "☐ the key was lent on 2026-11-20: get it back"


def test_an_entrustment_that_is_over_by_then_is_renewed():
    over = "☐ the entrustment ended on 2026-11-21: have it renewed first"

    assert over in boxes(home={"entrust_until": "2026-11-21"})
    assert not any("entrust" in one for one in boxes(home={"entrust_until": "2026-11-22"}))


def test_a_slip_that_is_signed_for_this_home_is_ticked():
    slip = said("showing", links=(HOME,), slip="灯看0412")
    other = said("showing", links=("阳光花园",), slip="灯看0413")

    assert "☑ showing slip 灯看0412 is signed" in boxes(logs={LI: [slip]})
    assert not any("slip" in one for one in boxes(logs={LI: [other]}))


@pytest.mark.parametrize(
    ("stop", "line"),
    [
        ({"stop": 1, "stops": 3, "then": "15:15"}, "stop 1 of 3, the next at 15:15"),
        ({"stop": 2, "stops": 3, "then": "16:15"}, "stop 2 of 3, the next at 16:15"),
        ({"stop": 3, "stops": 3}, "stop 3 of 3"),
    ],
)
def test_a_stop_says_which_it_is_and_only_the_first_what_to_bring(stop, line):
    found = lines(params=stop)

    assert line in found
    assert ("Bring:" in found) == (stop["stop"] == 1)
    assert any("confirmed with the client" in one for one in found) == (stop["stop"] == 1)
    assert not any("stop" in one for one in lines())


def test_the_door_and_the_keys_number_stand_in_the_full_entry_alone():
    assert "7-2-1102" not in "".join(lines())
    assert "K-118" not in "".join(lines())
    full = lines(detail="full")
    assert "阳光花园 3室2厅, 7-2-1102, 620 万元, 118.5 ㎡" in full
    assert "☐ key: store K-118" in full


def test_a_home_of_which_only_a_link_is_known_has_no_line():
    item = only_item(showing(day(1), links=("不在",)), find_subject={LI: NOTES[LI]}.get)

    assert "☐ key" not in item.description
    assert isinstance(NOTES[LI], Subject)

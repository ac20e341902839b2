"""Whom a calendar of full detail lets one ring."""

import dataclasses
from datetime import date

import pytest

from brokernotes.features.calendar_phones import phone_lines
from brokernotes.features.calendar_view import Subject, View
from brokernotes.language import language
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.rules import Rules

NOTES = {
    "C-1": Subject(
        ref="C-1",
        type="client",
        title="李女士 浦东",
        values={"phone": ["13800138000", "138****1111", "13900139000 (妻子)"], "agent": "A-1"},
    ),
    "C-2": Subject(
        ref="C-2", type="client", title="周先生", values={"phone": ["13700137000"], "agent": "A-2"}
    ),
    "C-3": Subject(ref="C-3", type="client", title="无人", values={"phone": ["13600136000"]}),
    "L-1": Subject(
        ref="L-1",
        type="listing",
        title="阳光花园",
        values={"owner_phone": "12000001111", "owner_name": "陈", "owner": ["C-1"], "agent": "A-1"},
    ),
    "L-2": Subject(
        ref="L-2",
        type="listing",
        title="江景苑",
        values={"owner_phone": ["12000002222"], "sharing": "private", "agent": "A-2"},
    ),
    "A-1": Subject(ref="A-1", type="agent", title="王敏"),
    "A-2": Subject(ref="A-2", type="agent", title="李航"),
}
WANG = View(
    today=date(2026, 11, 21),
    rules=Rules(),
    language=language("en"),
    vault="vault",
    agent="A-1",
    detail="full",
    salutations={"C-1": "李女士"},
    find_subject=NOTES.get,
)


def told(view, *notes):
    occurrence = Occurrence(
        key="x", kind="planned", note=notes[0], path="x.md", due=view.today, links=notes[1:]
    )
    return list(phone_lines(occurrence, view))


def test_a_client_of_one_s_own_is_rung_at_each_number():
    assert told(WANG, "C-1") == ["李女士 tel:13800138000", "李女士 (妻子) tel:13900139000"]


def test_the_owner_of_a_listing_that_is_shared_and_of_no_other():
    assert told(WANG, "C-1", "L-1", "L-2")[2:] == ["陈 tel:12000001111"]
    assert told(dataclasses.replace(WANG, agent="A-2"), "L-2") == ["Owner tel:12000002222"]


def test_a_number_that_stands_in_two_places_is_told_once():
    twice = dataclasses.replace(
        NOTES["L-1"], values={**NOTES["L-1"].values, "owner_phone": "138-0013-8000"}
    )
    view = dataclasses.replace(WANG, find_subject={**NOTES, "L-1": twice}.get)

    assert told(view, "L-1") == ["陈 tel:13800138000", "李女士 (妻子) tel:13900139000"]


def test_an_owner_with_a_note_is_rung_once():
    assert told(WANG, "L-1") == [
        "陈 tel:12000001111",
        "李女士 tel:13800138000",
        "李女士 (妻子) tel:13900139000",
    ]


@pytest.mark.parametrize("agent", ["A-1", None])
def test_a_client_of_somebody_else_s_is_not_rung(agent):
    assert told(dataclasses.replace(WANG, agent=agent), "C-2") == []


def test_everybody_s_calendar_tells_phones_only_when_asked_for():
    everybody = dataclasses.replace(WANG, agent=None)

    assert told(everybody, "C-1", "C-3") == []
    assert len(told(dataclasses.replace(everybody, reveals=True), "C-1", "C-3")) == 3
    assert told(dataclasses.replace(WANG, reveals=True), "C-2") == []


@pytest.mark.parametrize("detail", ["minimal", "normal"])
def test_less_detail_tells_none(detail):
    assert told(dataclasses.replace(WANG, detail=detail), "C-1", "L-1") == []

from datetime import datetime

import pytest

from brokernotes.errors import FieldError
from brokernotes.features.assignments import ArgumentError, parse_assignment
from brokernotes.features.field_writing import FieldWriter, Links, Named
from brokernotes.features.note_changes import meant_by
from brokernotes.model.rules import Rules

WRITER = FieldWriter(
    Rules(),
    datetime(2026, 11, 21, 9),
    Links(lambda ref, _: Named(ref, ref, ref), lambda name: name),
)


def meant(note_type, typed):
    parts = meant_by(parse_assignment(typed), note_type, WRITER)
    return {row.key: WRITER.read(row, one.value)[0].written for row, one in parts}


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("户型=3室2厅1卫", {"bedrooms": 3, "living_rooms": 2, "bathrooms": 1}),
        ("户型=两房", {"bedrooms": 2}),
        ("户型=３室２厅", {"bedrooms": 3, "living_rooms": 2}),
        ("室=三室", {"bedrooms": 3}),
        ("室=3", {"bedrooms": 3}),
        ("楼层=12/18", {"floor": 12, "total_floors": 18}),
        ("楼层=12", {"floor": 12}),
        ("楼层=十二楼", {"floor": 12}),
        ("总价=四百八十万", {"price": 480}),
        ("租金=四千五", {"rent": 4500}),
        ("租金=一万二", {"rent": 12000}),
        ("面积=一百二十平", {"gross_area": 120}),
        ("门牌=3号楼2单元501", {"building": "3", "unit": "2", "room": "501"}),
    ],
)
def test_a_listing_is_described_as_brokers_say_it(typed, values):
    assert {key: str(one) for key, one in meant("listing", typed).items()} == {
        key: str(one) for key, one in values.items()
    }


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("预算=500万以内", {"budget_max": 500}),
        ("预算=500万以上", {"budget_min": 500}),
        ("预算=450-500万", {"budget_min": 450, "budget_max": 500}),
        ("预算=500", {"budget_max": 500}),
        ("预算=五百万以内", {"budget_max": 500}),
        ("预算=四百八十万", {"budget_max": 480}),
        ("预算=四百五到五百万", {"budget_min": 450, "budget_max": 500}),
        ("租金=6000以内", {"rent_max": 6000}),
        ("面积=80平以上", {"area_min": 80}),
        ("户型=两房", {"bedrooms_min": 2}),
        ("户型=2-3室", {"bedrooms_min": 2, "bedrooms_max": 3}),
        ("最少几室=两房", {"bedrooms_min": 2}),
    ],
)
def test_a_demand_is_said_as_clients_say_it(typed, values):
    assert {key: str(one) for key, one in meant("client", typed).items()} == {
        key: str(one) for key, one in values.items()
    }


@pytest.mark.parametrize(
    ("note_type", "typed"),
    [
        ("listing", "户型=很大"),
        ("listing", "户型=3室2厅1卫，带露台"),
        ("client", "户型+=两房"),
        ("client", "户型="),
        ("client", "户型=3-2室"),
        ("deal", "户型=两房"),
    ],
)
def test_what_says_more_than_fields_hold_is_refused_whole(note_type, typed):
    with pytest.raises(ArgumentError):
        meant(note_type, typed)


def test_a_value_that_no_split_reads_is_told_as_it_was():
    parts = meant_by(parse_assignment("预算=很多"), "client", WRITER)

    assert [(row.key, one.value) for row, one in parts] == [("budget_max", "很多")]


@pytest.mark.parametrize("typed", ["预算=9999999", "budget_max=4", "面积=2"])
def test_what_is_not_plausible_does_not_become_the_limits_of_its_field(typed):
    [(row, one)] = meant_by(parse_assignment(typed), "client", WRITER)

    with pytest.raises(FieldError):
        WRITER.read(row, one.value)

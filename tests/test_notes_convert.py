from zoneinfo import ZoneInfo

import pytest

from brokernotes.errors import FieldError
from brokernotes.model.rules import builtin_schema
from brokernotes.notes.convert import Plan, Warned, converter

SCHEMA = builtin_schema()
ZONE = ZoneInfo("Asia/Shanghai")


def plan(note_type, key, language="zh"):
    return Plan(SCHEMA.fields(note_type)[key], SCHEMA, ZONE, language)


def test_every_row_of_the_field_table_has_a_converter():
    for row in SCHEMA.all_fields():
        assert callable(converter(row, SCHEMA, ZONE))


def test_numbers_are_in_the_unit_of_the_field():
    assert plan("listing", "price").read("620万") == 620
    assert plan("deal", "deposit_amount").read("10万") == 100_000
    assert plan("listing", "gross_area").read("118.5㎡") == 118.5


def test_composed_values_stay_texts_once_they_are_well_formed():
    assert plan("client", "phone").read("138 0013 8000 (妻子)") == "138 0013 8000 (妻子)"
    assert plan("client", "birthday").read("L06-08") == "L06-08"
    assert plan("client", "birthday").read("农历1985年六月初八") == "L1985-06-08"
    with pytest.raises(FieldError):
        plan("client", "birthday").read("June")


def test_an_english_vault_is_offered_english_words():
    with pytest.raises(FieldError) as refused:
        plan("listing", "decoration", "en").read("fien")

    assert refused.value.params["likely"] == "fine"
    assert "毛坯" not in str(refused.value.params["choices"])


def test_full_width_text_warns_and_keeps_the_value():
    found = plan("listing", "price").read("６２０")

    assert found == Warned(620, "full-width", {"value": "６２０", "plain": "620"})


def test_a_plan_remembers_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr("brokernotes.notes.convert._REMEMBERED", 2)
    remembering = plan("listing", "title")

    for text in ("a", "b", "c"):
        remembering.remember(text, text)

    assert remembering.memory == {"a": "a", "b": "b"}

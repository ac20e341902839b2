from datetime import date, datetime

import pytest

from brokernotes.errors import UsageError
from brokernotes.features.assignments import ArgumentError, parse_assignment
from brokernotes.features.log_making import (
    EntryRef,
    Moment,
    find_verb,
    log_fields,
    moment_of,
    option_value,
    parse_entry_ref,
    parse_moment_option,
    planned_entries,
    take_outcome,
)
from brokernotes.model.records import LogEntry
from brokernotes.model.rules import builtin_schema
from brokernotes.notes.log_vocabulary import LogBook

SCHEMA = builtin_schema()
BOOK = LogBook(SCHEMA)
NOW = datetime(2026, 11, 21, 9, 0)


def fields(*typed):
    return log_fields([parse_assignment(one) for one in typed], BOOK, NOW)


@pytest.mark.parametrize(
    ("typed", "ref", "id_"),
    [
        ("C-9F3DWA:3afq6m4x9", "C-9F3DWA", "3afq6m4x9"),
        ("C-9F3DWA^3afq6m4x9", "C-9F3DWA", "3afq6m4x9"),
        ("[[李女士 浦东三房-9F3DWA#^3afq6m4x9]]", "李女士 浦东三房-9F3DWA", "3afq6m4x9"),
        ("![[客源/李女士#^3afq6m4x9|李女士]]", "客源/李女士", "3afq6m4x9"),
        ("C-9F3DWA#^3afq6m4x9", "C-9F3DWA", "3afq6m4x9"),
        ("C-9F3DWA：3afq6m4x9", "C-9F3DWA", "3afq6m4x9"),
        ("李女士 浦东三房:20260820T1430-2", "李女士 浦东三房", "20260820T1430-2"),
        ("clients/a: b.md:x1", "clients/a: b.md", "x1"),
        ("3afq6m4x9", None, "3afq6m4x9"),
        ("^3afq6m4x9", None, "3afq6m4x9"),
    ],
)
def test_an_entry_is_named_by_note_and_id_or_by_id_alone(typed, ref, id_):
    assert parse_entry_ref(typed) == EntryRef(ref, id_)


@pytest.mark.parametrize("typed", ["", "C-9F3DWA:", "李女士", "a:b c"])
def test_what_names_no_entry_is_refused(typed):
    with pytest.raises(UsageError):
        parse_entry_ref(typed)


@pytest.mark.parametrize(
    ("words", "verb", "count"),
    [
        (["带看"], "showing", 1),
        (["Call", "him"], "call", 1),
        (["showing", "x"], "showing", 1),
        (["second", "showing", "x"], "second_showing", 2),
        (["second"], "second_showing", 1),
        (["打电话"], "call", 1),
        (["空"], "preview", 1),
    ],
)
def test_a_verb_is_read_exactly_or_by_its_unmistakable_beginning(words, verb, count):
    found, taken = find_verb(words, SCHEMA)

    assert (found.id, taken) == (verb, count)


def test_a_beginning_of_several_verbs_names_them():
    with pytest.raises(ArgumentError, match="签约 · 签委托 · 签独家"):
        find_verb(["签"], SCHEMA)


def test_an_unknown_verb_names_the_likely_one():
    with pytest.raises(ArgumentError) as raised:
        find_verb(["showng"], SCHEMA)

    assert raised.value.params["likely"] == "showing"


def test_of_a_word_that_is_near_none_a_few_verbs_are_named_nearest_first():
    with pytest.raises(ArgumentError) as raised:
        find_verb(["约看"], SCHEMA)

    assert raised.value.params["likely"] is None
    assert str(raised.value.params["verbs"]).startswith("带看 · 复看 · 陪看 · ")
    assert str(raised.value.params["verbs"]).count("·") == 7


def test_no_word_at_all_is_no_verb():
    with pytest.raises(ArgumentError):
        find_verb([""], SCHEMA)


def test_a_moment_without_a_time_is_past_only_when_its_day_is_over():
    today, morning = Moment(date(2026, 11, 21), None), Moment(date(2026, 11, 21), 8 * 60)

    assert not today.is_before(NOW)
    assert not today.is_after(NOW)
    assert morning.is_before(NOW)
    assert Moment(date(2026, 11, 22), None).is_after(NOW)
    assert not moment_of(NOW).is_after(NOW)
    assert not moment_of(NOW).is_before(NOW)


def test_a_moment_that_cannot_be_read_is_pointed_at_by_its_option():
    with pytest.raises(ArgumentError) as raised:
        parse_moment_option("明天 25点", NOW, "--at")

    assert raised.value.params["key"] == "--at"


def test_an_hour_without_its_half_of_the_day_is_not_guessed():
    with pytest.raises(ArgumentError, match="half of the day"):
        parse_moment_option("昨天3点", NOW, "--at")


def test_fields_are_read_in_either_language():
    assert fields("结果=未接", "interest=3", "顾虑=价格、采光", "价=580万", "status=在售→定金") == {
        "outcome": "no_answer",
        "interest": 3,
        "objections": ("price", "light"),
        "amount": 580,
        "status": ("for_sale", "deposit"),
    }


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("+3d", date(2026, 11, 24)),
        ("2026-12-01 15:00", datetime(2026, 12, 1, 15)),
        ("无", "none"),
        ("none", "none"),
    ],
)
def test_the_next_contact_is_a_day_a_moment_or_none(typed, value):
    assert option_value("next", typed, BOOK, NOW) == value


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("意向=9", "cannot be"),
        ("结果=大概", "cannot be"),
        ("下次=2026-13-01", "calendar"),
        ("心情=好", "no field"),
        ("意向+=3", "no list"),
        ("意向=", "names no value"),
    ],
)
def test_a_field_that_cannot_be_read_is_refused(typed, message):
    with pytest.raises(UsageError, match=message):
        fields(typed)


def test_a_field_given_twice_is_refused():
    with pytest.raises(UsageError, match="twice"):
        fields("意向=3", "interest=4")


@pytest.mark.parametrize(
    ("verb", "text", "left", "outcome"),
    [
        ("call", "没人接", "", "no_answer"),
        ("call", "没人接，明天再打", "明天再打", "no_answer"),
        ("call", "接通 问价", "问价", "reached"),
        ("call", "通了", "", "reached"),
        ("call", "未接通", "", "no_answer"),
        ("call", "通了煤气", "通了煤气", None),
        ("call", "拒绝降价", "拒绝降价", None),
        ("note", "没人接", "没人接", None),
        ("call", "问学区", "问学区", None),
    ],
)
def test_the_word_of_an_outcome_becomes_the_outcome_of_a_contact(verb, text, left, outcome):
    text, found = take_outcome(text, {}, SCHEMA.verbs[verb], BOOK)

    assert (text, found.get("outcome")) == (left, outcome)


def test_a_given_outcome_leaves_the_text_alone():
    given = {"outcome": "reached"}

    assert take_outcome("没人接", given, SCHEMA.verbs["call"], BOOK) == ("没人接", given)


def test_several_showings_follow_one_another():
    first = LogEntry(day=date(2026, 11, 22), minutes=23 * 60 + 30, verb="showing", line=0,
                     text="东门", children=("  - 鞋套",))  # fmt: skip

    entries = planned_entries(first, ["a", "b", "c"], [0, 45, 90])

    assert [(one.day.day, one.minutes, one.links) for one in entries] == [
        (22, 1410, ("a",)), (23, 15, ("b",)), (23, 60, ("c",)),
    ]  # fmt: skip
    assert [one.text for one in entries] == ["东门"] * 3
    assert [one.children for one in entries] == [("  - 鞋套",), (), ()]
    assert {one.box for one in entries} == {"planned"}


def test_without_a_time_all_are_that_day():
    first = LogEntry(day=date(2026, 11, 22), verb="showing", line=0)

    assert [one.minutes for one in planned_entries(first, ["a", "b"], [0, 45])] == [None, None]
    assert len(planned_entries(first, [], [])) == 1


@pytest.mark.parametrize("word", ["顾虑", "反应", "意向", "objections"])
def test_a_field_in_place_of_a_verb_is_told_where_it_belongs(word):
    with pytest.raises(ArgumentError) as refused:
        find_verb([word, "厨房小"], builtin_schema())

    assert refused.value.hint == "It is a field of an entry: write a verb, then `--set {word}=…`."

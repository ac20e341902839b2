import json
import re
import runpy
from pathlib import Path

import pytest

from brokernotes.errors import RefusedError
from brokernotes.features.field_docs import fields_page
from brokernotes.features.field_schema import json_schema
from brokernotes.features.field_table import merge_types, obsidian_types
from brokernotes.model.enums import CLOSED
from brokernotes.model.fields import FIELDS
from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import NOTE_TYPES, fold
from brokernotes.model.terms import OPEN
from brokernotes.notes.rulebook import read_rules

ROOT = Path(__file__).parent.parent
SCHEMA = builtin_schema()
OWN = read_rules(
    "fields: {listing: {parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number, "
    "unit: 元/月}, view: {kind: enum, values: {江景: {id: river, en: River}}}}}\n"
)[0].schema


# -- the table itself --------------------------------------------------------


def test_a_key_has_one_kind_across_note_types():
    shapes = {}
    for row in FIELDS:
        shapes.setdefault(row.key, set()).add((row.kind, row.many))

    assert {key: found for key, found in shapes.items() if len(found) > 1} == {}


def test_keys_are_ascii_snake_case():
    assert [row.key for row in FIELDS if not re.fullmatch("[a-z][a-z0-9_]*", row.key)] == []


@pytest.mark.parametrize("note_type", [kind.id for kind in NOTE_TYPES])
def test_every_spelling_of_a_key_means_one_field_of_its_type(note_type):
    meanings = {}
    for row in SCHEMA.fields(note_type).values():
        for word in (row.key, row.zh, row.en, *row.also):
            meanings.setdefault(fold(word), set()).add(row.key)

    assert {word: keys for word, keys in meanings.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("name", [*CLOSED, *OPEN])
def test_every_value_has_both_labels_and_words_of_its_own(name):
    meanings = {}
    for choice in (CLOSED | OPEN)[name]:
        assert choice.zh
        assert choice.en
        for word in choice.spellings():
            meanings.setdefault(fold(word), set()).add(choice.id)

    assert {word: ids for word, ids in meanings.items() if len(ids) > 1} == {}


def test_no_label_of_a_value_is_something_else_to_yaml():
    # The words of YAML 1.1 and of 1.2, numbers, and what looks like a date or time.
    other = re.compile(
        r"(?i:~|null|true|false|yes|no|on|off|y|n)|[-+.]?[0-9][0-9_.,:eE+-]*|0[xob].*|=|<<"
    )
    labels = {
        label
        for choices in (CLOSED | OPEN).values()
        for choice in choices
        for label in (choice.zh, choice.en)
    }

    assert [label for label in labels if other.fullmatch(label)] == []
    assert [label for label in labels if not label.strip() or label[0] in "[]{}#&*!|>@`\"'%"] == []


def test_every_vocabulary_that_a_field_names_exists():
    named = {row.choices for row in FIELDS if row.choices}
    named |= {key.choices for key in SCHEMA.log_keys.values() if key.choices}

    assert named - set(CLOSED) - set(OPEN) == set()


def test_numbers_with_a_unit_have_a_plausible_range():
    assert [row.key for row in FIELDS if row.unit and (row.low is None or row.high is None)] == []


def test_help_is_given_in_both_languages():
    helps = [row.help for row in FIELDS if row.help]

    assert helps
    assert all(found["zh"] and found["en"] for found in helps)


# -- .obsidian/types.json ----------------------------------------------------


def test_obsidian_types_follow_the_kind_of_each_key():
    types = obsidian_types(OWN)

    assert types["tags"] == "tags"
    assert types["aliases"] == "aliases"
    assert types["price"] == "number"
    assert types["next_followup"] == "date"
    assert types["created"] == "datetime"
    assert types["elevator"] == "checkbox"
    assert types["districts"] == "multitext"
    assert types["location"] == "text"
    assert types["parking_fee"] == "number"


def test_every_widget_is_one_that_obsidian_has():
    known = {"text", "multitext", "number", "checkbox", "date", "datetime", "tags", "aliases"}

    assert set(obsidian_types(SCHEMA).values()) <= known


def test_merging_types_keeps_what_the_user_set_and_is_stable():
    existing = '{"types": {"mood": "text", "price": "text"}, "other": 1}'

    merged = merge_types(existing, SCHEMA)

    settings = json.loads(merged)
    assert settings["types"]["mood"] == "text"
    assert settings["types"]["price"] == "number"
    assert settings["other"] == 1
    assert merge_types(merged, SCHEMA) == merged


@pytest.mark.parametrize("existing", ["{", "[]", '{"types": []}', "null"])
def test_a_types_file_that_is_none_is_refused(existing):
    with pytest.raises(RefusedError):
        merge_types(existing, SCHEMA)


# -- JSON Schema -------------------------------------------------------------


def failures(note, language="zh"):
    """The keys of a note that its JSON Schema refuses."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json_schema(OWN, language))
    return sorted(
        error.path[0] if error.path else error.message for error in validator.iter_errors(note)
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_json_schema_is_one(language):
    jsonschema = pytest.importorskip("jsonschema")

    jsonschema.Draft202012Validator.check_schema(json_schema(OWN, language))
    json.dumps(json_schema(OWN, language))


LISTING = {
    "id": "L-7K2PQM",
    "type": "listing",
    "community": "[[阳光花园]]",
    "status": "在售",
    "price": 620,
    "gross_area": 118.5,
    "facing": ["南", "north"],
    "owner_phone": "13800138000",
    "entrust_until": "2027-03-31",
    "created": "2026-08-20T14:30:00",
    "published": ["贝壳 2026-08-20"],
    "elevator": True,
    "title_type": "一种没见过的产权",
    "next_followup": None,
    "parking_fee": 300,
    "view": "江景",
    "anything": "else",
}


def test_a_right_note_passes_its_json_schema():
    assert failures(LISTING) == []
    assert failures(LISTING | {"land_term": 70}) == failures(LISTING | {"land_term": "70年"}) == []
    assert failures(LISTING | {"type": "房源", "status": "for_sale", "facing": "南"}) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "待售"),
        ("price", "六百二十"),
        ("price", 3),
        ("facing", ["南", "上"]),
        ("community", "阳光花园"),
        ("entrust_until", "明年"),
        ("elevator", "maybe"),
        ("bedrooms", 2.5),
        ("view", "海景"),
        ("parking_fee", "多少"),
    ],
)
def test_a_wrong_value_fails_its_json_schema(key, value):
    assert failures(LISTING | {key: value}) == [key]


def test_what_a_status_requires_is_in_the_json_schema():
    without = {key: value for key, value in LISTING.items() if key != "price"}

    assert failures(without) == ["'price' is a required property"]
    assert failures(LISTING | {"price": None}) == ["price"]
    assert failures(LISTING | {"status": "租售"}) == ["'rent' is a required property"]
    assert failures(LISTING | {"status": "暂缓", "price": None}) == []


def test_the_json_schema_says_unit_label_and_secrecy():
    row = json_schema(OWN, "en")["$defs"]["listing"]["properties"]["reserve_price"]

    assert row["title"] == "Reserve price"
    assert "万元" in row["description"]
    assert "Confidential" in row["description"]


# -- generated pages ---------------------------------------------------------


def test_the_field_reference_names_every_key_value_and_verb():
    page = fields_page(OWN, "en")

    for row in OWN.all_fields():
        assert f"| `{row.key}` | {row.zh} | {row.en} |" in page
    for vocabulary in OWN.vocabularies.values():
        assert f"\n### {vocabulary.name}\n" in page
    assert "| `showing` | 带看 | Showing |" in page


def test_the_generated_pages_are_current():
    pages = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]

    stale = [
        path
        for path, render in pages
        if not (ROOT / path).exists() or (ROOT / path).read_bytes() != render().encode()
    ]

    assert stale == [], "run: python docs/generate.py"

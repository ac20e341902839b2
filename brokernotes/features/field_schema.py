"""The field table as JSON Schema, for editors and programs that check notes by it.

It describes front matter in the strict form that the program writes; the program
itself reads more (`620万`, `2026/8/20`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brokernotes.language import N_, Language
from brokernotes.language import language as language_of
from brokernotes.model.schema import NOTE_TYPES, Field, Kind, Schema, Vocabulary

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MONTH_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"

# What a note of a type must say when a key of it has one of these values (seed).
REQUIRED: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    "listing": (
        ("status", ("for_sale", "sale_or_lease"), ("price", "gross_area", "community")),
        ("status", ("for_lease", "sale_or_lease"), ("rent", "gross_area", "community")),
    ),
    "deal": (("stage", ("deposit",), ("listing", "buyer", "deposit_amount", "expected_signing")),),
}

_PATTERNS = {
    Kind.DATE: f"^{_DAY}$",
    Kind.DATETIME: f"^{_DAY}(T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?)?$",
    Kind.BIRTHDAY: f"^(([0-9]{{4}}-)?{_MONTH_DAY}|L([0-9]{{4}}-)?[0-9]{{2}}\\+?-[0-9]{{2}})$",
    Kind.LOCATION: r"^-?[0-9]{1,2}(\.[0-9]+)?,\s*-?[0-9]{1,3}(\.[0-9]+)?$",
    Kind.CONSENT: rf"^\S.* {_DAY}$",
    Kind.PUBLISHED: rf"^\S.* {_DAY}$",
    Kind.LINK: r"^\[\[[^\[\]]+\]\]$",
}
_KEYWORDS: dict[Kind, Json] = {
    Kind.INT: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOL: {"type": "boolean"},
    Kind.PHONE: {"type": ["string", "integer"]},
}


def json_schema(schema: Schema, language: str) -> Json:
    """JSON Schema of front matter: one definition for each type of note.

    Args:
        schema: the field table, own fields included.
        language: `zh` or `en`, of titles and descriptions; values of both are accepted.

    Returns:
        A schema of dialect 2020-12. A note is checked by the definition that its
        `type` names; a note without `type` is checked by none.
    """
    words = language_of(language)
    return {
        "$schema": DIALECT,
        "title": "brokernotes",
        "type": "object",
        "allOf": [
            {
                "if": {
                    "properties": {"type": {"enum": list(kind.words)}},
                    "required": ["type"],
                },
                "then": {"$ref": f"#/$defs/{kind.id}"},
            }
            for kind in NOTE_TYPES
        ],
        "$defs": {kind.id: _definition(kind.id, schema, words) for kind in NOTE_TYPES},
    }


def _definition(note_type: str, schema: Schema, words: Language) -> Json:
    kind = next(kind for kind in NOTE_TYPES if kind.id == note_type)
    rows = schema.fields(note_type)
    definition: Json = {
        "title": kind.folders["zh"] if words.code == "zh" else kind.id,
        "type": "object",
        "properties": {key: _property(row, schema, words) for key, row in rows.items()},
    }
    definition["properties"]["type"]["enum"] = [*kind.words, None]
    rules = [_requirement(schema, rows, *rule) for rule in REQUIRED.get(note_type, ())]
    return definition | ({"allOf": rules} if rules else {})


def _requirement(
    schema: Schema,
    rows: Mapping[str, Field],
    key: str,
    ids: tuple[str, ...],
    wanted: tuple[str, ...],
) -> Json:
    vocabulary = schema.vocabulary(rows[key])
    values = _spellings(vocabulary, ids) if vocabulary else list(ids)
    filled = {name: {"not": {"type": "null"}} for name in wanted}
    return {
        "if": {"properties": {key: {"enum": values}}, "required": [key]},
        "then": {"required": list(wanted), "properties": filled},
    }


def _spellings(vocabulary: Vocabulary, ids: tuple[str, ...] | None = None) -> list[str]:
    """Every spelling of some values, or of all, each once."""
    chosen = (choice for choice in vocabulary.choices if ids is None or choice.id in ids)
    return list(dict.fromkeys(word for choice in chosen for word in choice.spellings()))


def _property(row: Field, schema: Schema, words: Language) -> Json:
    one = _one(row, schema)
    if row.many:
        # One value may stand without a list: the program reads it so.
        one = {"anyOf": [{"type": "array", "items": one}, one, {"type": "null"}]}
    else:
        one = _or_nothing(one)
    about = _description(row, words)
    said: Json = {"title": row.label(words.code), **({"description": about} if about else {})}
    if row.confidential:
        said["x-confidential"] = row.confidential
    if row.unit:
        said["x-unit"] = row.unit
    return said | one


def _or_nothing(one: Json) -> Json:
    """The same, or empty: `key:` is how a value is cleared."""
    if "enum" in one:
        return one | {"enum": [*one["enum"], None]}
    kinds = one["type"] if isinstance(one["type"], list) else [one["type"]]
    return one | {"type": [*kinds, "null"]}


def _one(row: Field, schema: Schema) -> Json:
    """One value of a field, without the list around it."""
    vocabulary = schema.vocabulary(row)
    if row.kind is Kind.ENUM and vocabulary:
        words = _spellings(vocabulary)
        return {"enum": [*words, *(int(word) for word in words if word.isdecimal())]}
    one: Json = dict(_KEYWORDS.get(row.kind, {"type": "string"}))
    if row.is_code or row.kind in {Kind.TEXT, Kind.TERM}:
        one["type"] = ["string", "integer"]
    if row.kind in _PATTERNS:
        one["pattern"] = _PATTERNS[row.kind]
    if vocabulary:
        one["examples"] = [choice.label("zh") for choice in vocabulary.choices]
    if row.low is not None:
        one["minimum"] = row.low
    if row.high is not None:
        one["maximum"] = row.high
    return one


def _description(row: Field, words: Language) -> str:
    parts = []
    if row.help:
        parts.append(words.label(row.help))
    if row.unit:
        parts.append(words.text(N_("Unit: {unit}."), unit=row.unit))
    if row.link:
        kinds = [kind for kind in NOTE_TYPES if kind.id in row.link]
        names = ", ".join(kind.folders[words.code] for kind in kinds)
        parts.append(words.text(N_("A link to one of: {types}."), types=names))
    if row.confidential:
        parts.append(words.text(N_("Confidential.")))
    return " ".join(parts)

"""Pairs that a person judged, held against the scoring."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brokernotes.features.matching import judge
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_sides import Named, home_of, want_of
from brokernotes.model.fields import FIELDS
from brokernotes.model.rules import builtin_schema

SCHEMA = builtin_schema()
TODAY = date(2026, 11, 28)
TABLE = Path(__file__).parent / "judged" / "pairs.txt"
PAIRS = [
    [cell.strip() for cell in line.split("|")]
    for line in TABLE.read_text("utf-8").splitlines()
    if "|" in line and not line.startswith("#")
]


def values(typed: str, note_type: str) -> dict[str, Any]:
    """`key=value` pairs as the index has them: ids for words, numbers, lists."""
    found: dict[str, Any] = {}
    for word in typed.split():
        key, _, text = word.partition("=")
        if "." in key or key == "around":
            found[key] = text
            continue
        (row,) = [one for one in FIELDS if one.key == key and one.note_type == note_type]
        found[key] = _value(row, text)
    return found


def _value(row: Any, text: str) -> Any:
    vocabulary = SCHEMA.vocabulary(row)
    if not text:  # said to be unset
        return None
    items: list[Any] = text.split(",") if row.many else [text]
    if vocabulary is not None:
        items = [vocabulary.find(one) or one for one in items]
    elif row.kind in ("number", "int"):
        items = [float(one) for one in items]
    elif row.kind == "bool":
        items = [one in ("是", "true") for one in items]
    return items if row.many else items[0]


def test_there_are_forty_pairs():
    assert len(PAIRS) >= 40


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_a_pair_is_judged_as_a_broker_would(pair):
    _, wanted, offered, verdict, deciding = pair
    wants = {"intents": ["buy"], **values(wanted, "client")}
    around = wants.pop("around", None)
    says = {"status": "for_sale", **values(offered, "listing")}
    estate = {}
    for key in [key for key in says if key.startswith("estate.")]:
        field = key.removeprefix("estate.")
        vocabulary = SCHEMA.vocabularies["feature" if field == "features" else "lifestyle"]
        estate[field] = [vocabulary.find(says.pop(key))]
    client = want_of(Named("C-1", "c.md", "c"), wants, lambda _: around)
    home = home_of(Named("L-1", "l.md", "l"), says, estate, SCHEMA, TODAY)
    match = judge(client, home, Settings())

    assert (match.verdict if match else "none") == verdict
    if match is not None:
        told = {one.key: one.verdict for one in match.criteria if one.verdict != "fit"}
        assert told == dict(one.split("=") for one in deciding.split())

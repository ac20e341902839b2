"""Mends of keys and values in front matter."""

from __future__ import annotations

from collections.abc import Iterator

from brokernotes.errors import FieldError, Problem
from brokernotes.features.mending import Tools, difference
from brokernotes.features.mending_places import span_of
from brokernotes.features.note_checks import RANGES
from brokernotes.model.measures import render_number
from brokernotes.model.schema import Kind
from brokernotes.model.values import split_list
from brokernotes.notes.editing import quote_value, rename_key, replace_value
from brokernotes.notes.note import Note
from brokernotes.notes.value_edits import Edit


def canonical_key(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Spell a key as the field table does."""
    old, new = str(found.params["key"]), str(found.params["canonical"])
    if old != new:
        yield from difference(note.text, rename_key(note.text, old, new))


def quoted(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Put a code that YAML takes for a number into quotes."""
    key, value = str(found.params["key"]), found.params["value"]
    raw = note.block.values.get(key)
    if isinstance(raw, list):
        items = [at for at, text in enumerate(raw) if text == value]
        items = [at for at in items if note.block.style(key, at) == "plain"]
        text = note.text
        for item in reversed(items):
            yield from difference(text, quote_value(text, key, item))
    elif raw == value:
        yield from difference(note.text, quote_value(note.text, key))


def narrowed(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Write digits and marks as other programs know them."""
    start, end = span_of(note, found.position)
    value, plain = str(found.params["value"]), str(found.params["plain"])
    at = note.text.find(value, start, max(end, start + len(value)))
    if at >= 0:
        yield at, at + len(value), plain


def as_list(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Write several values in one text as a list."""
    key = str(found.params["key"])
    raw = note.block.values.get(key)
    row = tools.reader.schema.find_field(note.record.type, key)
    plan = tools.reader.plans[note.record.type].get(row.key) if row else None
    if not isinstance(raw, str) or row is None or plan is None:
        return
    if len(plan.separators) == 1:
        items = [part.strip() for part in raw.split(plan.separators)]
    else:
        items = [part for part, _ in split_list(raw)]
    quote = row.kind is Kind.PHONE
    wanted = [item for item in items if item]
    yield from difference(note.text, replace_value(note.text, key, wanted, quote=quote))


def as_range(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Write a range into the two fields for the least and the most, if the other is empty."""
    schema, record = tools.reader.schema, note.record
    row = schema.find_field(record.type, str(found.params["key"]))
    pair = next((one for one in RANGES.get(record.type, ()) if row and row.key in one), None)
    if row is None or pair is None or "total_floors" in pair:
        return
    ends = dict(zip(pair, (found.params["low"], found.params["high"]), strict=True))
    text = note.text
    for key, end in ends.items():
        spelled = note.spelled(key)
        is_free = key == row.key or not note.block.values.get(spelled)
        if not is_free and not _is(end, record.values.get(key)):
            return
        if is_free:
            text = replace_value(text, spelled, _number(end))
    after = tools.reader.read(note.path, text).record
    if all(_is(end, after.values.get(key)) for key, end in ends.items()):
        yield from difference(note.text, text)


def cleared(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Leave a value empty that only says that there is none."""
    key = str(found.params["key"])
    if note.block.values.get(key) == found.params["value"]:
        yield from difference(note.text, replace_value(note.text, key, None))


def _number(end: object) -> str:
    return render_number(end) if isinstance(end, int | float) else str(end)


def _is(end: object, value: object) -> bool:
    try:
        return float(str(end)) == float(str(value))
    except (ValueError, FieldError):
        return False

"""`KEY=VALUE` that says several fields, or one as it is spoken: 户型=3室2厅1卫, 楼层=12/18.

What a cell of a sheet may say, the command line may, too: `importing_splits` reads both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from brokernotes.errors import FieldError
from brokernotes.model.folding import fold_text
from brokernotes.model.source_text import narrow
from brokernotes.model.spoken_values import in_digits

if TYPE_CHECKING:
    from brokernotes.features.assignments import Assignment
    from brokernotes.features.field_writing import FieldWriter
    from brokernotes.model.schema import Field

# Fields whose value may say more than they hold: tried where they cannot read it.
_BY_FIELD: Mapping[str, Mapping[str, str]] = {
    "client": {
        "budget_min": "budget", "budget_max": "budget",
        "rent_min": "rent_range", "rent_max": "rent_range",
        "area_min": "area_range", "area_max": "area_range",
        "bedrooms_min": "rooms", "bedrooms_max": "rooms",
    },
    "listing": {"bedrooms": "layout", "floor": "floors"},
}  # fmt: skip
# Words that are no field, for what people call by one name.
_BY_WORD: Mapping[str, Mapping[str, str]] = {
    "client": {"户型": "rooms", "房型": "rooms", "居室": "rooms", "layout": "rooms"},
    "listing": {"户型": "layout", "房型": "layout", "居室": "layout", "layout": "layout",
                "门牌": "door", "门牌号": "door"},
}  # fmt: skip


def split_assignment(
    assignment: Assignment, row: Field | None, note_type: str, writer: FieldWriter
) -> list[tuple[Field, Assignment]]:
    """The fields a value says, each with its part; none where it says no more than one.

    Args:
        assignment: as typed.
        row: the field its key names; None: the key is no field.
        note_type: of the note.
        writer: reads the values.
    """
    if assignment.operator != "=" or not assignment.value:
        return []
    target = split_of(note_type, assignment.key, row)
    if target is None or (row is not None and _reads(row, assignment.value, writer)):
        return []
    rows = writer.rules.schema.fields(note_type)
    for split in splits(target, assignment.value):
        parts = [(rows[key], value) for key, value in split.items() if key in rows]
        if all(_reads(one, value, writer) for one, value in parts):
            if _is_upside_down(parts, writer):
                return []
            return [(one, assignment._replace(value=value)) for one, value in parts]
    return []


def split_of(note_type: str, key: str, row: Field | None) -> str | None:
    """How a value that says several fields is taken apart; None: such a key has none.

    Args:
        note_type: of the note.
        key: as typed.
        row: the field it names; None: it is no field of a note.
    """
    if row is None:
        return _BY_WORD.get(note_type, {}).get(fold_text(key))
    return _BY_FIELD.get(note_type, {}).get(row.key)


def splits(target: str, value: str) -> Iterator[Mapping[str, str]]:
    """What a value says by key, as it stands and with its numerals in digits.

    A value that says more than fields hold says nothing here: nothing is guessed.

    Args:
        target: as `split_of` names it.
        value: as typed.
    """
    from brokernotes.features.importing_splits import SPLITS

    for text in (narrow(value), in_digits(value)):
        try:
            split = SPLITS[target](text, "") if text is not None else None
        except FieldError:
            continue
        if split is not None and not split.rest:
            yield split.parts


def _is_upside_down(parts: Sequence[tuple[Field, str]], writer: FieldWriter) -> bool:
    """Whether a lower bound is above its upper one."""
    bounds = {
        row.key.rpartition("_")[2]: float(writer.read(row, value)[0].written)
        for row, value in parts
        if row.key.endswith(("_min", "_max"))
    }
    return "min" in bounds and "max" in bounds and bounds["min"] > bounds["max"]


def _reads(row: Field, value: str, writer: FieldWriter) -> bool:
    """Whether the field can read a value."""
    try:
        writer.read(row, value)
    except FieldError:
        return False
    return True

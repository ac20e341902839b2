"""Values of a query that say several fields, read as `set` reads them: 户型:两房, 楼层:12/18."""

from __future__ import annotations

from collections.abc import Callable

from brokernotes.features.several_fields import split_of, splits
from brokernotes.light_dataclasses import replace
from brokernotes.model.query_keys import is_derived
from brokernotes.model.query_tree import Condition, Test, Tree, both
from brokernotes.model.schema import Field, Schema

_AT_LEAST = ("以上", "起", "及以上", "+")
_ROOMS = "rooms"  # of a home that is asked for by several: 2-3室, 三房以上


def said_in_fields(
    schema: Schema,
    note_type: str,
    field: Field | None,
    test: Test,
    read: Callable[[Field, Test], Condition],
) -> Tree | None:
    """A test as tests of the fields its value says.

    Args:
        schema: of the vault's rules.
        note_type: of the notes that are asked for.
        field: the key's; None: it is none.
        test: of one value, not quoted.
        read: reads a number of a field.

    Returns:
        None: the key or the value says no several fields.
    """
    own = None if field is None or is_derived(field) else field
    target = split_of(note_type, test.key, own)
    if target is None:
        return None
    rows = schema.fields(note_type)
    for said in splits(target, test.value):
        parts = [(rows[key], value) for key, value in said.items() if key in rows]
        if parts:
            return both([read(row, replace(test, value=value)) for row, value in parts])
    if target == "layout":
        return _rooms(rows["bedrooms"], test, read)
    return None


def _rooms(bedrooms: Field, test: Test, read: Callable[[Field, Test], Condition]) -> Tree | None:
    """Bedrooms between two bounds."""
    for said in splits(_ROOMS, test.value):
        low, high = said["bedrooms_min"], said.get("bedrooms_max")
        if high is not None:
            return read(bedrooms, replace(test, value=f"{low}..{high}"))
        is_open = test.value.strip().endswith(_AT_LEAST)
        return read(bedrooms, replace(test, value=f"{low}.." if is_open else low))
    return None

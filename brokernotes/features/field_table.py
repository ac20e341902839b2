"""Property types for Obsidian, from the field table."""

from __future__ import annotations

import json

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.model.schema import Field, Kind, Schema

_WIDGETS = {
    Kind.INT: "number",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.BOOL: "checkbox",
}
_SPECIAL = {"aliases": "aliases", "tags": "tags", "cssclasses": "multitext"}


def obsidian_types(schema: Schema) -> dict[str, str]:
    """The property widget of every key, as `.obsidian/types.json` names them.

    Args:
        schema: the field table, own fields included.

    Source:
        Obsidian's help on properties; the ids as the app writes them.
    """
    types = dict(_SPECIAL)
    for row in schema.all_fields():
        types.setdefault(row.key, _widget(row))
    return types


def _widget(row: Field) -> str:
    if row.many:
        return "multitext"
    return _WIDGETS.get(row.kind, "text")


def merge_types(existing: str, schema: Schema) -> str:
    """The text of `.obsidian/types.json` with our keys in it.

    Args:
        existing: text of the file as it is; empty when there is none.
        schema: the field table, own fields included.

    Returns:
        JSON as Obsidian writes it: the user's other keys as they were, ours after them.

    Raises:
        RefusedError: the file is not what Obsidian writes, and nothing of it may be lost.
    """
    try:
        settings = json.loads(existing) if existing.strip() else {}
    except ValueError:
        settings = None
    if not isinstance(settings, dict) or not isinstance(settings.get("types", {}), dict):
        raise RefusedError(
            N_("{path} is not a JSON file of property types"),
            hint=N_("Mend it or delete it; Obsidian and brokernotes both write it anew."),
            path=".obsidian/types.json",
        )
    types = {**settings.get("types", {}), **obsidian_types(schema)}
    return json.dumps({**settings, "types": types}, ensure_ascii=False, indent=2) + "\n"

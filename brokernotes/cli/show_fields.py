"""Fields of a note as `show` tells them to people."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.cli.app import App
from brokernotes.cli.cells import shown_value
from brokernotes.model.schema import Field, Kind
from brokernotes.model.values import mask_phone


def field_rows(
    app: App, note_type: str, values: Mapping[str, object], *, reveals: bool
) -> list[tuple[str, str]]:
    """Label and text of each field that is set, the title aside.

    Args:
        app: of the run.
        note_type: its id.
        values: of the note, by key.
        reveals: whether phones are shown unmasked.
    """
    return [
        (_label(app, field), _shown(app, field, values[field.key], reveals=reveals))
        for field in app.vault.rules.schema.fields(note_type).values()
        if field.key in values and field.key != "title"
    ]


def _label(app: App, field: Field) -> str:
    label = field.label(app.language.code)
    return f"{label}({field.unit})" if field.unit else label


def _shown(app: App, field: Field, value: object, *, reveals: bool) -> str:
    if field.kind is Kind.PHONE and not reveals:
        items = value if isinstance(value, list) else [value]
        return "、".join(mask_phone(str(item)) for item in items)
    if field.kind is Kind.LINK:
        items = value if isinstance(value, list) else [value]
        value = [app.vault.queries.id_of(str(item)) or item for item in items]
    return shown_value(app, app.vault.rules.schema, field, value)

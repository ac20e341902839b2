"""What a field is called in a sentence: 预算上限 on a Chinese screen, its key where code stands."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from brokernotes.language import CodeName
from brokernotes.model.schema import NOTE_TYPES, TYPE_OF_FOLDER

if TYPE_CHECKING:
    from brokernotes.model.schema import Field, Schema

_PLACES = ("key", "because", "keys")  # of a message that name a field
_TYPES = tuple(kind.id for kind in NOTE_TYPES)


def with_field_names(
    params: Mapping[str, object], code: str, schema: Schema | None, note_type: object = None
) -> Mapping[str, object]:
    """The params of a message, the fields among them called by their labels.

    Keys that a note spells in Chinese are what they are called already; an English screen calls
    a field by its key.

    Args:
        params: `key`, `because` and the list `keys` may name fields.
        code: of the reader's language.
        schema: knows the labels; None: those that are built in.
        note_type: of the note; None: any, where all types call the field the same.
    """
    if code != "zh" or not any(name in params for name in _PLACES):
        return params
    schema = schema or _builtin()
    types = _TYPES if note_type is None else (str(note_type),)
    named = {name: _named(params[name], types, schema) for name in _PLACES if name in params}
    return {**params, **named}


def field_name(spelled: str, code: str, row: Field) -> str:
    """What a field is called: as its note spells it, on a Chinese screen in Chinese.

    Args:
        spelled: the key as it stands in the note.
        code: of the reader's language.
        row: of the field.
    """
    return row.zh if code == "zh" and spelled.isascii() else spelled


def type_of_path(path: str) -> str | None:
    """The type of note the folder of a path is for; None: not known."""
    return TYPE_OF_FOLDER.get(path.partition("/")[0].casefold())


@functools.cache
def _builtin() -> Schema:
    from brokernotes.model.rules import builtin_schema

    return builtin_schema()


def _named(key: object, types: Iterable[str], schema: Schema) -> object:
    if isinstance(key, list | tuple):
        return [_label(_named(one, types, schema)) for one in key]
    if not isinstance(key, str) or not key.isascii():
        return key
    rows = [row for one in types if (row := schema.fields(one).get(key))]
    labels = {field_name(key, "zh", row) for row in rows}
    return CodeName(key, labels.pop()) if len(labels) == 1 else key


def _label(name: object) -> object:
    return name.label if isinstance(name, CodeName) else name

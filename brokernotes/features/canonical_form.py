"""A note as Obsidian would write it, by what the field table says of its keys."""

from __future__ import annotations

from brokernotes.model.schema import Kind, Schema
from brokernotes.notes.canonical import PHONE, TEXT, VALUE, canonical
from brokernotes.notes.note import Note

# Whose digits are a number, and whose words a yes or a no: these stand without quotes.
_VALUES = frozenset({Kind.INT, Kind.NUMBER, Kind.BOOL})


def canonical_note(note: Note, schema: Schema, *, drop_comments: bool = False) -> str:
    """A note with its front matter in Obsidian's form.

    Args:
        note: as read.
        schema: of the brokerage.
        drop_comments: whether comments may go.

    Raises:
        RefusedError: the shape of the block forbids it, or it holds comments.
    """
    kinds = {}
    for key in note.block.values:
        row = schema.find_field(note.record.type, key)
        if row is not None:
            is_phone = row.kind is Kind.PHONE
            kinds[key] = PHONE if is_phone else VALUE if row.kind in _VALUES else TEXT
    return canonical(note.text, kinds, drop_comments=drop_comments)

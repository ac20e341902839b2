"""Ids for notes and entries that have none, and entries that were lost put back."""

from __future__ import annotations

from collections.abc import Iterator

from brokernotes.errors import Problem
from brokernotes.features.mending import Tools, difference
from brokernotes.model.schema import LETTER_OF_TYPE
from brokernotes.notes.appending import add_entry_id as with_entry_id
from brokernotes.notes.appending import append_entry
from brokernotes.notes.editing import add_block, replace_value
from brokernotes.notes.log_sections import TITLES
from brokernotes.notes.names import mint_entry_id, mint_id, trailing_id
from brokernotes.notes.note import Note
from brokernotes.notes.value_edits import Edit


def add_note_id(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Mint the note's id, or take the one its name ends with."""
    record = note.record
    letter = LETTER_OF_TYPE[record.type]
    six = trailing_id(record.path)
    id_ = f"{letter}-{six}"
    if six is None or id_ in tools.taken:
        id_ = mint_id(letter, tools.random, tools.taken)
    if note.block.split.kind == "none":
        text = add_block(note.text, [("id", id_), ("type", record.type)])
    else:
        text = replace_value(note.text, note.spelled("id"), id_)
    tools.taken.add(id_)
    yield from difference(note.text, text)


def new_note_id(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Give a copy an id of its own."""
    key = next((key for key, raw in note.block.values.items() if raw == note.record.id), "id")
    id_ = mint_id(LETTER_OF_TYPE[note.record.type], tools.random, tools.taken)
    text = replace_value(note.text, key, id_)
    tools.taken.add(id_)
    yield from difference(note.text, text)


def add_entry_id(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Mint the id of an entry that has none."""
    taken = {entry.id for entry in note.record.entries if entry.id} | tools.taken
    id_ = mint_entry_id(tools.moment, tools.random, taken)
    tools.taken.add(id_)
    text = with_entry_id(note.text, found.position.line, id_)
    yield from difference(note.text, text)


def put_back(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Append an entry that a stale editor saved over."""
    lines = tools.lost.get(str(found.params["id"]))
    if lines is not None:
        text = append_entry(
            note.text,
            lines,
            heading=f"## {TITLES[tools.rules.language]}",
            book=tools.reader.log_book,
        ).text
        yield from difference(note.text, text)

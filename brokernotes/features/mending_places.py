"""From a problem's line and column to the characters of the note."""

from __future__ import annotations

import re

from brokernotes.errors import Position
from brokernotes.notes.note import Note

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def offset_of(note: Note, at: Position) -> int:
    """Offset into the note's text of a place."""
    start = line_spans(note.text)[at.line - 1][0] + at.column - 1
    return start + 1 if at.line == 1 and note.block.split.bom else start


def span_of(note: Note, at: Position) -> tuple[int, int]:
    """Offsets of the stretch a problem is about."""
    start = offset_of(note, at)
    return start, start + max((at.end_column or at.column) - at.column, 0)


def line_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each line, its line break left out."""
    return [(found.start(1), found.end(1)) for found in _LINE.finditer(text)]


def line_at(note: Note, number: int) -> tuple[int, int, str]:
    """Start and end of a line, its break left out, and its text."""
    start, end = line_spans(note.text)[number - 1]
    return start, end, note.text[start:end]

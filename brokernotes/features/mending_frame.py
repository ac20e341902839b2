"""Mends of the two `---` lines: front matter that is hidden is uncovered."""

from __future__ import annotations

from collections.abc import Iterator

from brokernotes.errors import Problem
from brokernotes.features.mending import Tools
from brokernotes.features.mending_places import line_at, offset_of
from brokernotes.notes.note import Note
from brokernotes.notes.value_edits import Edit


def bare_delimiter(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Take away what is no space behind the first `---`."""
    start, end, line = line_at(note, 1)
    bom = 1 if note.block.split.bom else 0
    if line[bom:].strip() == "---":
        yield start + bom + 3, end, ""


def to_the_top(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Take away the blank lines above front matter."""
    start = note.block.split.start
    at = offset_of(note, found.position)
    if not note.text[start:at].strip():
        yield start, at, ""


def close(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Put the missing `---` behind the last key, if a blank line or nothing follows it."""
    parts = note.block.split
    inside, behind = note.text[parts.start : parts.end], note.text[parts.end :]
    lines = inside.splitlines()
    if not lines or any(not line.strip() for line in lines):
        return
    if behind.strip() and behind.lstrip(" \t")[0] not in "\r\n":
        return
    ended = "" if inside[-1] in "\r\n" else parts.newline
    yield parts.end, parts.end, f"{ended}---{parts.newline}"

"""Mends of the log: headings, and entries as other programs expect them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brokernotes.errors import Problem
from brokernotes.features.mending import Tools
from brokernotes.features.mending_places import line_at, line_spans, span_of
from brokernotes.notes.appending import last_newline
from brokernotes.notes.log_sections import find_heading
from brokernotes.notes.masking import SPACES
from brokernotes.notes.note import Note
from brokernotes.notes.value_edits import Edit

# Besides the title: signs of a heading, emphasis, and marks that say nothing.
_ONLY_TITLE = re.compile(
    rf"[#＃*_:：{SPACES}\W]*(?:跟进[记纪]录|跟进|follow-?ups?(?: log)?|log)[#＃*_:：{SPACES}]*",
    re.IGNORECASE,
)
_EMPTY_BOXES = ("[]", "【】", "［］")


def plain_heading(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Write the log's heading plainly, unless it says more than that it is the log's."""
    start, end, line = line_at(note, found.position.line)
    if not _ONLY_TITLE.fullmatch(line):
        return
    spans = line_spans(note.text)
    number = found.position.line
    if number < len(spans):
        following = note.text[slice(*spans[number])]
        heading = find_heading("", line, following)
        if heading is not None and heading.lines == 2:
            end = spans[number][1]
    yield start, end, str(found.params["written"])


def to_line_start(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Move an entry that slipped to the right, and what stands under it, to the line's start."""
    log = note.log
    number = found.position.line
    index = next((at for at, one in enumerate(log.entries) if one.line == number), None)
    if index is None:
        return
    first, last = log.spans[index]
    others = {one.line for one in log.entries}
    _, _, line = line_at(note, first)
    indent = line[: len(line) - len(line.lstrip(SPACES))]
    for at in range(first, last + 1):
        if at != first and at in others:
            return  # entries nested in this one move first
        start, _, text = line_at(note, at)
        if text.startswith(indent):
            yield start, start + len(indent), ""
        elif text.strip(SPACES):
            return


def empty_box(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Write an empty box as the Tasks of every program know it."""
    if found.params["box"] in _EMPTY_BOXES:
        yield (*span_of(note, found.position), "[ ]")


def as_written(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Write what stands there as the problem's hint says."""
    start, end = span_of(note, found.position)
    written = str(found.params["written"])
    if found.code != "entry-spelling":
        before, after = note.text[start - 1 : start], note.text[end : end + 1]
        if before and before not in SPACES + "\r\n":
            written = " " + written
        if after and after not in SPACES + "\r\n":
            written += " "
    yield start, end, written


def id_to_end(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Move an entry's id to the end of its line, behind a space."""
    start, end = span_of(note, found.position)
    _, line_end, _ = line_at(note, found.position.line)
    caret = note.text[start:end]
    rest = note.text[end:line_end].strip(SPACES)
    before = note.text[:start].rstrip(SPACES)
    if rest:
        rest = " " + rest
    yield len(before), line_end, f"{rest} {caret}"


def to_the_end(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Move the log section behind what follows it."""
    section = note.log.sections[-1]
    if section.follower is None or note.log.unclosed is not None:
        return
    spans = line_spans(note.text)
    start, middle = spans[section.line - 1][0], spans[section.follower - 1][0]
    newline = last_newline(note.text)
    moved = note.text[start:middle].rstrip("\r\n" + SPACES)
    rest = note.text[middle:].rstrip("\r\n" + SPACES)
    yield start, len(note.text), f"{rest}{newline}{newline}{moved}{newline}"

"""Changing a log by additions only: a new entry, a box ticked, an id."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.language import N_
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import dataclass, field, replace
from brokernotes.model.records import LogEntry
from brokernotes.notes.block import Finding
from brokernotes.notes.frontmatter import count_lines, split
from brokernotes.notes.log_head import BOX, BULLET
from brokernotes.notes.log_sections import plain_title
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.log_writing import protected_text, render_agent, render_fields, written_form
from brokernotes.notes.logbook import LogReading, Section, entry_ref, entry_refs, read_log
from brokernotes.notes.masking import SPACES
from brokernotes.notes.names import is_entry_id

_LINE = lazy_pattern(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_LAST_ID = lazy_pattern(rf"[{SPACES}]*+(?:\^[A-Za-z0-9-]+)?[{SPACES}]*+$")
_ENDS_IN_ID = lazy_pattern(rf"[{SPACES}]\^[A-Za-z0-9-]+[{SPACES}]*$")
_MARKS = {"x": "done", "-": "cancelled"}


@dataclass(frozen=True, slots=True)
class Appended:
    """A note with an entry more.

    Attributes:
        text: the whole note.
        line: 1-based, of the new entry.
        findings: `log-not-last` where the entry could not become the last line.
        inserted: what was put in, and `offset`, where: nothing else differs.
    """

    text: str
    line: int
    findings: tuple[Finding, ...]
    offset: int
    inserted: str


@dataclass(frozen=True, slots=True)
class Added:
    """What is added to an entry that stands already.

    Attributes:
        agent: who did it; only an entry that names nobody takes it.
        text: after its own.
        fields: by log key id; none of them may stand there yet.
        children: lines under it, as `child_lines` makes them.
    """

    text: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    agent: str | None = None


_NOTHING = Added()


def append_entry(text: str, entry_lines: str, *, heading: str, book: LogBook) -> Appended:
    """Put a new entry at the end of the last log section.

    At the end of the file it becomes its last line; where the section is followed by others
    it goes behind what stands in the section, and that is reported. A note without a log
    gets one at its end.

    Args:
        text: the whole note, as read from the file.
        entry_lines: from `render_entry`, joined by LF.
        heading: the line of a new section, such as `## 跟进记录`.
        book: of the brokerage.

    Raises:
        RefusedError: a block is never closed, or hides the log's heading.
    """
    reading = _read(text, book)
    _refuse_blocks(reading)
    newline = last_newline(text)
    piece = newline.join(entry_lines.rstrip("\n").split("\n")) + newline
    findings: tuple[Finding, ...] = ()
    if not reading.sections:
        offset = len(text)
        piece = heading + newline * 2 + piece
        if offset > split(text).body or _ends_mid_line(text):
            piece = _blank_line(text, offset, newline) + piece
        elif offset:
            piece = newline + piece
    elif reading.sections[-1].follower is None:
        offset = len(text)
        piece = _before_entry(text, offset, reading.sections[-1], newline) + piece
    else:
        section = reading.sections[-1]
        findings = (_not_last(text, section),)
        offset = _line_spans(text)[section.end - 1][1]
        piece = _before_entry(text, offset, section, newline) + piece
    added = len(entry_lines.rstrip("\n").split("\n"))
    line = 1 + count_lines(text[:offset] + piece, 0, offset + len(piece)) - added
    return Appended(text[:offset] + piece + text[offset:], line, findings, offset, piece)


def change_box(text: str, ref: str, mark: str, *, book: LogBook, added: Added = _NOTHING) -> str:
    """Tick off or cancel a planned entry, and add what came of it.

    Nothing else on its line changes.

    Args:
        text: the whole note.
        ref: the entry's id, or its stamp: `20260820T1430`, `20260820T1430-2`.
        mark: `x` or `-`.
        book: of the brokerage.
        added: what came of it.

    Returns:
        The whole note.

    Raises:
        NotFoundError: there is no such entry.
        RefusedError: the entry is not planned, a field stands there already, or the addition
            cannot be written so that it is read back the same.
    """
    reading = _read(text, book)
    index = _find(reading, ref)
    entry = reading.entries[index]
    if entry.box != "planned":
        raise RefusedError(
            N_("entry {entry} is not planned any more"),
            hint=N_("Log a new entry with `[更正:: {entry}]` to correct it."),
            entry=ref,
        )
    start, end = _line_spans(text)[entry.line - 1]
    line = text[start:end]
    bullet = BULLET.match(line)
    box = BOX.match(line, bullet.end()) if bullet else None
    if box is None:
        raise RefusedError(N_("entry {entry} has no box that could be ticked"), entry=ref)
    at = start + box.start()
    ticked = f"{text[:at]}[{mark}]{text[start + box.end() :]}"
    return _add(ticked, index, replace(entry, box=_MARKS[mark]), added, book)


def add_to_entry(text: str, ref: str, added: Added, *, book: LogBook) -> str:
    """Add text, fields or lines to an entry that stands already.

    Args:
        text: the whole note.
        ref: the entry's id or stamp.
        added: what to add.
        book: of the brokerage.

    Raises:
        NotFoundError: there is no such entry.
        RefusedError: a field stands there already, or the addition cannot be written so that
            it is read back the same.
    """
    reading = _read(text, book)
    index = _find(reading, ref)
    return _add(text, index, reading.entries[index], added, book)


def add_entry_id(text: str, line: int, id_: str) -> str:
    """Give an entry that a person typed its id, last on its line.

    Args:
        text: the whole note.
        line: 1-based, of the entry.
        id_: from `mint_entry_id`.

    Raises:
        RefusedError: there is no such line, it ends in an id already, or that is no id.
    """
    spans = _line_spans(text)
    if not is_entry_id(id_) or not 1 <= line <= len(spans):
        raise RefusedError(N_("line {line} cannot get the id {id}"), line=line, id=id_)
    start, end = spans[line - 1]
    content = text[start:end].rstrip("\r\n")
    if _ENDS_IN_ID.search(content):
        raise RefusedError(N_("line {line} has an id already"), line=line)
    at = start + len(content.rstrip(SPACES))
    return f"{text[:at]} ^{id_}{text[at:]}"


def _read(text: str, book: LogBook) -> LogReading:
    parts = split(text)
    return read_log(text, parts.body, parts.body_line, book)


def _find(reading: LogReading, ref: str) -> int:
    index = entry_ref(reading.entries, ref)
    if index is None:
        raise NotFoundError(
            N_("no entry {entry} in this note"),
            candidates=tuple(entry_refs(reading.entries)),
            entry=ref,
        )
    return index


def _add(text: str, index: int, entry: LogEntry, added: Added, book: LogBook) -> str:
    """Add to the entry of an index, and make sure that it reads as meant."""
    twice = [name for name in added.fields if name in entry.fields]
    if twice:
        key = book.schema.log_keys.get(twice[0])
        label = book.label(key) if key else twice[0]
        raise RefusedError(N_("the entry has {key} already"), key=label)
    extra = written_form(replace(entry, text=added.text, fields=added.fields, duration=None))
    minutes = extra.fields.get("duration")
    agent = added.agent if entry.agent is None else None
    wanted = replace(
        entry,
        agent=agent or entry.agent,
        text=" ".join(part for part in (entry.text, extra.text) if part),
        fields={**entry.fields, **extra.fields},
        children=entry.children + added.children,
        duration=entry.duration or (minutes if isinstance(minutes, int) else None),
    )
    for care in range(3):
        piece = protected_text(extra.text, book, care) if extra.text else ""
        who = render_agent(agent, care) if agent else ""
        typed = " ".join((who, piece, *render_fields(extra.fields.items(), book, care))).strip(" ")
        changed = _insert(text, index, typed, added.children, book)
        after = _read(changed, book).entries
        if index < len(after) and replace(after[index], column=entry.column) == wanted:
            return changed
    raise RefusedError(
        N_("“{text}” cannot be added so that it is read back the same"), text=added.text
    )


def _insert(text: str, index: int, typed: str, children: tuple[str, ...], book: LogBook) -> str:
    """Put a text before the id of an entry's first line, and lines under its last."""
    reading = _read(text, book)
    first, last = reading.spans[index]
    spans = _line_spans(text)
    newline = last_newline(text)
    if children:
        end = spans[last - 1][1]
        under = newline.join(children) + newline
        if _ends_mid_line(text[:end]):
            under = newline + under.removesuffix(newline)
        text = text[:end] + under + text[end:]
    if typed:
        start, end = spans[first - 1]
        found = _LAST_ID.search(text[start:end].rstrip("\r\n"))
        at = start + (found.start() if found else 0)
        text = f"{text[:at]} {typed}{text[at:]}"
    return text


def _refuse_blocks(reading: LogReading) -> None:
    line = reading.unclosed
    if line is not None:
        raise RefusedError(
            N_("the block that opens in line {line} is never closed"),
            hint=N_("Close it or remove that line, then try again."),
            line=line,
        )
    if not reading.sections and reading.hidden_heading is not None:
        raise RefusedError(
            N_("the log's heading in line {line} is hidden in a code, math or comment block"),
            hint=N_("Take it out of the block, or remove it, then try again."),
            line=reading.hidden_heading,
        )


def _before_entry(text: str, offset: int, section: Section, newline: str) -> str:
    """What stands between the section as it is and its new entry."""
    ended = newline if _ends_mid_line(text[:offset]) else ""
    if not section.is_empty:
        return ended
    return ended if _has_blank_end(text, offset) else ended + newline


def _blank_line(text: str, offset: int, newline: str) -> str:
    ended = newline if _ends_mid_line(text) else ""
    return ended if not ended and _has_blank_end(text, offset) else ended + newline


def _has_blank_end(text: str, offset: int) -> bool:
    """Whether the last line before an offset is a blank one that is ended."""
    return bool(re.search(rf"(?:\A|\n|\r(?!\n))[{SPACES}]*(?:\r\n|\n|\r)\Z", text[:offset]))


def _ends_mid_line(text: str) -> bool:
    return bool(text) and text[-1] not in "\r\n"


def _not_last(text: str, section: Section) -> Finding:
    spans = _line_spans(text)
    start, end = spans[section.line - 1]
    width = len(text[start:end].rstrip("\r\n"))
    follower = section.follower or section.line
    start, end = spans[follower - 1]
    heading = plain_title(text[start:end].rstrip("\r\n"))
    return Finding("log-not-last", section.line, 1, width + 1, {"heading": heading})


def _line_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each line, its end included."""
    return [found.span() for found in _LINE.finditer(text)]


def last_newline(text: str) -> str:
    """The style in which the file's last line end is written."""
    at = max(text.rfind("\n"), text.rfind("\r"))
    if at < 0:
        return "\n"
    if text[at] == "\r":
        return "\r"
    return "\r\n" if at and text[at - 1] == "\r" else "\n"

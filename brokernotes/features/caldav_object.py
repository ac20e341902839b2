"""What a calendar server holds under one address, as content lines.

What others wrote into an item (alarms a phone snoozed, properties of a maker) is none of our
business and stays to the letter: a change replaces the lines it means and no others. So an item
is not built anew from what a parser understood of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from brokernotes.features.calendar_text import render_line
from brokernotes.light_dataclasses import NamedTuple, dataclass, replace

COMPONENTS = ("VEVENT", "VTODO")
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[^":;]*(?:"[^"]*"[^":;]*)*)*):(.*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class ContentLine(NamedTuple):
    """A content line taken apart: the name in capitals, the value as it stands."""

    name: str
    params: str
    value: str


@dataclass(frozen=True, slots=True)
class CalendarObject:
    """One item and what surrounds it, unfolded.

    Attributes:
        component: `VEVENT` or `VTODO`.
        before: lines up to its BEGIN, that included.
        lines: its own properties.
        nested: its alarms, each from BEGIN to END.
        after: its END and all that follows.
    """

    component: str
    before: tuple[str, ...]
    lines: tuple[str, ...]
    nested: tuple[tuple[str, ...], ...]
    after: tuple[str, ...]

    def find(self, name: str) -> ContentLine | None:
        """The first of its properties with a name."""
        return next((one for one in map(split_line, self.lines) if one and one.name == name), None)

    def text(self, name: str) -> str:
        """The text of a property; "": it has none."""
        found = self.find(name)
        return unescape_text(found.value) if found else ""

    def with_lines(self, name: str, lines: Iterable[str]) -> CalendarObject:
        """The same with other lines for a property; none: without it."""
        kept: list[str] = []
        at = None
        for line in self.lines:
            if name_of(line) == name:
                at = len(kept) if at is None else at
            else:
                kept.append(line)
        at = len(kept) if at is None else at
        return replace(self, lines=(*kept[:at], *lines, *kept[at:]))

    def render(self) -> bytes:
        """As it is sent: folded, with CRLF."""
        nested = [line for block in self.nested for line in block]
        every = (*self.before, *self.lines, *nested, *self.after)
        return b"".join(map(render_line, every))


def parse_object(data: bytes) -> CalendarObject | None:
    """Read what a server holds under one address; None: there is no event or task in it.

    Args:
        data: all of it. Of an item that repeats, with exceptions, the item itself is meant.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    lines = [line for line in _LINE_END.split(_FOLD.sub("", text)) if line]
    found = [_object(lines, begin, end) for begin, end in _spans(lines)]
    masters = [one for one in found if one.find("RECURRENCE-ID") is None]
    return next(iter(masters or found), None)


def split_line(line: str) -> ContentLine | None:
    """A content line's parts; None: it is none."""
    found = _LINE.fullmatch(line)
    return ContentLine(found[1].upper(), found[2], found[3]) if found else None


def name_of(line: str) -> str:
    """The name of a content line, in capitals."""
    return re.split("[:;]", line, maxsplit=1)[0].upper()


def unescape_text(value: str) -> str:
    """The text that a TEXT value stands for (RFC 5545 3.3.11)."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def unfolded(data: bytes) -> list[str]:
    """The content lines of bytes that are ours."""
    return [line for line in _LINE_END.split(_FOLD.sub("", data.decode())) if line]


def blocks_and_lines(lines: Sequence[str]) -> tuple[list[str], list[tuple[str, ...]]]:
    """The properties among some lines, and what is nested in them, each from BEGIN to END."""
    own: list[str] = []
    nested: list[tuple[str, ...]] = []
    block: list[str] = []
    depth = 0
    for line in lines:
        name = name_of(line)
        depth += name == "BEGIN"
        if depth:
            block.append(line)
        else:
            own.append(line)
        if name == "END" and depth:
            depth -= 1
            if not depth:
                nested.append(tuple(block))
                block = []
    return own + block, nested


def _spans(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(BEGIN, END) of each event and task that stands in the calendar itself."""
    depth, begin = 0, None
    for at, line in enumerate(lines):
        name = name_of(line)
        if name == "BEGIN":
            if depth == 1 and _kind(line) in COMPONENTS:
                begin = at
            depth += 1
        elif name == "END":
            depth -= 1
            if depth == 1 and begin is not None:
                yield begin, at
                begin = None


def _object(lines: Sequence[str], begin: int, end: int) -> CalendarObject:
    own, nested = blocks_and_lines(lines[begin + 1 : end])
    return CalendarObject(
        _kind(lines[begin]),
        tuple(lines[: begin + 1]),
        tuple(own),
        tuple(nested),
        tuple(lines[end:]),
    )


def _kind(line: str) -> str:
    return line.partition(":")[2].strip().upper()

"""A block of front matter that has been read: texts, lines, and places on request.

This layer knows YAML's surface and nothing of fields: every scalar is text, and
what a text means is decided by the schema, with the place this block gives.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Literal

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple

Value = str | list[str] | None
Style = Literal["plain", "single", "double", "block"]
Where = tuple[int, int, int]  # line, column, end column; 1-based, columns in code points

_LINE_END = lazy_pattern(r"\r\n|\r|\n")


class Finding(NamedTuple):
    """Something to report; the caller adds the path.

    Attributes:
        code: as catalogued in `model.problems`.
        line: 1-based.
        column: 1-based code points, a byte order mark not counted.
        end_column: one past the last code point, on the same line.
        params: the places of the code's message; `key` where a key is concerned.
    """

    code: str
    line: int
    column: int
    end_column: int
    params: Mapping[str, object]


class Split(NamedTuple):
    """Where a note's front matter and body stand; offsets count code points of the whole text.

    Attributes:
        kind: `block`; `none` when line 1 opens nothing; `unclosed` when it opens what nothing
            closes (the block then is the run of lines that still look like front matter).
        start: of the block's text, behind the opening line.
        end: of the block's text, at the closing line.
        body: of the body, behind the closing line.
        body_line: 1-based line of the body's first character.
        bom: whether the text opens with a byte order mark.
        newline: what ends the first line (LF when nothing does).
    """

    kind: Literal["block", "none", "unclosed"]
    start: int
    end: int
    body: int
    body_line: int
    bom: bool
    newline: str


class Scalar(NamedTuple):
    """One scalar in the source, quotes included; offsets into the note's text."""

    start: int
    end: int
    style: Style


class Place(NamedTuple):
    """Where a key and its value stand; offsets into the note's text.

    Attributes:
        key_start: of the key as spelled, quotes included.
        key_end: one past it.
        colon: of the colon.
        kind: `empty`, `scalar`, `flow` (`[a, b]`), `block` (`- a` lines) or `map`.
        start: of the value; for `empty`, behind the colon.
        end: one past the value's last character.
        scalars: one, or one an item that is not empty.
    """

    key_start: int
    key_end: int
    colon: int
    kind: Literal["empty", "scalar", "flow", "block", "map"]
    start: int
    end: int
    scalars: list[Scalar]


class Block:
    """What the front matter of one note says.

    Attributes:
        source: the whole text of the note.
        split: where the block stands in it.
        values: by key as spelled in the file; None is empty or null, empty items are left out.
        lines: 1-based line of each key.
        findings: what is to be reported.
        recovered: keys whose value comes from a line YAML cannot read.
        reason: why nothing here may be edited; None: it may.
    """

    __slots__ = (
        "_line_starts", "_places", "findings", "lines", "reason", "recovered", "source", "split",
        "values",
    )  # fmt: skip

    def __init__(self, source: str, split: Split, places: dict[str, Place] | None = None) -> None:
        self.source = source
        self.split = split
        self.values: dict[str, Value] = {}
        self.lines: dict[str, int] = {}
        self.findings: list[Finding] = []
        self.recovered: set[str] = set()
        self.reason: str | None = None if split.kind == "block" else split.kind
        self._places = places
        self._line_starts: list[int] | None = None

    @property
    def has_block(self) -> bool:
        """Whether the note opens with front matter that is closed."""
        return self.split.kind == "block"

    @property
    def body_offset(self) -> int:
        """Offset of the body's first character."""
        return self.split.body

    @property
    def body_line(self) -> int:
        """1-based line of the body's first character."""
        return self.split.body_line

    @property
    def editable(self) -> bool:
        """Whether a value here may be replaced; `reason` says why not."""
        return self.reason is None

    def place(self, key: str) -> Place:
        """Where a key and its value stand.

        Raises:
            KeyError: no such key.
        """
        if self._places is not None:
            return self._places[key]
        from brokernotes.notes.strict import find_place

        if key not in self.lines:
            raise KeyError(key)
        return find_place(self.source, self.split, key)

    def where(
        self, key: str, item: int | None = None, offset: int = 0, length: int | None = None
    ) -> Where:
        """Where a value stands, or some code points inside its text.

        An empty value stands where its key does. Where escapes or folded lines
        make the text differ from its source, the whole scalar is given.

        Args:
            key: as spelled in the file.
            item: index into the list of values; None: the whole value.
            offset: code points into the value's text.
            length: code points; None: to the text's end.

        Returns:
            Line, column and end column.
        """
        place = self.place(key)
        value = self.values[key]
        if not place.scalars or value is None:
            return self._span(place.key_start, place.key_end)
        if isinstance(value, list):
            if item is None:
                return self._span(place.start, place.end)
            scalar, text = place.scalars[item], value[item]
        else:
            scalar, text = place.scalars[0], value
        if offset == 0 and length is None:
            return self._span(scalar.start, scalar.end)
        quote = 1 if scalar.style in ("single", "double") else 0
        start, end = scalar.start + quote, scalar.end - quote
        if self.source[start:end] != text:
            return self._span(scalar.start, scalar.end)
        start = min(start + offset, end)
        return self._span(start, end if length is None else min(start + length, end))

    def where_key(self, key: str) -> Where:
        """Line, column and end column of a key."""
        place = self.place(key)
        return self._span(place.key_start, place.key_end)

    def style(self, key: str, item: int | None = None) -> Style:
        """How a value, or an item of it, is written; an empty or whole list counts as plain."""
        place = self.place(key)
        if item is not None:
            return place.scalars[item].style
        return place.scalars[0].style if place.kind == "scalar" else "plain"

    def comment(self, key: str) -> str | None:
        """The comment behind a value, or behind the colon of a block list, with its `#`."""
        place = self.place(key)
        start = place.end if place.kind in ("scalar", "flow") else place.colon + 1
        rest = self.source[start : self.line_end(start)]
        bare = rest.lstrip(" \t")
        return bare.rstrip() if bare.startswith("#") and bare != rest else None

    def line_starts(self) -> list[int]:
        """Offset of each line's first character, up to the block's end if there is one."""
        if self._line_starts is None:
            end = len(self.source) if self.split.kind == "none" else self.split.end
            ends = _LINE_END.finditer(self.source, 0, end)
            self._line_starts = [0, *(end.end() for end in ends)]
        return self._line_starts

    def line_end(self, offset: int) -> int:
        """Offset of the line break, or the text's end, at or behind an offset."""
        starts = self.line_starts()
        following = bisect_right(starts, offset)
        if following == len(starts):
            end = _LINE_END.search(self.source, offset)
            return end.start() if end else len(self.source)
        behind = starts[following]
        return behind - (2 if self.source.endswith("\r\n", 0, behind) else 1)

    def line_of(self, offset: int) -> int:
        """1-based line of an offset."""
        return bisect_right(self.line_starts(), offset)

    def finding(self, code: str, start: int, end: int, **params: object) -> Finding:
        """A finding between two offsets of the source, cut at the first line's end."""
        line, column, end_column = self._span(start, end)
        return Finding(code, line, column, end_column, params)

    def _span(self, start: int, end: int) -> Where:
        if self._places is None and self._line_starts is None:
            # What the strict reader took ends its lines with LF or CRLF.
            line = self.source.count("\n", 0, start) + 1
            first = self.source.rfind("\n", 0, start) + 1
            line_end = self.source.find("\n", start)
            line_end -= self.source.startswith("\r", line_end - 1)
        else:
            line = self.line_of(start)
            first = self.line_starts()[line - 1]
            line_end = self.line_end(start)
        if line == 1 and self.split.bom:
            first += 1
        end = max(start, min(end, line_end))
        return line, start - first + 1, end - first + 1

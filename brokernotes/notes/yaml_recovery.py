"""Reading a block that YAML cannot read: key by key, so that one bad line loses nothing.

Each line in column 1 that looks like `key:` opens a group. Groups are parsed
alone; what still fails becomes text from its raw line, and each is reported
with the line as it should be.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.notes.yaml_nodes import UnreadableError

if TYPE_CHECKING:
    from brokernotes.notes.yaml_fallback import Reader

_LINE = lazy_pattern(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_MAX_RUN = 64 * 1024
_NO_KEY_STARTS = " \t#-[]{}&*!|>%@`,?"
_MARKERS = {"<<<<<<<": "ours", "|||||||": "base", "=======": "theirs", ">>>>>>>": ""}


class KeyLine(NamedTuple):
    """How a line in column 1 opens a key.

    Attributes:
        key: as spelled, without quotes.
        end: one past the key in the line, quotes included.
        colon: index of the colon.
        how: `ok`; `full` for a full-width colon; `space` for a space YAML does not know
            beside it; `missing` for none behind it.
    """

    key: str
    end: int
    colon: int
    how: str


class Row(NamedTuple):
    """A line, by its offsets in the note, and its text without the line break."""

    start: int
    end: int
    text: str


def find_key(line: str, known: Collection[str]) -> KeyLine | None:
    """The key a line opens; None: it opens none."""
    first = line[:1]
    if not first or first in _NO_KEY_STARTS:
        return None
    if first in "\"'":
        end = line.find(first, 1) + 1
        colon = end + len(line[end:]) - len(line[end:].lstrip(" "))
        if (
            end < 3
            or line[colon : colon + 1] != ":"
            or line[colon + 1 : colon + 2] not in ("", " ")
        ):
            return None
        return KeyLine(line[1 : end - 1], end, colon, "ok")
    half, wide, bare = _find_colon(line), line.find("："), line.find(":")
    if wide > 0 and (half < 0 or wide < half) and line[:wide].rstrip() in known:
        return KeyLine(key := line[:wide].rstrip(), len(key), wide, "full")
    if half > 0 and not (bare < half and line[:bare] in known):
        key = line[:half].rstrip()
        is_odd = key != line[:half].rstrip(" \t")
        return KeyLine(key, len(key), half, "space" if is_odd else "ok")
    key = line[:bare] if bare > 0 else ""
    if key in known or (key.isidentifier() and not line.startswith("//", bare + 1)):
        how = "space" if line[bare + 1 : bare + 2].isspace() else "missing"
        return KeyLine(key, bare, bare, how)
    return None


def _find_colon(line: str) -> int:
    """Index of the first colon that YAML takes for one, or -1."""
    found = [at for at in (line.find(": "), line.find(":\t")) if at >= 0]
    if line.endswith(":"):
        found.append(len(line) - 1)
    return min(found, default=-1)


def end_of_run(text: str, start: int) -> int:
    """Where lines stop to look like front matter, in a note that never closes it.

    Args:
        text: the whole note.
        start: offset behind the opening line.
    """
    end = start
    after_blank = False
    for found in _LINE.finditer(text, start, start + _MAX_RUN):
        line = found[1]
        if not line.strip():
            after_blank = True
            continue
        key = find_key(line, ())
        inside = end > start and not after_blank and line[0] in " \t-"
        if not inside and (key is None or (after_blank and not key.key.isidentifier())):
            break
        after_blank = False
        end = found.end()
    return end


def read_by_key(reader: Reader, error: UnreadableError | None, *, is_scalar: bool = False) -> None:
    """Fill a block group by group.

    Args:
        reader: whose block it is.
        error: where YAML gave up; None: at conflict markers, which it was not shown.
        is_scalar: YAML took the whole for one text, which it is if no key turns up.
    """
    reader.forbid("recovered" if error else "conflict-marker")
    before = len(reader.block.findings)
    _Walk(reader).run()
    if is_scalar and not reader.block.lines:
        del reader.block.findings[before:]
        assert error is not None
        reader.block.reason = "front-matter-not-map"
        reader.report("front-matter-not-map", error.index, reader.block.line_end(error.index))
    elif error and len(reader.block.findings) == before:
        end = reader.block.line_end(error.index)
        text = reader.copy[error.index : end].strip()
        reader.report("bad-yaml", error.index, end, key="", text=text)


class _Walk:
    """One walk over the lines of a block."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.side = ""
        self.in_template = False
        self.key: KeyLine | None = None
        self.group: list[Row] = []

    def run(self) -> None:
        block = self.reader.block
        starts = [at for at in block.line_starts() if block.split.start <= at < block.split.end]
        for start, behind in zip(starts, [*starts[1:], block.split.end], strict=True):
            text = self.reader.copy[start:behind].rstrip("\r\n")
            self._take(Row(start, start + len(text), text))
        self._flush()

    def _take(self, row: Row) -> None:
        if (marker := row.text[:7]) in _MARKERS and row.text[7:8] in ("", " "):
            self._flush()
            if marker == "<<<<<<<" or not self.side:
                self.reader.report("conflict-marker", row.start, row.end, text=row.text)
            self.side = _MARKERS[marker]
            self.reader.in_conflict = bool(self.side)
        elif self.side == "base":
            return  # what both sides started from stands in neither
        elif self.in_template:
            self.in_template = "%>" not in row.text
        elif key := find_key(row.text, self.reader.known):
            self._flush()
            self.key, self.group = key, [row]
        elif row.text.startswith("<%"):
            self._flush()
            self.reader.check_template(row.text, "", row.start, row.end)
            self.in_template = "%>" not in row.text
        elif self.group:
            self.group.append(row)
        elif row.text.strip() and not row.text.lstrip().startswith("#"):
            report_stray(self.reader, row)

    def _flush(self) -> None:
        from brokernotes.notes.yaml_groups import Group

        if self.key is not None:
            Group(self.reader, self.key, self.group).read()
        self.key, self.group = None, []


def report_stray(reader: Reader, row: Row) -> None:
    """Report a line that belongs to no key."""
    bare = row.text.strip()
    start = row.start + row.text.index(bare)
    if not reader.check_template(bare, "", start, row.end):
        reader.report("stray-line", start, start + len(bare), text=bare)

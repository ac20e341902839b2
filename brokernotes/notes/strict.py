"""The quick reader: the few forms that this tool and Obsidian write, and nothing else.

It answers "not mine" at the first character it does not fully understand, so
what it accepts is exactly what YAML makes of it. About a fifth of libyaml's cost.
"""

from __future__ import annotations

from typing import Literal

from brokernotes.notes.block import Place, Scalar, Split, Style, Value
from brokernotes.notes.masking import holds

NULLS = frozenset(("", "~", "null", "Null", "NULL"))

_MAX_CHARACTERS = 16 * 1024  # cannot pass 64 KiB in UTF-8; longer blocks are measured elsewhere
_SPECIAL = frozenset("-?:,[]{}#&*!|>'\"%@` ~nN")  # first characters that are not just text
_FLOW_SPECIAL = frozenset("[]{}\"'#&*!|>%@`:?，")
_REMEMBERED = 10_000  # rows: `status: 在售` stands in thousands of notes
_LONGEST_REMEMBERED = 40  # code points; what is longer hardly comes twice
_rows_met: dict[str, tuple[str, str]] = {}
_STYLES: dict[str, Style] = {'"': "double", "'": "single"}


class _NotMineError(Exception):
    """Not a form this reader knows."""


def read_strictly(inner: str, values: dict[str, Value], lines: dict[str, int]) -> bool:
    """Read a block of front matter if it is as plain as those the tool writes.

    Args:
        inner: the lines between the delimiters.
        values: filled with a text, list or None by key.
        lines: filled with the 1-based line in the note by key.

    Returns:
        Whether it could be read; if not, both are empty again.
    """
    try:
        _read_rows(_rows(inner), values, lines)
        if not "".join(lines).islower() and len({key.casefold() for key in lines}) < len(lines):
            raise _NotMineError
        # libyaml wants a key's colon within 1,024 characters.
        if len(inner) > 1000 and len(max(lines, key=len, default="")) > 1000:
            raise _NotMineError
    except _NotMineError:
        values.clear()
        lines.clear()
        return False
    return True


def _rows(inner: str) -> list[str]:
    if "\r" in inner:
        inner = inner.replace("\r\n", "\n")
    if (
        len(inner) > _MAX_CHARACTERS
        or ("#" in inner and " #" in inner)
        or holds(inner, "{{")
        or holds(inner, "<%")
        or holds(inner, "%>")
    ):
        raise _NotMineError
    rows = inner.split("\n")
    # Tabs, lone CR, U+2028, a byte order mark, U+3000 and all controls are not printable.
    if not "".join(rows).isprintable():
        raise _NotMineError
    return rows


def _read_rows(  # noqa: PLR0915  # one loop: rows come by the hundred thousand
    rows: list[str], values: dict[str, Value], lines: dict[str, int]
) -> None:
    special, met = _SPECIAL, _rows_met
    number = 1
    open_key: str | None = None  # a key without a value: items may follow
    items: list[str] | None = None
    depth = 0
    for row in rows:
        number += 1
        known = met.get(row)
        if known is not None:
            key, value = known
            if key in lines:
                raise _NotMineError
            lines[key] = number
            values[key] = value
            open_key = None
            continue
        key, gap, value = row.partition(": ")
        if gap and key.isidentifier():
            if key in lines:
                raise _NotMineError
            lines[key] = number
            open_key = None
            if not value or value[0] in special:
                if value.strip(" "):
                    values[key] = _list(value) if value[0] == "[" else _scalar(value)
                else:
                    values[key] = items = None
                    open_key = key
            elif value[-1] in ": " or ": " in value:
                values[key] = _scalar(value)
            else:
                values[key] = value
                if len(row) < _LONGEST_REMEMBERED and len(met) < _REMEMBERED:
                    met[row] = key, value
        elif not row or row[0] == "#":
            continue
        elif row[-1] == ":" and (key := row[:-1]).isidentifier():
            if key in lines:
                raise _NotMineError
            lines[key] = number
            values[key] = items = None
            open_key = key
        else:
            bare = row.lstrip(" ")
            if open_key is None or not (bare[:2] == "- " or bare == "-"):
                raise _NotMineError
            if items is None:
                values[open_key] = items = []
                depth = len(row) - len(bare)
            elif len(row) - len(bare) != depth:
                raise _NotMineError
            if text := _scalar(bare[2:]):
                items.append(text)


def _scalar(source: str) -> str | None:
    """The text of one scalar on one line."""
    if source[:1] == '"' and source[-1] == '"' and source.count('"') == 2 and "\\" not in source:
        return source[1:-1]
    source = source.strip(" ")
    first = source[:1]
    if first in _STYLES:
        text = source[1:-1]
        if len(source) < 2 or source[-1] != first or first in text:
            raise _NotMineError
        if first == '"' and "\\" in text:
            raise _NotMineError
        return text
    if source in NULLS:
        return None
    if (first in _SPECIAL and first not in "nN") or source[-1] == ":" or ": " in source:
        raise _NotMineError
    return source


def _list(source: str) -> list[str]:
    """The items of `[a, b]` on one line."""
    source = source.rstrip(" ")
    inner = source[1:-1]
    if len(source) < 2 or source[-1] != "]" or not _FLOW_SPECIAL.isdisjoint(inner):
        raise _NotMineError
    if not inner.strip(" "):
        return []
    items = [part.strip(" ") for part in inner.split(",")]
    for item in items:
        if item[:1] == "-" or item in NULLS:
            raise _NotMineError
    return items


def find_place(source: str, split: Split, key: str) -> Place:
    """Where a key and its value stand in a block that `read_strictly` accepted.

    Args:
        source: the whole note.
        split: where its block stands.
        key: one that is there. Nothing else in such a block can open a line like it.
    """
    start = source.index(f"\n{key}:", split.start - 1, split.end) + 1
    colon = start + len(key)
    line_end = source.find("\n", colon) + 1 or len(source)
    scalar = _scalar_between(source, colon + 1, line_end)
    if scalar is None:
        return _place_items(source, (start, colon), line_end, split.end)
    kind: Literal["scalar", "flow"] = "scalar"
    scalars = [scalar]
    if source[scalar.start] == "[":
        kind, scalars = "flow", _flow_scalars(source, scalar)
    return Place(start, colon, colon, kind, scalar.start, scalar.end, scalars)


def _scalar_between(source: str, start: int, end: int) -> Scalar | None:
    raw = source[start:end]
    text = raw.strip(" \r\n")
    if not text:
        return None
    start += len(raw) - len(raw.lstrip(" "))
    return Scalar(start, start + len(text), _STYLES.get(text[0], "plain"))


def _place_items(source: str, key: tuple[int, int], start: int, stop: int) -> Place:
    """The place of a key without a value on its line: `- item` lines may follow."""
    scalars = []
    dashes = []
    end = key[1] + 1
    while start < stop:
        after = source.find("\n", start) + 1
        row = source[start:after]
        bare = row.lstrip(" ")
        if bare.startswith("-"):
            dashes.append(start + len(row) - len(bare))
            scalar = _scalar_between(source, dashes[-1] + 1, after)
            end = scalar.end if scalar else dashes[-1] + 1
            if scalar and not _is_empty(source[scalar.start : scalar.end]):
                scalars.append(scalar)
        elif bare.rstrip() and bare[0] != "#":
            break
        start = after
    if not dashes:
        return Place(key[0], key[1], key[1], "empty", end, end, [])
    return Place(key[0], key[1], key[1], "block", dashes[0], end, scalars)


def _is_empty(source: str) -> bool:
    """Whether a scalar's source says nothing: null, or a pair of quotes."""
    return source in NULLS or source in ('""', "''")


def _flow_scalars(source: str, whole: Scalar) -> list[Scalar]:
    scalars = []
    start = whole.start + 1
    for part in source[start : whole.end - 1].split(","):
        if text := part.strip(" "):
            begin = start + len(part) - len(part.lstrip(" "))
            scalars.append(Scalar(begin, begin + len(text), "plain"))
        start += len(part) + 1
    return scalars

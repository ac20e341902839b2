"""Which characters of a note stand for one key's new value.

Every function answers with one edit: two offsets, and what stands between them
afterwards. What is kept (comments, quotes, the lines of unchanged items) is
left outside the edit or copied into it.
"""

from __future__ import annotations

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.notes.block import Block, Place, Scalar, Value
from brokernotes.notes.yaml_text import (
    can_be_single,
    render_double,
    render_in_flow,
    render_scalar,
    render_single,
)

NOTHING_WRITTEN = N_("nothing was written; `brokernotes check` shows where")
_COMMENT_INSIDE = N_("a comment stands inside the value of {key}; move it to a line of its own")
_NESTED = N_("{key} holds keys of its own; only one text or a list of texts can be written")

Edit = tuple[int, int, str]  # offsets, and what stands between them afterwards


def edit_value(block: Block, key: str, value: Value, quote: bool) -> Edit:
    """What to change for a key that is there.

    Args:
        block: one that may be edited.
        key: as spelled in the file.
        value: a text, a list of texts, or None to leave `key:`.
        quote: in double quotes even if bare is safe.

    Raises:
        RefusedError: the value is no text or list, or holds a comment that would be lost.
    """
    place = block.place(key)
    if place.kind == "map":
        raise RefusedError(_NESTED, hint=NOTHING_WRITTEN, key=key)
    if isinstance(value, list) and value:
        if place.kind == "flow" and place.scalars:
            _refuse_comment(block, key, place.start, place.end)
            inside = ", ".join(_item(block, key, item, quote) for item in value)
            return place.start, place.end, f"[{inside}]"
        if place.kind == "block":
            return _edit_items(block, key, value, quote)
        return _to_lines(block, key, value, quote)
    if place.kind == "scalar" and isinstance(value, str):
        scalar = place.scalars[0]
        _refuse_comment(block, key, scalar.start, scalar.end)
        return scalar.start, scalar.end, _carry(scalar, value, quote)
    return _to_inline(block, key, value, quote)


def _carry(scalar: Scalar, text: str, quote: bool) -> str:
    """A text in the style that stands there, if that can carry it."""
    if scalar.style == "double":
        return render_double(text)
    if scalar.style == "single" and can_be_single(text):
        return render_single(text)
    return render_scalar(text, quote=quote)


def _to_inline(block: Block, key: str, value: Value, quote: bool) -> Edit:
    """Write a text, nothing or `[]` behind the colon, whatever stands there."""
    place = block.place(key)
    source, start = block.source, place.colon + 1
    _refuse_comment(block, key, place.start if place.kind == "block" else start, place.end)
    rest = _rest_of_line(block, place)
    if isinstance(value, str):
        # Behind a bare text a comment would look like a part of it that got lost.
        new = f" {render_scalar(value, quote=quote or bool(rest))}"
    else:
        new = "" if value is None else " []"
    end = block.line_end(place.end)
    if place.kind == "flow" and new:
        new = source[start : place.start] + new[1:]
    elif place.kind == "empty" and rest and new:
        return start, start, new
    return start, end, new + rest


def _to_lines(block: Block, key: str, items: list[str], quote: bool) -> Edit:
    """Write a list in the strict form where no list stands."""
    place = block.place(key)
    start = place.colon + 1
    _refuse_comment(block, key, start, place.end)
    end = block.line_end(place.end)
    newline = _newline_at(block, end)
    lines = [f"{newline}  - {render_scalar(item, quote=quote)}" for item in items]
    return start, end, _rest_of_line(block, place) + "".join(lines)


def _rest_of_line(block: Block, place: Place) -> str:
    """A trailing comment with the spaces before it, or nothing."""
    at = place.colon + 1 if place.kind in ("empty", "block") else place.end
    rest = block.source[at : block.line_end(at)].rstrip(" \t")
    return rest if "#" in rest else ""


def _edit_items(block: Block, key: str, items: list[str], quote: bool) -> Edit:
    """Change the lines of a list that differ, and leave the others as they are."""
    place = block.place(key)
    old = block.values[key]
    assert isinstance(old, list)
    starts = block.line_starts()
    lines = [starts[block.line_of(scalar.start) - 1] for scalar in place.scalars]
    first_line = starts[block.line_of(place.start) - 1]
    head = block.source[first_line : place.start] + "- "
    if not old or not _is_one_item_a_line(block, place, lines):
        return _rewrite_items(block, key, [head + _item(block, key, item, quote) for item in items])
    head = block.source[lines[0] : place.scalars[0].start]
    before = 0
    while before < min(len(old), len(items)) and old[before] == items[before]:
        before += 1
    after = 0
    while after < min(len(old), len(items)) - before and old[-1 - after] == items[-1 - after]:
        after += 1
    new = [head + _item(block, key, item, quote) for item in items[before : len(items) - after]]
    gone = lines[before : len(old) - after]
    if not gone:
        at = block.line_end(lines[before - 1]) if before else lines[0]
        newline = _newline_at(block, block.line_end(lines[max(before - 1, 0)]))
        text = "".join(newline + line if before else line + newline for line in new)
        return at, at, text
    end = block.line_end(gone[-1])
    newline = _newline_at(block, end)
    _refuse_comment(block, key, gone[0], end)
    if not new:
        return gone[0], end + len(newline), ""
    return gone[0], end, newline.join(new)


def _rewrite_items(block: Block, key: str, lines: list[str]) -> Edit:
    place = block.place(key)
    start = block.line_starts()[block.line_of(place.start) - 1]
    end = block.line_end(place.end)
    _refuse_comment(block, key, start, end)
    return start, end, _newline_at(block, end).join(lines)


def _is_one_item_a_line(block: Block, place: Place, lines: list[int]) -> bool:
    for start, scalar in zip(lines, place.scalars, strict=True):
        if block.source[start : scalar.start].strip(" ") != "-":
            return False
        if block.line_of(scalar.start) != block.line_of(scalar.end):
            return False
    return True


def _item(block: Block, key: str, text: str, quote: bool) -> str:
    """One item's source: as it stood if it was there, else like the first one."""
    old, place = block.values[key], block.place(key)
    assert isinstance(old, list)
    if text in old:
        scalar = place.scalars[old.index(text)]
        source = block.source[scalar.start : scalar.end]
        if "\n" not in source and "\r" not in source:
            return source
    if place.scalars and place.scalars[0].style in ("single", "double"):
        return _carry(place.scalars[0], text, quote)
    return (render_in_flow if place.kind == "flow" else render_scalar)(text, quote=quote)


def _refuse_comment(block: Block, key: str, start: int, end: int) -> None:
    """Refuse if what is about to be rewritten holds a comment."""
    at = start
    outside = ""
    for scalar in block.place(key).scalars:
        if start <= scalar.start < end:
            outside += block.source[at : scalar.start]
            at = scalar.end
            if scalar.style == "block":  # `| # a comment`
                outside += block.source[scalar.start : block.line_end(scalar.start)]
    if "#" in outside + block.source[at:end]:
        raise RefusedError(_COMMENT_INSIDE, hint=NOTHING_WRITTEN, key=key)


def _newline_at(block: Block, line_end: int) -> str:
    """The line break that stands at the end of a line."""
    if block.source.startswith("\r\n", line_end):
        return "\r\n"
    return block.source[line_end : line_end + 1] or block.split.newline

"""Writing front matter: one key's value, and nothing else, changes.

A write replaces the value's own characters and keeps spacing, comments, quote
and list style where they can carry the new value. The result is read again and
must differ in exactly that key; when the place is not certain, it is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.notes.block import Block, Place, Scalar, Value
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.yaml_text import (
    can_be_single,
    render_block,
    render_double,
    render_flow,
    render_pair,
    render_scalar,
    render_single,
)

_NOTHING_WRITTEN = N_("nothing was written; `brokernotes check` shows where")
_REFUSALS = {
    "none": N_("this note has no front matter"),
    "unclosed": N_("the front matter is never closed; put a line `---` behind the last key"),
    "bad-delimiter": N_("line 1 does not open front matter; leave only `---` on it"),
    "front-matter-too-big": N_("the front matter is too big to be read"),
    "front-matter-not-map": N_("the front matter holds no `key: value` lines"),
    "recovered": N_("the front matter has lines YAML cannot read; mend them first"),
    "conflict-marker": N_("a conflict stands in the front matter; choose a side first"),
    "duplicate-key": N_("a key is there twice; remove one of the two lines first"),
    "key-case": N_("two keys differ only by case; remove one of the two lines first"),
    "complex-key": N_("a key is written with `?`; write it as `key: value` first"),
    "flow-root": N_("the front matter is written in braces; write one `key: value` a line first"),
    "indented-root": N_("the front matter is indented; move its keys to the first column first"),
    "yaml-feature": N_(
        "the front matter uses anchors, aliases or tags; write the values out first"
    ),
}
_COMMENT_INSIDE = N_("a comment stands inside the value of {key}; move it to a line of its own")
_NESTED = N_("{key} holds keys of its own; only one text or a list of texts can be written")
_NOT_CERTAIN = N_("{key} cannot be written here without changing something else")

Edit = tuple[int, int, str]  # offsets, and what stands between them afterwards


def replace_value(text: str, key: str, value: Value, *, quote: bool = False) -> str:
    """Give one key another value.

    Args:
        text: the whole note.
        key: as spelled in the file; one that is not there goes on the block's last line.
        value: a text, a list of texts, or None to leave `key:`.
        quote: in double quotes even if bare is safe, as for telephone numbers.

    Returns:
        The whole note; the very same text if the value stands there already.

    Raises:
        RefusedError: the file's shape does not allow it.
    """
    block = _editable(text, key)
    if block.values.get(key) == value:
        return text
    if key in block.values:
        edit = _edit(block, key, value, quote)
    else:
        end = block.split.end
        newline = _newline_before(block, end)
        edit = end, end, render_pair(key, value, quote=quote, newline=newline)
    return _confirmed(block, edit, {**block.values, key: value}, key)


def quote_value(text: str, key: str, item: int | None = None) -> str:
    """Put a value, or one item of a list, in double quotes; its text stays.

    Args:
        text: the whole note.
        key: as spelled in the file.
        item: index into the list of values.

    Raises:
        RefusedError: the file's shape does not allow it.
        KeyError: no such key.
    """
    block = _editable(text, key)
    value = block.values[key]
    content = value[item or 0] if isinstance(value, list) else value
    scalars = block.place(key).scalars
    if not content or not scalars:
        return text
    scalar = scalars[item or 0]
    if scalar.style == "double":
        return text
    edit = scalar.start, scalar.end, render_double(content)
    return _confirmed(block, edit, dict(block.values), key)


def rename_key(text: str, key: str, other: str) -> str:
    """Spell a key another way; its value and its line stay.

    Args:
        text: the whole note.
        key: as spelled in the file.
        other: as it shall be.

    Raises:
        RefusedError: the file's shape does not allow it, or the other is there already.
        KeyError: no such key.
    """
    block = _editable(text, key)
    place = block.place(key)
    if other != key and other in block.values:
        raise RefusedError(_REFUSALS["duplicate-key"], hint=_NOTHING_WRITTEN, key=key)
    values = {other if old == key else old: value for old, value in block.values.items()}
    edit = place.key_start, place.key_end, render_scalar(other)
    return _confirmed(block, edit, values, other, was=key)


def add_block(
    text: str, pairs: Iterable[tuple[str, Value]] = (), *, quoted: Collection[str] = ()
) -> str:
    """Put front matter before a note that has none.

    Args:
        text: the whole note.
        pairs: keys and values in their order.
        quoted: keys whose texts are always in double quotes.

    Raises:
        RefusedError: the note has front matter, or opens as if it had.
    """
    block = read_block(text)
    if block.split.kind != "none" or block.reason != "none" or block.findings:
        raise RefusedError(N_("this note already opens with front matter"), hint=_NOTHING_WRITTEN)
    start = block.split.start
    newline = block.split.newline
    return text[:start] + render_block(pairs, quoted=quoted, newline=newline) + text[start:]


def _editable(text: str, key: str) -> Block:
    block = read_block(text)
    if block.reason is not None:
        raise RefusedError(_REFUSALS[block.reason], hint=_NOTHING_WRITTEN, key=key)
    return block


def _edit(block: Block, key: str, value: Value, quote: bool) -> Edit:
    """What to change for a key that is there."""
    place = block.place(key)
    if place.kind == "map":
        raise RefusedError(_NESTED, hint=_NOTHING_WRITTEN, key=key)
    if isinstance(value, list) and value:
        if place.kind == "flow" and place.scalars:
            _refuse_comment(block, key, place.start, place.end)
            return place.start, place.end, render_flow(value, quote=quote)
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
    return render_scalar(text, quote=quote)


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
        raise RefusedError(_COMMENT_INSIDE, hint=_NOTHING_WRITTEN, key=key)


def _newline_at(block: Block, line_end: int) -> str:
    """The line break that stands at the end of a line."""
    if block.source.startswith("\r\n", line_end):
        return "\r\n"
    return block.source[line_end : line_end + 1] or block.split.newline


def _newline_before(block: Block, line_start: int) -> str:
    return "\r\n" if block.source.endswith("\r\n", 0, line_start) else "\n"


def _confirmed(
    block: Block, edit: Edit, values: dict[str, Value], key: str, *, was: str | None = None
) -> str:
    """The edited note, read again and found to differ in exactly one key.

    Raises:
        RefusedError: it does not.
    """
    start, end, new = edit
    edited = block.source[:start] + new + block.source[end:]
    after = read_block(edited)
    same = (
        after.reason is None
        and list(after.values.items()) == list(values.items())
        and edited[after.split.body :] == block.source[block.split.body :]
        and edited[: after.split.start] == block.source[: block.split.start]
        and _has_key_at_line_start(after, key)
        and all(_source(after, other) == _source(block, other)
                for other in block.values if other not in (key, was))
    )  # fmt: skip
    if not same:
        raise RefusedError(_NOT_CERTAIN, hint=_NOTHING_WRITTEN, key=key)
    return edited


def _has_key_at_line_start(block: Block, key: str) -> bool:
    start = block.line_starts()[block.lines[key] - 1]
    return block.source.startswith((key, render_double(key), render_single(key)), start)


def _source(block: Block, key: str) -> str:
    place = block.place(key)
    return block.source[place.key_start : place.end]

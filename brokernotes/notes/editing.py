"""Writing front matter: one key's value, and nothing else, changes.

A write replaces the value's own characters and keeps spacing, comments, quote
and list style where they can carry the new value. The result is read again and
must differ in exactly that key; when the place is not certain, it is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.notes.block import Block, Value
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.value_edits import NOTHING_WRITTEN, Edit, edit_value
from brokernotes.notes.yaml_text import (
    render_block,
    render_double,
    render_pair,
    render_scalar,
    render_single,
)

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
_NOT_CERTAIN = N_("{key} cannot be written here without changing something else")


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
        edit = edit_value(block, key, value, quote)
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
        raise RefusedError(_REFUSALS["duplicate-key"], hint=NOTHING_WRITTEN, key=key)
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
        raise RefusedError(N_("this note already opens with front matter"), hint=NOTHING_WRITTEN)
    start = block.split.start
    newline = block.split.newline
    return text[:start] + render_block(pairs, quoted=quoted, newline=newline) + text[start:]


def refusal(reason: str) -> str:
    """Why a block may not be edited, as a sentence: the words for `Block.reason`."""
    return _REFUSALS[reason]


def _editable(text: str, key: str) -> Block:
    block = read_block(text)
    if block.reason is not None:
        raise RefusedError(_REFUSALS[block.reason], hint=NOTHING_WRITTEN, key=key)
    return block


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
        raise RefusedError(_NOT_CERTAIN, hint=NOTHING_WRITTEN, key=key)
    return edited


def _has_key_at_line_start(block: Block, key: str) -> bool:
    start = block.line_starts()[block.lines[key] - 1]
    return block.source.startswith((key, render_double(key), render_single(key)), start)


def _source(block: Block, key: str) -> str:
    place = block.place(key)
    return block.source[place.key_start : place.end]

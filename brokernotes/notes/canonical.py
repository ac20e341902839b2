"""Front matter as Obsidian's properties write it, so that the first edit there moves nothing.

Obsidian reads the block to JavaScript values and prints them anew (npm `yaml`,
`lineWidth: 0, nullStr: ''`): lists become lines indented by two, quotes stay where
YAML 1.2 needs them, comments and blank lines go. This does the same to every key
whose text comes back, and protects the others with quotes instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.notes.block import Block, Place, Style
from brokernotes.notes.editing import refusal
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.strict import NULLS
from brokernotes.notes.yaml_text import (
    is_number_bool_or_null,
    needs_quotes,
    render_double,
    render_single,
    resolves_to_other,
)

# Where npm `yaml` 2 gives up plain text: its `plainString`, for texts of one line.
_NOT_PLAIN = lazy_pattern(
    "^[\n\t ,\\[\\]{}#&*!|>'\"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$"
)
_CONTROL = lazy_pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_COMMENTS = N_("comments stand in the front matter, which Obsidian would delete")
_FINDINGS = N_("the front matter has problems; `brokernotes check` shows them, `--fix` mends many")
_SPECIAL = N_("{key} holds what cannot be written on one line")

# What a key's plain text is to the brokerage, where YAML takes it for a number or a word.
TEXT, PHONE, VALUE = "text", "phone", "value"


def canonical(text: str, kinds: Mapping[str, str], *, drop_comments: bool = False) -> str:
    """A note with its front matter as Obsidian writes it.

    Args:
        text: the whole note.
        kinds: by key as spelled, `TEXT` where digits are a code (quotes protect what would
            come back changed), `PHONE` where they always get quotes, `VALUE` where they are a
            number, a yes or a no; other keys are left alone.
        drop_comments: whether comments may go.

    Returns:
        The whole note; the very same text where it is so already, or has no front matter.

    Raises:
        RefusedError: the block's shape forbids any edit, it has problems or comments.
    """
    block = read_block(text)
    if block.split.kind == "none" and not block.findings:
        return text
    if block.reason is not None:
        raise RefusedError(refusal(block.reason))
    if any(one.code not in _BENIGN for one in block.findings):
        raise RefusedError(_FINDINGS)
    if not drop_comments and has_comments(block):
        raise RefusedError(_COMMENTS)
    parts = block.split
    newline = parts.newline
    lines = [_pair(block, key, kinds.get(key, "")) for key in block.values]
    inner = "".join(line + newline for one in lines for line in one)
    start = 1 if parts.bom else 0
    closing = text[parts.end : parts.body]
    ended = closing[len(closing.rstrip("\r\n")) :]
    after = f"{text[:start]}---{newline}{inner}---{ended}{text[parts.body :]}"
    return text if after == text else _confirmed(block, after, kinds)


_BENIGN = frozenset(("unquoted-link",))  # quotes are what it wants


def has_comments(block: Block) -> bool:
    """Whether a `#` stands in the block outside its keys and values."""
    source = block.source
    at = block.split.start
    spans = []
    for key in block.values:
        place = block.place(key)
        spans.append((place.key_start, place.key_end))
        spans += [(one.start, one.end) for one in place.scalars]
    for start, end in sorted(spans):
        if "#" in source[at:start]:
            return True
        at = max(at, end)
    return "#" in source[at : block.split.end]


def _pair(block: Block, key: str, kind: str) -> list[str]:
    """The lines of a key and its value."""
    place, value = block.place(key), block.values[key]
    head = f"{_scalar(key, 'double', TEXT)}:"
    if place.kind == "map":
        raise RefusedError(_SPECIAL, key=key)
    if value is None:
        return [head]
    if isinstance(value, str):
        if _CONTROL.search(value):
            raise RefusedError(_SPECIAL, key=key)
        return [f"{head} {_scalar(value, _style(place, 0), kind)}"]
    if not value:
        return [f"{head} []"]
    if any(_CONTROL.search(item) for item in value):
        raise RefusedError(_SPECIAL, key=key)
    items = [_scalar(item, _style(place, at), kind) for at, item in enumerate(value)]
    return [head, *(f"  - {item}" for item in items)]


def _style(place: Place, at: int) -> Style:
    return place.scalars[at].style if at < len(place.scalars) else "double"


def _scalar(text: str, style: Style, kind: str) -> str:
    """One text as it is written there."""
    if style == "plain":
        return _plain(text, kind)
    if not text or _NOT_PLAIN.search(text) or is_number_bool_or_null(text):
        return _quoted(text)
    # What YAML 1.1 would misread keeps the quotes that somebody gave it.
    return _quoted(text) if needs_quotes(text) else text


def _plain(text: str, kind: str) -> str:
    """A text that stands without quotes."""
    if text in NULLS:
        return ""
    if is_number_bool_or_null(text):
        other = resolves_to_other(text)
        if kind == PHONE or (kind == TEXT and other is not None):
            return _quoted(text)
        return other if other is not None and kind == VALUE else text
    return _quoted(text) if _NOT_PLAIN.search(text) else text


def _quoted(text: str) -> str:
    """In double quotes, or in single ones where that spares a backslash."""
    return render_single(text) if '"' in text and "'" not in text else render_double(text)


def _confirmed(block: Block, after: str, kinds: Mapping[str, str]) -> str:
    """The note, read again and found to say the same.

    Raises:
        RefusedError: it does not.
    """
    read = read_block(after)
    same = read.reason is None and list(read.values) == list(block.values)
    for key, value in block.values.items():
        if not same:
            break
        other = read.values[key]
        same = other == value or (kinds.get(key) == VALUE and _as_yaml(other) == _as_yaml(value))
    if not same or after[read.split.body :] != block.source[block.split.body :]:
        raise RefusedError(N_("it could not be written so that it reads the same"))
    return after


def _as_yaml(value: object) -> object:
    if isinstance(value, list):
        return [_as_yaml(item) for item in value]
    return value if value is None else resolves_to_other(str(value)) or value

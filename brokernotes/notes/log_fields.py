"""Dataview fields of an entry, `[key:: value]`, and the forms phones make of them."""

from __future__ import annotations

import re

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.notes.log_values import expected_value, parse_log_value
from brokernotes.notes.log_vocabulary import REMEMBERED, LogBook
from brokernotes.notes.masking import SPACES

# A key is letters, digits, `_`, `/`, `-` and spaces: that alone rejects `(http://a::b)`.
KEY = lazy_pattern(rf"[{SPACES}]*+(\w[\w /-]{{0,39}}?)[{SPACES}]*(::|：：|:：|：:|:|：)")
_SQUARE = ("[", "]")
_ROUND = ("(", ")")
_ANY_SQUARE = ("[【［", "]】］")
_ANY_ROUND = ("(（", ")）")
_FAMILIES = {"[": _SQUARE, "(": _ROUND, "【": _ANY_SQUARE, "［": _ANY_SQUARE, "（": _ANY_ROUND}
_DATE_CODES = frozenset(
    ("bad-date", "date-ambiguous", "date-impossible", "weekday-mismatch", "bad-time")
)


class ParsedField(NamedTuple):
    """One field as read.

    Attributes:
        name: id of the log key, or the key as typed when it is not one of the log's; empty:
            the field holds nothing.
        label: how the vault writes the key.
        typed: the value as typed.
        warning: code of what a person should look at.
    """

    name: str
    label: str
    typed: str
    value: object = None
    warning: str | None = None


def read_field(key: re.Match[str], typed: str, book: LogBook) -> ParsedField | None:
    """A field whose brackets are known.

    Args:
        key: matched by `KEY`.
        typed: the value, without spaces around it.
        book: of the brokerage.

    Returns:
        The field; None: with its single colon it is prose in brackets.

    Raises:
        FieldError: the value is none of its key; never for a single colon.
    """
    known = book.schema.find_log_key(key[1])
    is_single = len(key[2]) == 1
    if known is None:
        return None if is_single else ParsedField(key[1] if typed else "", key[1], typed, typed)
    label = book.label(known)
    if not typed:
        return None if is_single else ParsedField("", label, typed)
    cached = book.values.get((known.id, typed))
    if cached is not None:
        return ParsedField(known.id, label, typed, cached)
    try:
        value, warning = parse_log_value(known, typed, book)
    except FieldError as error:
        if is_single:
            return None
        if known.kind == "moment" and error.code in _DATE_CODES:
            error.params = {**error.params, "key": label, "value": typed}
            raise
        expected = expected_value(known, book)
        raise FieldError("bad-log-value", key=label, value=typed, expected=expected) from None
    if not warning and len(book.values) < REMEMBERED:
        book.values[known.id, typed] = value
    return ParsedField(known.id, label, typed, value, warning)


def close_of(tables: dict[str, dict[int, int]], masked: str, opening: str, pos: int) -> int:
    """Where the bracket at pos closes; -1: it does not.

    ASCII brackets close by their own kind; full-width ones, as phones mix them, by either.

    Args:
        tables: of this line, filled as needed: every pair of a family in one pass.
        masked: the line.
        opening: the bracket at pos.
        pos: 0-based.
    """
    family = _FAMILIES[opening]
    table = tables.get(family[0])
    if table is None:
        table = tables[family[0]] = _pairs(masked, *family)
    return table.get(pos, -1)


def _pairs(masked: str, opening: str, closing: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    stack: list[int] = []
    escaped = False
    for index, character in enumerate(masked):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character in opening:
            stack.append(index)
        elif character in closing and stack:
            pairs[stack.pop()] = index
    return pairs


def is_balanced(value: str) -> bool:
    """Whether every square bracket in a value has its partner."""
    depth = 0
    for character in value:
        depth += (character == "[") - (character == "]")
        if depth < 0:
            return False
    return depth == 0

"""Text of a front matter scalar to the value its field's kind says.

One converter for each row of the field table, built once; the fast ways come
first, since an index of ten thousand notes converts a quarter of a million
scalars.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from brokernotes.errors import FieldError
from brokernotes.model import dates, values
from brokernotes.model.records import Scalar
from brokernotes.model.schema import Field, Kind, Schema, Vocabulary, fold
from brokernotes.notes.links import link_target

Converter = Callable[[str], Scalar]


def converter(row: Field, schema: Schema, zone: ZoneInfo) -> Converter:
    """The function from typed text to value for one row of the table.

    Args:
        row: of the field table.
        schema: for the vocabularies.
        zone: of the vault, for datetimes that carry an offset.

    Returns:
        A function that raises `FieldError` for text that is no such value.
    """
    match row.kind:
        case Kind.TEXT:
            return str
        case Kind.ENUM | Kind.TERM:
            vocabulary = schema.vocabulary(row)
            return _chooser(vocabulary) if vocabulary else str
        case Kind.INT:
            return lambda text: values.parse_int(text, row.unit or "", low=row.low, high=row.high)
        case Kind.NUMBER:
            return _number(row)
        case Kind.DATE:
            return dates.parse_date
        case Kind.DATETIME:
            return lambda text: dates.parse_datetime(text, zone)
        case Kind.LINK:
            return _link
        case Kind.BOOL:
            return values.parse_bool
        case Kind.PHONE:
            return _phone
        case Kind.BIRTHDAY:
            return _checked(values.parse_birthday)
        case Kind.LOCATION:
            return _checked(values.parse_location)
        case Kind.CONSENT:
            return _checked(values.parse_consent)
        case Kind.PUBLISHED:
            return _checked(values.parse_published)


def _checked(parse: Callable[[str], object]) -> Converter:
    """Keep a composed value as its text, once it is known to be well formed."""

    def convert(text: str) -> Scalar:
        parse(text)
        return text

    return convert


def _chooser(vocabulary: Vocabulary) -> Converter:
    find = vocabulary.find

    def convert(text: str) -> Scalar:
        found = find(text)
        if found is not None:
            return found
        if vocabulary.is_open:
            return text
        raise FieldError(
            "unknown-value",
            value=text,
            choices=tuple(vocabulary.by_id),
            likely=likely_word(text, vocabulary.spellings()),
        )

    return convert


def _number(row: Field) -> Converter:
    unit = row.unit
    if unit in values.MONEY_UNITS:
        return lambda text: values.parse_money(text, unit, low=row.low, high=row.high)
    if unit == "㎡":
        return lambda text: values.parse_area(text, low=row.low, high=row.high)
    return lambda text: values.parse_number(text, unit or "", low=row.low, high=row.high)


def _link(text: str) -> Scalar:
    return link_target(text)


def _phone(text: str) -> Scalar:
    values.parse_phone(text)
    return text


def likely_word(word: str, words: list[str]) -> str | None:
    """The known word a typo most likely meant; None: none is near."""
    import difflib

    by_fold = {fold(known): known for known in words}
    found = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None

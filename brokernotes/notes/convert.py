"""Text of a front matter scalar to the value its field's kind says.

One `Plan` for each row of the field table, built once. An index of ten thousand
notes converts a quarter of a million scalars, most of which it has met before,
so every plan remembers what it read without a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from brokernotes.errors import FieldError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model import dates, values
from brokernotes.model.measures import UNSET_WORDS
from brokernotes.model.schema import Field, Kind, Schema, Vocabulary
from brokernotes.model.source_text import find_full_width, narrow
from brokernotes.notes.likeness import likely_word
from brokernotes.notes.links import link_target

if TYPE_CHECKING:
    from brokernotes.model.records import Scalar

__all__ = ["Converter", "Plan", "Warned", "converter", "likely_word"]

Converter = Callable[[str], "Scalar"]

# Kinds whose text YAML may take for a number, a yes or nothing, and print back changed.
_TEXTS = frozenset({Kind.TEXT, Kind.PHONE, Kind.TERM, Kind.LINK})
_NUMERIC = frozenset({Kind.INT, Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.BIRTHDAY})
_SPLIT_WIDELY = frozenset({Kind.ENUM, Kind.TERM, Kind.PHONE, Kind.LINK})
_REMEMBERED = 5000  # texts a plan; what people type more often than that is dates and names


class Warned(NamedTuple):
    """A value that is used, and what a person should look at.

    Attributes:
        value: as read.
        code: of the warning.
        params: of its message.
    """

    value: Scalar
    code: str
    params: Mapping[str, object]


class Plan:
    """How one key of one type of note is read.

    Attributes:
        row: of the field table.
        key: the row's.
        many: whether a list is due.
        is_link: whether its values lead to notes.
        may_resolve: whether YAML could take its text for something else.
        separators: characters at which one text is several values; empty: none.
        memory: values by text, of texts nothing was wrong with.
    """

    __slots__ = (
        "_convert", "_zone", "is_link", "key", "many", "may_resolve", "memory", "row", "separators",
    )  # fmt: skip

    def __init__(self, row: Field, schema: Schema, zone: ZoneInfo, language: str) -> None:
        self.row = row
        self.key = row.key
        self.many = row.many
        self.is_link = row.kind is Kind.LINK
        self.may_resolve = row.kind in _TEXTS
        self.separators = ""
        if row.many:
            # `、` never belongs to a name; the others do, in texts.
            self.separators = "、，,;；/" if row.kind in _SPLIT_WIDELY else "、"
        self.memory: dict[str, Scalar] = {}
        self._zone = zone
        self._convert = converter(row, schema, zone, language)

    def read(self, text: str) -> Scalar | Warned:
        """The value of a text that is not in `memory`.

        Raises:
            FieldError: it is none.
        """
        kind = self.row.kind
        if text in UNSET_WORDS and kind is not Kind.TEXT and kind is not Kind.TERM:
            raise FieldError("unset-word", value=text)
        value: Scalar
        if kind is Kind.DATETIME:
            moment, warning = dates.parse_moment(text, self._zone)
            if warning:
                reading = moment.isoformat()[:16].replace("T", " ")
                return Warned(moment, warning, {"value": text, "reading": reading})
            value = moment
        else:
            value = self._convert(text)
        wide = _wide(text, kind)
        return wide._replace(value=value) if wide else value

    def remember(self, text: str, value: Scalar) -> None:
        """Nothing was wrong with a text."""
        if len(self.memory) < _REMEMBERED:
            self.memory[text] = value


def converter(row: Field, schema: Schema, zone: ZoneInfo, language: str = "zh") -> Converter:
    """The function from typed text to value for one row of the table.

    Args:
        row: of the field table.
        schema: for the vocabularies.
        zone: of the vault, for datetimes that carry an offset.
        language: of the vault, for the words a finding offers.

    Returns:
        A function that raises `FieldError` for text that is no such value.
    """
    low, high = row.low, row.high
    match row.kind:
        case Kind.TEXT:
            return str
        case Kind.ENUM | Kind.TERM:
            vocabulary = schema.vocabulary(row)
            return _chooser(vocabulary, language) if vocabulary else str
        case Kind.INT:
            least, most = None if low is None else int(low), None if high is None else int(high)
            return lambda text: values.parse_int(text, row.unit or "", low=least, high=most)
        case Kind.NUMBER:
            return _number(row)
        case Kind.DATE:
            return dates.parse_date
        case Kind.DATETIME:
            return lambda text: dates.parse_datetime(text, zone)
        case Kind.LINK:
            return link_target
        case Kind.BOOL:
            return values.parse_bool
        case Kind.PHONE:
            return _checked(values.parse_phone)
        case Kind.BIRTHDAY:
            return lambda text: values.render_birthday(values.parse_birthday(text))
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


def _chooser(vocabulary: Vocabulary, language: str) -> Converter:
    find = vocabulary.find

    def convert(text: str) -> Scalar:
        found = find(text)
        if found is not None:
            return found
        if vocabulary.is_open:
            return text
        raise _unknown(text, vocabulary, language)

    return convert


def _unknown(text: str, vocabulary: Vocabulary, language: str) -> FieldError:
    """None of a closed vocabulary's words; the likely one stands first among those offered."""
    near = likely_word(text, vocabulary.spellings())
    likely = vocabulary.find(near) if near else None
    ids = sorted(vocabulary.by_id, key=lambda id_: id_ != likely)
    return FieldError(
        "unknown-value",
        value=text,
        choices=[vocabulary.label(id_, language) for id_ in ids],
        likely=vocabulary.label(likely, language) if likely else None,
    )


def _number(row: Field) -> Converter:
    unit = row.unit
    if unit in values.MONEY_UNITS:
        return lambda text: values.parse_money(text, unit, low=row.low, high=row.high)
    if unit == "㎡":
        return lambda text: values.parse_area(text, low=row.low, high=row.high)
    return lambda text: values.parse_number(text, unit or "", low=row.low, high=row.high)


def _wide(text: str, kind: Kind) -> Warned | None:
    """Full-width characters in what is a number or a date everywhere else."""
    if text.isascii() or (kind not in _NUMERIC and kind is not Kind.PHONE):
        return None
    span = find_full_width(text)
    if span is None or (kind is Kind.PHONE and not text[span[0]].isdigit()):
        return None
    return Warned("", "full-width", {"value": text, "plain": narrow(text)})

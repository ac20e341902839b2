"""The values of a log entry's fields: text to value and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from brokernotes.errors import FieldError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.dates import parse_moment
from brokernotes.model.measures import parse_int, parse_number, render_number
from brokernotes.model.money import RENT_BELOW, parse_money
from brokernotes.model.values import split_list
from brokernotes.model.verbs import LogKey
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.masking import SPACES
from brokernotes.notes.names import is_entry_id

NO_MOMENT = "none"  # `[下次:: 无]`: what was promised is taken back
_NO_MOMENT_WORDS = frozenset(("无", "没有", "none", "no"))
_ARROW = re.compile(r"→|->|=>|⇒|➔|➜")
_BLOCK_LINK = re.compile(r"\[\[[^\[\]]*#?\^([A-Za-z0-9-]+)(?:\|[^\[\]]*)?\]\]")
_EXAMPLES = {"moment": "2026-08-25 15:00", "money": "580万", "entry": "3ack67k2p"}


class LogValue(NamedTuple):
    """A value, and the code of what a person should look at, if anything."""

    value: object
    warning: str | None = None


def parse_log_value(key: LogKey, text: str, book: LogBook) -> LogValue:
    """The value of a field of an entry.

    Args:
        key: of the field.
        text: what stands after the colons, without spaces around it.
        book: vocabularies and zone.

    Returns:
        text and entry ids as str; int and money as numbers, money in the key's unit; a moment
        as date, naive datetime or `none`; enum and term ids; terms as a tuple of ids; a change
        as the two ids.

    Raises:
        FieldError: the text is no value of the key.
    """
    return _PARSERS[key.kind](key, text, book)


def render_log_value(key: LogKey, value: object, book: LogBook) -> str:
    """A value as the vault's language writes it.

    Raises:
        ValueError: the value is not one of the key.
    """
    vocabulary = book.schema.vocabulary(key)
    if isinstance(value, tuple):
        words = [vocabulary.label(str(id_), book.language) if vocabulary else str(id_)
                 for id_ in value]  # fmt: skip
        return ("→" if key.kind == "change" else "、").join(words)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if (
            key.unit == "万元"
            and 0 < value < RENT_BELOW
            and value * 10_000 == round(value * 10_000)
        ):
            return f"{round(value * 10_000)}元"  # a rent: nobody says 0.7万 of 7000 a month
        return render_number(value)
    if not isinstance(value, str):
        raise ValueError(f"{key.id} cannot be {value!r}")
    if key.kind == "moment" and value == NO_MOMENT:
        return "无" if book.language == "zh" else "none"
    return vocabulary.label(value, book.language) if vocabulary else value


def expected_value(key: LogKey, book: LogBook) -> str:
    """What may stand there, as an example or the words themselves, for a hint."""
    vocabulary = book.schema.vocabulary(key)
    if key.kind == "change" and vocabulary:
        return "→".join(choice.label(book.language) for choice in vocabulary.choices[:2])
    if vocabulary:
        return " · ".join(choice.label(book.language) for choice in vocabulary.choices)
    if key.low is not None and key.high is not None:
        return f"{render_number(key.low)}–{render_number(key.high)}"
    return _EXAMPLES.get(key.kind, "1")


def _text(key: LogKey, text: str, book: LogBook) -> LogValue:
    return LogValue(text)


def _int(key: LogKey, text: str, book: LogBook) -> LogValue:
    low = None if key.low is None else int(key.low)
    high = None if key.high is None else int(key.high)
    try:
        return LogValue(parse_int(text, key.unit or "", low=low, high=high))
    except FieldError:
        if key.unit != "分钟" or text.isdigit():
            raise
    hours = 0.5 if text == "半小时" else parse_number(text, "小时", low=0.1, high=24)
    return LogValue(round(hours * 60))


def _number(key: LogKey, text: str, book: LogBook) -> LogValue:
    return LogValue(parse_number(text, key.unit or "", low=key.low, high=key.high))


def _money(key: LogKey, text: str, book: LogBook) -> LogValue:
    return LogValue(parse_money(text, key.unit or "万元", low=key.low, high=key.high))


def _moment(key: LogKey, text: str, book: LogBook) -> LogValue:
    if text.lower() in _NO_MOMENT_WORDS:
        return LogValue(NO_MOMENT)
    moment = parse_moment(text, book.zone)
    return LogValue(moment.value, moment.warning)


def _word(key: LogKey, text: str, book: LogBook) -> LogValue:
    vocabulary = book.schema.vocabulary(key)
    found = vocabulary.find(text) if vocabulary else None
    if found is None and vocabulary and not vocabulary.is_open:
        raise FieldError("bad-log-value", value=text)
    return LogValue(found or text)


def _words(key: LogKey, text: str, book: LogBook) -> LogValue:
    return LogValue(tuple(_word(key, item, book).value for item, _ in split_list(text)))


def _entry(key: LogKey, text: str, book: LogBook) -> LogValue:
    link = _BLOCK_LINK.fullmatch(text)
    id_ = link[1] if link else text.removeprefix("^")
    if not is_entry_id(id_):
        raise FieldError("bad-log-value", value=text)
    return LogValue(id_.lower())


def _change(key: LogKey, text: str, book: LogBook) -> LogValue:
    sides = [side.strip(SPACES) for side in _ARROW.split(text)]
    vocabulary = book.schema.vocabulary(key)
    ids = [vocabulary.find(side) if vocabulary else side for side in sides]
    if len(ids) != 2 or not all(ids):
        raise FieldError("bad-log-value", value=text)
    return LogValue((ids[0], ids[1]))


_PARSERS: dict[str, Callable[[LogKey, str, LogBook], LogValue]] = {
    "text": _text,
    "int": _int,
    "number": _number,
    "money": _money,
    "moment": _moment,
    "enum": _word,
    "term": _word,
    "terms": _words,
    "entry": _entry,
    "change": _change,
}

"""Values as people type them, turned into what a vault's notes say.

The field table decides what a text means; the vault's language decides the word
that is written: an enum's label, an ISO date, a number in the field's unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from brokernotes.errors import FieldError, NotFoundError
from brokernotes.features.spoken_numbers import read_number
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple, dataclass
from brokernotes.model import values
from brokernotes.model.records import Scalar
from brokernotes.model.rules import Rules
from brokernotes.model.schema import Field, Kind
from brokernotes.model.source_text import narrow
from brokernotes.model.when import parse_when
from brokernotes.notes.convert import Plan, Warned
from brokernotes.notes.links import link_label, link_shown, link_target, wikilink

_SPLIT_BY_SLASH = frozenset({Kind.ENUM, Kind.TERM, Kind.PHONE})
_FLOW_ITEM = lazy_pattern(
    r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^、，,;；]*?))\s*(?:[、，,;；]|\Z)"""
)
_SPACE = lazy_pattern(r"\s+")


class Named(NamedTuple):
    """A note as a link names it.

    Attributes:
        name: its file's, without `.md`.
        title: what people call it.
        identity: the same for every spelling of the link.
    """

    name: str
    title: str
    identity: str


class Item(NamedTuple):
    """One value, ready to be written.

    Attributes:
        written: its text in the note.
        identity: equal for texts that mean the same.
        shown: what people read: of a link its title, else the text.
    """

    written: str
    identity: object
    shown: str


@dataclass(frozen=True, slots=True)
class Links:
    """How links are found; the index answers.

    Attributes:
        find: the note a REF means, of one of the types; raises NotFoundError.
        identity: what two spellings of a link's target share.
    """

    find: Callable[[str, tuple[str, ...]], Named]
    identity: Callable[[str], str]


class FieldWriter:
    """Turns typed values into written ones.

    Args:
        rules: schema, language and zone.
        now: in the vault's zone, for relative dates.
        links: how links are found.
    """

    def __init__(self, rules: Rules, now: datetime, links: Links) -> None:
        self.rules = rules
        self.now = now.replace(tzinfo=rules.zone)
        self.links = links
        self._plans: dict[tuple[str, str], Plan] = {}

    def read(self, row: Field, text: str) -> list[Item]:
        """The values of a text: one, or of a list as many as it names.

        Args:
            row: of the field table.
            text: as typed, not empty.

        Raises:
            FieldError: it is no value of the field; positions in `text`.
            NotFoundError: a link leads nowhere, or to more than one note.
        """
        if not row.many:
            return [self._item(row, text)]
        items: list[Item] = []
        for part, offset in self._parts(row, text):
            try:
                item = self._item(row, part)
            except FieldError as error:
                length = len(part) - error.offset if error.length is None else error.length
                error.offset, error.length = error.offset + offset, length
                raise
            if all(item.identity != other.identity for other in items):
                items.append(item)
        return items

    def stored(self, row: Field, text: str) -> Item:
        """A value that stands in a note already, as it stands there."""
        try:
            identity = self._identity(row, text)
        except FieldError:
            identity = (text,)
        return Item(text, identity, link_shown(text) if row.kind is Kind.LINK else text)

    def standing(self, row: Field, raw: str | list[str] | None) -> list[Item]:
        """The values of a field as they stand in a note."""
        if not raw:
            return []
        if isinstance(raw, list):
            return [self.stored(row, text) for text in raw]
        separators = self._plan(row).separators
        is_one_link = row.kind is Kind.LINK and raw.startswith("[[") and raw.count("[[") == 1
        if not is_one_link and any(mark in raw for mark in separators):
            return [self.stored(row, text) for text, _ in _split(raw, separators)]
        return [self.stored(row, raw)]

    def _plan(self, row: Field) -> Plan:
        which = row.note_type, row.key  # a deal's stage has other values than a client's
        plan = self._plans.get(which)
        if plan is None:
            rules = self.rules
            plan = self._plans[which] = Plan(row, rules.schema, rules.zone, rules.language)
        return plan

    def _value(self, row: Field, text: str) -> Scalar:
        value = self._plan(row).read(text)
        return value.value if isinstance(value, Warned) else value

    def plain(self, row: Field, item: Item) -> object:
        """A value for programs: numbers, ids, ISO dates; unreadable ones as they stand."""
        if row.kind is Kind.LINK:
            return item.identity
        try:
            value = self._value(row, item.written)
        except FieldError:
            return item.written
        return value.isoformat() if isinstance(value, date) else value

    def _parts(self, row: Field, text: str) -> list[tuple[str, int]]:
        if text[0] == "[" and text[-1] == "]" and text[:2] != "[[":
            return _flow_items(text)
        # Elsewhere a slash belongs to a path or a date.
        parts = _split(text, "、，,;；/" if row.kind in _SPLIT_BY_SLASH else "、，,;；")
        if row.kind is Kind.LINK and len(parts) > 1 and self._is_one_note(row, text, parts):
            return [(text, 0)]
        return parts

    def _is_one_note(self, row: Field, text: str, parts: list[tuple[str, int]]) -> bool:
        """Whether a text with commas is a note's own name, not several notes.

        Any text that ends with an id means that note, so `C-9F3DWA, C-7K2PQM` alone says nothing.
        """
        try:
            self.links.find(text, row.link)
        except NotFoundError:
            return False
        try:
            named = {self.links.find(part, row.link).identity for part, _ in parts}
        except NotFoundError:
            return True
        return len(named) < len(parts)

    def _item(self, row: Field, text: str) -> Item:
        if row.kind is Kind.LINK:
            named = self.links.find(text, row.link)
            return Item(
                wikilink(named.name, named.title),
                named.identity,
                link_label(named.title) or named.name,
            )
        written = self._written(row, text)
        return Item(written, self._identity(row, written), written)

    def _written(self, row: Field, text: str) -> str:
        match row.kind:
            case Kind.DATE | Kind.DATETIME:
                return self._date(row, text)
            case Kind.PHONE:
                return _phone(text)
            case Kind.BIRTHDAY:
                return values.render_birthday(values.parse_birthday(text))
            case Kind.LOCATION:
                return values.render_location(values.parse_location(text))
            case Kind.CONSENT:
                return values.render_dated(values.parse_consent(text))
            case Kind.PUBLISHED:
                return values.render_dated(values.parse_published(text))
        value = read_number(row, text, lambda typed: self._value(row, typed))
        if isinstance(value, bool):
            return values.render_bool(value)
        if isinstance(value, int | float):
            return values.render_number(value)
        vocabulary = self.rules.schema.vocabulary(row)
        word = _SPACE.sub(" ", str(value)).strip()
        return vocabulary.label(word, self.rules.language) if vocabulary else word

    def _date(self, row: Field, text: str) -> str:
        found = parse_when(text, self.now)
        if row.kind is Kind.DATE and isinstance(found, datetime):
            found = found.date()
        return found.isoformat()

    def _identity(self, row: Field, text: str) -> object:
        match row.kind:
            case Kind.LINK:
                return self.links.identity(link_target(text))
            case Kind.PHONE:
                return values.parse_phone(text)[:2]
            case Kind.BIRTHDAY:
                return values.parse_birthday(text)
            case Kind.LOCATION:
                return values.parse_location(text)
            case Kind.CONSENT:
                return values.parse_consent(text)
            case Kind.PUBLISHED:
                return values.parse_published(text)
        value = self._value(row, text)
        is_bare_day = isinstance(value, date) and not isinstance(value, datetime)
        return (value, "day") if is_bare_day else value


def _split(text: str, separators: str) -> list[tuple[str, int]]:
    """As `values.split_list`, at some of its separators only."""
    masked = "".join("\x00" if c in "、，,;；/" and c not in separators else c for c in text)
    return [
        (text[offset : offset + len(part)], offset) for part, offset in values.split_list(masked)
    ]


def _flow_items(text: str) -> list[tuple[str, int]]:
    """The items of a list as YAML has it, `[南, "北"]`, and where they begin."""
    items = []
    for found in _FLOW_ITEM.finditer(text, 1, len(text) - 1):
        name = found.lastgroup or "bare"
        if found[name]:
            items.append((found[name], found.start(name)))
    return items


def _phone(text: str) -> str:
    """A phone as it is written: a mobile by its digits, others as typed, then the label."""
    phone = values.parse_phone(text)
    number = phone.number
    is_mobile = len(number) == 11 and number[0] == "1"
    if not is_mobile:
        typed = re.match(r"[+0-9*() \-]+", narrow(text).strip())
        number = typed[0].strip().rstrip(" (-") if typed else number
    return f"{number} ({phone.label})" if phone.label else number

"""The shape of the field table, and the one object that answers questions about it.

The rows stand in `model.fields`, the vocabularies in `model.enums`, the verbs in
`model.verbs`; a brokerage's own come from its rules. Everything that needs to
know what a key means asks a `Schema`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from brokernotes.light_dataclasses import dataclass

if TYPE_CHECKING:
    from brokernotes.model.builtin_tables import BuiltinTables
    from brokernotes.model.choices import Choice
    from brokernotes.model.verbs import LogKey, Verb


class Kind(StrEnum):
    """What a value is; one kind for a key, whatever the note's type."""

    TEXT = "text"
    INT = "int"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    ENUM = "enum"  # closed vocabulary: an unknown value is an error
    TERM = "term"  # open vocabulary: an unknown value is its own id
    LINK = "link"
    PHONE = "phone"
    BOOL = "bool"
    BIRTHDAY = "birthday"
    LOCATION = "location"
    CONSENT = "consent"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class NoteType:
    """One of the five kinds of note.

    Attributes:
        id: as in `type:`, JSON and the index.
        letter: first letter of its notes' ids.
        folders: folder name by language; both are read.
        words: what KIND may be called on the command line.
    """

    id: str
    letter: str
    folders: Mapping[str, str]
    words: tuple[str, ...]


def _note_type(id_: str, letter: str, plural: str, zh: str, *words: str) -> NoteType:
    return NoteType(id_, letter, {"en": plural, "zh": zh}, (id_, plural, zh, *words))


NOTE_TYPES: tuple[NoteType, ...] = (
    _note_type("client", "C", "clients", "客源", "客户"),
    _note_type("listing", "L", "listings", "房源"),
    _note_type("deal", "D", "deals", "成交", "交易"),
    _note_type("community", "M", "communities", "小区", "楼盘"),
    _note_type("agent", "A", "agents", "经纪人", "同事"),
)
TYPE_OF_FOLDER = {
    unicodedata.normalize("NFC", folder).casefold(): kind.id
    for kind in NOTE_TYPES
    for folder in kind.folders.values()
}
LETTER_OF_TYPE = {kind.id: kind.letter for kind in NOTE_TYPES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of the field table.

    Attributes:
        key: as in front matter; ASCII snake_case.
        zh: Chinese label; also read as a key, reported and fixable.
        en: English label.
        note_type: the type of note it belongs to.
        many: a list of values of the kind.
        unit: of a number; values without one are in it.
        low: smallest plausible number, in the unit.
        high: largest.
        choices: name of the vocabulary of an enum or term.
        link: types of note a link may lead to.
        confidential: `identity`, `location`, `owner`, or `own` for what a brokerage added and
            did not make public; None: everybody may know.
        is_code: digits that are no number, always quoted when they look like one.
        ask: place among what a template asks; 0: not in the template.
        also: other spellings that are read as this key.
        own: whether the brokerage added it in its rules.
        help: what it is for, by language, where the label does not say.
    """

    key: str
    kind: Kind
    zh: str
    en: str
    note_type: str = ""
    many: bool = False
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    choices: str | None = None
    link: tuple[str, ...] = ()
    confidential: str | None = None
    is_code: bool = False
    ask: int = 0
    also: tuple[str, ...] = ()
    own: bool = False
    help: Mapping[str, str] | None = None

    def label(self, language: str) -> str:
        """The word people use for it."""
        return self.zh if language == "zh" else self.en


def fold(text: str) -> str:
    """The form in which spellings are compared: NFKC, without case, spaces and `_`."""
    if text.isascii():
        return text.replace(" ", "").replace("_", "").casefold()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded.replace(" ", "").replace("_", "")


class Vocabulary:
    """The values of one enum or term.

    Args:
        name: in `model.enums`.
        choices: its values, built-in ones first.
        is_open: whether other values may stand.
    """

    def __init__(self, name: str, choices: tuple[Choice, ...], *, is_open: bool) -> None:
        self.name = name
        self.choices = choices
        self.is_open = is_open

    @cached_property
    def by_id(self) -> dict[str, Choice]:
        """Its values."""
        return {choice.id: choice for choice in self.choices}

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for choice in self.choices:
            for word in choice.spellings():
                words.setdefault(word, choice.id)
                words.setdefault(fold(word), choice.id)
        return words

    def find(self, word: str) -> str | None:
        """The id of a value by any of its spellings."""
        return self._by_word.get(word) or self._by_word.get(fold(word))

    def label(self, id_: str, language: str) -> str:
        """The word for an id; an open vocabulary's own values are their own word."""
        choice = self.by_id.get(id_)
        return choice.label(language) if choice else id_

    def spellings(self) -> list[str]:
        """Every word that is read, for suggestions."""
        return list(self._by_word)


class Schema:
    """Fields, vocabularies, verbs and log keys, the brokerage's own included.

    Args:
        tables: which hold them; each is asked for when something of it is.
    """

    def __init__(self, tables: BuiltinTables) -> None:
        self._tables = tables

    @cached_property
    def verbs(self) -> dict[str, Verb]:
        """Verbs of the log by id."""
        return {verb.id: verb for verb in self._tables.verbs()}

    @cached_property
    def log_keys(self) -> dict[str, LogKey]:
        """Keys of the log's fields by id."""
        return {key.id: key for key in self._tables.log_keys()}

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        """Values of enums and terms by the name of their vocabulary."""
        closed, open_ = self._tables.closed(), self._tables.open()
        return {
            **{name: Vocabulary(name, values, is_open=False) for name, values in closed.items()},
            **{name: Vocabulary(name, values, is_open=True) for name, values in open_.items()},
        }

    @cached_property
    def _by_type(self) -> dict[str, dict[str, Field]]:
        by_type: dict[str, dict[str, Field]] = {kind.id: {} for kind in NOTE_TYPES}
        for row in self._tables.fields():
            by_type[row.note_type][row.key] = row
        return by_type

    def fields(self, note_type: str) -> Mapping[str, Field]:
        """The fields of a type of note by key, in the table's order."""
        return self._by_type.get(note_type, {})

    def all_fields(self) -> list[Field]:
        """Every row of the table."""
        return [row for rows in self._by_type.values() for row in rows.values()]

    def find_field(self, note_type: str, spelling: str) -> Field | None:
        """The field a key means, by its key, label or another spelling."""
        exact = self._by_type.get(note_type, {}).get(spelling)
        return exact or self._spellings.get(note_type, {}).get(fold(spelling))

    @cached_property
    def _spellings(self) -> dict[str, dict[str, Field]]:
        table: dict[str, dict[str, Field]] = {}
        for note_type, rows in self._by_type.items():
            words = table[note_type] = {}
            for row in rows.values():
                words[fold(row.key)] = row
            for row in rows.values():
                for word in (row.zh, row.en, *row.also):
                    words.setdefault(fold(word), row)
        return table

    @cached_property
    def known_spellings(self) -> frozenset[str]:
        """Every key and label of any type, as they are written."""
        words: set[str] = set()
        for row in self.all_fields():
            words.update((row.key, row.zh, row.en, *row.also))
        return frozenset(words)

    def vocabulary(self, row: Field | LogKey) -> Vocabulary | None:
        """The vocabulary of an enum or term; None: any words."""
        return self.vocabularies.get(row.choices) if row.choices else None

    @cached_property
    def assumed_outcomes(self) -> Mapping[str, str | None]:
        """By verb what is taken for the outcome of an entry that names none; no contact: None."""
        return {verb.id: verb.outcome if verb.contact else None for verb in self.verbs.values()}

    @cached_property
    def verb_words(self) -> list[tuple[str, Verb]]:
        """Every spelling of every verb, longest first."""
        words = {word: verb for verb in reversed(self.verbs.values()) for word in verb.spellings()}
        return sorted(words.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def find_verb(self, word: str) -> Verb | None:
        """The verb of exactly this word, case aside."""
        return self._verb_by_word.get(fold(word))

    @cached_property
    def _verb_by_word(self) -> dict[str, Verb]:
        return {fold(word): verb for word, verb in reversed(self.verb_words)}

    def find_log_key(self, word: str) -> LogKey | None:
        """The log key of a spelling, case aside."""
        return self._log_key_by_word.get(fold(word))

    @cached_property
    def _log_key_by_word(self) -> dict[str, LogKey]:
        return {fold(word): key for key in self.log_keys.values() for word in key.spellings()}


def find_note_type(word: str) -> str | None:
    """The type of note a word names: singular, plural, Chinese, case aside."""
    folded = fold(word)
    for kind in NOTE_TYPES:
        if any(fold(spelling) == folded for spelling in kind.words):
            return kind.id
    return None

"""A whole note: its values, its log, its links, and everything wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from brokernotes.errors import FieldError, Position, Problem
from brokernotes.model.problems import PROBLEMS, problem
from brokernotes.model.records import Record, Scalar, Value
from brokernotes.model.rules import Rules
from brokernotes.model.schema import (
    LETTER_OF_TYPE,
    TYPE_OF_FOLDER,
    Field,
    Kind,
    find_note_type,
)
from brokernotes.notes.convert import Converter, converter, likely_word
from brokernotes.notes.frontmatter import Block, read_block
from brokernotes.notes.links import LinkUse
from brokernotes.notes.logbook import LogBook, LogReading, read_log
from brokernotes.notes.names import is_note_id
from brokernotes.notes.yaml_text import resolves_to_other

QUOTED_KINDS = frozenset({Kind.TEXT, Kind.PHONE, Kind.TERM, Kind.LINK})
MAY_RESOLVE = frozenset("0123456789+-.~tTfFnN")  # first letters of what YAML takes for no text
LISTS_BY_COMMA = frozenset({Kind.ENUM, Kind.TERM, Kind.PHONE, Kind.LINK})


@dataclass(slots=True)
class Note:
    """One file as read.

    Attributes:
        record: what it says.
        text: the whole file.
        block: its front matter with positions.
        log: its log with positions.
        links: of front matter and body, in the file's order.
        problems: everything found while reading.
    """

    record: Record
    text: str
    block: Block
    log: LogReading
    links: list[LinkUse]
    problems: list[Problem]

    @property
    def path(self) -> str:
        """Relative to the vault."""
        return self.record.path

    def at(self, key: str, item: int | None = None) -> Position:
        """The place of a key's value; of the key when it has none; else the first line."""
        if key not in self.block.values:
            return Position(self.path, 1, 1)
        return Position(self.path, *self.block.where(key, item))


class _Plan(NamedTuple):
    """How one key of one type of note is read."""

    row: Field
    convert: Converter
    check_quotes: bool
    splits: bool


def default_type(path: str) -> str | None:
    """The type of note that a file's top folder implies."""
    top, slash, _ = path.partition("/")
    if not slash:
        return None
    return TYPE_OF_FOLDER.get(top) or TYPE_OF_FOLDER.get(
        unicodedata.normalize("NFC", top).casefold()
    )


class NoteReader:
    """Reads notes by one brokerage's rules.

    Args:
        rules: fields, vocabularies, zone.
        agents: names and aliases of colleagues, for `@name` in the log.
    """

    def __init__(self, rules: Rules, agents: Iterable[str] = ()) -> None:
        self.rules = rules
        self.schema = rules.schema
        zone = rules.zone
        self.log_book = LogBook(self.schema, tuple(agents), zone, rules.language)
        self._known = self.schema.known_spellings
        self._plans: dict[str, dict[str, _Plan]] = {
            note_type: {
                key: _Plan(
                    row,
                    converter(row, self.schema, zone),
                    row.kind in QUOTED_KINDS,
                    row.many and row.kind in LISTS_BY_COMMA,
                )
                for key, row in self.schema.fields(note_type).items()
            }
            for note_type in LETTER_OF_TYPE
        }

    def is_note(self, path: str, text: str) -> bool:
        """Whether a file is a note: it lies in a note folder, or says its `type`."""
        if default_type(path) is not None:
            return True
        return "type" in read_block(text, self._known).values

    def read(self, path: str, text: str) -> Note:
        """Read one note; never raises for what stands in it.

        Args:
            path: relative to the vault, with `/`.
            text: the whole file.
        """
        block = read_block(text, self._known)
        problems = [
            problem(
                found.code,
                Position(path, found.line, found.column, found.end_column),
                **found.params,
            )
            for found in block.findings
        ]
        note_type = self._type(path, block, problems)
        reading = _FieldReading(self, path, note_type, block, problems)
        reading.run()
        log = read_log(text, block.body_offset, block.body_line, self.log_book)
        problems.extend(
            problem(
                found.code,
                Position(path, found.line, found.column, found.end_column),
                **found.params,
            )
            for found in log.findings
        )
        record = Record(
            path=path,
            type=note_type,
            id=self._id(path, note_type, block, problems),
            values=reading.values,
            entries=tuple(log.entries),
            invalid=tuple(reading.invalid),
        )
        return Note(record, text, block, log, [*reading.links, *log.links], problems)

    def _type(self, path: str, block: Block, problems: list[Problem]) -> str:
        typed = block.values.get("type")
        folder_type = default_type(path)
        if isinstance(typed, str):
            found = find_note_type(typed)
            if found:
                return found
            problems.append(
                problem(
                    "unknown-type",
                    Position(path, *block.where("type")),
                    value=typed,
                    likely=likely_word(typed, list(LETTER_OF_TYPE)),
                )
            )
        return folder_type or "client"

    def _id(self, path: str, note_type: str, block: Block, problems: list[Problem]) -> str | None:
        typed = block.values.get("id")
        if typed is None or not isinstance(typed, str):
            problems.append(problem("missing-id", Position(path, 1, 1), type=note_type))
            return None
        if not is_note_id(typed) or typed[0] != LETTER_OF_TYPE[note_type]:
            problems.append(
                problem(
                    "bad-id",
                    Position(path, *block.where("id")),
                    value=typed,
                    letter=LETTER_OF_TYPE[note_type],
                )
            )
            return None
        return typed

    def plan(self, note_type: str, key: str) -> _Plan | None:
        """How a key as spelled in a note is read; None: it is not known."""
        plans = self._plans[note_type]
        found = plans.get(key)
        if found is None:
            row = self.schema.find_field(note_type, key)
            found = plans.get(row.key) if row else None
        return found


class _FieldReading:
    """Turns one block's texts into values, collecting what is wrong on the way."""

    def __init__(
        self, reader: NoteReader, path: str, note_type: str, block: Block, problems: list[Problem]
    ) -> None:
        self.reader = reader
        self.path = path
        self.note_type = note_type
        self.block = block
        self.problems = problems
        self.values: dict[str, Value] = {}
        self.invalid: list[str] = []
        self.links: list[LinkUse] = []

    def run(self) -> None:
        """Read every key of the block."""
        plans = self.reader._plans[self.note_type]
        for spelled, raw in self.block.values.items():
            plan = plans.get(spelled) or self._other_spelling(spelled)
            if plan is None or raw is None:
                continue
            self._read_key(spelled, raw, plan)

    def _other_spelling(self, spelled: str) -> _Plan | None:
        plan = self.reader.plan(self.note_type, spelled)
        where = Position(self.path, *self.block.where_key(spelled))
        if plan is None:
            keys = list(self.reader._plans[self.note_type])
            self.problems.append(
                problem(
                    "unknown-key",
                    where,
                    key=spelled,
                    type=self.note_type,
                    likely=likely_word(spelled, keys),
                )
            )
            return None
        if plan.row.key in self.block.values:
            self.problems.append(problem("duplicate-key", where, key=spelled, other=plan.row.key))
            return None
        self.problems.append(problem("key-spelling", where, key=spelled, canonical=plan.row.key))
        return plan

    def _read_key(self, spelled: str, raw: str | list[str], plan: _Plan) -> None:
        if isinstance(raw, str):
            if plan.splits and any(mark in raw for mark in "、，,;；/"):
                self._read_split(spelled, raw, plan)
                return
            value = self._read_item(spelled, raw, None, 0, plan)
            if value is not None:
                self.values[plan.row.key] = (value,) if plan.row.many else value
            return
        if not plan.row.many and len(raw) != 1:
            if raw:
                self.fail("list-not-expected", spelled, plan.row.key, None)
            return
        items = [self._read_item(spelled, text, index, 0, plan) for index, text in enumerate(raw)]
        kept = tuple(item for item in items if item is not None)
        if plan.row.many:
            self.values[plan.row.key] = kept
        elif kept:
            self.values[plan.row.key] = kept[0]

    def _read_split(self, spelled: str, raw: str, plan: _Plan) -> None:
        from brokernotes.model.values import split_list

        if plan.row.kind is Kind.LINK and raw.startswith(("[[", "【【")) and raw.count("[[") <= 1:
            parts = [(raw, 0)]
        else:
            parts = split_list(raw)
        kept = [self._read_item(spelled, text, None, offset, plan) for text, offset in parts]
        self.values[plan.row.key] = tuple(item for item in kept if item is not None)
        if len(parts) > 1:
            self.fail("list-as-text", spelled, plan.row.key, None, valid=True)

    def _read_item(
        self, spelled: str, text: str, item: int | None, offset: int, plan: _Plan
    ) -> Scalar | None:
        row = plan.row
        if plan.check_quotes and text and text[0] in MAY_RESOLVE:
            self._check_quotes(spelled, text, item, row)
        try:
            value = plan.convert(text)
        except FieldError as error:
            self._refused(spelled, item, offset, row, error)
            return None
        if row.kind is Kind.LINK and isinstance(value, str):
            line, column, _ = self.block.where(spelled, item, offset)
            self.links.append(LinkUse(value, line, column, row.key))
        return value

    def _refused(
        self, spelled: str, item: int | None, offset: int, row: Field, error: FieldError
    ) -> None:
        where = self.block.where(spelled, item, offset + error.offset, error.length)
        params = {"key": spelled, **error.params}
        self.problems.append(problem(error.code, Position(self.path, *where), **params))
        if error.code != "unset-word":
            self.invalid.append(row.key)

    def _check_quotes(self, spelled: str, text: str, item: int | None, row: Field) -> None:
        if row.kind is Kind.TERM and not row.is_code and text.isalpha():
            return
        other = resolves_to_other(text)
        if other is not None and self.block.style(spelled, item) == "plain":
            self.fail("unquoted-code", spelled, row.key, item, valid=True, value=text, other=other)

    def fail(
        self,
        code: str,
        spelled: str,
        key: str,
        item: int | None,
        *,
        valid: bool = False,
        **params: object,
    ) -> None:
        """Report a value by its place, and take it out of use unless it is `valid`."""
        where = Position(self.path, *self.block.where(spelled, item))
        self.problems.append(problem(code, where, key=spelled, **params))
        if not valid:
            self.invalid.append(key)


def severity_of(found: Problem, checks: Mapping[str, str]) -> str:
    """What a problem counts as under the brokerage's own severities; may be `off`."""
    return checks.get(found.code) or PROBLEMS[found.code].severity

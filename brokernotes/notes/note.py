"""A whole note: its values, its log, its links, and everything wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from brokernotes.errors import Position, Problem
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.problems import PROBLEMS, problem
from brokernotes.model.records import Record
from brokernotes.model.rules import Rules
from brokernotes.model.schema import LETTER_OF_TYPE, TYPE_OF_FOLDER, find_note_type, fold
from brokernotes.notes.block import Block, Finding
from brokernotes.notes.convert import Plan
from brokernotes.notes.field_reading import FieldReading
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.links import LinkUse
from brokernotes.notes.logbook import LogBook, LogReading, read_log
from brokernotes.notes.names import is_note_id


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
        spellings: how a key is spelled here, where that is not its own name.
    """

    record: Record
    text: str
    block: Block
    log: LogReading
    links: list[LinkUse]
    problems: list[Problem]
    spellings: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Relative to the vault."""
        return self.record.path

    def at(self, key: str, item: int | None = None) -> Position:
        """The place of a key's value; of the key when it has none; else the first line."""
        spelled = self.spelled(key)
        if spelled not in self.block.values:
            return Position(self.path, 1, 1)
        return Position(self.path, *self.block.where(spelled, item))

    def spelled(self, key: str) -> str:
        """A key as this note spells it."""
        return self.spellings.get(key, key)

    def typed(self, key: str) -> str:
        """A value as it stands in the file; of a list its first; empty when it is unset."""
        raw = self.block.values.get(self.spelled(key))
        if isinstance(raw, list):
            raw = raw[0] if raw else None
        return raw or ""


def default_type(path: str) -> str | None:
    """The type of note that a file's top folder implies."""
    top, slash, _ = path.partition("/")
    if not slash:
        return None
    return TYPE_OF_FOLDER.get(top) or TYPE_OF_FOLDER.get(
        unicodedata.normalize("NFC", top).casefold()
    )


class _Plans(dict[str, dict[str, Plan]]):
    """How each key is read, by type of note; made when the first note of a type is met."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, note_type: str) -> dict[str, Plan]:
        rules = self._rules
        made = self[note_type] = {
            key: Plan(row, rules.schema, rules.zone, rules.language)
            for key, row in rules.schema.fields(note_type).items()
            if key not in ("id", "type")
        }
        return made


class NoteReader:
    """Reads notes by one brokerage's rules.

    Args:
        rules: fields, vocabularies, zone.
        agents: names and aliases of colleagues, for `@name` in the log.

    Attributes:
        plans: how each key is read, by type of note.
    """

    def __init__(self, rules: Rules, agents: Iterable[str] = ()) -> None:
        self.rules = rules
        self.schema = rules.schema
        zone = rules.zone
        self.log_book = LogBook(self.schema, tuple(agents), zone, rules.language)
        self._known = self.schema.known_spellings
        self.plans = _Plans(rules)

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
        problems = [_placed(path, found) for found in block.findings] if block.findings else []
        note_type = self._type(path, block, problems)
        fields = FieldReading(self, path, note_type, block, problems)
        fields.run()
        parts = block.split
        log = read_log(text, parts.body, parts.body_line, self.log_book)
        if log.findings:
            problems.extend([_placed(path, found) for found in log.findings])
        record = Record(
            path=path,
            type=note_type,
            id=self._id(path, note_type, block, problems),
            values=fields.values,
            entries=tuple(log.entries),
            invalid=tuple(dict.fromkeys(fields.invalid)) if fields.invalid else (),
        )
        links = [*fields.links, *log.links]
        return Note(record, text, block, log, links, problems, fields.spellings)

    def _type(self, path: str, block: Block, problems: list[Problem]) -> str:
        key = _spelling_of("type", block)
        typed = block.values.get(key)
        if isinstance(typed, str):
            found = typed if typed in LETTER_OF_TYPE else find_note_type(typed)
            if found:
                return found
            where = Position(path, *block.where(key))
            problems.append(problem("unknown-type", where, value=typed))
        return default_type(path) or "client"

    def _id(self, path: str, note_type: str, block: Block, problems: list[Problem]) -> str | None:
        key = _spelling_of("id", block)
        typed = block.values.get(key)
        letter = LETTER_OF_TYPE[note_type]
        if not typed or not isinstance(typed, str):
            if block.findings and not block.values:
                return None  # what could not be read may well hold it
            problems.append(problem("missing-id", Position(path, 1, 1), type=note_type))
            return None
        if typed[0] == letter and is_note_id(typed):
            return typed
        where = Position(path, *block.where(key))
        problems.append(problem("bad-id", where, value=typed, type=note_type, letter=letter))
        return None


_OTHER_WORDS = {"id": frozenset({"编号"}), "type": frozenset({"类型"})}


def _spelling_of(key: str, block: Block) -> str:
    """How `id` or `type` is spelled in a block."""
    if key not in block.values:
        for spelled in block.values:
            if fold(spelled) == key or spelled in _OTHER_WORDS[key]:
                return spelled
    return key


def _placed(path: str, found: Finding) -> Problem:
    position = Position(path, found.line, found.column, found.end_column)
    return Problem(position, found.code, found.params, PROBLEMS[found.code].severity)


def severity_of(found: Problem, checks: Mapping[str, str]) -> str:
    """What a problem counts as under the brokerage's own severities; may be `off`."""
    return checks.get(found.code) or PROBLEMS[found.code].severity

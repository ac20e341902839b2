"""One block of front matter turned into values, with what is wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brokernotes.errors import FieldError, Position, Problem
from brokernotes.model.problems import problem
from brokernotes.model.records import Scalar, Value
from brokernotes.model.schema import Kind, fold
from brokernotes.notes.block import Block
from brokernotes.notes.convert import Plan, Warned, likely_word
from brokernotes.notes.links import LinkUse
from brokernotes.notes.yaml_text import resolves_to_other

if TYPE_CHECKING:
    from brokernotes.notes.note import NoteReader

_MAY_RESOLVE = frozenset("0123456789+-.~tTfFnN")  # how what YAML takes for no text begins
_GRADE = frozenset(("grade", "等级"))


class FieldReading:
    """Reads the keys of one block.

    Args:
        reader: of the brokerage.
        path: of the note.
        note_type: of the note.
        block: its front matter.
        problems: what is found is added here.

    Attributes:
        values: by key of the field table.
        invalid: keys whose value could not be read.
        links: in the block's order.
        spellings: how a key is spelled, where that is not its own name.
    """

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
        self.spellings: dict[str, str] = {}

    def run(self) -> None:
        """Read every key; what was met before, without a look at anything else."""
        plans = self.reader.plans[self.note_type]
        values = self.values
        for spelled, raw in self.block.values.items():
            plan = plans.get(spelled)
            if plan is None:
                if spelled in ("id", "type"):
                    continue
                plan = self._other_spelling(spelled)
                if plan is None:
                    continue
            if not raw:
                continue
            if not plan.is_link:
                if isinstance(raw, str):
                    value = plan.memory.get(raw)
                    if value is not None:
                        values[plan.key] = (value,) if plan.many else value
                        continue
                elif plan.many:
                    items = tuple(map(plan.memory.get, raw))
                    if None not in items:
                        values[plan.key] = items  # type: ignore[assignment]
                        continue
            self._read_key(spelled, raw, plan)

    # -- keys

    def _other_spelling(self, spelled: str) -> Plan | None:
        """The plan of a key that is not spelled as in the table; None: it is unknown."""
        row = self.reader.schema.find_field(self.note_type, spelled)
        if row is None:
            self._report_unknown(spelled)
            return None
        where = self._at_key(spelled)
        values = self.block.values
        if row.key in values:
            if spelled.casefold() == row.key:
                return None  # reported as key-case
            first = self.block.lines.get(row.key, 1)
            params = {"key": spelled, "other": row.key, "first_line": first}
            self.problems.append(problem("duplicate-key", where, **params))
            return None
        self.problems.append(problem("key-spelling", where, key=spelled, canonical=row.key))
        if row.key in self.spellings:
            return None
        self.spellings[row.key] = spelled
        return self.reader.plans[self.note_type].get(row.key)

    def _report_unknown(self, spelled: str) -> None:
        if self.note_type == "client" and fold(spelled) in _GRADE:
            raw = self.block.values[spelled]
            value = "; ".join(raw) if isinstance(raw, list) else raw or ""
            where = Position(self.path, *self.block.where(spelled))
            self.problems.append(problem("client-grade", where, key=spelled, value=value))
            return
        rows = self.reader.schema.fields(self.note_type).values()
        words = [row.key for row in rows] + [row.zh for row in rows]
        near = likely_word(spelled, words)
        row = self.reader.schema.find_field(self.note_type, near) if near else None
        self.problems.append(
            problem(
                "unknown-key",
                self._at_key(spelled),
                key=spelled,
                type=self.note_type,
                likely=row.key if row else None,
            )
        )

    def _at_key(self, spelled: str) -> Position:
        return Position(self.path, *self.block.where_key(spelled))

    # -- values

    def _read_key(self, spelled: str, raw: str | list[str], plan: Plan) -> None:
        if isinstance(raw, str):
            if plan.separators and any(mark in raw for mark in plan.separators):
                self._read_split(spelled, raw, plan)
                return
            value = self._read_item(spelled, raw, None, 0, plan)
            if value is not None:
                self.values[plan.key] = (value,) if plan.many else value
            return
        if not plan.many and len(raw) > 1:
            self._fail("list-not-expected", spelled, plan, count=len(raw))
            return
        items = [self._read_item(spelled, text, index, 0, plan) for index, text in enumerate(raw)]
        kept = tuple(item for item in items if item is not None)
        if kept:
            self.values[plan.key] = kept if plan.many else kept[0]

    def _read_split(self, spelled: str, raw: str, plan: Plan) -> None:
        """A text where a list is due."""
        if len(plan.separators) == 1:
            parts = _split_at(raw, plan.separators)
        else:
            from brokernotes.model.values import split_list

            parts = split_list(raw)
        kept = [self._read_item(spelled, text, None, offset, plan) for text, offset in parts]
        if any(item is not None for item in kept):
            self.values[plan.key] = tuple(item for item in kept if item is not None)
        if len(parts) > 1:
            where = Position(self.path, *self.block.where(spelled))
            self.problems.append(problem("list-as-text", where, key=spelled, count=len(parts)))

    def _read_item(
        self, spelled: str, text: str, item: int | None, offset: int, plan: Plan
    ) -> Scalar | None:
        value = plan.memory.get(text)
        if value is None:
            value = self._convert(spelled, text, item, offset, plan)
        if plan.is_link and isinstance(value, str):
            if not value:
                return None
            line, column = self._link_place(spelled, text, item, offset)
            self.links.append(LinkUse(value, line, column, plan.key))
        return value

    def _convert(
        self, spelled: str, text: str, item: int | None, offset: int, plan: Plan
    ) -> Scalar | None:
        if not text:
            return None
        is_clean = True
        if plan.may_resolve and text[0] in _MAY_RESOLVE:
            is_clean = self._check_quotes(spelled, text, item, plan)
        try:
            value = plan.read(text)
        except FieldError as error:
            self._refused(spelled, item, offset, plan, error)
            return None
        if isinstance(value, Warned):
            where = Position(self.path, *self.block.where(spelled, item, offset, len(text)))
            self.problems.append(problem(value.code, where, key=spelled, **value.params))
            return value.value
        if is_clean:
            plan.remember(text, value)
        return value

    def _link_place(
        self, spelled: str, text: str, item: int | None, offset: int
    ) -> tuple[int, int]:
        """Line and column of a link: at once where it stands behind its key, else looked up."""
        if item is None and not offset:
            source, parts = self.block.source, self.block.split
            start = source.find(f"\n{spelled}: ", parts.start - 1, parts.end)
            value = start + len(spelled) + 3
            if start >= 0 and source.startswith((f'"{text}"', text), value):
                return self.block.lines[spelled], value - start
        line, column, _ = self.block.where(spelled, item, offset)
        return line, column

    def _refused(
        self, spelled: str, item: int | None, offset: int, plan: Plan, error: FieldError
    ) -> None:
        where = self.block.where(spelled, item, offset + error.offset, error.length)
        params = {"key": spelled, **error.params}
        self.problems.append(problem(error.code, Position(self.path, *where), **params))
        if error.code != "unset-word":
            self.invalid.append(plan.key)

    def _check_quotes(self, spelled: str, text: str, item: int | None, plan: Plan) -> bool:
        """Whether a text comes back from YAML as it is; if not, it is reported."""
        if plan.row.kind is Kind.TERM and text.isalpha():
            return True
        becomes = resolves_to_other(text)
        if becomes is None:
            return True
        if self.block.style(spelled, item) == "plain":
            where = Position(self.path, *self.block.where(spelled, item))
            params = {"key": spelled, "value": text, "other": becomes or "null"}
            self.problems.append(problem("unquoted-code", where, **params))
        return False

    def _fail(self, code: str, spelled: str, plan: Plan, **params: object) -> None:
        """Report a value as a whole, which is not used."""
        where = Position(self.path, *self.block.where(spelled))
        self.problems.append(problem(code, where, key=spelled, **params))
        self.invalid.append(plan.key)


def _split_at(text: str, mark: str) -> list[tuple[str, int]]:
    """The parts of a text between a mark, and where they begin."""
    parts = []
    start = 0
    for part in text.split(mark):
        bare = part.strip()
        if bare:
            parts.append((bare, start + len(part) - len(part.lstrip())))
        start += len(part) + 1
    return parts

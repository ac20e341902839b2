"""Queries in SQL: a tree of conditions becomes the WHERE of one statement.

Values are parameters, always; keys are columns of the field table. Every condition is true or
false and never unknown, so what is not set fails it and passes its negation.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from brokernotes.light_dataclasses import dataclass
from brokernotes.model.folding import fold_text, sort_key
from brokernotes.model.query_keys import query_fields
from brokernotes.model.query_tree import EVERYTHING, And, Condition, Linked, Not, Or, Tree
from brokernotes.model.schema import Field, Kind, Schema
from brokernotes.storage.query_columns import column
from brokernotes.storage.tables import columns
from brokernotes.storage.texts import notes_saying

# What a telephone is written with; taken away, digits are left.
_PHONE_MARKS = (" ", "-", "(", ")", "+", "·", ".")
_IDENTIFYING = ("phone", "owner_phone")
Computed = Mapping[str, Mapping[str, Any]]  # values by a note's path, by key
_SIGNS = {"from": ">=", "after": ">", "to": "<=", "before": "<"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One key of an order.

    Attributes:
        key: of the field table, or derived.
        descending: largest first; what is not set stands last either way.
    """

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of the index about one type of note.

    Attributes:
        type: of the notes.
        where: conditions they meet.
        keys: whose values are told; None: every field that is set.
        order: by what they are sorted; the title and the path come last.
        limit: at most so many; None: all.
        computed: of the keys of `query_keys.COMPUTED` that are asked for the values by a note's
            path, as SQLite knows them; what is absent is not set.
    """

    type: str
    where: Tree = EVERYTHING
    keys: Sequence[str] | None = None
    order: Sequence[Order] = ()
    limit: int | None = None
    computed: Computed | None = None


class Compiler:
    """Turns conditions about notes of one type into SQL.

    Args:
        schema: for what a key means.
        note_type: of the notes.
        params: where the values are put; shared by the parts of one statement.
        saying: the numbers of the notes that have a word, folded.
    """

    def __init__(
        self,
        schema: Schema,
        note_type: str,
        params: dict[str, object],
        saying: Callable[[str], Iterable[int]],
    ) -> None:
        self._saying = saying
        self._fields = query_fields(schema, note_type)
        self._schema = schema
        self._params = params

    def where(self, tree: Tree) -> str:
        """The conditions as an expression that is 1 or 0."""
        if isinstance(tree, And):
            return " AND ".join(f"({self.where(part)})" for part in tree.parts) or "1"
        if isinstance(tree, Or):
            return " OR ".join(f"({self.where(part)})" for part in tree.parts) or "0"
        if isinstance(tree, Not):
            return f"NOT ({self.where(tree.part)})"
        assert isinstance(tree, Condition)
        return self._condition(tree)

    def order(self, orders: Iterable[Order]) -> list[str]:
        """The terms of an ORDER BY."""
        terms: list[str] = []
        for order in orders:
            field = self._fields[order.key]
            value = column(field)
            if field.many:
                value = f"json_extract({value}, '$[0]')"
            vocabulary = self._schema.vocabulary(field)
            direction = "DESC" if order.descending else "ASC"
            terms.append(f"{value} IS NULL")
            if vocabulary is not None:
                places = (
                    f"WHEN {self._value(id_)} THEN {place}"
                    for place, id_ in enumerate(vocabulary.by_id)
                )
                rank = f"CASE {value} {' '.join(places)} END"
                terms.extend((f"{rank} IS NULL", f"{rank} {direction}"))
            elif field.kind in (Kind.TEXT, Kind.TERM, Kind.LINK):
                value = f"sorted({value})"
            terms.append(f"{value} {direction}")
        return terms

    def column(self, key: str) -> str:
        """The value of a key."""
        return column(self._fields[key])

    def _value(self, value: object) -> str:
        name = f"q{len(self._params)}"
        self._params[name] = value
        return f":{name}"

    def _condition(self, condition: Condition) -> str:
        how, value = condition.how, condition.value
        if how == "never":
            return "0"
        if how == "text":
            numbers = self._value(json.dumps(list(self._saying(fold_text(str(value))))))
            return f"note.n IN (SELECT value FROM json_each({numbers}))"
        field = self._fields[condition.key]
        whole = column(field)
        if how in ("set", "unset"):
            return f"{whole} IS {'NOT ' if how == 'set' else ''}NULL"
        if field.many:
            test = self._test("one.value", field, how, value)
            found = f"EXISTS (SELECT 1 FROM json_each({whole}) AS one WHERE {test})"
        else:
            found = f"ifnull({self._test(whole, field, how, value)}, 0)"
        if field.key in _IDENTIFYING:  # the index knows their digits, however they are written
            digits = self._value(value)
            test = f"digits = {digits}" if how == "phone" else f"instr(digits, {digits}) > 0"
            found += f" OR EXISTS (SELECT 1 FROM phone WHERE phone.n = note.n AND {test})"
        return found

    def _test(self, it: str, field: Field, how: str, value: Any) -> str:
        if field.kind is Kind.DATETIME:  # days are compared with days, moments by the minute
            it = f"substr({it}, 1, {16 if 'T' in str(value) else 10})"
        match how:
            case "is":
                return f"{it} = {self._value(value)}"
            case "contains":
                return f"instr(folded({it}), {self._value(fold_text(value))}) > 0"
            case "equals":
                return f"folded({it}) = {self._value(fold_text(value))}"
            case "between":
                low, high = value
                return f"{it} BETWEEN {self._value(low)} AND {self._value(high)}"
            case "links":
                assert isinstance(value, Linked)
                targets = self._value(json.dumps(value.targets))
                return f"{it} IN (SELECT value FROM json_each({targets}))"
            case "names":
                return f"instr(folded({it}), {self._value(fold_text(value))}) > 0"
            case "digits" | "phone":
                return self._phone(it, how, value)
        return f"{it} {_SIGNS[how]} {self._value(value)}"

    def _phone(self, it: str, how: str, digits: str) -> str:
        for mark in _PHONE_MARKS:
            it = f"replace({it}, '{mark}', '')"
        wanted = self._value(digits)
        if how == "digits":
            return f"instr({it}, {wanted}) > 0"
        # Behind the number may stand whose it is.
        rest = f"substr({it}, instr({it}, {wanted}) + length({wanted}), 1)"
        before = f"substr({it}, 1, instr({it}, {wanted}) - 1)"
        return (
            f"(instr({it}, {wanted}) > 0 AND {rest} NOT GLOB '[0-9*]' AND {before} IN ('', '86'))"
        )


def select(
    db: sqlite3.Connection, schema: Schema, ask: Ask, off: Collection[str] = ()
) -> list[tuple[Any, ...]]:
    """The notes that are asked for.

    Args:
        db: the index.
        schema: of the rules.
        ask: what is asked.
        off: codes of problems that the rules switch off.

    Returns:
        Of each its number, path, type, id, title and unreadable keys, then the values of
        `asked_keys` as the columns hold them.
    """
    prepare(db, ask.computed, off)
    params: dict[str, object] = {}
    compiler = Compiler(schema, ask.type, params, lambda word: notes_saying(db, (word,)))
    told = ["note.n", "note.path", "note.type", "note.id", "note.title", "note.invalid"]
    told += [compiler.column(key) for key in asked_keys(schema, ask)]
    order = ", ".join((*compiler.order(ask.order), "note.sound", "note.path"))
    where = f"note.type = :type AND ({compiler.where(ask.where)})"
    params["type"] = ask.type
    source = f"note JOIN {ask.type} AS t USING(n)"
    if ask.limit is not None:  # what is told is worked out for those only that are shown
        params["limit"] = ask.limit
        where = f"n IN (SELECT n FROM {source} WHERE {where} ORDER BY {order} LIMIT :limit)"
    sql = f"SELECT {', '.join(told)} FROM {source} WHERE {where} ORDER BY {order}"
    return db.execute(sql, params).fetchall()


def asked_keys(schema: Schema, ask: Ask) -> Sequence[str]:
    """The keys whose values are told."""
    if ask.keys is not None:
        return ask.keys
    return [field.key for field in columns(schema, ask.type)]


def values_asked(schema: Schema, ask: Ask, row: Sequence[Any]) -> dict[str, Any]:
    """The values of a row as JSON speaks of them; what is not set is left out."""
    fields = query_fields(schema, ask.type)
    return {
        key: _plain(fields[key], value)
        for key, value in zip(asked_keys(schema, ask), row, strict=True)
        if value is not None
    }


def _plain(field: Field, value: Any) -> Any:
    if field.many:
        return json.loads(value)
    if field.kind is Kind.BOOL:
        return bool(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def matching(
    db: sqlite3.Connection,
    schema: Schema,
    trees: Mapping[str, Tree],
    computed: Computed | None = None,
    off: Collection[str] = (),
) -> frozenset[str]:
    """Paths of the notes of several types that meet what is asked of theirs, in one statement."""
    prepare(db, computed, off)
    params: dict[str, object] = {}
    saying = functools.cache(lambda word: notes_saying(db, (word,)))
    parts = []
    for number, (note_type, tree) in enumerate(trees.items()):
        where = Compiler(schema, note_type, params, saying).where(tree)
        params[f"type{number}"] = note_type
        parts.append(
            f"SELECT note.path FROM note JOIN {note_type} AS t USING(n)"
            f" WHERE note.type = :type{number} AND ({where})"
        )
    return frozenset(path for (path,) in db.execute(" UNION ALL ".join(parts), params))


def prepare(
    db: sqlite3.Connection, computed: Computed | None = None, off: Collection[str] = ()
) -> None:
    """Teach a connection what the statements call.

    Args:
        db: the index.
        computed: see `Ask.computed`.
        off: codes of problems that the rules switch off.
    """
    if computed is not None:

        def value(key: str, path: str) -> Any:
            return computed[key].get(path)

        db.create_function("computed", 2, value, deterministic=True)
    db.create_function("is_off", 1, frozenset(off).__contains__, deterministic=True)
    db.create_function("folded", 1, _folded, deterministic=True)
    db.create_function("sorted", 1, sort_key, deterministic=True)


def _folded(value: object) -> str | None:
    return None if value is None else fold_text(str(value))

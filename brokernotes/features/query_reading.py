"""A query against the field table: words and tests become conditions, in any language.

Every value is read as its field's kind says, with units and relative dates; what
cannot be read is an error at its place, with the likely key or value.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from brokernotes.errors import ArgumentError, FieldError
from brokernotes.language import N_
from brokernotes.model.folding import fold_text
from brokernotes.model.query_keys import find_query_field, query_fields
from brokernotes.model.query_parsing import parse_query
from brokernotes.model.query_tree import (
    Condition,
    Leaf,
    Linked,
    Not,
    Test,
    Tree,
    Word,
    either,
    replaced,
)
from brokernotes.model.schema import NOTE_TYPES, Field, Kind, Schema
from brokernotes.model.source_text import narrow

UNSET = frozenset(("none", "无", "空", "未填", "unset"))
SET = frozenset(("any", "有", "已填", "set"))
ME = frozenset(("me", "我", "本人"))
ORDERED = frozenset((Kind.NUMBER, Kind.INT, Kind.DATE, Kind.DATETIME))
_PARTED = frozenset((Kind.ENUM, Kind.TERM, Kind.TEXT, Kind.LINK, Kind.PHONE))
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of characters, which nothing can store
_FEWEST_DIGITS = 3  # of a phone: fewer would say too much about too many
_ORDERS = {">": "after", ">=": "from", "<": "before", "<=": "to"}
_TYPES = tuple(kind.id for kind in NOTE_TYPES)

FindLinked = Callable[[Field, str, bool], "Linked | str | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What reading a query needs to know.

    Attributes:
        schema: of the vault's rules.
        now: the present moment in the vault's zone, without offset.
        language: of the words a message offers, `zh` or `en`.
        likely_linked: the name of a note that a value of a link field that means none is near to.
        me: what finds the note of the agent who asks; None: nobody knows.
        find_linked: the notes a value of a link field means, as the vault knows them: `Linked`,
            the text again where links to no note say it, None where nothing does. The last
            argument asks for the whole name, not for a part.
    """

    schema: Schema
    now: datetime
    language: str
    find_linked: FindLinked
    likely_linked: Callable[[Field, str], str | None] = lambda field, text: None
    me: Callable[[], str | None] = lambda: None


def read_query(text: str, note_type: str, asking: Asking) -> Tree:
    """Read a query about one type of note.

    Args:
        text: as typed.
        note_type: of the notes that are asked for.
        asking: the field table, the moment, the vault's links.

    Returns:
        A tree of `Condition`.

    Raises:
        ArgumentError: it cannot be read; with the place, and what was likely meant.
    """
    text = _SURROGATES.sub("\ufffd", text)
    reader = _Reader(text, asking)
    tree = parse_query(text, lambda key, value: reader.knows(note_type, key, value))
    return replaced(tree, lambda leaf: reader.leaf(note_type, leaf))


def read_query_of_any(
    text: str, asking: Asking, types: tuple[str, ...] = _TYPES
) -> dict[str, Tree]:
    """Read a query about notes of several types.

    A key or value that one type of note knows and another does not simply is not met by
    the other.

    Returns:
        A tree of `Condition` by type of note.

    Raises:
        ArgumentError: it cannot be read, or no type of note knows a key or value of it.
    """
    text = _SURROGATES.sub("\ufffd", text)
    reader = _Reader(text, asking)
    tree = parse_query(text, lambda key, value: any(reader.knows(one, key, value) for one in types))
    return {one: replaced(tree, functools.partial(reader.of_any, types, one)) for one in types}


class _Reader:
    """Reads the leaves of one query."""

    def __init__(self, text: str, asking: Asking) -> None:
        self.text = text
        self.asking = asking
        self.schema = asking.schema

    def knows(self, note_type: str, key: str, value: str) -> bool:
        """Whether a key knows a value of several words."""
        field = find_query_field(self.schema, note_type, key)
        if field is None or field.kind is Kind.TEXT:
            return False
        vocabulary = self.schema.vocabulary(field)
        if vocabulary is not None:
            return all(vocabulary.find(part) for part in _alternatives(value))
        if field.kind is Kind.LINK:
            return isinstance(self.asking.find_linked(field, value, True), Linked)
        if field.kind not in ORDERED:
            return False
        test = Test(key, ":", value, (0, 0), (0, 0))
        try:
            self._ordered(field, test)
        except ArgumentError:
            return False
        return True

    def of_any(self, types: tuple[str, ...], note_type: str, leaf: Leaf) -> Tree:
        """A leaf for a type of note among others."""
        try:
            return self.leaf(note_type, leaf)
        except ArgumentError as error:
            last = error
        key = getattr(leaf, "key", "")
        if isinstance(leaf, Test) and not any(
            find_query_field(self.schema, one, key) for one in types
        ):
            raise self._unknown_key(types, leaf)
        for other in types:
            try:
                self.leaf(other, leaf)
            except ArgumentError as error:
                if find_query_field(self.schema, other, key):
                    last = error  # a value that cannot be read says more than an unknown key
            else:
                return Condition(key, "never")
        raise last

    def leaf(self, note_type: str, leaf: Leaf) -> Tree:
        """A leaf as a condition."""
        if isinstance(leaf, Condition):
            return leaf
        if isinstance(leaf, Word):
            return self._text(leaf.text, leaf.span)
        field = find_query_field(self.schema, note_type, leaf.key)
        if field is None:
            raise self._unknown_key((note_type,), leaf)
        found = self._tested(
            field, replace(leaf, operator="=" if leaf.operator == "!=" else leaf.operator)
        )
        return Not(found) if leaf.operator == "!=" else found

    def _text(self, text: str, span: tuple[int, int]) -> Tree:
        if not fold_text(text).strip():
            raise ArgumentError(N_("there is nothing to search for"), self.text, span)
        return Condition("", "text", text)

    def _tested(self, field: Field, test: Test) -> Tree:
        if not test.is_quoted and test.operator in (":", "="):
            how = self._presence(field, test.value)
            if how:
                return Condition(field.key, how)
        if field.kind in ORDERED:
            return self._ordered(field, test)
        if test.operator not in (":", "="):
            raise self._error(
                N_("{label} has no order: {sign} cannot be asked of it"),
                test.key_span,
                hint=N_("Write {key}:VALUE, or {key}=VALUE for exactly that."),
                label=field.label(self.asking.language),
                sign=test.operator,
                key=test.key,
            )
        if test.is_quoted or field.kind not in _PARTED:
            return self._one(field, test)
        parts = _alternatives(test.value)
        if len(parts) == 1:
            return self._one(field, test)
        return either([self._one(field, replace(test, value=part)) for part in parts])

    def _presence(self, field: Field, value: str) -> str | None:
        """`unset` or `set`, unless the word is a value of the field."""
        word = value.strip().lower()
        if word not in UNSET and word not in SET:
            return None
        vocabulary = self.schema.vocabulary(field)
        is_value = vocabulary is not None and vocabulary.find(word) is not None
        if is_value or (field.kind is Kind.BOOL and word in ("无", "有")):
            return None
        return "unset" if word in UNSET else "set"

    def _one(self, field: Field, test: Test) -> Tree:
        """A test of one value that is equal or not."""
        is_exact = test.operator == "="
        if field.key == "text":
            return self._text(test.value, test.value_span)
        if field.kind is Kind.LINK:
            return self._linked(field, test)
        if field.kind is Kind.PHONE:
            return self._phone(field, test)
        vocabulary = self.schema.vocabulary(field)
        if vocabulary is not None:
            found = vocabulary.find(test.value)
            if found is not None:
                return Condition(field.key, "is", found)
        if field.kind in (Kind.ENUM, Kind.BOOL):
            return Condition(field.key, "is", self._converted(field, test))
        if not fold_text(test.value).strip() and not test.is_quoted:
            raise self._error(N_("there is nothing to search for"), test.value_span)
        return Condition(field.key, "equals" if is_exact else "contains", test.value)

    def _phone(self, field: Field, test: Test) -> Condition:
        from brokernotes.model.phones import parse_phone

        try:
            phone = parse_phone(test.value)
        except FieldError as error:
            raise self._refused(field, test, error) from error
        if len(phone.number) < _FEWEST_DIGITS or "*" in phone.number:
            raise self._error(
                N_("{label} is asked for by at least {count} digits"),
                test.value_span,
                label=field.label(self.asking.language),
                count=_FEWEST_DIGITS,
            )
        return Condition(field.key, "phone" if test.operator == "=" else "digits", phone.number)

    def _linked(self, field: Field, test: Test) -> Condition:
        ref = test.value
        if not test.is_quoted and ref.lower() in ME and set(field.link) & {"agent"}:
            me = self.asking.me()
            if me is None:
                raise self._error(
                    N_("nobody knows who “{word}” is"),
                    test.value_span,
                    hint=N_("Say it with `--agent NAME`, or `git config brokernotes.agent NAME`."),
                    word=ref,
                )
            ref = me
        found = self.asking.find_linked(field, ref, test.operator == "=")
        if isinstance(found, Linked):
            return Condition(field.key, "links", found)
        if isinstance(found, str):
            return Condition(field.key, "equals" if test.operator == "=" else "names", found)
        likely = self.asking.likely_linked(field, ref)
        hint = N_("A name or a part of it, an id or a phone will do.")
        raise self._error(
            N_("no note is called “{value}” that {label} could mean"),
            test.value_span,
            hint=N_("Did you mean {likely}?") if likely else hint,
            value=test.value,
            label=field.label(self.asking.language),
            likely=likely,
        )

    # -- numbers and days

    def _ordered(self, field: Field, test: Test) -> Condition:
        """A test of what has an order: a number or a day, or a span of them."""
        value = test.value.strip()
        is_span = test.operator in (":", "=")
        ends = _ends(narrow(value)) if is_span else None
        if ends is None and field.kind in (Kind.NUMBER, Kind.INT):
            return self._number(field, test)
        is_day = field.kind in (Kind.DATE, Kind.DATETIME)
        if ends is None:
            return self._day(field, test)
        low, high = ends
        first = last = None
        at = test.value_span[0] + (test.value.find(value) if not test.is_quoted else 0)
        if low:
            part = replace(test, value=low, value_span=(at, at + len(low)))
            first = self._limits(field, part)[0] if is_day else self._amount(field, part)
        if high:
            start = at + value.rfind(high)
            part = replace(test, value=high, value_span=(start, start + len(high)))
            last = self._limits(field, part)[1] if is_day else self._amount(field, part)
        if first is None and last is None:
            raise self._error(N_("a span needs one of its ends"), test.value_span)
        if first is None or last is None:
            return Condition(
                field.key, "to" if first is None else "from", last if first is None else first
            )
        if is_day and "T" in str(first) and "T" not in str(last):
            last = f"{last}T23:59"
        if first > last:  # type: ignore[operator]
            raise self._error(N_("{low} is above {high}"), test.value_span, low=low, high=high)
        return Condition(field.key, "between", (first, last))

    def _number(self, field: Field, test: Test) -> Condition:
        if test.operator not in (":", "="):
            return Condition(field.key, _ORDERS[test.operator], self._amount(field, test))
        try:
            return Condition(field.key, "is", self._amount(field, test))
        except _Span as span:  # 300-400, 300至400
            return Condition(field.key, "between", span.ends)

    def _day(self, field: Field, test: Test) -> Condition:
        first, last = self._limits(field, test)
        match test.operator:
            case ">=":
                return Condition(field.key, "from", first)
            case "<":
                return Condition(field.key, "before", first)
            case ">":
                return Condition(field.key, "after", last)
            case "<=":
                return Condition(field.key, "to", last)
        return Condition(
            field.key,
            "is" if first == last else "between",
            first if first == last else (first, last),
        )

    def _limits(self, field: Field, test: Test) -> tuple[str, str]:
        """The first and the last day of a value, or its moment twice, in ISO form."""
        from brokernotes.model.periods import parse_period

        try:
            period = parse_period(test.value, self.asking.now)
        except FieldError as error:
            raise self._refused(field, test, error) from error
        if isinstance(period, datetime):
            if field.kind is Kind.DATE:
                return period.date().isoformat(), period.date().isoformat()
            moment = period.isoformat(timespec="minutes")
            return moment, moment
        return period.first.isoformat(), period.last.isoformat()

    def _amount(self, field: Field, test: Test) -> int | float:
        # A limit may lie below what is plausible for a value; far above it, units were mixed up.
        is_price = field.unit in ("万元", "元/月")
        wide = replace(field, low=None, high=field.high if is_price else None)
        try:
            found: int | float = self._convert(wide, test.value)  # type: ignore[assignment]
        except FieldError as error:
            if error.code == "range-in-value":
                raise _Span((error.params["low"], error.params["high"])) from error
            raise self._refused(field, test, error) from error
        return int(found) if isinstance(found, float) and found.is_integer() else found

    # -- words to values, and what cannot be read

    def _converted(self, field: Field, test: Test) -> object:
        try:
            found = self._convert(field, test.value)
        except FieldError as error:
            raise self._refused(field, test, error) from error
        return int(found) if isinstance(found, bool) else found

    def _convert(self, field: Field, value: str) -> object:
        from zoneinfo import ZoneInfo

        from brokernotes.notes.convert import converter

        # Values of a query carry no offset, so any zone will do.
        return converter(field, self.schema, ZoneInfo("UTC"), self.asking.language)(value)

    def _error(self, message: str, span: tuple[int, int], **params: object) -> ArgumentError:
        return ArgumentError(message, self.text, span, **params)  # type: ignore[arg-type]

    def _refused(self, field: Field, test: Test, error: FieldError) -> ArgumentError:
        from brokernotes.model.problems import PROBLEMS

        kind = PROBLEMS[error.code]
        params = {"value": test.value, **error.params, "key": test.key}
        if error.code == "implausible" and field.low is not None:
            params["low"] = field.low
        is_whole = test.is_quoted or (error.length is None and error.offset == 0)
        start = test.value_span[0] + (0 if test.is_quoted else error.offset)
        end = test.value_span[1] if is_whole or error.length is None else start + error.length
        likely = params.get("likely")
        hint = N_("Did you mean {likely}?") if likely else kind.hint
        if error.code == "bad-date":
            hint = N_("Write a day such as 2026-08-20, 今天 or -30d, or a month such as 2026-08.")
        return self._error(kind.message, (start, max(end, start + 1)), hint=hint, **params)

    def _unknown_key(self, types: tuple[str, ...], test: Test) -> ArgumentError:
        from brokernotes.notes.convert import likely_word

        rows = [row for one in types for row in query_fields(self.schema, one).values()]
        words = [word for row in rows for word in (row.key, row.zh, *row.also)]
        likely = likely_word(test.key, words)
        hint = (
            N_("Did you mean {likely}?")
            if likely
            else N_('Quote it to search for the text: "{typed}"')
        )
        return self._error(
            N_("{type} notes have no field {key}")
            if len(types) == 1
            else N_("no note has a field {key}"),
            test.key_span,
            hint=hint,
            type=types[0],
            key=test.key,
            likely=likely,
            typed=self.text[test.key_span[0] : test.value_span[1]],
        )


class _Span(Exception):
    """Two amounts stand where one was looked for."""

    def __init__(self, ends: tuple[object, object]) -> None:
        super().__init__()
        self.ends = ends


def _alternatives(value: str) -> list[str]:
    parts = value.replace("，", ",").replace("、", ",").replace("；", ",").split(",")
    return [part.strip() for part in parts if part.strip()] or [value]


def _ends(value: str) -> tuple[str, str] | None:
    """The two ends of a span, either may be empty; None: it is none."""
    for mark in ("..", "…", "～", "~", "至", "到"):
        low, found, high = value.partition(mark)
        if found:
            return low.strip(), high.strip(" .…")
    return None

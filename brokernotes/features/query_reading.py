"""A query against the field table: words and tests become conditions, in any language.

Every value is read as its field's kind says, with units and relative dates; what
cannot be read is an error at its place, with the likely key or value.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import datetime

from brokernotes.errors import ArgumentError
from brokernotes.features.query_refusals import refused, unknown_key
from brokernotes.features.query_values import ORDERED, Refusal, Unread, ValueReader
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, replace
from brokernotes.model.folding import fold_text
from brokernotes.model.query_keys import find_query_field
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

ME = frozenset(("me", "我", "本人"))
_PARTED = frozenset((Kind.ENUM, Kind.TERM, Kind.TEXT, Kind.LINK, Kind.PHONE))
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of characters, which nothing can store
_WRITTEN_PHONE = re.compile(r"[+(]?[0-9][0-9 ()-]{6,20}")
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
        self.values = ValueReader(asking.schema, asking.now, asking.language)

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
        if field.kind is Kind.PHONE:
            return _WRITTEN_PHONE.fullmatch(narrow(value)) is not None
        if field.kind not in ORDERED:
            return False
        test = Test(key, ":", value, (0, 0), (0, 0))
        try:
            self.values.ordered(field, test)
        except (Unread, Refusal):
            return False
        return True

    def of_any(self, types: tuple[str, ...], note_type: str, leaf: Leaf) -> Tree:
        """A leaf for a type of note among others."""
        found = self._found(note_type, leaf)
        if isinstance(found, Tree):
            return found
        errors = [found]
        for other in types:
            found = self._found(other, leaf)
            if isinstance(found, Tree):
                return Condition(getattr(leaf, "key", ""), "never")
            errors.append(found)
        # A value that cannot be read says more than that there is no such key.
        refusals = [error for error in errors if error is not None]
        if refusals:
            raise self._told(refusals[0])
        assert isinstance(leaf, Test)
        raise unknown_key(self.text, self.schema, types, leaf)

    def _found(self, note_type: str, leaf: Leaf) -> Tree | Refusal | Unread | None:
        """A leaf as a condition, or what is wrong with it; None: there is no such key."""
        if isinstance(leaf, Test) and not find_query_field(self.schema, note_type, leaf.key):
            return self._said(note_type, None, replace(leaf, operator=leaf.operator.strip("!")))
        try:
            return self._condition(note_type, leaf)
        except (Refusal, Unread) as error:
            return error

    def leaf(self, note_type: str, leaf: Leaf) -> Tree:
        """A leaf as a condition."""
        try:
            return self._condition(note_type, leaf)
        except (Refusal, Unread) as error:
            raise self._told(error) from error

    def _told(self, error: Refusal | Unread) -> ArgumentError:
        if isinstance(error, Refusal):
            return refused(self.text, error)
        return ArgumentError(str(error), self.text, error.span, hint=error.hint, **error.params)

    def _condition(self, note_type: str, leaf: Leaf) -> Tree:
        if isinstance(leaf, Condition):
            return leaf
        if isinstance(leaf, Word):
            return self._text(leaf.text, leaf.span)
        operator = "=" if leaf.operator == "!=" else leaf.operator
        found = self._meant(note_type, replace(leaf, operator=operator))
        return Not(found) if leaf.operator == "!=" else found

    def _meant(self, note_type: str, test: Test) -> Tree:
        field = find_query_field(self.schema, note_type, test.key)
        if field is None or field.key == "layout":
            found = self._said(note_type, field, test)
            if found is not None:
                return found
        if field is None:
            raise unknown_key(self.text, self.schema, (note_type,), test)
        try:
            return self._tested(field, test)
        except Refusal:
            found = self._said(note_type, field, test)
            if found is None:
                raise
            return found

    def _said(self, note_type: str, field: Field | None, test: Test) -> Tree | None:
        """A test whose values say several fields; None: they do not."""
        if test.is_quoted or test.operator not in (":", "="):
            return None
        from brokernotes.features.query_splits import said_in_fields

        parts = []
        for value in _alternatives(test.value):
            one = replace(test, value=value)
            try:
                said = said_in_fields(self.schema, note_type, field, one, self.values.ordered)
            except (Refusal, Unread):
                return None
            if said is None:
                return None
            parts.append(said)
        return either(parts)

    def _text(self, text: str, span: tuple[int, int]) -> Tree:
        if not fold_text(text).strip():
            raise Unread(N_("there is nothing to search for"), span)
        return Condition("", "text", text)

    def _tested(self, field: Field, test: Test) -> Tree:
        if not test.is_quoted and test.operator in (":", "="):
            how = self.values.presence(field, test.value)
            if how:
                return Condition(field.key, how)
        if field.kind in ORDERED:
            return self.values.ordered(field, test)
        if test.operator not in (":", "="):
            raise Unread(
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

    def _one(self, field: Field, test: Test) -> Tree:
        """A test of one value that is equal or not."""
        is_exact = test.operator == "="
        if field.key == "text":
            return self._text(test.value, test.value_span)
        if field.kind is Kind.LINK:
            return self._linked(field, test)
        if field.kind is Kind.PHONE:
            return self.values.phone(field, test)
        vocabulary = self.schema.vocabulary(field)
        if vocabulary is not None:
            found = vocabulary.find(test.value)
            if found is not None:
                return Condition(field.key, "is", found)
        if field.kind in (Kind.ENUM, Kind.BOOL):
            return Condition(field.key, "is", self.values.converted(field, test))
        if not fold_text(test.value).strip() and not test.is_quoted:
            raise Unread(N_("there is nothing to search for"), test.value_span)
        return Condition(field.key, "equals" if is_exact else "contains", test.value)

    def _linked(self, field: Field, test: Test) -> Condition:
        ref = test.value
        if not test.is_quoted and ref.lower() in ME and set(field.link) & {"agent"}:
            me = self.asking.me()
            if me is None:
                raise Unread(
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
        raise Unread(
            N_("no note is called “{value}” that {label} could mean"),
            test.value_span,
            hint=N_("Did you mean {likely}?") if likely else hint,
            value=test.value,
            label=field.label(self.asking.language),
            likely=likely,
        )


def _alternatives(value: str) -> list[str]:
    parts = value.replace("，", ",").replace("、", ",").replace("；", ",").split(",")
    return [part.strip() for part in parts if part.strip()] or [value]

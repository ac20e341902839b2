"""A query as a value: what was typed, and what it was read as.

The parser makes a tree of words and tests with their places in the text
(`model.query_parsing`); reading it against the field table makes the same tree of
conditions (`features.query_reading`), which storage turns into SQL. Nothing here
knows text, files or languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from brokernotes.light_dataclasses import dataclass

Span = tuple[int, int]  # code points in the query: start, one past the end


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word or a quoted phrase: searched in the text of the note.

    Attributes:
        text: without its quotes.
        span: of the whole, quotes included.
    """

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Test:
    """`KEY OPERATOR VALUE` as typed.

    Attributes:
        key: as typed.
        operator: `:`, `=`, `!=`, `<`, `<=`, `>` or `>=`.
        value: as typed, without quotes.
        key_span: of the key.
        value_span: of the value, quotes included.
        is_quoted: then it is a text as it stands: no `none`, no list of alternatives.
    """

    __test__ = False  # pytest would take it for one of its own

    key: str
    operator: str
    value: str
    key_span: Span
    value_span: Span
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """What a field that links to notes is compared with.

    Attributes:
        ref: what finds the notes again: the id of the only one, else the text that was typed.
        titles: of the notes.
        targets: every spelling of a link in the vault that leads to one of them.
    """

    ref: str
    titles: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, read: a key of the field table and how its value is compared.

    Attributes:
        key: of the field; "" for the text of the note.
        how: `text` (a word in the note), `contains` and `equals` (texts, case and width aside),
            `is` (an id, a number, a day; a member of a list), `from`, `after`, `to`, `before`,
            `between` (a pair, both included), `links` (a `Linked`), `names` (part of what a link
            to no note says), `digits` and `phone` (part of a number, the whole), `unset`, `set`,
            `never` (notes of this type have no such field).
        value: what it is compared with; days in ISO form.
    """

    key: str
    how: str
    value: object = None


@dataclass(frozen=True, slots=True)
class Not:
    """What does not meet its part."""

    part: Tree


@dataclass(frozen=True, slots=True)
class And:
    """What meets every part; no part: everything."""

    parts: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What meets one of its parts; no part: nothing."""

    parts: tuple[Tree, ...]


Leaf = Word | Test | Condition
Tree = And | Or | Not | Leaf
EVERYTHING = And()
NOTHING = Or(())


def both(parts: Iterable[Tree]) -> Tree:
    """All of the parts, those that are such a list themselves taken apart."""
    flat = _flat(parts, And)
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: Iterable[Tree]) -> Tree:
    """One of the parts, those that are such a choice themselves taken apart."""
    flat = _flat(parts, Or)
    return flat[0] if len(flat) == 1 else Or(flat)


def negated(part: Tree) -> Tree:
    """What does not meet a part; twice is not at all."""
    return part.part if isinstance(part, Not) else Not(part)


def replaced(tree: Tree, change: Callable[[Leaf], Tree]) -> Tree:
    """The tree with each leaf changed, in its simplest form."""
    if isinstance(tree, And):
        return both([replaced(part, change) for part in tree.parts])
    if isinstance(tree, Or):
        return either([replaced(part, change) for part in tree.parts])
    if isinstance(tree, Not):
        return negated(replaced(tree.part, change))
    return change(tree)


def simplified(tree: Tree) -> Tree:
    """The tree without what no note of its type can meet; `NOTHING` if that is all of it."""
    if isinstance(tree, And):
        parts = [simplified(part) for part in tree.parts]
        return NOTHING if NOTHING in parts else both(part for part in parts if part != EVERYTHING)
    if isinstance(tree, Or):
        parts = [simplified(part) for part in tree.parts]
        return (
            EVERYTHING if EVERYTHING in parts else either(part for part in parts if part != NOTHING)
        )
    if isinstance(tree, Not):
        part = simplified(tree.part)
        if part in (NOTHING, EVERYTHING):
            return EVERYTHING if part == NOTHING else NOTHING
        return negated(part)
    return NOTHING if isinstance(tree, Condition) and tree.how == "never" else tree


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Every leaf, from left to right."""
    if isinstance(tree, And | Or):
        for part in tree.parts:
            yield from leaves(part)
    elif isinstance(tree, Not):
        yield from leaves(tree.part)
    else:
        yield tree


def _flat(parts: Iterable[Tree], kind: type[And] | type[Or]) -> tuple[Tree, ...]:
    flat: list[Tree] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) and part != EVERYTHING else (part,))
    return tuple(dict.fromkeys(flat))

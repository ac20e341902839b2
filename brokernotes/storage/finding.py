"""Which notes have words in them: one look through what the index holds of each."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import BODY_MARK
from brokernotes.storage.resolver import BY_ALIAS

_MARK = BODY_MARK.encode()
_MOST_MAPPED = 1 << 31  # bytes of the index


class TextRow(NamedTuple):
    """A note with all that it says.

    Attributes:
        n: its number in the index.
        text: folded (`model.folding`), UTF-8.
        named: how many of the words stand in its names or fields, or count as if they did.
    """

    n: int
    text: bytes
    named: int


class Names(NamedTuple):
    """What a note is called.

    Attributes:
        title: of the note.
        id: None: not minted yet.
        aliases: its other names, folded.
        phones: digits of the phones that identify its person.
    """

    title: str
    id: str | None
    aliases: frozenset[str]
    phones: frozenset[str]


NAMELESS = Names("", None, frozenset(), frozenset())


def notes_with(
    db: sqlite3.Connection,
    words: Sequence[str],
    without: Sequence[str],
    also: Callable[[str], Collection[int]],
    types: Sequence[str] = (),
) -> list[TextRow]:
    """The notes that have every word and none of others, by title as lists are sorted, and path.

    Args:
        db: the index.
        words: folded.
        without: folded.
        also: numbers of notes that count as having a word although it is not in their text.
        types: of notes; empty: any.
    """
    found = _texts_with(db, [(word.encode(), also(word)) for word in words], without)
    sql = """
        SELECT n FROM note WHERE n IN (SELECT value FROM json_each(:them))
           AND (:types = '[]' OR type IN (SELECT value FROM json_each(:types)))
         ORDER BY sound, path"""
    asked = {"them": json.dumps(list(found)), "types": json.dumps(list(types))}
    return [found[n] for (n,) in db.execute(sql, asked)]


def _texts_with(
    db: sqlite3.Connection, words: Sequence[tuple[bytes, Collection[int]]], without: Sequence[str]
) -> dict[int, TextRow]:
    unwanted = [word.encode() for word in without]
    (first, first_others), *rest = words
    phrases = {word: _over_lines(word) for word, _ in words if b" " in word}

    def has(word: bytes, text: bytes) -> bool:
        return word in text or (word in phrases and phrases[word](text) is not None)

    def named(n: int, text: bytes) -> int:
        head = text.find(_MARK)
        return sum(text.find(word, 0, head) >= 0 or n in others for word, others in words)

    # As bytes: Python looks for some in some in a third of the time of SQLite's instr().
    with _mapped(db):
        return {
            n: TextRow(n, text, named(n, text))
            for n, text in db.execute("SELECT n, CAST(body AS BLOB) FROM text")
            if (first in text or n in first_others or (phrases and has(first, text)))
            and (not rest or all(has(word, text) or n in others for word, others in rest))
            and not (unwanted and any(word in text for word in unwanted))
        }


def _over_lines(phrase: bytes) -> Callable[[bytes], re.Match[bytes] | None]:
    """Finds a phrase that a line's end parts where it has a space."""
    return re.compile(rb"\s+".join(map(re.escape, phrase.split()))).search


@contextmanager
def _mapped(db: sqlite3.Connection) -> Iterator[None]:
    """Read the index as memory meanwhile, which spares a copy of every page.

    While a statement reads, SQLite lets nobody make the file shorter.
    """
    if os.name == "posix":
        db.execute(f"PRAGMA mmap_size = {_MOST_MAPPED}")
    try:
        yield
    finally:
        db.execute("PRAGMA mmap_size = 0")


def names_of(db: sqlite3.Connection, numbers: Iterable[int]) -> Mapping[int, Names]:
    """What notes are called, by their numbers."""
    wanted = json.dumps(list(numbers))
    aliases = _by_number(db, f"SELECT n, fold FROM name WHERE rank = {BY_ALIAS} AND", wanted)  # noqa: S608
    phones = _by_number(db, "SELECT n, digits FROM phone WHERE", wanted)
    none: frozenset[str] = frozenset()
    rows = db.execute(
        "SELECT n, title, id FROM note WHERE n IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return {
        n: Names(title, id_, aliases.get(n, none), phones.get(n, none)) for n, title, id_ in rows
    }


def titles(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """Numbers and titles of all notes."""
    return db.execute("SELECT n, title FROM note").fetchall()


def numbers_by_phone(db: sqlite3.Connection, digits: str) -> set[int]:
    """Numbers of the notes whose person has a phone."""
    return {n for (n,) in db.execute("SELECT n FROM phone WHERE digits = ?", (digits,))}


def _by_number(db: sqlite3.Connection, sql: str, wanted: str) -> dict[int, frozenset[str]]:
    """What rows say of some notes, whose numbers are given as JSON."""
    found: dict[int, set[str]] = {}
    for n, text in db.execute(f"{sql} n IN (SELECT value FROM json_each(?))", (wanted,)):  # noqa: S608
        found.setdefault(n, set()).add(text)
    return {n: frozenset(texts) for n, texts in found.items()}

"""Which notes have words in them: one look through what the index holds of each."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.texts import Pack, mapped, packs, texts_of, whole_packs


class TextRow(NamedTuple):
    """A note with all that it says, folded (`model.folding`), UTF-8.

    Attributes:
        n: its number in the index.
        head: its names and values, as `rows.text_parts`.
        body: what stands below them.
        is_named: whether every word is in its head, or counts as being there.
    """

    n: int
    head: bytes
    body: bytes
    is_named: bool


class Asked(NamedTuple):
    """What is looked for.

    Attributes:
        words: all of them must be in the note, folded.
        without: none of them may, folded.
        also: numbers of notes that count as having a word although it is not in their text.
        types: of notes; empty: any.
    """

    words: Sequence[str]
    without: Sequence[str]
    also: Callable[[str], Collection[int]]
    types: Sequence[str] = ()


def notes_with(db: sqlite3.Connection, asked: Asked, enough: int | None = None) -> list[TextRow]:
    """The notes that have every word and none of others, in no order.

    Args:
        db: the index.
        asked: what is looked for.
        enough: where so many are named so, these will do; None: all are wanted.
    """
    looking = _Looking(db, asked)
    with mapped(db):
        if enough is not None:
            found = looking.by_heads()
            if len(found) >= enough:
                return found
        return looking.by_all()


class _Looking:
    """One look through the texts."""

    def __init__(self, db: sqlite3.Connection, asked: Asked) -> None:
        self._db = db
        words = sorted(asked.words, key=len, reverse=True)  # the longest is in the fewest notes
        self._words = [(_Word(word), frozenset(asked.also(word))) for word in words]
        self._unwanted = [_Word(word) for word in asked.without]
        self._types = frozenset(_numbers_of_types(db, asked.types)) if asked.types else None

    def by_heads(self) -> list[TextRow]:
        """The notes that have every word in their head, or count as having it."""
        heads = {
            pack.numbers[place]: pack.text(place)
            for _, pack in packs(self._db, "head")
            for place in self._having((pack,))
        }
        bodies = texts_of(self._db, "body", heads) if heads else {}
        return self._wanted(
            [TextRow(n, head, bodies.get(n, b""), True) for n, head in heads.items()]
        )

    def by_all(self) -> list[TextRow]:
        """The notes that have every word anywhere, or count as having it."""
        found: list[TextRow] = []
        for heads, bodies in whole_packs(self._db):
            named = self._having((heads,))
            found += [
                TextRow(heads.numbers[place], heads.text(place), bodies.text(place), place in named)
                for place in self._having((heads, bodies))
            ]
        return self._wanted(found)

    def _having(self, parts: tuple[Pack, ...]) -> set[int]:
        """The places of the notes that have every word in one of some parts."""
        (first, others), *rest = self._words
        numbers = parts[0].numbers
        places = {place for part in parts for place in first.places(part)}
        if others:
            places.update(place for place, n in enumerate(numbers) if n in others)
        for word, also in rest:
            places = {
                place
                for place in places
                if numbers[place] in also or any(word.is_in(part.text(place)) for part in parts)
            }
        return places

    def _wanted(self, rows: list[TextRow]) -> list[TextRow]:
        """Those that are of the types and have none of the unwanted words."""
        if self._types is not None:
            rows = [row for row in rows if row.n in self._types]
        for word in self._unwanted:
            rows = [row for row in rows if not (word.is_in(row.head) or word.is_in(row.body))]
        return rows


class _Word:
    """A word, or a phrase, which a line's end may part where it has a space."""

    def __init__(self, word: str) -> None:
        self._bytes = word.encode("utf-8", "replace")
        parts = self._bytes.split()
        self._phrase = re.compile(rb"\s+".join(map(re.escape, parts))) if len(parts) > 1 else None
        self._longest = max(parts, key=len)

    def places(self, pack: Pack) -> Iterator[int]:
        """The places of the notes that have it."""
        if self._phrase is None:
            return pack.having(self._bytes)
        return (place for place in pack.having(self._longest) if self.is_in(pack.text(place)))

    def is_in(self, text: bytes) -> bool:
        """Whether a text has it."""
        if self._phrase is None:
            return self._bytes in text
        return self._phrase.search(text) is not None


def _numbers_of_types(db: sqlite3.Connection, types: Sequence[str]) -> Iterator[int]:
    sql = "SELECT n FROM note WHERE type IN (SELECT value FROM json_each(?))"
    return (n for (n,) in db.execute(sql, (json.dumps(list(types)),)))


def by_title(db: sqlite3.Connection, numbers: Iterable[int]) -> list[int]:
    """Notes by title as lists are sorted, and path."""
    sql = "SELECT n FROM note WHERE n IN (SELECT value FROM json_each(?)) ORDER BY sound, path"
    return [n for (n,) in db.execute(sql, (json.dumps(list(numbers)),))]


def phones_of(db: sqlite3.Connection, numbers: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """Digits of the phones that identify the persons of notes."""
    found: dict[int, set[str]] = {}
    sql = "SELECT n, digits FROM phone WHERE n IN (SELECT value FROM json_each(?))"
    for n, digits in db.execute(sql, (json.dumps(list(numbers)),)):
        found.setdefault(n, set()).add(digits)
    return {n: frozenset(all_of) for n, all_of in found.items()}


def titles(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """Numbers and titles of all notes."""
    return db.execute("SELECT n, title FROM note").fetchall()


def numbers_by_phone(db: sqlite3.Connection, digits: str) -> set[int]:
    """Numbers of the notes whose person has a phone."""
    return {n for (n,) in db.execute("SELECT n FROM phone WHERE digits = ?", (digits,))}

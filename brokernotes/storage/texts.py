"""What notes say in words, some dozens of notes in one row: a look through all is soon done.

Names and values, which are the head of a note, and its body stand in two tables, because most
of what is looked for is a name or a value, and the bodies are nine tenths of the text. A row
holds the texts of some notes one behind the other, with their numbers and where each ends. A
note that changes has its row written anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.index import DamagedIndexError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from brokernotes.storage.rows import Row, Write

PACK = 32  # notes in a row: fewer make a look longer, more make a changed note dearer
PARTS = ("head", "body")
_KEPT = 16 * PACK  # notes whose texts wait in memory to be written
_MOST_MAPPED = 1 << 31  # bytes of the index

Parts = tuple[bytes, ...]  # of one note, as `PARTS`


class Pack(NamedTuple):
    """One part of some notes.

    Attributes:
        numbers: of the notes.
        ends: where each one's text ends.
        data: the texts, folded (`model.folding`), UTF-8.
    """

    numbers: list[int]
    ends: list[int]
    data: bytes

    def text(self, place: int) -> bytes:
        """What the note at a place says."""
        return self.data[self.ends[place - 1] if place else 0 : self.ends[place]]

    def having(self, word: bytes) -> Iterator[int]:
        """The places of the notes that have a word."""
        data, ends = self.data, self.ends
        at = data.find(word)
        while at >= 0:
            place = bisect_right(ends, at)
            end = ends[place]
            if at + len(word) <= end:  # else it begins in one note and ends in the next
                yield place
            at = data.find(word, end)


def packs(
    db: sqlite3.Connection, part: str, numbers: Collection[int] | None = None
) -> Iterator[tuple[int, Pack]]:
    """One part of all notes, with the number of each row.

    Args:
        db: the index.
        part: one of `PARTS`.
        numbers: only the rows in which these notes are.

    Raises:
        DamagedIndexError: the lists of a row do not fit each other.
    """
    sql = f"SELECT pack, notes, ends, data FROM {part}"  # noqa: S608
    asked: tuple[str, ...] = ()
    if numbers is not None:
        sql += """ WHERE pack IN (SELECT packed.pack FROM json_each(?) AS one
                                    JOIN packed ON packed.n = one.value)"""
        asked = (json.dumps(list(numbers)),)
    for pack, notes, ends, data in db.execute(f"{sql} ORDER BY pack", asked):
        yield pack, _unpacked(notes, ends, data)


def _unpacked(notes: bytes, ends: bytes, data: bytes) -> Pack:
    try:
        found = Pack(
            memoryview(notes).cast("I").tolist(), memoryview(ends).cast("I").tolist(), data
        )
    except TypeError as error:
        raise DamagedIndexError("the texts of notes are damaged") from error
    if len(found.numbers) != len(found.ends) or (found.ends or [0])[-1] != len(data):
        raise DamagedIndexError("the texts of notes are damaged")
    return found


def whole_packs(db: sqlite3.Connection) -> Iterator[tuple[Pack, ...]]:
    """All parts of all notes, row by row.

    Raises:
        DamagedIndexError: as `packs`.
    """
    sql = """
        SELECT head.notes, head.ends, head.data, body.notes, body.ends, body.data
          FROM head JOIN body USING(pack) ORDER BY pack"""
    for row in db.execute(sql):
        yield _together(_unpacked(*row[:3]), _unpacked(*row[3:]))


def _together(*parts: Pack) -> tuple[Pack, ...]:
    if len(parts) != len(PARTS) or any(part.numbers != parts[0].numbers for part in parts):
        raise DamagedIndexError("the texts of notes are damaged")
    return parts


def texts_of(db: sqlite3.Connection, part: str, numbers: Collection[int]) -> dict[int, bytes]:
    """One part of some notes."""
    wanted = frozenset(numbers)
    return {
        n: pack.text(place)
        for _, pack in packs(db, part, wanted)
        for place, n in enumerate(pack.numbers)
        if n in wanted
    }


def notes_saying(db: sqlite3.Connection, words: Iterable[str]) -> set[int]:
    """The numbers of the notes that have one of some words.

    Args:
        db: the index.
        words: folded.
    """
    sought = [word.encode("utf-8", "replace") for word in words if word]
    with mapped(db):
        return {
            pack.numbers[place]
            for part in PARTS
            for _, pack in packs(db, part)
            for word in sought
            for place in pack.having(word)
        }


@contextmanager
def mapped(db: sqlite3.Connection) -> Iterator[None]:
    """Read the index as memory meanwhile, which spares a copy of every page.

    While a statement reads, SQLite lets nobody make the file shorter.
    """
    if os.name == "posix":
        db.execute(f"PRAGMA mmap_size = {_MOST_MAPPED}")
    try:
        yield
    finally:
        db.execute("PRAGMA mmap_size = 0")


# -- writing


class NewTexts:
    """The texts of a new index.

    Args:
        write: puts rows into a table.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._kept: list[tuple[int, Parts]] = []

    def put(self, n: int, parts: Iterable[str]) -> None:
        """What a note says, as `PARTS`, folded."""
        self._kept.append((n, _encoded(parts)))
        if len(self._kept) == _KEPT:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for start in range(0, len(self._kept), PACK):
            notes = self._kept[start : start + PACK]
            pack = notes[0][0]
            for part, row in _rows(pack, notes):
                self._write(part, [row])
            self._write("packed", [(n, pack) for n, _ in notes])
        self._kept.clear()


class ChangedTexts:
    """The texts of some notes of an index that are to be others.

    Args:
        db: the index.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._kept: dict[int, Parts | None] = {}

    def put(self, n: int, parts: Iterable[str]) -> None:
        """What a note says, as `PARTS`, folded."""
        self._keep(n, _encoded(parts))

    def remove(self, n: int) -> None:
        """Forget a note; one that has no text is none."""
        self._keep(n, None)

    def _keep(self, n: int, parts: Parts | None) -> None:
        self._kept[n] = parts
        if len(self._kept) == _KEPT:
            self.flush()

    def flush(self) -> None:
        """Write what waits: rows in which notes changed anew, and new notes behind the last one."""
        kept, self._kept = self._kept, {}
        if not kept:
            return
        changed = json.dumps(list(kept))
        sql = "SELECT n, pack FROM packed WHERE n IN (SELECT value FROM json_each(?))"
        known = dict(self._db.execute(sql, (changed,)))
        self._db.execute(
            "DELETE FROM packed WHERE n IN (SELECT value FROM json_each(?))", (changed,)
        )
        new = [(n, parts) for n, parts in kept.items() if parts is not None and n not in known]
        (last,) = self._db.execute("SELECT coalesce(max(pack), 0) FROM head").fetchone()
        for pack in {*known.values(), *([last] if new and last else ())}:
            notes = [(n, kept.get(n, parts)) for n, parts in self._notes_of(pack)]
            left = [(n, parts) for n, parts in notes if parts is not None]
            if pack == last:
                room = max(PACK - len(left), 0)
                left, new = left + new[:room], new[room:]
            self._replace(pack, left, kept)
        for start in range(0, len(new), PACK):
            last = max(last + 1, new[start][0])
            self._replace(last, new[start : start + PACK], kept)

    def _notes_of(self, pack: int) -> list[tuple[int, Parts]]:
        found: list[Pack] = []
        for part in PARTS:
            sql = f"SELECT notes, ends, data FROM {part} WHERE pack = ?"  # noqa: S608
            found += [_unpacked(*row) for row in self._db.execute(sql, (pack,))]
        parts = _together(*found)
        return [
            (n, tuple(part.text(place) for part in parts))
            for place, n in enumerate(parts[0].numbers)
        ]

    def _replace(
        self, pack: int, notes: Sequence[tuple[int, Parts]], changed: Collection[int]
    ) -> None:
        for part in PARTS:
            self._db.execute(f"DELETE FROM {part} WHERE pack = ?", (pack,))  # noqa: S608
        for part, row in _rows(pack, notes):
            self._db.execute(f"INSERT INTO {part} VALUES(?, ?, ?, ?)", row)
        self._db.executemany(
            "INSERT INTO packed VALUES(?, ?)", [(n, pack) for n, _ in notes if n in changed]
        )


def _encoded(parts: Iterable[str]) -> Parts:
    return tuple(text.encode("utf-8", "replace") for text in parts)


def _rows(pack: int, notes: Sequence[tuple[int, Parts]]) -> Iterator[tuple[str, Row]]:
    """The rows of a pack by the part; of nothing there are none."""
    if not notes:
        return
    numbers = _list(n for n, _ in notes)
    for place, part in enumerate(PARTS):
        texts = [parts[place] for _, parts in notes]
        yield part, (pack, numbers, _list(accumulate(map(len, texts))), b"".join(texts))


def _list(numbers: Iterable[int]) -> bytes:
    return b"".join([number.to_bytes(4, sys.byteorder) for number in numbers])

"""Which notes have words in them: one look through what the index holds of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from brokernotes.storage.queries import NOTE_COLUMNS, NoteRow, note_row
from brokernotes.storage.resolver import BY_ALIAS


class TextRow(NamedTuple):
    """A note with all that it says.

    Attributes:
        note: the note.
        text: folded (`model.folding`).
        aliases: its other names, folded.
        phones: digits of the phones that identify its person.
    """

    note: NoteRow
    text: str
    aliases: frozenset[str]
    phones: frozenset[str]


def notes_with(
    db: sqlite3.Connection,
    words: Sequence[str],
    without: Sequence[str],
    also: Callable[[str], Collection[int]],
    types: Sequence[str] = (),
) -> list[TextRow]:
    """The notes that have every word and none of others, by path.

    Args:
        db: the index.
        words: folded.
        without: folded.
        also: numbers of notes that count as having a word although it is not in their text.
        types: of notes; empty: any.
    """
    texts = _texts_with(db, [(word.encode(), also(word)) for word in words], without)
    wanted = json.dumps(sorted(texts))
    sql = f"""
        SELECT {NOTE_COLUMNS} FROM note
         WHERE n IN (SELECT value FROM json_each(:them))
           AND (:types = '[]' OR type IN (SELECT value FROM json_each(:types)))
         ORDER BY path"""  # noqa: S608
    rows = db.execute(sql, {"them": wanted, "types": json.dumps(list(types))}).fetchall()
    aliases = _by_number(db, f"SELECT n, fold FROM name WHERE rank = {BY_ALIAS} AND", wanted)  # noqa: S608
    phones = _by_number(db, "SELECT n, digits FROM phone WHERE", wanted)
    none: frozenset[str] = frozenset()
    return [
        TextRow(note_row(row), texts[row[0]], aliases.get(row[0], none), phones.get(row[0], none))
        for row in rows
    ]


def _texts_with(
    db: sqlite3.Connection, words: Sequence[tuple[bytes, Collection[int]]], without: Sequence[str]
) -> dict[int, str]:
    unwanted = [word.encode() for word in without]
    # As bytes: Python looks for some in some in a third of the time of SQLite's instr(), and
    # only what is found is decoded.
    return {
        n: text.decode()
        for n, text in db.execute("SELECT n, CAST(body AS BLOB) FROM text")
        if all(word in text or n in others for word, others in words)
        and not any(word in text for word in unwanted)
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

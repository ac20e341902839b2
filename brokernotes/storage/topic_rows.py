"""Threads and moves as rows of the index, and what is asked of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.topics import Move, Thread, Topic
from brokernotes.notes.log_sections import find_heading
from brokernotes.storage.queries import NOTE_COLUMNS, NoteRow, note_row
from brokernotes.storage.rows import Row, to_json
from brokernotes.storage.tables import column_value, columns
from brokernotes.storage.texts import PARTS, texts_of

if TYPE_CHECKING:
    from brokernotes.model.schema import Schema

_NOTHING = Move("", "")
_LINK = lazy_pattern(r"\[\[[^\]\n]*\]\]")


class Moved(NamedTuple):
    """A home and what became of it, with what quickly tells whom it cannot concern.

    Attributes:
        row: the listing.
        move: what became of it.
        status: of it now; likewise `price` (万元), `rent` (元/月) and `bedrooms`.
        district: as its own note says.
        community: as typed.
    """

    row: NoteRow
    move: Move
    status: str | None
    price: float | None
    rent: float | None
    bedrooms: int | None
    district: str | None
    community: str | None


def thread_row(n: int, thread: Thread) -> Row:
    """Where a conversation stands; what is not set is left out."""
    data: dict[str, Any] = {}
    if thread.told:
        data["told"] = dict(thread.told)
    if thread.words:
        data["words"] = thread.words
    if thread.topics:
        data["topics"] = [tuple(topic) for topic in thread.topics]
    if thread.awaits:
        data["awaits"] = True
    return n, thread.since, to_json(data) if data else None


def threads(db: sqlite3.Connection, paths: Iterable[str]) -> list[tuple[NoteRow, Thread]]:
    """The notes at some paths with whose person a conversation goes on, by path."""
    sql = f"""
        SELECT {NOTE_COLUMNS}, since, data FROM thread JOIN note USING(n)
         WHERE path IN (SELECT value FROM json_each(?)) ORDER BY path"""  # noqa: S608
    found = db.execute(sql, (json.dumps(sorted(paths)),))
    return [(note_row(row), _thread(row[6], row[7])) for row in found]


def moves(db: sqlite3.Connection, since: str) -> list[Moved]:
    """What became of homes from a day on, the oldest first.

    Args:
        db: the index.
        since: the day, in ISO form.
    """
    sql = f"""
        SELECT {NOTE_COLUMNS}, at, kind, old, new, side, entry,
               status, price, rent, bedrooms, district, community
          FROM move JOIN note USING(n) JOIN listing USING(n)
         WHERE at >= ? ORDER BY at, path"""  # noqa: S608
    return [
        Moved(note_row(row), Move(*row[6:12]), *row[12:])
        for row in db.execute(sql, (since[:10],)).fetchall()
    ]


def on_offer(db: sqlite3.Connection) -> list[Moved]:
    """Every home that is on the market, the newest note first."""
    sql = f"""
        SELECT {NOTE_COLUMNS}, status, price, rent, bedrooms, district, community
          FROM listing JOIN note USING(n)
         WHERE status IN ('for_sale', 'for_lease', 'sale_or_lease')
         ORDER BY ifnull(created, listed) DESC, path"""  # noqa: S608
    return [Moved(note_row(row), _NOTHING, *row[6:]) for row in db.execute(sql)]


def some_values(
    db: sqlite3.Connection, schema: Schema, numbers: Iterable[int], keys: Collection[str]
) -> dict[int, dict[str, Any]]:
    """Some values of listings, as JSON speaks of them, by the numbers of their notes."""
    fields = [field for field in columns(schema, "listing") if field.key in keys]
    listed = ", ".join(f'"{field.key}"' for field in fields)
    sql = f"SELECT n, {listed} FROM listing WHERE n IN (SELECT value FROM json_each(?))"  # noqa: S608
    found: dict[int, dict[str, Any]] = {}
    for n, *values in db.execute(sql, (json.dumps(sorted(numbers)),)):
        found[n] = {
            field.key: column_value(field, value)
            for field, value in zip(fields, values, strict=True)
            if value is not None
        }
    return found


def linked(db: sqlite3.Connection, n: int) -> list[str]:
    """Everything a note links to, as typed."""
    return [target for (target,) in db.execute("SELECT target FROM link WHERE n = ?", (n,))]


def words_of(db: sqlite3.Connection, n: int) -> str:
    """All that a note says, folded."""
    return b"\n".join(texts_of(db, part, (n,)).get(n, b"") for part in PARTS).decode()


def log_words(body: str) -> str:
    """What the log of a note says in words, its links aside.

    Args:
        body: as `words_of` has it.
    """
    lines = body.splitlines()
    for number, line in enumerate(lines):
        if line and (found := find_heading("", line, "")) and found.is_log:
            return _LINK.sub("", "\n".join(lines[number + 1 :]))
    return ""


def ahead_of(
    db: sqlite3.Connection, paths: Iterable[str], today: str
) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """What stands about notes, the cadence aside, by path: day, reason and its places, by day.

    Args:
        db: the index.
        paths: of the notes.
        today: the ISO day after which it is.
    """
    sql = """
        SELECT path, due, json_extract(data, '$.reason'), json_extract(data, '$.params')
          FROM occurrence JOIN note USING(n)
         WHERE path IN (SELECT value FROM json_each(?)) AND due > ? AND NOT computed
           AND NOT cancelled ORDER BY path, due, key"""
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, due, reason, params in db.execute(sql, (json.dumps(sorted(paths)), today)):
        told = (due, reason or "", json.loads(params) if params else {})
        found.setdefault(path, []).append(told)
    return found


def _thread(since: str, data: str | None) -> Thread:
    said: dict[str, Any] = json.loads(data) if data else {}
    topics = tuple(Topic(*one) for one in said.get("topics", ()))
    told, words = said.get("told", {}), said.get("words", "")
    return Thread(since, told, words, topics, bool(said.get("awaits")))

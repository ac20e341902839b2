"""Whether two indexes say the same, whatever numbers their notes bear."""

from __future__ import annotations

import sqlite3
from collections import Counter

from brokernotes.storage.tables import OF_NOTE
from brokernotes.storage.texts import PARTS, packs

_SHOWN = 200  # characters of a row that differs


def differences(kept: sqlite3.Connection, anew: sqlite3.Connection) -> list[str]:
    """The rows that only one of two indexes has, as text: `-` only kept, `+` only anew."""
    found: list[str] = []
    for table in ("note", "target", *PARTS, *OF_NOTE):
        before, after = (_content(db, table) for db in (kept, anew))
        found.extend(f"- {table} {_shown(row)}" for row in sorted(before - after))
        found.extend(f"+ {table} {_shown(row)}" for row in sorted(after - before))
    return found


def _content(db: sqlite3.Connection, table: str) -> Counter[str]:
    """Every row as text, its note's number replaced by the path."""
    if table == "note":
        sql = "SELECT path, type, id, title, invalid, stale_from FROM note"
    elif table == "target":
        sql = "SELECT * FROM target"
    elif table in PARTS:
        return _texts(db, table)
    else:
        sql = f"""
            SELECT coalesce(note.path, row.n), row.* FROM {table} AS row
              LEFT JOIN note ON note.n = row.n"""  # noqa: S608
    cursor = db.execute(sql)
    skipped = [i for i, column in enumerate(cursor.description) if column[0] == "n"]
    return Counter(
        repr(tuple(value for i, value in enumerate(row) if i not in skipped)) for row in cursor
    )


def _texts(db: sqlite3.Connection, part: str) -> Counter[str]:
    paths = dict(db.execute("SELECT n, path FROM note"))
    places = dict(db.execute("SELECT n, pack FROM packed"))
    return Counter(
        repr((paths.get(n, n), places.get(n) == pack, one.text(place).decode()))
        for pack, one in packs(db, part)
        for place, n in enumerate(one.numbers)
    )


def _shown(row: str) -> str:
    return row if len(row) <= _SHOWN else row[:_SHOWN] + "…"

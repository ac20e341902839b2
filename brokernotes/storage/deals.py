"""Which deals are about a listing or a client, and where offers for a listing stand."""

from __future__ import annotations

import sqlite3

from brokernotes.storage.queries import NOTE_COLUMNS, NoteRow, Queries, note_row

SIDES = ("listing", "buyer", "seller")


def deals_about(db: sqlite3.Connection, queries: Queries, row: NoteRow) -> list[NoteRow]:
    """The deals that name a note as their listing, buyer or seller, by path.

    Args:
        db: the index.
        queries: over it.
        row: of a listing or a client.
    """
    return _linking(db, queries, row, "deal", SIDES)


def clients_linking(db: sqlite3.Connection, queries: Queries, row: NoteRow) -> list[NoteRow]:
    """The clients in whose logs a listing is linked, by path."""
    return _linking(db, queries, row, "client", ("",))


def standing_deals(db: sqlite3.Connection) -> list[NoteRow]:
    """Every deal that is neither completed nor cancelled, by path."""
    sql = f"""
        SELECT {NOTE_COLUMNS} FROM deal JOIN note USING(n)
         WHERE coalesce(stage, '') NOT IN ('completed', 'cancelled') ORDER BY note.path"""  # noqa: S608
    return [note_row(row) for row in db.execute(sql)]


def _linking(
    db: sqlite3.Connection, queries: Queries, row: NoteRow, note_type: str, keys: tuple[str, ...]
) -> list[NoteRow]:
    """Notes of a type that link to a note from one of some fields; `""`: from the body."""
    marks = ",".join("?" * len(keys))
    sql = f"""
        SELECT {NOTE_COLUMNS}, link.target FROM link JOIN note USING(n)
         WHERE note.type = ? AND link.key IN ({marks})
           AND (link.fold IN (SELECT fold FROM name WHERE n = ?)
                OR link.six IN (SELECT substr(fold, 2) FROM name WHERE n = ? AND fold LIKE '#%'))
         ORDER BY note.path"""  # noqa: S608
    found: dict[int, NoteRow] = {}
    for *columns, target in db.execute(sql, (note_type, *keys, row.n, row.n)):
        one = note_row(tuple(columns))
        if one.n not in found and queries.resolve(target).n == row.n:
            found[one.n] = one
    return list(found.values())

"""What the notes say of a client and a listing together: showings, reactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from brokernotes.errors import NotFoundError
from brokernotes.model.records import LogEntry, Record
from brokernotes.storage.vault import Vault


def linking_paths(db: sqlite3.Connection, n: int, note_type: str) -> list[str]:
    """Paths of the notes of a type that link to a note."""
    sql = """
        SELECT DISTINCT note.path FROM name JOIN link USING(fold) JOIN note ON note.n = link.n
         WHERE name.n = ? AND note.type = ?
        UNION
        SELECT DISTINCT note.path FROM note JOIN link USING(n)
         WHERE note.type = ?2 AND link.six = (SELECT lower(substr(id, 3)) FROM note WHERE n = ?1)
         ORDER BY 1"""
    return [path for (path,) in db.execute(sql, (n, note_type))]


def entries_about(vault: Vault, path: str) -> Iterator[tuple[Record, LogEntry, list[str]]]:
    """The entries of a note that link to other notes, with the ids those have.

    Args:
        vault: refreshed.
        path: of the note; one that is gone since says nothing.
    """
    try:
        record = vault.open(path).note.record
    except NotFoundError:
        return
    for entry in record.entries:
        refs = [ref for ref in map(vault.queries.id_of, entry.links) if ref]
        if refs:
            yield record, entry, refs

"""The files that may link to a note: what a rename has to look at."""

from __future__ import annotations

import json
import sqlite3

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold_text
from brokernotes.storage.queries import NoteRow
from brokernotes.storage.texts import notes_saying
from brokernotes.storage.vault import Vault
from brokernotes.storage.walking import scan


class Linking(NamedTuple):
    """Paths of files that may link to a note, relative to the vault, sorted.

    Attributes:
        notes: of the index.
        texts: Markdown files that are no notes.
        bases: of Obsidian.
        names: of every Markdown file, for what a new name may collide with.
    """

    notes: list[str]
    texts: list[str]
    bases: list[str]
    names: list[str]


def find_linking(vault: Vault, row: NoteRow) -> Linking:
    """The files that may link to a note.

    Args:
        vault: refreshed; its files are looked at once more.
        row: the note.
    """
    found = scan(vault.root)
    known = set(vault.queries.paths())
    return Linking(
        sorted(_naming(vault.index.db, row)),
        sorted(path for path in found.notes if path not in known),
        [path for path in found.others if path.endswith(".base")],
        sorted(found.notes),
    )


def _naming(db: sqlite3.Connection, row: NoteRow) -> set[str]:
    """Notes in which a name of the note stands, as a link or in any other text."""
    folded = [fold for (fold,) in db.execute("SELECT fold FROM name WHERE n = ?", (row.n,))]
    paths: set[str] = set()
    for fold in folded:
        six = fold[1:].upper() if fold.startswith("#") else ""
        sql = "SELECT path FROM note JOIN link USING(n) WHERE fold = ? OR six = ?"
        paths.update(path for (path,) in db.execute(sql, (fold, six or None)))
    saying = notes_saying(db, [fold_text(fold.removeprefix("#")) for fold in folded])
    sql = "SELECT path FROM note WHERE n IN (SELECT value FROM json_each(?))"
    paths.update(path for (path,) in db.execute(sql, (json.dumps(list(saying)),)))
    paths.discard(row.path)
    return paths

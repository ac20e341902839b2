"""What a value of a link field means: notes, and every spelling of a link that leads to them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from brokernotes.model.folding import fold_text
from brokernotes.model.query_tree import Linked
from brokernotes.model.schema import Field
from brokernotes.storage.query import prepare

if TYPE_CHECKING:
    from brokernotes.storage.queries import Queries


def find_linked(
    queries: Queries, db: sqlite3.Connection, field: Field, text: str, is_whole: bool
) -> Linked | str | None:
    """What a value of a link field means.

    Args:
        queries: of the index.
        db: the index.
        field: whose links are asked about; `links`: all of a note.
        text: an id, path, name, title, alias or phone; a part of a name unless `is_whole`.
        is_whole: whether a part of a name does not do.

    Returns:
        The notes and the spellings of links that lead to them; the text where only links to
        no note say it; None: nothing does.
    """
    from brokernotes.storage.refs import find_refs

    text = text.strip()
    exact = queries.resolve(text)
    if is_whole or exact.n is not None:
        numbers = [exact.n] if exact.n is not None else list(exact.candidates)
        rows = [row for row in map(queries.note, numbers) if row.type in field.link]
        if not rows and not is_whole:
            rows = find_refs(queries, text, field.link)
    else:
        rows = find_refs(queries, text, field.link)
    rows.sort(key=lambda row: (row.title, row.path))
    targets = {target for row in rows for target in _targets(queries, db, field, row.n)}
    nameless = _nameless(queries, db, field, text, is_whole) if exact.n is None else []
    if not rows:
        return text if nameless else None
    is_one = len(rows) == 1 and not nameless
    return Linked(
        rows[0].ref if is_one else text,
        tuple(dict.fromkeys(row.title for row in rows)),
        tuple(sorted({*targets, *nameless})),
    )


def _targets(queries: Queries, db: sqlite3.Connection, field: Field, n: int) -> list[str]:
    """The spellings of links in a field that lead to a note."""
    sql = """
        SELECT DISTINCT target FROM link
         WHERE (key = :key OR :any)
           AND (fold IN (SELECT fold FROM name WHERE n = :n AND rank <> 1)
                OR six IN (SELECT substr(fold, 2) FROM name WHERE n = :n AND rank = 1))"""
    found = db.execute(sql, {"key": field.key, "any": field.key == "links", "n": n})
    return [target for (target,) in found if queries.resolve(target).n == n]


def _nameless(
    queries: Queries, db: sqlite3.Connection, field: Field, text: str, is_whole: bool
) -> list[str]:
    """Links in a field that lead to no one note and say a text."""
    prepare(db)
    test = "folded(target) = :text" if is_whole else "instr(folded(target), :text) > 0"
    sql = f"SELECT DISTINCT target FROM link WHERE (key = :key OR :any) AND {test}"
    params = {"key": field.key, "any": field.key == "links", "text": fold_text(text)}
    return [target for (target,) in db.execute(sql, params) if queries.resolve(target).n is None]

"""What a change of status asks the index about deals."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple


class DealRow(NamedTuple):
    """A deal as the index knows it.

    Attributes:
        n: number of its note.
        path: of its note.
        stage: id; None: unset.
        listing: link target as typed; None: unset.
        buyers: link targets as typed.
    """

    n: int
    path: str
    stage: str | None
    listing: str | None
    buyers: tuple[str, ...]


def all_deals(db: sqlite3.Connection) -> list[DealRow]:
    """Every deal, by path."""
    sql = """
        SELECT n, path, stage, listing, buyer FROM deal JOIN note USING(n) ORDER BY path"""
    return [
        DealRow(n, path, stage, listing, tuple(json.loads(buyer or "[]")))
        for n, path, stage, listing, buyer in db.execute(sql)
    ]

"""From a link's target to the note it means.

File name first, then an id (the whole, or the six characters a file name ends
with), then a unique alias or title. Two candidates are an ambiguity, attributed
to none of them: a rename outside Obsidian loses nothing, a guess would.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from brokernotes.notes.links import link_fold
from brokernotes.notes.names import fold, trailing_id

BY_NAME, BY_ID, BY_ALIAS = 0, 1, 2


class Resolution(NamedTuple):
    """What a target leads to.

    Attributes:
        n: number of the note; None: nothing, or more than one.
        rank: by what it was found.
        candidates: numbers of the notes it may mean, when there are several.
    """

    n: int | None
    rank: int = BY_NAME
    candidates: tuple[int, ...] = ()


NOTHING = Resolution(None)


def id_fold(note_id: str) -> str:
    """How an id stands in the table of names: its six characters, marked."""
    return "#" + note_id[2:].casefold()


class Resolver:
    """Resolves targets by the index's table of names; remembers what it was asked.

    Args:
        db: the index.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._seen: dict[str, Resolution] = {}
        self._ids: dict[str, str] = {}

    def forget(self) -> None:
        """Notes came, went or changed their names."""
        self._seen.clear()
        self._ids.clear()

    def find(self, target: str) -> Resolution:
        """The note a target means."""
        found = self._seen.get(target)
        if found is None:
            found = self._seen[target] = self._find(target)
        return found

    def id_of(self, target: str) -> str | None:
        """The id of the note a target means; None: no such note, or no id yet."""
        known = self._ids.get(target)
        if known is not None:
            return known
        n = self.find(target).n
        if n is None:
            return None
        row = self._db.execute("SELECT id FROM note WHERE n = ?", (n,)).fetchone()
        if row and row[0]:
            self._ids[target] = row[0]
            return str(row[0])
        return None

    def _find(self, target: str) -> Resolution:
        name = link_fold(target)
        ranked: dict[int, list[int]] = {}
        for rank, n in self._db.execute("SELECT rank, n FROM name WHERE fold = ?", (name,)):
            ranked.setdefault(rank, []).append(n)
        if BY_NAME in ranked:
            named = ranked[BY_NAME]
            if len(named) > 1:
                named = self._by_path(target, named)
            return _one(named, BY_NAME)
        by_id = self._by_id(target)
        if by_id:
            return _one(by_id, BY_ID)
        if BY_ALIAS in ranked:
            return _one(ranked[BY_ALIAS], BY_ALIAS)
        return NOTHING

    def _by_path(self, target: str, candidates: list[int]) -> list[int]:
        wanted = fold(target) + ".md"
        exact = [n for n in candidates if fold(self._path(n)) == wanted]
        return exact or candidates

    def _path(self, n: int) -> str:
        return str(self._db.execute("SELECT path FROM note WHERE n = ?", (n,)).fetchone()[0])

    def _by_id(self, target: str) -> list[int]:
        six = target[1:] if target.startswith("#") else trailing_id(target)
        if six is None:
            return []
        rows = self._db.execute(
            "SELECT n FROM name WHERE fold = ? AND rank = ?", ("#" + six.casefold(), BY_ID)
        )
        found = [n for (n,) in rows]
        if len(found) > 1 and target[1:2] == "-":
            # A whole id also says the type by its letter.
            whole = self._db.execute("SELECT n FROM note WHERE id = ?", (target.upper(),))
            found = [n for (n,) in whole] or found
        return found


def _one(found: list[int], rank: int) -> Resolution:
    if len(found) == 1:
        return Resolution(found[0], rank)
    return Resolution(None, rank, tuple(sorted(found)))

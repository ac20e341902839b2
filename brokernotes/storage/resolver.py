"""From a link's target to the note it means.

File name first, then an id (the whole, or the six characters a file name ends
with), then a unique alias or title. Two candidates are an ambiguity, attributed
to none of them: a rename outside Obsidian loses nothing, a guess would.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold
from brokernotes.model.schema import LETTER_OF_TYPE
from brokernotes.notes.links import link_fold
from brokernotes.notes.names import trailing_id

if TYPE_CHECKING:
    from brokernotes.model.records import Record

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
Own = tuple[tuple[str, ...], tuple[int, ...]]  # names as compared, and the rank of each


def id_fold(note_id: str) -> str:
    """How an id stands in the table of names: its six characters, marked."""
    return "#" + note_id[2:].casefold()


def names_of(record: Record) -> set[tuple[str, int]]:
    """Everything that leads to a note: each name as compared, and its rank."""
    own = link_fold(record.name)
    names = {(own, BY_NAME)}
    if record.id:
        names.add((id_fold(record.id), BY_ID))
    for former in record.texts("former_ids"):
        if len(former) > 2:
            names.add((id_fold(former), BY_ID))
    title = record.values.get("title")
    for alias in (*record.texts("aliases"), title if isinstance(title, str) else ""):
        folded = link_fold(alias)
        if folded and folded != own:
            names.add((folded, BY_ALIAS))
    return names


class Names(Protocol):
    """Where names are looked up: the index, or what is about to become one."""

    def ranked(self, folded: str) -> Iterable[tuple[int, int]]:
        """Rank and number of the notes of a name."""

    def path(self, n: int) -> str:
        """The path of a note."""

    def id(self, n: int) -> str | None:
        """The id of a note."""


class StoredNames:
    """The names an index holds.

    Args:
        db: the index.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def ranked(self, folded: str) -> list[tuple[int, int]]:
        """Rank and number of the notes of a name."""
        return self._db.execute("SELECT rank, n FROM name WHERE fold = ?", (folded,)).fetchall()

    def path(self, n: int) -> str:
        """The path of a note."""
        return str(self._db.execute("SELECT path FROM note WHERE n = ?", (n,)).fetchone()[0])

    def id(self, n: int) -> str | None:
        """The id of a note."""
        row = self._db.execute("SELECT id FROM note WHERE n = ?", (n,)).fetchone()
        return row[0] if row else None


class NewNames:
    """The names of notes that are not in the index yet.

    There is one for every note of a vault, so it is kept small: a set of pairs for each note,
    and a list for each name, would be most of what a hundred thousand notes take.
    """

    def __init__(self) -> None:
        self._paths: list[str] = [""]  # by number
        self._ids: list[str | None] = [None]
        self._own: list[Own] = [((), ())]
        self._ranks: dict[tuple[int, ...], tuple[int, ...]] = {}  # those of many notes are alike
        # Of each name four times the number of its note, and the rank; of some, several.
        self._ranked: dict[str, int | list[int]] = {}

    def ranked(self, folded: str) -> Iterable[tuple[int, int]]:
        """Rank and number of the notes of a name."""
        found = self._ranked.get(folded)
        if found is None:
            return ()
        if isinstance(found, int):
            return ((found & 3, found >> 2),)
        return [(one & 3, one >> 2) for one in found]

    def path(self, n: int) -> str:
        """The path of a note."""
        return self._paths[n]

    def id(self, n: int) -> str | None:
        """The id of a note; before it is read, the one its file name promises."""
        return self._ids[n]

    def promise(self, path: str, note_type: str | None) -> int:
        """A number for a note that is yet to be read."""
        n = len(self._paths)
        names = {(link_fold(path.removesuffix(".md")), BY_NAME)}
        six = trailing_id(path) if note_type else None
        note_id = f"{LETTER_OF_TYPE[note_type]}-{six}" if six and note_type else None
        if note_id:
            names.add((id_fold(note_id), BY_ID))
        self._paths.append(path)
        self._ids.append(note_id)
        self._own.append(((), ()))
        self._set(n, names)
        return n

    def put(self, n: int, note_id: str | None, own: Own) -> bool:
        """The same by its id and names, as another process read them; one that is gone has none."""
        return self._put(n, note_id, set(zip(*own, strict=True)))

    def keep(self, n: int, record: Record) -> bool:
        """Take a note's names as read; whether they are other than promised."""
        return self._put(n, record.id, names_of(record))

    def take_away(self, n: int) -> None:
        """There is no such note after all."""
        self._put(n, None, set())

    def own(self, n: int) -> Own:
        """The names of a note, and of each its rank."""
        return self._own[n]

    def _put(self, n: int, note_id: str | None, names: set[tuple[str, int]]) -> bool:
        has_other_id = self._ids[n] != note_id
        self._ids[n] = note_id
        return self._set(n, names) or has_other_id

    def _set(self, n: int, names: set[tuple[str, int]]) -> bool:
        before = set(zip(*self._own[n], strict=True))
        if before == names:
            return False
        for folded, rank in before - names:
            known = self._ranked[folded]
            if isinstance(known, int):
                del self._ranked[folded]
            else:
                known.remove(n << 2 | rank)
        for folded, rank in names - before:
            known = self._ranked.setdefault(folded, n << 2 | rank)
            if isinstance(known, list):
                known.append(n << 2 | rank)
            elif known != n << 2 | rank:
                self._ranked[folded] = [known, n << 2 | rank]
        ranks = tuple(rank for _, rank in names)
        self._own[n] = tuple(one for one, _ in names), self._ranks.setdefault(ranks, ranks)
        return True

    def rows(self) -> list[tuple[str, int, int]]:
        """The table of names, in its order."""
        return sorted(
            (folded, rank, n) for folded in self._ranked for rank, n in self.ranked(folded)
        )


class Resolver:
    """Resolves targets by names; remembers what it was asked.

    Args:
        names: where they are looked up.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._seen: dict[str, Resolution] = {}

    def forget(self) -> None:
        """Notes came, went or changed their names."""
        self._seen.clear()

    def find(self, target: str) -> Resolution:
        """The note a target means."""
        found = self._seen.get(target)
        if found is None:
            found = self._seen[target] = self._find(target)
        return found

    def id_of(self, target: str) -> str | None:
        """The id of the note a target means; None: no such note, or no id yet."""
        n = self.find(target).n
        return None if n is None else self._names.id(n)

    def _find(self, target: str) -> Resolution:
        named: list[int] = []
        aliased: list[int] = []
        for rank, n in self._names.ranked(link_fold(target)):
            if rank != BY_ID:
                (aliased if rank == BY_ALIAS else named).append(n)
        if named:
            if len(named) > 1:
                named = self._by_path(target, named)
            return _one(named, BY_NAME)
        by_id = self._by_id(target)
        if by_id:
            return _one(by_id, BY_ID)
        return _one(aliased, BY_ALIAS) if aliased else NOTHING

    def _by_path(self, target: str, candidates: list[int]) -> list[int]:
        wanted = fold(target) + ".md"
        exact = [n for n in candidates if fold(self._names.path(n)) == wanted]
        return exact or candidates

    def _by_id(self, target: str) -> list[int]:
        six = trailing_id(target)
        if six is None:
            return []
        ranked = self._names.ranked("#" + six.casefold())
        found = [n for rank, n in ranked if rank == BY_ID]
        if len(found) > 1 and target[1:2] == "-":
            # A whole id also says the type by its letter.
            found = [n for n in found if self._names.id(n) == target.upper()] or found
        return found


def _one(found: list[int], rank: int) -> Resolution:
    if len(found) == 1:
        return Resolution(found[0], rank)
    return Resolution(None, rank, tuple(sorted(found)))

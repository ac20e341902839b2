"""Which commit descends from which, and where two lines of history last were one."""

from __future__ import annotations

import functools
import heapq

from brokernotes.storage.git_history_log import ReadCommit
from brokernotes.storage.git_history_store import Store


class Graph:
    """The commits by number, parents before children; those read before are looked up.

    Args:
        store: that holds those read before.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers: dict[str, int | None] = {}
        self._commits: dict[int, tuple[str, tuple[int, ...]]] = {}
        self._last = store.last_c()
        self._bases = functools.lru_cache(maxsize=64)(self._find_bases)

    def add(self, commit: ReadCommit) -> tuple[int, tuple[int, ...]]:
        """Number a commit; its own number and its parents' are returned."""
        self._last += 1
        found = (self._number(one) for one in commit.parents)
        parents = tuple(c for c in found if c is not None)
        self._numbers[commit.id] = self._last
        self._commits[self._last] = commit.id, parents
        return self._last, parents

    def _number(self, id_: str) -> int | None:
        if id_ not in self._numbers:
            self._numbers[id_] = self._store.number(id_)
        return self._numbers[id_]

    def _commit(self, c: int) -> tuple[str, tuple[int, ...]]:
        if c not in self._commits:
            self._commits[c] = self._store.commit_line(c)
        return self._commits[c]

    def bases(self, one: str, other: str) -> list[str]:
        """The last commits that two have in common."""
        first, second = self._number(one), self._number(other)
        if first is None or second is None:
            return []
        return self._bases(min(first, second), max(first, second))

    def _find_bases(self, one: int, other: int) -> list[str]:
        # From the youngest down: whoever is met has been reached by all its descendants.
        first, second, older = 1, 2, 4
        marks = {one: first}
        marks[other] = marks.get(other, 0) | second
        waiting = [-c for c in marks]
        heapq.heapify(waiting)
        undecided = len(marks)
        found = []
        while waiting and undecided:
            c = -heapq.heappop(waiting)
            id_, parents = self._commit(c)
            mark = marks[c]
            if not mark & older:
                undecided -= 1
            if mark & 3 == 3 and not mark & older:
                found.append(id_)
                mark |= older
            for parent in parents:
                if parent not in marks:
                    heapq.heappush(waiting, -parent)
                    marks[parent] = 0
                    undecided += not mark & older
                elif not marks[parent] & older and mark & older:
                    undecided -= 1
                marks[parent] |= mark
        return found

"""Which commit descends from which, and where two lines of history last were one."""

from __future__ import annotations

import functools
import heapq

from brokernotes.storage.git_history_log import ReadCommit
from brokernotes.storage.git_history_store import Store


class Graph:
    """The commits by number, parents before children.

    Args:
        store: that holds those read before.
    """

    def __init__(self, store: Store) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: dict[int, str] = {}
        self._parents: dict[int, tuple[int, ...]] = {}
        for id_, (c, parents) in store.parents().items():
            self._put(c, id_, parents)
        self._last = store.last_c()
        self._bases = functools.lru_cache(maxsize=64)(self._find_bases)

    def _put(self, c: int, id_: str, parents: tuple[int, ...]) -> None:
        self._numbers[id_] = c
        self._ids[c] = id_
        self._parents[c] = parents

    def add(self, commit: ReadCommit) -> tuple[int, tuple[int, ...]]:
        """Number a commit; its own number and its parents' are returned."""
        self._last += 1
        parents = tuple(self._numbers[one] for one in commit.parents if one in self._numbers)
        self._put(self._last, commit.id, parents)
        return self._last, parents

    def bases(self, one: str, other: str) -> list[str]:
        """The last commits that two have in common."""
        if one not in self._numbers or other not in self._numbers:
            return []
        return self._bases(*sorted((self._numbers[one], self._numbers[other])))

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
            mark = marks[c]
            if not mark & older:
                undecided -= 1
            if mark & 3 == 3 and not mark & older:
                found.append(self._ids[c])
                mark |= older
            for parent in self._parents[c]:
                if parent not in marks:
                    heapq.heappush(waiting, -parent)
                    marks[parent] = 0
                    undecided += not mark & older
                elif not marks[parent] & older and mark & older:
                    undecided -= 1
                marks[parent] |= mark
        return found

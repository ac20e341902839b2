"""Which note a file of the past was: by the note's id, else by the file's path."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.storage.git_history_store import Store


class Lineages:
    """The notes of a history, numbered; what was met before is looked up when it is met again.

    Args:
        store: that holds those met before.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at: dict[str, int | None] = {}
        self._by_id: dict[str, list[int]] = {}
        self._ids_of: dict[int, set[str]] = {}
        self._living: dict[int, bool] = {}
        self._last = store.last_n()

    def at(self, path: str) -> int | None:
        """The note that was last at a path."""
        if path not in self._at:
            self._at[path] = self._store.last_at(path)
        return self._at[path]

    def _named(self, id_: str) -> list[int]:
        if id_ not in self._by_id:
            self._by_id[id_] = self._store.find_by_id(id_)
        return self._by_id[id_]

    def _names(self, n: int) -> set[str]:
        if n not in self._ids_of:
            self._ids_of[n] = self._store.ids_of(n)
        return self._ids_of[n]

    def _is_living(self, n: int) -> bool:
        if n not in self._living:
            self._living[n] = self._store.is_living(n)
        return self._living[n]

    def _put(self, n: int, path: str, id_: str | None) -> None:
        if self.at(path) != n:
            self._at[path] = n
            self._store.set_at(path, n)
        if not self._is_living(n):
            self._live(n, living=True)
        if id_ and n not in self._named(id_):
            self._named(id_).append(n)
            self._names(n).add(id_)
            self._store.set_id(id_, n)

    def _live(self, n: int, *, living: bool) -> None:
        self._living[n] = living
        self._store.set_living(n, living=living)

    def is_of(self, n: int, id_: str | None) -> bool:
        """Whether a note has, or had, an id."""
        return id_ is not None and n in self._named(id_)

    def make(self, path: str, id_: str | None) -> int:
        """A note that was not met before."""
        self._last += 1
        self._ids_of[self._last] = set()
        self._live(self._last, living=True)
        self._put(self._last, path, id_)
        return self._last

    def stay(self, n: int, path: str, id_: str | None) -> None:
        """A note stands where it stood; it may have got an id."""
        self._put(n, path, id_)

    def leave(self, n: int) -> None:
        """A note is no more; a file with its id brings it back."""
        self._live(n, living=False)

    def is_other(self, n: int, old: str | None, new: str | None) -> bool:
        """Whether a changed file is another note from now on, not the one it was.

        Args:
            n: the note it was.
            old: its id.
            new: the id that stands there now.
        """
        if new is None or old is None or new == old or self.is_of(n, new):
            return False
        return bool(self._named(new))

    def arrive(
        self, path: str, id_: str | None, blob: str | None, gone: Mapping[int, str | None]
    ) -> int:
        """The note that a new file is.

        Args:
            path: of the file.
            id_: that stands in it.
            blob: its text.
            gone: the notes that left their paths in the same commit, with their last text.
        """
        known = self._named(id_) if id_ else []
        before = self.at(path)
        moved = [n for n in gone if n in known]
        dead = [n for n in known if not self._is_living(n)]
        copied = [n for n, text in gone.items() if text == blob and not known]
        if moved:
            n = moved[0]
        elif before is not None and self._may_be(before, known, id_, is_copied=bool(copied)):
            n = before
        elif dead or copied:
            n = (dead or copied)[0]
        else:
            return self.make(path, id_)
        self._put(n, path, id_)
        return n

    def _may_be(self, n: int, known: list[int], id_: str | None, *, is_copied: bool) -> bool:
        """Whether a file at the path of a note that was there before is that note."""
        if known:
            return n in known
        return not is_copied and (id_ is None or not self._names(n))

"""Which note a file of the past was: by the note's id, else by the file's path."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.storage.git_history_store import ID_WORD, LIVING, PATH_WORD, Store


class Lineages:
    """The notes of a history, numbered.

    Args:
        store: that holds those met before.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at = dict(store.words(PATH_WORD))
        self._ids: dict[str, list[int]] = {}
        self._ids_of: dict[int, set[str]] = {}
        for id_, n in store.words(ID_WORD):
            self._name(n, id_)
        self._living = {n for _, n in store.words(LIVING)}
        self._paths: set[tuple[str, int]] = set(store.words("was"))
        self._last = max((n for _, n in self._paths), default=0)

    def keep(self) -> None:
        """Keep them for the next time."""
        self._store.set_words(PATH_WORD, self._at.items())
        self._store.set_words(ID_WORD, ((id_, n) for id_, many in self._ids.items() for n in many))
        self._store.set_words(LIVING, (("", n) for n in self._living))
        self._store.set_words("was", self._paths)

    def _name(self, n: int, id_: str | None) -> None:
        if id_ and n not in self._ids.setdefault(id_, []):
            self._ids[id_].append(n)
            self._ids_of.setdefault(n, set()).add(id_)

    def _put(self, n: int, path: str, id_: str | None) -> None:
        self._at[path] = n
        self._paths.add((path, n))
        self._living.add(n)
        self._name(n, id_)

    def at(self, path: str) -> int | None:
        """The note that was last at a path."""
        return self._at.get(path)

    def is_of(self, n: int, id_: str | None) -> bool:
        """Whether a note has, or had, an id."""
        return id_ is not None and n in self._ids.get(id_, ())

    def make(self, path: str, id_: str | None) -> int:
        """A note that was not met before."""
        self._last += 1
        self._put(self._last, path, id_)
        return self._last

    def stay(self, n: int, path: str, id_: str | None) -> None:
        """A note stands where it stood; it may have got an id."""
        self._put(n, path, id_)

    def leave(self, n: int) -> None:
        """A note is no more; a file with its id brings it back."""
        self._living.discard(n)

    def is_other(self, n: int, old: str | None, new: str | None) -> bool:
        """Whether a changed file is another note from now on, not the one it was.

        Args:
            n: the note it was.
            old: its id.
            new: the id that stands there now.
        """
        if new is None or old is None or new == old or self.is_of(n, new):
            return False
        return bool(self._ids.get(new))

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
        known = self._ids.get(id_, []) if id_ else []
        before = self._at.get(path)
        moved = [n for n in gone if n in known]
        dead = [n for n in known if n not in self._living]
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
        return not is_copied and (id_ is None or n not in self._ids_of)

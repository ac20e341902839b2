"""A compiled gettext catalogue (`.mo`), in which one sentence is looked up at a time.

`gettext` takes all of them apart before the first is said, which costs more than the few
that a command says. The file's table is sorted, so each is found by halving.
"""

from __future__ import annotations

from typing import Literal

MAGIC = 0x950412DE


class DamagedCatalogueError(ValueError):
    """A file that is no compiled catalogue, or not whole."""


class Catalogue:
    """The sentences of one language.

    Args:
        path: of the compiled file; None: nothing is translated.

    Raises:
        OSError: it cannot be read.
        DamagedCatalogueError: it is no compiled catalogue.
    """

    def __init__(self, path: str | None) -> None:
        self._known: dict[str, str] = {}
        self._data = b""
        self._order: Literal["little", "big"] = "little"
        self._count = self._originals = self._translations = 0
        if path is None:
            return
        with open(path, "rb") as file:  # noqa: PTH123 (pathlib loads a lot)
            self._data = file.read()
        if self._number(0) != MAGIC:
            self._order = "big"
            if self._number(0) != MAGIC:
                raise DamagedCatalogueError(path)
        self._count, self._originals, self._translations = map(self._number, (8, 12, 16))
        tables = max(self._originals, self._translations) + 8 * self._count
        if tables > len(self._data):
            raise DamagedCatalogueError(path)

    def gettext(self, message: str) -> str:
        """The translation of a source string; itself where there is none."""
        found = self._known.get(message)
        if found is None:
            found = self._known[message] = self._find(message)
        return found

    def _find(self, message: str) -> str:
        wanted = message.encode()
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._text(self._originals, middle) < wanted:
                low = middle + 1
            else:
                high = middle
        if low == self._count or self._text(self._originals, low) != wanted:
            return message
        return self._text(self._translations, low).decode("utf-8", "replace") or message

    def _text(self, table: int, place: int) -> bytes:
        length, start = (self._number(table + 8 * place + part) for part in (0, 4))
        return self._data[start : start + length]

    def _number(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], self._order)

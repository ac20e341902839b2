"""Log entries the tool appended, kept until a commit holds them.

An editor that had the note open may save its stale buffer over an entry. The
journal still has it, so `check` can say so and offer it back. Without git it
keeps entries for `KEPT_DAYS`.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable

from brokernotes.light_dataclasses import NamedTuple

FILE_NAME = "journal.jsonl"
KEPT_DAYS = 30


class JournalEntry(NamedTuple):
    """One appended entry.

    Attributes:
        operation: id of the operation that appended it.
        path: of the note.
        id: of the entry.
        lines: as they were written.
        when: seconds since 1970, of the machine's clock.
    """

    operation: str
    path: str
    id: str
    lines: str
    when: float


class Journal:
    """The journal in a vault's cache folder.

    Args:
        folder: of the caches; None: there is none, and nothing is kept.
    """

    def __init__(self, folder: str | None) -> None:
        self._path = os.path.join(folder, FILE_NAME) if folder else None

    def add(self, operation: str, entries: Iterable[tuple[str, str, str]]) -> None:
        """Keep entries, before they are written to their notes.

        Args:
            operation: id of the operation.
            entries: path, entry id and lines of each.
        """
        lines = [
            json.dumps([operation, path, id_, text, time.time()], ensure_ascii=False)
            for path, id_, text in entries
        ]
        if self._path is None or not lines:
            return
        with contextlib.suppress(OSError), open(self._path, "ab") as file:
            # A disk that was full may have left half a line, which must not swallow this one.
            start = "" if not file.tell() or self._is_ended() else "\n"
            file.write((start + _text(lines)).encode())

    def _is_ended(self) -> bool:
        assert self._path is not None
        with open(self._path, "rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def entries(self) -> list[JournalEntry]:
        """What is kept, oldest first; damaged lines are passed over."""
        if self._path is None:
            return []
        found: list[JournalEntry] = []
        oldest = time.time() - KEPT_DAYS * 86_400
        with contextlib.suppress(OSError), open(self._path, "rb") as file:
            for line in file:
                with contextlib.suppress(ValueError, TypeError):
                    entry = JournalEntry(*json.loads(line))
                    if entry.when >= oldest:
                        found.append(entry)
        return found

    def forget(self, *operations: str) -> None:
        """Drop operations: a commit holds their entries, or they were never written."""
        if self._path is None or not os.path.exists(self._path):
            return
        kept = [entry for entry in self.entries() if entry.operation not in operations]
        with contextlib.suppress(OSError):
            if not kept:
                os.remove(self._path)
                return
            # In place: on a full disk there is no room for a second file.
            with open(self._path, "r+b") as file:
                file.write(
                    _text([json.dumps(entry, ensure_ascii=False) for entry in kept]).encode()
                )
                file.truncate()


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"

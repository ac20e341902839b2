"""Entries of logs that were removed or altered: told by the journal and by git's history."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING

from brokernotes.errors import NotFoundError, Problem
from brokernotes.storage.journal import Journal, JournalEntry
from brokernotes.storage.reading import read_text

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.model.revisions import EntryRevision
    from brokernotes.storage.vault import Vault


def lost_entries(vault: Vault) -> list[JournalEntry]:
    """Entries the tool wrote that their notes no longer have."""
    lost = []
    texts: dict[str, str | None] = {}
    for entry in Journal(vault.cache).entries():
        if entry.path not in texts:
            try:
                texts[entry.path] = read_text(vault.root, entry.path).text
            except NotFoundError:
                texts[entry.path] = None  # renamed or removed: its entries went along
        text = texts[entry.path]
        if text is not None and f"^{entry.id}" not in text:
            lost.append(entry)
    return lost


def history_problems(vault: Vault) -> list[Problem]:
    """What git's history shows: entries that were removed or altered, by whom and when.

    Args:
        vault: refreshed.

    Raises:
        RefusedError: the vault lies in no git repository.
        GitRefusedError: git would not.
    """
    from brokernotes.features.history_checks import HistoryFacts, check_history

    history, queries = vault.history, vault.queries
    return check_history(
        HistoryFacts(
            losses=history.losses(),
            statuses=history.of_key("status"),
            log=lambda path: list(history.entries_now(path).values()),
            now=_Standing(vault).find,
            path=history.path_now,
            same_target=lambda one, other: queries.id_of(one) == queries.id_of(other) is not None,
        )
    )


class _Standing:
    """Finds entries of the past in the notes of today; they may have moved to another note."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._entries = functools.cache(vault.history.entries_now)

    def find(self, one: EntryRevision) -> LogEntry | None:
        """The entry as it stands, in its own note or elsewhere; None: nowhere."""
        from brokernotes.notes.versions import entry_key

        keys = [entry_key(one.old or "")] if one.entry is None else [f"^{one.entry}"]
        path = self._vault.history.path_now(one)
        paths = ([path] if path else []) if path and self._has(path, keys) else self._holding(one)
        found = (self._entries(path).get(key) for path in paths for key in keys)
        return next((entry for entry in found if entry is not None), None)

    def _has(self, path: str, keys: list[str]) -> bool:
        return any(key in self._entries(path) for key in keys)

    def _holding(self, one: EntryRevision) -> list[str]:
        """The notes that may hold it: by its id, else by its line."""
        first = (one.old or "").partition("\n")[0].strip().lstrip("-*+• ")
        wanted = f"^{one.entry}" if one.entry else first
        return [path for path, text in self._texts.items() if wanted in text]

    @functools.cached_property
    def _texts(self) -> dict[str, str]:
        texts = {}
        for path in self._vault.queries.paths():
            with contextlib.suppress(NotFoundError):
                texts[path] = read_text(self._vault.root, path).text
        return texts

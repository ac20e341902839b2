"""What entries of other notes tell of the owners of listings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brokernotes.storage.rows import mention

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.storage.vault import Vault

Mentions = dict[int, list[tuple[str, "LogEntry"]]]


def owner_mentions(vault: Vault) -> Mentions:
    """By the number of a listing's note: the id of the other note, and its entry.

    Args:
        vault: refreshed.
    """
    found: Mentions = {}
    for target, entry in vault.index.db.execute("SELECT target, entry FROM mention ORDER BY entry"):
        n = vault.queries.resolve(target).n
        if n is not None:
            found.setdefault(n, []).append(mention(entry))
    return found

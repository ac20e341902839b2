"""Which entries of a listing's log are contacts with its owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from brokernotes.model.verbs import SHOWING_VERBS, VERBS

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry

# A showing is the buyer's contact.
OWNER_CONTACTS = frozenset(verb.id for verb in VERBS if verb.contact) - SHOWING_VERBS


def owner_contacts(entries: Iterable[LogEntry]) -> Iterator[LogEntry]:
    """The entries of a listing's log that are contacts with its owner.

    Args:
        entries: of the log.
    """
    for entry in entries:
        by_us = entry.fields.get("from") is None
        if by_us and entry.verb in OWNER_CONTACTS and not entry.links and entry.is_happened:
            yield entry

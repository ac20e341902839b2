"""What speaks against recommending a home again: it was seen, rejected, is reserved, is her own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from brokernotes.features.matching import RESERVED
from brokernotes.features.matching_sides import Home, Want
from brokernotes.model.records import LogEntry

SHOWINGS = frozenset(("showing", "second_showing", "accompanied_showing"))
_PLEASED = frozenset(("like", "consider"))


@dataclass(frozen=True, slots=True)
class History:
    """What clients have seen and said, by the ids of client and listing.

    Attributes:
        pairs: reason (`seen`, `rejected`) and ISO day.
    """

    pairs: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def against(self, want: Want, home: Home) -> tuple[str, str] | None:
        """Why a home is not recommended to a client: reason and day; None: it may be."""
        if want.ref in (home.facts.get("owner") or ()):
            return "own", ""
        if home.status == RESERVED:
            return "reserved", ""
        said = self.pairs.get((want.ref, home.ref))
        if said is not None:
            return said
        return ("quiet", "") if want.facts.get("do_not_contact") else None


def history_of(told: Iterable[tuple[str, str, LogEntry]]) -> History:
    """What happened between clients and listings.

    Args:
        told: ids of a client and of a listing, and an entry about both.
    """
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for client, listing, entry in sorted(told, key=lambda one: one[2].moment):
        if not entry.is_happened:
            continue
        reaction = entry.fields.get("reaction")
        day = entry.day.isoformat()
        if reaction == "reject":
            pairs[client, listing] = "rejected", day
        elif reaction in _PLEASED or entry.verb in SHOWINGS:
            pairs[client, listing] = "seen", day
    return History(pairs)

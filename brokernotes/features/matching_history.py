"""What speaks against recommending a home: it was seen, is reserved, seized or her own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from brokernotes.features.matching import RESERVED
from brokernotes.features.matching_sides import Home, Want
from brokernotes.light_dataclasses import dataclass, field

_PLEASED = frozenset(("like", "consider"))


class Met(Protocol):
    """A client and a home together, as the index tells it."""

    @property
    def client(self) -> str | None:
        """Id of the client, else the path; None: nobody is named."""

    @property
    def listing(self) -> str:
        """Likewise of the listing."""

    @property
    def day(self) -> date:
        """When."""

    @property
    def is_showing(self) -> bool:
        """Whether it was shown."""

    @property
    def reaction(self) -> str | None:
        """What was said of it, by id."""

    @property
    def objections(self) -> tuple[str, ...]:
        """What was not liked."""


@dataclass(frozen=True, slots=True)
class History:
    """What clients have seen and said, by the ids of client and listing.

    Attributes:
        pairs: reason (`seen`, `rejected`) and ISO day.
        deals: those with a deal under way: the client is who reserved the home.
        owned: homes whose owner has the client's phone; whom a listing names stands in itself.
    """

    pairs: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    deals: frozenset[tuple[str, str]] = frozenset()
    owned: frozenset[tuple[str, str]] = frozenset()

    def against(self, want: Want, home: Home) -> tuple[str, str] | None:
        """Why a home is not recommended to a client: reason and day; None: it may be."""
        pair = want.ref, home.ref
        if want.ref in (home.facts.get("owner") or ()) or pair in self.owned:
            return "own", ""
        if pair in self.deals:
            return "deal", ""
        if "seizure" in (home.facts.get("encumbrances") or ()):
            return "seized", ""
        if home.status == RESERVED:
            return "reserved", ""
        said = self.pairs.get(pair)
        if said is not None:
            return said
        return ("quiet", "") if want.facts.get("do_not_contact") else None


def history_of(
    told: Iterable[Met],
    deals: Iterable[tuple[str, str]] = (),
    owned: Iterable[tuple[str, str]] = (),
) -> History:
    """What happened between clients and listings.

    Args:
        told: the oldest first.
        deals: clients and the listings that they are buying or renting.
        owned: clients and the listings whose owner has their phone.
    """
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for one in told:
        if one.client is None:
            continue
        day = one.day.isoformat()
        if one.reaction == "reject":
            pairs[one.client, one.listing] = "rejected", day
        elif one.reaction in _PLEASED or one.is_showing:
            pairs[one.client, one.listing] = "seen", day
    return History(pairs, frozenset(deals), frozenset(owned))

"""What listings are classified by beside their fields: what follows from them on a day (seed).

Seed: 是否免营业税或个税, 服务区域内和服务区域外, 住宅类和非住宅类, 建成年限. The day and who asks
bear on some of them, so none is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from brokernotes.model.folding import fold_place
from brokernotes.model.relative import add_months

Values = Mapping[str, Any]  # of a note, as JSON speaks of them

HOMES = frozenset({"ordinary_home", "non_ordinary_home", "villa"})
OTHERS = frozenset({"shop", "office", "apartment", "garage", "parking_space", "factory"})

# What each axis reads, of the listing and of its community.
LISTING_KEYS = (
    "acquired_on", "only_home", "property_type", "year_built", "district", "neighborhood",
)  # fmt: skip
ESTATE_KEYS = ("year_built", "district", "neighborhood")


def tax_class(listing: Values, today: date) -> str | None:
    """How long it has been owned, as taxes on a sale ask (found: two years, five and only home).

    Returns:
        `under_two`, `two`, `five_only`, `five_other` (not the only home) or `five_unsure`
        (nobody noted whether it is); None: the day it was acquired is not known.
    """
    acquired = listing.get("acquired_on")
    if not acquired:
        return None
    day = date.fromisoformat(str(acquired)[:10])
    if add_months(day, 24) > today:
        return "under_two"
    if add_months(day, 60) > today:
        return "two"
    only = listing.get("only_home")
    return "five_unsure" if only is None else "five_only" if only else "five_other"


def is_residential(listing: Values) -> bool | None:
    """Whether it is a home; None: its kind is not noted, or the brokerage's own."""
    kind = listing.get("property_type")
    return True if kind in HOMES else False if kind in OTHERS else None


def age(listing: Values, estate: Values | None, today: date) -> int | None:
    """Years since it was built; its community's year where its own is not noted."""
    year = listing.get("year_built") or (estate or {}).get("year_built")
    return max(today.year - int(year), 0) if year else None


def is_in_area(
    listing: Values, estate: Values | None, name: str | None, areas: Collection[str]
) -> bool | None:
    """Whether it lies where an agent works.

    Args:
        listing: its values.
        estate: those of its community.
        name: of its community; None: none is noted.
        areas: districts, neighborhoods or communities, as the agent's note names them.

    Returns:
        None: the agent names no area, or where it lies is not noted.
    """
    places = {name, *(values.get(key) for values in (listing, estate or {}) for key in _PLACES)}
    known = {fold_place(str(place)) for place in places if place}
    wanted = {fold_place(area) for area in areas}
    return None if not known or not wanted else not known.isdisjoint(wanted)


_PLACES = ("district", "neighborhood")

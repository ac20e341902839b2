"""The criteria of a match: each asks one thing of a home, for one client.

A criterion answers with a share: 1 fits, 0 misses, between them it is near, and None is
unknown, which is a question and never a no. Above the maximum is near up to a tolerance; below
the minimum of a price is never a miss (seed: the proposal names what the home is, she decides).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from brokernotes.features.matching_learning import has_trait
from brokernotes.features.matching_sides import LEASE, SALE, Home, Lesson, Want
from brokernotes.light_dataclasses import NamedTuple

Share = float | None
FIT, NEAR, MISS = 1.0, 0.5, 0.0

# How much a criterion counts (ours); `match.weights` in brokernotes.yaml says otherwise.
WEIGHTS: Mapping[str, float] = {
    "property_type": 20, "price": 20, "place": 20, "bedrooms": 15, "area": 10,
    "must_have": 10, "deal_breakers": 10, "school": 10, "available": 6,
    "lease_mode": 8, "pets": 8, "min_term": 4,
    "nice_to_have": 4, "facing": 4, "decoration": 4, "lifestyle": 4, "floor": 3, "year_built": 3,
    "learned": 2,
}  # fmt: skip
HARD = frozenset((
    "property_type",
    "price", "place", "bedrooms", "area", "must_have", "deal_breakers", "school", "available",
    "lease_mode", "pets", "min_term",
))  # fmt: skip
HOMES = frozenset(("ordinary_home", "non_ordinary_home", "villa", "apartment"))
_LATE = 30  # days after the wanted one on which a home is free and still near (ours)
_OLDER = 5  # years a house may be older than wanted and still be near (ours)


class Settings(NamedTuple):
    """How matching is set.

    Attributes:
        price_tolerance: share of the maximum above which a price is near.
        area_tolerance: share below or above the wanted area within which it is near.
        weights: by criterion, over `WEIGHTS`.
    """

    price_tolerance: float = 0.08
    area_tolerance: float = 0.1
    weights: Mapping[str, float] = {}

    def weight(self, key: str) -> float:
        """How much a criterion counts."""
        return self.weights.get(key, WEIGHTS[key])


class Demand(NamedTuple):
    """One criterion, for one client.

    Attributes:
        key: `price`, `place`, ….
        weight: how much it counts.
        judge: the share of a home.
        is_hard: whether a miss rules the home out.
        term: of a criterion about one term.
        lesson: what it was drawn from, where reactions taught it.
    """

    key: str
    weight: float
    judge: Callable[[Home], Share]
    is_hard: bool
    term: str = ""
    lesson: Lesson | None = None


def demands_of(want: Want, side: str, settings: Settings) -> tuple[Demand, ...]:
    """What a client asks of a home on one side, the weightiest first.

    Args:
        want: the client's.
        side: `sale` or `lease`.
        settings: of the rules.
    """
    found = [
        Demand(key, settings.weight(key), judge, key in HARD, term)
        for key, judge, term in (*_measured(want, side, settings), *_said(want, side))
        if settings.weight(key) > 0
    ]
    found += [
        Demand(
            "learned",
            settings.weight("learned") * lesson.times,
            partial(_avoids, lesson.objection, lesson.trait),
            False,
            lesson=lesson,
        )
        for lesson in want.lessons
        if settings.weight("learned") > 0
    ]
    return tuple(sorted(found, key=lambda demand: (not demand.is_hard, -demand.weight)))


_Row = tuple[str, Callable[[Home], Share], str]


def _measured(want: Want, side: str, settings: Settings) -> Iterator[_Row]:
    """Criteria of numbers and places."""
    most = want.number("budget_max" if side == SALE else "rent_max")
    if most is not None:
        yield "price", partial(price_share, side, most, settings.price_tolerance), ""
    if want.districts or want.neighborhoods or want.communities:
        yield "place", partial(place_share, want), ""
    rooms = want.number("bedrooms_min"), want.number("bedrooms_max")
    if rooms != (None, None):
        yield "bedrooms", partial(rooms_share, *rooms), ""
    area = want.number("area_min"), want.number("area_max")
    if area != (None, None):
        yield "area", partial(area_share, *area, settings.area_tolerance), ""
    year = want.number("year_built_min")
    if year is not None:
        yield "year_built", partial(_year, year), ""


def _said(want: Want, side: str) -> Iterator[_Row]:
    """Criteria of words."""
    for term in want.terms("must_have"):
        yield "must_have", partial(_has, term), term
    for term in want.terms("deal_breakers"):
        yield "deal_breakers", partial(_has_not, term), term
    for term in want.terms("nice_to_have"):
        yield "nice_to_have", partial(_has, term), term
    for term in want.terms("lifestyle"):
        yield "lifestyle", partial(_is_like, term), term
    for key, wanted in (("floor", "floor_pref"), ("decoration", "decorations")):
        if words := frozenset(want.terms(wanted)):
            yield key, partial(_one_of, "floor_band" if key == "floor" else key, words), ""
    if words := frozenset(want.terms("facing")):
        yield "facing", partial(_facing, words), ""
    facts = want.facts
    if facts.get("property_types"):
        yield "property_type", partial(_kind, frozenset(facts["property_types"])), ""
    if side == SALE and (facts.get("purpose") == "school" or facts.get("school_entry_year")):
        yield "school", _school, ""
    if facts.get("move_in_by"):
        yield "available", partial(_available, date.fromisoformat(facts["move_in_by"])), ""
    if side == LEASE:
        if facts.get("lease_mode"):
            yield "lease_mode", partial(_same, "lease_mode", facts["lease_mode"]), ""
        if facts.get("pets"):
            yield "pets", partial(_same, "pets", True), ""
        if facts.get("lease_months"):
            yield "min_term", partial(_term, facts["lease_months"]), ""


# -- shares


def price_share(side: str, most: float, tolerance: float, home: Home) -> Share:
    """Of a price: fits up to the maximum, near up to the tolerance above it."""
    asked = home.price if side == SALE else home.rent
    if asked is None:
        return None
    if asked <= most:
        return FIT
    return _beyond((asked - most) / most, tolerance)


def place_share(want: Want, home: Home) -> Share:
    """Of a place: fits where it was named by its narrowest name, near in the district around."""
    if not (want.communities or want.neighborhoods):
        return None if home.district is None else float(home.district in want.districts)
    if home.community in want.communities or home.neighborhood in want.neighborhoods:
        return FIT
    around = want.districts | want.around
    if home.district is None or not around:
        is_known = home.community is not None if want.communities else home.neighborhood is not None
        return MISS if is_known and home.district is not None else None
    return NEAR if home.district in around else MISS


def rooms_share(least: float | None, most: float | None, home: Home) -> Share:
    """Of bedrooms: one more or less is near."""
    rooms = home.bedrooms
    if rooms is None:
        return None
    off = max((least or 0) - rooms, rooms - most if most is not None else 0, 0)
    return FIT if off == 0 else NEAR if off == 1 else MISS


def area_share(least: float | None, most: float | None, tolerance: float, home: Home) -> Share:
    """Of the gross area; the interior area is another measure and never compared."""
    area = home.area
    if area is None:
        return None
    small = (least - area) / least if least is not None else 0
    large = (area - most) / most if most is not None else 0
    off = max(small, large)  # both, where somebody typed them the wrong way round
    return FIT if off <= 0 else _beyond(off, tolerance)


def _beyond(off: float, tolerance: float) -> float:
    """Near from just below 1 to 0.5 at the tolerance; exact at its edge."""
    if round(off - tolerance, 9) > 0:
        return MISS
    return FIT - NEAR * min(off / tolerance, 1.0)


def _year(least: float, home: Home) -> Share:
    year = home.facts.get("year_built")
    if year is None:
        return None
    return FIT if year >= least else NEAR if year >= least - _OLDER else MISS


def _has(term: str, home: Home) -> Share:
    return FIT if term in home.has else MISS if term in home.lacks else None


def _has_not(term: str, home: Home) -> Share:
    return MISS if term in home.has else FIT if term in home.lacks else None


def _avoids(objection: str, trait: str | float, home: Home) -> Share:
    found = has_trait(objection, trait, home)
    return None if found is None else float(not found)


def _is_like(term: str, home: Home) -> Share:
    return FIT if term in home.character else None


def _kind(kinds: frozenset[str], home: Home) -> Share:
    kind = home.facts.get("property_type")
    return None if kind is None else float(kind in kinds)


def _one_of(key: str, words: frozenset[str], home: Home) -> Share:
    value = home.facts.get(key)
    return None if value is None else float(value in words)


def _facing(words: frozenset[str], home: Home) -> Share:
    facing = set(home.facts.get("facing") or ())
    if not facing:
        return None
    if "south_north" in facing:
        facing |= {"south", "north"}
    elif {"south", "north"} <= facing:
        facing.add("south_north")
    return float(bool(facing & words))


def _school(home: Home) -> Share:
    zone, is_used = home.facts.get("school_zone"), home.facts.get("school_quota_used")
    if zone is False or is_used:
        return MISS
    return FIT if zone and is_used is False else None


def _available(wanted: date, home: Home) -> Share:
    free = home.facts.get("available_from")
    if free is None and home.facts.get("occupant") == "tenant":
        free = home.facts.get("lease_end")
    if free is None:
        return FIT if home.facts.get("occupant") == "vacant" else None
    late = (date.fromisoformat(free) - wanted).days
    return FIT if late <= 0 else NEAR if late <= _LATE else MISS


def _same(key: str, wanted: object, home: Home) -> Share:
    value = home.facts.get(key)
    return None if value is None else float(value == wanted)


def _term(months: float, home: Home) -> Share:
    least = home.facts.get("min_term")
    return None if least is None else float(months >= least)

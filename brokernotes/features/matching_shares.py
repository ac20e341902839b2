"""How far a home meets one criterion of a client.

A share is 1 where it fits, 0 where it misses, between them where it is near, and None where it is
not known, which is a question and never a no. Above the maximum is near up to a tolerance; below
the minimum of a price is never a miss (seed: the proposal names what the home is, she decides).
"""

from __future__ import annotations

from datetime import date

from brokernotes.features.matching_learning import has_trait
from brokernotes.features.matching_sides import SALE, Home, Want
from brokernotes.features.matching_word_rules import is_lent_on
from brokernotes.features.matching_words import holds, is_faulty

Share = float | None
FIT, NEAR, MISS = 1.0, 0.5, 0.0
_LATE = 30  # days after the wanted one on which a home is free and still near (ours)
_OLDER = 5  # years a house may be older than wanted and still be near (ours)


def price_share(side: str, most: float, tolerance: float, home: Home) -> Share:
    """Of a price: fits up to the maximum, near up to the tolerance above it."""
    asked = home.price if side == SALE else home.rent
    if asked is None:
        return None
    if asked <= most:
        return FIT
    return _beyond((asked - most) / most, tolerance)


def place_share(want: Want, home: Home) -> Share:
    """Of a place: fits where it was named by its narrowest name, near in the district around.

    A district in which none of the smaller places lies is wanted as a whole.
    """
    district = home.district
    if not (want.communities or want.neighborhoods):
        return None if district is None else float(district in want.districts)
    if home.community in want.communities or home.neighborhood in want.neighborhoods:
        return FIT
    around = want.districts | want.around
    if district is not None and around and district not in around:
        return MISS
    if district in want.whole:
        return FIT
    is_known = (home.community is not None or not want.communities) and (
        home.neighborhood is not None or not want.neighborhoods
    )
    if not is_known:
        return None
    return NEAR if district in around else None if around or district is None else MISS


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
    return FIT - NEAR * min(off / tolerance, 1.0) if tolerance > 0 else NEAR


def year_share(least: float, home: Home) -> Share:
    """Of the year it was built."""
    year = home.facts.get("year_built")
    if year is None:
        return None
    return FIT if year >= least else NEAR if year >= least - _OLDER else MISS


def has_share(term: str, home: Home) -> Share:
    """Of a word that must, or may well, be true of it."""
    return _of_answer(holds(term, home))


def has_not_share(term: str, home: Home) -> Share:
    """Of a word that must not be true of it."""
    found = is_faulty(term, home)
    return None if found is None else float(not found)


def _of_answer(found: bool | None) -> Share:
    return None if found is None else float(found)


def avoids_share(objection: str, trait: str | float, side: str, home: Home) -> Share:
    """Of what was not liked in other homes."""
    found = has_trait(objection, trait, home, side)
    return None if found is None else float(not found)


def likeness_share(term: str, home: Home) -> Share:
    """Of what the estate should be like."""
    return FIT if term in home.character else _of_answer(holds(term, home))


def loan_share(home: Home) -> Share:
    """Of a loan on it."""
    return _of_answer(is_lent_on(home))


def pets_share(home: Home) -> Share:
    """Of animals that may live there."""
    return _of_answer(holds("pets", home))


def kind_share(kinds: frozenset[str], home: Home) -> Share:
    """Of the kind of property."""
    kind = home.facts.get("property_type")
    return None if kind is None else float(kind in kinds)


def one_of_share(key: str, words: frozenset[str], home: Home) -> Share:
    """Of a field that should say one of some words."""
    value = home.facts.get(key)
    return None if value is None else float(value in words)


def facing_share(words: frozenset[str], home: Home) -> Share:
    """Of the sides it looks to."""
    facing = set(home.facts.get("facing") or ())
    if not facing:
        return None
    if "south_north" in facing:
        facing |= {"south", "north"}
    elif {"south", "north"} <= facing:
        facing.add("south_north")
    return float(bool(facing & words))


def school_share(home: Home) -> Share:
    """Of a place at its school: it is in the zone, and the place is not used."""
    zone, is_used = home.facts.get("school_zone"), holds("学位已用", home)
    if zone is None and (zone := holds("school", home)) is None:
        return MISS if is_used else None
    if not zone or is_used:
        return MISS
    return FIT if is_used is False else None


def available_share(wanted: date, home: Home) -> Share:
    """Of the day from which on it is free; soon after is near."""
    free = home.facts.get("available_from")
    if free is None and home.facts.get("occupant") == "tenant":
        free = home.facts.get("lease_end")
    if free is None:
        return FIT if home.facts.get("occupant") == "vacant" else None
    late = (date.fromisoformat(free) - wanted).days
    return FIT if late <= 0 else NEAR if late <= _LATE else MISS


def same_share(key: str, wanted: object, home: Home) -> Share:
    """Of a field that should say just that."""
    value = home.facts.get(key)
    return None if value is None else float(value == wanted)


def term_share(months: float, home: Home) -> Share:
    """Of the shortest lease, for somebody who stays so many months."""
    least = home.facts.get("min_term")
    return None if least is None else float(months >= least)

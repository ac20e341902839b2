"""The criteria of a match: each asks one thing of a home, for one client (`matching_shares`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from brokernotes.features.matching_shares import (
    Share,
    area_share,
    available_share,
    avoids_share,
    facing_share,
    has_not_share,
    has_share,
    kind_share,
    likeness_share,
    loan_share,
    one_of_share,
    pets_share,
    place_share,
    price_share,
    rooms_share,
    same_share,
    school_share,
    term_share,
    year_share,
)
from brokernotes.features.matching_sides import LEASE, SALE, Home, Lesson, Want
from brokernotes.features.matching_words import are_pets, is_loan, is_school, reading_of
from brokernotes.light_dataclasses import NamedTuple

# How much a criterion counts (ours); `match.weights` in brokernotes.yaml says otherwise.
WEIGHTS: Mapping[str, float] = {
    "property_type": 20, "price": 20, "place": 20, "bedrooms": 15, "area": 10,
    "must_have": 10, "deal_breakers": 10, "school": 10, "available": 6,
    "lease_mode": 8, "pets": 8, "loan": 6, "min_term": 4,
    "nice_to_have": 4, "facing": 4, "decoration": 4, "lifestyle": 4, "floor": 3, "year_built": 3,
    "learned": 2,
}  # fmt: skip
HARD = frozenset((
    "property_type",
    "price", "place", "bedrooms", "area", "must_have", "deal_breakers", "school", "available",
    "lease_mode", "pets", "loan", "min_term",
))  # fmt: skip
_BORROWED = frozenset(("mortgage", "fund", "mixed"))  # payment with a bank's loan
HOMES = frozenset(("ordinary_home", "non_ordinary_home", "villa", "apartment"))


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
            partial(avoids_share, lesson.objection, lesson.trait, lesson.side),
            False,
            lesson=lesson,
        )
        for lesson in want.lessons
        if settings.weight("learned") > 0 and lesson.side in ("", side)
    ]
    return tuple(sorted(found, key=lambda demand: (not demand.is_hard, -demand.weight)))


def asks_something(want: Want, settings: Settings) -> bool:
    """Whether anything is known of what a client wants: without it every home is as good.

    Args:
        want: the client's.
        settings: of the rules.
    """
    return any(demands_of(want, side, settings) for side in want.sides)


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
        yield "year_built", partial(year_share, year), ""


def _said(want: Want, side: str) -> Iterator[_Row]:
    """Criteria of words."""
    yield from _terms(want, side)
    for key, wanted in (("floor", "floor_pref"), ("decoration", "decorations")):
        if words := frozenset(want.terms(wanted)):
            yield key, partial(one_of_share, "floor_band" if key == "floor" else key, words), ""
    if words := frozenset(want.terms("facing")):
        yield "facing", partial(facing_share, words), ""
    facts = want.facts
    if facts.get("property_types"):
        yield "property_type", partial(kind_share, frozenset(facts["property_types"])), ""
    if _wants_school(want, side):
        yield "school", school_share, ""
    if facts.get("move_in_by"):
        yield "available", partial(available_share, date.fromisoformat(facts["move_in_by"])), ""
    must = want.terms("must_have")
    if side == SALE and facts.get("payment") in _BORROWED and not any(map(is_loan, must)):
        yield "loan", loan_share, ""
    if side == LEASE:
        if facts.get("lease_mode"):
            yield "lease_mode", partial(same_share, "lease_mode", facts["lease_mode"]), ""
        if facts.get("pets") and not any(map(are_pets, must)):
            yield "pets", pets_share, ""
        if facts.get("lease_months"):
            yield "min_term", partial(term_share, facts["lease_months"]), ""


def _terms(want: Want, side: str) -> Iterator[_Row]:
    """Criteria of the client's own words; of a school's place only one asks."""
    asks_school = _wants_school(want, side)
    for key, judge in (
        ("must_have", has_share), ("deal_breakers", has_not_share), ("nice_to_have", has_share),
        ("lifestyle", likeness_share),
    ):  # fmt: skip
        for term in want.terms(key):
            if asks_school and key in ("must_have", "deal_breakers") and is_school(term):
                continue
            if reading_of(term).side in ("", side):
                yield key, partial(judge, term), term


def _wants_school(want: Want, side: str) -> bool:
    """Whoever buys for a school needs its place; a tenant lives near it."""
    facts = want.facts
    return side == SALE and bool(
        facts.get("purpose") == "school"
        or facts.get("school_entry_year")
        or any(map(is_school, want.terms("must_have")))
    )

"""The two sides of a match: what a client wants, and what a home offers.

Both are made of values as the index tells them (`list` in JSON): ids, numbers, ISO dates,
lists. A home knows what its estate says where its own note is silent. What only the owner or
the holder may know (reserve price, expected price, the door) is never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from brokernotes.features.classifying_axes import tax_class
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold_place
from brokernotes.model.schema import Schema

HOME_KEYS = (
    "community", "property_type", "transaction", "status", "price", "price_terms", "rent",
    "district", "neighborhood", "bedrooms", "living_rooms", "gross_area", "floor_band", "facing",
    "decoration", "elevator", "year_built", "school", "school_zone", "school_quota_used",
    "features", "selling_points", "defects", "occupant", "lease_end", "available_from",
    "lease_mode", "min_term", "pets", "encumbrances", "co_owned", "co_owner_consent", "hukou",
    "title_checked_on", "acquired_on", "only_home", "owner", "agent", "sharing",
    "bathrooms", "furnishing", "structure", "title_type",
)  # fmt: skip
ESTATE_KEYS = ("district", "neighborhood", "year_built", "schools", "features", "character")
WANT_KEYS = (
    "intents", "stage", "property_types", "budget_min", "budget_max", "rent_min", "rent_max",
    "districts",
    "neighborhoods", "communities", "bedrooms_min", "bedrooms_max", "area_min", "area_max",
    "purpose", "floor_pref", "facing", "decorations", "year_built_min", "must_have",
    "nice_to_have", "deal_breakers", "lifestyle", "move_in_by", "school_entry_year",
    "lease_mode", "lease_months", "pets", "do_not_contact", "assumed", "agent",
    "payment", "eligibility",
)  # fmt: skip

SALE, LEASE = "sale", "lease"
_OFFERED = {"for_sale": (SALE,), "for_lease": (LEASE,), "sale_or_lease": (SALE, LEASE)}
_TRANSACTIONS = {"sale": (SALE,), "lease": (LEASE,), "both": (SALE, LEASE)}
# How a phrase says that something is not there.
_NOT = ("无", "没有", "没", "缺", "不", "no ", "without ")
# A phrase with one of these may say the contrary of a word within it: 离地铁远, 不临街.
_DOUBTS = (*_NOT, "非", "远", "差", "少", "难", "not ", "far ")

Values = Mapping[str, Any]
Identify = Callable[[str], str | None]


class Home(NamedTuple):
    """What a listing offers.

    Attributes:
        ref: its id, else its path.
        sides: `sale`, `lease` or both: what is on offer; of a reserved one what was.
        status: id; None: not said.
        price: 万元. rent: 元/月. area: ㎡ gross.
        community: id of its estate, else the name as typed.
        has: terms it has. lacks: terms it is known not to have.
        character: of its estate; empty: not known.
        facts: all its values, the estate's where its own note is silent.
        said: phrases that speak for it, one a line, none of which denies something.
        flaws: likewise those that speak against it.
        held: how long it is owned, as `classifying_axes.tax_class` has it; None: not known.
    """

    ref: str
    path: str
    title: str
    sides: tuple[str, ...]
    status: str | None
    price: float | None
    rent: float | None
    district: str | None
    neighborhood: str | None
    community: str | None
    bedrooms: int | None
    area: float | None
    has: frozenset[str]
    lacks: frozenset[str]
    character: frozenset[str]
    facts: Values
    said: str = ""
    flaws: str = ""
    held: str | None = None


class Lesson(NamedTuple):
    """What a client's reactions taught (`features.matching_learning`).

    Attributes:
        objection: id of what was not liked, or its own word.
        trait: what in the homes it was: a facing, a layout, a price from which on, a term.
        times: how often it was not liked, those times off that a home with it was.
        side: `sale` or `lease`, of a price; "": either.
        is_rejected: whether the homes were rejected for it, not only found wanting.
    """

    objection: str
    trait: str | float
    times: int
    side: str = ""
    is_rejected: bool = True


class Want(NamedTuple):
    """What a client wants.

    Attributes:
        ref: id, else path.
        sides: `sale` (to buy), `lease` (to rent) or both.
        communities: ids of estates, else names as typed.
        around: districts in which those estates and neighborhoods lie, folded.
        whole: districts of which no smaller place is named; empty where that is not known.
        facts: all its values.
        lessons: what reactions taught.
    """

    ref: str
    path: str
    title: str
    sides: tuple[str, ...]
    districts: frozenset[str]
    neighborhoods: frozenset[str]
    communities: frozenset[str]
    around: frozenset[str]
    whole: frozenset[str]
    facts: Values
    lessons: tuple[Lesson, ...] = ()

    def terms(self, key: str) -> tuple[str, ...]:
        """A list of terms; empty: none said."""
        return tuple(self.facts.get(key) or ())

    def number(self, key: str) -> float | None:
        """A number in its field's unit."""
        value: float | None = self.facts.get(key)
        return value


class Named(NamedTuple):
    """A note as lists name it: its id, else its path; its path; its title."""

    ref: str
    path: str
    title: str


def home_of(
    note: Named, values: Values, estate: Values, schema: Schema, today: date | None = None
) -> Home:
    """What a listing offers.

    Args:
        note: of the listing.
        values: of `HOME_KEYS`, those that are set; `community` as its estate's id.
        estate: of `ESTATE_KEYS`, those its estate says.
        schema: for the words of features.
        today: for how long it is owned; None: not asked.
    """
    facts = {**{key: estate[key] for key in ("district", "neighborhood", "year_built")
                if key in estate}, **values}  # fmt: skip
    has, lacks = _terms(facts, estate, schema)
    return Home(
        *note, _offered(values), values.get("status"), values.get("price"), values.get("rent"),
        _folded(facts.get("district")), _folded(facts.get("neighborhood")),
        values.get("community"), values.get("bedrooms"), values.get("gross_area"),
        has, lacks, frozenset(estate.get("character") or ()), facts,
        _phrases(_praise(facts, estate, schema)), _phrases(facts.get("defects") or ()),
        tax_class(values, today) if today is not None else None,
    )  # fmt: skip


def _offered(values: Values) -> tuple[str, ...]:
    """For sale, to let or both; where nobody said which, what a price is asked for, else both."""
    said = _OFFERED.get(values.get("status") or "") or _TRANSACTIONS.get(
        values.get("transaction") or ""
    )
    if said:
        return said
    asked = [side for side, key in ((SALE, "price"), (LEASE, "rent")) if values.get(key)]
    return tuple(asked) or (SALE, LEASE)


def _praise(facts: Values, estate: Values, schema: Schema) -> Iterator[str]:
    """What was typed for it; features of the vocabulary are no phrases."""
    known = schema.vocabularies["feature"].by_id
    for typed in (facts.get("features"), estate.get("features")):
        yield from (one for one in typed or () if one not in known)
    for key in ("selling_points", "furnishing"):
        yield from facts.get(key) or ()
    yield from (facts["school"],) if facts.get("school") else ()
    yield from estate.get("schools") or ()


def _phrases(typed: Iterable[str]) -> str:
    """Phrases without those that may deny what they name, one a line."""
    return "\n".join(one.lower() for one in typed if not is_denial(one))


def is_denial(phrase: str) -> bool:
    """Whether a phrase may say the contrary of what it names."""
    lowered = phrase.lower()
    return any(mark in lowered for mark in _DOUBTS)


def want_of(note: Named, values: Values, district_of: Callable[[str], str | None]) -> Want:
    """What a client wants.

    Args:
        note: of the client.
        values: of `WANT_KEYS`, those that are set; `communities` as ids of estates.
        district_of: in which district an estate lies, by its id, or a neighborhood by its name.
    """
    communities = tuple(values.get("communities") or ())
    neighborhoods = tuple(values.get("neighborhoods") or ())
    around = [_folded(district_of(one)) for one in (*communities, *neighborhoods)]
    districts = frozenset(map(fold_place, values.get("districts") or ()))
    known = frozenset(one for one in around if one)
    return Want(
        *note, _sides(values), districts,
        frozenset(map(fold_place, neighborhoods)), frozenset(communities), known,
        districts - known if all(around) else frozenset(),
        values,
    )  # fmt: skip


def _sides(values: Values) -> tuple[str, ...]:
    """Buying, renting or both; who only sells or lets wants neither."""
    intents = values.get("intents") or ()
    sides = [side for intent, side in (("buy", SALE), ("rent", LEASE)) if intent in intents]
    if sides or intents:
        return tuple(sides)
    told = [
        side
        for side, keys in ((SALE, ("budget_max", "budget_min")), (LEASE, ("rent_max", "rent_min")))
        if any(values.get(key) for key in keys)
    ]
    return tuple(told) or (SALE,)


def _terms(facts: Values, estate: Values, schema: Schema) -> tuple[frozenset[str], frozenset[str]]:
    """The terms a home has, and those it is known not to have."""
    defects = facts.get("defects") or ()
    has = {
        *(facts.get("features") or ()), *(facts.get("selling_points") or ()),
        *(estate.get("features") or ()), *defects,
    }  # fmt: skip
    lacks = set(_denied((*defects, *(facts.get("selling_points") or ())), schema))
    elevator, school = facts.get("elevator"), facts.get("school_zone")
    facing = facts.get("facing") or ()
    for term, says in (("elevator", elevator), ("school", school)):
        if says is not None:
            (has if says else lacks).add(term)
    if "south_north" in facing or {"south", "north"} <= set(facing):
        has.add("through")
    elif facing:
        lacks.add("through")
    return frozenset(has), frozenset(lacks - has)


def _denied(phrases: Iterable[str], schema: Schema) -> Iterator[str]:
    """Terms that phrases say are not there: 五楼无电梯, "no parking"."""
    vocabulary = schema.vocabularies["feature"]
    for phrase in map(str.lower, phrases):
        for mark in _NOT:
            _, found, rest = phrase.partition(mark)
            if found:
                known = [word for word in vocabulary.spellings() if rest.startswith(word)]
                yield vocabulary.find(max(known, key=len)) or rest if known else rest.strip()


def _folded(text: str | None) -> str | None:
    return fold_place(text) if text else None

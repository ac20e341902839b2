"""What a changed demand or price does to the matches (seed: 需求动态调整，据此调整房源推荐)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

from brokernotes.features.matching_bulk import Pair
from brokernotes.features.matching_sides import Home, Want
from brokernotes.model.schema import Schema

# What is asked of a client; a change of any of it is a changed demand.
DEMAND = frozenset((
    "intents", "property_types", "budget_min", "budget_max", "rent_min", "rent_max", "districts",
    "neighborhoods", "communities", "bedrooms_min", "bedrooms_max", "area_min", "area_max",
    "purpose", "floor_pref", "facing", "decorations", "year_built_min", "must_have",
    "nice_to_have", "deal_breakers", "lifestyle", "move_in_by", "school_entry_year",
    "lease_mode", "lease_months", "pets", "payment",
))  # fmt: skip

# By the criterion of a match: the keys of the demand it reads.
KEYS_OF: Mapping[str, tuple[str, ...]] = {
    "property_type": ("property_types",),
    "price": ("budget_max", "budget_min", "rent_max", "rent_min"),
    "place": ("districts", "neighborhoods", "communities"),
    "bedrooms": ("bedrooms_min", "bedrooms_max"),
    "area": ("area_min", "area_max"),
    "must_have": ("must_have",),
    "deal_breakers": ("deal_breakers",),
    "school": ("school_entry_year", "purpose"),
    "available": ("move_in_by",),
    "lease_mode": ("lease_mode",),
    "pets": ("pets",),
    "loan": ("payment",),
    "min_term": ("lease_months",),
    "nice_to_have": ("nice_to_have",),
    "facing": ("facing",),
    "decoration": ("decorations",),
    "lifestyle": ("lifestyle",),
    "floor": ("floor_pref",),
    "year_built": ("year_built_min",),
}


class Moved(NamedTuple):
    """A home, or a client, whose score changed.

    Attributes:
        ref: of the note.
        path: of it.
        title: of it.
        before: 0 to 100; None: the two did not suit.
        after: likewise.
    """

    ref: str
    path: str
    title: str
    before: int | None
    after: int | None


class Changed(NamedTuple):
    """What became of the matches, best first.

    Attributes:
        came: homes, or clients, that suit now and did not.
        went: those that no longer do.
        moved: those whose score is another one.
    """

    came: tuple[Moved, ...]
    went: tuple[Moved, ...]
    moved: tuple[Moved, ...]


# What is asked for a home; a change of it is told with the clients whom it suits.
ASKED = frozenset(("price", "rent"))


def compare(
    before: Iterable[Pair],
    after: Iterable[Pair],
    is_aside: Callable[[Pair], bool],
    told: Callable[[Pair], Home | Want] = attrgetter("home"),
) -> Changed:
    """Which homes, or clients, suit now, suit no longer, or score otherwise.

    Args:
        before: of the old demand, or price.
        after: of the new one.
        is_aside: what is not recommended anyway: seen, rejected, reserved.
        told: which side of a pair is told.
    """
    old = {told(pair).ref: pair for pair in before if not is_aside(pair)}
    new = {told(pair).ref: pair for pair in after if not is_aside(pair)}
    found = []
    for ref in sorted(old.keys() | new.keys()):
        side = told(new.get(ref) or old[ref])
        found.append(Moved(ref, side.path, side.title, _score(old.get(ref)), _score(new.get(ref))))
    found.sort(key=lambda one: -(one.after if one.after is not None else one.before or 0))
    return Changed(
        tuple(one for one in found if one.before is None),
        tuple(one for one in found if one.after is None),
        tuple(
            one
            for one in found
            if one.before is not None and one.after is not None and one.before != one.after
        ),
    )


def _score(pair: Pair | None) -> int | None:
    return None if pair is None else round(pair.value * 100)


def assumed_keys(facts: Mapping[str, object], schema: Schema) -> dict[str, str]:
    """The keys of a demand that nobody confirmed, each as it is typed in the note."""
    told = facts.get("assumed")
    found: dict[str, str] = {}
    for word in told if isinstance(told, list | tuple) else ():
        field = schema.find_field("client", str(word).strip())
        found[field.key if field else str(word)] = str(word)
    return found

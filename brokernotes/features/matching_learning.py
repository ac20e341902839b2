"""What reactions teach of a client: homes like those that were rejected rank lower.

Each lesson is a soft criterion of that one client. It names what it was drawn from, counts no
more than three rejections, and is taken back by a home with the same trait that the client liked.
Nothing is learned about anybody else, and the notes are not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from brokernotes.features.matching_sides import SALE, Home, Lesson, Want
from brokernotes.light_dataclasses import NamedTuple

MOST = 3  # rejections that count (ours)
_REJECTED, _PLEASED = "reject", frozenset(("like", "consider"))
SOUTHERN = frozenset(("south", "southeast", "southwest", "south_north"))


class Reaction(NamedTuple):
    """What a client said of a home.

    Attributes:
        home: of which it was said.
        reaction: id; None: nothing was said but what was not liked.
        objections: ids of what was not liked, or their own words.
    """

    home: Home
    reaction: str | None
    objections: tuple[str, ...]


def lessons_of(said: Iterable[Reaction]) -> tuple[Lesson, ...]:
    """What a client's reactions teach.

    Args:
        said: of one client, the oldest first.

    Returns:
        Lessons, by objection; none for what was liked as often as rejected.
    """
    counts: dict[tuple[str, str | float], int] = {}
    for one in said:
        if one.reaction == _REJECTED:
            for objection in one.objections:
                trait = _trait(objection, one.home)
                if trait is not None:
                    counts[objection, trait] = min(counts.get((objection, trait), 0) + 1, MOST)
        elif one.reaction in _PLEASED:
            for objection, trait in counts:
                if has_trait(objection, trait, one.home):
                    counts[objection, trait] -= 1
    counts = {key: count for key, count in counts.items() if count > 0}
    dearest = [key for key in counts if key[0] == "price"]
    if dearest:  # of several prices that were too high the lowest says it all
        total = min(sum(counts.pop(key) for key in dearest), MOST)
        counts["price", min(float(trait) for _, trait in dearest)] = total
    return tuple(Lesson(*key, count) for key, count in sorted(counts.items(), key=str))


def with_lessons(want: Want, said: Iterable[Reaction]) -> Want:
    """A client who has learned."""
    return want._replace(lessons=lessons_of(said))


def has_trait(objection: str, trait: str | float, home: Home) -> bool | None:
    """Whether a home has what was not liked in another; None: not known."""
    known = _TRAITS.get(objection)
    if known is None:
        return None if trait not in home.has and trait not in home.lacks else trait in home.has
    value = known(home)
    if value is None:
        return None
    if objection == "price":
        return float(value) >= float(trait)
    return value == trait


def _trait(objection: str, home: Home) -> str | float | None:
    """What in a home was not liked; None: that cannot be told, or is no matter of the home."""
    if objection == "family":  # it is talked over at home
        return None
    known = _TRAITS.get(objection)
    if known is None:
        return objection if objection in home.has else None
    value = known(home)
    # A bright home whose light was not liked teaches nothing about facing.
    return None if objection == "light" and value == "south" else value


def _light(home: Home) -> str | None:
    facing = home.facts.get("facing")
    if not facing:
        return None
    return "south" if SOUTHERN.intersection(facing) else "north"


def _layout(home: Home) -> str | None:
    if home.bedrooms is None:
        return None
    halls = home.facts.get("living_rooms")
    return f"{home.bedrooms}室" + (f"{halls}厅" if halls is not None else "")


def _price(home: Home) -> float | None:
    return home.price if SALE in home.sides or home.price is not None else home.rent


def _fact(key: str) -> Callable[[Home], str | None]:
    def value(home: Home) -> str | None:
        found: str | None = home.facts.get(key)
        return found

    return value


_TRAITS: Mapping[str, Callable[[Home], str | float | None]] = {
    "light": _light,
    "layout": _layout,
    "price": _price,
    "floor": _fact("floor_band"),
    "decoration": _fact("decoration"),
}

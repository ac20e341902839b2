"""What reactions teach of a client: homes like those that were not liked rank lower.

Each lesson is a soft criterion of that one client. It names what it was drawn from, counts no
more than three homes, and is taken back by a home with the same trait that the client liked.
Nothing is learned about anybody else, and the notes are not changed: without the entry in the
log the lesson is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from brokernotes.features.matching_sides import LEASE, SALE, Home, Lesson, Want
from brokernotes.features.matching_words import is_faulty
from brokernotes.light_dataclasses import NamedTuple

MOST = 3  # homes not liked that count (ours)
_REJECTED, _PLEASED = "reject", frozenset(("like", "consider"))
_Key = tuple[str, str | float, str]  # of a lesson: objection, trait, side
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
        Lessons, by objection; none for what was liked as often as not.
    """
    counts: dict[_Key, int] = {}
    rejected: dict[_Key, bool] = {}
    for one in said:
        if one.reaction in _PLEASED:
            for key in counts:
                if has_trait(key[0], key[1], one.home, key[2]):
                    counts[key] = max(counts[key] - 1, 0)
            continue
        for objection in one.objections:
            if (found := _key(objection, one.home)) is not None:
                counts[found] = min(counts.get(found, 0) + 1, MOST)
                rejected[found] = rejected.get(found, True) and one.reaction == _REJECTED
    return tuple(
        Lesson(objection, trait, count, side, all(rejected[key] for key in keys))
        for (objection, trait, side), count, keys in _summed(counts)
    )


def _summed(counts: Mapping[_Key, int]) -> Iterator[tuple[_Key, int, list[_Key]]]:
    """What is left, by objection; of several prices that were too high the lowest says it all."""
    left = {key: count for key, count in counts.items() if count > 0}
    prices: dict[str, list[_Key]] = {}
    for key in sorted(left, key=str):
        if key[0] == "price":
            prices.setdefault(key[2], []).append(key)
        else:
            yield key, left[key], [key]
    for side, keys in prices.items():
        total = min(sum(left[key] for key in keys), MOST)
        yield ("price", min(float(trait) for _, trait, _ in keys), side), total, keys


def with_lessons(want: Want, said: Iterable[Reaction]) -> Want:
    """A client who has learned."""
    return want._replace(lessons=lessons_of(said))


def has_trait(objection: str, trait: str | float, home: Home, side: str = "") -> bool | None:
    """Whether a home has what was not liked in another; None: not known.

    Args:
        objection: id of what was not liked, or its own word.
        trait: what in the other home it was.
        home: the home.
        side: on which a price counts.
    """
    if objection == "price":
        asked = home.price if side == SALE else home.rent
        return None if asked is None else asked >= float(trait)
    known = _TRAITS.get(objection)
    if known is None:
        return is_faulty(str(trait), home)
    value = known(home)
    return None if value is None else value == trait


def _key(objection: str, home: Home) -> _Key | None:
    """What in a home was not liked; None: that cannot be told, or is no matter of the home."""
    if objection == "family":  # it is talked over at home
        return None
    if objection == "price":
        side = SALE if home.price is not None and home.sides != (LEASE,) else LEASE
        asked = home.price if side == SALE else home.rent
        return None if asked is None else (objection, asked, side)
    known = _TRAITS.get(objection)
    trait = known(home) if known else objection if is_faulty(objection, home) else None
    # A bright home whose light was not liked teaches nothing about facing.
    if trait is None or (objection == "light" and trait == "south"):
        return None
    return objection, trait, ""


def _light(home: Home) -> str | None:
    facing = home.facts.get("facing")
    if not facing:
        return None
    return "south" if SOUTHERN.intersection(facing) else "north"


def layout_of(home: Home) -> str | None:
    """Bedrooms and living rooms as brokers write them, `3室2厅`; None: not known."""
    if home.bedrooms is None:
        return None
    halls = home.facts.get("living_rooms")
    return f"{home.bedrooms}室" + (f"{halls}厅" if halls is not None else "")


def _fact(key: str) -> Callable[[Home], str | None]:
    def value(home: Home) -> str | None:
        found: str | None = home.facts.get(key)
        return found

    return value


_TRAITS: Mapping[str, Callable[[Home], str | None]] = {
    "light": _light,
    "layout": layout_of,
    "floor": _fact("floor_band"),
    "decoration": _fact("decoration"),
}

"""Which listing a dictated line means: its estate, its rooms, its floor, who saw it before."""

from __future__ import annotations

import re

from brokernotes.features.capturing_lore import Home, Lore, squeezed
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.layouts import match_layout
from brokernotes.model.numerals import NUMERAL, parse_numeral
from brokernotes.model.spoken import match_amount

_BUILDING = re.compile(f"(?P<number>[0-9]{{1,4}}|{NUMERAL}) ?(?:号楼|栋|幢|座)")
_FLOOR = re.compile(
    f"(?P<number>[0-9]{{1,3}}|{NUMERAL}) ?(?:楼|层)(?![上下])"
    "|(?P<en>[0-9]{1,3})(?:st|nd|rd|th) floor"
)
_ID = re.compile("(?P<letter>l-)?(?P<six>[0-9a-z]{6})(?![0-9a-z])")
_THAT_ONE = re.compile("[ ]?(?:的?那套|的?这套|的房子|那个)")
_GONE = frozenset({"sold_by_us", "sold_by_others", "leased_by_others"})
_AND = re.compile("[ ]*(?:和|、|跟|及|还有|以及|&|,|and )[ ]*")
_GAP = re.compile("[ \t]*的?[ \t]*")


class Wanted(NamedTuple):
    """How a line describes one listing.

    Attributes:
        homes: those it may be by its words.
        said: the words.
        community: the estate that was named; "" where the listing's own name was.
        end: the place after them.
    """

    homes: tuple[Home, ...]
    said: str
    community: str
    end: int


def match_home(text: str, pos: int, lore: Lore) -> Wanted | None:
    """The listing described at a place: its name, or its estate and what tells it apart.

    Args:
        text: from `plain`.
        pos: where the description would begin.
        lore: of the vault.
    """
    named = lore.names.find(text, pos)
    if named is None or not (named[0].homes or named[0].communities):
        return None
    meaning, end = named
    if meaning.homes:
        homes, end = _narrowed(text, end, meaning.homes)
        return Wanted(homes, text[pos:end], "", end)
    if len(meaning.communities) > 1:
        homes = tuple(home for name in meaning.communities for home in lore.homes_of(name))
        return Wanted(homes, text[pos:end], meaning.communities[0], end)
    community = meaning.communities[0]
    homes, end = _narrowed(text, end, lore.homes_of(community))
    return Wanted(homes, text[pos:end].strip(), community, end)


def match_more(text: str, pos: int, lore: Lore, first: Wanted) -> Wanted | None:
    """Another listing after `和`, `、`: a description, or only the rooms in the same estate."""
    joint = _AND.match(text, pos)
    if not joint:
        return None
    found = match_home(text, joint.end(), lore)
    if found or not first.community:
        return found
    homes, end = _narrowed(text, joint.end(), lore.homes_of(first.community))
    return (
        Wanted(homes, text[joint.end() : end], first.community, end) if end > joint.end() else None
    )


def _narrowed(text: str, pos: int, homes: tuple[Home, ...]) -> tuple[tuple[Home, ...], int]:
    """The homes that what follows leaves over, and where it ends."""
    end = pos
    while True:
        gap = _GAP.match(text, end)
        start = gap.end() if gap else end
        found = _qualifier(text, start, homes) or _qualifier(text, end, homes)
        if found is None:
            that = _THAT_ONE.match(text, end)
            return homes, that.end() if that else end
        homes, end = found


def _qualifier(text: str, pos: int, homes: tuple[Home, ...]) -> tuple[tuple[Home, ...], int] | None:
    found = _ID.match(text, pos)
    if found:
        fitting = tuple(home for home in homes if home.ref.lower().endswith(f"-{found['six']}"))
        if fitting or found["letter"]:
            return fitting, found.end()
    rooms = match_layout(text, pos)
    if rooms:
        layout, end = rooms
        return tuple(home for home in homes if layout.fits(home.rooms)), end
    found = _BUILDING.match(text, pos)
    if found:
        number = parse_numeral(found["number"])
        return tuple(
            h for h in homes if h.building and parse_building(h.building) == number
        ), found.end()
    found = _FLOOR.match(text, pos)
    if found:
        number = parse_numeral(found["number"] or found["en"])
        return tuple(home for home in homes if home.floor == number), found.end()
    amount = match_amount(text, pos)
    if amount and (that := _THAT_ONE.match(text, amount.end)):
        sums = {amount.number, amount.wan()}
        return tuple(h for h in homes if {h.price, h.rent} & sums), that.end()
    return _by_suffix(text, pos, homes)


def _by_suffix(text: str, pos: int, homes: tuple[Home, ...]) -> tuple[tuple[Home, ...], int] | None:
    """By what their titles say after the estate: 底商, 车位."""
    suffixes = {squeezed(home.suffix) for home in homes if home.suffix}
    for suffix in sorted(suffixes, key=len, reverse=True):
        if len(suffix) > 1 and text.startswith(suffix, pos):
            fitting = tuple(home for home in homes if squeezed(home.suffix) == suffix)
            return fitting, pos + len(suffix)
    return None


def parse_building(text: str) -> int | None:
    """The number of a building, however it is typed."""
    found = re.match(f"(?:[0-9]{{1,4}}|{NUMERAL})", text.strip())
    return parse_numeral(found[0]) if found else None


def _on_the_market(homes: tuple[Home, ...]) -> tuple[Home, ...]:
    return tuple(home for home in homes if home.status in ACTIVE_STATUSES)


def _not_gone(homes: tuple[Home, ...]) -> tuple[Home, ...]:
    """Those whose owners there is something to talk about with."""
    return tuple(home for home in homes if home.status not in _GONE)


class Chosen(NamedTuple):
    """The listings left over, and whether what a person saw before decided."""

    homes: tuple[Home, ...]
    by_history: bool = False


def choose(wanted: Wanted, lore: Lore, seen: frozenset[str], own: frozenset[str], *,
           for_buyers: bool) -> Chosen:  # fmt: skip
    """Narrow the listings a description leaves open.

    Args:
        wanted: the description.
        lore: of the vault.
        seen: refs of the listings in the person's log and plans.
        own: refs of those the person owns, where the line is about that side.
        for_buyers: whether only listings on the market can be meant.
    """
    homes = wanted.homes
    for refs in (own,):
        mine = tuple(home for home in homes if home.ref in refs)
        homes = mine or homes
    if len(homes) > 1:
        left = _on_the_market(homes) if for_buyers else _not_gone(homes)
        homes = left or homes
    if len(homes) < 2:
        return Chosen(homes)
    known = tuple(home for home in homes if home.ref in seen)
    if len(known) == 1:
        return Chosen(known, by_history=True)
    homes = known or homes
    mine = tuple(home for home in homes if lore.me is not None and home.agent == lore.me)
    return Chosen(mine if len(mine) == 1 else homes)

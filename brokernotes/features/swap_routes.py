"""Swap routes: where those who sell in one estate buy next (seed).

Seed: 业主换房路线 shows where owners tend to go, so that the next ones can be served and deals
chained (连环单). What is counted, surest first: a sale and a purchase of one person; what an
owner who sells is looking for as a client; what the listing's note says of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from brokernotes.features.swap_chains import Sale, link_sales
from brokernotes.light_dataclasses import dataclass, field

HOW = ("deal", "demand", "said")  # surest first
_SAME_ESTATE = re.compile(
    "(?:同|本)(?:一?个?)?(?:小区|楼盘)|same (?:estate|community)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A listing, as far as it says who leaves.

    Attributes:
        id: of the note, else its path.
        estate: id of its community, else the name its note has for it.
        owners: ids of clients.
        is_for_sale: whether its owner sells, or sold; who only lets keeps the home.
        route: where the owner says to buy next.
    """

    id: str
    estate: str | None
    owners: tuple[str, ...] = ()
    is_for_sale: bool = True
    route: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A client, as far as it says where to.

    Attributes:
        id: of the note, else its path.
        is_looking: whether the note asks for a home to buy, and still does.
        places: ids of communities; where there are none, neighborhoods, else districts.
        purpose: id of what for.
        sells_first: id of the listing that has to be sold before.
    """

    id: str
    is_looking: bool = False
    places: tuple[str, ...] = ()
    purpose: str | None = None
    sells_first: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One person's way, and how it is known.

    Attributes:
        person: id of the client, else of the listing whose note speaks of its owner.
        start: the estate that is left; None: not known.
        goal: an estate, neighborhood or district, else the very words of a note; None: not said.
        how: one of `HOW`.
        purpose: id, of a demand.
        deals: ids: of the sale, then of the purchase.
        source: id of the note that says it: the client's or the listing's.
    """

    person: str
    start: str | None
    goal: str | None
    how: str
    purpose: str | None = None
    deals: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """How many go from one estate to one place.

    Attributes:
        start: see `Move`; likewise `goal`.
        moves: one a person, the surest of what is known of them.
    """

    start: str | None
    goal: str | None
    moves: tuple[Move, ...]

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.moves)

    def by_how(self) -> dict[str, int]:
        """How many are known how, surest first."""
        found = Counter(move.how for move in self.moves)
        return {how: found[how] for how in HOW if found[how]}

    def purposes(self) -> dict[str, int]:
        """What they buy for, most frequent first."""
        found = Counter(move.purpose for move in self.moves if move.purpose)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places that a note's words may mean.

    Attributes:
        by_name: id, or name, of each place by what it is called.
    """

    by_name: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str, here: str | None) -> tuple[str, ...]:
        """The places a sentence names, in its order; none known: the sentence itself.

        Args:
            text: such as `想换到书香名邸附近`.
            here: the estate it is said of, which `同小区` means.
        """
        names = sorted((name for name in self.by_name if name), key=len, reverse=True)
        pattern = "|".join(map(re.escape, names)) or "(?!)"
        found: list[tuple[int, str]] = [
            (hit.start(), self.by_name[hit[0]]) for hit in re.finditer(pattern, text)
        ]
        same = _SAME_ESTATE.search(text)
        if same and here:
            found.append((same.start(), here))
        return tuple(dict.fromkeys(place for _, place in sorted(found))) or (text,)


def find_moves(
    homes: Iterable[Home], buyers: Iterable[Buyer], sales: Sequence[Sale], places: Places
) -> list[Move]:
    """Every way that the notes tell of, one person's possibly several times.

    Args:
        homes: every listing.
        buyers: every client.
        sales: every sale that was not called off.
        places: what words mean.
    """
    homes = list(homes)
    clients = {buyer.id: buyer for buyer in buyers}
    by_id = {home.id: home for home in homes}
    moves = list(_moved(sales))
    leaving: dict[tuple[str, str | None], None] = {}
    for sale in sales:
        leaving |= dict.fromkeys((person, sale.estate) for person in sale.sellers)
    for home in homes:
        if home.is_for_sale:
            leaving |= dict.fromkeys((person, home.estate) for person in home.owners)
    for buyer in clients.values():
        sold = by_id.get(buyer.sells_first or "")
        if sold is not None:
            leaving[buyer.id, sold.estate] = None
    for person, estate in leaving:
        found = clients.get(person)
        if found is not None and found.is_looking:
            moves.extend(
                Move(person, estate, place, "demand", found.purpose, source=person)
                for place in found.places or (None,)
            )
    for home in homes:
        if home.route:
            person = home.owners[0] if home.owners else home.id
            moves.extend(
                Move(person, home.estate, place, "said", source=home.id)
                for place in places.read(home.route, home.estate)
            )
    return moves


def _moved(sales: Sequence[Sale]) -> Iterator[Move]:
    for sold, bought, person in link_sales(sales):
        yield Move(
            person, sold.estate, bought.estate, "deal", deals=(sold.id, bought.id), source=person
        )


def routes_of(moves: Iterable[Move]) -> list[Route]:
    """The ways by where they begin and end, the most travelled first.

    Who is known in several ways counts once in a route, as the surest says.
    """
    found: dict[tuple[str | None, str | None], dict[str, Move]] = {}
    for move in moves:
        people = found.setdefault((move.start, move.goal), {})
        known = people.get(move.person)
        if known is None or HOW.index(move.how) < HOW.index(known.how):
            people[move.person] = move
    routes = [
        Route(start, goal, tuple(people[person] for person in sorted(people)))
        for (start, goal), people in found.items()
    ]
    return sorted(
        routes,
        key=lambda one: (
            -one.count,
            [HOW.index(how) for how in one.by_how()],
            one.start or "\uffff",
            one.goal or "\uffff",
        ),
    )

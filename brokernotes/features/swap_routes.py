"""Swap routes: where those who sell in one estate buy next, and deals that hang together (seed).

Seed: 业主换房路线 shows where owners tend to go, so that the next ones can be served and deals
chained (连环单). What is counted, surest first: a sale and a purchase of one person; what an
owner who sells is looking for as a client; what the listing's note says of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from brokernotes.light_dataclasses import dataclass, field

# A sale and a purchase further apart are two matters (ours).
DAYS_APART = 730
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A deal about a sale that was not called off.

    Attributes:
        id: of the note, else its path.
        home: id of the listing.
        estate: of the listing.
        sellers: ids of clients; likewise `buyers`.
        day: of signing, else of the deposit; None: neither is known.
    """

    id: str
    home: str | None
    estate: str | None
    sellers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    day: date | None = None


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
    for sold, bought, person in _links(sales):
        yield Move(
            person, sold.estate, bought.estate, "deal", deals=(sold.id, bought.id), source=person
        )


def _links(sales: Sequence[Sale]) -> Iterator[tuple[Sale, Sale, str]]:
    """A sale, the purchase of the same person nearest to it in time, and the person.

    Each purchase answers one sale, so that who buys and sells every year is followed home by home.
    """
    sold: dict[str, list[Sale]] = {}
    bought: dict[str, list[Sale]] = {}
    for sale in sales:
        for person in sale.sellers:
            sold.setdefault(person, []).append(sale)
        for person in sale.buyers:
            bought.setdefault(person, []).append(sale)
    for person, left in sold.items():
        pairs = [
            (apart, one, other)
            for one in left
            for other in bought.get(person, ())
            if (apart := _apart(one, other)) is not None
        ]
        paired: set[str] = set()
        for _, one, other in sorted(pairs, key=lambda pair: (pair[0], pair[1].id, pair[2].id)):
            if not {f"-{one.id}", f"+{other.id}"} & paired:
                paired |= {f"-{one.id}", f"+{other.id}"}
                yield one, other, person


def _apart(one: Sale, other: Sale) -> int | None:
    """Days between two deals; None: they are the same matter, or nothing to do with each other."""
    if one.id == other.id or (one.home is not None and one.home == other.home):
        return None
    if one.day is None or other.day is None:
        return DAYS_APART
    days = abs((one.day - other.day).days)
    return days if days <= DAYS_APART else None


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


@dataclass(frozen=True, slots=True)
class Chain:
    """Deals that hang together: who sells in one buys in the next (连环单).

    Attributes:
        sales: at least two, beginning with the home that only has to be sold.
        people: between them: each sold in the deal before and bought in the one after.
    """

    sales: tuple[Sale, ...]
    people: tuple[str, ...]


def chains_of(sales: Sequence[Sale]) -> list[Chain]:
    """Every longest chain of deals, by its first deal's day, the latest first."""
    after: dict[str, dict[str, tuple[Sale, str]]] = {}
    later: set[str] = set()
    for sold, bought, person in _links(sales):
        after.setdefault(sold.id, {}).setdefault(bought.id, (bought, person))
        later.add(bought.id)
    starts = [sale for sale in sales if sale.id in after and sale.id not in later]
    reached = {one.id for start in starts for chain in _walk(start, after) for one in chain.sales}
    # Where everybody swaps with everybody there is no first: any will do.
    for sale in sales:
        if sale.id in after and sale.id not in reached:
            starts.append(sale)
            reached |= {one.id for chain in _walk(sale, after) for one in chain.sales}
    found = [chain for start in starts for chain in _walk(start, after)]
    return sorted(
        found,
        key=lambda one: (
            -(one.sales[0].day or date.min).toordinal(),
            [sale.id for sale in one.sales],
        ),
    )


def _walk(start: Sale, after: Mapping[str, Mapping[str, tuple[Sale, str]]]) -> Iterator[Chain]:
    waiting: list[Chain] = [Chain((start,), ())]
    while waiting:
        chain = waiting.pop()
        seen = {sale.id for sale in chain.sales}
        steps = [step for id_, step in after.get(chain.sales[-1].id, {}).items() if id_ not in seen]
        if not steps and len(chain.sales) > 1:
            yield chain
        waiting.extend(
            Chain((*chain.sales, sale), (*chain.people, person)) for sale, person in steps
        )

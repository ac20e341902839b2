"""Deals that hang together (连环单): who sells in one buys in the next (seed)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from brokernotes.light_dataclasses import dataclass

# A sale and a purchase further apart are two matters (ours).
DAYS_APART = 730


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


def link_sales(sales: Sequence[Sale]) -> Iterator[tuple[Sale, Sale, str]]:
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
    for sold, bought, person in link_sales(sales):
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

"""What an owner is told of their home: showings, what was said, deals to compare, and advice.

Clients are counted and never named, and nothing of what they wrote or offered is passed on: an
objection is told by the house's own word for it, or counted as another. The door, a price in mind
and other owners' affairs are not read at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from brokernotes.features.classifying_axes import is_residential
from brokernotes.model.money import RENT_BELOW
from brokernotes.model.records import LogEntry

if TYPE_CHECKING:
    from brokernotes.features.matching_history import Met

Values = Mapping[str, Any]
OTHER = "other"  # an objection in words of its own
_YEAR = 365  # days a deal stays comparable (ours)
_MOVED = re.compile(r"(\d+(?:\.\d+)?)\s*万?\s*(?:→|->|—>|降到|到)\s*\d")


class Echo(NamedTuple):
    """What came of showing a home in a time.

    Attributes:
        showings: one a client and day. clients: how many. again: who came more than once.
        reactions: by id. objections: by id, most first; one a client each.
    """

    showings: int
    clients: int
    again: int
    reactions: Mapping[str, int]
    objections: Mapping[str, int]


def echo_of(met: Iterable[Met], first: date, last: date, known: Collection[str]) -> Echo:
    """Count what came of showing a home.

    Args:
        met: clients and the home.
        first: day that counts.
        last: likewise.
        known: objections the house has a word for; others are counted as one.
    """
    shown: set[tuple[str, date]] = set()
    reactions: dict[str, str] = {}
    objections: set[tuple[str, str]] = set()
    for number, one in enumerate(sorted(met, key=lambda one: one.day)):
        if not first <= one.day <= last:
            continue
        client = one.client or f"?{number}"
        if one.is_showing:
            shown.add((client, one.day))
        if one.reaction:
            reactions[client] = one.reaction  # the last counts
        for word in one.objections:
            objections.add((client, word if word in known else OTHER))
    times = Counter(client for client, _ in shown)
    counted = Counter(word for _, word in objections)
    ordered = sorted(counted.items(), key=lambda one: (one[0] == OTHER, -one[1], one[0]))
    return Echo(
        len(shown),
        len(times),
        sum(1 for count in times.values() if count > 1),
        dict(Counter(reactions.values())),
        dict(ordered),
    )


class Point(NamedTuple):
    """A price, and the day from which it stood."""

    day: date
    price: float


def curve_of(
    entries: Iterable[LogEntry], start: date | None, now: float | None, side: str
) -> tuple[Point, ...]:
    """How the asking price went, the oldest first.

    Args:
        entries: of the listing's log; changes of the price count.
        start: when it came on the market; earlier changes belong to an earlier round.
        now: the price that stands; None: none does.
        side: `sale` or `lease`: a home that is both has changes of both in its log.
    """
    points: list[Point] = []
    changes = [one for one in entries if one.verb == "price_change" and one.is_happened]
    for one in sorted(changes, key=lambda one: one.moment):
        price = _asked(one.fields.get("amount"), side)
        if price is None or (start and one.day < start):
            continue
        before = _MOVED.search(one.text)
        if not points and before and start and start < one.day:
            typed = float(before[1])
            typed = int(typed) if typed.is_integer() else typed
            if price / 2 < typed < price * 2:
                points.append(Point(start, typed))
        if not points or points[-1].price != price:
            points.append(Point(one.day, price))
    if now is not None and not points and start:
        points.append(Point(start, now))
    return tuple(points)


def _asked(amount: object, side: str) -> float | None:
    """What an entry says is asked, as the field of the side has it; None: nothing of that side."""
    if not isinstance(amount, int | float) or (amount < RENT_BELOW) != (side == "lease"):
        return None
    return round(amount * 10_000) if side == "lease" else amount


class Comparable(NamedTuple):
    """A home like it in the estate.

    Attributes:
        day: it was signed, or came off the market; None: not known.
        bedrooms, area: of it; None: not known.
        price: 万元, or 元 a month.
        is_deal: ours, at the price of the contract; else as it was asked, sold by others.
    """

    day: date | None
    bedrooms: int | None
    area: float | None
    price: float
    is_deal: bool = True

    def unit(self, side: str) -> float | None:
        """What is compared: 元 a ㎡ of a sale, the rent of a lease."""
        if side == "lease":
            return self.price
        return self.price * 10_000 / self.area if self.area else None


def is_comparable(home: Values, other: Values) -> bool:
    """Whether two properties of an estate are of one kind: a parking space is no home.

    Args:
        home: values of the one.
        other: of the other; a kind that is not noted is taken for the same.
    """
    kinds = [one.get("property_type") for one in (home, other)]
    if None in kinds:
        return is_residential(home) is not False and is_residential(other) is not False
    return kinds[0] == kinds[1] or all(is_residential(one) for one in (home, other))


def is_rival(home: Values, other: Values) -> bool:
    """Whether somebody who looks at the one may take the other: as many rooms, or of one kind."""
    rooms = home.get("bedrooms")
    if rooms is None and is_residential(home) is not False:
        return False  # how many it has is not noted
    return is_comparable(home, other) and other.get("bedrooms") == rooms


class Yardstick(NamedTuple):
    """What a price is held against.

    Attributes:
        price: of such a home. basis: `deals` or `average`. deals: how many.
    """

    price: float
    basis: str
    deals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a home on the market.

    Attributes:
        side: `sale` or `lease`. price: asked; None: not noted.
        days: on the market; None: since when is not noted.
        echo: of the time that is told.
        curve: of the price.
        comparables: the newest first.
        rivals: prices of homes like it that are on offer in the estate.
        yardstick: None: there is nothing to compare with.
        is_reserved: whether a deposit is paid, and the price is settled.
        has_no_rooms: whether it is compared by its kind and not by its rooms.
    """

    side: str
    price: float | None
    days: int | None
    echo: Echo
    curve: tuple[Point, ...]
    comparables: tuple[Comparable, ...]
    rivals: tuple[float, ...]
    yardstick: Yardstick | None
    is_reserved: bool = False
    has_no_rooms: bool = False


def yardstick_of(
    home: Values, estate: Values, comparables: Sequence[Comparable], side: str, today: date
) -> Yardstick | None:
    """What a price is held against: deals of the last year, else the estate's average.

    One deal is no market: two of homes with as many bedrooms count, else three of any.
    """
    area = home.get("gross_area")
    recent = [
        one
        for one in comparables
        if one.is_deal and one.day is not None and today - one.day <= timedelta(days=_YEAR)
    ]
    alike = [one for one in recent if one.bedrooms == home.get("bedrooms")]
    if side == "lease":
        rents = [one.price for one in alike]
        return Yardstick(median(rents), "deals", len(rents)) if len(rents) > 1 else None
    if not area:
        return None
    chosen = alike if len(alike) > 1 else recent if len(recent) > 2 else []
    units = [unit for one in chosen if (unit := one.unit(side))]
    if units:
        return Yardstick(median(units) * area / 10_000, "deals", len(units))
    average = estate.get("avg_price") if is_residential(home) is not False else None  # of homes
    return Yardstick(average * area / 10_000, "average") if average else None


# -- advice

NEAR = 0.03  # of the yardstick: a price as near as this is taken for equal (ours)
_STANDS = 30  # days after a change of price in which the market is given time (ours)
_MANY = 3  # showings that say something (ours)


class Advice(NamedTuple):
    """What an owner may do about the price; the decision is theirs.

    Attributes:
        kind: `lower`, `wait`, `keep`, `show`, `dear`, `ask`, `unknown` or `reserved`.
        low, high: a span to consider, of `lower`.
        gap: of the price to the yardstick, as a fraction; None: there is none.
    """

    kind: str
    low: float = 0
    high: float = 0
    gap: float | None = None


def advice_on(situation: Situation, today: date) -> Advice:
    """What to say about the price; rules of thumb (ours), each told with its reasons."""
    if situation.is_reserved:
        return Advice("reserved")
    echo, price, yardstick = situation.echo, situation.price, situation.yardstick
    too_dear = echo.objections.get("price", 0)
    says_dear = too_dear >= 2 and too_dear * 3 >= echo.clients
    if price is None or yardstick is None:
        return Advice("ask" if says_dear else "unknown")
    gap = (price - yardstick.price) / yardstick.price
    if gap <= NEAR:
        if says_dear:
            return Advice("dear", gap=gap)
        kind = "keep" if echo.showings >= _MANY else "show" if echo.showings == 0 else "wait"
        return Advice(kind, gap=gap)
    changed = situation.curve[-1].day if len(situation.curve) > 1 else None
    is_fresh = changed is not None and (today - changed).days < _STANDS
    if is_fresh or not (says_dear or echo.showings < _MANY):
        return Advice("wait", gap=gap)
    step = 50 if situation.side == "lease" else 1
    low = round(yardstick.price / step) * step
    high = min(round(yardstick.price * (1 + NEAR) / step) * step, price)
    return Advice("lower", min(low, high), high, gap)

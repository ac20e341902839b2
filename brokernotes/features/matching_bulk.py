"""Matching every client with every listing, without looking at every pair.

Each demand that some client has is worked out once for all homes, as a set of bits: which homes
do not miss it, which fit it. What is left for one client is the intersection of a few such sets,
and only those homes are scored. The value is that of `matching.judge` without its explanation; a
test holds the two equal.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from brokernotes.features.matching import UNKNOWN_SHARE, is_dwelling
from brokernotes.features.matching_criteria import Demand, Settings, demands_of
from brokernotes.features.matching_search import Shares, best_first, lowest
from brokernotes.features.matching_shares import FIT, MISS, NEAR
from brokernotes.features.matching_sides import SALE, Home, Want
from brokernotes.light_dataclasses import NamedTuple

_STEP = 128  # numbers between two sets that are kept of a scale
_SLACK = 1 + 1e-6  # what lies at an edge is judged, not cut off
_HALF = (None, NEAR)
_EXACT = (FIT, MISS, *_HALF)


class Pair(NamedTuple):
    """A client and a home that suit, without the explanation.

    Attributes:
        value: 0 to 1, as `Match.value`.
    """

    value: float
    want: Want
    home: Home


class Scale:
    """Homes by a number of theirs, as sets of bits.

    Args:
        numbers: of each home in order; None: not known.
    """

    def __init__(self, numbers: Sequence[float | None]) -> None:
        known = sorted((one, bit) for bit, one in enumerate(numbers) if one is not None)
        self._numbers = [one for one, _ in known]
        self._bits = [bit for _, bit in known]
        self.unknown = _set(bit for bit, one in enumerate(numbers) if one is None)
        self._upto = [0]
        for start in range(0, len(known), _STEP):
            self._upto.append(self._upto[-1] | _set(self._bits[start : start + _STEP]))

    def upto(self, most: float) -> int:
        """Homes whose number is at most this."""
        return self._first(bisect_right(self._numbers, most))

    def below(self, least: float) -> int:
        """Homes whose number is less than this."""
        return self._first(bisect_left(self._numbers, least))

    def _first(self, count: int) -> int:
        whole = count // _STEP
        return self._upto[whole] | _set(self._bits[whole * _STEP : count])


class Pool:
    """Homes, ready to be matched with many clients.

    Args:
        homes: on offer.
        settings: of the rules.
    """

    def __init__(self, homes: Iterable[Home], settings: Settings) -> None:
        self._settings = settings
        self._homes = sorted(homes, key=lambda home: home.ref)
        self._sides = {
            side: _set(bit for bit, home in enumerate(self._homes) if side in home.sides)
            for side in ("sale", "lease")
        }
        self._prices = {
            SALE: Scale([home.price for home in self._homes]),
            "lease": Scale([home.rent for home in self._homes]),
        }
        self._areas = Scale([home.area for home in self._homes])
        self._judged: dict[object, Shares] = {}
        self._all = (1 << len(self._homes)) - 1
        self._dwellings = _set(bit for bit, home in enumerate(self._homes) if is_dwelling(home))

    def suiting(self, want: Want) -> Iterator[Pair]:
        """Every home without a hard miss for a client, each once, by its id."""
        if len(want.sides) == 1:
            yield from self._suiting(want, want.sides[0])
            return
        best: dict[str, Pair] = {}
        for side in want.sides:
            for pair in self._suiting(want, side):
                known = best.get(pair.home.ref)
                if known is None or pair.value > known.value:
                    best[pair.home.ref] = pair
        yield from best.values()

    def best(self, want: Want, top: int) -> list[Pair]:
        """The best homes for a client: by value, ties by the home's id."""
        found: list[Pair] = []
        for side in want.sides:
            demands = demands_of(want, side, self._settings)
            shares = [self._shares(want, side, demand) for demand in demands]
            start = self._sides[side] & self._kinds(want)
            for value, bits in best_first(demands, shares, start, top):
                for bit in bits:
                    home = self._homes[bit]
                    exact = value_of(demands, home) if value is None else value
                    if exact is not None:
                        found.append(Pair(exact, want, home))
        found.sort(key=lambda pair: (-pair.value, pair.home.ref))
        once = {pair.home.ref: pair for pair in reversed(found)}
        return sorted(once.values(), key=lambda pair: (-pair.value, pair.home.ref))[:top]

    def _suiting(self, want: Want, side: str) -> Iterator[Pair]:
        demands = demands_of(want, side, self._settings)
        left = self._sides[side] & self._kinds(want)
        for demand in demands:
            if demand.is_hard and left:
                left &= self._shares(want, side, demand).possible
        for bit in lowest(left):
            value = value_of(demands, self._homes[bit])
            if value is not None:
                yield Pair(value, want, self._homes[bit])

    def _kinds(self, want: Want) -> int:
        return self._all if want.facts.get("property_types") else self._dwellings

    def _shares(self, want: Want, side: str, demand: Demand) -> Shares:
        match demand.key:
            case "price":
                most = want.number("budget_max" if side == SALE else "rent_max") or 0
                scale = self._prices[side]
                above = scale.upto(most * (1 + self._settings.price_tolerance) * _SLACK)
                fitting = scale.upto(most)
                return Shares(fitting, scale.unknown, above & ~fitting)
            case "area":
                return self._of_area(want)
        return self._of_demand(demand, want if demand.key == "place" else None)

    def _of_area(self, want: Want) -> Shares:
        least, most = want.number("area_min"), want.number("area_max")
        tolerance = self._settings.area_tolerance
        largest = float("inf") if most is None else most
        possible = self._areas.upto(largest * (1 + tolerance) * _SLACK)
        fitting = self._areas.upto(largest)
        if least is not None:
            possible &= ~self._areas.below(least * (1 - tolerance) / _SLACK)
            fitting &= ~self._areas.below(least)
        return Shares(fitting, self._areas.unknown, possible & ~fitting)

    def _of_demand(self, demand: Demand, want: Want | None) -> Shares:
        """Worked out once for all clients who ask the same."""
        same = same_demand(demand, want)
        if same not in self._judged:
            shares = [demand.judge(home) for home in self._homes]
            self._judged[same] = Shares(
                _set(bit for bit, share in enumerate(shares) if share == FIT),
                _set(bit for bit, share in enumerate(shares) if share in _HALF),
                _set(bit for bit, share in enumerate(shares) if share not in _EXACT),
            )
        return self._judged[same]


def same_demand(demand: Demand, want: Want | None) -> object:
    """What two demands have in common that judge every home alike.

    Args:
        demand: of a client.
        want: the client's, where a place is asked for.
    """
    if want is not None:
        return want.districts, want.neighborhoods, want.communities, want.around, want.whole
    judge = demand.judge
    return (judge.func, judge.args) if isinstance(judge, partial) else judge


def value_of(demands: Iterable[Demand], home: Home) -> float | None:
    """How well a home suits, 0 to 1; None: a hard criterion misses."""
    total = reached = 0.0
    for demand in demands:
        share = demand.judge(home)
        if share is None:
            share = UNKNOWN_SHARE
        elif share <= MISS and demand.is_hard:
            return None
        total += demand.weight
        reached += demand.weight * share
    return reached / total if total else UNKNOWN_SHARE


def _set(bits: Iterable[int]) -> int:
    """A set of bits as one number."""
    found = bytearray()
    for bit in bits:
        place = bit >> 3
        if place >= len(found):
            found.extend(bytes(place + 1 - len(found)))
        found[place] |= 1 << (bit & 7)
    return int.from_bytes(found, "little")

"""The best of many homes for one client, found without scoring them all.

Homes are sets of bits. Demand by demand a set is split into those that fit it, those that count
half and those that miss it, the most promising set first; a search that has its best homes stops
where no other set can hold a better one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from brokernotes.features.matching_criteria import Demand
from brokernotes.features.matching_shares import FIT, MISS, NEAR
from brokernotes.light_dataclasses import NamedTuple

_ROUNDING = 1e-9  # two ways of adding up the same shares


class Shares(NamedTuple):
    """Homes by their share of a demand.

    Attributes:
        fitting: 1.
        half: a half, and what is not known.
        vague: anything else but a miss; perhaps a miss, too, at an edge.
    """

    fitting: int
    half: int
    vague: int = 0

    @property
    def possible(self) -> int:
        """Homes that do not miss it, and at an edge perhaps some that do."""
        return self.fitting | self.half | self.vague


class _State(NamedTuple):
    """A set of homes that the first demands do not tell apart.

    Attributes:
        worst: minus the greatest value one of them may have, so that the best comes first.
        number: of the state; no two are alike.
        at: how many demands are decided.
        homes: the set.
        reached: of those demands.
        is_exact: whether that is what each of them has.
    """

    worst: float
    number: int
    at: int
    homes: int
    reached: float
    is_exact: bool


def best_first(
    demands: Sequence[Demand], shares: Sequence[Shares], homes: int, top: int
) -> Iterator[tuple[float | None, list[int]]]:
    """Sets of homes that hold the best ones, the best first.

    Args:
        demands: of the client.
        shares: of each demand, all homes by it.
        homes: the set to search.
        top: how many are wanted.

    Yields:
        The value that all of a set have, and its bits, the lowest first and at most `top`; None
        and all bits where each has to be scored. Together they hold the best `top` by value,
        then by the lowest bit.
    """
    total = sum(demand.weight for demand in demands)
    if not total:
        yield 0.5, lowest(homes, top)
        return
    left = [0.0]  # weights of the demands from here on
    for demand in reversed(demands):
        left.append(left[-1] + demand.weight)
    left.reverse()
    heap = [_State(-1.0, 0, 0, homes, 0.0, True)] if homes else []
    number, found, enough = 0, 0, -1.0
    while heap and -heap[0].worst >= enough - _ROUNDING:
        state = heappop(heap)
        if state.at == len(demands):
            if state.is_exact:
                bits = lowest(state.homes, top)
                found += len(bits)
                if found >= top and enough < 0:
                    enough = state.reached / total
                yield state.reached / total, bits
            else:
                yield None, lowest(state.homes)
            continue
        demand, split = demands[state.at], shares[state.at]
        for share, part, is_exact in _parts(demand, split, state.homes):
            if part:
                number += 1
                reached = state.reached + demand.weight * share
                bound = (reached + left[state.at + 1]) / total
                heappush(
                    heap,
                    _State(
                        -bound, number, state.at + 1, part, reached, state.is_exact and is_exact
                    ),
                )


def _parts(demand: Demand, split: Shares, homes: int) -> Iterator[tuple[float, int, bool]]:
    """The parts of a set: the greatest share of each, and whether all of it have that."""
    yield FIT, homes & split.fitting, True
    yield NEAR, homes & split.half, True
    yield FIT, homes & split.vague, False
    if not demand.is_hard:
        yield MISS, homes & ~split.possible, True


def lowest(homes: int, most: int | None = None) -> list[int]:
    """The bits of a set, the lowest first; at most so many."""
    found: list[int] = []
    for place, byte in enumerate(homes.to_bytes((homes.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            found.append((place << 3) + low.bit_length() - 1)
            if len(found) == most:
                return found
            byte ^= low
    return found

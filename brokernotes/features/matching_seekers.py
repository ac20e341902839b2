"""Matching one home after the other with every client, without looking at every pair.

The value is that of `matching.judge` without its explanation; a test holds the two equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from brokernotes.features.matching import UNKNOWN_SHARE, is_dwelling, is_of_kind
from brokernotes.features.matching_bulk import Pair, same_demand
from brokernotes.features.matching_criteria import Settings, demands_of
from brokernotes.features.matching_shares import MISS, Share
from brokernotes.features.matching_sides import Home, Want
from brokernotes.light_dataclasses import NamedTuple


class Seekers:
    """Clients, ready to be matched with one home after the other.

    What a client asks is worked out when a home first comes near; what many ask is judged
    once for each home.

    Args:
        wants: of the clients.
        settings: of the rules.
    """

    def __init__(self, wants: Iterable[Want], settings: Settings) -> None:
        self._settings = settings
        self._numbers: dict[object, int] = {}  # of the demands, equal ones have one
        self._judges: list[Callable[[Home], Share]] = []  # by number
        self._anywhere: dict[str, list[_Seeker]] = defaultdict(list)
        self._near: dict[tuple[str, str, str], list[_Seeker]] = defaultdict(list)
        self._placed: dict[str, list[_Seeker]] = defaultdict(list)
        asks_place = settings.weight("place") > 0
        for want in wants:
            for side in want.sides:
                seeker = _Seeker(want, side, [])
                if not (asks_place and (want.districts or want.around)):
                    self._anywhere[side].append(seeker)
                    continue
                self._placed[side].append(seeker)
                for kind, names in (
                    ("district", want.districts | want.around),
                    ("neighborhood", want.neighborhoods),
                    ("community", want.communities),
                ):
                    for name in names:
                        self._near[side, kind, name].append(seeker)

    def suiting(self, home: Home) -> list[Pair]:
        """Every client whom a home suits, best first, ties by the client's id."""
        best: dict[str, Pair] = {}
        is_home = is_dwelling(home)
        shares: dict[int, float] = {}
        for side in home.sides:
            for seeker in self._candidates(side, home):
                if not (is_home or is_of_kind(seeker.want, home)):
                    continue
                value = self._value(seeker, home, shares)
                if value is None:
                    continue
                known = best.get(seeker.want.ref)
                if known is None or value > known.value:
                    best[seeker.want.ref] = Pair(value, seeker.want, home)
        return sorted(best.values(), key=lambda pair: (-pair.value, pair.want.ref))

    def _candidates(self, side: str, home: Home) -> Iterator[_Seeker]:
        yield from self._anywhere[side]
        if home.district is None:
            yield from self._placed[side]
            return
        for kind in ("district", "neighborhood", "community"):
            yield from self._near.get((side, kind, getattr(home, kind) or ""), ())

    def _value(self, seeker: _Seeker, home: Home, shares: dict[int, float]) -> float | None:
        """As `value_of`.

        Args:
            seeker: whom the home may suit.
            home: the home.
            shares: what was judged of it already, by the numbers of the demands.
        """
        total = reached = 0.0
        for number, weight, is_hard in seeker.asked or self._worked_out(seeker):
            share = shares.get(number)
            if share is None:
                judged = self._judges[number](home)
                share = shares[number] = UNKNOWN_SHARE if judged is None else judged
            if is_hard and share <= MISS:
                return None
            total += weight
            reached += weight * share
        return reached / total if total else UNKNOWN_SHARE

    def _worked_out(self, seeker: _Seeker) -> list[tuple[int, float, bool]]:
        for demand in demands_of(seeker.want, seeker.side, self._settings):
            same = same_demand(demand, seeker.want if demand.key == "place" else None)
            number = self._numbers.setdefault(same, len(self._judges))
            if number == len(self._judges):
                self._judges.append(demand.judge)
            seeker.asked.append((number, demand.weight, demand.is_hard))
        return seeker.asked


class _Seeker(NamedTuple):
    """A client on one side.

    Attributes:
        want: the client's.
        side: `sale` or `lease`.
        asked: number, weight and hardness of each demand; empty: not worked out yet.
    """

    want: Want
    side: str
    asked: list[tuple[int, float, bool]]

"""Matching clients with listings: one scoring function for both directions (seed).

The score is the weighted mean of the criteria's shares; what is unknown counts half, so it
never scores as a miss. A hard criterion that misses rules a home out; one that is near makes
the match near. The same client and the same home score the same from either side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from brokernotes.features.matching_criteria import HOMES, Demand, Settings, demands_of
from brokernotes.features.matching_shares import FIT, MISS, Share
from brokernotes.features.matching_sides import Home, Lesson, Want
from brokernotes.light_dataclasses import NamedTuple

UNKNOWN_SHARE = 0.5
ACTIVE_STAGES = frozenset((None, "lead", "active", "nurture", "negotiating"))
RESERVED = "deposit"
_THEIRS = frozenset(("deal", "own"))  # what is the client's already is told first


class Criterion(NamedTuple):
    """What became of one criterion.

    Attributes:
        key: of `matching_criteria.WEIGHTS`; term: of one about a term.
        verdict: `fit`, `near`, `miss` or `unknown`.
        share: 1 fits, 0 misses; None: unknown.
        weight: how much it counts.
        is_hard: whether a miss rules the home out.
        lesson: what reactions taught, of such a one.
    """

    key: str
    term: str
    verdict: str
    share: Share
    weight: float
    is_hard: bool
    lesson: Lesson | None = None

    @property
    def points(self) -> float:
        """How much of its weight it brings; what is not known brings half."""
        return self.weight * (UNKNOWN_SHARE if self.share is None else self.share)


class Match(NamedTuple):
    """A client and a home, judged.

    Attributes:
        want: the client's. home: the listing's.
        side: `sale` or `lease`.
        value: 0 to 1, exact; `score` is what people see.
        verdict: `fit`, `near` or `miss`.
        criteria: hard ones first.
    """

    want: Want
    home: Home
    side: str
    value: float
    verdict: str
    criteria: tuple[Criterion, ...]

    @property
    def score(self) -> int:
        """0 to 100."""
        return round(self.value * 100)

    @property
    def is_unsure(self) -> bool:
        """Whether it fits as far as is known, and a hard criterion is not."""
        return self.verdict == "fit" and any(
            one.is_hard and one.verdict == "unknown" for one in self.criteria
        )

    @property
    def missed(self) -> tuple[Criterion, ...]:
        """Hard criteria that rule the home out."""
        return tuple(one for one in self.criteria if one.is_hard and one.verdict == "miss")


class Aside(NamedTuple):
    """A match that is not recommended, and why.

    Attributes:
        match: judged all the same.
        reason: `own`, `deal`, `seized`, `reserved`, `seen`, `rejected` or `quiet`.
        day: of what was seen or said, ISO; "": none.
    """

    match: Match
    reason: str
    day: str = ""


class Ranking(NamedTuple):
    """What fits, best first.

    Attributes:
        matches: without a hard miss.
        nearly: one hard criterion misses, and nothing else speaks against it.
        asides: not recommended, with the reason.
        judged: how many pairs were.
    """

    matches: tuple[Match, ...]
    nearly: tuple[Match, ...]
    asides: tuple[Aside, ...]
    judged: int


# Why the pair of a client and a home is not recommended: reason and day; None: nothing against it.
Against = Callable[[Want, Home], tuple[str, str] | None]


def judge(want: Want, home: Home, settings: Settings) -> Match | None:
    """Judge a client and a home on the side where they suit best.

    Returns:
        The match; None: what the one wants is not what the other offers (buy, rent; a home,
        which is what everybody looks for who says no `property_types`).
    """
    if not is_of_kind(want, home):
        return None
    judged = [
        _judged(want, home, side, demands_of(want, side, settings))
        for side in want.sides
        if side in home.sides
    ]
    return max(judged, key=lambda one: (one.verdict != "miss", one.value), default=None)


def is_of_kind(want: Want, home: Home) -> bool:
    """Whether a home is not something else, such as a shop or a parking space, unasked for."""
    return is_dwelling(home) or bool(want.facts.get("property_types"))


def is_dwelling(home: Home) -> bool:
    """Whether people live in it, as far as its note says."""
    kind = home.facts.get("property_type")
    return kind is None or kind in HOMES


def _judged(want: Want, home: Home, side: str, demands: Iterable[Demand]) -> Match:
    criteria = []
    total = reached = 0.0
    for one in demands:
        share = one.judge(home)
        verdict = verdict_of(share)
        criterion = Criterion(
            one.key, one.term, verdict, share, one.weight, one.is_hard, one.lesson
        )
        criteria.append(criterion)
        total += criterion.weight
        reached += criterion.points
    hard = {one.verdict for one in criteria if one.is_hard}
    verdict = "miss" if "miss" in hard else "near" if "near" in hard else "fit"
    value = reached / total if total else UNKNOWN_SHARE
    return Match(want, home, side, value, verdict, tuple(criteria))


def verdict_of(share: Share) -> str:
    """The word for a share."""
    if share is None:
        return "unknown"
    return "fit" if share >= FIT else "miss" if share <= MISS else "near"


def rank(matches: Iterable[Match | None], against: Against, *, tells_near: bool = False) -> Ranking:
    """Sort matches: best first, ties by the client's and the home's id.

    What is the client's already stands apart whatever it misses.

    Args:
        matches: of one client with many homes, or of one home with many clients.
        against: what speaks against recommending a pair.
        tells_near: whether what misses one hard criterion stands apart, too, where something
            speaks against it.
    """
    good: list[Match] = []
    nearly: list[Match] = []
    asides: list[Aside] = []
    count = 0
    for match in matches:
        count += 1
        if match is None:
            continue
        reason = against(match.want, match.home)
        missed = len(match.missed)
        if reason is not None and (reason[0] in _THEIRS or missed <= tells_near):
            asides.append(Aside(match, *reason))
        elif reason is not None or missed > 1:
            continue
        elif missed:
            nearly.append(match)
        else:
            good.append(match)
    asides.sort(key=lambda one: (one.reason not in _THEIRS, _place(one.match)))
    return Ranking(
        tuple(sorted(good, key=_place)), tuple(sorted(nearly, key=_place)), tuple(asides), count
    )


def _place(match: Match) -> tuple[float, str, str]:
    return -match.value, match.want.ref, match.home.ref


def settings_of(rules: Mapping[str, object]) -> Settings:
    """The settings of `match` in brokernotes.yaml."""
    weights = rules.get("weights")
    price, area = rules.get("price_tolerance"), rules.get("area_tolerance")
    return Settings(
        float(price) if isinstance(price, int | float) else Settings().price_tolerance,
        float(area) if isinstance(area, int | float) else Settings().area_tolerance,
        dict(weights) if isinstance(weights, Mapping) else {},
    )

"""What was shown, how it was received, and what came of it (seed: 带看, 反馈收集)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

IN_TIME, LATE, MISSING = "in_time", "late", "missing"


class Shown(NamedTuple):
    """One home that one client was shown on one day.

    Attributes:
        listing: its id, else its path.
        client: likewise; None: nobody is named.
        agent: id of who showed it; None: not known.
        estate: id of its estate; None: not known.
        day: when.
        is_second: whether it was a second look.
        interest: 1 to 5; None: not said.
        objections: ids, or own words.
        feedback: `in_time` (the same day), `late` or `missing`.
        offered: whether the client made an offer for it since.
        deposited: whether a deposit was paid, or more, since.
    """

    listing: str
    client: str | None
    agent: str | None
    estate: str | None
    day: date
    is_second: bool = False
    interest: int | None = None
    objections: tuple[str, ...] = ()
    feedback: str = MISSING
    offered: bool = False
    deposited: bool = False


class Tally(NamedTuple):
    """What came of the showings of one agent, client, listing or estate.

    Attributes:
        ref: whose; None: not known.
        showings: one a client, listing and day.
        second: second looks among them.
        feedback: how many in time, late and missing.
        interest: the mean of those that say it; None: none does.
        objections: how often each was made, the most frequent first.
        pairs: different clients with different homes.
        offers: of those pairs, with an offer.
        deposits: of those pairs, with a deposit.
    """

    ref: str | None
    showings: int
    second: int
    feedback: Mapping[str, int]
    interest: float | None
    objections: Mapping[str, int]
    pairs: int
    offers: int
    deposits: int


def tally(shown: Iterable[Shown], of: Callable[[Shown], str | None]) -> list[Tally]:
    """Count showings by what one of them belongs to, the most first, ties by ref.

    Args:
        shown: of a period, in any order.
        of: an agent, a client, a listing or an estate.
    """
    groups: dict[str | None, list[Shown]] = {}
    for one in once(shown):
        groups.setdefault(of(one), []).append(one)
    found = [_tally(ref, group) for ref, group in groups.items()]
    return sorted(found, key=lambda one: (-one.showings, one.ref is None, one.ref or ""))


def once(shown: Iterable[Shown]) -> list[Shown]:
    """One a client, listing and day: what both notes tell is one showing, the fuller one's."""
    best: dict[tuple[str, str | None, date], Shown] = {}
    for one in shown:
        key = (one.listing, one.client, one.day)
        known = best.get(key)
        if known is None or _fullness(one) > _fullness(known):
            best[key] = one
    named = {(listing, day) for listing, client, day in best if client is not None}
    return [
        one for (listing, client, day), one in best.items()
        if client is not None or (listing, day) not in named
    ]  # fmt: skip


def _fullness(one: Shown) -> tuple[bool, bool, bool, int]:
    return one.feedback != MISSING, one.interest is not None, one.is_second, len(one.objections)


def _tally(ref: str | None, group: list[Shown]) -> Tally:
    interests = [one.interest for one in group if one.interest is not None]
    objections = Counter(word for one in group for word in one.objections)
    ordered = sorted(objections.items(), key=lambda one: (-one[1], one[0]))
    pairs = {(one.client, one.listing) for one in group}
    return Tally(
        ref,
        len(group),
        sum(one.is_second for one in group),
        {kind: sum(one.feedback == kind for one in group) for kind in (IN_TIME, LATE, MISSING)},
        round(sum(interests) / len(interests), 1) if interests else None,
        dict(ordered),
        len(pairs),
        len({(one.client, one.listing) for one in group if one.offered}),
        len({(one.client, one.listing) for one in group if one.deposited}),
    )

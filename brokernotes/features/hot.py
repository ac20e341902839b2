"""The hot list: what is shown most, what is new and sells fast, what the store pushes (seed).

Seed: 优质房源一般包括最近一周带看最多的5套房、新增的速销房、近期的聚焦房.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from brokernotes.light_dataclasses import NamedTuple, dataclass
from brokernotes.model.days import days_after

SHOWN, FAST, FOCUS = "shown", "fast_sale", "focus"  # why a listing is hot, in this order


class Showing(NamedTuple):
    """One listing that took place to be seen by one client.

    Attributes:
        listing: path or id of the listing.
        client: of the client; None: the entry names nobody.
        day: when.
        minutes: since midnight; None: no time was given.
    """

    listing: str
    client: str | None
    day: date
    minutes: int | None = None


class Home(NamedTuple):
    """A listing that is on the market.

    Attributes:
        key: as in `Showing.listing`.
        id: breaks ties.
        is_fast: whether it is marked as one that sells fast.
        since: when it came in; None: not known.
        focus_until: the day up to which the store pushes it.
    """

    key: str
    id: str
    is_fast: bool = False
    since: date | None = None
    focus_until: date | None = None


class Limits(NamedTuple):
    """The rules of the hot list.

    Attributes:
        top: how many of the most shown (seed: 5).
        days: back from today, today included (seed: a week).
        new_days: for so many days a listing is new (ours).
    """

    top: int = 5
    days: int = 7
    new_days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Hot:
    """One listing of the hot list.

    Attributes:
        key: of the listing.
        why: of `shown`, `fast_sale`, `focus`, at least one.
        showings: in the days that count: one a client and day.
        clients: how many different ones saw it.
        last: its last showing of them.
        rank: among the most shown, from 1; None: it is none of them.
    """

    key: str
    why: tuple[str, ...]
    showings: int = 0
    clients: int = 0
    last: date | None = None
    rank: int | None = None


class _Count(NamedTuple):
    pairs: frozenset[tuple[str | None, date]]
    last: tuple[date, int]


def hot_list(
    homes: Sequence[Home], showings: Iterable[Showing], today: date, limits: Limits
) -> list[Hot]:
    """The hot list: the most shown, then new ones that sell fast, then those in focus.

    Args:
        homes: on the market; the rest is never hot.
        showings: that took place, of any listing.
        today: in the vault's zone.
        limits: of the rules.
    """
    counts = count_showings(showings, days_after(today, 1 - limits.days), today)
    known = [home for home in homes if home.key in counts]
    known.sort(key=lambda home: home.id)
    known.sort(key=lambda home: counts[home.key].last, reverse=True)
    known.sort(key=lambda home: len(counts[home.key].pairs), reverse=True)
    ranks = {home.key: rank for rank, home in enumerate(known[: limits.top], 1)}
    found = []
    for home in homes:
        why = tuple(
            reason
            for reason, holds in (
                (SHOWN, home.key in ranks),
                (FAST, home.is_fast and _is_new(home, today, limits)),
                (FOCUS, home.focus_until is not None and home.focus_until >= today),
            )
            if holds
        )
        if why:
            found.append(_hot(home, why, counts, ranks))
    ids = {home.key: home.id for home in homes}
    return sorted(
        found, key=lambda one: (one.rank or len(homes) + 1, _ORDER[one.why[0]], ids[one.key])
    )


_ORDER = {SHOWN: 0, FAST: 1, FOCUS: 2}


def _hot(
    home: Home, why: tuple[str, ...], counts: Mapping[str, _Count], ranks: Mapping[str, int]
) -> Hot:
    count = counts.get(home.key)
    return Hot(
        key=home.key,
        why=why,
        showings=len(count.pairs) if count else 0,
        clients=len({client for client, _ in count.pairs}) if count else 0,
        last=count.last[0] if count else None,
        rank=ranks.get(home.key),
    )


def _is_new(home: Home, today: date, limits: Limits) -> bool:
    return home.since is not None and 0 <= (today - home.since).days < limits.new_days


def of_somebody(showings: Iterable[Showing]) -> list[Showing]:
    """The showings without those of nobody named, where another of that listing and day has one."""
    found = list(showings)
    named = {(one.listing, one.day) for one in found if one.client is not None}
    return [one for one in found if one.client is not None or (one.listing, one.day) not in named]


def count_showings(showings: Iterable[Showing], first: date, last: date) -> dict[str, _Count]:
    """Of each listing its distinct pairs of client and day, and the last moment.

    A showing whose client nobody named counts once a day, and only where no other of that
    listing does: most often it is the same one, noted from the owner's side.
    """
    within = [showing for showing in showings if first <= showing.day <= last]
    moments: dict[str, tuple[date, int]] = {}
    for showing in within:
        minutes = 24 * 60 if showing.minutes is None else showing.minutes
        moment = showing.day, minutes
        moments[showing.listing] = max(moment, moments.get(showing.listing, moment))
    pairs: dict[str, set[tuple[str | None, date]]] = {}
    for showing in of_somebody(within):
        pairs.setdefault(showing.listing, set()).add((showing.client, showing.day))
    return {listing: _Count(frozenset(found), moments[listing]) for listing, found in pairs.items()}

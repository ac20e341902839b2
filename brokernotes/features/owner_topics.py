"""What the market gives to say to an owner: of showings, of neighbours and of the price.

Only what came after the last talk, and was not written down since. Owners hear how many looked and
what was not liked, never who; of other homes what is asked for them, never what was offered.

Source: seed: 提供市场行情分析; what is not passed on: `features.sharing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from brokernotes.features.market_topics import Talk, came_back, title_places
from brokernotes.features.matching import is_dwelling
from brokernotes.features.matching_sides import SALE, Home
from brokernotes.model.days import days_after
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.topics import Move, Topic, is_later

CLOSED = frozenset({"sold_by_us", "sold_by_others", "leased_by_us", "leased_by_others"})
QUIET = 14  # days without a showing that an owner is told of (ours)
FAR = 0.03  # a price as near to the estate's average is as good as there (ours)


def owner_topics(
    talk: Talk,
    home: Home,
    estate: Mapping[str, Any],
    neighbours: Iterable[tuple[Home, Sequence[Move]]],
) -> Iterator[Topic]:
    """What the market gives to say to an owner.

    Args:
        talk: of the listing.
        home: theirs.
        estate: the values of its estate.
        neighbours: other homes of the estate that something became of.
    """
    if home.status not in ACTIVE_STATUSES:
        return
    yield from _shown(talk)
    for other, moves in neighbours:
        if other.ref == home.ref or other.bedrooms != home.bedrooms or not _is_rival(home, other):
            continue
        fresh = [move for move in moves if talk.is_news(other.ref, other.title, move)]
        if fresh:
            yield from _rival(home, other, fresh[-1])
    gap = _gap(home, estate)
    noted = str(estate.get("avg_price_on") or "")[:10]
    if gap is not None and noted and is_later(noted, talk.thread.since):
        yield Topic("market", gap | {"date": noted}, noted, str(home.facts.get("community") or ""))
    else:
        yield from _quiet(talk, home, gap or {})


def _is_rival(home: Home, other: Home) -> bool:
    kinds = home.facts.get("property_type"), other.facts.get("property_type")
    return None in kinds or kinds[0] == kinds[1]


def _shown(talk: Talk) -> Iterator[Topic]:
    """Who looked since the owner was last spoken to, and what was not liked."""
    recent = [one for one in talk.met if is_later(one.day.isoformat(), talk.thread.since)]
    shown = {(one.client, one.day) for one in recent if one.is_showing}
    if not shown:
        return
    minded = {(one.client, word) for one in recent for word in one.objections}
    counts = Counter(word for _, word in minded)
    last = max(one.day for one in recent if one.is_showing).isoformat()
    yield Topic(
        "shown",
        {
            "count": len(shown),
            "since": talk.thread.since[:10],
            "objections": dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
            "date": last,
        },
        day=last,
        note=talk.ref,
    )


def _rival(home: Home, other: Home, move: Move) -> Iterator[Topic]:
    side = next((one for one in home.sides if one in other.sides), None)
    params: dict[str, Any] = {**title_places(other), "date": move.at[:10]}
    day, ref = move.at[:10], other.ref
    if move.kind == "status" and move.new in CLOSED and other.status == move.new:
        sold = str(move.new).startswith("sold")
        side = SALE if sold else "lease"
        if side in home.sides:
            params |= {"price": other.price if sold else other.rent, "side": side,
                       "state": move.new}  # fmt: skip
            yield Topic("rival-closed", params, day, ref, move.entry, ref)
    elif side is None or other.status not in ACTIVE_STATUSES:
        return
    elif move.kind == "price_cut" and move.side == side:
        params |= {"old": move.old, "new": move.new, "side": side}
        yield Topic("rival-cut", params, day, ref, move.entry, ref)
    elif move.kind == "new" or (move.kind == "status" and came_back(move)):
        params |= {"price": other.price if side == SALE else other.rent, "side": side}
        yield Topic("rival-new", params, day, ref, move.entry, ref)


def _gap(home: Home, estate: Mapping[str, Any]) -> dict[str, Any] | None:
    """How far a price is from the average of the estate's homes; None: near, or not known."""
    average = estate.get("avg_price")
    if not (average and home.price and home.area and SALE in home.sides and is_dwelling(home)):
        return None
    usual = average * home.area / 10_000
    gap = (home.price - usual) / usual
    if abs(gap) <= FAR:
        return None
    return {"price": home.price, "usual": round(usual), "gap": round(gap * 100), "side": SALE}


def _quiet(talk: Talk, home: Home, gap: Mapping[str, Any]) -> Iterator[Topic]:
    """Two weeks after the last talk, and nobody looked since; of a dear home with by how much."""
    since = talk.thread.since[:10]
    if not since or talk.thread.awaits:
        return
    if any(one.is_showing and one.day.isoformat() > since for one in talk.met):
        return
    start = days_after(date.fromisoformat(since), QUIET).isoformat()
    is_dear = int(gap.get("gap", 0)) > 0
    code = "quiet-dear" if is_dear else "quiet"
    params = {**(gap if is_dear else {}), "since": since}
    yield Topic(code, params, day=start, note=talk.ref, start=start)

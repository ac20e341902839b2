"""What the market gives to say: to a client of homes, to an owner of showings and of neighbours.

Only what came after the last talk, and was not written down since. Owners hear how many looked and
what was not liked, never who; of other homes what is asked for them, never what was offered.

Source: seed: 分享符合客户新需求的房源信息、告知意向房源的最新动态、提供市场行情分析; what is not
passed on: `features.sharing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from brokernotes.features.matching import is_dwelling
from brokernotes.features.matching_bulk import Seekers
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_history import History
from brokernotes.features.matching_learning import Reaction, has_trait, lessons_of
from brokernotes.features.matching_news import BACK, CUT, NEW, Arrival, offers_of
from brokernotes.features.matching_sides import SALE, Home, Want
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.days import days_after
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.topics import Move, Thread, Topic, is_later

CLOSED = frozenset({"sold_by_us", "sold_by_others", "leased_by_us", "leased_by_others"})
_PLEASED = frozenset({"like", "consider"})
WELL = 0.7  # of 1: what suits less is no reason to call (ours)
QUIET = 14  # days without a showing that an owner is told of (ours)
FAR = 0.03  # a price as near to the estate's average is as good as there (ours)


class Met(Protocol):
    """A client and a home together, as the index tells it."""

    @property
    def client(self) -> str | None:
        """Id of the client, else the path; None: nobody is named."""

    @property
    def listing(self) -> str:
        """Likewise of the listing."""

    @property
    def day(self) -> date:
        """When."""

    @property
    def is_showing(self) -> bool:
        """Whether it was shown."""

    @property
    def reaction(self) -> str | None:
        """What was said of it, by id."""

    @property
    def objections(self) -> tuple[str, ...]:
        """What was not liked."""


class Talk(NamedTuple):
    """A conversation and what bears on it.

    Attributes:
        ref: id, else path, of the note.
        thread: where it stands.
        told: the ISO day a home was last written of since, by its id, else path.
        met: who saw what, of the client or the listing, by day.
        history: what speaks against recommending a home to the client again.
    """

    ref: str
    thread: Thread
    told: Mapping[str, str]
    met: Sequence[Met]
    history: History

    def is_news(self, home: str, title: str, move: Move) -> bool:
        """Whether what became of a home came after the last talk, and was not told since.

        Args:
            home: its id, else path.
            title: what people call it, as logs name what they do not link.
            move: what became of it.
        """
        if not is_later(move.at, self.thread.since) or self.told.get(home, "") >= move.at[:10]:
            return False
        return not (title and title in self.thread.words)


def client_topics(
    talk: Talk,
    want: Want,
    homes: Mapping[str, tuple[Home, Sequence[Move]]],
    settings: Settings,
    minded: Home | None = None,
) -> Iterator[Topic]:
    """What the market gives to say to a client.

    Args:
        talk: of the client.
        want: what is wanted.
        homes: that something became of, by id, else path.
        settings: of matching.
        minded: the home of the objection that was heard last; None: there is none.
    """
    yield from _of_liked(talk, homes)
    arrivals, news = {}, {}
    for ref, (home, moves) in homes.items():
        fresh = [move for move in moves if talk.is_news(ref, home.title, move)]
        found = _arrival(fresh, want) if home.status in ACTIVE_STATUSES else None
        if found is not None:
            arrivals[ref], news[ref] = found
    answers = _Answers(talk.thread, minded)
    history = talk.history
    suiting = [homes[ref][0] for ref in arrivals]
    for offer in offers_of(suiting, arrivals, Seekers([want], settings), history):
        home, arrival = offer.pair.home, offer.arrival
        code = f"offer-{ {NEW: 'new', BACK: 'back', CUT: 'cut'}[arrival.why] }"
        params = _home_params(home, want) | {"score": round(offer.pair.value * 100)}
        if arrival.why == CUT:
            params |= {"old": arrival.old, "new": arrival.new}
        if offer.seen:
            is_rejected = history.pairs[want.ref, home.ref][0] == "rejected"
            code = "cut-rejected" if is_rejected else "cut-seen"
            params["seen"] = offer.seen
        elif answered := answers.by(home):
            code = "offer-answers"
            params |= {"objections": answered}
        move = news[home.ref]
        yield Topic(code, params | {"date": move.at[:10]}, move.at[:10], home.ref, move.entry,
                    home.ref)  # fmt: skip


def untold_topics(
    talk: Talk, want: Want, homes: Iterable[Home], settings: Settings, minded: Home | None = None
) -> Iterator[Topic]:
    """Homes that suit a client well and were never spoken of, the best first.

    Args:
        talk: of the client.
        want: what is wanted.
        homes: on the market, none of which stands in the client's note; the newest first.
        settings: of matching.
        minded: the home of the objection that was heard last; None: there is none.
    """
    history, answers = talk.history, _Answers(talk.thread, minded)
    seekers = Seekers([want], settings)
    found = [pair for home in homes for pair in seekers.suiting(home)]
    found.sort(key=lambda pair: -pair.value)  # of equals the newest
    for pair in found:
        if pair.value < WELL or history.against(want, pair.home):
            continue
        home, answered = pair.home, answers.by(pair.home)
        code = "offer-answers" if answered else "offer-untold"
        more = {"objections": answered} if answered else {}
        params = _home_params(home, want) | {"score": round(pair.value * 100)} | more
        yield Topic(code, params, note=home.ref, about=home.ref)


def _arrival(moves: Sequence[Move], want: Want) -> tuple[Arrival, Move] | None:
    """Why a home is worth a look now, and what tells it; new goes before back and cheaper."""
    found: tuple[Arrival, Move] | None = None
    for move in moves:
        if move.kind == "new":
            return Arrival(NEW), move
        if move.kind == "status" and _came_back(move):
            found = Arrival(BACK), move
        elif move.kind == "price_cut" and move.side in want.sides:
            if found is None or found[0].why != BACK:
                first = found[0].old if found else _number(move.old)
                found = Arrival(CUT, first, _number(move.new)), move
        elif move.kind == "price_rise" and found is not None and found[0].why == CUT:
            found = None
    return found


def _came_back(move: Move) -> bool:
    return move.new in ACTIVE_STATUSES and move.old not in ACTIVE_STATUSES


def _of_liked(talk: Talk, homes: Mapping[str, tuple[Home, Sequence[Move]]]) -> Iterator[Topic]:
    """What became of the homes that pleased (seed: 告知意向房源的最新动态)."""
    said: dict[str, str] = {}
    for one in talk.met:
        if one.reaction:
            said[one.listing] = one.reaction
    for ref, reaction in said.items():
        if reaction not in _PLEASED or ref not in homes:
            continue
        home, moves = homes[ref]
        for move in reversed(moves):
            if not talk.is_news(ref, home.title, move):
                continue
            params = {**_title(home), "date": move.at[:10]}
            if move.kind == "status" and move.new == home.status and not _came_back(move):
                yield Topic("liked-status", {**params, "state": move.new}, move.at[:10], ref,
                            move.entry, ref)  # fmt: skip
                break
            if move.kind == "price_rise":
                more = {"old": move.old, "new": move.new, "side": move.side}
                yield Topic("liked-rise", params | more, move.at[:10], ref, move.entry, ref)
                break


class _Answers:
    """The objection that was heard last, and which homes are free of it."""

    def __init__(self, thread: Thread, minded: Home | None) -> None:
        topic = next((one for one in thread.topics if one.code == "objection"), None)
        self._lessons = []
        if topic is not None and minded is not None:
            words = topic.params.get("objections")
            said = tuple(map(str, words)) if isinstance(words, list | tuple) else ()
            # As if it were rejected: a lesson is what in the home was not liked.
            self._lessons = list(lessons_of([Reaction(minded, "reject", said)]))

    def by(self, home: Home) -> list[str]:
        """Ids of the objections that a home answers: it surely has not what was not liked."""
        return sorted(
            one.objection
            for one in self._lessons
            if has_trait(one.objection, one.trait, home) is False
        )


def _home_params(home: Home, want: Want) -> dict[str, Any]:
    side = next((one for one in want.sides if one in home.sides), SALE)
    price = home.price if side == SALE else home.rent
    return {**_title(home), "price": price, "side": side}


def _title(home: Home) -> dict[str, Any]:
    return {"home": home.ref, "title": home.title}


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


# -- owners


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
    params: dict[str, Any] = {**_title(other), "date": move.at[:10]}
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
    elif move.kind == "new" or (move.kind == "status" and _came_back(move)):
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
    if not since or any(one.is_showing and one.day.isoformat() > since for one in talk.met):
        return
    start = days_after(date.fromisoformat(since), QUIET).isoformat()
    is_dear = int(gap.get("gap", 0)) > 0
    code = "quiet-dear" if is_dear else "quiet"
    params = {**(gap if is_dear else {}), "since": since}
    yield Topic(code, params, day=start, note=talk.ref, start=start)

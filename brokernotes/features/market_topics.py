"""What the market gives to say to a client: of homes that suit, and of those that pleased.

Only what came after the last talk, and was not written down since; to owners: `owner_topics`.

Source: seed: 分享符合客户新需求的房源信息、告知意向房源的最新动态.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from brokernotes.features.matching import Match, judge
from brokernotes.features.matching_criteria import Settings, asks_something
from brokernotes.features.matching_history import History, Met
from brokernotes.features.matching_learning import Reaction, has_trait, lessons_of
from brokernotes.features.matching_news import BACK, CUT, NEW, Arrival, offers_of
from brokernotes.features.matching_seekers import Seekers
from brokernotes.features.matching_sides import SALE, Home, Want
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.topics import Move, Thread, Topic, is_later

_PLEASED = frozenset({"like", "consider"})
WELL = 0.7  # of 1: what suits less is no reason to call (ours)


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
    suiting = [homes[ref][0] for ref in arrivals] if asks_something(want, settings) else []
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

    A room too few is worth a word when the home is news, and no reason to call; over a price a
    little too high one can talk.

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
        if _is_nearly(judge(want, pair.home, settings)):
            continue
        home, answered = pair.home, answers.by(pair.home)
        code = "offer-answers" if answered else "offer-untold"
        more = {"objections": answered} if answered else {}
        params = _home_params(home, want) | {"score": round(pair.value * 100)} | more
        yield Topic(code, params, note=home.ref, about=home.ref)


def _is_nearly(match: Match | None) -> bool:
    """Whether a home misses by little what must be, the price aside."""
    return match is not None and any(
        one.is_hard and one.verdict == "near" and one.key != "price" for one in match.criteria
    )


def _arrival(moves: Sequence[Move], want: Want) -> tuple[Arrival, Move] | None:
    """Why a home is worth a look now, and what tells it; new goes before back and cheaper."""
    found: tuple[Arrival, Move] | None = None
    for move in moves:
        if move.kind == "new":
            return Arrival(NEW), move
        if move.kind == "status" and came_back(move):
            found = Arrival(BACK), move
        elif move.kind == "price_cut" and move.side in want.sides:
            if found is None or found[0].why != BACK:
                first = found[0].old if found else _number(move.old)
                found = Arrival(CUT, first, _number(move.new)), move
        elif move.kind == "price_rise" and found is not None and found[0].why == CUT:
            found = None
    return found


def came_back(move: Move) -> bool:
    """Whether a home is on the market again."""
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
            params = {**title_places(home), "date": move.at[:10]}
            if move.kind == "status" and move.new == home.status and not came_back(move):
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
    return {**title_places(home), "price": price, "side": side}


def title_places(home: Home) -> dict[str, Any]:
    """The places of a sentence that names a home."""
    return {"home": home.ref, "title": home.title}


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) else None

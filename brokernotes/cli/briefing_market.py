"""What the market gives to say, gathered from the index for some notes at once."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.match_market import Market
from brokernotes.features.briefs import MOST_ALIKE, Known
from brokernotes.features.market_topics import Talk, client_topics, untold_topics
from brokernotes.features.matching_history import History
from brokernotes.features.matching_learning import layout_of
from brokernotes.features.matching_sides import LEASE, SALE, Home, Want
from brokernotes.features.owner_topics import owner_topics
from brokernotes.features.sharing import house_of, is_plainly_public, sight
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.folding import fold_text
from brokernotes.model.topics import Thread, Topic
from brokernotes.storage.queries import NoteRow
from brokernotes.storage.topic_rows import (
    Moved,
    ahead_of,
    linked,
    log_words,
    moves,
    on_offer,
    threads,
    words_of,
)

if TYPE_CHECKING:
    from brokernotes.sharing_map import SharingFacts

MOST_LOOKED = 80  # homes a client is held against that nobody spoke of (ours)


class Gathering:
    """Finds what there is to say to the persons of some notes.

    Args:
        app: of the run; its index is current.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._vault = app.fresh
        self._db = self._vault.index.db
        self._market = Market(app)
        self._moved: dict[str, list[Moved]] = {}
        self._homes: dict[str, Home] = {}
        self._numbers: dict[str, int] = {}  # of the homes' notes
        self._folded = functools.cache(fold_text)

    def known(self, paths: Collection[str]) -> dict[str, Known]:
        """What there is to say, by path.

        Args:
            paths: of the notes.
        """
        found = threads(self._db, paths)
        since = min((thread.since for _, thread in found), default="")
        self._moved = defaultdict(list)
        for moved in moves(self._db, since) if found else ():
            self._moved[moved.row.ref].append(moved)
        topics = {row.path: tuple(self._topics(row, thread)) for row, thread in found}
        ahead = ahead_of(self._db, paths, self._app.today.isoformat())
        return {path: Known(topics.get(path, ()), tuple(ahead.get(path, ()))) for path in paths}

    def _topics(self, row: NoteRow, thread: Thread) -> Iterator[Topic]:
        told = {self._market.id_of(link): day for link, day in thread.told.items()}
        if row.type == "client":
            want, met = self._market.met(row)
            talk = Talk(row.ref, thread, told, met, self._market.told(met))
            own, found = thread.topics, list(self._of_client(talk, want, row))
        else:
            talk = Talk(row.ref, thread, told, self._vault.encounters.about(row), History())
            own, found = thread.topics, list(self._of_owner(talk, row))
        is_answered = any(topic.code == "offer-answers" for topic in found)
        for topic in own:
            if not (is_answered and topic.code == "objection"):
                yield topic
        yield from found

    # -- clients

    def _of_client(self, talk: Talk, want: Want, row: NoteRow) -> Iterator[Topic]:
        settings = self._market.settings
        liked = {one.listing for one in talk.met if one.reaction in ("like", "consider")}
        looked = {
            ref: moved
            for ref, moved in self._moved.items()
            if (ref in liked or self._may_suit(want, moved[0]))
            and any(talk.is_news(ref, moved[0].row.title, one.move) for one in moved)
        }
        found_homes = self._homes_of([moved[0].row for moved in looked.values()])
        homes = {
            ref: (home, [one.move for one in looked[ref]]) for ref, home in found_homes.items()
        }
        agent = want.facts.get("agent")
        viewer = self._vault.queries.id_of(str(agent)) if agent else None
        minded = self._minded(talk.thread)
        found = list(client_topics(talk, want, homes, settings, minded))
        if not any(topic.code.startswith("offer-") for topic in found):
            untold = self._homes_of(list(self._untold(want, row))).values()
            found += islice(untold_topics(talk, want, untold, settings, minded), MOST_ALIKE)
        yield from filter(None, (self._shared(topic, viewer) for topic in found))

    def _untold(self, want: Want, row: NoteRow) -> Iterator[NoteRow]:
        """Homes on the market that a client's note does not name, the newest ones.

        Where the log speaks of an estate, which of its homes was meant is not known.
        """
        named = {self._market.id_of(target) for target in linked(self._db, row.n)}
        body = words_of(self._db, row.n)
        said = log_words(body)
        looked = 0
        for offered in self._on_offer:
            other = offered.row
            if other.ref in named or not self._may_suit(want, offered):
                continue
            if fold_text(other.title) not in body and not self._names_estate(said, offered):
                yield other
                looked += 1
                if looked == MOST_LOOKED:
                    return

    def _names_estate(self, said: str, offered: Moved) -> bool:
        """Whether words name the estate of a home."""
        if not offered.community:
            return False
        return self._folded(self._market.named(self._market.id_of(offered.community))) in said

    @functools.cached_property
    def _on_offer(self) -> list[Moved]:
        return on_offer(self._db)

    def _may_suit(self, want: Want, moved: Moved) -> bool:
        """Whether a closer look is worth it; what is not known may suit."""
        if moved.status not in ACTIVE_STATUSES:
            return False
        places = want.districts | want.around
        if places and moved.district and self._folded(moved.district) not in places:
            return False
        rooms = moved.bedrooms
        if rooms is not None:
            least, most = want.number("bedrooms_min"), want.number("bedrooms_max")
            if (least or 0) - rooms > 1 or (most is not None and rooms - most > 1):
                return False
        slack = 1 + self._market.settings.price_tolerance
        amounts = {SALE: (moved.price, "budget_max"), LEASE: (moved.rent, "rent_max")}
        for side in want.sides:
            amount, budget = amounts[side][0], want.number(amounts[side][1])
            if amount is None or budget is None or amount <= budget * slack:
                return True
        return False

    def _minded(self, thread: Thread) -> Home | None:
        """The home of the objection that was heard last."""
        topic = next((one for one in thread.topics if one.code == "objection"), None)
        if topic is None or not topic.about:
            return None
        n = self._vault.queries.resolve(topic.about).n
        row = self._vault.queries.note(n) if n is not None else None
        return self._home(row) if row is not None and row.type == "listing" else None

    def _home(self, row: NoteRow) -> Home:
        return self._homes_of([row])[row.ref]

    def _homes_of(self, rows: Sequence[NoteRow]) -> dict[str, Home]:
        """Homes by id, else path; each is read once."""
        missing = [row for row in rows if row.ref not in self._homes]
        if missing:
            for row, home in zip(missing, self._market.homes_of(missing), strict=True):
                self._homes[row.ref], self._numbers[row.ref] = home, row.n
        return {row.ref: self._homes[row.ref] for row in rows}

    def _shared(self, topic: Topic, viewer: str | None, *, asks: bool = True) -> Topic | None:
        """A topic as whoever tells it may know it: a private home by its public fields only.

        On which floor it lies is its holder's to tell; None: nothing is left of the topic.

        Args:
            topic: of a home.
            viewer: id of whoever tells it; None: nobody is named.
            asks: whether the way to the home leads through its holder.
        """
        home = self._homes.get(topic.about)
        mode = house_of(self._vault.rules).mode
        if home is None or is_plainly_public(home.facts.get("sharing"), mode):
            return topic
        note = self._facts.listing(self._numbers[topic.about])
        if note is None:
            return topic
        over = self._facts.over if self._facts.house.mode == "mixed_quota" else frozenset()
        found = sight(note, viewer, self._facts.house, over)
        if found.is_whole:
            return topic
        params: dict[str, Any] = dict(topic.params)
        params |= {"title": self._public_name(home), "hidden": True}
        if topic.code == "offer-answers":
            params["objections"] = [one for one in params["objections"] if one != "floor"]
            if not params["objections"]:
                return None
        if found.holder and asks:
            params["through"] = self._names.get(found.holder, found.holder)
        return topic._replace(params=params)

    @functools.cached_property
    def _facts(self) -> SharingFacts:
        from brokernotes.sharing_map import SharingFacts

        return SharingFacts(self._vault)

    def _public_name(self, home: Home) -> str:
        """Estate and rooms: in a note's title may stand what its holder keeps."""
        estate = str(home.facts.get("community") or "")
        where = self._market.named(estate) if estate else home.facts.get("district")
        return " ".join(word for word in (where, layout_of(home)) if word)

    @functools.cached_property
    def _names(self) -> Mapping[str, str]:
        return self._vault.queries.titles(self._facts.house.seats)

    # -- owners

    def _of_owner(self, talk: Talk, row: NoteRow) -> Iterator[Topic]:
        home = self._home(row)
        estate = str(home.facts.get("community") or "")
        near = self._of_estate.get(estate, ()) if estate else ()
        neighbours = [
            (self._home(moved[0].row), [one.move for one in moved])
            for moved in near
            if any(
                talk.is_news(moved[0].row.ref, moved[0].row.title, one.move) for one in moved
            )
        ]  # fmt: skip
        values = self._market.estate(estate) if estate else {}
        found = list(owner_topics(talk, home, values, neighbours))
        viewer = self._called_by(home, row) if any(topic.about for topic in found) else None
        told = (self._shared(topic, viewer, asks=False) for topic in found)
        yield from filter(None, told)

    def _called_by(self, home: Home, row: NoteRow) -> str | None:
        """Id of whoever calls the owner: a private home's holder, else its maintainer, if any."""
        agent = home.facts.get("agent")
        sharing = home.facts.get("sharing") or house_of(self._vault.rules).mode
        if sharing != "private":
            agent = self._vault.queries.values(row).get("maintainer") or agent
        return self._vault.queries.id_of(str(agent)) if agent else None

    @functools.cached_property
    def _of_estate(self) -> dict[str, list[list[Moved]]]:
        found: dict[str, list[list[Moved]]] = defaultdict(list)
        for moved in self._moved.values():
            if moved[0].community:
                found[self._market.id_of(moved[0].community)].append(moved)
        return found

"""From the index to a report for an owner: listing, deals and rivals fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.proposing import Proposing
from brokernotes.errors import BrokernotesError, RefusedError
from brokernotes.features.history import Span, spans_of
from brokernotes.features.home_names import name_of_home, safe
from brokernotes.features.matching import RESERVED
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.owner_report import (
    Comparable,
    Point,
    Situation,
    advice_on,
    curve_of,
    echo_of,
    is_comparable,
    is_rival,
    yardstick_of,
)
from brokernotes.features.owner_report_texts import OwnerReport
from brokernotes.features.sharing import Sight, sight
from brokernotes.language import N_
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.notes.names import safe_name
from brokernotes.sharing_map import SharingFacts
from brokernotes.storage.query import Ask

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

_CLOSED = frozenset({"signed", "closing", "completed"})
_DEAL_KEYS = ("listing", "transaction", "stage", "price", "rent", "signed_on")
_HOME_KEYS = ("community", "status", "price", "rent", "bedrooms", "gross_area", "sharing",
              "property_type")  # fmt: skip
_BY_OTHERS = {"sale": "sold_by_others", "lease": "leased_by_others"}
_ON_OFFER = {"sale": ("for_sale", "sale_or_lease"), "lease": ("for_lease", "sale_or_lease")}


class Gathering:
    """What a report is made of.

    Args:
        app: of the run.
        row: the listing.
        first, last: days that are told.
    """

    def __init__(self, app: App, row: NoteRow, first: date, last: date) -> None:

        self._app = app
        self._row = row
        self._first, self._last = first, last
        self._queries = app.fresh.queries
        self._values = self._queries.values(row)
        self._facts = SharingFacts(app.fresh)
        self._proposing = Proposing(app, row, [])
        self.voice: MatchVoice = self._proposing.voice
        self._side = self._chosen_side()

    def _chosen_side(self) -> str:
        status, transaction = self._values.get("status"), self._values.get("transaction")
        if status in ("for_lease", "leased_by_us", "leased_by_others") or transaction == "lease":
            return "lease"
        return "sale"

    def file_name(self) -> str:
        """Of files in a folder."""
        words = (self._app.text(N_("Owner report")), self._name(), self._last.isoformat())
        return safe_name(" ".join(words))

    def report(self) -> OwnerReport:
        """The report.

        Raises:
            RefusedError: the listing is not on the market.
        """
        situation = self._situation()
        return OwnerReport(
            name=self._name(),
            owner=self._owner(),
            first=self._first.isoformat(),
            last=self._last.isoformat(),
            situation=situation,
            advice=advice_on(situation, self._last),
            sender=self._proposing.signature(self._values.get("agent")),
            day=self._app.today.isoformat(),
        )

    def _situation(self) -> Situation:

        values, side = self._values, self._side
        self._refuse_outsider()
        if values.get("status") not in (*ACTIVE_STATUSES, RESERVED):
            raise RefusedError(
                N_("{listing} is not on the market, so there is nothing to report to its owner"),
                listing=self._row.title,
            )
        told = values.get("listed") or values.get("created")
        start = date.fromisoformat(str(told)[:10]) if told else None
        price = values.get("price" if side == "sale" else "rent")
        known = self.voice.schema.vocabularies["objection"].by_id
        comparables = tuple(
            sorted(
                (*self._deals(), *self._sold_by_others()),
                key=lambda one: (one.day or date.min, one.price),
                reverse=True,
            )
        )
        return Situation(
            side=side,
            price=price,
            days=max((self._last - start).days, 0) if start else None,
            echo=echo_of(
                self._app.vault.encounters.about(self._row), self._first, self._last, known
            ),
            curve=self._curve(start, price),
            comparables=comparables,
            rivals=tuple(sorted(self._rivals())),
            yardstick=yardstick_of(values, self._estate(), comparables, side, self._last),
            is_reserved=values.get("status") == RESERVED,
            has_no_rooms=values.get("bedrooms") is None,
        )

    def _refuse_outsider(self) -> None:
        """Whoever may not see the owner does not report to them."""
        seen = self._sight(self._row.n)
        if self._app.agent is not None and seen is not None and not seen.is_whole:
            holder = self._queries.titles([seen.holder]).get(seen.holder) if seen.holder else None
            raise RefusedError(
                N_("{listing} is private: {holder}, who holds it, reports to the owner"),
                listing=self._row.title,
                holder=holder or "–",
            )

    def _curve(self, start: date | None, price: float | None) -> tuple[Point, ...]:
        """How the price went: as the log tells, else as git knows."""
        entries = self._app.vault.open(self._row.path).note.record.entries
        told = [one for one in entries if one.day <= self._last]
        logged = curve_of(told, start, price, self._side)
        if len(logged) > 1:
            return logged
        found = [
            Point(max(one.since, start or one.since), one.number)
            for one in self._spans()
            if one.number is not None and (one.until is None or start is None or one.until > start)
        ]
        return tuple(found) if len(found) > 1 else logged

    def _spans(self) -> list[Span]:
        """What git knows of the price; without git nothing."""
        key = "price" if self._side == "sale" else "rent"
        try:
            return spans_of(self._app.vault.history.of(self._row), key, self._last)
        except BrokernotesError:  # no repository, or no history of this note: it is no matter
            return []

    def _estate(self) -> dict[str, Any]:
        return self._proposing.estate(self._values)

    def _name(self) -> str:

        return name_of_home(self._values, self._estate(), self.voice)

    def _owner(self) -> str:
        """How the owner's own client note says to address them."""
        for target in self._values.get("owner") or ():
            n = self._queries.resolve(target).n
            if n is not None:
                said = self._queries.values(self._queries.note(n)).get("salutation")
                if said:
                    return safe(str(said))
        return ""

    # -- to compare

    def _deals(self) -> Iterator[Comparable]:

        key = "price" if self._side == "sale" else "rent"
        for _, deal in self._queries.listed(Ask(type="deal", keys=_DEAL_KEYS)):
            signed = deal.get("signed_on")
            if deal.get("stage") not in _CLOSED or not deal.get(key) or not signed:
                continue
            n = self._queries.resolve(deal.get("listing") or "").n
            if n is None or not self._may_see(n):
                continue
            home = self._queries.values(self._queries.note(n))
            day = date.fromisoformat(str(signed)[:10])
            if self._is_alike(home) and day <= self._last:
                yield Comparable(day, home.get("bedrooms"), home.get("gross_area"), deal[key])

    def _others(self, statuses: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Listings of the estate in some statuses, that whoever asks may see."""
        for row, home in self._queries.listed(Ask(type="listing", keys=_HOME_KEYS)):
            is_one = row.n != self._row.n and home.get("status") in statuses
            if is_one and self._is_alike(home) and self._may_see(row.n):
                yield home

    def _sold_by_others(self) -> Iterator[Comparable]:

        key = "price" if self._side == "sale" else "rent"
        for home in self._others((_BY_OTHERS[self._side],)):
            if home.get(key):
                yield Comparable(
                    None, home.get("bedrooms"), home.get("gross_area"), home[key], is_deal=False
                )

    def _rivals(self) -> Iterator[float]:
        key = "price" if self._side == "sale" else "rent"
        for home in self._others(_ON_OFFER[self._side]):
            if home.get(key) and is_rival(self._values, home):
                yield home[key]

    def _is_alike(self, home: dict[str, Any]) -> bool:
        estate = self._values.get("community")
        other = home.get("community")
        is_there = bool(estate and other) and self._id(estate) == self._id(other)
        return is_there and is_comparable(self._values, home)

    def _id(self, target: Any) -> str:
        return self._queries.id_of(str(target)) or str(target)

    def _may_see(self, n: int) -> bool:
        seen = self._sight(n)
        return seen is not None and (seen.is_whole or self._app.agent is None)

    def _sight(self, n: int) -> Sight | None:
        """What whoever asks may see of a listing; None: it is none."""
        facts = self._facts
        shared = facts.listings.get(n)
        if shared is None:
            return None
        return sight(shared, self._app.agent, facts.house, facts.over)

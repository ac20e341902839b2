"""What an owner answered buyers, as the listing's own log tells.

A counter-offer is often noted where the owner was called: in the listing. One that links its buyer
was said to that one; one that links nobody to whoever had bid by then, if that was exactly one
(ours). Of several bidders nobody knows which was meant, and that is said.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.features.deals_offers import BUYER, Offer, money_shown, offers_in
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.verbs import OFFER_VERBS
from brokernotes.storage.deals import clients_linking, deals_about

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry, Record
    from brokernotes.storage.queries import NoteRow

_OVER = frozenset({"completed", "cancelled"})  # stages
_SEVERAL = N_("owner {amount} on {date} names no buyer, and {count} have bid: link the one meant")
_LOGGED = N_("{count} have bid: name the one this was said to (`--with CLIENT`)")


class Bidder(NamedTuple):
    """Who has bid for a home.

    Attributes:
        clients: numbers of their notes.
        first: day of their first bid.
        last: the day that settled it; the end of time while nothing has.
    """

    clients: frozenset[int]
    first: date
    last: date


class OwnerWords:
    """What the owner of one listing said to whom.

    Args:
        app: of the run.
        listing: its note.
    """

    def __init__(self, app: App, listing: NoteRow) -> None:
        self._app = app
        self._listing = listing
        entries = app.vault.open(listing.path).note.record.entries
        self._entries = entries if any(one.verb in OFFER_VERBS for one in entries) else ()

    def to(self, clients: Collection[int]) -> list[Offer]:
        """What was said to some buyers.

        Args:
            clients: numbers of their notes.
        """
        wanted = frozenset(clients)
        found = self._said(lambda entry: bool(wanted & self._named(entry)))
        return found + [one for one, who in self._loose if len(who) == 1 and who[0] & wanted]

    def unclear(self) -> list[str]:
        """A line for each word of the owner's that any of several buyers may have heard."""
        return [
            self._app.text(
                _SEVERAL, amount=money_shown(one.amount), date=one.day, count=len(who)
            )
            for one, who in self._loose
            if len(who) > 1
        ]  # fmt: skip

    def bidders(self, day: date) -> list[frozenset[int]]:
        """Who had bid by a day, and was not settled with."""
        return [one.clients for one in self._bidders if one.first <= day <= one.last]

    @functools.cached_property
    def _loose(self) -> list[tuple[Offer, list[frozenset[int]]]]:
        found = self._said(lambda entry: not self._named(entry))
        return [(one, self.bidders(one.day)) for one in found]

    def _said(self, is_about: Callable[[LogEntry], bool]) -> list[Offer]:
        offers = offers_in(self._entries, self._app.today, is_about)
        return [one for one in offers if one.side != BUYER]

    def _named(self, entry: LogEntry) -> frozenset[int]:
        """Numbers of the clients an entry links."""
        return frozenset(n for link in entry.links if (n := self._client(link)) is not None)

    def _client(self, link: str) -> int | None:
        queries = self._app.vault.queries
        n = queries.resolve(link).n
        return n if n is not None and queries.note(n).type == "client" else None

    @functools.cached_property
    def _bidders(self) -> list[Bidder]:
        return [one for one in self._bids() if one is not None]

    def _bids(self) -> Iterator[Bidder | None]:
        from brokernotes.cli.deal_finding import offers_of_client

        vault, today = self._app.vault, self._app.today
        known: set[int] = set()
        for row in deals_about(vault.index.db, vault.queries, self._listing):
            deal = vault.open(row.path).note.record
            buyers = frozenset(n for one in deal.texts("buyer") if (n := self._client(one)))
            known |= buyers
            if deal.text("stage") in _OVER:
                continue
            offers = offers_in(deal.entries, today)
            for n in buyers:
                offers += offers_of_client(self._app, vault.queries.note(n), self._listing)
            yield _bidder(buyers, offers, _settled(deal))
        for client in clients_linking(vault.index.db, vault.queries, self._listing):
            if client.n not in known:
                offers = offers_of_client(self._app, client, self._listing)
                yield _bidder(frozenset((client.n,)), offers, date.max)


def _settled(deal: Record) -> date:
    return deal.day("deposit_date") or deal.day("signed_on") or date.max


def _bidder(clients: frozenset[int], offers: list[Offer], last: date) -> Bidder | None:
    days = [one.day for one in offers if one.side == BUYER]
    return Bidder(clients, min(days), last) if days else None


def say_to_whom(app: App, listing: NoteRow, links: Collection[NoteRow], day: date) -> None:
    """Say that a counter-offer names none of several buyers; of one bidder it is certain.

    Args:
        app: of the run.
        listing: in whose log it was written.
        links: the notes it names.
        day: of it.
    """
    if any(one.type == "client" for one in links):
        return
    count = len(OwnerWords(app, listing).bidders(day))
    if count > 1:
        app.console.say(app.text(_LOGGED, count=count))

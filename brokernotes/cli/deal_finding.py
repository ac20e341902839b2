"""The deal a REF means, with what bears on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.owner_words import OwnerWords
from brokernotes.errors import NotFoundError
from brokernotes.features.deals_offers import (
    Negotiation,
    Offer,
    asking_of,
    is_lease,
    negotiation,
    offers_in,
)
from brokernotes.features.milestones import Milestone, milestones
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import Record
from brokernotes.storage.deals import deals_about, standing_deals

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened

OVER = frozenset({"completed", "cancelled"})  # stages


class Deal(NamedTuple):
    """One deal, read.

    Attributes:
        row: its note.
        opened: the note as it stands on the disk.
        listing: what it is about; None: no note.
        values: of that listing.
        steps: of it, in order.
    """

    row: NoteRow
    opened: Opened
    listing: NoteRow | None
    values: dict[str, object]
    steps: list[Milestone]

    @property
    def record(self) -> Record:
        """The note as values."""
        return self.opened.note.record


def find_deal(app: App, ref: str) -> NoteRow:
    """The deal a REF means: itself, or the one that is about a listing or client.

    Raises:
        NotFoundError: no note is called so, or it has no deal.
        AmbiguousError: more than one.
    """
    vault = app.fresh
    try:
        return vault.resolve(ref, ("deal",))
    except NotFoundError as error:
        if type(error) is not NotFoundError:
            raise
        row = vault.resolve(ref, ("listing", "client"))
    found = deals_about(vault.index.db, vault.queries, row)
    stages = {one.n: vault.queries.values(one).get("stage") for one in found}
    standing = [one for one in found if stages[one.n] not in OVER] or found
    if not standing:
        raise NotFoundError(
            N_("no deal is about {title}"),
            hint=N_("`brokernotes new deal` makes one, with listing and buyer."),
            title=row.title,
        )
    return vault.one_of(ref, standing)


def read_deal(app: App, row: NoteRow, opened: Opened) -> Deal:
    """A deal with its steps.

    Args:
        app: of the run.
        row: of the deal.
        opened: its note.
    """
    vault = app.vault
    record = opened.note.record
    n = vault.queries.resolve(record.text("listing") or "").n
    listing = vault.queries.note(n) if n is not None else None
    if listing is not None and listing.type != "listing":
        listing = None
    values = vault.queries.values(listing) if listing is not None else {}
    steps = milestones(record, vault.rules, app.today, values)
    return Deal(row, opened, listing, values, steps)


def negotiation_of(app: App, deal: Deal) -> Negotiation | None:
    """The offers of a deal: in its log, in its buyers' about its listing, and the owner's words."""
    offers = offers_in(deal.record.entries, app.today)
    if deal.listing is not None:
        found = (app.vault.queries.resolve(buyer).n for buyer in deal.record.texts("buyer"))
        buyers = [n for n in found if n is not None]
        for n in buyers:
            offers += offers_of_client(app, app.vault.queries.note(n), deal.listing)
        offers += OwnerWords(app, deal.listing).to(buyers)
    asking = asking_of(deal.values, is_lease=is_lease(deal.record))
    return negotiation(offers, asking)


def offers_of_client(app: App, client: NoteRow, listing: NoteRow) -> list[Offer]:
    """What one client's log tells of offers for a listing."""
    entries = app.vault.open(client.path).note.record.entries
    queries = app.vault.queries
    targets = {link for entry in entries for link in entry.links}
    about = frozenset(link for link in targets if queries.resolve(link).n == listing.n)
    if not about:
        return []
    return offers_in(entries, app.today, lambda entry: not about.isdisjoint(entry.links))


def under_way(app: App) -> list[Deal]:
    """Every deal that is not over, of the agent who asks if that is known, by path."""
    vault = app.fresh
    found = [read_deal(app, row, vault.open(row.path)) for row in standing_deals(vault.index.db)]
    me = app.agent
    if me is None:
        return found
    return [deal for deal in found if me in _agents(app, deal)]


def _agents(app: App, deal: Deal) -> set[str | None]:
    keys = ("agent", "closing_agent", "document_agent")
    return {app.vault.queries.id_of(deal.record.text(key) or "") for key in keys}

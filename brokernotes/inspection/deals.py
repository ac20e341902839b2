"""What deals and the listings they bind say of one another."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from brokernotes.features.deposit_height import above_asking
from brokernotes.features.lifecycle_checks import (
    DealFact,
    Disagreement,
    ListingFact,
    disagreements,
)
from brokernotes.features.lifecycle_scene import OPEN_STAGES, has_happened
from brokernotes.features.vault_checks import DealFacts, HighDeposit
from brokernotes.model.lifecycle import LEASED, SOLD
from brokernotes.storage import check_queries
from brokernotes.storage.deal_queries import all_deals

if TYPE_CHECKING:
    from brokernotes.inspection.links import NoteAt
    from brokernotes.model.records import Record
    from brokernotes.storage.vault import Vault


def disagreeing(vault: Vault, note_at: NoteAt) -> list[Disagreement]:
    """Where listings and the deals that bind them do not say the same.

    Args:
        vault: its index is current.
        note_at: reads a note.
    """
    queries, db = vault.queries, vault.index.db
    listings = {
        n: ListingFact(path, status, occupant)
        for n, path, status, occupant in check_queries.listing_statuses(db)
    }
    concerned = {n for n, fact in listings.items() if fact.status == "deposit"}
    deals = []
    for deal in all_deals(db):
        is_open = deal.stage in OPEN_STAGES
        is_told = is_open or deal.stage == "offer" or (concerned and deal.stage is None)
        n = queries.resolve(deal.listing).n if is_told and deal.listing is not None else None
        if n is None or n not in listings:
            continue
        if deal.stage == "offer" and listings[n].status not in SOLD | LEASED:
            continue
        if deal.stage is not None:
            concerned.add(n)
        deals.append(_deal_fact(note_at(deal.path).record, listings[n].path))
    return list(disagreements([listings[n] for n in sorted(concerned)], deals))


def _deal_fact(record: Record, listing: str) -> DealFact:
    transaction = record.text("transaction")
    done = has_happened(record, "handover" if transaction == "lease" else "transfer")
    return DealFact(record.path, record.title, listing, record.text("stage"), transaction, done)


def deals_seen(vault: Vault) -> list[DealFacts]:
    """Deals with what their links lead to; one that leads nowhere is another check's."""
    queries, db = vault.queries, vault.index.db
    rows = check_queries.standing_deals(db)
    if not rows:
        return []

    @functools.cache
    def number(target: str) -> int | None:
        return queries.resolve(target).n

    def numbers(targets: Iterable[str]) -> frozenset[int]:
        return frozenset(n for n in map(number, targets) if n is not None)

    listings = [number(row.listing) if row.listing else None for row in rows]
    owners = check_queries.owners(db, tuple(n for n in listings if n is not None))
    found = []
    for row, listing in zip(rows, listings, strict=True):
        buyers, sellers = numbers(row.buyers), numbers(row.sellers)
        found.append(
            DealFacts(
                path=row.path,
                stage=row.stage,
                listing=listing,
                listing_name=queries.note(listing).title if listing is not None else "",
                buyers=buyers,
                sellers=sellers,
                owners=numbers(owners.get(listing, ()) if listing is not None else ()),
                names={n: queries.note(n).title for n in buyers & sellers},
            )
        )
    return found


def high_deposits(vault: Vault, note_at: NoteAt) -> Iterator[HighDeposit]:
    """Deposits of deals without a price, held against what their listings ask.

    Args:
        vault: its index is current.
        note_at: reads a note.
    """
    for path, target in check_queries.deposits_without_terms(vault.index.db):
        n = vault.queries.resolve(target).n
        row = vault.queries.note(n) if n is not None else None
        if row is None or row.type != "listing":
            continue
        params = above_asking(note_at(path).record, note_at(row.path).record)
        if params is not None:
            yield HighDeposit(path, params)

"""What is wrong with the life of a listing: its status against its log, its deals, its round.

The status in front matter is what somebody last said; the log tells how it came to that. Where
the two differ somebody typed one without the other, and the program cannot know which is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from brokernotes.errors import Position, Problem
from brokernotes.features.lifecycle_log import (
    StatusChange,
    logged_rounds,
    logged_status,
    round_of,
    status_changes,
)
from brokernotes.features.lifecycle_scene import OPEN_STAGES
from brokernotes.model.lifecycle import BOUND, CLOSED_BY_US, LEASED, SOLD, is_legal
from brokernotes.model.problems import problem
from brokernotes.model.records import Record
from brokernotes.notes.note import Note

NOTICE_DAYS = 15  # found: Civil Code, article 726
Found = Iterator[Problem]


def check_status_log(note: Note) -> Found:
    """Find a status of a listing that its log does not tell of, and a change that cannot be."""
    record = note.record
    changes = status_changes(record.entries, date.max)
    if not changes:
        return
    status = record.text("status")
    logged = logged_status(changes)
    if status != logged and "status" not in record.invalid:
        yield problem(
            "status-unlogged", note.at("status"),
            typed_status=status, logged_status=logged,
        )  # fmt: skip
    before: str | None = None
    for change in changes:
        at = _entry_at(note, change)
        if not is_legal(change.old, change.new):
            yield problem("status-jump", at, old_status=change.old, new_status=change.new)
        elif before is not None and change.old != before:
            yield problem("status-gap", at, old_status=change.old, logged_status=before)
        before = change.new
    rounds = logged_rounds(changes)
    if round_of(record) < rounds and "round" not in record.invalid:
        yield problem("round-behind", note.at("round"), value=round_of(record), rounds=rounds)


def _entry_at(note: Note, change: StatusChange) -> Position:
    entry = change.entry
    return Position(note.path, entry.line, entry.column, entry.column + 10)


def check_tenant(note: Note, today: date) -> tuple[list[Problem], date | None]:
    """Find a sale to which a tenant may still object.

    Returns:
        The problem, and the day on which the tenant's silence has settled it.
    """
    listing = note.record
    if listing.text("status") != "deposit":
        return [], None
    is_lease = listing.text("transaction") == "lease"
    if is_lease or listing.text("occupant") != "tenant" or "tenant_waiver" in listing.values:
        return [], None
    told = listing.day("tenant_notice")
    settled = told + timedelta(days=NOTICE_DAYS) if told else None
    if settled is not None and settled <= today:
        return [], None
    found = problem("deposit-tenant", note.at("occupant"), key="tenant_waiver")
    return [found], settled


class DealFact(NamedTuple):
    """What a deal says of the listing it names.

    Attributes:
        path: of the deal.
        title: of it.
        listing: path of the listing.
        stage: id.
        transaction: `sale`, `lease` or None.
        is_done: whether the home has changed hands, or the tenant moved in.
    """

    path: str
    title: str
    listing: str
    stage: str | None
    transaction: str | None
    is_done: bool


class ListingFact(NamedTuple):
    """What a listing says that its deals bear on.

    Attributes:
        path: of the listing.
        status: id.
        occupant: id; None: unset.
    """

    path: str
    status: str | None
    occupant: str | None


class Disagreement(NamedTuple):
    """A listing and its deals that do not say the same.

    Attributes:
        code: of the problem.
        listing: path.
        deal: path of the deal that disagrees; empty: there is none.
        other: path of a second deal.
        status: of the listing.
    """

    code: str
    listing: str
    deal: str = ""
    other: str = ""
    status: str | None = None


def disagreements(
    listings: Sequence[ListingFact], deals: Sequence[DealFact]
) -> Iterator[Disagreement]:
    """Where listings and deals do not say the same.

    Args:
        listings: those with a deposit, those an open deal names, and those that are gone and an
            offer names.
        deals: those that name a listing.
    """
    by_listing: dict[str, list[DealFact]] = {}
    for deal in deals:
        by_listing.setdefault(deal.listing, []).append(deal)
    for listing in listings:
        own = by_listing.get(listing.path, [])
        bound = [deal for deal in own if deal.stage in OPEN_STAGES and not deal.is_done]
        if listing.status == "deposit" and not any(d.stage in ("deposit", None) for d in own):
            yield Disagreement("deposit-without-deal", listing.path)
        for deal in bound:
            if not _agrees(listing, deal):
                yield Disagreement(
                    "deal-against-status", listing.path, deal.path, status=listing.status
                )
        for deal in own:
            if deal.stage == "offer" and _is_gone(listing, deal):
                yield Disagreement("offer-on-gone", listing.path, deal.path, status=listing.status)
        for transaction in ("sale", "lease"):
            same = [d for d in bound if (d.transaction or "sale") == transaction]
            for deal in same[1:]:
                yield Disagreement("two-open-deals", listing.path, deal.path, same[0].path)


def _is_gone(listing: ListingFact, deal: DealFact) -> bool:
    """Whether somebody else has what a deal's buyer offers for; one that is let can be sold."""
    if listing.status in SOLD:
        return True
    return listing.status in LEASED and deal.transaction == "lease"


def _agrees(listing: ListingFact, deal: DealFact) -> bool:
    """Whether a listing's status is what an open deal of its makes it."""
    if deal.stage == "deposit":
        return listing.status == "deposit"
    if deal.transaction == "lease" and listing.occupant == "tenant":
        return True  # let, and still for sale, whatever became of that
    return listing.status in CLOSED_BY_US


def deed_of_stage(listing: Record, deal: Record, stage: str | None) -> str | None:
    """The step that must move a listing together with its deal's stage.

    Args:
        listing: of the deal.
        deal: as it stands.
        stage: it shall have.

    Returns:
        Id of its verb; None: the stage may change alone, nothing contradicts it.
    """
    before, status = deal.text("stage"), listing.text("status")
    if stage == before:
        return None
    if stage in OPEN_STAGES:
        fact = DealFact(deal.path, "", listing.path, stage, deal.text("transaction"), False)
        own = ListingFact(listing.path, status, listing.text("occupant"))
        return None if _agrees(own, fact) else "deposit" if stage == "deposit" else "sign"
    if stage == "completed":
        return "sign" if before in OPEN_STAGES and status == "deposit" else None
    if before in OPEN_STAGES and status in BOUND:
        return "deposit_cancel" if status == "deposit" else "rescind"
    return None

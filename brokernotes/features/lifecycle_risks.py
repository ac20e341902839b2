"""What must not be, whoever orders it: a change of status that would cost somebody money."""

from __future__ import annotations

from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.lifecycle_needs import is_owned_by, titles
from brokernotes.features.lifecycle_scene import Aim, Scene, Told, is_unfinished
from brokernotes.features.log_making import Moment
from brokernotes.language import N_
from brokernotes.model.records import LogEntry, Record


def _is_before(at: Moment, last: LogEntry) -> bool:
    if at.day != last.day or at.minutes is None or last.minutes is None:
        return at.day < last.day
    return at.minutes < last.minutes


def refuse_second(scene: Scene, deal: Record | None) -> None:
    """Refuse to bind a home that another deal of the same kind binds already.

    Args:
        scene: with every deal of the listing.
        deal: that shall bind it; None: one that is still to be made.

    Raises:
        RefusedError: it is bound.
    """
    said = deal.text("transaction") if deal is not None else None
    market = said if said in ("sale", "lease") else scene.transaction or "sale"
    for other in scene.deals:
        is_same = deal is not None and other.path == deal.path
        # A deposit holds the home for sale and for lease; a lease leaves it for sale.
        is_held = other.text("stage") == "deposit"
        is_held = is_held or (is_unfinished(other) and _market(other) == market)
        if is_held and not is_same:
            raise RefusedError(
                N_("{title}: the deal {deal} binds it already"),
                hint=N_("`brokernotes set {ref} stage=cancelled` if it was called off."),
                title=scene.listing.title,
                deal=other.title,
                ref=other.ref,
            )


def _market(deal: Record) -> str:
    return "lease" if deal.text("transaction") == "lease" else "sale"


def refuse_risks(aim: Aim, scene: Scene, told: Told) -> None:
    """Refuse what would cost somebody money.

    Raises:
        RefusedError: a seized home cannot be sold, nor one that is bound be bound again, nor its
            owner buy it.
        UsageError: the day of signing lies before the deposit, the handover before the signing,
            the change before the last, or the end of a lease before its begin.
    """
    last = scene.changes[-1].entry if scene.changes and aim.old != aim.new else None
    if last is not None and _is_before(told.at, last):
        raise UsageError(
            N_("{title} changed on {last} already, after {when}"),
            title=scene.listing.title,
            last=Moment(last.day, last.minutes).shown,
            when=told.at.shown,
        )
    signed = scene.deal.day("signed_on") if scene.deal else None
    if aim.kind in ("transfer", "handover") and signed is not None and told.at.day < signed:
        raise UsageError(
            N_("{title}: signed on {signed}, so nothing was handed over on {when}"),
            title=scene.listing.title,
            signed=signed.isoformat(),
            when=told.at.shown,
        )
    if aim.kind in ("deposit", "sign"):
        _refuse_bond(scene)
    if aim.kind == "deposit" and scene.deal is not None:
        day = scene.deal.day("expected_signing")
        paid = scene.deal.day("deposit_date") or told.at.day
        if day is not None and day < paid:
            raise UsageError(
                N_("the contract is to be signed on {day}, before the deposit of {paid}"),
                day=day.isoformat(),
                paid=paid.isoformat(),
            )
    end = scene.listing.day("lease_end")
    is_moving_in = aim.kind == "handover" and scene.transaction == "lease"
    if is_moving_in and end is not None and end <= told.at.day:
        raise UsageError(
            N_("the lease is to end on {day}, not after the tenant moved in on {begin}"),
            day=end.isoformat(),
            begin=told.at.day.isoformat(),
        )


def _refuse_bond(scene: Scene) -> None:
    """Refuse to bind a home that nobody may buy, or that these people cannot."""
    refuse_second(scene, scene.deal)
    if "seizure" in scene.listing.texts("encumbrances") and scene.transaction == "sale":
        raise RefusedError(
            N_("{title} is seized by a court: nobody may take money for it"),
            hint=N_("When that is lifted: `brokernotes set {ref} encumbrances-=查封`"),
            title=scene.listing.title,
            ref=scene.listing.ref,
        )
    if is_owned_by(scene.owners, scene.buyers):
        raise RefusedError(
            N_("{title}: {people} own it already, so they cannot buy or rent it"),
            title=scene.listing.title,
            people=titles(scene.buyers),
        )

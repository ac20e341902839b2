"""What a change of status makes of the notes: listing, deal and the people's, all at once.

A pure function from what stands to what shall stand. Whoever carries it out writes all of it
in one draft, so that no note ever says what another does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from brokernotes.features.lifecycle_leftovers import end_offers, end_tenancy
from brokernotes.features.lifecycle_log import round_of
from brokernotes.features.lifecycle_needs import (
    lease_end,
    may_stay_for_sale,
)
from brokernotes.features.lifecycle_people import change_owner, changes_owner, move_people
from brokernotes.features.lifecycle_scene import Aim, Scene, Told
from brokernotes.features.lifecycle_work import NoteEdit, Work
from brokernotes.language import N_
from brokernotes.model.lifecycle import ACTIVE, transaction_of
from brokernotes.model.records import Record

_FIELDS: Mapping[str, object] = MappingProxyType({})


def edits_of(aim: Aim, scene: Scene, told: Told, former: Sequence[Record] = ()) -> list[NoteEdit]:
    """What a change makes of every note.

    Args:
        aim: of the order; everything it wants is known.
        scene: with the deal, its people, and every value that was given.
        told: what was said beside.
        former: clients who owned the home until now, where the owner changes.

    Returns:
        One edit a note, the listing's first.
    """
    work = Work(aim, scene, told)
    _log_missed(work)
    work.set(scene.listing, "status", aim.new or "")
    if aim.new is None or aim.kind == "same":
        del work.sets[scene.listing.ref]["status"]
    if aim.kind in _DO:
        _DO[aim.kind](work)
    _match_transaction(work)
    if changes_owner(aim, scene, told):
        change_owner(work, former)
    move_people(work)
    end_tenancy(work)
    end_offers(work)
    if aim.kind != "same":
        _log_status(work)
    return work.edits()


def _match_transaction(work: Work) -> None:
    """What is offered follows the status: 在租 is no sale any more, whatever it was before."""
    aim, listing = work.aim, work.scene.listing
    standing, wanted = listing.text("transaction"), transaction_of(aim.new)
    if aim.new not in ACTIVE or standing is None or "transaction" in work.scene.given:
        return
    if standing != wanted and wanted is not None and (standing != "both" or wanted == "both"):
        work.set(listing, "transaction", wanted)


# -- the steps


def _deposit(work: Work) -> None:
    deal = _deal(work)
    work.set(deal, "stage", "deposit")
    _unset(work, deal, "deposit_date", work.day)
    _join(work, deal)
    amount, signing = deal.number("deposit_amount") or 0, deal.day("expected_signing")
    text = work.say(
        N_("{amount} yuan, to be signed by {date}"),
        amount=f"{amount:,}",
        date=signing.isoformat() if signing else "",
    )
    _tell(work, "deposit", work.told.text or text)


def _sign(work: Work) -> None:
    deal, listing = _deal(work), work.scene.listing
    work.set(deal, "stage", "signed")
    _unset(work, deal, "signed_on", work.day)
    _join(work, deal)
    if work.told.answers.get("still_for_sale") and may_stay_for_sale(work.aim, work.scene):
        for key, value in (("status", "for_sale"), ("transaction", "sale"), ("occupant", "tenant")):
            work.set(listing, key, value)
        work.aim = work.aim._replace(new="for_sale")
    _tell(work, "sign", work.told.text)


def _call_off(work: Work) -> None:
    deal = work.scene.deal
    verb = "deposit_cancel" if work.aim.kind == "cancel" else "rescind"
    text = work.told.text
    if deal is not None:
        work.set(deal, "stage", "cancelled")
        work.set(deal, "cancelled_on", work.day)
        if "cancel_reason" in work.scene.schema.fields("deal"):
            work.set(deal, "cancel_reason", work.told.reason)
        settled = deal.text("deposit_settlement")
        if settled is not None and verb == "deposit_cancel":
            words = work.scene.schema.vocabularies["deposit_settlement"]
            said = work.say(N_("deposit {settled}"), settled=words.label(settled, _code(work)))
            text = f"{said} {text}".strip()
    reason = {"reason": work.told.reason} if work.told.reason else {}
    _tell(work, verb, text, reason)


def _reopen(work: Work) -> None:
    listing = work.scene.listing
    if work.aim.step is not None and work.aim.step.adds_round:
        work.set(listing, "round", str(round_of(listing) + 1))
        if listing.day("listed") is not None and "listed" not in work.scene.given:
            work.set(listing, "listed", work.day)


def _transfer(work: Work) -> None:
    deal = _deal(work)
    work.set(deal, "transfer_on", work.day)
    work.set(deal, "stage", "closing")
    _tell(work, "transfer", work.told.text)


def _handover(work: Work) -> None:
    deal, listing, scene = _deal(work), work.scene.listing, work.scene
    work.set(deal, "handover_on", work.day)
    work.set(deal, "stage", "completed")
    _tell(work, "handover", work.told.text)
    if scene.transaction == "lease":
        end = listing.day("lease_end") if "lease_end" in scene.given else None
        end = end or lease_end(scene, work.told.at.day)
        work.set(listing, "occupant", "tenant")
        work.set(listing, "tenant", ", ".join(one.ref for one in scene.buyers))
        if end is not None:
            work.set(listing, "lease_end", end.isoformat())


_DO = {
    "deposit": _deposit,
    "sign": _sign,
    "cancel": _call_off,
    "rescind": _call_off,
    "resume": _reopen,
    "relet": _reopen,
    "resell": _reopen,
    "transfer": _transfer,
    "handover": _handover,
}


# -- parts of a step


def _deal(work: Work) -> Record:
    assert work.scene.deal is not None  # every step here stands on one
    return work.scene.deal


def _code(work: Work) -> str:
    return work.scene.language


def _unset(work: Work, record: Record, key: str, value: str) -> None:
    """Set a key nobody has set yet."""
    if key not in record.values:
        work.set(record, key, value)


def _join(work: Work, deal: Record) -> None:
    """Say in the deal what it is about, where it does not say so yet."""
    scene = work.scene
    _unset(work, deal, "listing", scene.listing.ref)
    if scene.owners:
        _unset(work, deal, "seller", ", ".join(one.ref for one in scene.owners))
    agent = next((found for one in scene.buyers if (found := one.text("agent"))), None)
    if agent is not None:
        _unset(work, deal, "agent", agent)
    if deal.text("transaction") not in ("sale", "lease") and scene.transaction:
        work.set(deal, "transaction", scene.transaction)
    if "template" not in deal.values:
        cash = any(one.text("payment") == "cash" for one in scene.buyers)
        is_lease = scene.transaction == "lease"
        work.set(deal, "template", "lease" if is_lease else "sale_cash" if cash else "sale_loan")


def _tell(work: Work, verb: str, text: str, fields: Mapping[str, object] = _FIELDS) -> None:
    """The same event in the logs of the listing, of the deal and of who buys."""
    scene = work.scene
    said: dict[str, Any] = {"text": text, "fields": dict(fields)}
    work.log(scene.listing, verb, [scene.deal] if scene.deal else (), **said)
    for record in (*([scene.deal] if scene.deal else ()), *scene.buyers):
        lines = work.told.children if record is scene.deal else ()
        work.log(record, verb, [scene.listing], children=lines, **said)


def _log_missed(work: Work) -> None:
    """What was typed by hand came before what is said now."""
    if work.aim.missed is not None and work.aim.kind != "same":
        text = work.say(N_("typed by hand, entered here afterwards"))
        fields = {"status": work.aim.missed}
        work.log(work.scene.listing, "status", text=text, fields=fields, agent=None)


def _log_status(work: Work) -> None:
    """The change of status itself: what everybody reads rounds and days on the market from."""
    aim, told, listing = work.aim, work.told, work.scene.listing
    fields: dict[str, object] = {}
    if told.promise is not None:
        fields["next"] = told.promise
    if aim.old == aim.new:
        if fields:  # 过户 and 交房 change no status; what was promised stands with them
            last = work.entries[listing.ref][-1]
            last.fields.update(fields)  # type: ignore[attr-defined]
        return
    if aim.kind not in ("cancel", "rescind") and told.reason:
        fields["reason"] = told.reason
    text = told.text if aim.kind not in _SAID_WITH_VERB else ""
    if aim.old is None:
        said = f"{work.scene.word(aim.new)} {text}".strip()
        work.log(listing, "status", text=said, fields=fields)
        return
    work.log(listing, "status", text=text, fields={"status": (aim.old, aim.new), **fields})


_SAID_WITH_VERB = frozenset({"deposit", "sign", "cancel", "rescind", "transfer", "handover"})

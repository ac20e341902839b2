"""What a change of status makes of the notes: listing, deal and the people's, all at once.

A pure function from what stands to what shall stand. Whoever carries it out writes all of it
in one draft, so that no note ever says what another does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from brokernotes.features.lifecycle import Aim, Scene, Told
from brokernotes.features.lifecycle_log import round_of
from brokernotes.features.lifecycle_needs import (
    OWNER_KEYS,
    is_owned_by,
    lease_end,
    may_stay_for_sale,
)
from brokernotes.language import N_, language
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.lifecycle import ACTIVE, transaction_of
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.schema import Schema

_FIELDS: Mapping[str, object] = MappingProxyType({})
# Whose stage a step moves, and to what; the other stages are nobody's but the agent's.
_STAGE_OF_BUYER = {
    "deposit": "under_contract",
    "sign": "closing",
    "cancel": "active",
    "rescind": "active",
    "handover": "past_client",
}
_CALLED_OFF = frozenset({"under_contract", "closing"})  # stages a deal gave them
_SELLERS = frozenset({"sell", "let"})
# What a former owner said and had goes with them: P:owner in the field table, and these.
_OF_OWNER = ("co_owned", "co_owner_consent", "only_home", "urgency", "fast_sale")
_KEPT = frozenset({"owner"})


class NoteEdit(NamedTuple):
    """What becomes of one note.

    Attributes:
        ref: of the note.
        sets: keys and values, as somebody would type them; an empty value clears.
        entries: appended to its log, without ids.
    """

    ref: str
    sets: tuple[tuple[str, str], ...] = ()
    entries: tuple[LogEntry, ...] = ()


@dataclass(slots=True)
class _Work:
    """Edits by note while they are worked out."""

    aim: Aim
    scene: Scene
    told: Told
    sets: dict[str, dict[str, str]] = field(default_factory=dict)
    entries: dict[str, list[LogEntry]] = field(default_factory=dict)

    def set(self, record: Record, key: str, value: str) -> None:
        self.sets.setdefault(record.ref, {})[key] = value
        self.entries.setdefault(record.ref, [])

    def log(self, record: Record, verb: str, links: Sequence[Record] = (), **said: Any) -> None:
        """Append an entry: `text`, `fields` and `children` as `LogEntry` has them."""
        at = self.told.at
        entry = LogEntry(
            day=at.day,
            minutes=at.minutes,
            verb=verb,
            line=0,
            links=tuple(one.name for one in links),
            **said,
        )
        self.entries.setdefault(record.ref, []).append(entry)

    def say(self, message: str, **params: object) -> str:
        """A sentence in the vault's language, as entries say it."""
        return language(self.scene.language).text(message, **params)

    @property
    def day(self) -> str:
        return self.told.at.day.isoformat()

    def edits(self) -> list[NoteEdit]:
        refs = dict.fromkeys((*self.sets, *self.entries))
        return [
            NoteEdit(
                ref,
                tuple(self.sets.get(ref, {}).items()),
                tuple(self.entries.get(ref, ())),
            )
            for ref in refs
        ]


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
    work = _Work(aim, scene, told)
    _log_missed(work)
    work.set(scene.listing, "status", aim.new or "")
    if aim.new is None or aim.kind == "same":
        del work.sets[scene.listing.ref]["status"]
    if aim.kind in _DO:
        _DO[aim.kind](work)
    _match_transaction(work)
    if changes_owner(aim, scene, told):
        _change_owner(work, former)
    _move_people(work)
    if aim.kind != "same":
        _log_status(work)
    return work.edits()


def changes_owner(aim: Aim, scene: Scene, told: Told) -> bool:
    """Whether the owner changes: to the buyers when somebody said yes, or to whom they named."""
    if aim.kind not in ("transfer", "handover", "resell") or scene.transaction == "lease":
        return False
    if aim.kind == "resell" and _names_owner(scene):
        return True
    if not scene.buyers or is_owned_by(scene.owners, scene.buyers):
        return False
    return bool(told.answers.get("owner")) and "owner" not in scene.given


def _names_owner(scene: Scene) -> bool:
    """Whether another owner was named with the order than the one who stood in the note."""
    if scene.was is None or is_owned_by(scene.were_owners, scene.buyers):
        return False
    named = OWNER_KEYS & scene.given
    return any(scene.was.values.get(key) != scene.listing.values.get(key) for key in named)


def _match_transaction(work: _Work) -> None:
    """What is offered follows the status: 在租 is no sale any more, whatever it was before."""
    aim, listing = work.aim, work.scene.listing
    standing, wanted = listing.text("transaction"), transaction_of(aim.new)
    if aim.new not in ACTIVE or standing is None or "transaction" in work.scene.given:
        return
    if standing != wanted and wanted is not None and (standing != "both" or wanted == "both"):
        work.set(listing, "transaction", wanted)


# -- the steps


def _deposit(work: _Work) -> None:
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


def _sign(work: _Work) -> None:
    deal, listing = _deal(work), work.scene.listing
    work.set(deal, "stage", "signed")
    _unset(work, deal, "signed_on", work.day)
    _join(work, deal)
    if work.told.answers.get("still_for_sale") and may_stay_for_sale(work.aim, work.scene):
        for key, value in (("status", "for_sale"), ("transaction", "sale"), ("occupant", "tenant")):
            work.set(listing, key, value)
        work.aim = work.aim._replace(new="for_sale")
    _tell(work, "sign", work.told.text)


def _call_off(work: _Work) -> None:
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


def _reopen(work: _Work) -> None:
    listing = work.scene.listing
    if work.aim.step is not None and work.aim.step.adds_round:
        work.set(listing, "round", str(round_of(listing) + 1))
        if listing.day("listed") is not None and "listed" not in work.scene.given:
            work.set(listing, "listed", work.day)


def _transfer(work: _Work) -> None:
    deal = _deal(work)
    work.set(deal, "transfer_on", work.day)
    work.set(deal, "stage", "closing")
    _tell(work, "transfer", work.told.text)


def _handover(work: _Work) -> None:
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


def _deal(work: _Work) -> Record:
    assert work.scene.deal is not None  # every step here stands on one
    return work.scene.deal


def _code(work: _Work) -> str:
    return work.scene.language


def _unset(work: _Work, record: Record, key: str, value: str) -> None:
    """Set a key nobody has set yet."""
    if key not in record.values:
        work.set(record, key, value)


def _join(work: _Work, deal: Record) -> None:
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


def _tell(work: _Work, verb: str, text: str, fields: Mapping[str, object] = _FIELDS) -> None:
    """The same event in the logs of the listing, of the deal and of who buys."""
    scene = work.scene
    said: dict[str, Any] = {"text": text, "fields": dict(fields)}
    work.log(scene.listing, verb, [scene.deal] if scene.deal else (), **said)
    for record in (*([scene.deal] if scene.deal else ()), *scene.buyers):
        lines = work.told.children if record is scene.deal else ()
        work.log(record, verb, [scene.listing], children=lines, **said)


def _log_missed(work: _Work) -> None:
    """What was typed by hand came before what is said now."""
    if work.aim.missed is not None and work.aim.kind != "same":
        text = work.say(N_("typed by hand, entered here afterwards"))
        work.log(work.scene.listing, "status", text=text, fields={"status": work.aim.missed})


def _log_status(work: _Work) -> None:
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


# -- people


def _move_people(work: _Work) -> None:
    """The stage of who buys follows the deal; who only sold is a past client at the end."""
    aim, scene = work.aim, work.scene
    stage = _STAGE_OF_BUYER.get(aim.kind)
    if stage is None or (aim.kind == "handover" and not work.told.answers.get("people")):
        return
    for buyer in scene.buyers:
        standing = buyer.text("stage")
        if buyer.ref in scene.busy or standing == stage:
            continue
        if aim.kind in ("cancel", "rescind") and standing not in _CALLED_OFF:
            continue
        work.set(buyer, "stage", stage)
    if aim.kind == "handover":
        _let_go(work, stage)


def _let_go(work: _Work, stage: str) -> None:
    """Who sold or let is a past client too, unless they look for a home themselves."""
    scene = work.scene
    buyers = {buyer.ref for buyer in scene.buyers}
    for seller in scene.sellers:
        if seller.ref in buyers:
            continue
        is_free = seller.ref not in scene.busy and set(seller.texts("intents")) <= _SELLERS
        if is_free and seller.text("stage") not in (stage, "inactive"):
            work.set(seller, "stage", stage)
        work.log(seller, "handover", [scene.listing])


def _change_owner(work: _Work, former: Sequence[Record]) -> None:
    """The home has another owner; what it says of the former one goes with them."""
    listing, scene = work.scene.listing, work.scene
    is_named = bool(OWNER_KEYS & scene.given)
    if not is_named:
        work.set(listing, "owner", ", ".join(one.ref for one in scene.buyers))
    for key in (*(["owner"] if is_named else []), *former_keys(scene.schema)):
        if key in listing.values and key not in scene.given:
            work.set(listing, key, "")
    acquired = scene.deal.day("transfer_on") if scene.deal else None
    if "acquired_on" not in scene.given:
        day = work.day if work.aim.kind == "transfer" else acquired.isoformat() if acquired else ""
        work.set(listing, "acquired_on", day)
    if scene.deal is not None and former and "seller" not in scene.deal.values:
        work.set(scene.deal, "seller", ", ".join(one.ref for one in former))
    before = scene.was or listing
    for client in former:
        if len(former) == 1:
            _keep_contact(work, client, before)
        if work.aim.kind == "handover" and client.ref in {one.ref for one in scene.sellers}:
            continue  # told of the handover already
        verb = "transfer" if work.aim.kind == "transfer" else "note"
        lines = [f"  - {line}" for line in _memories(before, scene)]
        text = work.say(N_("no longer the owner"))
        work.log(client, verb, [listing], text=text, children=tuple(lines))


def _keep_contact(work: _Work, client: Record, listing: Record) -> None:
    """Name and phone of the former owner, where their own note lacks them."""
    for key, of_owner in (("name", "owner_name"), ("phone", "owner_phone")):
        said = listing.text(of_owner)
        if said and key not in client.values:
            work.set(client, key, said)


def former_keys(schema: Schema) -> list[str]:
    """The fields of a listing that speak of its owner and go when the owner does."""
    rows = schema.fields("listing").values()
    named = [row.key for row in rows if row.confidential == "owner" and row.key not in _KEPT]
    return [*named, *_OF_OWNER]


def _memories(listing: Record, scene: Scene) -> Iterator[str]:
    """What stands in a listing of its owner and is worth knowing of a client."""
    route = listing.text("swap_route")
    if route:
        row = scene.schema.fields("listing")["swap_route"]
        yield f"{row.label(scene.language)}：{route}"


def left_the_market(aim: Aim) -> bool:
    """Whether advertisements must come down now."""
    return aim.old in ACTIVE and aim.new not in ACTIVE

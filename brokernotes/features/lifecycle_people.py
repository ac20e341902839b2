"""What a change of status makes of people: who is how far, and whose the home is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brokernotes.features.lifecycle_needs import OWNER_KEYS, is_owned_by
from brokernotes.features.lifecycle_scene import Aim, Scene, Told
from brokernotes.features.lifecycle_work import Work
from brokernotes.language import N_
from brokernotes.model.lifecycle import ACTIVE
from brokernotes.model.records import Record
from brokernotes.model.schema import Schema

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


def move_people(work: Work) -> None:
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


def _let_go(work: Work, stage: str) -> None:
    """Who sold or let is a past client too, unless they want something else still."""
    scene = work.scene
    buyers = {buyer.ref for buyer in scene.buyers}
    # Let, and still for sale: whose home it is, is not done with us.
    is_offered = scene.status in ACTIVE or scene.status == "deposit"
    waiting = {owner.ref for owner in scene.owners} if is_offered else set()
    for seller in scene.sellers:
        if seller.ref in buyers:
            continue
        is_free = (
            seller.ref not in waiting | scene.busy and set(seller.texts("intents")) <= _SELLERS
        )
        if is_free and seller.text("stage") not in (stage, "inactive"):
            work.set(seller, "stage", stage)
        work.log(seller, "handover", [scene.listing])


def change_owner(work: Work, former: Sequence[Record]) -> None:
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


def _keep_contact(work: Work, client: Record, listing: Record) -> None:
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

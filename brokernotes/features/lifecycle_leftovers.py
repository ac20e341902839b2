"""What a change of status would leave behind: a tenant who moved out, offers of other people.

The domain is silent on them, so nothing is taken for granted (ours): a person is asked, and
where nobody can be asked it is said that they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from brokernotes.features.lifecycle_scene import Aim, Scene, Told, is_unfinished
from brokernotes.features.lifecycle_work import Work
from brokernotes.language import N_
from brokernotes.model.lifecycle import LEASED
from brokernotes.model.records import Record

TENANCY = ("tenant", "lease_end")  # fields that end with a lease; and who lives there


class Leftover(NamedTuple):
    """Something that stands and may not hold any more.

    Attributes:
        code: `tenant`, `offers` or `section`.
        message: what is said of it.
        params: its places.
    """

    code: str
    message: str
    params: Mapping[str, object]


def has_tenant(scene: Scene) -> bool:
    """Whether a listing says of a lease what nobody has said anew.

    While a lease is signed and its tenant has not moved in, what the note says is of that tenant.
    """
    if any(deal.text("transaction") == "lease" and is_unfinished(deal) for deal in scene.deals):
        return False
    listing, given = scene.listing, scene.given
    is_let = listing.text("occupant") == "tenant" and "occupant" not in given
    return is_let or any(key in listing.values and key not in given for key in TENANCY)


def other_offers(aim: Aim, scene: Scene) -> list[Record]:
    """The offers that can come to nothing any more once a home is sold or let.

    A home that is let may still be sold, so an offer to buy it stays.
    """
    if aim.kind not in ("sign", "lose"):
        return []
    is_lease = aim.new in LEASED
    return [
        deal for deal in scene.deals
        if deal.text("stage") == "offer"
        and not (scene.deal is not None and deal.path == scene.deal.path)
        and (not is_lease or deal.text("transaction") == "lease")
    ]  # fmt: skip


def end_tenancy(work: Work) -> None:
    """The tenant moved out, as somebody said: the log keeps who it was and how long."""
    listing, scene = work.scene.listing, work.scene
    if work.aim.kind != "relet" or not work.told.answers.get("tenant_left"):
        return
    if not has_tenant(scene):
        return
    end = listing.day("lease_end")
    said = N_("the tenant moved out; the lease was to end on {date}")
    text = work.say(said, date=end.isoformat()) if end else work.say(N_("the tenant moved out"))
    work.log(listing, "note", scene.tenants, text=text)
    for key in TENANCY:
        if key in listing.values and key not in scene.given:
            work.set(listing, key, "")
    if listing.text("occupant") == "tenant" and "occupant" not in scene.given:
        work.set(listing, "occupant", "vacant")


def end_offers(work: Work) -> None:
    """What others offered is over, as somebody said: their deals end with the reason."""
    if not work.told.answers.get("offers"):
        return
    for deal in other_offers(work.aim, work.scene):
        work.set(deal, "stage", "cancelled")
        work.set(deal, "cancelled_on", work.day)
        work.set(deal, "cancel_reason", work.say(N_("the home went to somebody else")))


def leftovers(aim: Aim, scene: Scene, told: Told) -> list[Leftover]:
    """What stands after a change because nobody said anything of it.

    Args:
        aim: of the order.
        scene: before the change, with everything it bears on.
        told: with the answers; a no needs no reminder.
    """
    found: list[Leftover] = []
    if aim.kind == "relet" and "tenant_left" not in told.answers and has_tenant(scene):
        message = N_(
            "{title} still names the tenant before; once they have moved out: "
            "`brokernotes set {ref} tenant= lease_end= occupant={vacant}`"
        )
        vacant = scene.schema.vocabularies["occupant"].label("vacant", scene.language)
        named = {"title": scene.listing.title, "ref": scene.listing.ref, "vacant": vacant}
        found.append(Leftover("tenant", message, named))
    offers = other_offers(aim, scene) if "offers" not in told.answers else []
    if offers:
        message = N_(
            "other offers for {title} are still open: {deals}; `brokernotes deal REF cancel WHY` "
            "ends one"
        )
        told_of = {"title": scene.listing.title, "deals": deals_named(offers)}
        found.append(Leftover("offers", message, told_of))
    return found


def deals_named(deals: Sequence[Record]) -> list[str]:
    """Deals by title and REF."""
    return [f"{deal.title} {deal.ref}" for deal in deals]

"""What a change of status would leave behind: a tenant who moved out, offers of other people.

The domain is silent on them, so nothing is taken for granted (ours): a person is asked, and
where nobody can be asked it is said that they stand. What the text of a note says of a former
owner stays in the note, under a heading that says whose it was: nothing a person wrote is
deleted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from brokernotes.features.lifecycle_scene import Aim, Scene, Told
from brokernotes.features.lifecycle_work import Work
from brokernotes.language import N_
from brokernotes.model.lifecycle import LEASED
from brokernotes.model.records import Record
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.masking import find_blocks

TENANCY = ("tenant", "lease_end")  # fields that end with a lease; and who lives there
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_HEADING = re.compile(r"( {0,3}#{1,6}[ \t]+)(.*?)([ \t#]*)(\r\n|\r|\n|\Z)")
_OF_OWNER = re.compile(r"业主|owner", re.IGNORECASE)
_FORMER = re.compile(r"前业主|former owner", re.IGNORECASE)


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
    """Whether a listing says of a lease what nobody has said anew."""
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


# -- what is written of a former owner


def retire_owner_sections(text: str, heading: str) -> str:
    """A note whose sections about the owner say that they are about a former one.

    Args:
        text: the whole note.
        heading: `{title}` stands for what the section was called.

    Returns:
        The text; the same where no section says anything of the owner.
    """
    begin = read_block(text).body_offset
    body = text[begin:]
    lines: list[str] = _LINES.findall(body)
    bare = [line.rstrip("\r\n") for line in lines]
    hidden = find_blocks(body, bare).hidden
    for at, line in enumerate(lines):
        found = _HEADING.fullmatch(line) if at not in hidden else None
        if found is None or not _OF_OWNER.search(found[2]) or _FORMER.search(found[2]):
            continue
        if _says_something(bare[at + 1 :]):
            title = heading.replace("{title}", found[2])
            lines[at] = f"{found[1]}{title}{found[3]}{found[4]}"
    return text[:begin] + "".join(lines)


def _says_something(lines: Sequence[str]) -> bool:
    """Whether anything stands before the next heading."""
    for line in lines:
        if _HEADING.fullmatch(line):
            return False
        if line.strip():
            return True
    return False

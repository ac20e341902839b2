"""What a change of status cannot do without, and what a person is asked before it.

Everything that is missing is named at once; a terminal asks for it one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from brokernotes.features.lifecycle_leftovers import deals_named, has_tenant, other_offers
from brokernotes.features.lifecycle_log import previous_status
from brokernotes.features.lifecycle_scene import Aim, Scene, Told
from brokernotes.language import N_
from brokernotes.model.lifecycle import transaction_of
from brokernotes.model.records import Record

_NO_PARAMS: Mapping[str, object] = MappingProxyType({})
OWNER_KEYS = frozenset({"owner", "owner_name", "owner_phone"})


class Want(NamedTuple):
    """Something that must be known.

    Attributes:
        key: of the field, or of the question.
        target: `deal` or `listing`, whose field it is; `told`: a word of the order itself;
            `yes`: a question to be answered with yes or no.
        ask: what a person is asked.
        option: how it is said on the command line.
        params: places of `ask`.
        default: what stands in the note and may be confirmed; None: nothing does.
        is_optional: whether no answer is a no.
    """

    key: str
    target: str
    ask: str
    option: str
    params: Mapping[str, object] = _NO_PARAMS
    default: str | None = None
    is_optional: bool = False


def wants(aim: Aim, scene: Scene, told: Told) -> list[Want]:
    """Everything that is still missing for a change.

    Args:
        aim: of the order.
        scene: with the deal that is meant and every value that was given.
        told: what was said beside.
    """
    ask = _ASKS.get(aim.kind)
    return list(ask(aim, scene, told)) if ask else []


# -- a deposit, a contract


def _deposit(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    if scene.transaction is None:
        yield Want(
            "transaction", "deal", N_("Is it sold or let? (sale, lease)"), "--set transaction=sale"
        )
    yield from _buyer(scene)
    deal = scene.deal
    if deal is None or "deposit_amount" not in deal.values:
        yield Want("deposit_amount", "deal", N_("How much is the deposit?"), "--amount MONEY")
    if deal is None or "expected_signing" not in deal.values:
        yield Want(
            "expected_signing", "deal", N_("By when is the contract to be signed?"),
            "--sign-by DATE",
        )  # fmt: skip
    yield from _agreed(scene)


def _sign(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    yield from _buyer(scene)
    if may_stay_for_sale(aim, scene) and "still_for_sale" not in told.answers:
        yield Want(
            "still_for_sale", "yes",
            N_("It was for sale as well. Does it stay for sale, with the tenant in it?"), "--yes",
            is_optional=True,
        )  # fmt: skip
    yield from _agreed(scene)
    yield from _others(aim, scene, told)


def _others(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    """What others offered: somebody may still hope to hear of it."""
    offers = other_offers(aim, scene)
    if offers and "offers" not in told.answers:
        message = N_("Other offers are still open: {deals}. Are they over?")
        params = {"deals": deals_named(offers)}
        yield Want("offers", "yes", message, "--yes", params, is_optional=True)


def _agreed(scene: Scene) -> Iterator[Want]:
    """What was agreed on: without it nobody can say whether the deposit is too high."""
    key = "rent" if scene.transaction == "lease" else "price"
    if scene.deal is None or key not in scene.deal.values:
        asked = N_("What rent was agreed on?") if key == "rent" else N_("What price was agreed on?")
        standing = _shown(scene.listing, key)
        yield Want(key, "deal", asked, "--price MONEY", default=standing, is_optional=True)


def may_stay_for_sale(aim: Aim, scene: Scene) -> bool:
    """Whether a home that is let was for sale as well."""
    before = aim.old if aim.old != "deposit" else previous_status(scene.changes, "deposit")
    was_both = before == "sale_or_lease" or scene.listing.text("transaction") == "both"
    return aim.new == "leased_by_us" and was_both


def _buyer(scene: Scene) -> Iterator[Want]:
    if scene.deal is None or "buyer" not in scene.deal.values:
        yield Want("buyer", "deal", N_("Who is the buyer or tenant?"), "--buyer REF")


# -- called off


def _cancel(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    if scene.deal is not None and "deposit_settlement" not in scene.deal.values:
        yield Want(
            "deposit_settlement", "deal",
            N_("What became of the deposit? (refunded, forfeited, doubled)"), "--settled WORD",
        )  # fmt: skip
    yield from _reason(told)


def _rescind(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    yield from _reason(told)


def _reason(told: Told) -> Iterator[Want]:
    if not told.reason:
        yield Want("reason", "told", N_("Why?"), "--reason TEXT")


# -- back on the market


def _resume(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    """Price and entrustment are confirmed again: the owner's mind may have changed (ours)."""
    listing = scene.listing
    transaction = transaction_of(aim.new)
    for key, markets in (("price", ("sale", "both")), ("rent", ("lease", "both"))):
        if transaction in markets and key not in scene.given:
            standing = _shown(listing, key)
            if standing is None or not told.answers.get(key):
                yield Want(key, "listing", _TERMS[key], f"--set {key}=MONEY", default=standing)
    if not {"entrust_until", "entrustment"} & scene.given:
        until = listing.day("entrust_until")
        stands = listing.text("entrustment") == "none" or (until and until >= told.at.day)
        default = until.isoformat() if stands and until else None
        if not (stands and told.answers.get("entrust_until")):
            yield Want(
                "entrust_until", "listing", N_("Until when is it entrusted to us?"),
                "--set entrust_until=DATE", default=default,
            )  # fmt: skip


_TERMS = {"price": N_("What is the price now?"), "rent": N_("What is the rent now?")}


def _relet(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    if has_tenant(scene) and "tenant_left" not in told.answers:
        message = N_("Has the tenant moved out, so that the note names none any more?")
        yield Want("tenant_left", "yes", message, "--yes", is_optional=True)
    yield from _resume(aim, scene, told)


def _resell(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    if not OWNER_KEYS & scene.given and not is_owned_by(scene.owners, scene.buyers):
        if not scene.buyers:
            yield Want("owner", "listing", N_("Who owns it now?"), "--set owner=REF")
        elif "owner" not in told.answers:
            yield _owner_question(scene)
    yield from _resume(aim, scene, told)


def _shown(listing: Record, key: str) -> str | None:
    number = listing.number(key)
    return None if number is None else f"{number:g}" if number < 100_000 else str(number)


# -- the home changes hands


def _transfer(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    yield from _buyer(scene)
    if not is_owned_by(scene.owners, scene.buyers) and "owner" not in told.answers:
        yield _owner_question(scene)


def _handover(aim: Aim, scene: Scene, told: Told) -> Iterator[Want]:
    yield from _buyer(scene)
    if scene.transaction == "lease":
        if "lease_end" not in scene.given:
            end = lease_end(scene, told.at.day)
            if end is None or not told.answers.get("lease_end"):
                yield Want(
                    "lease_end", "listing", N_("Until when does the lease run?"),
                    "--set lease_end=DATE", default=end.isoformat() if end else None,
                )  # fmt: skip
    elif not is_owned_by(scene.owners, scene.buyers) and "owner" not in told.answers:
        yield _owner_question(scene)
    if "people" not in told.answers:
        people = titles((*scene.buyers, *scene.sellers))
        message = N_("Is it done with for both sides, so that they become past clients ({people})?")
        yield Want("people", "yes", message, "--yes", {"people": people})


def _owner_question(scene: Scene) -> Want:
    message = N_(
        "Is {people} the owner now? What the note says of the former owner goes to a client's note."
    )
    return Want("owner", "yes", message, "--yes", {"people": titles(scene.buyers)})


def titles(people: Sequence[Record]) -> list[str]:
    """Who they are, each once."""
    return list(dict.fromkeys(one.title for one in people))


def is_owned_by(owners: Sequence[Record], buyers: Sequence[Record]) -> bool:
    """Whether the buyers are the owners already."""
    return bool(buyers) and {one.ref for one in owners} == {one.ref for one in buyers}


def lease_end(scene: Scene, begin: date) -> date | None:
    """The last day of a lease by its months; None: nobody said how many."""
    months = scene.deal.number("lease_months") if scene.deal else None
    if not isinstance(months, int):
        standing = scene.listing.day("lease_end")
        return standing if standing and standing > begin else None
    month = begin.month - 1 + months
    year, month = begin.year + month // 12, month % 12 + 1
    for day in range(begin.day, 27, -1):
        try:
            return date.fromordinal(date(year, month, day).toordinal() - 1)
        except ValueError:
            continue
    return date.fromordinal(date(year, month, min(begin.day, 28)).toordinal() - 1)


_ASKS = {
    "deposit": _deposit,
    "sign": _sign,
    "cancel": _cancel,
    "rescind": _rescind,
    "lose": _others,
    "resume": _resume,
    "relet": _relet,
    "resell": _resell,
    "transfer": _transfer,
    "handover": _handover,
}

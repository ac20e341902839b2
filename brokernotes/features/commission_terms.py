"""What is to be shared of a deal's fee, and by which of the two ways: private or public.

Money is counted in whole 分 and shares are exact fractions; nothing here is a float.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from brokernotes.features.late_entries import LateEntry
from brokernotes.features.roles import Case, Role, first_showing
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.records import Record
from brokernotes.model.revisions import EntryRevision
from brokernotes.model.rules import Rules

SIDES = ("buyer", "seller")
BASES = ("received", "due")


class Missing(NamedTuple):
    """One thing without which the fee cannot be shared.

    Attributes:
        code: of its sentence (`features.commission_sentences`).
        params: the places of the sentence and of the command that mends it.
    """

    code: str
    params: Mapping[str, object]


class Remark(NamedTuple):
    """Something a reader of the split should know: a code and the places of its sentence."""

    code: str
    params: Mapping[str, object]


class Fee(NamedTuple):
    """What one side pays.

    Attributes:
        side: `buyer` or `seller`.
        key: of the field it stands in.
        cents: in 分.
    """

    side: str
    key: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pot:
    """What there is to share.

    Attributes:
        basis: `received` or `due`.
        fees: by side; a side that states none is left out.
        discount: that the fees due were agreed with; they are what is left after it.
        co_broker: another firm's part in 分, taken out first.
    """

    basis: str
    fees: tuple[Fee, ...]
    discount: Decimal | None = None
    co_broker: int = 0

    @property
    def cents(self) -> int:
        """The basis, in 分."""
        return sum(fee.cents for fee in self.fees)

    @property
    def own(self) -> int:
        """What is left to this firm, in 分."""
        return self.cents - self.co_broker


class Way(NamedTuple):
    """How the fee of a listing is shared.

    Attributes:
        is_private: whether the holder's fixed share replaces the listing's roles.
        code: of the sentence that says why.
        params: its places.
    """

    is_private: bool
    code: str
    params: Mapping[str, object]

    @property
    def is_by_showing(self) -> bool:
        """Whether the day of the first showing decides it."""
        return self.code in ("quota-public-shown", "quota-private-shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a brokerage agreed on, for sales or for leases.

    Attributes:
        mode: of sharing: `public`, `private`, `mixed_area` or `mixed_quota`.
        holder: the share of a private listing's holder, of what is shared (seed: a half).
        missing: what happens to the share of a part nobody played: `normalise`, `maintainer`
            or `refuse`.
        platform: the part of what is left to this firm that it keeps itself, in percent.
        shares: percent by role; they add up to 100. Empty: none were agreed on.
    """

    mode: str
    holder: Fraction
    missing: str
    platform: Fraction
    shares: Mapping[str, Fraction]

    @classmethod
    def of(cls, rules: Rules, transaction: str) -> Terms:
        """The terms of the rules for `sale` or `lease`."""
        said = rules.other["commission"]
        shares = said[transaction]
        return cls(
            mode=str(rules.other["sharing"]["mode"]),
            holder=exact(said["private_holder"]),
            missing=str(said["missing"]),
            platform=exact(said["platform"]),
            shares={role: exact(percent) for role, percent in shares.items() if exact(percent)}
            if isinstance(shares, Mapping)
            else {},
        )


class Written(NamedTuple):
    """How an entry came into git.

    Attributes:
        late: where it was written down long after its day; None: in time, or nobody knows.
        changed: the change of its day, verb, listing or of whose it is; None: there was none.
    """

    late: LateEntry | None = None
    changed: EntryRevision | None = None


def _in_time(role: Role) -> Written:
    return Written()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the sharing of a fee depends on beside the notes of the deal.

    Attributes:
        sharing_on: whether the listing was `private` or `public` on a day; None: nothing said.
        areas_of: the service areas of an agent, by id.
        places: district and neighborhood of the listing.
        left: last day of the colleagues who have left, by id.
        written: how the entry that earned a role came into git.
    """

    sharing_on: Callable[[date], str | None]
    areas_of: Callable[[str], Sequence[str]]
    places: Sequence[str] = ()
    left: Mapping[str, date] = field(default_factory=dict)
    written: Callable[[Role], Written] = _in_time


def exact(number: object) -> Fraction:
    """A number as it was typed, without a float's error."""
    return Fraction(Decimal(str(number)))


def cents_of(number: float | Decimal) -> int:
    """元 as 分; half a 分 counts up."""
    return int((Decimal(str(number)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def yuan(cents: int) -> Decimal:
    """分 as 元 with two places."""
    return Decimal(cents).scaleb(-2)


def transaction_of(case: Case) -> str | None:
    """Whether a deal is a `sale` or a `lease`; None: nothing says."""
    deal = case.deal
    if deal is None:
        return None
    said = deal.text("transaction")
    if said in ("sale", "lease"):
        return said
    template = deal.text("template")
    if template:
        return "lease" if template == "lease" else "sale"
    said = case.listing.text("transaction") if case.listing else None
    return said if said in ("sale", "lease") else None


def find_pot(deal: Record, basis: str) -> Pot | list[Missing]:
    """What there is to share of a deal's fees.

    Args:
        deal: its note.
        basis: `received` or `due`.

    Returns:
        The pot, or all that is missing.
    """
    keys = [(side, f"fee_{side}_{basis}") for side in SIDES]
    wanted = [key for _, key in keys] + ["co_broker_fee"]
    unread = [key for key in wanted if key in deal.invalid]
    if unread:
        return [Missing("unreadable", {"note": deal.ref, "key": key}) for key in unread]
    discount = deal.number("discount") if basis == "due" else None
    fees = []
    for side, key in keys:
        amount = deal.number(key)
        if amount is not None:
            fees.append(Fee(side, key, cents_of(amount)))
    pot = Pot(
        basis=basis,
        fees=tuple(fees),
        discount=None if discount is None else Decimal(str(discount)),
        co_broker=cents_of(deal.number("co_broker_fee") or 0),
    )
    if not fees:
        return [Missing(f"no-fee-{basis}", {"note": deal.ref, "keys": [key for _, key in keys]})]
    if not pot.cents:
        return [Missing(f"nothing-{basis}", {"note": deal.ref, "keys": [key for _, key in keys]})]
    if pot.own < 0:
        params = {"note": deal.ref, "co_broker": pot.co_broker, "amount": pot.cents}
        return [Missing("co-broker-more", params)]
    return pot


def outstanding(deal: Record, pot: Pot) -> list[Remark]:
    """The sides that have not paid all they owe, where it is what came in that is shared."""
    if pot.basis != "received":
        return []
    paid = {fee.side: fee.cents for fee in pot.fees}
    found = []
    for side in SIDES:
        due = deal.number(f"fee_{side}_due")
        left = cents_of(due) - paid.get(side, 0) if due else 0
        if left > 0:
            found.append(Remark(f"outstanding-{side}", {"amount": left}))
    return found


def find_way(
    case: Case, roles: Mapping[str, Role], terms: Terms, world: World
) -> Way | list[Missing]:
    """Whether a fee is shared the private or the public way.

    Args:
        case: of the deal, with its listing.
        roles: as derived.
        terms: for the mode.
        world: areas, and what the listing said on which day.

    Returns:
        The way and why, or all that is missing to know.
    """
    shown = first_showing(case)
    day = shown.entry.day if shown else case.agreed_on
    said = world.sharing_on(day)
    if terms.mode == "mixed_quota":
        sharing = said or "public"
        code = f"quota-{sharing}-{'shown' if shown else 'agreed'}"
        return Way(sharing == "private", code, {"day": day.isoformat()})
    if said:  # what the note says comes before the mode
        return Way(said == "private", f"{said}-own", {})
    if terms.mode == "mixed_area":
        return _by_area(case, roles, world)
    return Way(terms.mode == "private", f"{terms.mode}-all", {})


def _by_area(case: Case, roles: Mapping[str, Role], world: World) -> Way | list[Missing]:
    """Inside the area of holder and closer the split is public, across areas private (seed)."""
    closing, listing = roles.get("closing_agent"), case.listing
    holder = case.responsible(listing, case.closed_on) if listing else None
    if listing is None or holder is None or closing is None or not closing.agent:
        missing = [Missing("no-holder", {"note": listing.ref})] if listing and not holder else []
        return missing  # the others are missed in any case
    agents = dict.fromkeys((closing.agent, case.agent(holder)))
    areas = [{area.casefold() for area in world.areas_of(agent)} for agent in agents]
    missing = [
        Missing("no-areas", {"note": agent, "agent": agent})
        for agent, served in zip(agents, areas, strict=True)
        if not served
    ]
    if not world.places:
        missing.append(Missing("no-district", {"note": listing.ref}))
    if missing:
        return missing
    inside = [
        place for place in world.places if all(place.casefold() in served for served in areas)
    ]
    params = {"agent": closing.agent, "place": (inside or [*world.places])[0]}
    return Way(not inside, "area-inside" if inside else "area-across", params)

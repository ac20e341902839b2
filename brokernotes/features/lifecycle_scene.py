"""What stands in the notes that a change of status bears on, and what was ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from brokernotes.features.lifecycle_log import StatusChange, status_changes
from brokernotes.features.log_making import Moment
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.lifecycle import CLOSED_BY_US, Status, Step, step_of, transaction_of
from brokernotes.model.records import Record
from brokernotes.model.schema import Schema

WHERE_DEALS_STAND = {
    "deposit": ("offer", None),
    "sign": ("deposit", "offer", None),
    "cancel": ("deposit",),
    "rescind": ("signed", "closing", "deposit"),  # 我售 may have been typed over a deposit
    "transfer": ("signed", "closing"),
    "handover": ("signed", "closing"),
}

OPEN_STAGES = frozenset({"deposit", "signed", "closing"})  # of deals that bind the home


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stands in the notes that a change bears on.

    Attributes:
        listing: as it stands, with the values that were given for it.
        deals: every deal of the listing.
        deal: the one that is meant, with the values that were given for it; None: none is.
        buyers: clients who buy or rent, as the deal names them.
        owners: clients who own the home, as the listing names them, else sell, as the deal does.
        sellers: clients who sell or let, as the deal names them, else own.
        busy: refs of clients whom another open deal binds.
        given: keys of the listing that were given with the order.
        was: the listing before anything was given for it.
        were_owners: clients who owned the home then.
        tenants: clients who rent the home, as the listing names them.
        remembered: a status before this one, as git's history knows it; where the log is silent.
        schema: for words.
        language: of the vault.
        today: the present day.
    """

    listing: Record
    schema: Schema
    language: str
    today: date
    deals: Sequence[Record] = ()
    deal: Record | None = None
    buyers: Sequence[Record] = ()
    owners: Sequence[Record] = ()
    sellers: Sequence[Record] = ()
    busy: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    was: Record | None = None
    were_owners: Sequence[Record] = ()
    tenants: Sequence[Record] = ()
    remembered: Status = None

    @property
    def status(self) -> Status:
        """As front matter says."""
        return self.listing.text("status")

    @property
    def changes(self) -> list[StatusChange]:
        """As the log tells them."""
        return status_changes(self.listing.entries, self.today)

    @property
    def bound_deals(self) -> list[Record]:
        """Deals that bind the home now."""
        return [deal for deal in self.deals if deal.text("stage") in OPEN_STAGES]

    @property
    def transaction(self) -> str | None:
        """`sale` or `lease`, of the deal, else of the listing; None: it may be either."""
        deal = self.deal.text("transaction") if self.deal else None
        if deal in ("sale", "lease"):
            return deal
        for found in (transaction_of(self.status), self.listing.text("transaction")):
            if found in ("sale", "lease"):
                return found
        return None

    def word(self, status: Status) -> str:
        """A status as the vault says it."""
        vocabulary = self.schema.vocabularies["listing_status"]
        return vocabulary.label(status, self.language) if status else "—"

    def words(self, statuses: Sequence[str]) -> list[str]:
        """Several statuses, likewise."""
        return [self.word(status) for status in statuses]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a broker said with the order, beside the values of fields.

    Attributes:
        at: when it happened.
        reason: why.
        text: more words.
        children: lines that belong to it, as entries have them.
        promise: when to be in touch next; None: not said.
        answers: to questions, by their keys.
        agent: the colleague who did it, by name; None: whoever says so.
    """

    at: Moment
    reason: str = ""
    text: str = ""
    children: tuple[str, ...] = ()
    promise: object = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    agent: str | None = None


class Aim(NamedTuple):
    """What an order comes to.

    Attributes:
        kind: of the step; `transfer` and `handover` change no status; `same`: nothing changes.
        old: status before.
        new: status after.
        missed: a change somebody typed into front matter alone, which the log gets as well.
    """

    kind: str
    old: Status
    new: Status
    missed: tuple[Status, str] | None = None

    @property
    def step(self) -> Step | None:
        """The row of the table; None: no status changes."""
        return step_of(self.kind) if self.old != self.new else None

    @property
    def needs_deal(self) -> bool:
        """Whether a deal stands behind it."""
        return self.kind in WHERE_DEALS_STAND

    @property
    def makes_deal(self) -> bool:
        """Whether its deal is made where there is none."""
        return self.kind in ("deposit", "sign")


def may_take(deal: Record, aim: Aim) -> bool:
    """Whether a deal stands where a step can take it on."""
    return deal.text("stage") in WHERE_DEALS_STAND.get(aim.kind, ())


def has_happened(deal: Record, verb: str) -> bool:
    """Whether a deal's log says that a step happened; its date alone may be the plan."""
    return any(entry.verb == verb and entry.is_happened for entry in deal.entries)


def is_unfinished(deal: Record) -> bool:
    """Whether a contract is signed and the home has not changed hands."""
    if deal.text("stage") not in ("signed", "closing"):
        return False
    return not has_happened(deal, "handover" if deal.text("transaction") == "lease" else "transfer")


def fitting_deals(aim: Aim, scene: Scene) -> list[Record]:
    """The deals an order can mean, those that are furthest first."""
    stages = WHERE_DEALS_STAND.get(aim.kind, ())
    found = [deal for deal in scene.deals if deal.text("stage") in stages]
    if aim.new in CLOSED_BY_US and aim.kind == "sign":
        wanted = transaction_of(aim.new)
        found = [deal for deal in found if deal.text("transaction") in (wanted, None, "both")]
    if aim.kind == "transfer":
        found = [
            deal for deal in found
            if deal.text("transaction") != "lease" and not has_happened(deal, "transfer")
        ]  # fmt: skip
    for stage in stages:
        of_stage = [deal for deal in found if deal.text("stage") == stage]
        if of_stage:
            return of_stage
    return []

"""Money that is due and not there: fees of deals, by age, and deposits past their signing.

A side owes what is due of it, as agreed in the end, less what came in. It is due on the day its
note says, else on the day of signing (ours); one with neither has no age. An offer owes nothing
yet, and a cancelled deal nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from brokernotes.features.commission_terms import cents_of
from brokernotes.features.deals_fees import fees_of
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import Record

AGES = (30, 60, 90)  # days past, where one class ends and the next begins (ours)


class Receivable(NamedTuple):
    """One amount that is outstanding.

    Attributes:
        kind: `fee`, or `deposit`: a deal that was to be signed by now.
        deal: its note.
        agent: id of who closed it, else whose deal it is; empty: nobody's.
        cents: outstanding, or of the deposit; in 分.
        side: `buyer` or `seller`; empty: of a deposit.
        due: the day; None: nothing says.
        days: past it; negative: it lies ahead; None: it has none.
    """

    kind: str
    deal: Record
    agent: str
    cents: int
    side: str = ""
    due: date | None = None
    days: int | None = None

    @property
    def age(self) -> str:
        """The class of its age: `ahead`, `undated`, `0-30`, `31-60`, `61-90`, `91-`."""
        if self.days is None:
            return "undated"
        if self.days < 0:
            return "ahead"
        low = 0
        for high in AGES:
            if self.days <= high:
                return f"{low}-{high}"
            low = high + 1
        return f"{low}-"


class Owed(NamedTuple):
    """A sum over some amounts.

    Attributes:
        name: what they have in common: an agent, or an age.
        cents: in 分.
        items: how many amounts.
    """

    name: str
    cents: int
    items: int


def receivables(
    deals: Iterable[Record], today: date, agent_of: Callable[[str], str | None]
) -> list[Receivable]:
    """What is outstanding, deposits in danger first, then fees, the oldest first.

    Args:
        deals: their notes.
        today: the day.
        agent_of: id of the colleague of a name.
    """
    found: list[Receivable] = []
    for deal in deals:
        if deal.text("stage") in ("offer", "cancelled") or deal.day("cancelled_on"):
            continue
        name = deal.text("closing_agent") or deal.text("agent") or ""
        agent = (agent_of(name) or name) if name else ""
        found += _fees(deal, today, agent)
        late = _deposit(deal, today, agent)
        if late:
            found.append(late)
    return sorted(found, key=_pressing)


def _pressing(one: Receivable) -> tuple[object, ...]:
    return one.kind, one.due or date.max, -one.cents, one.deal.ref, one.side


def _fees(deal: Record, today: date, agent: str) -> Iterable[Receivable]:
    signed = deal.day("signed_on")
    for fee in fees_of(deal):
        left = cents_of(fee.open)
        if left <= 0:
            continue
        due = fee.due_on or signed
        days = (today - due).days if due else None
        yield Receivable("fee", deal, agent, left, fee.side, due, days)


def _deposit(deal: Record, today: date, agent: str) -> Receivable | None:
    day = deal.day("expected_signing")
    if deal.text("stage") != "deposit" or day is None or deal.day("signed_on") or day >= today:
        return None
    cents = cents_of(deal.number("deposit_amount") or 0)
    return Receivable("deposit", deal, agent, cents, "", day, (today - day).days)


def by_agent(found: Iterable[Receivable]) -> list[Owed]:
    """Fees outstanding by agent, the most first."""
    return sorted(_sums(found, lambda one: one.agent), key=lambda one: (-one.cents, one.name))


def by_age(found: Iterable[Receivable]) -> list[Owed]:
    """Fees outstanding by age, the oldest first."""
    order = ["91-", "61-90", "31-60", "0-30", "ahead", "undated"]
    return sorted(_sums(found, lambda one: one.age), key=lambda one: order.index(one.name))


def _sums(found: Iterable[Receivable], key: Callable[[Receivable], str]) -> Sequence[Owed]:
    sums: dict[str, Owed] = {}
    for one in found:
        if one.kind == "fee":
            before = sums.get(key(one), Owed(key(one), 0, 0))
            sums[key(one)] = Owed(key(one), before.cents + one.cents, before.items + 1)
    return list(sums.values())

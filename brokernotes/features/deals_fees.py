"""What the two sides of a deal owe, have paid, and still owe: one answer for every report.

`fee_…_due` is what was agreed in the end, after `discount`, which only tells how it came about
(ours). A deal that was cancelled owes nothing, since no commission is payable for a service that
was not completed (**found**: 房地产经纪管理办法), and an offer owes nothing yet.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from brokernotes.features.agenda import MONEY_AT_RISK, Agenda, rule
from brokernotes.features.cadences import responsible
from brokernotes.features.milestones import listing_of, round_of
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import Record

SIDES = ("buyer", "seller")
NOT_OWING = frozenset({"offer", "cancelled"})  # stages at which no fee is owed
_WAN = 10_000  # 元


class Fee(NamedTuple):
    """The fee of one side of a deal, in 元 to the 分.

    Attributes:
        side: `buyer` or `seller`; of a lease the tenant and the owner.
        due: what is owed in all; None: nobody has said.
        due_on: by when; None: nobody has said.
        received: so far.
        received_on: the day of the last payment.
        open: what is still owed; 0 where nothing is, or the deal came to nothing.
    """

    side: str
    due: Decimal | None
    due_on: date | None
    received: Decimal
    received_on: date | None
    open: Decimal

    def is_late(self, today: date) -> bool:
        """Whether something is owed beyond its day."""
        return self.open > 0 and self.due_on is not None and self.due_on < today


def fees_of(deal: Record) -> tuple[Fee, ...]:
    """The fees of the two sides, as far as the note speaks of them.

    Args:
        deal: its note.
    """
    return tuple(
        fee
        for fee in (_fee(deal, side) for side in SIDES)
        if fee.due is not None or fee.due_on is not None or fee.received
    )


def _fee(deal: Record, side: str) -> Fee:
    due = _amount(deal, f"fee_{side}_due")
    received = _amount(deal, f"fee_{side}_received") or Decimal(0)
    owes = deal.text("stage") not in NOT_OWING and deal.day("cancelled_on") is None
    return Fee(
        side,
        due,
        deal.day(f"fee_{side}_due_on"),
        received,
        deal.day(f"fee_{side}_received_on"),
        max((due or Decimal(0)) - received, Decimal(0)) if owes else Decimal(0),
    )


def _amount(deal: Record, key: str) -> Decimal | None:
    number = deal.number(key)
    return None if number is None else Decimal(str(number))


def add_fees(agenda: Agenda) -> None:
    """The day each fee is to be paid, until all of it is received: whoever closed collects it."""
    deal = agenda.record
    for fee in fees_of(deal):
        if not fee.open or fee.due_on is None:
            continue
        names = (deal.text("closing_agent"), deal.text("agent"))
        agent, changes = responsible(names, agenda.neighbours, agenda.today)
        agenda.stale(changes)
        agenda.add(
            "fee",
            f"fee_{fee.side}_due_on-{round_of(listing_of(agenda))}",
            fee.due_on,
            agent=agent,
            weight=MONEY_AT_RISK,
            value=float(fee.open / _WAN),
            reason=f"fee-{fee.side}",
            params={"date": fee.due_on.isoformat(), "open": yuan(fee.open)},
            rule=rule("fee_due_on", fee.due_on.isoformat(), "note"),
        )


def yuan(amount: Decimal) -> str:
    """An amount as people read it: 29,600 or 29,600.50."""
    return f"{amount:,.2f}".removesuffix(".00")

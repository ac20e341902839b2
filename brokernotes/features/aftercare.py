"""After the handover: how it is going, and whom they know.

Both sides of a deal are asked, a week and a month after the day on which the handover happened
(`cadence.satisfaction`, `cadence.referral`): a day that is only planned is none. What concerns the
client stands under the client's key, and is over once they were reached on its day or later.

Source: seed: 售后 with satisfaction and 转介绍 as part of the service; the days are ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from brokernotes.features.agenda import GRADE_A, Agenda, rule
from brokernotes.features.cadences import responsible
from brokernotes.features.milestones import listing_of, milestones
from brokernotes.model.days import days_after

SIDES = ("buyer", "seller")
LASTING = 60  # days it is asked; after them the cadence of 老客户 has its turn (ours)
_STEP = "handover"


def add_aftercare(agenda: Agenda) -> None:
    """Ask both sides of a deal whose home was handed over."""
    deal = agenda.record
    if deal.day("handover_on") is None and all(entry.verb != _STEP for entry in deal.entries):
        return
    steps = milestones(deal, agenda.rules, agenda.today, listing_of(agenda))
    handover = next((one.day for one in steps if one.step.id == _STEP and one.is_done), None)
    if handover is None:
        return
    names = (deal.text("closing_agent"), deal.text("agent"))
    agent, changes = responsible(names, agenda.neighbours, agenda.today)
    agenda.stale(changes)
    cadence = agenda.rules.cadence
    for client in dict.fromkeys(_parties(agenda)):
        for kind, days in (
            ("satisfaction", cadence.satisfaction),
            ("referral", cadence.referral),
        ):
            day = days_after(handover, days)
            agenda.add(
                kind,
                client,
                day,
                until=days_after(day, LASTING),
                person=client,
                note=client,
                agent=agent,
                computed=True,
                weight=GRADE_A,
                last_contact=None,
                last_text="",
                reason=kind,
                params={"days": days, "date": handover.isoformat(), "deal": deal.ref},
                rule=rule(f"cadence.{kind}", days),
            )
            agenda.found[-1].key = f"{client}/{kind}/{deal.ref}"


def _parties(agenda: Agenda) -> Iterator[str]:
    """Ids of the clients on either side who may be contacted unasked."""
    near = agenda.neighbours
    for side in SIDES:
        for name in agenda.record.texts(side):
            client = near.ids.get(name)
            if client is None:
                continue
            values = near.values.get(client, {})
            if values.get("do_not_contact") is not True and values.get("stage") != "inactive":
                yield client

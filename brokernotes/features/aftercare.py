"""After the handover: how it is going, whom they know, and the years since.

Both sides of a deal are asked, a week and a month after the day on which the handover happened
(`cadence.satisfaction`, `cadence.referral`): a day that is only planned is none. What concerns the
client stands under the client's key, and is over once they were reached on its day or later.
Whoever bought and likes greetings is congratulated on the day of the handover for some years
(`greetings.anniversaries`), until they were greeted.

Source: seed: 售后 with satisfaction and 转介绍 as part of the service; the days are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brokernotes.features.agenda import GRADE_A, GREETING, Agenda, rule, texts_of
from brokernotes.features.cadences import responsible
from brokernotes.features.milestones import listing_of, milestones
from brokernotes.model.days import days_after
from brokernotes.model.milestones import template_of
from brokernotes.model.rules import ANNIVERSARIES

SIDES = ("buyer", "seller")
YEARS = 2  # this year and the next, as with birthdays
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
                channel=_said(agenda, client, "channel"),
                times=texts_of(_said(agenda, client, "call_times")),
                computed=True,
                weight=GRADE_A,
                last_contact=None,
                last_text="",
                reason=kind,
                params={"days": days, "date": handover.isoformat(), "deal": deal.ref},
                rule=rule(f"cadence.{kind}", days),
            )
            agenda.found[-1].key = f"{client}/{kind}/{deal.ref}"
    if template_of(deal) != "lease":
        _add_anniversaries(agenda, handover, agent)


def _add_anniversaries(agenda: Agenda, handover: date, agent: str | None) -> None:
    """The days on which whoever bought has lived there for a year, two, three."""
    deal, most = agenda.record, agenda.rules.anniversaries
    year = agenda.today.year
    if year - handover.year > most:
        return
    if year < date.max.year:
        agenda.stale(date(year + 1, 1, 1))
    buyers = [
        client
        for client in _parties(agenda, ("buyer",))
        if _said(agenda, client, "greetings") is not False
    ]
    first = max(year - handover.year, 1)
    last = min(year + YEARS - 1, date.max.year) - handover.year
    for number in range(first, min(last, most) + 1):
        day = _years_after(handover, number)
        for client in dict.fromkeys(buyers):
            agenda.add(
                "anniversary",
                client,
                day,
                until=day,
                person=client,
                note=client,
                agent=agent,
                computed=True,
                weight=GREETING,
                last_contact=None,
                last_text="",
                reason="anniversary",
                params={"count": number, "date": handover.isoformat(), "deal": deal.ref},
                rule=rule(
                    "greetings.anniversaries", most, "ours" if most == ANNIVERSARIES else "rules"
                ),
            )
            agenda.found[-1].key = f"{client}/anniversary/{deal.ref}-{day.year}"


def _said(agenda: Agenda, client: str, key: str) -> object:
    """What a client's note says."""
    return agenda.neighbours.values.get(client, {}).get(key)


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return days_after(day, -1).replace(year=day.year + years)


def _parties(agenda: Agenda, sides: tuple[str, ...] = SIDES) -> Iterator[str]:
    """Ids of the clients on either side who may be contacted unasked."""
    near = agenda.neighbours
    for side in sides:
        for name in agenda.record.texts(side):
            client = near.ids.get(name)
            if client is None:
                continue
            values = near.values.get(client, {})
            if values.get("do_not_contact") is not True and values.get("stage") != "inactive":
                yield client

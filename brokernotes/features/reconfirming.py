"""When a client's demand is to be confirmed again: what is shown misses it.

Source: seed: 若客户对方案不满意，需重新审视需求; 持续跟进的过程也是一个需求再挖掘和迭代的过程.
How many homes turned down, or showings without an offer, is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from brokernotes.features.agenda import GRADE_A, NEGOTIATING, Agenda, rule
from brokernotes.features.cadences import GRADES, UNGRADED
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import LogEntry
from brokernotes.model.verbs import SHOWING_VERBS

LOOKING = frozenset({None, "lead", "active", "nurture", "negotiating"})
OFFERS = frozenset({"offer", "counter_offer", "deposit", "sign"})
CONFIRMED = "confirmed"


class Limits(NamedTuple):
    """After how much a demand is confirmed again.

    Attributes:
        rejected: homes turned down.
        showings: homes shown without an offer.
    """

    rejected: int = 3
    showings: int = 5


class Tipped(NamedTuple):
    """The entry that was one too many, and what of."""

    entry: LogEntry
    why: str  # `rejected` or `showings`
    amount: int


def add_reconfirm(agenda: Agenda) -> None:
    """Confirm the demand again, until `confirmed_on` or an entry says that it was."""
    client, cadence = agenda.record, agenda.rules.cadence
    stage = client.text("stage")
    if stage not in LOOKING or client.flag("do_not_contact"):
        return
    limits = Limits(cadence.reconfirm_rejected, cadence.reconfirm_showings)
    if len(agenda.clock.entries) < min(limits):
        return
    happened = [one for one in agenda.clock.entries if one.is_happened and one.day <= agenda.today]
    tipped = find_tipped(happened, client.day("confirmed_on"), limits)
    if tipped is None:
        return
    name = agenda.name(tipped.entry)
    grade = GRADE_A + GRADES.index(agenda.grade or UNGRADED)
    agenda.add(
        "reconfirm_demand",
        name,
        tipped.entry.day,
        weight=NEGOTIATING if stage == "negotiating" else grade,
        reason=f"reconfirm-{tipped.why}",
        params={
            "days": tipped.amount,
            "count": tipped.amount,
            "date": tipped.entry.day.isoformat(),
        },
        entry=name,
        rule=rule(f"cadence.reconfirm_{tipped.why}", tipped.amount),
    )


def find_tipped(
    entries: Iterable[LogEntry], confirmed_on: date | None, limits: Limits
) -> Tipped | None:
    """The entry by which it was too much since the demand was last confirmed.

    Args:
        entries: that happened.
        confirmed_on: the day it was, by the note's field; what happened that day came before.
        limits: how much is too much.
    """
    telling = [one for one in entries if _tells(one)]
    if len(telling) < min(limits):
        return None
    telling.sort(key=lambda one: one.moment)
    start = 0
    for at, one in enumerate(telling):
        is_older = confirmed_on is not None and one.day <= confirmed_on
        if is_older or one.fields.get("demand") == CONFIRMED:
            start = at + 1
    return _count(telling[start:], limits)


def _tells(entry: LogEntry) -> bool:
    fields = entry.fields
    return (
        entry.verb in SHOWING_VERBS
        or entry.verb in OFFERS
        or bool(fields and (fields.get("reaction") == "reject" or "demand" in fields))
    )


def _count(entries: Sequence[LogEntry], limits: Limits) -> Tipped | None:
    rejected = shown = 0
    tipped: Tipped | None = None
    for entry in entries:
        if entry.verb in OFFERS:
            shown = 0
            if tipped is not None and tipped.why == "showings":
                tipped = None
        if entry.verb in SHOWING_VERBS:
            shown += max(1, len(entry.links))
        if entry.fields.get("reaction") == "reject":
            rejected += 1
        if tipped is None and rejected >= limits.rejected:
            tipped = Tipped(entry, "rejected", limits.rejected)
        elif tipped is None and shown >= limits.showings:
            tipped = Tipped(entry, "showings", limits.showings)
    return tipped

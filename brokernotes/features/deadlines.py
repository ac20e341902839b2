"""Deadlines: signing after a deposit, the end of an entrustment, the end of a lease.

They are money at risk, so they stand above everything else, and neither a
promise nor `do_not_contact` silences them.
"""

from __future__ import annotations

from datetime import date

from brokernotes.features.agenda import DORMANT, MONEY_AT_RISK, Agenda, rule
from brokernotes.model.days import days_after
from brokernotes.model.rules import Cadence

# An entrustment ends where there still is one: the note is on the market, held or resting.
_DEFAULT = Cadence()
_ENTRUSTED = frozenset({None, "for_sale", "for_lease", "sale_or_lease", "deposit", "paused"})


def add_signing(agenda: Agenda) -> None:
    """The day a deal with a deposit is to be signed, until its stage or that day changes."""
    deal = agenda.record
    day = deal.day("expected_signing")
    if day is None or deal.text("stage") != "deposit":
        return
    listing = agenda.neighbours.ids.get(deal.text("listing") or "", "")
    current = agenda.neighbours.values.get(listing, {}).get("round")
    agenda.add(
        "signing",
        f"expected_signing-{current if isinstance(current, int) else 1}",
        day,
        weight=MONEY_AT_RISK,
        reason="signing",
        params={"date": day.isoformat()},
        rule=rule("expected_signing", day.isoformat(), "note"),
    )


def add_entrustment_end(agenda: Agenda) -> None:
    """Notices before an entrustment ends; each gives way to the next."""
    listing = agenda.record
    end = listing.day("entrust_until")
    if end is None or listing.text("status") not in _ENTRUSTED:
        return
    notices = sorted(set(agenda.rules.cadence.entrust_notice), reverse=True)
    for place, days in enumerate(notices):
        later = notices[place + 1 :]
        _add_notice(
            agenda,
            ("entrustment_end", "entrust_until", "cadence.entrust_notice"),
            end,
            days,
            until=days_after(end, -later[0] - 1) if later else None,
        )


def add_lease_end(agenda: Agenda) -> None:
    """The notice before a lease ends: let again, sell, or move?"""
    end = agenda.record.day("lease_end")
    if end is None:
        return
    days = agenda.rules.cadence.lease_notice
    _add_notice(agenda, ("lease_end", "lease_end", "cadence.lease_notice"), end, days)


def add_retention(agenda: Agenda) -> None:
    """The day from which personal data is kept no longer, unless the client says so (PIPL 47)."""
    day = agenda.record.day("retention_until")
    if day is None:
        return
    agenda.add(
        "retention",
        "-",
        day,
        weight=DORMANT,
        reason="retention",
        params={"date": day.isoformat()},
        rule=rule("retention_until", day.isoformat(), "note"),
    )


def _add_notice(
    agenda: Agenda,
    what: tuple[str, str, str],
    end: date,
    days: int,
    until: date | None = None,
) -> None:
    """A notice some days before an end, until the owner was reached on or after its day."""
    kind, key, name = what
    day = days_after(end, -days)
    if agenda.is_met(day):
        return
    current = agenda.record.number("round")
    agenda.add(
        kind,
        f"{key}-{current if isinstance(current, int) else 1}-{days}",
        day,
        until=until,
        weight=MONEY_AT_RISK,
        reason=kind.replace("_", "-"),
        params={"date": end.isoformat(), "days": days},
        rule=rule(name, days, _notice_origin(agenda, name)),
    )


def _notice_origin(agenda: Agenda, name: str) -> str:
    key = name.rpartition(".")[2]
    return "ours" if getattr(agenda.rules.cadence, key) == getattr(_DEFAULT, key) else "rules"

"""What is to be done about one note: its follow-ups, promises, plans and deadlines.

A pure function of the note, its neighbours and the rules. Today's date only tells
which entries lie ahead of it; the present moment filters and ranks later, in
`features.ranking`.
"""

from __future__ import annotations

from datetime import date, datetime, time

from brokernotes.features.agenda import (
    DORMANT,
    FIRST_RESPONSE,
    GRADE_A,
    NEGOTIATING,
    NOTHING,
    Agenda,
    open_agenda,
    rule,
)
from brokernotes.features.appointments import add_feedback, add_plans, add_promises, later
from brokernotes.features.cadences import (
    GRADES,
    LEASED,
    STAGES,
    UNGRADED,
    Pace,
    client_pace,
    client_sells_only,
    listing_pace,
)
from brokernotes.features.confirming import add_confirmations
from brokernotes.features.contacts import answered_on, first_day
from brokernotes.features.deadlines import (
    add_entrustment_end,
    add_lease_end,
    add_retention,
    add_signing,
)
from brokernotes.features.reconfirming import add_reconfirm
from brokernotes.features.resting import is_quiet
from brokernotes.features.take_down import add_take_down
from brokernotes.features.unreached import unreached
from brokernotes.model.days import days_after
from brokernotes.model.occurrences import UNDATED, Derived, Neighbours
from brokernotes.model.records import Record
from brokernotes.model.rules import Quiet, Rules

NEGLECTED = 2  # cadences; ours
WATCHED = frozenset({"deposit", "signed", "closing", "completed"})  # stages of deals
_SELDOM = frozenset({"community", "agent"})


def derive(record: Record, neighbours: Neighbours, rules: Rules, today: date) -> Derived:
    """What one note asks somebody to do.

    Args:
        record: the note.
        neighbours: what other notes say about it.
        rules: of the brokerage.
        today: which entries lie ahead; what is due does not depend on it.

    Returns:
        Its occurrences, overdue, due and to come alike, and the day from which
        this answer is out of date although nothing was edited.

    Source: every number from the rules, whose origins stand with them; that
        nobody is left out in the cold, listings out of business included, is seed.
    """
    kind = record.type
    if kind in _SELDOM and not record.entries and "next_followup" not in record.values:
        return NOTHING
    agenda = open_agenda(record, neighbours, rules, today)
    silenced = add_promises(agenda)
    silenced = add_plans(agenda) or silenced
    if kind == "client":
        add_feedback(agenda)
        add_confirmations(agenda)
        add_reconfirm(agenda)
        _add_client(agenda, silenced=silenced)
    elif kind == "listing":
        add_feedback(agenda)
        add_confirmations(agenda)
        _add_listing(agenda, silenced=silenced)
    elif kind == "deal":
        _add_deal(agenda)
    return agenda.derived()


def _add_deal(agenda: Agenda) -> None:
    if agenda.record.text("stage") not in WATCHED:
        return
    from brokernotes.features.aftercare import add_aftercare
    from brokernotes.features.deals_fees import add_fees
    from brokernotes.features.milestones import add_milestones

    add_signing(agenda)
    add_milestones(agenda)
    add_fees(agenda)
    add_aftercare(agenda)


def _add_client(agenda: Agenda, *, silenced: bool) -> None:
    client, owns = agenda.record, bool(agenda.neighbours.owned)
    add_retention(agenda)
    if client.flag("do_not_contact") or client.text("stage") == "inactive":
        return
    if not (owns and client_sells_only(client)):
        _add_first_response(agenda)
    if "birthday" in client.values:
        from brokernotes.features.birthdays import add_birthdays

        add_birthdays(agenda)
    if not silenced:
        pace = client_pace(client, agenda.grade or UNGRADED, owns=owns, rules=agenda.rules)
        _add_computed(agenda, "followup", pace)


def _add_listing(agenda: Agenda, *, silenced: bool) -> None:
    listing = agenda.record
    add_entrustment_end(agenda)
    add_lease_end(agenda)
    add_take_down(agenda)
    owner = agenda.neighbours.values.get(agenda.owner or "", {})
    hushed = owner.get("do_not_contact") is True or owner.get("stage") == "inactive"
    if hushed:
        return
    pace = listing_pace(listing, agenda.grade, agenda.rules)
    if pace is not None and not pace.dormant and agenda.is_private:
        _add_neglected(agenda, pace)
    if not silenced:
        _add_computed(agenda, "revisit", pace)


def _add_first_response(agenda: Agenda) -> None:
    """A new client waits for an answer until something reached them, a message at least."""
    client, last = agenda.record, agenda.clock.last
    inquired = client.moment("inquired_at")
    stage = client.text("stage")
    # Somebody whose stage says more than 新客 has been spoken to when the note was made.
    start = inquired or (client.moment("created") if stage in (None, "lead") else None)
    if start is None or stage not in STAGES:
        return
    day = start.date() if isinstance(start, datetime) else start
    # Somebody who comes back waits again; a note is often made after the first talk.
    if last is not None and (inquired is None or last.day >= day):
        return
    answered = answered_on(client, agenda.clock, agenda.neighbours, agenda.rules, agenda.today)
    if answered is not None and (inquired is None or answered >= day):
        return
    at = None
    params: dict[str, object] = {"date": day.isoformat()}
    if isinstance(start, datetime):
        start = start.replace(tzinfo=None)
        at = _after_quiet(later(start, agenda.rules.first_response), agenda.rules.quiet)
        params["time"] = f"{start:%H:%M}"
    params.update(unreached(agenda))
    minutes = agenda.rules.first_response
    agenda.add(
        "first_response",
        "start",
        at.date() if at else day,
        at=at,
        computed=True,
        weight=FIRST_RESPONSE,
        reason="first-response-at" if at else "first-response",
        params=params,
        rule=rule("cadence.first_response", minutes),
    )


def _add_computed(agenda: Agenda, kind: str, pace: Pace | None) -> None:
    """The next contact the cadence asks for, counted from the last effective one."""
    if pace is None:
        return
    last = agenda.clock.last
    start = last.day if last else _start_day(agenda)
    params: dict[str, object] = {"days": pace.days}
    if last:
        params.update(last=last.day.isoformat(), verb=last.verb)
    elif start:
        params["start"] = start.isoformat()
    due, reason, source = UNDATED, kind, rule(pace.name, pace.days, pace.origin)
    if start:
        due = days_after(start, pace.days)
        notice = _lease_notice(agenda, pace)
        if notice and start < notice < due:
            due, reason = notice, f"{kind}-lease"
            source = rule("cadence.lease_notice", agenda.rules.cadence.lease_notice)
            params["lease_end"] = str(agenda.record.day("lease_end"))
    if reason == kind:
        reason += "-dormant" if pace.dormant else "" if pace.market else "-own"
    if reason == "followup" and not agenda.record.texts("intents"):
        reason = "followup-unknown"  # as if to buy; that nobody asked is said
    if pace.market:
        params.update(grade=agenda.grade or UNGRADED, market=pace.market)
    if pace.dormant:
        params["state"] = agenda.record.text("status" if kind == "revisit" else "stage")
    params.update(unreached(agenda))
    name = agenda.name(last) if last else None
    agenda.add(
        kind,
        name or "start",
        due,
        undated=start is None,
        computed=True,
        dormant=pace.dormant,
        weight=_class(agenda, pace),
        reason=reason,
        params=params,
        entry=name,
        rule=source,
    )


def _add_neglected(agenda: Agenda, pace: Pace) -> None:
    """A private listing nobody looks after: a proposal to its holder and whom they answer to.

    It is one when it is overdue by as many cadences as the rules say; nothing happens by itself.

    Source: seed: 当一个经纪人持有大量房源时可能出现精力不足、无暇兼顾. How long is ours.
    """
    last = agenda.clock.last
    start = last.day if last else _start_day(agenda)
    if start is None:
        return
    told = agenda.rules.other.get("sharing", {}).get("neglected")
    times = told if isinstance(told, int) else NEGLECTED
    params: dict[str, object] = {"days": pace.days}
    if last:
        params.update(last=last.day.isoformat(), verb=last.verb)
    else:
        params["start"] = start.isoformat()
    due = days_after(start, pace.days * (1 + times))
    for one in agenda.found:  # what was promised or planned comes first, and is late first
        if one.kind in ("promise", "planned") and not one.cancelled:
            due = max(due, days_after(one.due, pace.days * times))
    name = agenda.name(last) if last else "start"
    holder = agenda.holder
    manager = agenda.neighbours.agents[holder].supervisor if holder else None
    for agent in dict.fromkeys((holder, manager)):
        if agent is not None:
            agenda.add(
                "neglected",
                name if agent == holder else f"{name}-{agent}",
                due,
                agent=agent,
                computed=True,
                weight=_class(agenda, pace),
                reason="neglected",
                params=params,
                rule=rule("sharing.neglected", times, "ours" if times == NEGLECTED else "rules"),
            )


def _class(agenda: Agenda, pace: Pace) -> int:
    if pace.dormant:
        return DORMANT
    if agenda.record.type == "client" and agenda.record.text("stage") == "negotiating":
        return NEGOTIATING
    return GRADE_A + GRADES.index(agenda.grade or UNGRADED)


def _start_day(agenda: Agenda) -> date | None:
    """What the cadence counts from while nobody was reached."""
    record = agenda.record
    other = "listed" if record.type == "listing" else "inquired_at"
    return (
        record.day("created") or record.day(other) or first_day(agenda.clock.entries, agenda.today)
    )


def _lease_notice(agenda: Agenda, pace: Pace) -> date | None:
    """The day to ask whether to let again, of a listing that is let."""
    if pace.origin == "note" or agenda.record.text("status") not in LEASED:
        return None
    end = agenda.record.day("lease_end")
    return days_after(end, -agenda.rules.cadence.lease_notice) if end else None


def _after_quiet(moment: datetime, quiet: Quiet) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    minute = moment.hour * 60 + moment.minute
    if not is_quiet(minute, quiet):
        return moment
    is_evening = quiet.start > quiet.end and minute >= quiet.start
    day = days_after(moment.date(), 1) if is_evening else moment.date()
    return later(datetime.combine(day, time()), quiet.end)

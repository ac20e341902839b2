"""What was agreed on: promises, planned entries, and the feedback a showing owes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from brokernotes.features.agenda import PROMISES, SHOWINGS, Agenda, rule
from brokernotes.features.contacts import feedback_of, next_of
from brokernotes.model.days import days_after
from brokernotes.model.records import LogEntry
from brokernotes.model.rules import Rules
from brokernotes.model.verbs import SHOWING_VERBS


def add_promises(agenda: Agenda) -> bool:
    """The newest entry with a next date, and the field beside it; whether one stands and is near.

    The same day said twice is one promise: the entry's, which has the words.
    """
    near = False
    told = None
    entry = agenda.clock.promise
    said = next_of(entry) if entry is not None and agenda.clock.promises else None
    if entry is not None and said is not None:
        at = said if isinstance(said, datetime) else None
        told = said.date() if isinstance(said, datetime) else said
        near = agenda.is_near(told)
        name = agenda.name(entry)
        agenda.add(
            "promise",
            name,
            told,
            at=at,
            agent=agenda.agent_of(entry),
            weight=PROMISES,
            reason="promise-at" if at else "promise",
            params=_when(told, at),
            entry=name,
            text=entry.said,
            links=entry.links,
            rule=rule("next", told.isoformat(), "note"),
        )
    day = agenda.record.day("next_followup")
    if day is None or day == told or agenda.is_met(day):
        return near
    agenda.add(
        "promise",
        day.isoformat(),
        day,
        weight=PROMISES,
        reason="next-followup",
        params={"date": day.isoformat()},
        rule=rule("next_followup", day.isoformat(), "note"),
    )
    return agenda.is_near(day) or near


def add_plans(agenda: Agenda) -> bool:
    """Planned entries, called-off ones for calendars; whether an open one is near."""
    near = False
    tours = _tours(agenda.clock.planned)
    for entry in agenda.clock.planned:
        near = agenda.is_near(entry.day) or near
        _add_plan(agenda, entry, stop=_stop(entry, tours))
    for entry in agenda.clock.cancelled:
        _add_plan(agenda, entry, reason="cancelled", cancelled=True, until=entry.day)
    return near


def _tours(planned: Iterable[LogEntry]) -> dict[date, list[LogEntry]]:
    """The open showings of each day that have a time, in its order."""
    tours: dict[date, list[LogEntry]] = {}
    for entry in planned:
        if entry.verb in SHOWING_VERBS and entry.minutes is not None:
            tours.setdefault(entry.day, []).append(entry)
    for stops in tours.values():
        stops.sort(key=lambda entry: entry.minutes or 0)
    return tours


def _stop(entry: LogEntry, tours: Mapping[date, Sequence[LogEntry]]) -> dict[str, object]:
    """Which stop of a tour an entry is, and when the next begins."""
    stops = tours.get(entry.day, ())
    place = next((at for at, one in enumerate(stops) if one is entry), None)
    if place is None or len(stops) < 2:
        return {}
    found: dict[str, object] = {"stop": place + 1, "stops": len(stops)}
    if place + 1 < len(stops):
        minutes = stops[place + 1].minutes or 0
        found["then"] = f"{minutes // 60:02}:{minutes % 60:02}"
    return found


def _add_plan(
    agenda: Agenda,
    entry: LogEntry,
    reason: str = "planned",
    stop: Mapping[str, object] = {},  # never changed
    **special: object,
) -> None:
    name, at = agenda.name(entry), _start(entry)
    place = entry.fields.get("place")
    agenda.add(
        "planned",
        name,
        entry.day,
        at=at,
        agent=agenda.agent_of(entry),
        weight=SHOWINGS,
        reason=f"{reason}-at" if at else reason,
        params={"verb": entry.verb, **_when(entry.day, at), **stop},
        entry=name,
        text=entry.said,
        links=entry.links,
        minutes=_minutes(entry, agenda.rules),
        place=place if isinstance(place, str) else "",
        rule=rule("planned", entry.day.isoformat(), "note"),
        **special,
    )


def add_feedback(agenda: Agenda) -> None:
    """Showings that ended without a word on how they were received."""
    for entry in agenda.clock.showings:
        if feedback_of(entry, agenda.clock.entries, agenda.neighbours.ids):
            continue
        start = _start(entry)
        since = later(start, _minutes(entry, agenda.rules) or 0) if start else None
        name = agenda.name(entry)
        days = agenda.rules.feedback_days
        agenda.add(
            "feedback",
            name,
            since.date() if since else entry.day,
            since=since,
            until=days_after(entry.day, days),
            agent=agenda.agent_of(entry),
            weight=SHOWINGS,
            reason="feedback",
            params={"verb": entry.verb, "date": entry.day.isoformat()},
            entry=name,
            text=entry.said,
            links=entry.links,
            rule=rule("cadence.feedback_days", days),
        )


def _start(entry: LogEntry) -> datetime | None:
    if entry.minutes is None:
        return None
    return later(datetime.combine(entry.day, time()), entry.minutes)


def _minutes(entry: LogEntry, rules: Rules) -> int | None:
    """How long an entry takes: as it says, of a showing as the rules say."""
    said = entry.duration or entry.fields.get("duration")
    if isinstance(said, int) and said > 0:
        return said
    return rules.duration if entry.verb in SHOWING_VERBS else None


def later(moment: datetime, minutes: int) -> datetime:
    """A moment so many minutes later, or the last day there is."""
    try:
        return moment + timedelta(minutes=minutes)
    except OverflowError:
        return datetime.combine(date.max if minutes > 0 else date.min, time())


def _when(day: date, at: datetime | None) -> dict[str, object]:
    params: dict[str, object] = {"date": day.isoformat()}
    if at:
        params["time"] = f"{at:%H:%M}"
    return params

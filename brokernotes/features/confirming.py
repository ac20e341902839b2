"""The evening before a showing: whom to confirm it with (seed: 与客户确认, 与房源方协调).

The client is asked once for a whole tour, in the client's note; the owner or tenant of each home
in the listing's. `agreeing` says which contact in that note's log settles it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from brokernotes.features.agenda import SHOWINGS, Agenda, rule
from brokernotes.features.agreeing import is_told
from brokernotes.features.appointments import later
from brokernotes.model.days import days_after
from brokernotes.model.records import LogEntry
from brokernotes.model.rules import Rules
from brokernotes.model.verbs import SHOWING_VERBS

_CONFIRM = Rules().confirm


def add_confirmations(agenda: Agenda) -> None:
    """Who is still to be told of the showings that are planned."""
    own = [entry for entry in agenda.clock.planned if entry.verb in SHOWING_VERBS]
    if agenda.record.type == "client":
        _add_tours(agenda, own)
        return
    occupant = agenda.record.text("occupant")
    role = "tenant" if occupant == "tenant" else "owner"
    for name, entry in _of_listing(agenda, own):
        _add(agenda, entry, name, role)


def _add_tours(agenda: Agenda, planned: list[LogEntry]) -> None:
    days: dict[object, list[LogEntry]] = {}
    for entry in sorted(planned, key=lambda one: one.moment):
        days.setdefault(entry.day, []).append(entry)
    for tour in days.values():
        if any(is_told(agenda.clock.entries, one.day, one.minutes) for one in tour):
            continue
        links = dict.fromkeys(link for one in tour for link in one.links)
        minutes = min((one.minutes for one in tour if one.minutes is not None), default=None)
        _add(agenda, tour[0], agenda.name(tour[0]), "client", links=tuple(links),
             ends=_moment(tour[0].day, minutes))  # fmt: skip


def _of_listing(agenda: Agenda, own: list[LogEntry]) -> Iterator[tuple[str, LogEntry]]:
    """The planned showings of a home, in its own log and in those of clients, by name."""
    for entry in own:
        yield agenda.name(entry), entry
    for note, entry in agenda.neighbours.mentions:
        if entry.box == "planned" and entry.verb in SHOWING_VERBS:
            yield entry.id or f"{entry.stamp}-{note}", entry


def _moment(day: date, minutes: int | None) -> datetime | None:
    return None if minutes is None else later(datetime.combine(day, time()), minutes)


def _add(agenda: Agenda, entry: LogEntry, name: str, role: str, **special: object) -> None:
    if role != "client" and is_told(agenda.clock.entries, entry.day, entry.minutes):
        return
    evening = days_after(entry.day, -1)
    params: dict[str, object] = {"verb": entry.verb, "date": entry.day.isoformat(), "role": role}
    if entry.minutes is not None:
        params["time"] = f"{entry.minutes // 60:02}:{entry.minutes % 60:02}"
    if role != "client" and (keys := agenda.record.text("keys")):
        params["keys"] = keys
    confirm = agenda.rules.confirm
    special.setdefault("ends", _moment(entry.day, entry.minutes))  # who is there needs no call
    if not (role != "client" and agenda.is_private):  # a private owner is the holder's to call
        special["agent"] = agenda.agent_of(entry)
    agenda.add(
        "confirm_showing",
        name,
        evening,
        at=later(datetime.combine(evening, time()), confirm),
        until=entry.day,
        weight=SHOWINGS,
        reason=f"confirm-{role}" + ("-at" if entry.minutes is not None else ""),
        params=params,
        entry=name,
        rule=rule(
            "calendar.confirm",
            f"{confirm // 60:02}:{confirm % 60:02}",
            "ours" if confirm == _CONFIRM else "rules",
        ),
        **special,
    )

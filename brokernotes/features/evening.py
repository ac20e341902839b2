"""Closing the day: what came of showings, and what is to be confirmed for tomorrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from brokernotes.features.agreeing import is_told
from brokernotes.features.capturing import Action, Append, Tick
from brokernotes.features.capturing_fields import Tail
from brokernotes.features.capturing_lore import Lore, plain
from brokernotes.features.capturing_verbs import match_cancel
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.days import days_after
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.records import LogEntry
from brokernotes.model.verbs import SHOWING_VERBS

FEEDBACK_KEYS = ("interest", "reaction", "objections")
_DAYS_BACK = 7
ALONE = frozenset(
    {"call", "wechat", "sms", "followup", "revisit", "recommend", "greet", "promote", "take_down",
     "market", "note", "status"}
)  # fmt: skip  # what needs nobody else to be there
_WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
             N_("Saturday"), N_("Sunday"))  # fmt: skip


class Party(NamedTuple):
    """Somebody with whom an appointment is confirmed.

    Attributes:
        role: `client`, `owner` or `tenant`.
        ref: of the note whose log it goes into.
        name: how to address them; "": not known.
        link: file name of the listing, for the entry in a client's log.
        home: title of the listing an owner or tenant lets people see; "": of all.
    """

    role: str
    ref: str
    name: str
    link: str = ""
    home: str = ""


class Appointment(NamedTuple):
    """What is planned for tomorrow.

    Attributes:
        key: of the occurrence.
        note: ref of the note it stands in.
        title: of the note.
        verb: id.
        day: of it.
        minutes: since midnight; None: no time is said.
        place: where to meet.
        listings: titles of what is looked at.
        keys: where the keys are, as people read it.
        parties: with whom it is to be confirmed.
    """

    key: str
    note: str
    title: str
    verb: str
    day: date
    minutes: int | None
    place: str = ""
    listings: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()


def feedback_due(
    occurrences: Iterable[Occurrence], now: datetime, agent: str | None
) -> list[Occurrence]:
    """Showings of today and the last days that nobody has said anything about, oldest first.

    Args:
        occurrences: up to today.
        now: in the vault's zone.
        agent: whose; None: everybody's.
    """
    found = [
        one for one in occurrences
        if _is_of(one, agent) and not one.cancelled and (_owes(one, now) or _is_over(one, now))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.due, one.at or datetime.combine(one.due, time.max),
                                          one.key))  # fmt: skip


def planned_on(occurrences: Iterable[Occurrence], day: date, agent: str | None) -> list[Occurrence]:
    """What is planned for a day with somebody, by time."""
    found = [
        one for one in occurrences
        if one.kind == "planned" and one.due == day and not one.cancelled and _is_of(one, agent)
        and one.params.get("verb") not in ALONE
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.at or datetime.combine(one.due, time.max), one.key))


def _is_of(one: Occurrence, agent: str | None) -> bool:
    return agent is None or one.agent is None or one.agent == agent


def _owes(one: Occurrence, now: datetime) -> bool:
    """Whether the feedback of a showing is asked for now."""
    if one.kind != "feedback" or (one.until is not None and one.until < now.date()):
        return False
    return one.since <= now if one.since else one.due <= now.date()


def _is_over(one: Occurrence, now: datetime) -> bool:
    """Whether a planned showing should be over, and nobody ticked it off."""
    if one.kind != "planned" or one.params.get("verb") not in SHOWING_VERBS:
        return False
    if one.due < days_after(now.date(), -_DAYS_BACK):
        return False
    if one.at is None:
        return one.due < now.date()
    return one.at + timedelta(minutes=one.minutes or 0) <= now


def as_tours(appointments: Iterable[Appointment]) -> list[Appointment]:
    """Appointments of which the client is asked once for a whole tour, at its first home.

    Args:
        appointments: of one day, by time.
    """
    found: list[Appointment] = []
    firsts: dict[str, int] = {}
    for one in appointments:
        first = firsts.get(one.note)
        if one.verb not in SHOWING_VERBS or first is None:
            if one.verb in SHOWING_VERBS:
                firsts[one.note] = len(found)
            found.append(one)
            continue
        tour = found[first]
        homes = tuple(dict.fromkeys((*tour.listings, *one.listings)))
        found[first] = tour._replace(listings=homes)
        found.append(one._replace(parties=tuple(p for p in one.parties if p.role != "client")))
    return found


def feedback_action(said: str, showing: LogEntry, ref: str, entry_ref: str, lore: Lore) -> Action:
    """What an answer about a showing comes to.

    A planned showing is ticked off, or called off; of one that stands already the answer is a
    note of its own, since entries are never altered.

    Args:
        said: the answer.
        showing: the entry.
        ref: of its note.
        entry_ref: its id or stamp.
        lore: of the vault.

    Raises:
        BadValueError: a field of it has no such value.
    """
    today = lore.today()
    if match_cancel(plain(said), 0) is not None and showing.is_open:
        return Tick(ref, showing, entry_ref, "-", said.strip())
    tail = Tail(said, today, lore.book)
    tail.read()
    fields = {key: value for key, value in tail.fields.items() if key not in showing.fields}
    if showing.is_open:
        return Tick(ref, showing, entry_ref, "x", tail.rest(), fields)
    minutes = lore.now.hour * 60 + lore.now.minute
    entry = LogEntry(
        day=today, minutes=minutes, verb="note", line=0, links=showing.links, fields=fields,
        text=tail.rest(),
    )  # fmt: skip
    return Append(ref, entry)


def settles(action: Action) -> bool:
    """Whether an answer says how a showing was received, so that nobody asks again."""
    if isinstance(action, Tick):
        return action.mark == "-" or any(key in action.fields for key in FEEDBACK_KEYS)
    return isinstance(action, Append) and any(key in action.entry.fields for key in FEEDBACK_KEYS)


# -- confirming


def confirmation(
    appointment: Appointment, party: Party, verb: str, now: datetime, language: Language
) -> Append:
    """The entry that says that an appointment was confirmed.

    Args:
        appointment: of tomorrow.
        party: with whom.
        verb: id: how they were told.
        now: in the vault's zone.
        language: of the vault.
    """
    entry = LogEntry(
        day=now.date(),
        minutes=now.hour * 60 + now.minute,
        verb=verb,
        line=0,
        links=(party.link,) if party.link else (),
        text=confirmation_text(appointment, language),
    )
    return Append(party.ref, entry)


def confirmation_text(appointment: Appointment, language: Language) -> str:
    """What such an entry says; by it one knows tomorrow's appointment is confirmed."""
    return language.text(N_("confirmed: {when}"), when=shown_moment(appointment))


def is_confirmed(log: Sequence[LogEntry], appointment: Appointment) -> bool:
    """Whether a log says already that the appointment was confirmed."""
    return is_told(log, appointment.day, appointment.minutes)


def shown_moment(appointment: Appointment) -> str:
    """`11-22 15:00`."""
    minutes = appointment.minutes
    clock = f" {minutes // 60:02}:{minutes % 60:02}" if minutes is not None else ""
    return f"{appointment.day:%m-%d}{clock}"


def message(appointment: Appointment, party: Party, language: Language) -> str:
    """A sentence that can be sent as it is.

    Args:
        appointment: of tomorrow.
        party: to whom it is sent.
        language: it is written in.
    """
    minutes = appointment.minutes
    clock = f"{minutes // 60}:{minutes % 60:02}" if minutes is not None else ""
    weekday = language.text(_WEEKDAYS[appointment.day.weekday()])
    when = language.text(N_("tomorrow ({weekday}) {time}"), weekday=weekday, time=clock).rstrip()
    listings = "、" if language.code == "zh" else ", "
    what = party.home or listings.join(appointment.listings)
    places = {"who": party.name, "when": when, "what": what, "place": appointment.place}
    sentence = (
        _TO_OWNER
        if party.role == "owner"
        else _TO_TENANT
        if party.role == "tenant"
        else (_TO_CLIENT if appointment.verb in SHOWING_VERBS and what else _TO_MEET)
    )
    said = language.text(sentence, **places)
    if party.role == "client" and appointment.place:
        said += language.text(N_(" We meet at {place}."), place=appointment.place)
    return said.lstrip(",，: ")


_TO_CLIENT = N_("{who}, {when} we look at {what}. Does that still suit you?")
_TO_MEET = N_("{who}, we meet {when}. Does that still suit you?")
_TO_OWNER = N_("{who}, {when} I come with a client to look at {what}. Does that suit you?")
_TO_TENANT = N_("Hello, {when} I come with a client to look at the home. Does that suit you?")

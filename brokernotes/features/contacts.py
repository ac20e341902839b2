"""The clock of a note: who was reached when, and what was promised or planned.

One pass over a log answers everything the follow-ups ask. Dates decide, not the
order of the lines; entries of the same moment stand in the file's order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from brokernotes.features.corrections import REMOVED, counting
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.occurrences import Neighbours
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.rules import Rules
from brokernotes.model.verbs import SHOWING_VERBS

EFFECTIVE = frozenset({"reached", "replied", "refused"})  # these reach the person (ours)
ANSWERED = EFFECTIVE | {"sent"}  # an inquiry is answered by a message, too; not by a missed call
CLEARED = (None, False, "", "none", "无")  # what `[下次:: 无]` may be read as

_NOTED = SHOWING_VERBS | {REMOVED}


@dataclass(slots=True)
class Clock:
    """What a log says about contacts, promises and plans, as of one day.

    Attributes:
        entries: those that count, in the file's order: not corrected, not removed.
        last: the last effective contact with the note's person.
        promise: the newest entry that says when the next contact is, or that there is none.
        promises: whether `promise` stands: neither kept nor cleared.
        planned: open planned entries.
        cancelled: planned entries that were called off.
        showings: those that took place without feedback in the entry itself.
        stale_from: first day on which an entry dated ahead counts.
    """

    entries: Sequence[LogEntry]
    last: LogEntry | None = None
    promise: LogEntry | None = None
    promises: bool = False
    planned: list[LogEntry] = field(default_factory=list)
    cancelled: list[LogEntry] = field(default_factory=list)
    showings: list[LogEntry] = field(default_factory=list)
    stale_from: date | None = None


def clock(record: Record, neighbours: Neighbours, rules: Rules, today: date) -> Clock:
    """Read a note's clock.

    Args:
        record: the note.
        neighbours: what other notes say; entries that link to a listing are its activity, and
            contact with its owner only where `[业主:: …]` says so.
        rules: for what a verb means when the entry does not say.
        today: entries that took place are no contact before their day.
    """
    found = Clock(record.entries)
    outsider = _outsider(record, neighbours)
    assumed = rules.schema.assumed_outcomes
    promises = _read(found, outsider, assumed, today)
    if promises is None:  # something is corrected or removed
        found = Clock(counting(record.entries, today))
        promises = _read(found, outsider, assumed, today, is_clean=True) or []
    if neighbours.mentions and record.type == "listing":
        _add_mentions(found, neighbours, today)
    if promises:
        _find_promise(found, promises, today)
    return found


def _read(
    found: Clock,
    outsider: str | None,
    assumed: Mapping[str, str | None],
    today: date,
    *,
    is_clean: bool = False,
) -> list[LogEntry] | None:
    """The one pass over the entries, newest line first, so that most need only a glance.

    Returns:
        Entries that say when the next contact is; None: the entries are to be cleaned first.
    """
    promises = []
    last_day = date.min
    for entry in reversed(found.entries):
        fields, verb, box, day = entry.fields, entry.verb, entry.box, entry.day
        if fields:
            if "next" in fields:
                promises.append(entry)
            if "corrects" in fields and not is_clean:
                return None
        if box is not None and box != "done":
            (found.planned if box == "planned" else found.cancelled).append(entry)
            continue
        if day > today:
            _stale(found, day)
            continue
        if verb in _NOTED:
            if verb == REMOVED and not is_clean:
                return None
            if not (fields and has_feedback(entry)):
                found.showings.append(entry)
        if day < last_day:
            continue
        outcome = outcome_of(entry, assumed, outsider) if fields else assumed.get(verb)
        if outcome in EFFECTIVE and (
            found.last is None or day > last_day or entry.moment > found.last.moment
        ):
            last_day, found.last = day, entry
    return promises


def answered_on(
    record: Record, found: Clock, neighbours: Neighbours, rules: Rules, today: date
) -> date | None:
    """Day of the last contact that at least sent something; None: there was none."""
    outsider = _outsider(record, neighbours)
    assumed = rules.schema.assumed_outcomes
    days = [
        entry.day
        for entry in found.entries
        if entry.is_happened
        and entry.day <= today
        and outcome_of(entry, assumed, outsider) in ANSWERED
    ]
    return max(days, default=None)


def outcome_of(
    entry: LogEntry, assumed: Mapping[str, str | None], outsider: str | None = None
) -> str | None:
    """What came of a contact with the note's person; None: it was no contact with them.

    Args:
        entry: one that took place.
        assumed: outcome by verb where the entry names none.
        outsider: who of `[来:: …]` is not the note's person: `client` in a listing's log.
    """
    fields = entry.fields
    owner = fields.get("owner_outcome")
    if outsider == "client" and isinstance(owner, str):
        return owner
    sender = fields.get("from")
    if sender is not None and sender == outsider:
        return None
    outcome = fields.get("outcome")
    if isinstance(outcome, str):
        return outcome
    known = assumed.get(entry.verb)
    return "reached" if known == "sent" and sender else known  # whoever writes to us is reached


def has_feedback(entry: LogEntry) -> bool:
    """Whether an entry tells how a showing was received."""
    said = entry.fields.get
    return bool(said("interest") or said("reaction") or said("objections"))


def next_of(entry: LogEntry) -> date | datetime | None:
    """The day or moment an entry promises; None: none."""
    said = entry.fields.get("next")
    if isinstance(said, datetime):
        return said.replace(tzinfo=None)
    return said if isinstance(said, date) else None


def entry_name(entry: LogEntry, entries: Sequence[LogEntry]) -> str:
    """What stands for an entry in keys: its id, else its date and time, `-2` for the second.

    Args:
        entry: to be named.
        entries: of its note.
    """
    id_ = entry.id
    if id_:
        same = [other for other in entries if other.id == id_]
        name = id_
    else:
        name = entry.stamp
        day, minutes = entry.day, entry.minutes
        same = [e for e in entries if e.day == day and e.minutes == minutes and not e.id]
    if len(same) < 2:
        return name
    same.sort(key=lambda other: other.moment)
    place = next((i for i, other in enumerate(same) if other is entry), 0)
    return f"{name}-{place + 1}" if place else name


def first_day(entries: Sequence[LogEntry], today: date) -> date | None:
    """Day of the first entry that took place; None: there is none."""
    return min((e.day for e in entries if e.is_happened and e.day <= today), default=None)


def feedback_of(showing: LogEntry, entries: Sequence[LogEntry], ids: Mapping[str, str]) -> bool:
    """Whether a later entry gives a showing's feedback.

    An entry is never altered, so feedback that comes in afterwards is an entry of its own: about
    the same listing, or about none in particular.

    Args:
        showing: without feedback of its own.
        entries: of its note.
        ids: note id by link target.
    """
    shown = {ids.get(link, link) for link in showing.links}
    moment = showing.moment
    return any(
        has_feedback(entry)
        and entry.is_happened
        and entry.moment >= moment
        and (not shown or not entry.links or any(ids.get(x, x) in shown for x in entry.links))
        for entry in entries
    )


def _stale(found: Clock, day: date) -> None:
    if found.stale_from is None or day < found.stale_from:
        found.stale_from = day


def _outsider(record: Record, neighbours: Neighbours) -> str | None:
    """Who of `[来:: …]` is not the person of this note."""
    if record.type == "listing":
        return "client"
    return "owner" if record.type == "client" and not neighbours.owned else None


def _add_mentions(found: Clock, neighbours: Neighbours, today: date) -> None:
    """Contacts with a listing's owner that stand in other notes."""
    for _, entry in neighbours.mentions:
        if not entry.is_happened or entry.verb == REMOVED:
            continue
        outcome = entry.fields.get("owner_outcome")
        if not isinstance(outcome, str) or outcome not in EFFECTIVE:
            continue
        if entry.day > today:
            _stale(found, entry.day)
        elif found.last is None or entry.moment > found.last.moment:
            found.last = entry


def _find_promise(found: Clock, promises: list[LogEntry], today: date) -> None:
    """The newest entry that has a next date, and whether it stands.

    A showing called off may still say when to call again; a planned one says nothing yet.

    Args:
        found: where it is noted.
        promises: entries with a next date, newest line first.
        today: what is dated ahead has not been said yet.
    """
    for entry in promises:
        said = entry.fields["next"]
        if entry.box == "planned" or not (isinstance(said, date) or said in CLEARED):
            continue
        if entry.day > today:
            _stale(found, entry.day)
        elif found.promise is None or entry.moment > found.promise.moment:
            found.promise = entry
    if found.promise is not None:
        found.promises = _stands(found.promise, found.last)


def _stands(promise: LogEntry, last: LogEntry | None) -> bool:
    said = next_of(promise)
    if said is None:
        return False
    day = said.date() if isinstance(said, datetime) else said
    if last is None or last.day < day:
        return True
    # A contact on the promised day keeps it, unless it is the one that made the promise.
    return last.day == day and (last is promise or last.moment < promise.moment)

"""The person behind a note, as all notes with their phone speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.tour_notes import TourNotes
from brokernotes.cli.writers import agent_of
from brokernotes.features.calling import Called, colleague_today
from brokernotes.language import N_
from brokernotes.model.phones import person_of_phones
from brokernotes.storage.persons import outreach_to, same_persons, standing_with, wishes

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened


def person_called(app: App, row: NoteRow, day: date) -> Called | None:
    """The person of a client's or a listing's note; None: it is about nobody alone.

    Args:
        app: of the run.
        row: the note.
        day: around which contacts are looked for.
    """
    notes, db = TourNotes(app.vault.queries), app.vault.index.db
    values = notes.values(row)
    person = _person(row, values, notes)
    if person is None:
        return None
    same = same_persons(db, [person])
    one = same.get(person, person)
    names = {person, one, *(other for other, name in same.items() if name == one)}
    never, until = wishes(db, app.today)
    client = next(iter(notes.rows(person)), None)
    times = (notes.values(client) if client is not None else values).get("call_times")
    gap = timedelta(days=max(app.vault.rules.cadence.min_gap, 1))
    return Called(
        ref=row.ref,
        is_silenced=not names.isdisjoint(never),
        until=max((until[name] for name in names if name in until), default=None),
        times=tuple(map(str, times)) if isinstance(times, list | tuple) else (),
        made=tuple(outreach_to(db, names, day - gap)),
        coming=tuple(standing_with(db, names, (day - gap, day + gap))),
    )


def warn_of_colleague(app: App, opened: Opened, entry: LogEntry) -> None:
    """Say so where a colleague reached the same person today: two calls a day annoy anybody.

    Of their entry in this note it is said who it was; of one in another note with the same phone
    only that there was one.
    """
    schema, record = app.vault.rules.schema, opened.note.record
    if record.type not in ("client", "listing") or not schema.verbs[entry.verb].contact:
        return
    queries, theirs = app.vault.queries, agent_of(app, opened)
    mine = queries.id_of(entry.agent) if entry.agent else theirs
    for other in record.entries if record.type == "listing" else ():
        if other.day != entry.day or not other.is_happened or not other.verb:
            continue
        outcome_ = other.fields.get("outcome") or schema.assumed_outcomes[other.verb]
        by = queries.id_of(other.agent) if other.agent else theirs
        if outcome_ in ("reached", "replied", "refused") and by is not None and by != mine:
            name = queries.titles([by]).get(by, by)
            app.console.say(app.text(N_("{name} reached the owner today already"), name=name))
            return
    rows = queries.by_path(opened.path)
    called = person_called(app, rows[0], entry.day) if rows else None
    if called is not None and colleague_today(called.made, mine, entry.day):
        said = N_("a colleague was in touch with this person today already")
        if entry.day != app.today:
            said = N_("a colleague was in touch with this person on {date} already")
        app.console.say(app.text(said, date=entry.day.isoformat()))


def _person(row: NoteRow, values: Mapping[str, Any], notes: TourNotes) -> str | None:
    """As `Occurrence.person` names it."""
    if row.type == "client":
        return row.ref
    if row.type != "listing":
        return None
    for name in _listed(values.get("owner")):
        owner = notes.ref(name)
        if owner is not None:
            return owner
    return person_of_phones(_listed(values.get("owner_phone"))) or row.ref


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else (
        [value] if isinstance(value, str) else []
    )  # fmt: skip

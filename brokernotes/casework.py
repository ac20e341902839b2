"""Brings the notes of a deal together for roles and commission: who, what, and as of when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.features.commission_terms import World, Written
from brokernotes.features.entry_courses import Course, courses_of
from brokernotes.features.late_entries import changed_since, late_course
from brokernotes.features.past_values import made_by, value_on
from brokernotes.features.roles import Case, Role
from brokernotes.light_dataclasses import replace
from brokernotes.model.phones import parse_phone
from brokernotes.notes.logbook import entry_refs
from brokernotes.storage.git import GitRefusedError
from brokernotes.storage.neighbours import stored_colleagues

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry, Record
    from brokernotes.model.revisions import Revision
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Vault


class Past:
    """What notes said on earlier days, as git tells; each note's history is read once.

    Args:
        vault: whose index is current.
        today: in the vault's zone: that day notes say what they say.

    Attributes:
        is_known: whether git could be asked, as far as it was.
    """

    def __init__(self, vault: Vault, today: date) -> None:
        self._vault = vault
        self._today = today
        self._found: dict[str, list[Revision]] = {}
        self.is_known = True

    def value_on(self, record: Record, key: str, day: date) -> str | None:
        """A text of a note at the end of a day; what it says now, where nobody knows."""
        revisions = [] if day >= self._today else self._revisions(record)
        if not revisions:
            return record.text(key)
        value = value_on(revisions, key, day)
        return value if isinstance(value, str) else None

    def responsible(self, record: Record, day: date) -> str | None:
        """Whose a note was at the end of a day, as typed."""
        return self.value_on(record, "agent", day)

    def maker(self, record: Record | None) -> str | None:
        """Id of the agent who made a note."""
        email = made_by(self._revisions(record), record.day("created")) if record else None
        found = self._vault.queries.agents_by_email(email) if email else []
        return found[0] if len(found) == 1 else None

    def written(self, role: Role) -> Written:
        """How the entry that earned a role came into git, and whether its facts were changed."""
        found = self._entry(role)
        if found is None:
            return Written()
        entry, course = found
        revisions = self._revisions_of(role.note)
        return Written(late_course(entry, course, revisions), changed_since(course))

    def _entry(self, role: Role) -> tuple[LogEntry, Course] | None:
        """The entry that earned a role, as it stands, and what became of it."""
        queries = self._vault.queries
        rows = queries.by_id(role.note) or queries.by_path(role.note)
        if len(rows) != 1:
            return None
        entries = self._vault.open(rows[0].path).note.record.entries
        courses, _ = courses_of(entries, self._revisions_of(role.note))
        for ref, entry, course in zip(entry_refs(entries), entries, courses, strict=True):
            if role.entry in (ref, entry.id, entry.stamp):
                return entry, course
        return None

    def _revisions(self, record: Record) -> list[Revision]:
        return self._revisions_of(record.ref)

    def _revisions_of(self, ref: str) -> list[Revision]:
        if ref not in self._found:
            try:
                self._found[ref] = self._vault.history.of(ref)
            except (RefusedError, GitRefusedError, NotFoundError):
                self._found[ref] = []
                self.is_known = False
        return self._found[ref]


def case_of(vault: Vault, row: NoteRow, today: date, past: Past | None = None) -> Case:
    """What the roles of a listing or a deal are read from.

    Args:
        vault: whose index is current.
        row: of a listing; or of a deal, which brings its listing and its buyers along, and other
            notes of the same people.
        today: in the vault's zone.
        past: whose notes were when, and who made them; None: as the notes say now.
    """

    def row_of(target: str, note_type: str) -> NoteRow | None:
        n = vault.queries.resolve(target).n
        found = None if n is None else vault.queries.note(n)
        return found if found is not None and found.type == note_type else None

    record = vault.open(row.path).note.record
    deal = record if row.type == "deal" else None
    found = row_of(deal.text("listing") or "", "listing") if deal else row
    buyers: dict[int, NoteRow] = {}
    for one in deal.texts("buyer") if deal else ():
        named = row_of(one, "client")
        for client in (named, *same_person(vault, named)) if named else ():
            buyers.setdefault(client.n, client)
    case = Case(
        listing=vault.open(found.path).note.record if found else None,
        deal=deal,
        clients=tuple(vault.open(client.path).note.record for client in buyers.values()),
        today=today,
        id_of=vault.queries.id_of,
        agent_of=stored_colleagues(vault.index.db).id_of,
        first_showing_days=vault.rules.first_showing_days,
    )
    if past is None:
        return case
    return replace(case, responsible=past.responsible, added=past.maker(case.listing))


def same_person(vault: Vault, client: NoteRow) -> list[NoteRow]:
    """Other clients' notes with a phone of this one: the same person, taken down twice.

    Args:
        vault: whose index is current.
        client: its row.
    """
    record = vault.open(client.path).note.record
    found: dict[int, NoteRow] = {}
    phones = [parse_phone(text) for text in record.texts("phone")]
    for number in (phone.number for phone in phones if phone.identifies):
        for row in vault.queries.by_phone(number):
            if row.type == "client" and row.n != client.n:
                found[row.n] = row
    return list(found.values())


def world_of(vault: Vault, case: Case, past: Past) -> World:
    """What the sharing of a deal's fee depends on beside its notes.

    Args:
        vault: whose index is current.
        case: of the deal.
        past: for what the listing said on the day it was first shown.
    """
    queries = vault.queries

    def values_of(ref: str) -> Mapping[str, object]:
        found = queries.by_id(ref) or queries.by_path(ref)
        return queries.values(found[0]) if found else {}

    def areas_of(agent: str) -> list[str]:
        areas = values_of(agent).get("service_areas")
        return [str(area) for area in areas] if isinstance(areas, list) else []

    listing = case.listing
    estate = queries.resolve(listing.text("community") or "").n if listing else None
    inherited = {} if estate is None else queries.values(queries.note(estate))
    places = (
        (listing.text(key) or inherited.get(key)) if listing else None
        for key in ("district", "neighborhood")
    )
    return World(
        sharing_on=lambda day: past.value_on(listing, "sharing", day) if listing else None,
        areas_of=areas_of,
        places=[str(place) for place in places if place],
        written=past.written,
        left={
            one.id: one.left
            for one in stored_colleagues(vault.index.db).infos.values()
            if one.left and one.left <= case.today
        },
    )

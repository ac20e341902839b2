"""What a dispute over a client and a listing can be settled by: who was there first, and how sure.

跳单 (the client goes round the agency) and 撬单 (a colleague takes the client over) are told by
the same facts: the first contact, the first showing, the number of the signed slip, every entry
that joins the two, and for each entry the moment that was typed beside the moment git first had
it. Nothing is weighed here; `features.evidence_words` says what it proves and what not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from brokernotes.features.contacts import EFFECTIVE, outcome_of
from brokernotes.features.corrections import REMOVED
from brokernotes.features.entry_courses import courses_of
from brokernotes.features.evidence_facts import Alteration, Commit, Evidence, Item, Made
from brokernotes.features.past_values import value_on
from brokernotes.features.roles import Role
from brokernotes.light_dataclasses import dataclass, field, replace
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.revisions import EntryRevision, FieldRevision, Revision
from brokernotes.model.roles import FIRST_SHOWING_DAYS
from brokernotes.model.verbs import SHOWING_VERBS
from brokernotes.notes.log_reading import entry_refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What evidence is gathered from.

    Attributes:
        clients: the notes of the client; several where the same person has several.
        listing: the property.
        deals: about both.
        today: what is dated ahead has not happened.
        id_of: id of the note a link's target means.
        agent_of: id of the colleague of a name.
        assumed: outcome by verb where an entry names none.
        showing_days: how long a first showing is worth its role.
        histories: by note, what became of it; None: git could not be asked.
    """

    clients: Sequence[Record]
    listing: Record
    today: date
    id_of: Callable[[str], str | None]
    agent_of: Callable[[str], str | None]
    deals: Sequence[Record] = ()
    assumed: Mapping[str, str | None] = field(default_factory=dict)
    showing_days: int = FIRST_SHOWING_DAYS
    histories: Mapping[str, Sequence[Revision]] | None = None

    @property
    def records(self) -> tuple[Record, ...]:
        """Every note that is looked at."""
        return (*self.clients, self.listing, *self.deals)

    def wanted(self, record: Record) -> tuple[set[str], set[str]]:
        """Ids and names of the notes that an entry of a note must link to, to join the two."""
        others = [self.listing, *self.deals] if record in self.clients else [*self.clients]
        return {one.ref for one in others}, {one.name for one in others}


def gather(asked: Question, roles: Mapping[str, Role]) -> Evidence:
    """Put the facts together.

    Args:
        asked: the notes, and what git knows of them.
        roles: as `features.roles` derives them.
    """
    items = _without_moves(item for record in asked.records for item in _items(asked, record))
    items.sort(key=lambda one: (one.typed, one.note))  # of one moment as they stand
    joined = [item for item in items if item.joins]
    told = [one for one in items if _took_place(one)]
    contacted = [one for one in told if _is_contact(asked, one)]
    shown = [one for one in told if one.joins and one.entry.verb in SHOWING_VERBS]
    contact, showing = (next((one for one in of if one.counts), None) for of in (contacted, shown))
    return Evidence(
        items=tuple(joined),
        contact=contact,
        showing=showing,
        contact_in_git=_first_in_git(contacted, contact),
        showing_in_git=_first_in_git(shown, showing),
        slips=tuple(one for one in joined if one.entry.fields.get("slip") and _is_there(one)),
        made=tuple(_made(asked, record) for record in asked.records),
        roles=roles,
        showing_days=asked.showing_days,
        has_history=asked.histories is not None,
    )


def _without_moves(items: Iterable[Item]) -> list[Item]:
    """The items; one that only went to another note stands there, with its first commit."""
    everything = list(items)
    standing = {one.entry.id for one in everything if one.state != "gone"}
    former = {one.entry.id: one.first for one in everything if one.state == "gone"}
    return [
        replace(one, first=former[one.entry.id]) if former.get(one.entry.id) else one
        for one in everything
        if one.state != "gone" or one.entry.id is None or one.entry.id not in standing
    ]


def _first_in_git(items: Sequence[Item], typed: Item | None) -> Item | None:
    """What git had first, unless that is what was typed as the first, too."""
    known = [one for one in items if one.first is not None and one.first.is_known]
    first = min(known, key=lambda one: one.first.committed, default=None)  # type: ignore[union-attr]
    return first if first is not typed else None


def _took_place(item: Item) -> bool:
    """Whether it tells of what happened: what somebody took out of the note git still had."""
    return item.counts or (item.state == "gone" and item.entry.is_happened)


def _is_there(item: Item) -> bool:
    return item.state in ("stands", "corrected", "gone")


def _is_contact(asked: Question, item: Item) -> bool:
    of_client = any(item.note == client.ref for client in asked.clients)
    outcome = outcome_of(item.entry, asked.assumed)
    return of_client and item.entry.day <= asked.today and outcome in EFFECTIVE


def _items(asked: Question, record: Record) -> Iterable[Item]:
    """The entries of a note: those that join the two, and what was said to the client."""
    refs, names = asked.wanted(record)
    entries = record.entries
    called = entry_refs(entries)
    void = _void(entries)
    courses, others = courses_of(entries, _revisions(asked, record))
    made = {one.commit for one in _revisions(asked, record) if _makes(one)}
    for entry, ref, course in zip(entries, called, courses, strict=True):
        joins = record in asked.deals or _links(asked, entry, refs, names)
        if joins or record in asked.clients:
            item = _item(asked, record, entry, ref, _Past.of(course, made))
            yield replace(item, state=_state(entry, void), joins=joins)
    for course in others:
        last = course[-1].before
        if last is None or not course[-1].is_removed:
            continue
        joins = record in asked.deals or _links(asked, last, refs, names)
        if joins or record in asked.clients:
            gone = _item(asked, record, last, course[-1].ref, _Past.of(course, made))
            yield replace(gone, state="gone", joins=joins)


def _links(asked: Question, entry: LogEntry, refs: set[str], names: set[str]) -> bool:
    return any((asked.id_of(link) or link) in refs or link in names for link in entry.links)


def _void(entries: Sequence[LogEntry]) -> frozenset[str]:
    corrected = (str(entry.fields.get("corrects") or "") for entry in entries)
    return frozenset(one.lstrip("^").lower() for one in corrected if one)


def _state(entry: LogEntry, void: frozenset[str]) -> str:
    if entry.verb == REMOVED:
        return "tombstone"
    if entry.id in void:
        return "corrected"
    return entry.box if entry.box in ("planned", "cancelled") else "stands"


# -- what git knows


@dataclass(frozen=True, slots=True)
class _Past:
    """An entry's history."""

    first: Commit | None = None
    alterations: tuple[Alteration, ...] = ()

    @classmethod
    def of(cls, changes: Sequence[EntryRevision], made: set[str | None]) -> _Past:
        if not changes:
            return cls()
        first = changes[0] if changes[0].before is None else None
        later = tuple(
            Alteration(commit=_commit(one), old=one.old or "", new=one.new)
            for one in changes
            if one is not first and (one.old or "").strip() != (one.new or "").strip()
        )
        return cls(_commit(first, made) if first else None, later)


def responsible_on(record: Record, revisions: Sequence[Revision], day: date) -> str | None:
    """Whose a note was on a day, as typed: as git had it then, else as the note says now.

    Args:
        record: the note.
        revisions: of it, the oldest first; none: git could not be asked.
        day: in the vault's zone; before the note was committed its first agent counts.
    """
    said = value_on(revisions, "agent", day) if revisions else None
    return said if isinstance(said, str) else record.text("agent")


def _item(asked: Question, record: Record, entry: LogEntry, ref: str, past: _Past) -> Item:
    responsible = responsible_on(record, _revisions(asked, record), entry.day)
    name = entry.agent or responsible or ""
    return Item(
        note=record.ref,
        title=record.title,
        ref=ref,
        entry=entry,
        agent=(asked.agent_of(name) or asked.id_of(name) or name) if name else "",
        is_named=entry.agent is not None,
        first=past.first,
        alterations=past.alterations,
    )


def _commit(one: Revision, made: set[str | None] | None = None) -> Commit:
    return Commit(
        id=one.commit,
        when=one.when,
        committed=one.committed,
        author=one.author,
        email=one.email,
        by_tool=one.operation is not None,
        made_note=one.commit is not None and one.commit in (made or ()),
        is_start=one.is_start,
    )


def _revisions(asked: Question, record: Record) -> Sequence[Revision]:
    return (asked.histories or {}).get(record.ref, ())


def _makes(one: Revision) -> bool:
    return isinstance(one, FieldRevision) and one.is_new_note


def _made(asked: Question, record: Record) -> Made:
    revisions = _revisions(asked, record)
    first = next((one for one in revisions if _makes(one)), None)
    return Made(
        note=record.ref,
        title=record.title,
        created=record.day("created"),
        commit=_commit(first) if first else None,
    )

"""One note's agenda while it is being derived: whom it concerns, who acts, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from brokernotes.features.cadences import (
    client_grade,
    listing_grade,
    responsible,
    value_of,
)
from brokernotes.features.contacts import Clock, clock, entry_name
from brokernotes.features.moves import moves_of
from brokernotes.features.outreach import outreach_of
from brokernotes.features.resting import MOVED, rest
from brokernotes.features.threads import thread_of
from brokernotes.light_dataclasses import dataclass, field, values_of
from brokernotes.model.days import days_after
from brokernotes.model.occurrences import TOO_FAR_DAYS, Derived, Neighbours, Occurrence
from brokernotes.model.phones import person_of_phones
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.rules import Cadence, Rules

# The classes a day's list is ordered by (ours). A grade's class is A's plus its place.
(
    MONEY_AT_RISK,
    PROMISES,
    SHOWINGS,
    FIRST_RESPONSE,
    NEGOTIATING,
    GRADE_A,
    GRADE_B,
    GRADE_C,
    GRADE_D,
    DORMANT,
    GREETING,
) = range(11)

NOTHING = Derived()

# By the name in brokernotes.yaml, where all that says when stands under `cadence`.
_DEFAULTS = {
    f"cadence.{name}": value
    for table in (Rules(), Cadence())
    for name, value in values_of(table).items()
}


@dataclass(slots=True)
class Agenda:
    """Collects the occurrences of one note.

    Attributes:
        record: the note.
        neighbours: what other notes say.
        rules: of the brokerage.
        today: the day up to which entries count.
        clock: of the note.
        owner: id of the client who owns this listing, as far as known.
        grade: of the note, A–D; None: not graded.
        found: occurrences so far.
        stale_from: first day on which the note derives to something else.
    """

    record: Record
    neighbours: Neighbours
    rules: Rules
    today: date
    clock: Clock
    owner: str | None = None
    grade: str | None = None
    found: list[Occurrence] = field(default_factory=list)
    stale_from: date | None = None
    _common: dict[str, object] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether this listing is its holder's alone, as far as it says itself."""
        return _is_private(self.record, self.rules)

    @property
    def holder(self) -> str | None:
        """Id of the agent who holds this listing and still works here."""
        found = self.neighbours.ids.get(self.record.text("agent") or "")
        info = self.neighbours.agents.get(found or "")
        return found if info and (info.left is None or info.left > self.today) else None

    def add(self, kind: str, occurrence: str, due: date, **special: object) -> None:
        """Note one occurrence.

        Args:
            kind: one of `KINDS`.
            occurrence: last part of its key.
            due: its day.
            special: what differs from the note's usual.
        """
        common = self._common or self._set_common()
        key = f"{self.record.ref}/{kind}/{occurrence}"
        values = {**common, **special}
        self.found.append(Occurrence(key=key, kind=kind, due=due, **values))  # type: ignore[arg-type]

    def stale(self, day: date | None) -> None:
        """The note is to be derived again from this day."""
        if day is not None and (self.stale_from is None or day < self.stale_from):
            self.stale_from = day

    def is_near(self, day: date) -> bool:
        """Whether a date silences the cadence; one too far ahead is a slip of the pen."""
        if (day - self.today).days <= TOO_FAR_DAYS:
            return True
        self.stale(days_after(day, -TOO_FAR_DAYS))
        return False

    def is_met(self, day: date) -> bool:
        """Whether the note's person was reached on or after a day."""
        return self.clock.last is not None and self.clock.last.day >= day

    def agent_of(self, entry: LogEntry) -> str | None:
        """Who acts on an entry: whom it names, else whom the note does."""
        if entry.agent:
            names = [entry.agent]
            found, changes = responsible(names, self.neighbours, self.today)
            if found is not None and found == self.neighbours.ids.get(entry.agent, entry.agent):
                self.stale(changes)
                return found
        common = self._common or self._set_common()
        agent = common["agent"]
        return agent if isinstance(agent, str) else None

    def name(self, entry: LogEntry) -> str:
        """What stands for an entry in keys."""
        return entry_name(entry, self.record.entries)

    def derived(self) -> Derived:
        """What the note derives to."""
        self.stale(self.clock.stale_from)
        last = self.clock.last if self.person else None  # a deal is with nobody alone
        outreach = outreach_of(self) if self.clock.entries or self.neighbours.mentions else ()
        moves = moves_of(self.record, self.clock.entries, self.today)
        is_bare = not self.found and self.stale_from is None and last is None
        if is_bare and not outreach and not moves:
            return NOTHING
        for one in self.found:
            if one.computed and one.kind in MOVED:
                rest(one, self.neighbours.agents, self.rules)
        thread = thread_of(self) if self.found else None  # may have a day of its own to be stale
        return Derived(
            occurrences=tuple(self.found),
            stale_from=self.stale_from,
            last_contact=last.day if last else None,
            outreach=outreach,
            thread=thread,
            moves=moves,
        )

    def made_by(self, entry: LogEntry) -> str | None:
        """Id of whoever made an entry: whom it names, else whose the note is; None: not known."""
        if entry.agent:
            return self.neighbours.ids.get(entry.agent)
        agent = (self._common or self._set_common())["agent"]
        return agent if isinstance(agent, str) else None

    def _set_common(self) -> dict[str, object]:
        record, last = self.record, self.clock.last
        agent, changes = responsible(_names(record, self.rules), self.neighbours, self.today)
        self.stale(changes)
        channel, times = record.text("channel"), record.texts("call_times")
        if self.owner:
            owner = self.neighbours.values.get(self.owner, {})
            said = owner.get("channel")
            channel = said if isinstance(said, str) else channel
            times = texts_of(owner.get("call_times"))
        self._common = {
            "note": record.ref,
            "path": record.path,
            "title": record.title,
            "person": self.person,
            "agent": agent,
            "value": value_of(record),
            "grade": self.grade,
            "channel": channel,
            "times": times,
            "last_contact": last.day if last else None,
            "last_text": last.said if last else "",
        }
        return self._common

    @property
    def person(self) -> str:
        """Whom the note is about: a client's note, an owner's phone; "": nobody alone."""
        record = self.record
        if record.type == "client":
            return record.ref
        if record.type != "listing":
            return ""
        return self.owner or person_of_phones(record.texts("owner_phone")) or record.ref


def open_agenda(record: Record, neighbours: Neighbours, rules: Rules, today: date) -> Agenda:
    """The empty agenda of a note, its clock read."""
    told = clock(record, neighbours, rules, today)
    agenda = Agenda(record, neighbours, rules, today, told)
    if record.type == "client":
        agenda.grade = client_grade(record)
    elif record.type == "listing":
        agenda.grade = listing_grade(record)
        for name in record.texts("owner"):
            owner = neighbours.ids.get(name)
            if owner is not None:
                agenda.owner = owner
                break
    return agenda


def texts_of(value: object) -> tuple[str, ...]:
    """The texts of a list that another note has."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def rule(name: str, value: object, origin: str | None = None) -> Mapping[str, object]:
    """Where a date comes from, for `--explain`.

    Args:
        name: of the rule as in `brokernotes.yaml`, or of the note's field.
        value: what it says.
        origin: `note`, `ours` or `rules`; None: ours, unless the brokerage chose another value.
    """
    if origin is None:
        origin = "ours" if _DEFAULTS.get(name) == value else "rules"
    return {"name": name, "value": value, "origin": origin}


def _names(record: Record, rules: Rules) -> tuple[str | None, ...]:
    """Links to who acts, first choice first."""
    text = record.text
    if record.type == "deal":
        return text("document_agent"), text("closing_agent"), text("agent")
    if record.type != "listing" or _is_private(record, rules):
        return (text("agent"),)
    return text("maintainer"), text("agent")


def _is_private(record: Record, rules: Rules) -> bool:
    sharing = record.text("sharing")
    if sharing is not None:
        return sharing == "private"
    settings = rules.other.get("sharing")
    return isinstance(settings, Mapping) and settings.get("mode") == "private"

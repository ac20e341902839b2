"""Filling a new index: every note is read once, and derived as soon as it is read.

What is derived so early rests on what was known of the others by then. That is kept
and asked again at the end; where an answer became another, the note is derived again.
It is rare, because notes are read in the order of their links.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import Record
from brokernotes.notes.note import NoteReader, default_type
from brokernotes.storage import rows
from brokernotes.storage.index import make_search_indexes
from brokernotes.storage.neighbours import (
    BEARING,
    Bonds,
    Colleague,
    Colleagues,
    Values,
    bearing_values,
)
from brokernotes.storage.reading import Source
from brokernotes.storage.resolver import NewNames, Resolver
from brokernotes.storage.storing import Job, Sheet, digest_of, earliest, note_row, read_note
from brokernotes.storage.tables import DERIVED
from brokernotes.storage.texts import NewTexts
from brokernotes.storage.told import (
    ColleaguesChangedError,
    Found,
    Heard,
    Told,
    digest_of_mentions,
)

if TYPE_CHECKING:
    from brokernotes.storage.refresh import Progress
    from brokernotes.storage.rows import Write

READ_ORDER = {"agent": 0, "community": 1, "client": 2, "listing": 3, "deal": 4, None: 5}
FEWEST_SHARED = 3000  # notes; with fewer, a second process costs more than it saves
SELLING = frozenset(("sell", "let"))  # intents of clients who are likely to own a listing


class Filled(NamedTuple):
    """What was read into a new index.

    Attributes:
        notes: paths of the notes.
        vanished: files removed since the scan.
        unsettled: files to be read again next time: unreadable now, or being written.
    """

    notes: list[str]
    vanished: list[str]
    unsettled: list[str]


class Later(NamedTuple):
    """A note that is derived when all are read, and stored with what that gives.

    Attributes:
        record: what it says.
        stale_from: the day from which what the checks said of it is out of date.
        digest: of its file.
    """

    record: Record
    stale_from: date | None
    digest: bytes | None


class Filling:
    """One new index, under way.

    Args:
        job: what is worked with.
        agent_paths: notes of colleagues outside their folder, known from a former attempt.
        is_alone: whether no second process is to help.
    """

    def __init__(
        self, job: Job, agent_paths: frozenset[str] = frozenset(), *, is_alone: bool = False
    ) -> None:
        self._job = job
        self._is_alone = is_alone
        self._agent_paths = agent_paths
        self._sheet = Sheet(job.db, job.rules.schema)
        self._texts = NewTexts(self._sheet.write)
        self._names = NewNames()
        self._resolver = Resolver(self._names)
        self._bonds = Bonds(job.rules.schema, self._id_of, self._values_of)
        self._reader = NoteReader(job.rules)
        self._numbers: dict[str, int] = {}
        self._n = 0  # of the note that is being derived
        self._told: Told | None = Told()
        self._heard = Heard([], 0, 0)
        self._values: dict[int, tuple[str, Values]] = {}
        self._alike: dict[object, tuple[str, Values]] = {}  # those of many notes are
        self._owners: list[tuple[str, str]] = []  # id of a listing, its owner as typed
        self._telling: list[tuple[str, str]] = []  # a listing as typed, the mention
        self._mentions: dict[int, set[str]] = {}
        self._later: dict[int, Later] = {}
        self._colleagues: list[Colleague] = []
        self._filled = Filled([], [], [])

    def run(self, paths: Iterable[str], progress: Progress | None) -> Filled:
        """Read every note and store it.

        Raises:
            ColleaguesChangedError: colleagues were found where none were looked for.
            HelperLostError: the second process was lost.
        """
        kinds = {path: default_type(path) for path in paths}
        kinds.update((path, "agent") for path in self._agent_paths if path in kinds)
        ordered = sorted(kinds, key=lambda path: (READ_ORDER[kinds[path]], path))
        for path in ordered:
            if kinds[path] is not None:
                self._numbers[path] = self._names.promise(path, default_type(path))
        known = self._meet_colleagues([path for path in ordered if kinds[path] == "agent"])
        if len(ordered) >= FEWEST_SHARED and not self._is_alone:
            from brokernotes.storage.sharing import read_all

            order = [kinds[path] if path in self._numbers else None for path in ordered]
            read_all(self, ordered, order, progress, self._job.folder)
        else:
            for path in progress(ordered, len(ordered)) if progress else ordered:
                self.read(path)
        if Colleagues(self._colleagues).state != known.state:
            raise ColleaguesChangedError(frozenset(one.path for one in self._colleagues))
        self._sheet.add("name", self._names.rows())
        self._settle()
        self.flush()
        return self._filled

    def _meet_colleagues(self, paths: list[str]) -> Colleagues:
        """Learn who works here, which the logs of all notes are read by."""
        found = []
        for path in paths:
            source = self._job.read(path)
            if source is not None:
                record = self._reader.read(path, source.text).record
                if record.type == "agent":
                    found.append(Colleague.of(record))
        known = Colleagues(found)
        self._bonds.colleagues = known
        self._reader = NoteReader(self._job.rules, known.names)
        return known

    # -- one note

    def read(self, path: str) -> None:
        """Read and derive one note."""
        source = self._job.read(path)
        n = self._numbers.get(path)
        if source is None:
            self._filled.vanished.append(path)
            if n is not None:
                self._names.take_away(n)
                self._resolver.forget()
                self._heard.notes.append(n)
            return
        if n is None:
            if not self._reader.is_note(path, source.text):
                self._sheet.add_target(path)
                return
            n = self._numbers[path] = self._names.promise(path, None)
            self._resolver.forget()
        self._put(n, source)

    def _put(self, n: int, source: Source) -> None:
        note = read_note(self._reader, source)
        record = note.record
        digest = digest_of(source)
        self._filled.notes.append(record.path)
        if digest is None:
            self._filled.unsettled.append(record.path)
        if self._names.keep(n, record):
            self._resolver.forget()
        self._heard.notes.append(n)
        if record.type == "agent":
            self._colleagues.append(Colleague.of(record))
        inspected = self._job.inspect(note)
        note.problems.extend(inspected.problems)
        self._sheet.add_note(n, note, self._bear(n, record))
        self._texts.put(n, rows.text_parts(note))
        if record.type == "client" and not SELLING.isdisjoint(record.texts("intents")):
            self._later[n] = Later(record, inspected.stale_from, digest)
        else:
            stale = self._derive(n, record, inspected.stale_from, ())
            self._sheet.add("note", (note_row(n, record, stale, digest),))

    def _bear(self, n: int, record: Record) -> list[tuple[str, str]]:
        """Keep what a note says that bears on others; its mentions are returned."""
        values = bearing_values(record)
        if values:
            known = (record.type, values)
            self._values[n] = self._alike.setdefault((record.type, *values.items()), known)
        if record.type == "listing" and record.id:
            self._owners.extend((record.id, target) for target in record.texts("owner"))
        told = rows.mentions(record)
        self._mention(told)
        return told

    def _mention(self, told: list[tuple[str, str]]) -> None:
        self._telling += told
        for target, entry in told:
            n = self._resolver.find(target).n
            if n is not None:
                self._mentions.setdefault(n, set()).add(entry)

    def _derive(
        self, n: int, record: Record, inspected: date | None, owned: Iterable[str]
    ) -> str | None:
        mentions = self._mentions.get(n, ()) if record.type == "listing" else ()
        if mentions and self._told:
            self._told.mentions[n] = digest_of_mentions(mentions)
        self._n = n
        derived = self._job.derive(record, self._bonds.of(record, owned, mentions))
        self._sheet.add_derived(n, derived)
        return earliest(inspected, derived.stale_from)

    # -- what is told of others

    def _id_of(self, target: str) -> str | None:
        found = self._resolver.id_of(target)
        if self._told:
            self._told.ids.setdefault((target, found), []).append(self._n)
        return found

    def _values_of(self, key: str, target: str) -> Values | None:
        found = self._known_values(key, target)
        if self._told:
            self._told.values.append((self._n, key, target, found))
        return found

    def _known_values(self, key: str, target: str) -> Values | None:
        n = self._resolver.find(target).n
        kind, values = self._values.get(n, ("", None)) if n is not None else ("", None)
        return values if kind == BEARING[key][0] else None

    # -- together with another process

    def found(self, *, is_last: bool) -> Found:
        """What was learned since this was asked the last time."""
        names, values = self._names, self._values
        heard, self._heard = self._heard, Heard([], len(self._owners), len(self._telling))
        rest = (self._filled, self._told, self._later, self._colleagues) if is_last else None
        return Found(
            [(n, names.id(n), names.own(n)) for n in heard.notes],
            {n: values[n] for n in heard.notes if n in values},
            self._owners[heard.owners :],
            self._telling[heard.telling :],
            rest,
        )

    def take(self, found: Found) -> None:
        """Learn what the other process found."""
        changed = [self._names.put(*known) for known in found.names]
        if any(changed):
            self._resolver.forget()
        self._values.update(found.values)
        self._owners += found.owners
        self._mention(found.telling)
        if found.rest is not None:
            filled, told, later, colleagues = found.rest
            for mine, theirs in zip(self._filled, filled, strict=True):
                mine += theirs
            self._later.update(later)
            self._colleagues += colleagues
            if self._told:
                self._told.add(told)
        self._heard = Heard(self._heard.notes, len(self._owners), len(self._telling))

    def begin_helping(self, write: Write) -> None:
        """Be the second process, which starts with what the first knows, and keep its rows."""
        self._sheet = Sheet(self._job.db, self._job.rules.schema, write)
        self._texts = NewTexts(write)
        self._filled, self._told, self._colleagues = Filled([], [], []), Told(), []
        self._heard = Heard([], len(self._owners), len(self._telling))

    def flush(self) -> None:
        """Write the rows kept back."""
        self._sheet.flush()
        self._texts.flush()

    def write(self, table: str, kept: list[rows.Row]) -> None:
        """Write rows of the other process."""
        self._sheet.write(table, kept)

    # -- when all are read

    def _settle(self) -> None:
        """Derive what could not be derived before, or was told what is no longer true."""
        self._resolver.forget()
        told, self._told = self._told, None
        assert told is not None
        owned: dict[int, set[str]] = {}
        for listing, target in self._owners:
            n = self._resolver.find(target).n
            if n is not None:
                owned.setdefault(n, set()).add(listing)
        self._mentions, telling, self._telling = {}, self._telling, []
        self._mention(telling)
        changed = self._changed(told) | owned.keys()
        for n, later in sorted(self._later.items()):
            stale = self._derive(n, later.record, later.stale_from, owned.get(n, ()))
            self._sheet.add("note", (note_row(n, later.record, stale, later.digest),))
        self._sheet.flush()
        make_search_indexes(self._job.db)
        for n in sorted(changed - self._later.keys()):
            self._derive_again(n, owned.get(n, ()))

    def _changed(self, told: Told) -> set[int]:
        """Notes that were told something else than they would be now."""
        found: set[int] = set()
        for (target, answer), asking in told.ids.items():
            if self._resolver.id_of(target) != answer:
                found.update(asking)
        for n, key, target, values in told.values:
            if self._known_values(key, target) != values:
                found.add(n)
        mentioned = self._mentions.keys() | told.mentions.keys()
        nothing = digest_of_mentions(())
        found |= {
            n
            for n in mentioned
            if digest_of_mentions(self._mentions.get(n, ())) != told.mentions.get(n, nothing)
        }
        return found

    def _derive_again(self, n: int, owned: Iterable[str]) -> None:
        source = self._job.read(self._names.path(n))
        if source is None:
            return  # the next refresh sees that it is gone
        note = read_note(self._reader, source)
        record, inspected = note.record, self._job.inspect(note).stale_from
        db = self._job.db
        for table in DERIVED:
            db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))  # noqa: S608
        stale = self._derive(n, record, inspected, owned if record.type == "client" else ())
        db.execute("UPDATE note SET stale_from = ? WHERE n = ?", (stale, n))

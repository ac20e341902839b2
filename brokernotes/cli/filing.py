"""What was decided about dictated lines, carried out: many notes, one draft, one commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from brokernotes.cli.app import App
from brokernotes.cli.filing_status import change_dictated
from brokernotes.cli.log_entries import author_of
from brokernotes.cli.made_clients import find_made_client, with_demand
from brokernotes.cli.note_edits import NoteEdits, NoteUnderWay
from brokernotes.cli.planned import FoundEntry, Outcome, added_to
from brokernotes.cli.writers import agent_of, field_writer
from brokernotes.errors import ChangedMeanwhileError, RefusedError
from brokernotes.features.assignments import Assignment
from brokernotes.features.capturing import Action, Append, NewClient, Tick
from brokernotes.features.capturing_lore import Lore, Named, Person, Plan
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.model.records import LogEntry
from brokernotes.notes.appending import change_box
from brokernotes.notes.links import wikilink
from brokernotes.notes.log_writing import child_lines, written_form
from brokernotes.notes.logbook import entry_ref, entry_refs


class Made(NamedTuple):
    """What one action came to.

    Attributes:
        id: of the note.
        path: of the note.
        title: of the note.
        entry: id of the entry; None: a note was made, or the entry has no id.
        is_new: whether something is written; False: it stands there already.
    """

    id: str | None
    path: str
    title: str
    entry: str | None
    is_new: bool = True

    @property
    def link(self) -> str:
        """To the note, or to the entry in it."""
        name = self.path.rpartition("/")[2].removesuffix(".md")
        return wikilink(f"{name}#^{self.entry}" if self.entry else name, self.title)


class Filing(NoteEdits):
    """Actions on their way to the disk.

    Args:
        app: of the run; the vault is locked.
    """

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.count = 0  # actions that are in the draft
        self._made_people: list[Person] = []
        self._made_clients: dict[NewClient, Made] = {}
        self._made_plans: list[Plan] = []
        self._ended: set[tuple[str, str]] = set()  # notes and entries that are planned no more

    def carry_out(self, action: Action, children: Sequence[str] = ()) -> Made:
        """Put one action into the draft.

        Args:
            action: what was decided.
            children: lines that belong to it.

        Raises:
            BrokernotesError: it cannot be done; nothing of it is in the draft.
        """
        made = self._put(action, children)
        self.count += 1  # only now: whoever goes on until this stands still must not go on for ever
        return made

    def _put(self, action: Action, children: Sequence[str]) -> Made:
        if isinstance(action, NewClient):
            return self._new_client(action, children)
        with self.all_or_nothing():
            edit = self._edit(action.ref)
            if isinstance(action, Tick):
                return self._tick(edit, action, children)
            moved = change_dictated(self, action, children)
            if moved is not None:
                ids = [id_ for path, id_ in moved.entries if path == edit.row.path]
                return self._made(edit, ids[0] if ids else None, is_new=bool(ids))
            return self._append(edit, action, children)

    def overlay(self, lore: Lore) -> Lore:
        """The vault as it will be once the draft is written: later lines are read against that."""
        reader, edits = self.app.vault.reader, self._edits

        def log_of(ref: str) -> Sequence[LogEntry]:
            for edit in edits.values():
                if ref in (edit.row.id, edit.row.path):
                    return reader.read(edit.row.path, edit.text).record.entries
            return () if ref in made else lore.log_of(ref)

        made = {one.ref: one for one in self._made_people}
        plans = tuple(
            plan for plan in (*lore.plans, *self._made_plans)
            if (plan.note, plan.entry) not in self._ended
        )  # fmt: skip
        if not made:
            return replace(lore, log_of=log_of, plans=plans)

        def is_made(action: NewClient) -> bool:
            return action in self._made_clients or lore.is_made(action)

        people = {**lore.people, **made}
        words = [(word, Named(people=(one,))) for one in made.values() for word in one.words]
        names = lore.names.joined(words)
        return replace(
            lore, people=people, names=names, log_of=log_of, plans=plans, is_made=is_made
        )

    # -- entries

    def _append(self, edit: NoteUnderWay, action: Append, children: Sequence[str]) -> Made:
        entry = replace(
            action.entry,
            agent=action.entry.agent or author_of(self.app, edit.opened),
            children=(*action.entry.children, *child_lines("\n".join(children))),
        )
        known = self._find_equal(edit, entry)
        for key, value in action.sets:
            self._change(edit, [Assignment(f"{key}={value}", key, "=", value, len(key) + 1)])
        if known is not None:
            return self._made(edit, known.id, is_new=False)
        id_ = self._write_entry(edit, entry)
        if entry.is_open:
            self._plan(edit, entry, id_)
        return self._made(edit, id_)

    def _plan(self, edit: NoteUnderWay, entry: LogEntry, id_: str) -> None:
        """Remember a plan, for what clashes with it."""
        if entry.minutes is None:
            return
        queries = self.app.vault.queries
        at = datetime.combine(entry.day, time()) + timedelta(minutes=entry.minutes)
        found = [queries.resolve(link).n for link in entry.links]
        homes = tuple(queries.note(n).ref for n in found if n is not None)
        length = entry.duration or self.app.vault.rules.duration
        agent = queries.id_of(entry.agent) if entry.agent else agent_of(self.app, edit.opened)
        self._made_plans.append(Plan(edit.row.ref, id_, at, length, agent, homes))

    def _find_equal(self, edit: NoteUnderWay, entry: LogEntry) -> LogEntry | None:
        """An entry that says the same already, each counted once: a run that broke off wrote it."""
        wanted = written_form(entry)
        for index, one in enumerate(edit.opened.note.record.entries):
            if (
                index not in edit.taken
                and (one.day, one.minutes, one.verb) == (wanted.day, wanted.minutes, wanted.verb)
                and one.box == wanted.box
                and one.text == wanted.text
                and dict(one.fields) == dict(wanted.fields)
                and self._notes(one.links) == self._notes(wanted.links)
            ):
                edit.taken.add(index)
                return one
        return None

    def _notes(self, links: Sequence[str]) -> list[object]:
        resolve = self.app.vault.queries.resolve
        return [resolve(link).n or link for link in links]

    def _tick(self, edit: NoteUnderWay, action: Tick, children: Sequence[str]) -> Made:
        entries = self.app.vault.reader.read(edit.row.path, edit.text).record.entries
        index = entry_ref(entries, action.entry_ref)
        if index is None:
            raise ChangedMeanwhileError(
                N_("{path} has no entry {entry}"), path=edit.row.path, entry=action.entry_ref
            )
        entry, ref = entries[index], entry_refs(entries)[index]
        if entry.box != "planned":
            if not entry.text.endswith(action.text) or any(
                entry.fields.get(key) != value for key, value in action.fields.items()
            ):
                raise RefusedError(N_("{entry} is done or called off already"), entry=ref)
            return self._made(edit, entry.id, is_new=False)
        rest = "\n".join(children)
        said = Outcome(action.text, rest, action.fields, action.actually, action.agent)
        found = FoundEntry(edit.row, edit.opened, entry, ref)
        added = added_to(self.app, found, action.mark, said)
        self._ended.add((edit.row.ref, ref))
        edit.make(lambda text: change_box(text, ref, action.mark, book=self._book, added=added))
        return self._made(edit, entry.id)

    def _made(self, edit: NoteUnderWay, entry: str | None, *, is_new: bool = True) -> Made:
        return Made(edit.row.id, edit.row.path, edit.opened.note.record.title, entry, is_new)

    # -- clients

    def _new_client(self, action: NewClient, children: Sequence[str]) -> Made:
        from brokernotes.cli.new_notes import made_note
        from brokernotes.features.note_making import given_values, title_of

        writer = field_writer(self.app)
        rest = "\n".join((action.rest, *children)).strip()
        if action in self._made_clients:  # dictated twice
            return self._made_clients[action]._replace(is_new=False)
        known = find_made_client(self.app, action, children)
        if known is not None:
            return Made(known.id, known.path, known.title, None, is_new=False)
        assignments = [
            Assignment(f"{key}={value}", key, "=", value, len(key) + 1)
            for key, value in (
                *action.values, ("stage", "lead"), ("inquired_at", action.day.isoformat())
            )
        ]  # fmt: skip
        given = given_values("client", assignments, writer)
        title = title_of("client", action.title, given, self.app.vault.rules.language)
        id_, path, text = made_note(self.app, "client", title, given)
        self.create("client", id_, path, title, with_demand(text, rest))
        name = path.rpartition("/")[2].removesuffix(".md")
        phones = tuple(one for one in dict(action.values).get("phone", "").split("、") if one)
        said = dict(action.values).get("salutation", "")
        words = tuple(word for word in (said, title, name, id_, id_[2:]) if len(word) > 1)
        self._made_people.append(
            Person(id_, name, title, words, self.app.agent, is_active=True, phones=phones)
        )
        self._made_clients[action] = Made(id_, path, title, None)
        return self._made_clients[action]

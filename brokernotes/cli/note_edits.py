"""Notes under way: several changes to several notes, one draft.

What is put in stands in the texts at once, so that what follows reads them as they will be.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from random import SystemRandom
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.log_entries import author_of
from brokernotes.cli.writers import field_writer, name_of, open_note
from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.features.assignments import Assignment
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, field, replace
from brokernotes.model.records import LogEntry
from brokernotes.notes.appending import append_entry
from brokernotes.notes.log_sections import TITLES
from brokernotes.notes.log_writing import render_entry
from brokernotes.notes.names import mint_entry_id
from brokernotes.notes.value_edits import NOTHING_WRITTEN
from brokernotes.storage.drafts import Draft

if TYPE_CHECKING:
    from brokernotes.features.field_writing import FieldWriter
    from brokernotes.features.note_changes import FieldChange
    from brokernotes.notes.note import Note
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened

Step = Callable[[str], str]
_WHERE = N_("nothing was written; `brokernotes check {path}` shows where")


@dataclass(slots=True)
class NoteUnderWay:
    """One note under way; one that is made in this run has nothing on the disk yet."""

    row: NoteRow
    opened: Opened
    text: str
    is_new: bool = False
    steps: list[Step] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)  # entries recognised as filed already
    minted: set[str] = field(default_factory=set)

    def make(self, step: Step) -> None:
        """Change the text, in a way that can be done again on another version of it."""
        self.text = step(self.text)
        self.steps.append(step)


class NoteEdits:
    """Changes of notes on their way to the disk.

    Args:
        app: of the run; the vault is locked.

    Attributes:
        draft: they end in.
        changes: of fields, with the path of the note, in the order they were made.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        self.draft = Draft(app.vault, app.now)
        self.changes: list[tuple[str, FieldChange]] = []
        self._edits: dict[str, NoteUnderWay] = {}
        self._book = app.vault.reader.log_book

    @contextlib.contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Take back everything that was put in here where it ends with an error."""
        texts = {path: (edit.text, len(edit.steps)) for path, edit in self._edits.items()}
        told, entries = len(self.changes), len(self.draft.entries)
        try:
            yield
        except BaseException:
            del self.changes[told:]
            del self.draft.entries[entries:]
            for path in list(self._edits):
                if path not in texts:
                    del self._edits[path]
                    continue
                edit = self._edits[path]
                edit.text = texts[path][0]
                del edit.steps[texts[path][1] :]
            raise

    def note(self, ref: str) -> Note:
        """A note as it will stand, by its id or path."""
        edit = self._edit(ref)
        return self.app.vault.reader.read(edit.row.path, edit.text)

    def made(self, note_type: str) -> list[Note]:
        """The notes of a type that this run begins: the index does not know them yet."""
        edits = [one for one in self._edits.values() if one.is_new and one.row.type == note_type]
        return [self.app.vault.reader.read(edit.row.path, edit.text) for edit in edits]

    def find(self, target: str) -> str | None:
        """What stands for the note a link leads to; None: it leads nowhere, or to several."""
        for edit in self._edits.values():
            if edit.is_new and target in (edit.row.id, name_of(edit.row)):
                return edit.row.ref
        n = self.app.vault.queries.resolve(target).n
        return None if n is None else self.app.vault.queries.note(n).ref

    def put(
        self, ref: str, sets: Sequence[Assignment], entries: Sequence[LogEntry] = ()
    ) -> tuple[str, list[str]]:
        """Change fields of a note and append to its log.

        Args:
            ref: of the note, its id or path.
            sets: as typed.
            entries: with an id where that tells whence they came, else without.

        Returns:
            The note's path, and the id of each entry.
        """
        edit = self._edit(ref)
        if sets:
            self._change(edit, sets)
        return edit.row.path, [self._write_entry(edit, entry) for entry in entries]

    def rework(self, ref: str, step: Step) -> bool:
        """Change the text of a note; whether that changes anything."""
        edit = self._edit(ref)
        if step(edit.text) == edit.text:
            return False
        edit.make(step)
        return True

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Path, text before and after of each note under way."""
        for edit in self._edits.values():
            before = "" if edit.is_new else edit.opened.note.text
            if before != edit.text:
                yield edit.row.path, before, edit.text

    @functools.cached_property
    def writer(self) -> FieldWriter:
        """Reads typed values; links may lead to notes of this run."""
        from brokernotes.features.field_writing import FieldWriter, Links
        from brokernotes.features.field_writing import Named as NamedNote

        plain = field_writer(self.app)

        def find(ref: str, types: tuple[str, ...]) -> NamedNote:
            for edit in self._edits.values():
                if edit.is_new and edit.row.type in types and ref == edit.row.id:
                    return NamedNote(name_of(edit.row), edit.row.title, edit.row.ref)
            return plain.links.find(ref, types)

        def identity(target: str) -> str:
            for edit in self._edits.values():
                if edit.is_new and target == name_of(edit.row):
                    return edit.row.ref
            return plain.links.identity(target)

        return FieldWriter(plain.rules, self.app.now, Links(find, identity))

    def finish(self) -> Draft:
        """The draft with every note in it."""
        for edit in sorted(self._edits.values(), key=lambda one: not one.is_new):
            if edit.is_new:
                self.draft.create(edit.row.path, edit.text)
            else:
                self.draft.change(edit.opened.source, edit.text, _again(edit.steps))
        return self.draft

    def create(self, note_type: str, id_: str, path: str, title: str, text: str) -> None:
        """Begin a note, which what follows in the same run may already mean."""
        from brokernotes.storage.queries import NoteRow
        from brokernotes.storage.reading import NO_STAMP, Source
        from brokernotes.storage.vault import Opened

        note = self.app.vault.reader.read(path, text)
        opened = Opened(Source(path, text, b"", NO_STAMP), note)
        row = NoteRow(0, path, note_type, id_, title)
        self._edits[path] = NoteUnderWay(row, opened, text, is_new=True)

    # -- parts

    def _edit(self, ref: str) -> NoteUnderWay:
        for edit in self._edits.values():
            if edit.is_new and ref == edit.row.id:
                return edit
        queries = self.app.vault.queries
        rows = queries.by_id(ref) or queries.by_path(ref)
        if len(rows) != 1:
            raise NotFoundError(N_("no note is called {ref}"), ref=ref)
        row = rows[0]
        if row.path not in self._edits:
            opened = open_note(self.app, row)
            self._edits[row.path] = NoteUnderWay(row, opened, opened.note.text)
        return self._edits[row.path]

    def _write_entry(self, edit: NoteUnderWay, entry: LogEntry) -> str:
        """Append an entry; its id."""
        vault = self.app.vault
        if entry.agent is None:
            entry = replace(entry, agent=author_of(self.app, edit.opened))
        taken = {one.id for one in edit.opened.note.record.entries if one.id} | edit.minted
        moment = self.app.now.replace(tzinfo=vault.rules.zone)
        id_ = entry.id or mint_entry_id(moment, SystemRandom(), taken)
        lines = render_entry(replace(entry, id=id_), self._book, self._title)
        heading = f"## {TITLES[vault.rules.language]}"
        edit.make(lambda text: append_entry(text, lines, heading=heading, book=self._book).text)
        edit.minted.add(id_)
        self.draft.entries.append((edit.row.path, id_, lines))
        return id_

    def _change(self, edit: NoteUnderWay, assignments: Sequence[Assignment]) -> None:
        from brokernotes.features.note_changes import change_fields

        reader, writer, path = self.app.vault.reader, self.writer, edit.row.path
        try:
            _, found = change_fields(reader.read(path, edit.text), assignments, writer)
        except RefusedError as error:
            if error.hint != NOTHING_WRITTEN:
                raise
            # Of several notes it must be said which one is not to be edited.
            key = error.params.get("key", "")
            raise RefusedError(error.message, hint=_WHERE, key=key, path=path) from error
        self.changes += [(path, change) for change in found]
        edit.make(lambda text: change_fields(reader.read(path, text), assignments, writer)[0])

    def _title(self, name: str) -> str | None:
        for edit in self._edits.values():
            if edit.is_new and name == name_of(edit.row):
                return edit.row.title
        n = self.app.vault.queries.resolve(name).n
        return None if n is None else self.app.vault.queries.note(n).title


def _again(steps: Sequence[Step]) -> Step:
    def again(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return again

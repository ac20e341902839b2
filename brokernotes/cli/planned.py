"""Planned entries that stand in a note: found by ENTRY, ticked off or called off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.log_entries import author_of
from brokernotes.cli.writers import (
    Flags,
    conclude,
    open_note,
    outcome,
    shown_path,
    tell,
    vault_text,
)
from brokernotes.errors import AmbiguousError, NotFoundError, RefusedError, UsageError
from brokernotes.features.log_making import EntryRef, Moment, parse_entry_ref, take_outcome
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import LogEntry
from brokernotes.notes.appending import Added, change_box
from brokernotes.notes.log_writing import child_lines
from brokernotes.notes.logbook import entry_ref, entry_refs
from brokernotes.storage.drafts import Draft

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened


class FoundEntry(NamedTuple):
    """An entry and the note it stands in."""

    row: NoteRow
    opened: Opened
    entry: LogEntry
    ref: str  # its id, or its stamp


class Outcome(NamedTuple):
    """What was said of an entry when its box was changed.

    Attributes:
        text: in one line.
        rest: the lines after it.
        fields: by log key id.
        actually: when it really was, if that was said.
        agent: the colleague who did it, by name; None: whoever says so.
    """

    text: str
    rest: str = ""
    fields: Mapping[str, object] = MappingProxyType({})
    actually: Moment | None = None
    agent: str | None = None


def note_and_entry(app: App, asked: EntryRef) -> FoundEntry:
    """The entry of an ENTRY, and its note as it stands on the disk.

    Raises:
        NotFoundError: there is none, or more than one.
    """
    vault = app.vault
    row = vault.resolve(asked.ref) if asked.ref is not None else _only_note(app, asked.id)
    opened = open_note(app, row)
    entries = opened.note.record.entries
    index = entry_ref(entries, asked.id)
    if index is None:
        raise _no_entry(app, row, entries, asked.id)
    return FoundEntry(row, opened, entries[index], entry_refs(entries)[index])


def entry_asked(app: App, typed: str) -> EntryRef:
    """The entry that is typed; of a note alone, what is planned in it is named.

    Raises:
        UsageError: it is neither an entry nor a note.
        NotFoundError: it is a note.
    """
    try:
        asked = parse_entry_ref(typed)
        if not typed.startswith(("C-", "L-", "D-", "M-", "A-")) or asked.ref is not None:
            return asked
    except UsageError as error:
        unread: UsageError | None = error
    else:
        unread = None
    try:
        row = app.fresh.resolve(typed)
    except NotFoundError:
        if unread is not None:
            raise unread from None
        return asked
    raise _no_entry(app, row, open_note(app, row).note.record.entries, typed)


def _no_entry(
    app: App, row: NoteRow, entries: Sequence[LogEntry], asked: str
) -> NotFoundError:  # fmt: skip
    """A note has no such entry: those that are planned in it."""
    open_ones = [(ref, one) for ref, one in zip(entry_refs(entries), entries, strict=True)
                 if one.is_open]  # fmt: skip
    has_it = any(one.id == asked.lower() for one in entries)
    return NotFoundError(
        N_("{path} has more than one entry {entry}")
        if has_it
        else N_("{path} has no entry {entry}"),
        hint=N_("Planned are those above.") if open_ones else "",
        candidates=tuple(f"{row.ref}:{ref}  {_said(app, one)}" for ref, one in open_ones),
        path=shown_path(app, row.path),
        entry=asked,
    )


def note_or_entry(app: App, ref: str) -> tuple[NoteRow, LogEntry | None]:
    """The note of a REF, or the note of an ENTRY with that entry.

    Raises:
        NotFoundError: it is neither, or more than one.
    """
    try:
        return app.fresh.resolve(ref), None
    except NotFoundError as error:
        try:
            asked = parse_entry_ref(ref)
        except UsageError:
            raise error from None
        try:
            found = note_and_entry(app, asked)
        except NotFoundError:
            if asked.ref is None:  # one word: it was meant for a note
                raise error from None
            raise
        return found.row, found.entry


def _only_note(app: App, id_: str) -> NoteRow:
    from brokernotes.storage.entries import find_entry_notes

    rows = find_entry_notes(app.vault, id_)
    if not rows:
        raise NotFoundError(
            N_("no note has an entry {entry}"),
            hint=N_("Write REF:ID, such as C-9F3DWA:3afq6m4x9, or the entry's id alone."),
            entry=id_,
        )
    try:
        return app.vault.one_of(id_, rows)
    except AmbiguousError as error:
        raise AmbiguousError(
            N_("{count} notes have an entry {entry}"),
            hint=N_("Write REF:ID, such as C-9F3DWA:3afq6m4x9."),
            candidates=tuple(f"{row.ref}:{id_}  {row.title}  {row.path}" for row in rows),
            ref=id_,
            paths=error.paths,
            entry=id_,
            count=len(rows),
        ) from error


def change_box_of(app: App, found: FoundEntry, mark: str, said: Outcome, flags: Flags) -> None:
    """Tick a planned entry off (`x`) or call it off (`-`), and add what was said.

    Args:
        app: of the run; the vault is locked.
        found: the entry.
        mark: for its box.
        said: what to add.
        flags: of the command.

    Raises:
        RefusedError: it is called off, or still to come.
    """
    vault, entry = app.vault, found.entry
    draft = Draft(vault, app.now)
    told: list[str] = []
    if not stands(app, found, mark):
        refuse_future(app, found, mark)
        added = added_to(app, found, mark, said)

        def changed(text: str) -> str:
            return change_box(text, found.ref, mark, book=vault.reader.log_book, added=added)

        draft.change(found.opened.source, changed(found.opened.note.text), changed)
        told.append(f"{found.ref}\t{shown_path(app, found.row.path)}")
    message = N_("done: {verb} {title}") if mark == "x" else N_("called off: {verb} {title}")
    verb = vault.rules.schema.verbs.get(entry.verb)
    word = verb.label(vault.rules.language) if verb else ""
    subject = vault_text(app, message, verb=word, title=found.row.title)
    written = conclude(app, draft, flags, subject)
    tell(app, flags, draft, outcome(app, written, found.row, found.ref), told)


def refuse_future(app: App, found: FoundEntry, mark: str) -> None:
    """A ticked entry of a later day would count as a contact that has not been."""
    entry = found.entry
    if mark == "x" and Moment(entry.day, None).is_after(app.now):
        raise RefusedError(
            N_("{entry} is planned for {when}, which is still to come"),
            hint=N_("Call it off with `brokernotes cancel` and `brokernotes log` what happened."),
            entry=found.ref,
            when=Moment(entry.day, entry.minutes).shown,
        )


def added_to(app: App, found: FoundEntry, mark: str, said: Outcome) -> Added:
    """What was said, as it is written into the entry, for `change_box`."""
    vault, entry = app.vault, found.entry
    text, fields = said.text, dict(said.fields)
    if mark == "x" and "outcome" not in entry.fields:
        verb = vault.rules.schema.verbs.get(entry.verb)
        text, fields = take_outcome(text, fields, verb, vault.reader.log_book)
    if text and entry.text and vault.rules.language == "en":
        text = f"— {text}"  # English sentences would run into one another
    lines = [said.rest]
    actually = said.actually
    if actually is not None and actually != Moment(entry.day, entry.minutes):
        lines.insert(0, vault_text(app, N_("Really on {when}"), when=actually.shown))
    author = (said.agent or author_of(app, found.opened)) if mark == "x" else None
    return Added(text, fields, child_lines("\n".join(lines)), author)


def stands(app: App, found: FoundEntry, mark: str) -> bool:
    """Whether the entry is what it shall become; that is said.

    Raises:
        RefusedError: it became something else.
    """
    entry, box = found.entry, found.entry.box
    if box == "planned":
        return False
    if mark == "x" and box != "cancelled":
        app.console.say(app.text(N_("{entry} is done already; nothing changed"), entry=found.ref))
        return True
    if mark == "-" and box == "cancelled":
        app.console.say(
            app.text(N_("{entry} is called off already; nothing changed"), entry=found.ref)
        )
        return True
    if box == "cancelled":
        raise RefusedError(
            N_("{entry} is called off"),
            hint=N_("`brokernotes log` writes down what happened all the same."),
            entry=found.ref,
        )
    raise RefusedError(
        N_("{entry} has happened: {said}"),
        hint=N_("Log a new entry with `--set corrects={entry}` to correct it."),
        entry=found.ref,
        said=_said(app, entry),
    )


def _said(app: App, entry: LogEntry) -> str:
    """An entry in a few words, for a list to choose from."""
    schema, code = app.vault.rules.schema, app.vault.rules.language
    verb = schema.verbs[entry.verb].label(code) if entry.verb else ""
    words = (Moment(entry.day, entry.minutes).shown, verb, entry.text)
    return " ".join(word for word in words if word)

"""What `check --fix` mends: missing ids, and log entries a stale editor saved over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import SystemRandom

from brokernotes.cli.app import App
from brokernotes.cli.check import is_wanted
from brokernotes.cli.options import finish
from brokernotes.errors import RefusedError
from brokernotes.inspection import lost_entries, problems_of
from brokernotes.language import N_, language
from brokernotes.model.schema import LETTER_OF_TYPE
from brokernotes.notes.appending import add_entry_id, append_entry
from brokernotes.notes.editing import add_block, replace_value
from brokernotes.notes.log_sections import TITLES
from brokernotes.notes.names import mint_entry_id, mint_id, trailing_id
from brokernotes.notes.note import Note
from brokernotes.storage.check_queries import note_ids
from brokernotes.storage.drafts import Draft
from brokernotes.storage.vault import Vault


@dataclass(slots=True)
class _Mended:
    """One note under way: its new text, and what was done to it."""

    note: Note
    text: str
    done: list[str] = field(default_factory=list)


def mend(app: App, wanted: Sequence[str], *, dry_run: bool, commit: bool | None) -> None:
    """Mend what is certain, and say what was done.

    Args:
        app: of the run.
        wanted: files and folders, relative to the vault; none: everything.
        dry_run: show the diff, write nothing.
        commit: None: as the rules say.
    """
    vault = app.vault
    with vault.writing():
        vault.refresh(app.today, app.console.progress)
        found = [one for one, _ in problems_of(vault, app.today) if is_wanted(one, wanted)]
        draft = Draft(vault, app.now)
        done: list[str] = []
        minting = _Minting(app, vault)
        for code, step in (
            ("missing-id", minting.add_note_id),
            ("missing-entry-id", minting.add_entry_ids),
            ("entry-missing", minting.restore),
        ):
            for path in dict.fromkeys(one.position.path for one in found if one.code == code):
                minting.apply(path, step)
        for path, mended in minting.notes.items():
            if draft.change(vault.open(path).source, mended.text):
                done += [f"{path}: {what}" for what in mended.done]
        speak = language(vault.rules.language)
        subject = speak.text(N_("Mend {count} notes"), count=len(draft.changes))
        finish(app, draft, subject=subject, dry_run=dry_run, commit=commit)
    for line in minting.left if dry_run else [*done, *minting.left]:
        app.console.say(line)
    if not done and not minting.left:
        app.console.say(app.text(N_("Nothing to mend.")))


class _Minting:
    """Gives ids and gives entries back, note by note."""

    def __init__(self, app: App, vault: Vault) -> None:
        self.app = app
        self.vault = vault
        self.random = SystemRandom()
        self.taken = note_ids(vault.index.db)
        self.moment = app.now.replace(tzinfo=vault.rules.zone)
        self.notes: dict[str, _Mended] = {}
        self.left: list[str] = []

    def apply(self, path: str, step: Callable[[_Mended], None]) -> None:
        """Take one step with a note; one that is refused leaves the note as it was."""
        mended = self.notes.get(path)
        if mended is None:
            opened = self.vault.open(path)
            if not opened.source.is_exact or opened.source.is_torn:
                self._leave(path, N_("it cannot be written back byte for byte"))
                return
            mended = _Mended(opened.note, opened.note.text)
        try:
            step(mended)
        except RefusedError as error:
            self._leave(path, error.message, **error.params)
            return
        self.notes[path] = mended

    def _leave(self, path: str, reason: str, **params: object) -> None:
        why = self.app.text(reason, **params)
        self.left.append(self.app.text(N_("{path} is left alone: {reason}"), path=path, reason=why))

    def add_note_id(self, mended: _Mended) -> None:
        """Mint the note's id, or take the one its name ends with."""
        record = mended.note.record
        letter = LETTER_OF_TYPE[record.type]
        six = trailing_id(record.path)
        id_ = f"{letter}-{six}"
        if six is None or id_ in self.taken:
            id_ = mint_id(letter, self.random, self.taken)
        self.taken.add(id_)
        if mended.note.block.split.kind == "none":
            mended.text = add_block(mended.text, [("id", id_), ("type", record.type)])
        else:
            mended.text = replace_value(mended.text, mended.note.spelled("id"), id_)
        mended.done.append(self.app.text(N_("id {id} added"), id=id_))

    def add_entry_ids(self, mended: _Mended) -> None:
        """Mint the ids of entries that have none."""
        note = self.vault.reader.read(mended.note.path, mended.text)
        ids = {entry.id for entry in note.record.entries if entry.id}
        lines = [entry.line for entry in note.record.entries if entry.id is None]
        for line in lines:
            id_ = mint_entry_id(self.moment, self.random, ids)
            ids.add(id_)
            mended.text = add_entry_id(mended.text, line, id_)
        if lines:
            one, many = N_("{count} entry id added"), N_("{count} entry ids added")
            mended.done.append(self.app.language.plural(one, many, len(lines)))

    def restore(self, mended: _Mended) -> None:
        """Append the entries that a stale editor saved over."""
        rules = self.vault.rules
        for entry in lost_entries(self.vault):
            if entry.path == mended.note.path:
                mended.text = append_entry(
                    mended.text,
                    entry.lines,
                    heading=f"## {TITLES[rules.language]}",
                    book=self.vault.reader.log_book,
                ).text
                mended.done.append(self.app.text(N_("entry {id} put back"), id=entry.id))

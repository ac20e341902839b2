"""What became of each note, by whom and when: git's history, read once and kept.

Nothing of it is loaded or run unless it is asked for. What was committed since the
last question is read then; where the last commit that was read is no ancestor of
HEAD any more, all is read anew.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.language import N_
from brokernotes.model.digests import blake2b
from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import EntryRevision, FieldRevision, Revision
from brokernotes.notes.note import NoteReader
from brokernotes.notes.version_reading import VersionReader
from brokernotes.notes.versions import entry_key
from brokernotes.storage.git import Place
from brokernotes.storage.git_history_reading import Pass, Progress, shallow_commits
from brokernotes.storage.git_history_rows import Step
from brokernotes.storage.git_history_store import READING, Store
from brokernotes.storage.git_history_telling import revisions_of
from brokernotes.storage.git_history_uncommitted import Uncommitted

if TYPE_CHECKING:
    from brokernotes.model.rules import Rules
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Vault


class History:
    """The history of a vault's notes; each question first reads what was committed since.

    Args:
        vault: whose.

    Attributes:
        progress: is told how far the reading is; to be set by whoever shows a bar.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.progress: Progress = lambda _: lambda _: None
        self._head: str | None = None

    # -- questions

    def of(self, note: NoteRow | str, *, uncommitted: bool = True) -> list[Revision]:
        """All that became of one note, the oldest first.

        Args:
            note: or its id or path; one that was deleted is found by them too.
            uncommitted: whether what is not committed yet comes along, at the end.

        Raises:
            RefusedError: the vault lies in no git repository.
            GitRefusedError: git would not.
            NotFoundError: history knows no such note.
        """
        self._read()
        n = self._number(note)
        steps = self._store.steps_of(n) if n is not None else []
        path = self._path_now(note, steps)
        if n is None and path is None:
            raise NotFoundError(N_("history knows no note {ref}"), ref=str(note))
        found = self._revisions(steps)
        if uncommitted:
            found += self._uncommitted.of(steps[-1] if steps else None, path)
        return found

    def since(self, day: date, *, uncommitted: bool = True) -> list[Revision]:
        """All that was committed on a day or later, the oldest first.

        Args:
            day: in the vault's zone.
            uncommitted: whether what is not committed yet comes along, at the end.

        Raises:
            RefusedError: the vault lies in no git repository.
            GitRefusedError: git would not.
        """
        self._read()
        begin = datetime.combine(day, time(), self._vault.rules.zone)
        found = [one for one in self._revisions(self._store.steps_since(begin)) if not one.is_start]
        if uncommitted:
            for path in self._uncommitted.paths():
                n = self._place(path)
                steps = self._store.steps_of(n) if n is not None else []
                there = os.path.lexists(os.path.join(self._vault.root, path))
                last = steps[-1] if steps else None
                found += self._uncommitted.of(last, path if there else None)
        return found

    def last_day_before(self, today: date) -> date | None:
        """The last day before today on which anything was committed; None: there is none.

        Args:
            today: in the vault's zone.

        Raises:
            RefusedError: the vault lies in no git repository.
            GitRefusedError: git would not.
        """
        self._read()
        found = self._store.last_before(datetime.combine(today, time(), self._vault.rules.zone))
        return found.date() if found else None

    def losses(self) -> list[EntryRevision]:
        """Every change and removal of a log entry that was committed, the oldest first.

        Raises:
            RefusedError: the vault lies in no git repository.
            GitRefusedError: git would not.
        """
        self._read()
        found = self._revisions(self._store.losses())
        return [one for one in found if isinstance(one, EntryRevision) and one.before is not None]

    def of_key(self, key: str) -> list[FieldRevision]:
        """Every change of one field that was committed, of all notes, the oldest first.

        Args:
            key: of the field table.

        Raises:
            RefusedError: the vault lies in no git repository.
            GitRefusedError: git would not.
        """
        self._read()
        found = self._revisions(self._store.steps_with(key))
        return [one for one in found if isinstance(one, FieldRevision) and one.key == key]

    def path_now(self, one: Revision) -> str | None:
        """Where the note of a revision stands now; None: it was deleted.

        Args:
            one: of this history.
        """
        if one.note:
            rows = self._vault.queries.by_id(one.note)
            if rows:
                return rows[0].path
        n = self._number(one.note) if one.note else self._number(one.path)
        steps = self._store.steps_of(n) if n is not None else []
        return self._path_now(one.note or one.path, steps)

    def entries_now(self, path: str) -> dict[str, LogEntry]:
        """The entries of a note as its file has them, by `^ID` and by `entry_key`.

        Args:
            path: of the note, relative to the vault.
        """
        note = self._vault.open(path).note
        lines = note.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        found: dict[str, LogEntry] = {}
        for entry in note.log.entries:
            found.setdefault(entry_key(lines[entry.line - 1]), entry)
            if entry.id:
                found.setdefault(f"^{entry.id}", entry)
        return found

    def known(self, ref: str) -> list[tuple[str | None, str]]:
        """Notes of the past that a REF may mean: id and last path of each.

        Args:
            ref: an id, a path or a file's name.

        Raises:
            RefusedError: the vault lies in no git repository.
            GitRefusedError: git would not.
        """
        self._read()
        wanted = ref.strip().removeprefix("[[").removesuffix("]]").replace("\\", "/")
        found = self._store.find_by_id(wanted.upper()) or self._store.find_at(wanted)
        if not found:
            name = wanted.removesuffix(".md") + ".md"
            found = [n for path, n in self._store.places() if path.rpartition("/")[2] == name]
        lasts = (self._store.steps_of(n)[-1] for n in dict.fromkeys(found))
        return [(step.id, step.path) for step in lasts]

    # -- reading

    @functools.cached_property
    def _store(self) -> Store:
        return Store(self._vault.cache, self._vault.rules.zone)

    def close(self) -> None:
        """Let go of what is kept."""
        store = self.__dict__.pop("_store", None)
        self.__dict__.pop("_uncommitted", None)
        if store is not None:
            store.close()

    @functools.cached_property
    def _reader(self) -> VersionReader:
        # Whom `@name` means changes with the colleagues; what was written does not.
        return VersionReader(NoteReader(self._vault.rules))

    def _read(self) -> None:
        """Read what was committed since the last time."""
        repository = self._vault.repository
        if repository.place is Place.NONE or repository.program is None:
            raise RefusedError(
                N_("there is no history: the vault lies in no git repository")
                if repository.place is Place.NONE
                else N_("there is no history: git is not installed"),
                hint=N_("`git init` in the vault's folder makes one."),
            )
        answer = repository.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}", check=False)
        head = answer.out.decode().strip() if not answer.code else ""
        if head == self._head:
            return
        stamp = self._stamp()
        if (self._store.meta("stamp"), self._store.meta("head")) != (stamp, head):
            with self._store.writing():
                self._catch_up(stamp, head)
        self._head = head

    def _catch_up(self, stamp: str, head: str) -> None:
        store, repository = self._store, self._vault.repository
        last = store.meta("head")
        if last == head and store.meta("stamp") == stamp:
            return  # another process did it meanwhile
        is_behind = store.meta("stamp") == stamp and bool(last) and bool(head)
        if is_behind:
            answer = repository.run("merge-base", "--is-ancestor", str(last), head, check=False)
            is_behind = answer.code == 0
        if not is_behind:
            store.clear()
            last = None
        if head:
            Pass(store, repository, self._reader).run(head, last, self.progress)
        store.remember("head", head)
        store.remember("stamp", stamp)

    def _stamp(self) -> str:
        """What the history was read by: it is another for other fields, verbs or zones."""
        rules: Rules = self._vault.rules
        schema = rules.schema
        words = {name: one.choices for name, one in schema.vocabularies.items()}
        told = repr((
            READING, str(rules.zone), rules.language, schema.all_fields(), words,
            schema.verbs, schema.log_keys, sorted(shallow_commits(self._vault.repository)),
            self._vault.repository.prefix,
        ))  # fmt: skip
        return blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()

    @functools.cached_property
    def _uncommitted(self) -> Uncommitted:
        return Uncommitted(self._vault, self._store, self._reader)

    def _revisions(self, steps: Sequence[Step]) -> list[Revision]:
        return revisions_of(self._store, steps, self._vault.reader.log_book)

    # -- which note

    def _number(self, note: NoteRow | str) -> int | None:
        id_ = note if isinstance(note, str) else note.id
        path = note if isinstance(note, str) else note.path
        last = self._store.last_at(path)
        by_path = [last] if last is not None else []
        by_id = self._store.find_by_id(id_) if id_ else []
        both = [n for n in by_path if n in by_id]
        return next(iter(both or by_id or by_path), None)

    def _path_now(self, note: NoteRow | str, steps: Sequence[Step]) -> str | None:
        """Where the note stands on the disk; None: nowhere."""
        if not isinstance(note, str):
            return note.path
        rows = self._vault.queries.by_id(note) or self._vault.queries.by_path(note)
        if rows:
            return rows[0].path
        # One that cannot be read has no id in the index.
        was = steps[-1].path if steps else note
        if any(row.id for row in self._vault.queries.by_path(was)):
            return None  # another note took its place
        return was if os.path.isfile(os.path.join(self._vault.root, was)) else None

    def _place(self, path: str) -> int | None:
        """The note at a path: by the id that stands there now, else by the path."""
        rows = self._vault.queries.by_path(path)
        return self._number(rows[0] if rows else path)

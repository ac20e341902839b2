"""One command's changes: shown as a diff, or written and committed together.

Everything is worked out before anything is written. The vault's lock is held
from reading to writing (`Vault.writing`), each file is compared with what was
read, and what git cannot take is written all the same and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from random import SystemRandom

from brokernotes.errors import (
    BrokernotesError,
    ChangedMeanwhileError,
    RefusedError,
    SystemRefusedError,
)
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.notes.names import mint_entry_id
from brokernotes.storage.files import refuse_protected
from brokernotes.storage.git import GitRefusedError
from brokernotes.storage.git_commit import CommitResult, Operation, ask_state, commit_change
from brokernotes.storage.git_edits import Change
from brokernotes.storage.identity import answer_from_memory
from brokernotes.storage.journal import Journal
from brokernotes.storage.pending import Pending, forget, keep
from brokernotes.storage.reading import Source
from brokernotes.storage.vault import Vault
from brokernotes.storage.whole_writes import write_whole

Again = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a draft.

    Attributes:
        paths: of the files that changed, in order; empty: nothing had to change.
        operation: id of the operation; None: nothing changed.
        result: what git did; None: it was not asked.
    """

    paths: tuple[str, ...] = ()
    operation: str | None = None
    result: CommitResult | None = None


@dataclass(slots=True)
class Draft:
    """Changes to a vault that are not on the disk yet.

    Attributes:
        vault: to be changed; the caller holds its lock.
        now: in the vault's zone.
        changes: what each file was and shall be.
        entries: log entries added, by path: id and lines, for the journal.
        progress: told how many files are written.
    """

    vault: Vault
    now: datetime
    changes: list[Change] = field(default_factory=list)
    entries: list[tuple[str, str, str]] = field(default_factory=list)
    progress: Callable[[int], None] | None = None
    _again: dict[str, Again] = field(default_factory=dict)

    def change(self, source: Source, text: str, again: Again | None = None) -> bool:
        """Plan to give a note a new text; whether that differs from what stands there.

        Args:
            source: the note as read.
            text: what shall stand there.
            again: makes the same change on another text. Where somebody edited the note and
                did not commit that, the commit takes what HEAD has and this change alone.

        Raises:
            SystemRefusedError: the system did not let the note be read, or protects it.
            RefusedError: the note could not be read exactly, so writing it back would lose bytes.
        """
        for found in source.problems:
            if found.code == "unreadable":
                reason = found.params["reason"]
                raise SystemRefusedError(
                    N_("cannot read {path}: {reason}"), path=source.path, reason=reason
                )
        if not source.is_exact or source.is_torn:
            raise RefusedError(
                N_("{path} cannot be written back byte for byte; it is left alone"),
                hint=N_("`brokernotes check` says what is wrong with it."),
                path=source.path,
            )
        after = text.encode("utf-8")
        if after == source.data:
            return False
        refuse_protected(self.vault.root, source.path)
        self.changes.append(Change(source.path, source.data, after))
        if again is not None:
            self._again[source.path] = again
        return True

    def replace(self, source: Source, data: bytes) -> bool:
        """Plan to give a file other bytes, whatever stands in it; whether they differ.

        Args:
            source: the file as read.
            data: what shall stand there, as a person typed it.
        """
        if data != source.data:
            self.changes.append(Change(source.path, source.data, data))
        return data != source.data

    def create(self, path: str, text: str) -> None:
        """Plan a new file."""
        self.changes.append(Change(path, None, text.encode("utf-8")))

    def move(self, source: Source, path: str, text: str, again: Again | None = None) -> bool:
        """Plan to give a note another path and text; whether any of the two differs.

        Args:
            source: the note as read.
            path: where it shall stand.
            text: what shall stand there.
            again: as for `change`.

        Raises:
            As `change`.
        """
        if path == source.path:
            return self.change(source, text, again)
        if self.change(source, text, again):
            self.changes.pop()
        after = text.encode("utf-8")
        self.changes.append(Change(path, source.data, after, moved_from=source.path))
        if again is not None:
            self._again[path] = again
        return True

    def diff(self) -> str:
        """The changes as a unified diff."""
        import difflib

        parts: list[str] = []
        for change in self.changes:
            old = _lines(change.before)
            new = _lines(change.after)
            former = change.moved_from or change.path
            source = "/dev/null" if change.before is None else f"a/{former}"
            if change.moved_from:
                parts.append(f"diff --git a/{former} b/{change.path}\n")
                parts.append(f"rename from {former}\nrename to {change.path}\n")
            for line in difflib.unified_diff(old, new, source, f"b/{change.path}"):
                parts.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end\n")
        return "".join(parts)

    def write(self, subject: str, *, commit: bool) -> Written:
        """Put the changes on the disk, then commit them.

        Args:
            subject: of the commit.
            commit: whether git is asked.

        Raises:
            ChangedMeanwhileError: a file is no longer what was read.
            SystemRefusedError: the system would not write.
            In both cases no file is written; killed on the way, the next command does what
            is missing (`storage/pending.py`).
        """
        if not self.changes:
            return Written()
        self.vault.has_written = True
        operation = Operation(mint_entry_id(self._utc(), SystemRandom()), subject)
        journal = Journal(self.vault.cache)
        asked = ask_state(self.vault.repository, self.changes) if commit else None
        try:
            self._write_files(operation, journal, commit=commit)
        except BaseException as error:
            if asked is not None:
                asked.leave()
            # What never stood in a note is not missing there; what was overwritten right
            # after it was written is.
            if not (isinstance(error, ChangedMeanwhileError) and "wanted" in error.params):
                journal.forget(operation.id)
            raise
        result = None
        if commit:
            repository = self.vault.repository
            with suppress(GitRefusedError):  # asked again, it is told what is wrong
                answer_from_memory(repository, self.vault.cache)
            result = commit_change(repository, self.changes, operation, self._merge, asked)
            if result.commit and not result.left_out:
                journal.forget(operation.id)
        if self._is_laid_down(commit=commit):
            forget(self.vault.cache or "")
        return Written(tuple(change.path for change in self.changes), operation.id, result)

    def _is_laid_down(self, *, commit: bool) -> bool:
        """Whether a kill could leave files written and others not, or all of them uncommitted."""
        return self.vault.cache is not None and (commit or len(self.changes) > 1)

    def _write_files(self, operation: Operation, journal: Journal, *, commit: bool) -> None:
        root, cache = self.vault.root, self.vault.cache
        if cache is None or not self._is_laid_down(commit=commit):
            journal.add(operation.id, self.entries)
            write_whole(root, self.changes, is_alone=cache is not None, progress=self.progress)
            return
        # A power cut leaves one file whole, old or new, whatever is known of it.
        keep(cache, Pending(operation, self.changes, commit), sync=len(self.changes) > 1)
        # Only now: killed before, nothing is finished later, and no entry is missing anywhere.
        journal.add(operation.id, self.entries)
        write_whole(
            root, self.changes, is_alone=True, progress=self.progress,
            taken_back=lambda: forget(cache),
        )  # fmt: skip

    def _merge(self, _base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
        """HEAD's text with this draft's own change of that file; None: that is not possible."""
        fitting = [one for one in self.changes if _is_same_text(one.after, theirs)]
        again = self._again.get(fitting[0].path) if len(fitting) == 1 else None
        if again is None:
            return None
        try:
            return again(ours.decode("utf-8")).encode("utf-8")
        except (BrokernotesError, UnicodeDecodeError):
            return None

    def _utc(self) -> datetime:
        return self.now.replace(tzinfo=self.vault.rules.zone)


def _is_same_text(written: bytes | None, blob: bytes) -> bool:
    """Whether a blob is what git makes of a file's bytes, line ends aside."""
    return written is not None and written.replace(b"\r\n", b"\n") == blob.replace(b"\r\n", b"\n")


def _lines(data: bytes | None) -> list[str]:
    # Not at U+2028 and its like, as git does not either.
    return (
        [one for one in re.split(r"(?<=\n)", data.decode("utf-8", "replace")) if one]
        if data
        else []
    )

"""What is kept of git's history, told: each change of a field or an entry, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import PATH, Changes, EntryRevision, FieldRevision, Revision
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.logbook import read_log
from brokernotes.storage.git_history_rows import KnownCommit, Step
from brokernotes.storage.git_history_store import Store

_HEADING = "## Log\n\n"


def revisions_of(store: Store, steps: Sequence[Step], book: LogBook) -> list[Revision]:
    """All that some steps did, in their order.

    Args:
        store: that has their commits.
        steps: of notes.
        book: reads entries.
    """
    commits = store.commits(step.c for step in steps)
    return [
        one for step in steps for one in told(step.changes, _about(step, commits[step.c]), book)
    ]


def told(changes: Changes, about: dict[str, Any], book: LogBook) -> Iterator[Revision]:
    """What changed of one note at once.

    Args:
        changes: of fields and entries.
        about: what all of them share.
        book: reads entries.
    """
    # That a note was made stands before what it says.
    for key, old, new in sorted(changes.fields, key=lambda one: one[0] != PATH):
        yield FieldRevision(**about, key=key, old=old, new=new)
    for id_, old_text, new_text in changes.entries:
        yield EntryRevision(
            **about,
            entry=id_,
            before=_entry(old_text, book),
            after=_entry(new_text, book),
            old=old_text,
            new=new_text,
        )


def _entry(text: str | None, book: LogBook) -> LogEntry | None:
    if text is None:
        return None
    reading = read_log(_HEADING + text.lstrip(" \t\u3000"), 0, 1, book)
    return reading.entries[0] if reading.entries else None


def _about(step: Step, commit: KnownCommit) -> dict[str, Any]:
    """What all changes of one step share."""
    return {
        "when": commit.authored,
        "committed": commit.committed,
        "author": "" if commit.is_start else commit.author,
        "email": "" if commit.is_start else commit.email,
        "commit": commit.id,
        "operation": None if commit.is_start else commit.operation,
        "subject": "" if commit.is_start else commit.subject,
        "path": step.path,
        "note": step.id,
        "is_merge": commit.is_merge,
        "is_start": commit.is_start,
    }

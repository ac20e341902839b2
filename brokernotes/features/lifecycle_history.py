"""Jumps of a status that git's history shows and no log explains: typed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from brokernotes.errors import Position, Problem
from brokernotes.features.history import FieldRevision
from brokernotes.features.lifecycle_log import status_changes
from brokernotes.model.lifecycle import STATUSES, is_legal
from brokernotes.model.problems import problem
from brokernotes.model.records import LogEntry


def find_jumps(
    revisions: Sequence[FieldRevision],
    path_of: Callable[[FieldRevision], str | None],
    log_of: Callable[[str], Sequence[LogEntry]],
) -> Iterator[Problem]:
    """Find statuses that could not follow the one before, and that the log does not lead to.

    Args:
        revisions: of listings' statuses, as committed, the oldest first.
        path_of: where a note stands today; None: it was deleted.
        log_of: the entries of a note as it stands.
    """
    for one in revisions:
        path = path_of(one)
        if path is None or one.old not in STATUSES:
            continue
        new = one.new if one.new in STATUSES else None
        if is_legal(str(one.old), str(new) if new else None):
            continue
        if new is not None and _leads(log_of(path), str(one.old), str(new)):
            continue  # several steps in one commit
        yield problem(
            "status-jumped", Position(path, 1, 1), who=one.author or one.email,
            day=one.when.date().isoformat(), commit=(one.commit or "")[:10],
            old_status=one.old, new_status=new or "—",
        )  # fmt: skip


def _leads(entries: Sequence[LogEntry], old: str, new: str) -> bool:
    """Whether the log tells of a way from one status to another."""
    began = False
    for change in status_changes(entries, date.max):
        began = began or change.old == old
        if began and change.new == new:
            return True
    return False

"""A step that was interrupted, over several files or before its commit, and how it is ended.

No system changes several files at one moment, or a file and git. Before the first of them is
written, what the step means to do is laid down in the cache folder, as a database keeps a journal;
after the commit it is removed. Whoever finds it there holds the lock, so the process that laid it
down is gone: killed, or the machine with it. If nothing had been written yet, nothing happened.
Else what is missing is done, and committed.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence

from brokernotes.errors import BrokernotesError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass
from brokernotes.storage.files import create, move, write_if_unchanged
from brokernotes.storage.git import Repository
from brokernotes.storage.git_commit import Operation, commit_change
from brokernotes.storage.git_edits import Change
from brokernotes.storage.journal import Journal
from brokernotes.storage.locking import PENDING_NAME
from brokernotes.storage.placing import sync_folder
from brokernotes.storage.reading import checked_path, read_bytes

_SHAPE = 1
_MAX_SIZE = 1 << 30  # what an import remembers of a big sheet is more than a note may be


@dataclass(frozen=True, slots=True)
class Pending:
    """What a step over several files means to do.

    Attributes:
        operation: its id and the subject of its commit.
        changes: to the files, in the order in which they are made.
        commits: whether git is asked.
    """

    operation: Operation
    changes: Sequence[Change]
    commits: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of an interrupted step.

    Attributes:
        subject: what it was, as its commit says.
        paths: of the files that were written now.
        left: paths that somebody changed meanwhile, so that our change no longer fits, each
            with what should stand there.
        kept: where those are written down; None: nothing is left.
    """

    subject: str
    paths: tuple[str, ...]
    left: tuple[tuple[str, bytes | None], ...] = ()
    kept: str | None = None


def keep(cache: str, pending: Pending, *, sync: bool = True) -> None:
    """Lay a step down, on the disk when this returns.

    Args:
        cache: folder of the vault's caches.
        pending: the step.
        sync: whether it must outlive the machine, not the process alone.

    Raises:
        SystemRefusedError: it cannot be written; nothing has happened yet.
    """
    told = {
        "shape": _SHAPE,
        "operation": [pending.operation.id, pending.operation.subject],
        "commits": pending.commits,
        "changes": [
            [one.path, _text(one.before), _text(one.after), one.moved_from]
            for one in pending.changes
        ],
    }
    path = os.path.join(cache, PENDING_NAME)
    try:
        with open(f"{path}.new", "w", encoding="utf-8") as file:
            file.write(json.dumps(told))
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.replace(f"{path}.new", path)
        if sync:
            sync_folder(path)
    except OSError as error:
        raise SystemRefusedError(
            N_("cannot write {path}: {reason}"), path=path, reason=error.strerror or str(error)
        ) from error


def forget(cache: str) -> None:
    """Take a step back that is done, or undone."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(os.path.join(cache, PENDING_NAME))


def read_pending(cache: str) -> Pending | None:
    """The step that was laid down; None: there is none, or another version's."""
    try:
        with open(os.path.join(cache, PENDING_NAME), encoding="utf-8") as file:
            told = json.load(file)
        if told["shape"] != _SHAPE:
            return None
        changes = [
            Change(path, _bytes(before), _bytes(after), moved_from)
            for path, before, after, moved_from in told["changes"]
        ]
        return Pending(Operation(*told["operation"]), changes, told["commits"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def finish_pending(root: str, cache: str, repository: Repository) -> Finished | None:
    """Bring an interrupted step to its end. The caller holds the vault's lock.

    Args:
        root: the vault's folder.
        cache: where the step was laid down.
        repository: of the vault.

    Returns:
        What was done; None: there was no step, or it had not begun.

    Raises:
        SystemRefusedError: the system would not write; the step stays laid down.
    """
    pending = read_pending(cache)
    if pending is None or not any(_is_begun(root, one) for one in pending.changes):
        forget(cache)
        return None
    written, left = [], []
    for change in pending.changes:
        outcome = _finish(root, change, repository)
        if outcome is None:
            left.append((change.path, change.after))
        elif outcome:
            written.append(change.path)
    if pending.commits:
        fitting = [one for one in pending.changes if one.path not in dict(left)]
        result = commit_change(repository, fitting, pending.operation)
        if result.commit and not result.left_out:
            Journal(cache).forget(pending.operation.id)
    kept = None
    if left:
        kept = os.path.join(cache, f"unfinished-{pending.operation.id}.json")
        os.replace(os.path.join(cache, PENDING_NAME), kept)
    forget(cache)
    return Finished(pending.operation.subject, tuple(written), tuple(left), kept)


def _is_begun(root: str, change: Change) -> bool:
    """Whether a file no longer is what it was before the step."""
    if change.moved_from and os.path.lexists(checked_path(root, change.path)):
        return True
    return _current(root, change.moved_from or change.path) != change.before


def _finish(root: str, change: Change, repository: Repository) -> bool | None:
    """Make what is missing of one change; whether anything was; None: it no longer fits."""
    former = change.moved_from
    is_moved = former is not None and not os.path.lexists(checked_path(root, former))
    at = change.path if former is None or is_moved else former
    now = _current(root, at)
    wanted = _wanted(repository, change, now)
    if wanted is None:
        return None
    try:
        if now is None:
            create(root, at, wanted)
        elif now != wanted:
            write_if_unchanged(root, at, now, wanted)
        if at != change.path:
            move(root, at, change.path)
    except SystemRefusedError:
        raise
    except BrokernotesError:
        return None
    return now != wanted or at != change.path


def _wanted(repository: Repository, change: Change, now: bytes | None) -> bytes | None:
    """What shall stand in a file, with what somebody wrote in it meanwhile; None: no answer."""
    if now in (change.before, change.after) or change.after is None:
        return change.after
    if now is None:
        return None  # it was there, and somebody took it away
    if change.before is None:
        return now  # ours, and somebody wrote on in it
    from brokernotes.storage.editors import merged

    return merged(repository, change.before, now, change.after)


def _current(root: str, rel: str) -> bytes | None:
    try:
        return read_bytes(checked_path(root, rel), _MAX_SIZE)[0]
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SystemRefusedError(
            N_("cannot read {path}: {reason}"), path=rel, reason=error.strerror or str(error)
        ) from error


def _text(data: bytes | None) -> str | None:
    from binascii import b2a_base64

    return None if data is None else b2a_base64(data, newline=False).decode()


def _bytes(text: str | None) -> bytes | None:
    from binascii import a2b_base64

    return None if text is None else a2b_base64(text)

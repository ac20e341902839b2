"""Several files changed as one step: all of them, or none.

What fails is taken back here; what is killed is brought to its end by the next command
(`storage/pending.py`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from itertools import groupby

from brokernotes.errors import BrokernotesError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.files import (
    create,
    create_all,
    leftovers_beside,
    move,
    refuse_changed,
    remove_if_unchanged,
    remove_leftovers,
    write_if_unchanged,
)
from brokernotes.storage.git_edits import Change

Progress = Callable[[int], None]


class Step(NamedTuple):
    """One thing done to one file: it is made, written, or moved.

    Attributes:
        path: of the file.
        before: its bytes; None: there is none.
        after: its bytes then.
        to: where it is moved; empty: it stays.
    """

    path: str
    before: bytes | None
    after: bytes
    to: str = ""

    def take(self, root: str) -> None:
        """Do it."""
        if self.to:
            move(root, self.path, self.to)
        elif self.before is None:
            create(root, self.path, self.after)
        else:
            write_if_unchanged(root, self.path, self.before, self.after)

    def take_back(self, root: str) -> None:
        """Undo it.

        Raises:
            BrokernotesError: somebody wrote there since, or the system would not.
        """
        if self.to:
            move(root, self.to, self.path)
        elif self.before is None:
            remove_if_unchanged(root, self.path, self.after)
        else:
            write_if_unchanged(root, self.path, self.after, self.before)


def write_whole(
    root: str,
    changes: Sequence[Change],
    *,
    is_alone: bool,
    progress: Progress | None = None,
    taken_back: Callable[[], None] = lambda: None,
) -> None:
    """Carry out changes; what was done before one of them fails is taken back.

    A moved note gets its new text, which names it by the old name too, before it gets its new
    name, and what links to it follows last: killed anywhere in between, every link still leads
    there.

    Args:
        root: the vault's folder.
        changes: of one operation, moves first.
        is_alone: the vault's lock is held, so what another write left behind may go.
        progress: told how many files are done.
        taken_back: called when it fails and nothing of it stands any more; not where taking back
            is interrupted in its turn.

    Raises:
        ChangedMeanwhileError: a file is no longer what was read.
        RefusedError: something is in the way.
        SystemRefusedError: the system would not.
    """
    steps = [step for change in changes for step in _steps(change)]
    try:
        for change in changes:
            if change.before is not None:
                refuse_changed(root, change.moved_from or change.path, change.before)
        if is_alone:
            for path in {step.path.rpartition("/")[0]: step.path for step in steps}.values():
                remove_leftovers(root, leftovers_beside(root, path))
    except BaseException:
        taken_back()
        raise
    done = 0
    for is_new, run in groupby(steps, lambda step: step.before is None):
        batch = list(run)
        try:
            if is_new and len(batch) > 1:
                create_all(root, [(one.path, one.after) for one in batch], _from(done, progress))
                done += len(batch)
                continue
            for step in batch:
                step.take(root)
                done += 1
                if progress is not None:
                    progress(done)
        except BaseException as error:
            # What refuses a step leaves it undone; an interruption may come when it is done.
            at_once = len(batch) if is_new else 1
            torn = 0 if isinstance(error, BrokernotesError) else at_once
            take_back(root, steps[: done + torn])
            taken_back()
            raise


def _from(start: int, progress: Progress | None) -> Progress | None:
    """The same progress, told by somebody who counts from nothing."""
    return None if progress is None else lambda count: progress(start + count)


def take_back(root: str, steps: Sequence[Step]) -> None:
    """Undo steps, the last first; what somebody wrote over meanwhile stays."""
    for step in reversed(steps):
        with contextlib.suppress(BrokernotesError):
            step.take_back(root)


def _steps(change: Change) -> list[Step]:
    path, after = change.moved_from or change.path, change.after or b""
    steps = [Step(path, change.before, after)] if change.before != after else []
    if change.moved_from:
        steps.append(Step(path, after, after, change.path))
    return steps

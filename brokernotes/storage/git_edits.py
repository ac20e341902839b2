"""What HEAD and the index get of each change of a command."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.storage.git_plumbing import Blobs
from brokernotes.storage.git_state import Entry, Slot, object_id

_EMPTY_BLOBS = (  # of SHA-1 and SHA-256 repositories
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
_FILE_MODES = (b"100644", b"100755")


@dataclass(frozen=True, slots=True)
class Change:
    """What a command did to one file.

    Attributes:
        path: relative to the vault, with `/`.
        before: all its bytes before; None: it was not there.
        after: all its bytes after; None: it was removed.
        moved_from: the path it had before; None: the same.
    """

    path: str
    before: bytes | None
    after: bytes | None
    moved_from: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nothing, or not everything, was committed.

    Attributes:
        code: git-absent, no-repository, no-user, unfinished, locked, conflict, ignored,
            nothing, refused.
        message: English source string; `params` fill its places.
    """

    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Edits:
    """What goes to git: for each path its mode and blob, None to remove it."""

    tree: dict[str, Slot] = field(default_factory=dict)
    index: dict[str, Slot] = field(default_factory=dict)
    index_before: dict[str, Slot] = field(default_factory=dict)

    @property
    def null(self) -> str:
        """The blob id of nothing, as long as the ids of this repository."""
        slots = (*self.tree.values(), *self.index_before.values())
        return "0" * next((len(slot[1]) for slot in slots if slot is not None), 40)


class NotCommittedError(Exception):
    """Ends the work on a commit; `commit_change` makes a result of it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def plan_change(blobs: Blobs, entry: Entry, change: Change, edits: Edits) -> None:
    """Work out what HEAD and the index get of one change."""
    if entry.head_mode not in (None, *_FILE_MODES):
        raise _conflict(change)
    if change.after is None:
        _plan_removal(blobs, entry, change, edits)
        return
    after = blobs.store(entry.path, change.after)
    before = _before(blobs, entry, change)
    mode = entry.head_mode or entry.index_mode or b"100644"
    # A note git does not know is committed whole.
    new = after if entry.head is None or before is None else blobs.merged(entry.head, before, after)
    if new is None:
        raise _conflict(change)
    if new == entry.head:
        return
    edits.tree[entry.path] = (mode, new)
    if entry.index == entry.head:
        followed: str | None = new
    elif entry.index is None:
        return  # its removal is staged, and stays so
    elif before is None or (entry.head is None and entry.index in _EMPTY_BLOBS):
        followed = new  # `git add -N`: a promise to add it, without a text
    else:
        # Something is staged: it stays staged, and our change goes in too, or the next
        # plain `git commit` would take it back.
        followed = blobs.merged(entry.index, before, after)
    if followed is not None:
        edits.index[entry.path] = (entry.index_mode or mode, followed)
        edits.index_before[entry.path] = _known(entry)


def plan_move(blobs: Blobs, former: Entry, entry: Entry, change: Change, edits: Edits) -> None:
    """Work out what HEAD and the index get of a note that has another path now.

    What somebody changed in it and did not commit stays so, at the new path.
    """
    if former.head is None or former.head_mode not in _FILE_MODES or change.after is None:
        raise _conflict(change)
    after = blobs.store(entry.path, change.after)
    before = _before(blobs, former, change) or former.head
    new = blobs.merged(former.head, before, after)
    if new is None:
        raise _conflict(change)
    mode = former.head_mode
    edits.tree[former.path] = None
    edits.tree[entry.path] = (mode, new)
    if former.index is None:
        return  # its removal is staged
    staged = new if former.index == former.head else blobs.merged(former.index, before, after)
    edits.index[former.path] = None
    edits.index_before[former.path] = _known(former)
    if staged is not None:
        edits.index[entry.path] = (former.index_mode or mode, staged)
        edits.index_before[entry.path] = _known(entry)


def _plan_removal(blobs: Blobs, entry: Entry, change: Change, edits: Edits) -> None:
    if entry.head is None:
        return
    before = _before(blobs, entry, change)
    if before != entry.head:
        raise _conflict(change)  # it held what was never committed
    edits.tree[entry.path] = None
    if entry.index in (entry.head, before):
        edits.index[entry.path] = None
        edits.index_before[entry.path] = _known(entry)


def _before(blobs: Blobs, entry: Entry, change: Change) -> str | None:
    """The blob of the bytes before; stored only where HEAD and index have another."""
    if change.before is None:
        return None
    known = {entry.head, entry.index} - {None}
    if not known:
        return None
    same = entry.head if entry.head == entry.index else None
    if same is not None and object_id(change.before, len(same)) == same:
        return same
    return blobs.store(entry.path, change.before)


def _known(entry: Entry) -> Slot:
    return (entry.index_mode, entry.index) if entry.index_mode and entry.index else None


def _conflict(change: Change) -> NotCommittedError:
    message = N_("{path} holds changes that are not committed, in the same place")
    return NotCommittedError(Reason("conflict", message, {"path": change.path}))

"""Committing what one command changed, and nothing else.

A person may have half an edit in the same note, other changes staged, a hook that
takes a minute. The commit is therefore made beside all that: of each path the
committed text is HEAD's with only our change merged in, the commit is written by
`git fast-import` (no index, no hooks, no signing; HEAD moves only if it is still
where it was), and the index follows where it had nothing of its own.

Four processes for one note: `status` reads HEAD and index, `hash-object` stores the
text with its attributes applied, `update-index`, `fast-import`; and `config` once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from brokernotes.language import N_
from brokernotes.storage.git import GitRefusedError, Place, Repository, User
from brokernotes.storage.git_plumbing import (
    Blobs,
    Entry,
    Merge,
    Slot,
    State,
    read_state,
    update_index,
    write_commit,
)

TRAILER = "Operation"
_EMPTY_BLOBS = (  # of SHA-1 and SHA-256 repositories
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
_MANY = 20  # changes for which git is asked once, not for each
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
class Operation:
    """What a commit says of the command.

    Attributes:
        id: goes into the trailer `Operation:`.
        subject: one plain line.
    """

    id: str
    subject: str


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


@dataclass(frozen=True, slots=True)
class CommitResult:
    """What became of a commit.

    Attributes:
        commit: its full id; None when there is none.
        reason: why there is none, or (code `ignored`) why it lacks `left_out`.
        left_out: paths of the vault that git does not track.
    """

    commit: str | None
    reason: Reason | None = None
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Edits:
    """What goes to git: for each path its mode and blob, None to remove it."""

    tree: dict[str, Slot] = field(default_factory=dict)
    index: dict[str, Slot] = field(default_factory=dict)
    index_before: dict[str, Slot] = field(default_factory=dict)

    @property
    def null(self) -> str:
        """The blob id of nothing, as long as the ids of this repository."""
        slots = (*self.tree.values(), *self.index_before.values())
        return "0" * next((len(slot[1]) for slot in slots if slot is not None), 40)


class _NotCommittedError(Exception):
    """Ends the work on a commit; never leaves this module."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def commit_change(
    repository: Repository,
    changes: Sequence[Change],
    operation: Operation,
    merge: Merge | None = None,
) -> CommitResult:
    """Commit one command's own changes. The files are written already and stay as they are.

    Args:
        repository: of the vault.
        changes: of one operation; they are committed together or not at all.
        operation: what the commit says.
        merge: how a note with changes of others, not committed yet, and ours are
            told apart; where it knows no answer, `git merge-file` does it by lines.

    Returns:
        The commit, or why there is none. Nothing is raised.
    """
    try:
        return _commit(repository, changes, operation, merge)
    except _NotCommittedError as error:
        return CommitResult(None, error.reason)
    except GitRefusedError as error:
        return CommitResult(None, _reason_of(error))
    except OSError as error:
        message = N_("the commit failed: {reason}")
        return CommitResult(None, Reason("refused", message, {"reason": str(error)}))


def _commit(
    repository: Repository, changes: Sequence[Change], operation: Operation, merge: Merge | None
) -> CommitResult:
    people = _people(repository)
    prefix = repository.prefix
    paths = (path for one in changes for path in (one.path, one.moved_from) if path)
    state = read_state(repository, [prefix + path for path in paths])
    for path in state.unmerged:
        message = N_("{path} has an unresolved conflict")
        raise _NotCommittedError(Reason("unfinished", message, {"path": path}))
    edits = _Edits()
    left_out = []
    blobs = Blobs(repository, merge)
    if len(changes) > _MANY:
        blobs.store_all({prefix + one.path: one.after for one in changes if one.after is not None})
    for change in changes:
        path = prefix + change.path
        entry = _entry(state, path)
        former = _entry(state, prefix + change.moved_from) if change.moved_from else None
        if former is not None and former.head is not None:
            _plan_move(blobs, former, entry or Entry(path, None, None, None, None), change, edits)
        elif entry is not None:
            _plan(blobs, entry, change, edits)
        elif state.is_ignored(path) or repository.is_elsewhere(path):
            left_out.append(change.path)
        # else file, index and HEAD agree
    reason = None
    if left_out:
        message = N_("git does not track {paths}: ignored, or in a repository of its own")
        reason = Reason("ignored", message, {"paths": ", ".join(left_out)})
    elif not edits.tree:
        reason = Reason("nothing", N_("nothing to commit"))
    commit = _write(repository, state.head, edits, operation, people) if edits.tree else None
    return CommitResult(commit, reason, tuple(left_out))


def _entry(state: State, path: str) -> Entry | None:
    return state.entries.get(path) or state.entries.get(unicodedata.normalize("NFC", path))


def _write(
    repository: Repository,
    head: str | None,
    edits: _Edits,
    operation: Operation,
    people: tuple[User, User],
) -> str:
    # The index goes first: killed in between, our change is staged. The other way
    # round its undoing would be.
    update_index(repository, edits.index, edits.null)
    try:
        return write_commit(repository, head, edits.tree, _header(operation, *people))
    except GitRefusedError:
        with suppress(GitRefusedError):  # the first refusal is the one to tell
            update_index(repository, edits.index_before, edits.null)
        raise


def _people(repository: Repository) -> tuple[User, User]:
    """Author and committer, when nothing stands in the way of a commit."""
    if repository.program is None:
        raise _NotCommittedError(Reason("git-absent", N_("git is not installed")))
    if repository.place is Place.NONE:
        raise _NotCommittedError(Reason("no-repository", N_("the vault is no git repository")))
    if repository.is_unfinished():
        raise _NotCommittedError(
            Reason("unfinished", N_("a merge, rebase or bisect is under way in the repository"))
        )
    if repository.is_locked():
        raise _NotCommittedError(Reason("locked", N_("another git is at work in the repository")))
    author, committer = repository.user("author"), repository.user("committer")
    if author is None or committer is None:
        raise _NotCommittedError(
            Reason("no-user", N_("git does not know who you are; set user.name and user.email"))
        )
    return author, committer


def _plan(blobs: Blobs, entry: Entry, change: Change, edits: _Edits) -> None:
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


def _plan_move(blobs: Blobs, former: Entry, entry: Entry, change: Change, edits: _Edits) -> None:
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


def _plan_removal(blobs: Blobs, entry: Entry, change: Change, edits: _Edits) -> None:
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
    import hashlib

    known = {entry.head, entry.index} - {None}
    if not known:
        return None
    algorithm = "sha256" if len(next(iter(known)) or "") == 64 else "sha1"
    raw = hashlib.new(algorithm, b"blob %d\0" % len(change.before), usedforsecurity=False)
    raw.update(change.before)
    if entry.head == entry.index and raw.hexdigest() == entry.head:
        return entry.head
    return blobs.store(entry.path, change.before)


def _known(entry: Entry) -> Slot:
    return (entry.index_mode, entry.index) if entry.index_mode and entry.index else None


def _header(operation: Operation, author: User, committer: User) -> bytes:
    """Author, committer and message as `git fast-import` reads them."""
    subject = " ".join(operation.subject.split())
    message = f"{subject}\n\n{TRAILER}: {operation.id}\n".encode(errors="replace")
    people = f"author {author.name} <{author.email}> now\n"
    people += f"committer {committer.name} <{committer.email}> now\n"
    return people.encode() + b"data %d\n%s" % (len(message), message)


def _conflict(change: Change) -> _NotCommittedError:
    message = N_("{path} holds changes that are not committed, in the same place")
    return _NotCommittedError(Reason("conflict", message, {"path": change.path}))


def _reason_of(error: GitRefusedError) -> Reason:
    complaint = error.complaint
    # A lock that may not be made is no lock that somebody holds.
    is_held = "File exists" in complaint or "but expected" in complaint
    if is_held and ("index.lock" in complaint or "cannot lock ref" in complaint):
        return Reason("locked", N_("another git is at work in the repository"))
    if "Not updating HEAD" in complaint:
        return Reason("locked", N_("somebody else committed at the same moment"))
    return Reason("refused", error.message, error.params)

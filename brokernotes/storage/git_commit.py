"""Committing what one command changed, and nothing else.

A person may have half an edit in the same note, other changes staged, a hook that
takes a minute. The commit is therefore made beside all that: of each path the
committed text is HEAD's with only our change merged in, the commit is written by
`git fast-import` (no index, no hooks, no signing), the index follows where it had nothing
of its own, and HEAD moves only if it is still where it was.

Six processes for one note, two of them at a time: while the file is written, `status` and
`ls-files` say what HEAD and index hold; `hash-object` stores the text with its attributes
applied; `update-index` and `fast-import` work side by side; `update-ref`. Who commits is
remembered (`storage.identity`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass
from brokernotes.storage.git import GitRefusedError, Place, Repository, User
from brokernotes.storage.git_edits import (
    Change,
    Edits,
    NotCommittedError,
    Reason,
    plan_change,
    plan_move,
)
from brokernotes.storage.git_plumbing import (
    Blobs,
    Merge,
    begin_commit,
    begin_index,
    move_head,
)
from brokernotes.storage.git_state import Entry, StateAsked, read_state

TRAILER = "Operation"
_MANY = 20  # changes for which git is asked once, not for each


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


def commit_change(
    repository: Repository,
    changes: Sequence[Change],
    operation: Operation,
    merge: Merge | None = None,
    asked: StateAsked | None = None,
) -> CommitResult:
    """Commit one command's own changes. The files are written already and stay as they are.

    Args:
        repository: of the vault.
        changes: of one operation; they are committed together or not at all.
        operation: what the commit says.
        merge: how a note with changes of others, not committed yet, and ours are
            told apart; where it knows no answer, `git merge-file` does it by lines.
        asked: from `ask_state`, before the files were written.

    Returns:
        The commit, or why there is none. Nothing is raised.
    """
    try:
        return _commit(repository, changes, operation, merge, asked)
    except NotCommittedError as error:
        return CommitResult(None, error.reason)
    except GitRefusedError as error:
        return CommitResult(None, _reason_of(error))
    except OSError as error:
        message = N_("the commit failed: {reason}")
        return CommitResult(None, Reason("refused", message, {"reason": str(error)}))
    finally:
        if asked is not None:
            asked.leave()


def ask_state(repository: Repository, changes: Sequence[Change]) -> StateAsked | None:
    """Ask git of files that are about to be written, where it can tell before they are.

    Args:
        repository: as for `commit_change`, which is given what was asked, or `leave` is called.
        changes: to be written.
    """
    is_ready = repository.folder is not None and not repository.is_unfinished()
    if not is_ready or len(changes) > _MANY:
        return None
    befores = {}
    for one in changes:
        if one.before is None or one.after is None or one.moved_from is not None:
            return None
        befores[repository.prefix + one.path] = one.before
    try:
        return StateAsked(repository, befores)
    except GitRefusedError:
        return None  # asked again, it is told what is wrong


def _commit(
    repository: Repository,
    changes: Sequence[Change],
    operation: Operation,
    merge: Merge | None,
    asked: StateAsked | None,
) -> CommitResult:
    people = _people(repository)
    prefix = repository.prefix
    paths = (path for one in changes for path in (one.path, one.moved_from) if path)
    state = asked.state() if asked is not None else None
    state = state or read_state(repository, [prefix + path for path in paths])
    for path in state.unmerged:
        message = N_("{path} has an unresolved conflict")
        raise NotCommittedError(Reason("unfinished", message, {"path": path}))
    edits = Edits()
    left_out = []
    blobs = Blobs(repository, merge)
    if len(changes) > _MANY:
        blobs.store_all({prefix + one.path: one.after for one in changes if one.after is not None})
    for change in changes:
        path = prefix + change.path
        entry = state.entry(path)
        former = state.entry(prefix + change.moved_from) if change.moved_from else None
        if former is not None and former.head is not None:
            plan_move(blobs, former, entry or Entry(path, None, None, None, None), change, edits)
        elif entry is not None:
            plan_change(blobs, entry, change, edits)
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


def _write(
    repository: Repository,
    head: str | None,
    edits: Edits,
    operation: Operation,
    people: tuple[User, User],
) -> str:
    """Write the commit beside the index, then let HEAD name it.

    The index goes first: killed in between, our change is staged. The other way round its undoing
    would be.
    """
    commit = begin_commit(repository, head, edits.tree, _header(operation, *people))
    try:
        if edits.index:
            begin_index(repository, edits.index, edits.null).answer()
        try:
            made = commit.answer().out.decode().strip()
            move_head(repository, made, head, _subject(operation), edits.null)
        except GitRefusedError:
            if edits.index_before:
                with suppress(GitRefusedError):  # the first refusal is the one to tell
                    begin_index(repository, edits.index_before, edits.null).answer()
            raise
    finally:
        commit.leave()
    return made


def _people(repository: Repository) -> tuple[User, User]:
    """Author and committer, when nothing stands in the way of a commit."""
    if repository.program is None:
        raise NotCommittedError(Reason("git-absent", N_("git is not installed")))
    if repository.place is Place.NONE:
        raise NotCommittedError(Reason("no-repository", N_("the vault is no git repository")))
    if repository.is_unfinished():
        raise NotCommittedError(
            Reason("unfinished", N_("a merge, rebase or bisect is under way in the repository"))
        )
    if repository.is_locked():
        raise NotCommittedError(Reason("locked", N_("another git is at work in the repository")))
    author, committer = repository.user("author"), repository.user("committer")
    if author is None or committer is None:
        raise NotCommittedError(
            Reason("no-user", N_("git does not know who you are; set user.name and user.email"))
        )
    return author, committer


def _header(operation: Operation, author: User, committer: User) -> bytes:
    """Author, committer and message as `git fast-import` reads them."""
    message = f"{_subject(operation)}\n\n{TRAILER}: {operation.id}\n".encode(errors="replace")
    people = f"author {author.name} <{author.email}> now\n"
    people += f"committer {committer.name} <{committer.email}> now\n"
    return people.encode() + b"data %d\n%s" % (len(message), message)


def _subject(operation: Operation) -> str:
    return " ".join(operation.subject.replace("\0", " ").split())


def _reason_of(error: GitRefusedError) -> Reason:
    complaint = error.complaint
    # A lock that may not be made is no lock that somebody holds.
    if "cannot lock ref" in complaint and "but expected" in complaint:
        return Reason("locked", N_("somebody else committed at the same moment"))
    is_held = "File exists" in complaint
    if is_held and ("index.lock" in complaint or "cannot lock ref" in complaint):
        return Reason("locked", N_("another git is at work in the repository"))
    return Reason("refused", error.message, error.params)

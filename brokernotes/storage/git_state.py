"""What HEAD and the index hold of some paths, as git says: porcelain v2 read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.storage.git import GitRefusedError, Repository

# Mode and blob; None: no such path.
Slot = tuple[bytes, str] | None

_MOST_PATHS = 200
_STATUS = (
    *("status", "--porcelain=v2", "--branch", "-z", "--no-ahead-behind", "--no-renames"),
    "--ignore-submodules=all",
)
_ALL = ("--untracked-files=all", "--ignored=matching", "--")
_TRACKED = ("--untracked-files=no", "--")


@dataclass(frozen=True, slots=True)
class Entry:
    """A path as HEAD and the index have it; None where they have not."""

    path: str  # git's own spelling
    head_mode: bytes | None
    head: str | None
    index_mode: bytes | None
    index: str | None


@dataclass(slots=True)
class State:
    """What one look at the repository told of some paths.

    Attributes:
        head: the commit; None on a branch without one.
        entries: by path; a path is missing when file, index and HEAD agree.
        unmerged: paths with a conflict in the index.
        ignored: paths, or folders with their `/`, that git leaves alone.
    """

    head: str | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    unmerged: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def entry(self, path: str) -> Entry | None:
        """What HEAD and the index have of a path, however git spells it."""
        return self.entries.get(path) or self.entries.get(unicodedata.normalize("NFC", path))

    def is_ignored(self, path: str) -> bool:
        """Whether git leaves a path alone, or a folder it lies in."""
        return any(
            path == ignored or (ignored.endswith("/") and path.startswith(ignored))
            for ignored in self.ignored
        )


class StateAsked:
    """A question for some files that are about to be written, asked while they are.

    Whether git finds the old or the new file makes no difference: a path that it does not tell of
    is in HEAD as it is in the index, and there we look whether that is the file as it was read.

    Args:
        repository: where the files lie.
        befores: the bytes of files that are there, and stay, by path.

    Raises:
        GitRefusedError: git cannot be started.
    """

    def __init__(self, repository: Repository, befores: Mapping[str, bytes]) -> None:
        self._befores = befores
        self._status = repository.begin(*_STATUS, *_TRACKED, *befores)
        try:
            self._index = repository.begin("ls-files", "--stage", "-v", "-z", "--", *befores)
        except GitRefusedError:
            self._status.leave()
            raise

    def state(self) -> State | None:
        """What git said; None: of one of the paths that is not all there is to know."""
        state = State()
        try:
            _read_records(state, self._status.answer().out)
            _read_index(state, self._index.answer().out, self._befores)
        except GitRefusedError:
            return None  # asked again, it says why
        finally:
            self.leave()
        is_known = all(state.entry(path) or path in state.unmerged for path in self._befores)
        return state if is_known else None

    def leave(self) -> None:
        """Ask no longer."""
        self._status.leave()
        self._index.leave()


def read_state(repository: Repository, paths: Iterable[str]) -> State:
    """HEAD, and of each path what HEAD and the index hold, by one process.

    The files are written already, so that git tells of each that it does not leave alone.
    """
    state = State()
    wanted = list(paths)
    # A look at everything costs less than thousands of paths to compare with.
    asked = wanted if len(wanted) <= _MOST_PATHS else []
    _read_records(state, repository.run(*_STATUS, *_ALL, *asked).out)
    if not asked:
        known = set(wanted) | {unicodedata.normalize("NFC", path) for path in wanted}
        state.entries = {path: one for path, one in state.entries.items() if path in known}
        state.unmerged = [path for path in state.unmerged if path in known]
    return state


def object_id(data: bytes, length: int) -> str:
    """What git calls a text in which no filter changes anything.

    Args:
        data: the text.
        length: of the ids of the repository.
    """
    raw = b"blob %d\0%s" % (len(data), data)
    if length == 40:
        from brokernotes.model.digests import sha1

        return str(sha1(raw, usedforsecurity=False).hexdigest())
    import hashlib

    return hashlib.sha256(raw, usedforsecurity=False).hexdigest()


def _read_index(state: State, out: bytes, befores: Mapping[str, bytes]) -> None:
    """Take over the files that stand in the index, and so in HEAD, as they were read."""
    for record in out.decode("utf-8", "surrogateescape").split("\0"):
        told, _, path = record.partition("\t")
        if told and path not in state.entries and path in befores:
            tag, mode, blob, stage = told.split(" ")
            # `H` is a file that git looks at, not one of `update-index --assume-unchanged`.
            if (tag, stage, object_id(befores[path], len(blob))) == ("H", "0", blob):
                state.entries[path] = Entry(path, mode.encode(), blob, mode.encode(), blob)


def _read_records(state: State, out: bytes) -> None:
    for record in out.decode("utf-8", "surrogateescape").split("\0"):
        kind, _, rest = record.partition(" ")
        if kind == "#":
            key, _, value = rest.partition(" ")
            if key == "branch.oid" and value != "(initial)":
                state.head = value
        elif kind == "1":
            _, _, head_mode, index_mode, _, head, index, path = rest.split(" ", 7)
            in_head, in_index = _present(head_mode, head), _present(index_mode, index)
            state.entries[path] = Entry(path, *in_head, *in_index)
        elif kind == "u":
            state.unmerged.append(rest.split(" ", 9)[9])
        elif kind == "!":
            state.ignored.append(rest)
        elif kind == "?":  # a removal that is staged while the file stands there came before
            state.entries.setdefault(rest, Entry(rest, None, None, None, None))


def _present(mode: str, blob: str) -> tuple[bytes, str] | tuple[None, None]:
    return (mode.encode(), blob) if blob.strip("0") else (None, None)

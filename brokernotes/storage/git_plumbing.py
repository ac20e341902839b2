"""What a commit asks of git, one function a process.

`git_commit` decides; here stands how git is told: porcelain v2 read, blobs stored,
index and HEAD written without hooks.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.storage.git import Repository

# base, ours, theirs → the merged bytes; None: ask `git merge-file`.
Merge = Callable[[bytes, bytes, bytes], bytes | None]
# Mode and blob; None: no such path.
Slot = tuple[bytes, str] | None

_NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
# Loose objects whatever the settings say, not a pack for each note; what is unpacked
# at once need not be packed tightly.
_MOST_PATHS = 200
_LOOSE = ("-c", "fastimport.unpackLimit=100", "-c", "pack.compression=0")
_STATUS = (
    *("status", "--porcelain=v2", "--branch", "-z", "--no-ahead-behind", "--no-renames"),
    *("--untracked-files=all", "--ignored=matching", "--ignore-submodules=all", "--"),
)


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

    def is_ignored(self, path: str) -> bool:
        """Whether git leaves a path alone, or a folder it lies in."""
        return any(
            path == ignored or (ignored.endswith("/") and path.startswith(ignored))
            for ignored in self.ignored
        )


def read_state(repository: Repository, paths: Iterable[str]) -> State:
    """HEAD, and of each path what HEAD and the index hold, by one process."""
    state = State()
    wanted = list(paths)
    # A look at everything costs less than thousands of paths to compare with.
    asked = wanted if len(wanted) <= _MOST_PATHS else []
    out = repository.run(*_STATUS, *asked).out
    _read_records(state, out)
    if not asked:
        known = set(wanted) | {unicodedata.normalize("NFC", path) for path in wanted}
        state.entries = {path: one for path, one in state.entries.items() if path in known}
        state.unmerged = [path for path in state.unmerged if path in known]
    return state


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


class Blobs:
    """Git's store of texts, for one commit."""

    def __init__(self, repository: Repository, merge: Merge | None) -> None:
        self._repository = repository
        self._merge = merge
        self._stored: dict[str, tuple[bytes, str]] = {}

    def store_all(self, texts: Mapping[str, bytes]) -> None:
        """Store many files by one process, which reads them where they were written.

        Args:
            texts: what stands in each file, by path; a file that holds something else by now,
                or whose name git would not read from a list, is stored by itself later.
        """
        top = self._repository.top
        listed = [path for path, data in texts.items() if _holds(f"{top}/{path}", path, data)]
        stdin = "".join(f"{path}\n" for path in listed).encode("utf-8", "surrogateescape")
        answer = self._repository.run("hash-object", "-w", "--stdin-paths", stdin=stdin)
        blobs = answer.out.decode().split()
        if len(blobs) == len(listed):
            self._stored = {
                path: (texts[path], blob) for path, blob in zip(listed, blobs, strict=True)
            }

    def store(self, path: str, data: bytes) -> str:
        """Store a file's bytes as git would add them: attributes of its path apply."""
        known = self._stored.get(path)
        if known is not None and known[0] == data:
            return known[1]
        answer = self._repository.run("hash-object", "-w", "--stdin", f"--path={path}", stdin=data)
        return answer.out.decode().strip()

    def merged(self, ours: str, base: str, theirs: str) -> str | None:
        """`ours` with the change from `base` to `theirs`; None when they conflict."""
        if ours == base:
            return theirs
        if base == theirs:
            return ours
        texts = self._read([base, ours, theirs])
        result = self._merge(*texts) if self._merge else None
        if result is None:
            result = merge_file(self._repository, *texts)
        if result is None:
            return None
        answer = self._repository.run("hash-object", "-w", "--stdin", "--no-filters", stdin=result)
        return answer.out.decode().strip()

    def _read(self, blobs: Sequence[str]) -> list[bytes]:
        out = self._repository.run("cat-file", "--batch", stdin="\n".join(blobs).encode()).out
        texts = []
        for _ in blobs:
            header, _, out = out.partition(b"\n")
            size = int(header.split(b" ")[2])
            texts.append(out[:size])
            out = out[size + 1 :]
        return texts


def merge_file(repository: Repository, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """`ours` with the change from `base` to `theirs`, by lines; None when they conflict."""
    from tempfile import TemporaryDirectory

    # In the git folder: a note's text has no business in a shared /tmp.
    with TemporaryDirectory(prefix="brokernotes-", dir=repository.folder) as folder:
        names = [os.path.join(folder, name) for name in ("ours", "base", "theirs")]
        for name, data in zip(names, (ours, base, theirs), strict=True):
            with open(name, "wb") as file:
                file.write(data)
        answer = repository.run("merge-file", "-p", "-q", *names, check=False)
    return None if answer.code else answer.out


def update_index(repository: Repository, wanted: Mapping[str, Slot], null: str) -> None:
    """Set entries of the real index; all others stay as they are.

    Args:
        repository: whose index it is.
        wanted: by path; None takes it out.
        null: the blob id of nothing, as long as this repository's ids.
    """
    lines = []
    for path, slot in wanted.items():
        mode, blob = slot or (b"0", null)
        lines.append(b"%s %s 0\t%s\0" % (mode, blob.encode(), _bytes(path)))
    if lines:
        repository.run(*_NO_HOOKS, "update-index", "-z", "--index-info", stdin=b"".join(lines))


def write_commit(
    repository: Repository, head: str | None, tree: Mapping[str, Slot], header: bytes
) -> str:
    """Write trees, the commit and HEAD, by one process.

    Args:
        repository: where.
        head: the parent, which HEAD must still be then; None: the branch has no commit yet.
        tree: what differs from the parent, by path; None removes it.
        header: the commit's `author`, `committer` and `data`, as `git fast-import` reads them.

    Returns:
        The commit's id.
    """
    lines = [b"commit HEAD\nmark :1\n", header]
    if head is not None:
        lines.append(f"from {head}\n".encode())
    for path, slot in tree.items():
        quoted = _quoted(path)
        if slot is None:
            lines.append(b"D %s\n" % quoted)
        else:
            lines.append(b"M %s %s %s\n" % (slot[0], slot[1].encode(), quoted))
    lines.append(b"\nget-mark :1\ndone\n")
    arguments = ("fast-import", "--quiet", "--done", "--date-format=now")
    answer = repository.run(*_NO_HOOKS, *_LOOSE, *arguments, stdin=b"".join(lines))
    return answer.out.decode().strip()


def _holds(file: str, path: str, data: bytes) -> bool:
    if "\n" in path or path.startswith('"'):
        return False
    try:
        with open(file, "rb") as stream:
            return stream.read(len(data) + 1) == data
    except OSError:
        return False


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _quoted(path: str) -> bytes:
    raw = _bytes(path)
    for plain, escaped in ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n")):
        raw = raw.replace(plain, escaped)
    return b'"' + raw + b'"'

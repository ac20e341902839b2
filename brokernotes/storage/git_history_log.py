"""Git's history as a stream: each commit with the files it changed against each parent.

One `git log --raw` for the commits, one `git cat-file --batch` for the texts; what
is held in memory does not grow with the history.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.storage.git import GitRefusedError, Repository
from brokernotes.storage.git_commit import TRAILER
from brokernotes.storage.reading import MAX_SIZE

# Every parent of a merge on its own, first commits too, paths as they are; whatever the
# person's settings say. `--parents` makes a shallow clone's oldest commits say they have none.
_SETTINGS = ("-c", "log.showRoot=true", "-c", "log.diffMerges=separate", "-c", "log.follow=false")
_LOG = (
    *("log", "-m", "--full-history", "--topo-order", "--reverse", "--parents", "--raw", "-z"),
    *("--no-abbrev", "--no-renames", "--pretty=raw", "--encoding=UTF-8", "--no-decorate"),
    *("--no-notes", "--no-color", "--no-show-signature", "--no-mailmap", "--no-ext-diff"),
    "--ignore-submodules=all",
)
_CHUNK = 1 << 16
_PIPE = 4000  # bytes that every system's pipes hold
_FILES = ("100644", "100755", "100664")


class FileChange(NamedTuple):
    """One file that differs from a parent's.

    Attributes:
        path: git's own.
        old: blob in the parent; None: it was no file there.
        new: blob in the commit; None: it is no file.
    """

    path: str
    old: str | None
    new: str | None


@dataclass(slots=True)
class ReadCommit:
    """One commit as git tells it.

    Attributes:
        id: in full.
        parents: their ids.
        author: name and address; likewise `committer`.
        authored: seconds since 1970.
        committed: likewise.
        subject: first line of its message.
        operation: of its trailer; None: no command of ours made it.
        changes: by id of the parent, the files that differ; of a first commit by `""`.
    """

    id: str
    parents: tuple[str, ...]
    author: str = ""
    email: str = ""
    authored: int = 0
    committed: int = 0
    subject: str = ""
    operation: str | None = None
    changes: dict[str, list[FileChange]] = field(default_factory=dict)


def read_commits(
    repository: Repository, head: str, last: str | None = None
) -> Iterator[ReadCommit]:
    """The commits that led to one, parents before children.

    Args:
        repository: of the vault.
        head: the commit.
        last: only what came after this one.

    Raises:
        GitRefusedError: git would not.
    """
    wanted = f"{last}..{head}" if last else head
    with _running(repository, *_SETTINGS, *_LOG, wanted, "--") as (_, out):
        commit: ReadCommit | None = None
        files: list[FileChange] = []
        tokens = _tokens(out)
        for token in tokens:
            if token.startswith(b":"):
                files.append(_file_change(token, next(tokens)))
            elif token:
                found, parent, meta = _read_head(token)
                if commit is None or commit.id != found.id:
                    if commit is not None:
                        yield commit
                    commit = found
                files = commit.changes.setdefault(parent, [])
                if meta:
                    files.append(_file_change(meta, next(tokens)))
        if commit is not None:
            yield commit


def count_commits(repository: Repository, head: str, last: str | None = None) -> int:
    """How many `read_commits` will tell.

    Raises:
        GitRefusedError: git would not.
    """
    wanted = f"{last}..{head}" if last else head
    return int(repository.run("rev-list", "--count", wanted, "--").out or 0)


@contextmanager
def _running(repository: Repository, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A git that runs meanwhile; its failure is told when it ends."""
    with tempfile.TemporaryFile() as complaints:
        process = repository.begin(*arguments, complaints=complaints.fileno()).popen
        assert process.stdin is not None
        assert process.stdout is not None
        is_over = False
        try:
            yield process.stdin, process.stdout
            is_over = True
        finally:
            if not is_over:
                process.kill()
            process.stdin.close()
            process.stdout.close()
            process.wait()
        if process.returncode:
            complaints.seek(0)
            complaint = complaints.read().decode(errors="replace").strip()
            raise GitRefusedError(N_("git refused: {complaint}"), complaint=complaint)


def _tokens(out: IO[bytes]) -> Iterator[bytes]:
    """What stands between NUL bytes."""
    held = b""
    while chunk := out.read(_CHUNK):
        *whole, held = (held + chunk).split(b"\0")
        yield from whole
    if held:
        yield held


def _file_change(meta: bytes, path: bytes) -> FileChange:
    old_mode, new_mode, old, new, _ = meta[1:].decode("ascii").split(" ")
    name = path.decode("utf-8", "surrogateescape")
    return FileChange(
        name, old if old_mode in _FILES else None, new if new_mode in _FILES else None
    )


def _read_head(token: bytes) -> tuple[ReadCommit, str, bytes]:
    """A commit without its files, the parent it is compared with, and its first file."""
    text, _, last = token.rpartition(b"\n")
    meta = last if last.startswith(b":") else b""
    lines = (text if meta else token).decode("utf-8", "replace").split("\n")
    names, is_from, parent = lines[0].removeprefix("commit ").partition(" (from ")
    id_, *parents = names.split(" ")
    parent = parent.rstrip(")") if is_from else (parents[0] if parents else "")
    commit = ReadCommit(id_, tuple(parents))
    message = []
    for line in lines[1:]:
        if line.startswith("    "):
            message.append(line[4:])
        elif line.startswith("author "):
            commit.author, commit.email, commit.authored = _read_person(line)
        elif line.startswith("committer "):
            commit.committed = _read_person(line)[2]
    commit.subject = next((line.strip() for line in message if line.strip()), "")
    for line in message:
        if line.startswith(f"{TRAILER}: "):
            commit.operation = line.partition(": ")[2].strip() or None
    return commit, parent, meta


def _read_person(line: str) -> tuple[str, str, int]:
    """Name, address and time; a damaged line tells what it can."""
    person, _, when = line.partition(" ")[2].rpartition("> ")
    name, _, email = person.rpartition(" <")
    seconds = when.split(" ")[0]
    return name.strip(), email.strip(), int(seconds) if seconds.lstrip("-").isdecimal() else 0


class Texts:
    """The texts git keeps, asked from one process.

    Args:
        ask: git's input.
        out: its output.
    """

    def __init__(self, ask: IO[bytes], out: IO[bytes]) -> None:
        self._ask = ask
        self._out = out

    def read(self, names: Sequence[str]) -> list[tuple[str | None, bytes | None]]:
        """Blob and bytes of each name; None: there is no such; no bytes: it is too big.

        Args:
            names: blobs, or `COMMIT:PATH`; one with a line end in it is not found.
        """
        found = []
        for piece in _small(names):
            self._ask.write(b"".join(piece))
            self._ask.flush()
            found += [self._read_one() for _ in piece]
        return found

    def _read_one(self) -> tuple[str | None, bytes | None]:
        head = self._out.readline().rstrip(b"\n").split(b" ")
        if len(head) < 3 or not head[-1].isdigit():  # `NAME missing`, `NAME ambiguous`
            return None, None
        blob, kind, size = head[0].decode("ascii"), head[1], int(head[2])
        data = self._out.read(size + 1)[:size]
        if kind != b"blob":
            return None, None
        return blob, data if size <= MAX_SIZE else None


def _small(names: Sequence[str]) -> Iterator[list[bytes]]:
    """Names as lines, in pieces that a pipe holds: neither side waits for the other."""
    piece: list[bytes] = []
    room = _PIPE
    for name in names:
        line = name.replace("\n", "\1").encode("utf-8", "surrogateescape") + b"\n"
        if piece and len(line) > room:
            yield piece
            piece, room = [], _PIPE
        piece.append(line)
        room -= len(line)
    if piece:
        yield piece


@contextmanager
def texts_of(repository: Repository) -> Iterator[Texts]:
    """The texts of a repository, while the process that tells them runs.

    Raises:
        GitRefusedError: git is absent.
    """
    with _running(repository, "cat-file", "--batch") as (ask, out):
        yield Texts(ask, out)
        ask.close()

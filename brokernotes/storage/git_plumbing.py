"""What a commit tells git, one function a process.

`git_commit` decides; here stands how git is told: texts stored, objects, index and HEAD written
without hooks. What git says of the paths is read in `git_state`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from brokernotes.storage.git import Repository
from brokernotes.storage.git_processes import Process
from brokernotes.storage.git_state import Slot

# base, ours, theirs → the merged bytes; None: ask `git merge-file`.
Merge = Callable[[bytes, bytes, bytes], bytes | None]

_NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
# Loose objects whatever the settings say, not a pack for each note; what is unpacked
# at once need not be packed tightly, nor wait for the disk: the pack goes when it is unpacked.
_LOOSE = ("-c", "fastimport.unpackLimit=100", "-c", "pack.compression=0")
_UNSYNCED = ("-c", "core.fsync=-pack")
# What says how careful git is to be with the disk. Who set it is obeyed.
FSYNC_SETTINGS = ("core.fsync", "core.fsyncobjectfiles")
_LONGEST = 1000  # characters of a subject in the reflog
_NEXT = "refs/brokernotes/next"  # never made: the commit is written under it, then it is reset


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


def begin_index(repository: Repository, wanted: Mapping[str, Slot], null: str) -> Process:
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
    process = repository.begin(*_NO_HOOKS, "update-index", "-z", "--index-info")
    process.tell(b"".join(lines))
    return process


def begin_commit(
    repository: Repository, head: str | None, tree: Mapping[str, Slot], header: bytes
) -> Process:
    """Write trees and the commit, which nothing names yet; its id is the answer.

    Args:
        repository: where.
        head: the parent; None: the branch has no commit yet.
        tree: what differs from the parent, by path; None removes it.
        header: the commit's `author`, `committer` and `data`, as `git fast-import` reads them.
    """
    lines = [b"commit %s\nmark :1\n" % _NEXT.encode(), header]
    if head is not None:
        lines.append(f"from {head}\n".encode())
    for path, slot in tree.items():
        quoted = _quoted(path)
        if slot is None:
            lines.append(b"D %s\n" % quoted)
        else:
            lines.append(b"M %s %s %s\n" % (slot[0], slot[1].encode(), quoted))
    lines.append(b"\nget-mark :1\nreset %s\n\ndone\n" % _NEXT.encode())
    is_left_to_us = all(repository.config(name) is None for name in FSYNC_SETTINGS)
    settings = (*_NO_HOOKS, *_LOOSE, *(_UNSYNCED if is_left_to_us else ()))
    process = repository.begin(*settings, "fast-import", "--quiet", "--done", "--date-format=now")
    process.tell(b"".join(lines))
    return process


def move_head(
    repository: Repository, commit: str, head: str | None, subject: str, null: str
) -> None:
    """Let HEAD name a commit.

    Args:
        repository: whose HEAD it is.
        commit: from `begin_commit`.
        head: what HEAD must still be; None: nothing yet.
        subject: for the reflog.
        null: the id of nothing.

    Raises:
        GitRefusedError: HEAD is something else by now, or git would not.
    """
    told = ("update-ref", "-m", f"commit: {subject[:_LONGEST]}", "HEAD", commit, head or null)
    repository.run(*_NO_HOOKS, *told)


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

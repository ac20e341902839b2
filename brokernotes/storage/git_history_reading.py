"""The pass over git's history: which note each file was, and what each commit did to it.

A note is followed by its id, else by its path. Commits come parents before
children, so of each note the last version is nearly always at hand.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice

from brokernotes.model.folding import fold
from brokernotes.notes.version_reading import VersionReader
from brokernotes.notes.versions import Version, blind, difference
from brokernotes.storage.git import Repository
from brokernotes.storage.git_history_graph import Graph
from brokernotes.storage.git_history_lineages import Lineages
from brokernotes.storage.git_history_log import (
    FileChange,
    ReadCommit,
    Texts,
    count_commits,
    read_commits,
    texts_of,
)
from brokernotes.storage.git_history_rows import Step
from brokernotes.storage.git_history_store import Store
from brokernotes.storage.git_history_versions import read_version
from brokernotes.storage.walking import LEFT_OUT

_COMMITS_AT_ONCE = 100
_REMEMBERED = 1500  # versions held from one commit to the next
_AT_ONCE = 30_000  # versions held while the commits they came with are worked out
_TOLD_EVERY = 50  # files
_Files = dict[int, tuple[str | None, str | None, str | None, str | None]]  # old, its path, new, …

# Given what says how many commits there are, says how many were read: with fractions, for a
# commit may hold ten thousand files.
Tell = Callable[[float], None]
Progress = Callable[[Callable[[], int]], Tell]


class Pass:
    """Reads commits and keeps what they did.

    Args:
        store: where it is kept.
        repository: of the vault.
        reader: of notes, by the vault's rules.
    """

    def __init__(self, store: Store, repository: Repository, reader: VersionReader) -> None:
        self._store = store
        self._repository = repository
        self._reader = reader
        self._prefix = repository.prefix
        self._lineages = Lineages(store)
        self._graph = Graph(store)
        self._versions: OrderedDict[tuple[str, str], Version | None] = OrderedDict()
        self._room = _REMEMBERED
        self._tell: Tell = lambda _: None
        self._texts: Texts

    def run(self, head: str, last: str | None, progress: Progress) -> None:
        """Read what led from one commit to another.

        Args:
            head: the other.
            last: the one that was read last; None: read all.
            progress: see `Progress`.

        Raises:
            GitRefusedError: git would not.
        """
        starts = shallow_commits(self._repository)
        commits = read_commits(self._repository, head, last)
        self._tell = progress(lambda: count_commits(self._repository, head, last))
        done = 0
        with texts_of(self._repository) as self._texts:
            while some := list(islice(commits, _COMMITS_AT_ONCE)):
                self._read(some, starts, done)
                done += len(some)
        self._tell(done)

    def _read(self, some: Sequence[ReadCommit], starts: Container[str], done: int) -> None:
        """Work out what some commits did; their texts are asked for at once."""
        for commit in some:
            commit.changes = {
                parent: [one for one in files if self._may_be_note(one.path)]
                for parent, files in commit.changes.items()
            }
        files = [
            sum(map(len, commit.changes.values())) for commit in some
        ]  # fmt: skip
        share = len(some) / (2 * sum(files) or 1)  # asking takes as long as working out
        self._fetch(self._wanted(some), lambda count: self._tell(done + share * count))
        count = sum(files)
        for commit, of_commit in zip(some, files, strict=True):
            c, parents = self._graph.add(commit)
            self._store.add_commit(c, commit, parents=parents, is_start=commit.id in starts)
            for at, step in enumerate(self._steps(c, commit)):
                is_loss = any(before is not None for _, before, _ in step.changes.entries)
                self._store.add_step(step, is_loss=is_loss)
                if at % _TOLD_EVERY == 0:
                    self._tell(done + share * (count + at))
            count += of_commit

    def _may_be_note(self, path: str) -> bool:
        """Whether a walk over the vault's folders would meet the file."""
        if not path.startswith(self._prefix) or not path.lower().endswith(".md"):
            return False
        parts = path[len(self._prefix) :].split("/")
        if any(part.startswith(".") for part in parts) or not _is_text(path):
            return False
        return len(parts) == 1 or fold(parts[0]) not in LEFT_OUT

    # -- versions

    def _wanted(self, commits: Iterable[ReadCommit]) -> list[tuple[str, str]]:
        found = {
            (blob, one.path): None
            for commit in commits
            for files in commit.changes.values()
            for one in files
            for blob in (one.new, one.old)
            if blob
        }
        return [one for one in found if one not in self._versions]

    def _fetch(self, wanted: Sequence[tuple[str, str]], tell: Tell) -> None:
        """Read the versions that commits bring; all are held, for each is looked at again."""
        self._room = max(_REMEMBERED, min(len(wanted), _AT_ONCE))
        for at in range(0, len(wanted), _TOLD_EVERY):
            some = wanted[at : at + _TOLD_EVERY]
            told = self._texts.read([blob for blob, _ in some])
            for (blob, path), (_, data) in zip(some, told, strict=True):
                self._keep(blob, path, data)
            tell(at)

    def _keep(self, blob: str, path: str, data: bytes | None) -> Version | None:
        found = read_version(self._reader, path.removeprefix(self._prefix), data)
        self._versions[blob, path] = found
        while len(self._versions) > self._room:
            self._versions.popitem(last=False)
        return found

    def _version(self, blob: str | None, path: str | None) -> Version | None:
        """A note's text in git, read; None: there is no such, or it is no note."""
        if blob is None or path is None:
            return None
        known = (blob, path)
        if known in self._versions:
            self._versions.move_to_end(known)
            return self._versions[known]
        ((_, data),) = self._texts.read([blob])
        return self._keep(blob, path, data)

    def _seen(self, n: int, version: Version | None) -> Version | None:
        """A version, or, where it cannot be read, what its note said when it last could be."""
        if version is None or not version.is_blind:
            return version
        for blob, path in self._store.files_before(n):
            before = self._version(blob, self._prefix + path)
            if before is not None and not before.is_blind:
                return blind(version, before)
        return version

    # -- commits

    def _steps(self, c: int, commit: ReadCommit) -> Iterator[Step]:
        """What a commit did, note by note."""
        by_parent = [self._files(commit.changes.get(one, ())) for one in commit.parents or ("",)]
        numbers = dict.fromkeys(n for files in by_parent for n in files)
        for n in numbers:
            there = next(files[n] for files in by_parent if n in files)
            after = self._seen(n, self._version(there[2], there[3]))
            parents = [
                self._seen(n, self._version(files[n][0], files[n][1])) if n in files else after
                for files in by_parent
            ]
            base = None
            if len(parents) > 1:
                paths = dict.fromkeys(
                    path for files in by_parent if n in files for path in files[n][1::2] if path
                )
                # Before the branches parted it may have stood elsewhere.
                paths |= dict.fromkeys(self._prefix + at for _, at in self._store.files_before(n))
                base = self._base(commit, n, list(paths))
            changes = difference(after, parents, base)
            known = after or next((one for one in parents if one is not None), None)
            if known is not None and (changes or after is not None):
                blob = there[2] if after is not None else None
                yield Step(n, c, blob, known.path, known.id, changes)

    def _files(self, files: Iterable[FileChange]) -> _Files:
        """By note, the file it was in the parent and the one it is in the commit."""
        lineages = self._lineages
        found: dict[int, list[str | None]] = {}
        files = list(files)
        came: list[tuple[FileChange, Version]] = []
        for one in files:
            old = self._version(one.old, one.path)
            new = self._version(one.new, one.path)
            n = lineages.at(one.path)
            if (
                old is not None and n is None
            ):  # a note by its new text only, or met for the first time
                n = lineages.make(one.path, old.id)
            if old is not None and n is not None:
                is_other = new is not None and lineages.is_other(n, old.id, new.id)
                if new is not None and not is_other:
                    found[n] = [one.old, one.path, one.new, one.path]
                    lineages.stay(n, one.path, new.id)
                    continue
                found[n] = [one.old, one.path, None, None]
            if new is not None:
                came.append((one, new))
        gone = {n: files for n, files in found.items() if files[2] is None}
        for n in gone:
            lineages.leave(n)
        for one, new in came:
            n = lineages.arrive(one.path, new.id, one.new, {n: f[0] for n, f in gone.items()})
            if n in found and found[n][2] is None:
                found[n][2:] = [one.new, one.path]
                gone.pop(n, None)
            else:
                found.setdefault(n, [None, None, one.new, one.path])
        return {n: (one[0], one[1], one[2], one[3]) for n, one in found.items()}

    def _base(
        self, commit: ReadCommit, n: int, paths: Sequence[str]
    ) -> Callable[[int, int], list[Version | None]]:
        def base(i: int, j: int) -> list[Version | None]:
            found: list[Version | None] = []
            for id_ in self._graph.bases(commit.parents[i], commit.parents[j]):
                told = self._texts.read([f"{id_}:{path}" for path in paths])
                there: Version | None = None
                for path, (blob, data) in zip(paths, told, strict=True):
                    if blob is None:
                        continue
                    known = (blob, path)
                    one = (
                        self._versions[known]
                        if known in self._versions
                        else self._keep(blob, path, data)
                    )
                    if one is not None and (not one.id or self._lineages.is_of(n, one.id)):
                        there = one
                found.append(self._seen(n, there))
            return found or [None]

        return base


def _is_text(path: str) -> bool:
    """Whether a path is UTF-8; other files are no notes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def shallow_commits(repository: Repository) -> frozenset[str]:
    """The commits whose parents this clone lacks."""
    folder = repository.folder or ""
    try:
        with open(os.path.join(folder, "commondir"), encoding="utf-8") as file:
            folder = os.path.join(folder, file.read().strip())
    except OSError:
        pass  # no linked worktree: the folder is the one
    try:
        with open(os.path.join(folder, "shallow"), encoding="ascii") as file:
            return frozenset(file.read().split())
    except OSError:
        return frozenset()

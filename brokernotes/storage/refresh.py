"""Bringing the index up to date with the files: added, modified, removed.

One scan is compared with the snapshot of the last one, and only what differs is
read. Notes on which a changed one bears are derived again (`storage.neighbours`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from brokernotes.errors import NotFoundError
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader, default_type
from brokernotes.storage import rows
from brokernotes.storage.index import Index, Snapshot
from brokernotes.storage.neighbours import agent_names
from brokernotes.storage.reading import read_text
from brokernotes.storage.storing import Deriving, NoteStore
from brokernotes.storage.walking import Scan, scan

# Two writes within one tick of the file system's clock leave one time behind, so a file as
# young as this when it is read is read again by the next refresh.
TICK_NS = 20_000_000
COARSE_TICK_NS = 2_000_000_000  # where times come in whole seconds (FAT, some network drives)
READ_ORDER = {"agent": 0, "community": 1, "listing": 2, "client": 3, "deal": 4, None: 5}

Progress = Callable[[Iterable[str], int], Iterable[str]]


@dataclass(slots=True)
class Refreshed:
    """What a refresh found.

    Attributes:
        added: paths of notes, sorted; likewise `modified` and `removed`.
        total: Markdown files in the vault.
    """

    added: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    total: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether every note was as before."""
        return not (self.added or self.modified or self.removed)


class _Changes(NamedTuple):
    added: list[str]
    modified: list[str]
    removed: list[str]


class _ColleaguesChangedError(Exception):
    """Everybody's follow-ups depend on who is here: everything is read anew."""


def refresh(  # noqa: PLR0913
    root: str,
    index: Index,
    rules: Rules,
    deriving: Deriving,
    *,
    today: date,
    clock_ns: int,
    progress: Progress | None = None,
) -> Refreshed:
    """Bring an index up to date, in one transaction.

    Args:
        root: of the vault.
        index: to be refreshed; a new one is filled and published.
        rules: of the vault.
        deriving: what is computed for each note.
        today: for the few results that depend on it.
        clock_ns: the system's time before this call; younger files are read again next time.
        progress: wraps the paths that are read, given with their number.
    """
    found = scan(root)
    before, racy = index.snapshot()
    racy |= _stale(index, today)
    scan_state = rows.to_json([found.others, [repr(one) for one in found.problems]])
    scan_digest = hashlib.blake2b(scan_state.encode("utf-8", "surrogatepass")).digest()
    is_same = found.notes == before and not racy and not index.is_new
    if is_same and index.meta("scan") == scan_digest:
        return Refreshed(total=len(before))
    job = _Refresh(root, index, rules, deriving, today)
    try:
        result = job.run(found, clock_ns, scan_digest, progress)
    except _ColleaguesChangedError:
        index.rebuild()
        job = _Refresh(root, index, rules, deriving, today)
        result = job.run(found, clock_ns, scan_digest, progress)
    index.publish()
    return result


def _stale(index: Index, today: date) -> frozenset[str]:
    sql = "SELECT path FROM note WHERE stale_from <= ?"
    return frozenset(path for (path,) in index.db.execute(sql, (today.isoformat(),)))


def _compare(files: Snapshot, before: Snapshot, racy: frozenset[str]) -> _Changes:
    added = [path for path in files if path not in before]
    modified = [
        path
        for path, stamp in files.items()
        if path in before and (before[path] != stamp or path in racy)
    ]
    removed = [path for path in before if path not in files]
    return _Changes(added, modified, removed)


def _racy(files: Snapshot, clock_ns: int) -> frozenset[str]:
    """Files so young that a later write may leave the same time behind."""
    fine, coarse = clock_ns - TICK_NS, clock_ns - COARSE_TICK_NS
    return frozenset(
        path
        for path, (_, modified, changed, _) in files.items()
        if modified >= fine
        or changed >= fine
        or (modified >= coarse and modified % 1_000_000_000 == 0)
    )


class _Refresh:
    """One refresh, under way."""

    def __init__(
        self, root: str, index: Index, rules: Rules, deriving: Deriving, today: date
    ) -> None:
        self.root = root
        self.index = index
        self.rules = rules
        self.is_first = index.is_new
        self.store = NoteStore(index, rules, deriving, today)
        self.result = Refreshed()

    def run(
        self, found: Scan, clock_ns: int, scan_digest: bytes, progress: Progress | None
    ) -> Refreshed:
        index = self.index
        with index.writing():
            # Another process may have refreshed while this one waited to write.
            before, racy = index.snapshot()
            changes = _compare(found.notes, before, racy | _stale(index, self.store.today))
            self._apply(changes, progress)
            self._store_scan(found, scan_digest)
            index.set_snapshot(found.notes, _racy(found.notes, clock_ns))
            if not self.result.is_unchanged:
                index.set_meta("generation", index.generation + 1)
        for paths in (self.result.added, self.result.modified, self.result.removed):
            paths.sort()
        self.result.total = len(found.notes)
        return self.result

    def _apply(self, changes: _Changes, progress: Progress | None) -> None:
        store = self.store
        for path in changes.removed:
            if store.remove(path):
                self.result.removed.append(path)
        store.add_stubs(
            [(path, default_type(path)) for path in changes.added if default_type(path)]
        )
        added = frozenset(changes.added)
        paths = sorted((*changes.added, *changes.modified), key=_read_order)
        count = sum(default_type(path) == "agent" for path in paths)
        colleagues = self.index.meta("colleagues")
        self._read(NoteReader(self.rules), paths[:count], added)
        now = store.neighbours.read_agents()
        if colleagues is not None and now != colleagues:
            raise _ColleaguesChangedError
        self.index.set_meta("colleagues", now)
        if self.is_first:
            store.neighbours.pending.update(store.derived)  # agents met before all were known
        reader = NoteReader(self.rules, agent_names(self.index.db))
        rest: Iterable[str] = paths[count:]
        if progress and len(paths) > 1:
            rest = progress(rest, len(paths) - count)
        self._read(reader, rest, added)
        store.flush()
        if self.is_first:
            self.index.make_search_indexes()
            store.derive_waiting()
        self._derive_again(reader)

    def _read(self, reader: NoteReader, paths: Iterable[str], added: frozenset[str]) -> None:
        kind: str | None = ""
        for path in paths:
            if kind != (kind := default_type(path)):
                self.store.flush()  # the rows of one kind are looked up by the next
            self._read_one(reader, path, is_added=path in added)
        self.store.flush()

    def _read_one(self, reader: NoteReader, path: str, *, is_added: bool) -> None:
        try:
            source = read_text(self.root, path)
        except NotFoundError:
            return  # removed since the scan; the next one sees that
        store = self.store
        n = store.number(path)
        digest = hashlib.blake2b(source.data, digest_size=16).digest()
        if not is_added and n is not None and store.is_same(n, digest):
            return
        if default_type(path) is None and not reader.is_note(path, source.text):
            if n is not None:
                store.remove(path)
                self.result.removed.append(path)
            store.add_target(path)
            return
        if n is None:
            n = store.add_stub(path)
        note = reader.read(path, source.text)
        note.problems.extend(source.problems)
        store.put(n, note, digest)
        (self.result.added if is_added else self.result.modified).append(path)

    def _derive_again(self, reader: NoteReader) -> None:
        store = self.store
        for n in sorted(store.neighbours.settle()):
            path = store.path(n)
            if path is None:
                continue
            try:
                source = read_text(self.root, path)
            except NotFoundError:
                continue
            store.derive_again(n, reader.read(path, source.text))
        store.flush()

    def _store_scan(self, found: Scan, digest: bytes) -> None:
        """Names of the files that are no notes, and what the scan could not take."""
        if self.index.meta("scan") != digest:
            self.store.put_scan(found.others, found.problems)
            self.index.set_meta("scan", digest)


def _read_order(path: str) -> tuple[int, str]:
    return READ_ORDER[default_type(path)], path

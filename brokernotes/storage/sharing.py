"""A second process, which reads half of a big vault.

It is forked from the one that fills the index, reads its share of the notes and derives
them. Where notes bear on those that are read after them the two tell each other what
they found. Rows go through a file; the first process writes them into the index at the
end. If the second is lost, the index is filled by one alone.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from signal import SIGKILL
from typing import TYPE_CHECKING, Any, Protocol

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.told import Found, HelperLostError

if TYPE_CHECKING:
    from brokernotes.storage.refresh import Progress
    from brokernotes.storage.rows import Row, Write

OWN, OF = 9, 20  # so many of so many notes are the first one's, which also writes all rows


class _Stages(NamedTuple):
    """Paths in the order in which they are read.

    Attributes:
        before: by one process alone.
        shared: together; those of one list do not bear on each other.
        after: by one process alone.
    """

    before: list[str]
    shared: list[list[str]]
    after: list[str]


class Shared(Protocol):
    """What two processes can do together."""

    def read(self, path: str) -> None:
        """Read and derive one note."""

    def found(self, *, is_last: bool) -> Found:
        """What was learned since this was asked the last time."""

    def take(self, found: Found) -> None:
        """Learn what the other process found."""

    def begin_helping(self, write: Write) -> None:
        """Be the second process, and hand rows to this."""

    def flush(self) -> None:
        """Write the rows kept back."""

    def write(self, table: str, rows: list[Row]) -> None:
        """Write rows into the index."""


def can_share() -> bool:
    """Whether there is a second core, and a system that forks well."""
    if sys.platform == "darwin" or not hasattr(os, "sched_getaffinity"):
        return False
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return False  # a lock that another thread holds would be held for ever in the copy
    return len(os.sched_getaffinity(0)) > 1


def read_all(
    work: Shared,
    paths: list[str],
    types: list[str | None],
    progress: Progress | None,
    folder: str | None,
) -> None:
    """Read every note of a big vault, by two processes where that can be.

    Args:
        work: what reads them.
        paths: of the notes, in the order of their links.
        types: of each, as far as its folder says.
        progress: wraps what this process reads itself.
        folder: for the file that holds the rows meanwhile; None: the system's.

    Raises:
        HelperLostError: the second process did not finish; what was read is to be thrown away.
    """
    if can_share():
        _read_shared(work, _stages(paths, types), progress, folder)
        return
    for path in progress(paths, len(paths)) if progress else paths:
        work.read(path)


def _stages(paths: list[str], types: list[str | None]) -> _Stages:
    """What may be read together.

    Args:
        paths: of the notes, in the order of their links.
        types: of each, as far as its folder says.
    """
    of = dict(zip(paths, types, strict=True))
    return _Stages(
        [path for path in paths if of[path] == "agent"],
        [
            [path for path in paths if of[path] in ("community", "client")],
            [path for path in paths if of[path] == "listing"],
        ],
        [path for path in paths if of[path] in ("deal", None)],
    )


def _read_shared(
    work: Shared, asked: _Stages, progress: Progress | None, folder: str | None
) -> None:
    own = [[path for i, path in enumerate(stage) if i % OF < OWN] for stage in asked.shared]
    theirs = [[path for i, path in enumerate(stage) if i % OF >= OWN] for stage in asked.shared]
    all_own = [*asked.before, *(path for stage in own for path in stage), *asked.after]
    walk = iter(progress(all_own, len(all_own)) if progress else all_own)
    for path in islice(walk, len(asked.before)):
        work.read(path)
    helper = _Helper(lambda line: _help(work, theirs, line), folder)
    try:
        for place, stage in enumerate(own, 1):
            for path in islice(walk, len(stage)):
                work.read(path)
            found = helper.line.receive()
            if place < len(own):
                helper.line.send(work.found(is_last=False))
            work.take(found)
        for path in walk:
            work.read(path)
        for table, rows in helper.rows():
            work.write(table, rows)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
        raise HelperLostError from error
    finally:
        helper.close()


def _help(work: Shared, shared: list[list[str]], line: _Line) -> None:
    """What the second process does."""
    work.begin_helping(line.keep)
    for place, stage in enumerate(shared, 1):
        for path in stage:
            work.read(path)
        if place == len(shared):
            work.flush()
            line.rows.flush()
        line.send(work.found(is_last=place == len(shared)))
        if place < len(shared):
            work.take(line.receive())


class _Line:
    """One end of what the two processes talk through.

    Args:
        incoming: descriptor of a pipe.
        outgoing: likewise.
        rows: the file for rows.
    """

    def __init__(self, incoming: int, outgoing: int, rows: Any) -> None:
        self._incoming = os.fdopen(incoming, "rb")
        self._outgoing = os.fdopen(outgoing, "wb")
        self.rows = rows

    def send(self, found: Found) -> None:
        """Tell the other process something."""
        pickle.dump(found, self._outgoing, pickle.HIGHEST_PROTOCOL)
        self._outgoing.flush()

    def receive(self) -> Found:
        """Wait for what the other process tells."""
        found: Found = pickle.load(self._incoming)  # from this program's own copy
        return found

    def keep(self, table: str, rows: list[Row]) -> None:
        """Put rows into the file."""
        pickle.dump((table, rows), self.rows, pickle.HIGHEST_PROTOCOL)

    def close(self) -> None:
        """Talk no more."""
        self._incoming.close()
        self._outgoing.close()


class _Helper:
    """The second process, as the first one sees it.

    Args:
        work: what it does.
        folder: for the file with its rows.
    """

    def __init__(self, work: Callable[[_Line], None], folder: str | None) -> None:
        self._rows = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        down, up = os.pipe(), os.pipe()
        self._pid = os.fork()
        if not self._pid:
            status = 1
            try:
                os.close(down[1])
                os.close(up[0])
                work(_Line(down[0], up[1], self._rows))
                status = 0
            finally:
                # Nothing of the first process may be ended, flushed or told twice.
                os._exit(status)
        os.close(down[0])
        os.close(up[1])
        self.line = _Line(up[0], down[1], self._rows)

    def rows(self) -> Iterator[tuple[str, list[Row]]]:
        """What it made, once it has told its last findings."""
        self._rows.seek(0, os.SEEK_END)
        end = self._rows.tell()
        self._rows.seek(0)
        while self._rows.tell() < end:
            yield pickle.load(self._rows)  # from this program's own copy

    def close(self) -> None:
        """End it, if it did not end by itself."""
        with suppress(BrokenPipeError):
            self.line.close()
        self._rows.close()
        os.kill(self._pid, SIGKILL)  # nobody waited for it yet, so the number is still its own
        os.waitpid(self._pid, 0)

"""Whether a watcher vouches for the index, so that a command need not look at the files.

A watcher sits in a folder beside the index. A command leaves a file there, which the watcher
is told of after everything that happened before it; when the index holds all of that, the
watcher renames the file. What is not answered in a moment is not waited for, and what nobody
vouches for is looked at.
"""

from __future__ import annotations

import contextlib
import os
import time

from brokernotes.storage.locking import WATCH_LOCK

SEAT = "watch"  # folder beside the index
ASKS, ANSWERS = "ask-", "yes-"
VOUCHES = "vouches"  # stands in the folder while the watcher is sure of being told everything

PATIENCE = 0.04  # seconds; a look at 10,000 files takes as long
_PAUSE = 0.0004
_FORGOTTEN = 60.0  # seconds after which a question has no command any more


def is_vouched_for(cache: str | None) -> bool:
    """Whether a watcher says that the index holds everything that happened before this call.

    Args:
        cache: folder of the vault's caches.
    """
    if cache is None:
        return False
    seat = os.path.join(cache, SEAT)
    if not os.path.exists(os.path.join(seat, VOUCHES)) or not _is_held(
        os.path.join(cache, WATCH_LOCK)
    ):
        return False
    name = f"{os.getpid()}-{time.monotonic_ns()}"
    asked, answer = os.path.join(seat, ASKS + name), os.path.join(seat, ANSWERS + name)
    try:
        os.close(os.open(asked, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False
    deadline = time.monotonic() + PATIENCE
    try:
        while not os.path.exists(answer):
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE)
        return True
    finally:
        for path in (answer, asked):
            with contextlib.suppress(OSError):
                os.unlink(path)


def _is_held(path: str) -> bool:
    """Whether a living process holds a lock; one that was killed left only its file."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)  # which lets go of it
    return False


class Seat:
    """Where a watcher answers.

    Args:
        cache: folder of the vault's caches, whose lock the watcher holds; None: nobody can ask.
    """

    def __init__(self, cache: str | None) -> None:
        self._cache = cache
        self.folder: str | None = None

    def take(self) -> None:
        """Sit down; what a watcher before left is cleared away, but no fresh question."""
        if self._cache is None:
            return
        folder = os.path.join(self._cache, SEAT)
        try:
            with contextlib.suppress(FileExistsError):
                os.mkdir(folder, 0o700)
            oldest = os.stat(folder).st_mtime - _FORGOTTEN
            for entry in list(os.scandir(folder)):
                if entry.name == VOUCHES or entry.stat().st_mtime < oldest:
                    os.unlink(entry.path)
        except OSError:
            self.folder = None
        else:
            self.folder = folder

    def vouch(self, is_sure: bool) -> None:
        """Say whether questions are worth asking."""
        if self.folder is None:
            return
        path = os.path.join(self.folder, VOUCHES)
        with contextlib.suppress(OSError):
            if is_sure:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
            else:
                os.unlink(path)

    def answer(self, asked: str) -> None:
        """Say yes to a question, by the path of its file."""
        folder, name = os.path.split(asked)
        if self.folder is None or not os.path.exists(asked):
            return
        with contextlib.suppress(OSError):
            os.replace(asked, os.path.join(folder, ANSWERS + name.removeprefix(ASKS)))

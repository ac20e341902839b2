"""What the system tells of a vault's files, by watchdog, and whether it can tell all of it.

An event is only a sign that something is not as it was: what it was is found by looking at
the files, so an event that is lost among others of its burst is no loss.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from brokernotes.model.folding import fold
from brokernotes.storage.freshness import ASKS, SEAT
from brokernotes.storage.walking import LEFT_OUT

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

# What is asked of the system. Not who opens and reads: that would be ourselves.
_ASKED = (
    "FileCreatedEvent",
    "FileModifiedEvent",
    "FileAttribEvent",
    "FileMovedEvent",
    "FileDeletedEvent",
    "DirCreatedEvent",
    "DirAttribEvent",
    "DirMovedEvent",
    "DirDeletedEvent",
)
# Disks whose files others change without this machine's system hearing of it.
_REMOTE = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "vboxsf", "prl_fs", "drvfs"),
        *("afs", "ceph", "glusterfs", "lustre", "davfs", "ncpfs", "vmhgfs", "gfs2", "ocfs2"),
    )
)


class Sign(StrEnum):
    """What an event means for a watcher."""

    CHANGE = "change"  # a note, or a file that notes may embed
    FOLDER = "folder"  # a folder came, went or moved, and files with it
    ASK = "ask"  # a command asks whether the index is current
    GONE = "gone"  # the vault's folder itself
    DOUBT = "doubt"  # events were lost


Tell = Callable[[Sign, str], None]


def sign_of(path: str, how: str, *, is_folder: bool) -> Sign | None:
    """What something that happened to a path means; None: nothing to the index.

    Args:
        path: relative to the vault, with `/`; empty for the vault's folder.
        how: `created`, `modified`, `attrib`, `moved` or `deleted`, as watchdog says it.
        is_folder: whether it is, or was, a folder.
    """
    if not path:
        return Sign.GONE if how in ("deleted", "moved") else None
    parts = path.split("/")
    if parts[-2:-1] == [SEAT] and parts[0].startswith("."):
        return Sign.ASK if parts[-1].startswith(ASKS) and how == "created" else None
    if any(part.startswith(".") for part in parts[:-1]):
        return None
    if fold(parts[0]) in _LEFT_OUT and (len(parts) > 1 or is_folder):
        return None
    name = parts[-1]
    if name.startswith("."):
        return Sign.CHANGE if name.endswith(".icloud") and not is_folder else None
    if is_folder:  # `modified` only repeats that something in it was
        return None if how == "modified" else Sign.FOLDER
    if how in ("modified", "attrib") and not name.lower().endswith((".md", ".yaml")):
        return None  # a photo being copied: that it is there is known already
    return Sign.CHANGE


_LEFT_OUT = frozenset(fold(name) for name in LEFT_OUT)


class Observing:
    """The system's events of one vault, for as long as it lives.

    Args:
        root: the vault's folder, with links resolved.
        tell: called by threads of watchdog with each sign.
    """

    def __init__(self, root: str, tell: Tell) -> None:
        self._root = root
        self._tell = tell
        self._observer: BaseObserver | None = None
        self._listener = _Listener(self._doubt)

    def start(self) -> None:
        """Begin to be told.

        Raises:
            OSError: the system has no room for another watch, or the folder is gone.
        """
        import warnings

        from watchdog import events
        from watchdog.observers import Observer

        # It warns of a folder that went out and came in again, which it has watched all along.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._met  # type: ignore[method-assign]
        wanted = [getattr(events, name) for name in _ASKED if hasattr(events, name)]
        observer = Observer()
        logging.getLogger("watchdog").addHandler(self._listener)
        try:
            observer.schedule(handler, self._root, recursive=True, event_filter=wanted)
            observer.start()
        except BaseException:
            logging.getLogger("watchdog").removeHandler(self._listener)
            raise
        self._observer = observer

    def stop(self) -> None:
        """Be told no more."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join(2)
            logging.getLogger("watchdog").removeHandler(self._listener)

    def _doubt(self, complaint: str) -> None:
        if self._observer is not None:  # what it says while it ends is not about events
            self._tell(Sign.DOUBT, complaint)

    def _met(self, event: FileSystemEvent) -> None:
        # Of a move both ends count: what was renamed away and what was renamed over.
        for place in (event.src_path, event.dest_path):
            if place:
                self._met_at(os.fsdecode(place), event)

    def _met_at(self, place: str, event: FileSystemEvent) -> None:
        if place == self._root:
            path = ""
        elif place.startswith(self._root + os.sep):
            path = place[len(self._root) + 1 :].replace(os.sep, "/")
        else:
            return
        sign = sign_of(path, event.event_type, is_folder=event.is_directory)
        if sign is not None:
            self._tell(sign, place)

    def covers(self, folders: Iterable[str]) -> bool | None:
        """Whether the system surely tells what happens in each of some folders.

        A watch that could not be had, for there is a limit, is passed over in silence by
        watchdog, so the system's own list counts.

        Returns:
            None where the system cannot say; only Linux can.
        """
        if not sys.platform.startswith("linux"):
            return None
        watched = _watched_inodes()
        with contextlib.suppress(FileNotFoundError):
            if os.stat(self._root).st_ino not in watched:
                return None  # an overlay that has two numbers for one folder
        for folder in folders:
            with contextlib.suppress(FileNotFoundError):  # then there is nothing to be told
                if os.stat(folder).st_ino not in watched:
                    return False
        return True

    @property
    def tells_of_losses(self) -> bool:
        """Whether it is told when there were more events than the system kept."""
        from watchdog.version import VERSION_INFO

        return VERSION_INFO >= (7, 1)


class _Listener(logging.Handler):
    """Takes what watchdog complains of for a loss of events."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        self._hear(record.getMessage())


def _watched_inodes() -> set[int]:
    """Inodes of the folders this process watches by inotify."""
    found = set()
    with contextlib.suppress(OSError):
        for number in os.listdir("/proc/self/fdinfo"):
            with contextlib.suppress(OSError), open(f"/proc/self/fdinfo/{number}") as file:
                for line in file:
                    if line.startswith("inotify "):
                        found.add(int(line.partition("ino:")[2].split()[0], 16))
    return found


def can_observe() -> bool:
    """Whether this system tells of changes in a way worth having.

    Where watchdog has nothing but its own polling, or one open file for each note (kqueue),
    looking at the files costs less.
    """
    return sys.platform.startswith(("linux", "darwin", "win32"))


def remote_kind(root: str, mounts: str | None = None) -> str | None:
    """The kind of the network disk a folder lies on, such as `nfs4`; None: on none, or unknown.

    Args:
        root: with links resolved.
        mounts: as in `/proc/self/mountinfo`; None: read from there.
    """
    if mounts is None:
        mounts = ""
        with (
            contextlib.suppress(OSError),
            open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file,
        ):
            mounts = file.read()
    best, kind = "", None
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        place = fields[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if (root + "/").startswith(place.rstrip("/") + "/") and len(place) >= len(best):
            best, kind = place, right.split(" ")[0]
    is_remote = kind is not None and (kind in _REMOTE or kind.startswith("fuse."))
    return kind if is_remote else None

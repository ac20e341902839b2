"""The process that stands by while a vault is watched, with the whole program loaded.

`watch` starts it, and it goes with `watch`. It keeps one child waiting, which answers the first
who asks (`cli/standby_answering.py`) and ends; nothing of one answer is left for the next.
It has no threads. Of all watchers of a user one has a process that listens; the others' wait
until its place is free. Where its own code is not what it loaded any more, it begins anew.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence

from brokernotes.cli.standby_answering import (
    LeftToOneself,
    Question,
    StreamForm,
    answer,
    is_ours,
    kept_run,
)
from brokernotes.cli.standby_asking import SOCKET, standby_folder
from brokernotes.language import LANGUAGES, catalogue_path

LOCK = "lock"
PAUSE = 2.0  # seconds between two looks whether the place is free, or an answer given
_POPULATE_WRITE = 23  # of madvise: Linux since 5.14
_SHORT_PAUSE = 0.05  # seconds
_MOST_BEGINNINGS = 3  # in a row; then the code's times are not to be relied on
READY = b"ready\n"  # for whoever waits for it
TAKEN, AGED = b"t", b"a"  # what a child says: it answers; the code on the disk is another
_BACKLOG = 16
_OBJECTS_BEFORE_COLLECTING = 20_000  # as `__main__`
_YOUNG_NS = 2_000_000_000  # a file changed so shortly before it was loaded may have changed after

Stamps = dict[str, tuple[int, ...]]


def main() -> None:
    """Stand by until standard input ends."""
    began_ns = time.time_ns()
    root, *told = sys.argv[1:]
    beginnings = int(told[0]) if told else 0
    again = [sys.executable, *sys.orig_argv[1 : len(sys.orig_argv) - len(told)]]
    folder = standby_folder(os.environ)
    if folder is None:
        return
    os.makedirs(folder, mode=0o700, exist_ok=True)
    with _place(folder) as has_place:
        if not has_place:
            return
        _warm_up(root)
        stamps = stamps_of_code()
        if not _is_settled(stamps, began_ns):
            if beginnings < _MOST_BEGINNINGS and not select.select([0], [], [], PAUSE)[0]:
                os.execv(sys.executable, [*again, str(beginnings + 1)])
            return
        with _listening(folder) as listening:
            os.write(1, READY)
            is_aged = _Keeping(listening, stamps).run()
    if is_aged:
        os.execv(sys.executable, again)


@contextlib.contextmanager
def _place(folder: str) -> Iterator[bool]:
    """Wait for the place, which one process of a user has; false: `watch` has ended."""
    descriptor = os.open(os.path.join(folder, LOCK), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield True
                return
            if select.select([0], [], [], PAUSE)[0]:
                yield False
                return
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _listening(folder: str) -> Iterator[socket.socket]:
    """The socket; what one that was killed left is taken away."""
    before = os.getcwd()
    os.chdir(folder)  # a path may be too long for a socket
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(SOCKET)
        mask = os.umask(0o177)
        try:
            listening.bind(SOCKET)
        finally:
            os.umask(mask)
        listening.listen(_BACKLOG)
        os.chdir(before)
        yield listening
    finally:
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(folder, SOCKET))
        listening.close()


# -- what is loaded


def _warm_up(root: str) -> None:
    """Load what the commands need by running some, for nobody."""
    given = os.environ.copy()
    for words in (
        ("due", "-n", "1"),
        ("due", "--all", "--json"),
        ("list", "listings", "-n", "1"),
        ("list", "clients", "-n", "1", "--json"),
        ("find", "阳光", "-n", "1"),
        ("tree", "listings"),
        ("show", "阳光"),
        ("match", "阳光"),
    ):
        _run_for_nobody(["brokernotes", "-C", root, *words], given)
    os.environ.clear()
    os.environ.update(given)
    gc.collect()
    gc.freeze()  # so that no collection touches, and thereby copies, what children share
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)


def _run_for_nobody(words: Sequence[str], environ: dict[str, str]) -> None:
    forms = (StreamForm(), StreamForm(), StreamForm())
    mask = os.umask(0o77)
    os.umask(mask)
    with contextlib.suppress(LeftToOneself, Exception):
        kept_run(Question("", forms, mask, list(words), environ))


def stamps_of_code() -> Stamps:
    """What tells the files of what is loaded from others, but for Python's own library.

    The sentences' translations are loaded as well, and may be compiled anew by themselves.
    """
    library = os.path.dirname(os.__file__) + os.sep
    catalogues = map(catalogue_path, LANGUAGES)
    found = {path: _stamp(path) for path in catalogues if os.path.exists(path)}
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if path and (not path.startswith(library) or "site-packages" in path):
            found[path] = _stamp(path)
    return found


def _stamp(path: str) -> tuple[int, ...]:
    try:
        stat = os.stat(path)
    except OSError:
        return ()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def is_same_code(stamps: Stamps) -> bool:
    """Whether the files are those that were loaded."""
    return all(_stamp(path) == stamp for path, stamp in stamps.items())


def _is_settled(stamps: Stamps, began_ns: int) -> bool:
    """Whether no file may have changed after it was loaded."""
    return all(stamp[2:3] < (began_ns - _YOUNG_NS,) for stamp in stamps.values() if stamp)


# -- the children


def own_memory() -> bool:
    """Have the system copy now what a child shares with its parent, and not page by page later.

    Python writes into nearly everything it reads, which counts who refers to it. Each first write
    would stop the answer for some microseconds, which were two fifths of it.

    Returns:
        Whether it was done; systems older than Linux 5.14 cannot.
    """
    import ctypes

    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    done = False
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        for line in maps:
            place, rights, _, _, inode, *name = line.split()
            if rights == "rw-p" and inode == "0" and name in ([], ["[heap]"]):
                start, end = (int(one, 16) for one in place.split("-"))
                done = advise(start, end - start, _POPULATE_WRITE) == 0
    return done


class _Keeping:
    """Keeps one child waiting for the next who asks.

    Args:
        listening: the socket.
        stamps: of the code that is loaded.
    """

    def __init__(self, listening: socket.socket, stamps: Stamps) -> None:
        self._listening = listening
        self._stamps = stamps
        self._living, self._life = os.pipe()  # ends with this process
        self._told = -1  # where the child that waits says what becomes of it
        self._children: set[int] = set()

    def run(self) -> bool:
        """Until standard input ends; true: until the code on the disk is another."""
        signal.signal(signal.SIGTERM, _leave)
        self._fork()
        while True:
            pause = PAUSE if len(self._children) > 1 else None
            ready, _, _ = select.select([0, self._told], [], [], pause)
            if 0 in ready and not os.read(0, 4096):
                return False
            if self._told in ready:
                said = os.read(self._told, 1)
                if said == AGED:
                    return True
                if not said:  # it was killed; not again and again at once
                    select.select([0], [], [], _SHORT_PAUSE)
                os.close(self._told)
                self._fork()
            self._bury()

    def _fork(self) -> None:
        self._told, tell = os.pipe()
        child = os.fork()
        if child:
            os.close(tell)
            self._children.add(child)
            return
        code = 1
        try:
            os.close(self._life)
            code = self._wait_and_answer(tell)
        finally:
            os._exit(code)

    def _wait_and_answer(self, tell: int) -> int:
        own_memory()
        ready, _, _ = select.select([self._listening.fileno(), self._living], [], [])
        if self._living in ready:
            return 0
        line, _ = self._listening.accept()
        is_same = is_same_code(self._stamps)
        os.write(tell, TAKEN if is_same else AGED)
        os.close(tell)
        self._listening.close()
        if is_same and is_ours(line):
            answer(line)
        line.close()
        return 0

    def _bury(self) -> None:
        """Forget the children that have ended."""
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                self._children.discard(ended)


def _leave(_: int, __: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()

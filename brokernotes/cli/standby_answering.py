"""One answer of the process that stands by: the very command, run here, its output kept.

It sees the streams, the folder, the environment and the words of whoever asks, and prints into
memory. What would need more than that (a pager, a question to the person, another program)
is left to the one who asks.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Iterator

from brokernotes.cli.standby_asking import HARMLESS, HERE, NO, YES, identity, peer_of
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.locking import PENDING_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from socket import socket

READING = 5.0  # seconds in which the whole question has to come
_MOST = 4 << 20  # bytes of it; more fits into no command line and environment
_PIECE = 4 << 20  # bytes of output in one piece
_PENDING = os.sep + PENDING_NAME
_FILES = 4  # the three streams and the folder
_PROGRAMS = ("subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.spawn")


class LeftToOneself(BaseException):
    """The one who asks must do it."""


class StreamForm(NamedTuple):
    """How a text stream was opened."""

    encoding: str = "utf-8"
    errors: str = "replace"
    is_by_line: bool = False
    is_raw: bool = False


class Question(NamedTuple):
    """What is asked.

    Attributes:
        identity: of the program that asks.
        streams: how its standard streams were opened.
        mask: of new files.
        words: of the command line, the program's name first.
        environ: of the process.
    """

    identity: str
    streams: tuple[StreamForm, ...]
    mask: int
    words: list[str]
    environ: dict[str, str]


Pieces = list[tuple[int, bytes]]


class _Kept(io.RawIOBase):
    """A stream of which everybody believes that it is the one who asks', kept in memory."""

    def __init__(self, number: int, pieces: Pieces) -> None:
        super().__init__()
        self._number = number
        self._pieces = pieces

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return os.isatty(self._number)

    def write(self, piece: memoryview) -> int:  # type: ignore[override]
        self._pieces.append((self._number, bytes(piece)))
        return len(piece)


class _Unread(io.RawIOBase):
    """Standard input, which nobody may read here."""

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def isatty(self) -> bool:
        return os.isatty(0)

    def readinto(self, _: object) -> int:
        raise LeftToOneself


def answer(line: socket) -> None:
    """Answer one question, in a process of its own.

    Args:
        line: to the one who asks.

    Raises:
        OSError: they have left.
    """
    if not is_ours(line):
        return
    line.settimeout(READING)
    line.sendall(HERE)
    asked = _heard(line)
    line.settimeout(None)
    if asked is None:
        line.sendall(NO)
        return
    sys.addaudithook(_start_nothing)
    try:
        code, pieces = kept_run(asked)
    except (LeftToOneself, Exception):  # noqa: BLE001 (they meet it themselves, and tell it)
        line.sendall(NO)
        return
    told = b"".join(
        bytes((number,)) + len(piece).to_bytes(4, "big") + piece for number, piece in pieces
    )
    line.sendall(YES + bytes((code,)) + len(told).to_bytes(4, "big") + told)


def is_ours(line: socket) -> bool:
    """Whether the one at the other end is the user and group that this process is."""
    return peer_of(line)[1:] == (os.geteuid(), os.getegid())


def _heard(line: socket) -> Question | None:
    """The question; this process now has the streams and the folder of the one who asks."""
    import socket

    told, files, _, _ = socket.recv_fds(line, 1 << 16, _FILES)
    letter = bytearray(told)
    while len(letter) < 4 or len(letter) < 4 + int.from_bytes(letter[:4], "big"):
        more = line.recv(1 << 16)
        if not more or len(letter) > _MOST:
            return None
        letter += more
    asked = question(bytes(letter[4:]))
    if len(files) != _FILES or asked.identity != identity() or not _has_same_python(asked.environ):
        return None
    os.fchdir(files[-1])
    for number, given in enumerate(files[:-1]):
        os.dup2(given, number)
    for given in files:
        os.close(given)
    return asked


def question(letter: bytes) -> Question:
    """What a letter of `standby_asking` says."""
    words = list(map(os.fsdecode, letter.split(b"\0")))
    who, *streams, mask, count = words[:6]
    start, end = 6, 6 + int(count) + 1
    forms = (one.rsplit(" ", 3) for one in streams)
    environ = (one.partition("=") for one in words[end:])
    return Question(
        who,
        tuple(
            StreamForm(encoding, errors, by_line == "1", is_raw == "1")
            for encoding, errors, by_line, is_raw in forms
        ),
        int(mask),
        words[start:end],
        {name: value for name, _, value in environ},
    )


def _has_same_python(environ: dict[str, str]) -> bool:
    """Whether Python itself would be the same for the one who asks."""
    return dict(_of_python(environ)) == dict(_of_python(os.environ))


def _of_python(environ: dict[str, str] | os._Environ[str]) -> Iterator[tuple[str, str]]:
    return (
        (name, value)
        for name, value in environ.items()
        if name.startswith("PYTHON") and name not in HARMLESS
    )


def _start_nothing(event: str, told: tuple[object, ...]) -> None:
    """Let no other program run but git, of which nobody sees anything, nor any step be finished.

    What a command killed before left to be done is done, and told, where a person sees it.
    """
    if event == "open":
        if isinstance(told[0], str) and told[0].endswith(_PENDING):
            raise LeftToOneself
    elif event in _PROGRAMS and not (event == "subprocess.Popen" and _is_git(told[1])):
        raise LeftToOneself


def _is_git(words: object) -> bool:
    return isinstance(words, tuple | list) and os.path.basename(str(words[0])) == "git"


def kept_run(asked: Question) -> tuple[int, Pieces]:
    """Run a command with its output kept.

    Returns:
        The exit code, and what goes to which stream, in order.
    """
    from brokernotes.__main__ import run_here

    os.environ.clear()
    os.environ.update(asked.environ)
    os.umask(asked.mask)
    time.tzset()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    pieces: Pieces = []
    sys.argv = list(asked.words)
    form, *forms = asked.streams
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(  # type: ignore[misc]
        io.BufferedReader(_Unread()), form.encoding, form.errors
    )
    sys.stdout, sys.stderr = (
        _stream(number, one, pieces) for number, one in enumerate(forms, start=1)
    )
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr  # type: ignore[misc]
    code: object = 0
    try:
        run_here(asked.words[1:])
    except SystemExit as leaving:
        code = leaving.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    if not isinstance(code, int):
        raise LeftToOneself
    return code & 0xFF, pieces


def _stream(number: int, form: StreamForm, pieces: Pieces) -> io.TextIOWrapper:
    """A stream as Python opens it: what is held back until when decides what stands where."""
    kept: io.RawIOBase | io.BufferedWriter = _Kept(number, pieces)
    if not form.is_raw:
        size = os.fstat(number).st_blksize
        kept = io.BufferedWriter(kept, size if size > 1 else io.DEFAULT_BUFFER_SIZE)
    return io.TextIOWrapper(
        kept,  # type: ignore[arg-type]
        form.encoding,
        form.errors,
        line_buffering=form.is_by_line,
        write_through=form.is_raw,
    )

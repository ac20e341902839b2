"""Asking the process that stands by, before anything else is loaded.

While a vault is watched, a process with the whole program loaded stands by
(`cli/standby.py`). A command that only reads hands it its words, its environment and its
streams, and is told, byte by byte, what it would have printed itself. Whatever is in the
way of that, the command goes its ordinary way, silently, and nothing has been printed by then.
"""

from __future__ import annotations

import os
import sys

from brokernotes import __version__
from brokernotes.storage.user_caches import user_caches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

SWITCH = "BROKERNOTES_STANDBY"
OFF = ("off", "0", "no")
SOCKET = "socket"
ANSWERED = frozenset(("due", "find", "list", "match", "path", "show", "tree"))
# What writes, or takes so long that a person wants to see how far it is.
NOT_ANSWERED = frozenset(("--save", "--all", "--help", "-h", "--version", "--debug"))
HERE, NO, YES = b".", b"n", b"y"
# What Python is told that an answer does not depend on: how streams were opened is said of each.
HARMLESS = frozenset(("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING"))
PATIENCE = 0.2  # seconds until somebody says that the question is being read

_WITH_VALUE = frozenset(("-C", "--vault", "--agent", "--as", "--lang", "--color"))
_LONGEST_PATH = 100  # bytes; Linux has room for 107
_PEER = 3 * 4  # bytes of the process, user and group at the other end
_HEAD = 6  # bytes: yes, the exit code, and how many bytes follow


def is_asked(args: list[str]) -> bool:
    """Whether the words are those of a command that only reads."""
    words = iter(args)
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif word[:1] != "-":
            if word not in ANSWERED:
                return False
            return (word == "due" or "--all" not in args) and NOT_ANSWERED.isdisjoint(
                one for one in args if one != "--all"
            )
    return False


def standby_folder(environ: Mapping[str, str]) -> str | None:
    """Where the standby of this user listens; None: nowhere."""
    caches = user_caches(environ, sys.platform)
    return None if caches is None else os.path.join(caches, "brokernotes", "standby")


def identity() -> str:
    """What must be the same on both sides, or one would not say what the other would."""
    try:
        mounts = os.readlink("/proc/self/ns/mnt")
    except OSError:
        mounts = ""
    flags = sys.flags
    return "\n".join(
        (
            __version__, __file__, sys.executable, sys.prefix, sys.version, mounts,
            sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(),
            str((flags.optimize, flags.dev_mode, flags.warn_default_encoding, sys.warnoptions)),
            str(sorted(name for name in sys._xoptions if name != "utf8")),
        )
    )  # fmt: skip


def stands_by(environ: Mapping[str, str]) -> bool | None:
    """Whether one stands by that would answer; None: there is none."""
    folder = standby_folder(environ)
    if folder is None or not os.path.exists(os.path.join(folder, SOCKET)):
        return None
    try:
        return _ask(folder, _letter(["--version"])) is not None
    except ConnectionRefusedError:
        return None  # one that was killed left it
    except (OSError, ValueError, AttributeError):
        return False


def answered(args: list[str]) -> int | None:
    """Print what the standby answers.

    Args:
        args: the words of the command.

    Returns:
        The exit code; None: nobody answered, and nothing was printed.

    Raises:
        OSError: what was answered cannot be printed.
    """
    if not is_asked(args) or os.environ.get(SWITCH) in OFF or "_BROKERNOTES_COMPLETE" in os.environ:
        return None
    folder = standby_folder(os.environ)
    if folder is None or not os.path.exists(os.path.join(folder, SOCKET)):
        return None
    try:
        told = _ask(folder, _letter(args))
    except (OSError, ValueError, AttributeError):
        return None
    if told is None:
        return None
    code, pieces = told
    for number, piece in pieces:
        left = memoryview(piece)
        while left:
            left = left[os.write(number, left) :]
    return code


def _letter(args: list[str]) -> bytes:
    """All that an answer depends on, but for the open files.

    Raises:
        ValueError: there is something that cannot be said.
        AttributeError: a stream is closed, or none of Python's own.
    """
    streams = []
    for number, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        if stream.fileno() != number:
            raise ValueError("another stream stands in place of a standard one")
        is_raw = int(stream.write_through)  # type: ignore[union-attr]
        streams.append(f"{stream.encoding} {stream.errors} {int(stream.line_buffering)} {is_raw}")
    mask = os.umask(0o77)
    os.umask(mask)
    words = (identity(), *streams, str(mask), str(len(args)), sys.argv[0], *args)
    environ = (f"{name}={value}" for name, value in os.environ.items())
    return b"\0".join(map(os.fsencode, (*words, *environ)))


def _ask(folder: str, letter: bytes) -> tuple[int, list[tuple[int, bytes]]] | None:
    """The exit code and what goes to which stream, in order; None: the answer is no.

    Raises:
        OSError: nobody is there, or nobody answers.
    """
    import _socket

    line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    opened = []
    try:
        line.settimeout(PATIENCE)
        path = os.path.join(folder, SOCKET)
        if len(os.fsencode(path)) > _LONGEST_PATH:
            opened.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY))
            path = f"/proc/self/fd/{opened[0]}/{SOCKET}"
        line.connect(path)
        if peer_of(line)[1:] != (os.geteuid(), os.getegid()):
            return None  # somebody else put it there
        opened.append(os.open(".", os.O_RDONLY | os.O_DIRECTORY))
        files = b"".join(one.to_bytes(4, sys.byteorder) for one in (0, 1, 2, opened[-1]))
        sent = line.sendmsg(
            [len(letter).to_bytes(4, "big"), letter],
            [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)],
        )
        if sent < len(letter) + 4:  # to send nothing fails where the answer came that quickly
            line.sendall(letter[sent - 4 :])
        if line.recv(1) != HERE:
            return None
        line.settimeout(None)
        return _read(line)
    finally:
        line.close()
        for number in opened:
            os.close(number)


def peer_of(line: object) -> tuple[int, ...]:
    """Process, user and group at the other end of a socket.

    Raises:
        OSError: the system does not say it.
    """
    import _socket

    try:
        told = line.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, _PEER)  # type: ignore[attr-defined]
    except AttributeError as error:
        raise OSError("no way to know who is there") from error
    return tuple(int.from_bytes(told[at : at + 4], sys.byteorder) for at in (0, 4, 8))


def _read(line: object) -> tuple[int, list[tuple[int, bytes]]] | None:
    told = bytearray()
    while len(told) < _HEAD or len(told) < _HEAD + int.from_bytes(told[2:_HEAD], "big"):
        more = line.recv(1 << 20)  # type: ignore[attr-defined]
        if not more:
            return None
        told += more
        if told[:1] != YES:
            return None
    at, pieces = _HEAD, []
    while at < len(told):
        end = at + 5 + int.from_bytes(told[at + 1 : at + 5], "big")
        pieces.append((told[at], bytes(told[at + 5 : end])))
        at = end
    return told[1], pieces

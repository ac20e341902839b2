"""Reading a note: its bytes, its text, and what is wrong with them.

Whatever the file holds, the answer is a text and a list of problems; one broken
note never ends a scan.
"""

from __future__ import annotations

import errno
import os

from brokernotes.errors import NotFoundError, Position, Problem, RefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass
from brokernotes.model.problems import problem
from brokernotes.storage.stamps import Stamp, stamp_of
from brokernotes.storage.walking import printable

# A long career with one client makes 100 KB; what is bigger is a paste or an accident.
MAX_SIZE = 4 * 1024 * 1024

_ATTEMPTS = 3
_READ_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe put in a note's place must not be waited for
)
_KIND, _REGULAR, _LINK = 0o170000, 0o100000, 0o120000
NO_STAMP: Stamp = (0, 0, 0, 0, 0)


@dataclass(slots=True)
class Source:
    """A note as it stands on the disk.

    Attributes:
        path: relative to the vault, with `/`.
        text: decoded, a byte order mark and every line end kept. Bytes that are no
            UTF-8 are U+FFFD; empty where nothing could be read.
        data: the bytes, for `files.write_if_unchanged`.
        stamp: of the open file before it was read. Whatever changed since has another.
        problems: not-utf8, nul-byte, file-too-big, unreadable.
        is_exact: the text says all the bytes do, so it may be edited and written back.
        is_torn: the file changed each time while it was read.
    """

    path: str
    text: str
    data: bytes
    stamp: Stamp
    problems: tuple[Problem, ...] = ()
    is_exact: bool = True
    is_torn: bool = False

    @property
    def digest(self) -> str:
        """A fingerprint of the bytes, 32 hexadecimal digits."""
        from brokernotes.model.digests import blake2b

        return blake2b(self.data, digest_size=16).hexdigest()


def checked_path(root: str, rel: str, folders: set[str] | None = None) -> str:
    """The file system's path of a vault path that certainly lies in the vault.

    Args:
        root: the vault's folder.
        rel: relative to it, with `/`.
        folders: those already looked at while many notes are read; others are added.

    Raises:
        RefusedError: it is absolute, climbs with `..`, or a folder in it is a symbolic link.
        OSError: a folder in it cannot be looked at.
    """
    # By string methods alone: this is asked of every note that is indexed.
    bounded = f"/{rel}/"
    if (
        "//" in bounded
        or "/./" in bounded
        or "/../" in bounded
        or "\0" in rel
        or (os.sep != "/" and (os.sep in rel or ":" in rel))
    ):
        raise RefusedError(N_("{path} is no path inside the vault"), path=printable(rel))
    if folders is not None:
        folder = rel.rpartition("/")[0]
        if folder in folders:
            return f"{root}/{rel}"
    slash = rel.find("/")
    while slash != -1:
        try:
            mode = os.lstat(f"{root}/{rel[:slash]}").st_mode
        except FileNotFoundError:
            break
        if mode & _KIND == _LINK:
            raise RefusedError(N_("{path} lies behind a symbolic link"), path=printable(rel))
        slash = rel.find("/", slash + 1)
    else:
        if folders is not None:
            folders.add(folder)
    return f"{root}/{rel}"  # Windows takes both slashes


def read_bytes(path: str, limit: int = MAX_SIZE) -> tuple[bytes | None, Stamp, bool]:
    """A file's bytes with the stamp they belong to.

    The file is looked at before and after; one that changed meanwhile is read again.

    Args:
        path: the file system's; a symbolic link is not followed.
        limit: bytes; of a bigger file nothing is read.

    Returns:
        The bytes (None: too big), the stamp before they were read, and whether the
        file was still changing at the last attempt.

    Raises:
        OSError: there is no such file, or the system does not let it be read.
    """
    descriptor = os.open(path, _READ_FLAGS)
    try:
        for _ in range(_ATTEMPTS):
            status = os.fstat(descriptor)
            if status.st_mode & _KIND != _REGULAR:
                raise OSError(errno.EINVAL, "not a file")
            stamp, size = stamp_of(status), status.st_size
            if size > limit:
                return None, stamp, False
            data = os.read(descriptor, size + 1)
            while len(data) < size and (more := os.read(descriptor, size + 1 - len(data))):
                data += more
            if len(data) == size and stamp_of(os.fstat(descriptor)) == stamp:
                return data, stamp, False
            os.lseek(descriptor, 0, os.SEEK_SET)
        return data, stamp, True
    finally:
        os.close(descriptor)


def read_text(
    root: str, rel: str, limit: int = MAX_SIZE, folders: set[str] | None = None
) -> Source:
    """A note of the vault, whatever state it is in.

    Args:
        root: the vault's folder.
        rel: the note, relative to it, with `/`.
        limit: bytes; of a bigger note nothing is read.
        folders: see `checked_path`.

    Raises:
        NotFoundError: there is no such file.
        RefusedError: the path leads out of the vault.
    """
    try:
        data, stamp, is_torn = read_bytes(checked_path(root, rel, folders), limit)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(N_("there is no file {path}"), path=printable(rel)) from error
    except OSError as error:
        reason = "a symbolic link" if error.errno == errno.ELOOP else error.strerror
        unreadable = problem("unreadable", Position(rel, 1, 1), reason=reason)
        return Source(rel, "", b"", NO_STAMP, (unreadable,), is_exact=False)
    if data is None:
        big = problem("file-too-big", Position(rel, 1, 1), size=stamp[0], limit=limit)
        return Source(rel, "", b"", stamp, (big,), is_exact=False)
    text, problems, is_exact = text_of(rel, data)
    return Source(rel, text, data, stamp, problems, is_exact, is_torn)


def text_of(rel: str, data: bytes) -> tuple[str, tuple[Problem, ...], bool]:
    """The text of a note's bytes, what is wrong with them, and whether the text says them all.

    Args:
        rel: the note, relative to the vault, with `/`.
        data: its bytes.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data.decode(errors="replace")
        return text, (_not_utf8(rel, data, text, error.start), *_nul_bytes(rel, text)), False
    return text, _nul_bytes(rel, text) if b"\0" in data else (), True


def _not_utf8(path: str, data: bytes, text: str, start: int) -> Problem:
    return problem(
        "not-utf8",
        _position_after(path, data[:start].decode()),
        byte=f"0x{data[start]:02X}",
        encoding=_likely_encoding(data, text),
    )


def _nul_bytes(path: str, text: str) -> tuple[Problem, ...]:
    first = text.find("\0")
    if first == -1:
        return ()
    return (problem("nul-byte", _position_after(path, text[:first]), count=text.count("\0")),)


def _position_after(path: str, text: str) -> Position:
    """The place right after `text`, which starts the file."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Position(path, text.count("\n") + 1, len(text) - text.rfind("\n"))


def _likely_encoding(data: bytes, text: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    # Of Chinese in GBK hardly a character is UTF-8 by chance; of a damaged note most are.
    lost = text.count("\ufffd")
    if lost * 2 < sum(not character.isascii() for character in text):
        return "damaged UTF-8"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "binary"
    return "GBK"

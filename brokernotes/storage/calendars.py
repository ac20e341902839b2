"""Calendar files on the disk: read what stands there, write only what differs.

Unlike notes they may lie anywhere: beside the vault, on a web server's disk, in
the folder of a program that syncs.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

from brokernotes.errors import (
    BrokernotesError,
    ChangedMeanwhileError,
    RefusedError,
    SystemRefusedError,
)
from brokernotes.language import N_
from brokernotes.storage.files import create, write_if_unchanged
from brokernotes.storage.reading import checked_path, read_bytes

MAX_SIZE = 256 * 1024 * 1024  # a century of one store's follow-ups
ENDING = ".ics"


class CalendarFile:
    """One calendar file, there or not.

    Args:
        root: a folder; nothing outside it is touched.
        rel: of the file, relative to it, with `/`.

    Attributes:
        data: all its bytes; None: it is not there.

    Raises:
        RefusedError: it is a symbolic link or no file, or lies outside the folder.
        SystemRefusedError: the system does not let it be read.
    """

    def __init__(self, root: str, rel: str) -> None:
        self.root = root
        self.rel = rel
        self.data = self._read()

    @property
    def path(self) -> str:
        """The file system's path."""
        return os.path.join(self.root, *self.rel.split("/"))

    def _read(self) -> bytes | None:
        try:
            data, _, is_torn = read_bytes(checked_path(self.root, self.rel), MAX_SIZE)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EINVAL):
                raise RefusedError(
                    N_("{path} is a symbolic link or no file"), path=self.path
                ) from error
            raise SystemRefusedError(
                N_("cannot read {path}: {reason}"),
                path=self.path,
                reason=error.strerror or str(error),
            ) from error
        if data is None:
            raise RefusedError(N_("{path} is too big for a calendar"), path=self.path)
        if is_torn:
            raise ChangedMeanwhileError(
                N_("{path} changes while it is read"),
                hint=N_("Nothing was written; try again."),
                path=self.path,
            )
        return data

    def write(self, data: bytes) -> bool:
        """Put these bytes there; whether that changed anything.

        Raises:
            ChangedMeanwhileError: it is no longer what was read.
            SystemRefusedError: the system would not write.
        """
        if data == self.data:
            return False
        try:
            if self.data is None:
                create(self.root, self.rel, data)
            else:
                write_if_unchanged(self.root, self.rel, self.data, data)
        except BrokernotesError as error:
            if error.params.get("path") == self.rel:  # a note's is known by that; this is none
                error.params["path"] = self.path.replace(os.sep, "/")
            raise
        return True

    def remove(self) -> None:
        """Delete the file, if it still is what was read.

        Raises:
            SystemRefusedError: the system would not.
        """
        if self._read() != self.data or self.data is None:
            return
        try:
            os.unlink(self.path)
        except OSError as error:
            raise SystemRefusedError(
                N_("cannot remove {path}: {reason}"), path=self.path, reason=error.strerror
            ) from error


def calendar_file(path: str) -> CalendarFile:
    """The calendar file at a path a person gave; a link is followed to what it names."""
    real = os.path.realpath(path)
    return CalendarFile(os.path.dirname(real), os.path.basename(real))


def calendar_folder(root: str, start: str) -> Iterator[CalendarFile]:
    """The calendar files of a folder whose names begin so, by name; subfolders aside.

    Args:
        root: the folder; need not be there.
        start: of the names.
    """
    try:
        with os.scandir(root) as found:
            names = sorted(
                each.name
                for each in found
                if each.name.startswith(start)
                and each.name.endswith(ENDING)
                and each.is_file(follow_symlinks=False)
            )
    except FileNotFoundError:
        return
    except OSError as error:
        raise SystemRefusedError(
            N_("cannot read {path}: {reason}"), path=root, reason=error.strerror or str(error)
        ) from error
    for name in names:
        yield CalendarFile(root, name)

"""New bytes on the disk, under a passing name first; and what is said where that is refused."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from brokernotes.errors import SystemRefusedError
from brokernotes.language import N_
from brokernotes.storage.walking import TEMPORARY_END, TEMPORARY_START

_REASONS = {
    errno.ENOSPC: N_("cannot write {path}: the disk is full"),
    errno.EDQUOT: N_("cannot write {path}: the disk quota is used up"),
    errno.EFBIG: N_("cannot write {path}: the system allows no file of this size"),
    errno.EROFS: N_("cannot write {path}: the disk is read-only"),
    errno.EACCES: N_("cannot write {path}: no permission"),
    errno.EPERM: N_("cannot write {path}: no permission"),
    errno.ENAMETOOLONG: N_("cannot write {path}: the name is too long for this disk"),
}
_NEW_FILE = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
)
_AT_ONCE = (
    16  # files brought to the disk in one moment: twenty times faster than one after the other
)
# What a file system answers that has no such operation, rather than one that failed.
_NOT_SUPPORTED = (
    errno.EINVAL,
    errno.ENOTSUP,
    errno.ENOSYS,
    errno.EPERM,
    errno.EACCES,
    errno.EMLINK,
)


def write_temporary(path: str, data: bytes, mode: int | None, *, sync: bool = True) -> str:
    """A file beside `path` with these bytes, on the disk.

    Its name is short and has nothing of the note's: a long Chinese name plus a
    suffix would pass 255 bytes. Without a mode it gets what new files get.
    """
    folder = os.path.dirname(path)
    while True:
        name = f"{TEMPORARY_START}{os.urandom(3).hex()}{TEMPORARY_END}"
        temporary = os.path.join(folder, name)
        try:
            # Until the note's own mode is set nobody else may read it.
            descriptor = os.open(temporary, _NEW_FILE, 0o666 if mode is None else 0o600)
            break
        except FileExistsError:
            continue
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            if mode is not None and hasattr(os, "fchmod"):
                with suppress(PermissionError):  # a file of somebody else's on a shared disk
                    os.fchmod(descriptor, mode)
            if sync:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)  # before it is renamed: Windows renames no open file
    except BaseException:
        discard(temporary)
        raise
    return temporary


def place_new(temporary: str, path: str) -> None:
    """Give the temporary file its name, unless something has it.

    Raises:
        FileExistsError: something has it.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise
    else:
        return
    # exFAT and some network disks know no second name: the name first, then the bytes over it.
    os.close(os.open(path, _NEW_FILE, 0o666))
    try:
        os.replace(temporary, path)
    except BaseException:
        discard(path)
        raise


def sync_files(files: Sequence[tuple[str, str]]) -> None:
    """Bring files to the disk, many at a time: a journalling disk then writes its journal once."""
    from concurrent.futures import ThreadPoolExecutor

    def sync(file: tuple[str, str]) -> None:
        with refusals_explained(file[1]):
            descriptor = os.open(file[0], os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    with ThreadPoolExecutor(min(_AT_ONCE, max(len(files), 1))) as threads:
        list(threads.map(sync, files))


def sync_folder(path: str) -> None:
    """Bring the names in a file's folder to the disk, where the system can do that."""
    # The new name itself must survive a power cut. Windows opens no folders, some disks
    # sync none; by now the note is written, so a refusal here is no failure to report.
    with suppress(OSError):
        descriptor = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def discard(path: str) -> None:
    """Remove a file that is of no use, if it is there."""
    with suppress(OSError):
        os.unlink(path)


@contextmanager
def refusals_explained(rel: str) -> Iterator[None]:
    """Say in our words what the system says of a path of the vault.

    Raises:
        SystemRefusedError: in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise _explained(rel, error) from error


def _explained(rel: str, error: OSError) -> SystemRefusedError:
    message = _REASONS.get(error.errno or 0, N_("cannot write {path}: {reason}"))
    return SystemRefusedError(message, path=rel, reason=error.strerror or str(error))

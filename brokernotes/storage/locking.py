"""Where a vault's caches lie, and the lock that lets one writer in at a time.

The lock is advisory: it keeps two brokernotes apart, not an editor, which is why
`files.write_if_unchanged` compares as well.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress

from brokernotes.errors import ChangedMeanwhileError, RefusedError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.storage.user_caches import user_caches

LOCK_NAME = "lock"
WATCH_LOCK = "watch.lock"
PENDING_NAME = "pending.json"  # a step over several files (storage/pending.py)
PATIENCE = 10.0  # seconds; a write with its commit takes a tenth of one

_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.02  # seconds between two attempts


def git_folder(root: str) -> str | None:
    """The git folder of a repository whose root is exactly `root`; None when it is none.

    In a linked worktree or a submodule `.git` is a file that names it.
    """
    marker = os.path.join(root, ".git")
    if os.path.isdir(marker):
        return marker if _is_git_folder(marker) else None
    try:
        with open(marker, encoding="utf-8", errors="surrogateescape") as file:
            line = file.read(4096)
    except OSError:
        return None
    if not line.startswith("gitdir: "):
        return None
    folder = os.path.normpath(os.path.join(root, line[len("gitdir: ") :].rstrip("\r\n")))
    return folder if _is_git_folder(folder) else None


def cache_folder(root: str, environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """The folder for a vault's index, journal and lock; it is made if need be.

    Never inside the vault's own files: the caches hold opened secrets, and a
    syncing disk breaks SQLite.

    Args:
        root: the vault's folder.
        environ: the environment, for where a user's caches lie.
        platform: as in `sys.platform`.

    Returns:
        `brokernotes` in the git folder when the vault is a repository's root, else a
        folder of the user's caches; None when that cannot be written: keep it in memory.
    """
    git = git_folder(root)
    if git is not None:
        folder = os.path.join(git, "brokernotes")
    else:
        caches = user_caches(environ, platform)
        if caches is None:
            return None
        from brokernotes.model.digests import blake2b

        key = blake2b(os.fsencode(os.path.realpath(root)), digest_size=10).hexdigest()
        folder = os.path.join(caches, "brokernotes", key)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


@contextmanager
def vault_lock(folder: str | None, timeout: float = PATIENCE) -> Iterator[None]:
    """Hold the vault's lock; whoever writes a note does it inside.

    It goes with the process, however that ends. It cannot be taken twice by one process.

    Args:
        folder: of the vault's caches. None: there is no place for a lock, and the
            comparison before each write is the only guard.
        timeout: seconds to wait for another writer.

    Raises:
        ChangedMeanwhileError: another brokernotes held it all that time.
        SystemRefusedError: the system gives no lock.
    """
    if folder is None:
        yield
        return
    with _held(os.path.join(folder, LOCK_NAME), timeout):
        yield


@contextmanager
def watch_lock(folder: str | None) -> Iterator[None]:
    """Hold what makes this process the vault's one watcher.

    Args:
        folder: of the vault's caches; None: nobody can know of the other.

    Raises:
        RefusedError: another process watches it.
        SystemRefusedError: the system gives no lock.
    """
    if folder is None:
        yield
        return
    with ExitStack() as stack:
        try:
            # A command that asks whether there is a watcher holds it for an instant.
            stack.enter_context(_held(os.path.join(folder, WATCH_LOCK), _LONGEST_PAUSE * 5))
        except ChangedMeanwhileError as error:
            raise RefusedError(
                N_("this vault is being watched already (process {process})"),
                process=error.params["process"],
            ) from error
        yield


@contextmanager
def _held(path: str, timeout: float) -> Iterator[None]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        try:
            _wait(descriptor, timeout)
            # For the message of whoever waits in vain.
            os.ftruncate(descriptor, 0)
            os.write(descriptor, b"%d\n" % os.getpid())
        except OSError as error:
            raise _refused(path, error) from error
        try:
            yield
        finally:
            _release(descriptor)
    finally:
        os.close(descriptor)  # the file stays: removing it would let two hold "the" lock


def _wait(descriptor: int, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    pause = _FIRST_PAUSE
    while not _acquire(descriptor):
        if time.monotonic() >= deadline:
            holder = b""
            with suppress(OSError):
                holder = os.read(descriptor, 20)
            raise ChangedMeanwhileError(
                N_("another brokernotes is writing to this vault (process {process})"),
                hint=N_("Nothing was written; try again when it has finished."),
                process=holder.decode("ascii", "replace").strip() or "?",
            )
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a byte past the end: locked bytes cannot be read by others

    def _acquire(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _is_git_folder(folder: str) -> bool:
    # A `.git` file somebody put into the vault must not have us write just anywhere.
    return os.path.isfile(os.path.join(folder, "HEAD")) and (
        os.path.isdir(os.path.join(folder, "objects"))
        or os.path.isfile(os.path.join(folder, "commondir"))
    )


def _refused(path: str, error: OSError) -> SystemRefusedError:
    return SystemRefusedError(
        N_("cannot lock {path}: {reason}"), path=path, reason=error.strerror or str(error)
    )

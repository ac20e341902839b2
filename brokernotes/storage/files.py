"""Reading and writing notes, so that a note is always its old bytes or its new ones.

A write goes to a temporary file beside the note, which then takes its place;
whatever fails on the way leaves the note as it was. Writers hold the vault's lock
(`storage.locking`) and say what they read, so nothing newer is overwritten.
"""

from __future__ import annotations

import errno
import os
import stat as stats
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from brokernotes.errors import (
    BrokernotesError,
    ChangedMeanwhileError,
    RefusedError,
    SystemRefusedError,
)
from brokernotes.language import N_
from brokernotes.model.folding import fold
from brokernotes.storage.placing import (
    discard,
    place_new,
    refusals_explained,
    sync_files,
    sync_folder,
    write_temporary,
)
from brokernotes.storage.reading import MAX_SIZE, checked_path, read_bytes
from brokernotes.storage.stamps import Stamp
from brokernotes.storage.walking import TEMPORARY_END, TEMPORARY_START

_BATCH = 200  # files that are brought to the disk together


def write_if_unchanged(root: str, rel: str, before: bytes, after: bytes) -> Stamp:
    """Replace a note's bytes, if they still are what the caller read.

    The caller holds the vault's lock. Equal bytes write nothing.

    Args:
        root: the vault's folder.
        rel: the note, relative to it, with `/`.
        before: all bytes of the file, as read.
        after: what shall stand there.

    Returns:
        The stamp of the file that stands there now.

    Raises:
        ChangedMeanwhileError: the file is gone or differs from `before`, nothing was
            written; or it was overwritten right after, then `wanted` is in its params.
        RefusedError: the path leads out of the vault.
        SystemRefusedError: the system would not write; the file is as it was.
    """
    with refusals_explained(rel):
        path = checked_path(root, rel)
        found, stamp = _current(path, rel, before)
        if before == after:
            return stamp
        mode = stats.S_IMODE(found.st_mode)
        _refuse_protected(mode)
        for attempt in range(2):
            temporary = write_temporary(path, after, mode)
            try:
                # As late as can be: an editor may have saved while the bytes went to the disk.
                if attempt == 0 or os.path.lexists(path):
                    _current(path, rel, before)
                os.replace(temporary, path)
            except BaseException:
                discard(temporary)
                raise
            sync_folder(path)
            now, confirmed = _confirmed(path, rel, after)
            if confirmed is not None:
                return confirmed
            if now is not None and now != before:
                break  # somebody saved over it: theirs stays, ours is shown
    raise _overwritten(rel, after)


def refuse_protected(root: str, rel: str) -> None:
    """Refuse a note that its owner protects from writing; one that is not there passes.

    Raises:
        SystemRefusedError: it is protected.
    """
    with refusals_explained(rel), suppress(FileNotFoundError):
        _refuse_protected(os.stat(os.path.join(root, rel)).st_mode)


def _refuse_protected(mode: int) -> None:
    if not mode & 0o222:  # a rename would overwrite what its owner protects
        raise PermissionError(errno.EACCES, "write-protected")


def create(root: str, rel: str, data: bytes) -> Stamp:
    """Write a new file, with the folders it lies in; never over anything.

    Returns:
        The stamp of the new file.

    Raises:
        RefusedError: something is there, or the path leads out of the vault.
        SystemRefusedError: the system would not write; no file is there.
        ChangedMeanwhileError: it was gone or different right after.
    """
    with refusals_explained(rel):
        path = checked_path(root, rel)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path):
            raise _exists(rel)
        temporary = write_temporary(path, data, None)
        try:
            place_new(temporary, path)
        except FileExistsError as error:
            raise _exists(rel) from error
        finally:
            discard(temporary)
        sync_folder(path)
        _, stamp = _confirmed(path, rel, data)
    if stamp is None:
        raise _overwritten(rel, data)
    return stamp


def create_all(
    root: str, files: Sequence[tuple[str, bytes]], progress: Callable[[int], None] | None = None
) -> None:
    """Write many new files, each whole or not at all; never over anything.

    Files of one batch are brought to the disk together, which is what makes ten thousand a
    matter of seconds; a name appears only when the bytes behind it are there. What was
    written when something fails is removed again.

    Args:
        root: the vault's folder.
        files: paths relative to it, with their bytes, in the order in which they appear.
        progress: told how many are there.

    Raises:
        As `create`.
    """
    folders: set[str] = set()
    placed: list[str] = []
    try:
        for start in range(0, len(files), _BATCH):
            batch = files[start : start + _BATCH]
            paths = _create_batch(root, batch, folders, placed)
            for path, (rel, data) in zip(paths, batch, strict=True):
                if _confirmed(path, rel, data)[1] is None:
                    raise _overwritten(rel, data)
            if progress is not None:
                progress(start + len(batch))
    except BaseException:
        for (rel, data), _ in zip(files, placed, strict=False):
            with suppress(BrokernotesError):
                remove_if_unchanged(root, rel, data)
        raise
    for folder in folders:
        sync_folder(os.path.join(folder, "."))


def refuse_changed(root: str, rel: str, before: bytes) -> None:
    """Refuse a file that is no longer what was read.

    Raises:
        ChangedMeanwhileError: it is gone or differs from `before`.
        RefusedError: the path leads out of the vault.
    """
    with refusals_explained(rel):
        _current(checked_path(root, rel), rel, before)


def move(root: str, rel: str, to: str) -> None:
    """Give a file another name in the vault; never over anything.

    A name that differs by its capitals alone may be the same file to the system.

    Raises:
        RefusedError: something is there, or a path leads out of the vault.
        SystemRefusedError: the system would not; the file is where it was.
    """
    with refusals_explained(to):
        source, target = checked_path(root, rel), checked_path(root, to)
        if os.path.lexists(target) and not _is_same_file(source, target):
            raise _exists(to)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.rename(source, target)
        sync_folder(target)
        if os.path.dirname(source) != os.path.dirname(target):
            sync_folder(source)


def remove_if_unchanged(root: str, rel: str, data: bytes) -> None:
    """Remove a file that was made a moment ago.

    Raises:
        ChangedMeanwhileError: it is gone, or somebody wrote in it.
        SystemRefusedError: the system would not.
    """
    with refusals_explained(rel):
        path = checked_path(root, rel)
        _current(path, rel, data)
        os.unlink(path)


def _create_batch(
    root: str, batch: Sequence[tuple[str, bytes]], folders: set[str], placed: list[str]
) -> list[str]:
    """Write new files: first the bytes of all, then the names; folders that are there are kept."""
    paths: list[str] = []
    temporaries: list[str] = []
    try:
        for rel, data in batch:
            with refusals_explained(rel):
                path = checked_path(root, rel)
                folder = os.path.dirname(path)
                if folder not in folders:
                    os.makedirs(folder, exist_ok=True)
                    folders.add(folder)
                if os.path.lexists(path):
                    raise _exists(rel)
                temporaries.append(write_temporary(path, data, None, sync=False))
                paths.append(path)
        rels = [rel for rel, _ in batch]
        sync_files(list(zip(temporaries, rels, strict=True)))
        for temporary, path, rel in zip(temporaries, paths, rels, strict=True):
            with refusals_explained(rel):
                try:
                    place_new(temporary, path)
                except FileExistsError as error:
                    raise _exists(rel) from error
                placed.append(rel)
    finally:
        for temporary in temporaries:
            discard(temporary)
    return paths


def leftovers_beside(root: str, rel: str) -> list[str]:
    """Temporary files of writes that did not end, in the folder of a note.

    Args:
        root: the vault's folder.
        rel: the note, relative to it, with `/`.

    Raises:
        RefusedError: the path leads out of the vault.
    """
    folder = os.path.dirname(checked_path(root, rel))
    prefix = rel[: rel.rfind("/") + 1]
    with suppress(OSError):
        return [prefix + name for name in os.listdir(folder) if _is_temporary(name)]
    return []


def remove_leftovers(root: str, leftovers: Iterable[str]) -> None:
    """Delete temporary files of writes that did not end.

    The caller holds the vault's lock, so none of them is being written.

    Args:
        root: the vault's folder.
        leftovers: relative to it; what is no temporary file stays.
    """
    for rel in leftovers:
        if _is_temporary(rel.rpartition("/")[2]):
            with refusals_explained(rel):
                discard(checked_path(root, rel))


def _is_temporary(name: str) -> bool:
    return name.startswith(TEMPORARY_START) and name.endswith(TEMPORARY_END)


def _current(path: str, rel: str, before: bytes) -> tuple[os.stat_result, Stamp]:
    found = _lstat(path)
    if found is not None and not stats.S_ISREG(found.st_mode):
        raise RefusedError(N_("{path} is a symbolic link or no file"), path=rel)
    if found is None:
        raise ChangedMeanwhileError(
            N_("{path} is gone since it was read"), hint=N_("Nothing was written."), path=rel
        )
    data, stamp, _ = read_bytes(path, max(MAX_SIZE, len(before)))
    if data != before:
        raise ChangedMeanwhileError(
            N_("{path} has changed since it was read"),
            hint=N_("Nothing was written; try again."),
            path=rel,
        )
    return found, stamp


def _is_same_file(path: str, other: str) -> bool:
    """Whether two names that differ by their case lead to one file, as on macOS and Windows."""
    return fold(path) == fold(other) and os.path.samefile(path, other)


def _lstat(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def _confirmed(path: str, rel: str, wanted: bytes) -> tuple[bytes | None, Stamp | None]:
    """What stands at the path now (None: nothing), and its stamp if it is what is wanted."""
    try:
        data, stamp, _ = read_bytes(path, max(MAX_SIZE, len(wanted)))
    except FileNotFoundError:
        return None, None
    except OSError as error:
        raise SystemRefusedError(
            N_("{path} is written, but cannot be read back: {reason}"),
            path=rel,
            reason=error.strerror or str(error),
        ) from error
    return data, (stamp if data == wanted else None)


def _overwritten(rel: str, wanted: bytes) -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        N_("{path} was overwritten by another program right after it was written"),
        hint=N_("What should stand there:\n{wanted}"),
        path=rel,
        wanted=wanted.decode(errors="replace"),
    )


def _exists(rel: str) -> RefusedError:
    return RefusedError(N_("{path} is there already"), path=rel)

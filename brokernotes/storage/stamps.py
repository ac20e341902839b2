"""Stamps of files, and those of a whole folder in one run of bytes.

A look at 10,000 notes makes no object a note that outlives it: what a folder holds is two runs
of bytes, which are compared, kept and sent as they are.
"""

from __future__ import annotations

import operator
import os
import stat
import struct
from collections.abc import Callable, Collection, Mapping, Sequence

from brokernotes.light_dataclasses import NamedTuple

# Size in bytes, mtime in ns, ctime in ns, inode (0 where the system has none), mode.
Stamp = tuple[int, int, int, int, int]

_stamp_of: Callable[[os.stat_result], Stamp] = operator.attrgetter(
    "st_size", "st_mtime_ns", "st_ctime_ns", "st_ino", "st_mode"
)
_LAYOUT = struct.Struct("=qqqQQ")
WIDTH = _LAYOUT.size  # bytes of a stamp
_MODE = 4  # its place in it
_MOST = 2**63 - 1
_FEW = 20  # names that are searched one by one


class Listed(NamedTuple):
    """The notes of one folder, in the order in which the system tells them.

    Attributes:
        names: UTF-8, a NUL after each.
        stamps: packed, in the same order.
    """

    names: bytes = b""
    stamps: bytes = b""

    def cut(self, start: int, end: int | None = None) -> Listed:
        """A part, by bytes of whole names."""
        names = self.names[start:end]
        first = self.names.count(b"\0", 0, start)
        last = first + names.count(b"\0")
        return Listed(names, self.stamps[first * WIDTH : last * WIDTH])

    def by_name(self) -> dict[bytes, bytes]:
        """The stamps by their names."""
        stamps = (self.stamps[at : at + WIDTH] for at in range(0, len(self.stamps), WIDTH))
        return dict(zip(self.names.split(b"\0"), stamps, strict=False))


Folders = dict[str, Listed]  # by their prefixes: `clients/`; empty: the vault's own folder


def stamp_of(status: os.stat_result) -> Stamp:
    """What has to be equal for a file to count as unchanged."""
    return _stamp_of(status)


def listed_by_descriptor(names: Sequence[bytes], folder: int) -> Listed | None:
    """Some files of an open folder; None: one is no plain file, has no stamp, or an odd name.

    Args:
        names: in the folder, at least one.
        folder: its descriptor.
    """
    lstat, pack, stamp_of = os.lstat, _LAYOUT.pack, _stamp_of
    told = b"\0".join(names) + b"\0"
    try:
        stamps = b"".join([pack(*stamp_of(lstat(name, dir_fd=folder))) for name in names])
        told.decode()
    except (OSError, struct.error, UnicodeDecodeError):
        return None
    modes = set(memoryview(stamps).cast("Q")[_MODE :: WIDTH // 8])
    return Listed(told, stamps) if all(map(stat.S_ISREG, modes)) else None


def listed(notes: Mapping[str, Stamp]) -> Listed:
    """The notes of one folder, by their names.

    Raises:
        UnicodeEncodeError: a name is no UTF-8.
    """
    names = "".join([name + "\0" for name in notes])
    return Listed(names.encode(), b"".join(map(_pack, notes.values())))


def _pack(stamp: Stamp) -> bytes:
    try:
        return _LAYOUT.pack(*stamp)
    except struct.error:  # a year after 2262, or an inode of 128 bits
        return _LAYOUT.pack(*(number & _MOST for number in stamp))


def in_folders(notes: Mapping[str, Stamp]) -> Folders:
    """Notes by their paths, in their folders."""
    sorted_out: dict[str, dict[str, Stamp]] = {}
    for path, stamp in notes.items():
        prefix, name = _parted(path)
        sorted_out.setdefault(prefix, {})[name] = stamp
    return {prefix: listed(one) for prefix, one in sorted_out.items()}


def paths_in(folders: Folders) -> dict[str, Stamp]:
    """The stamps of all notes by their paths."""
    found: dict[str, Stamp] = {}
    for prefix, (names, stamps) in folders.items():
        paths = [prefix + name for name in names.decode().split("\0")]
        found.update(zip(paths, _LAYOUT.iter_unpack(stamps), strict=False))
    return found


def stamps_of(folders: Folders, paths: Collection[str]) -> dict[str, Stamp]:
    """The stamps of some notes, as far as they are there."""
    if len(paths) > _FEW:
        stamps = paths_in(folders)
        return {path: stamps[path] for path in paths if path in stamps}
    found: dict[str, Stamp] = {}
    for path in paths:
        prefix, name = _parted(path)
        names, packed = folders.get(prefix, Listed())
        told = name.encode() + b"\0"
        at = 0 if names.startswith(told) else names.find(b"\0" + told) + 1
        if name and (at or names.startswith(told)):
            found[path] = _LAYOUT.unpack_from(packed, names.count(b"\0", 0, at) * WIDTH)
    return found


def without(folders: Folders, paths: Collection[str]) -> Folders:
    """The same but for some notes."""
    left = dict(folders)
    for prefix in {_parted(path)[0] for path in paths} & folders.keys():
        notes = paths_in({"": left.pop(prefix)})
        kept = {name: stamp for name, stamp in notes.items() if prefix + name not in paths}
        if kept:
            left[prefix] = listed(kept)
    return left


def _parted(path: str) -> tuple[str, str]:
    folder, slash, name = path.rpartition("/")
    return folder + slash, name

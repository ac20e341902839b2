"""The files as of the last refresh, to be compared with a scan as bytes.

They are kept in buckets by inode: while nothing changes, bytes are compared and
nothing is unpacked; when one file changes, one bucket is written and not all.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
from collections.abc import Iterable
from typing import Any
from zlib import crc32

from brokernotes.storage.index import DamagedIndexError
from brokernotes.storage.walking import Stamp

Snapshot = dict[str, Stamp]
Buckets = dict[int, bytes]

# Two writes within one tick of the file system's clock leave one time behind, so a file as
# young as this when it is read is read again by the next refresh.
TICK_NS = 20_000_000
COARSE_TICK_NS = 2_000_000_000  # where times come in whole seconds (FAT, some network drives)
HAS_CHANGE_TIME = os.name != "nt"  # else what is called ctime is when a file was made

BUCKETS = 64  # a power of two
_WHOLE = 2  # of marshal: later versions write equal values in more than one way


def packed(value: Any) -> bytes:
    """Plain values as bytes; equal ones are of equal values."""
    return marshal.dumps(value, _WHOLE)


def pack(files: Snapshot) -> Buckets:
    """Files in their buckets. Folders mostly tell theirs in one order, so the bytes repeat."""
    sorted_out: list[Snapshot] = [{} for _ in range(BUCKETS)]
    for path, stamp in files.items():
        sorted_out[stamp[3] % BUCKETS][path] = stamp
    return {number: packed(one) for number, one in enumerate(sorted_out) if one}


def load(db: sqlite3.Connection) -> Buckets:
    """The buckets an index holds.

    Raises:
        DamagedIndexError: they are not what was stored; unpacking them might crash.
    """
    found = {}
    for number, data, total in db.execute("SELECT bucket, data, total FROM file"):
        if not isinstance(data, bytes) or crc32(data) != total:
            raise DamagedIndexError("the list of files is damaged")
        found[number] = data
    return found


def save(db: sqlite3.Connection, before: Buckets, now: Buckets) -> None:
    """Replace the buckets that differ."""
    for number in differing(before, now):
        db.execute("DELETE FROM file WHERE bucket = ?", (number,))
        if number in now:
            row = (number, now[number], crc32(now[number]))
            db.execute("INSERT INTO file(bucket, data, total) VALUES(?, ?, ?)", row)


def differing(before: Buckets, now: Buckets) -> list[int]:
    """The numbers of the buckets that are not equal byte for byte."""
    return [n for n in sorted(before.keys() | now.keys()) if before.get(n) != now.get(n)]


def unpack(buckets: Buckets, numbers: Iterable[int]) -> Snapshot:
    """The files of some buckets."""
    files: Snapshot = {}
    for number in numbers:
        if number in buckets:
            files.update(marshal.loads(buckets[number]))
    return files


def young_files(files: Snapshot, clock_ns: int) -> list[str]:
    """Files so young that a later write may leave the same times behind.

    Whatever changes a file's bytes changes its ctime, too, so that alone decides where
    there is one. A time in whole seconds may come of a coarse clock.
    """
    at = 2 if HAS_CHANGE_TIME else 1
    fine, coarse = clock_ns - TICK_NS, clock_ns - COARSE_TICK_NS
    return [
        path
        for path, stamp in files.items()
        if stamp[at] >= coarse and (stamp[at] >= fine or stamp[at] % 1_000_000_000 == 0)
    ]

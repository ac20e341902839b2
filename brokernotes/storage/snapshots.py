"""The notes as of the last refresh, to be compared with a scan as bytes.

They are kept by folder: while nothing changes, nothing is unpacked; when a note changes, the
folder it is in is compared, and SQLite writes the pages of its row that differ.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.index import DamagedIndexError
from brokernotes.storage.stamps import WIDTH, Folders, Listed, Stamp

# Two writes within one tick of the file system's clock leave one time behind, so a file as
# young as this when it is read is read again by the next refresh.
TICK_NS = 20_000_000
COARSE_TICK_NS = 2_000_000_000  # where times come in whole seconds (FAT, some network drives)
HAS_CHANGE_TIME = os.name != "nt"  # else what is called ctime is when a file was made

RUN = 64  # stamps that are compared at once
_WHOLE = 2  # of marshal: later versions write equal values in more than one way


class Differences(NamedTuple):
    """Paths of Markdown files, in no order."""

    added: list[str]
    modified: list[str]
    removed: list[str]


def packed(value: Any) -> bytes:
    """Plain values as bytes; equal ones are of equal values."""
    return marshal.dumps(value, _WHOLE)


def load(db: sqlite3.Connection) -> Folders:
    """The notes an index knows.

    Raises:
        DamagedIndexError: they are not what was stored.
    """
    found = {}
    sql = "SELECT prefix, names, stamps, total FROM folder"
    for prefix, names, stamps, total in db.execute(sql):
        kinds = (prefix.__class__, names.__class__, stamps.__class__)
        if kinds != (str, bytes, bytes) or _total(prefix, names, stamps) != total:
            raise DamagedIndexError("the list of files is damaged")
        found[prefix] = Listed(names, stamps)
    return found


def save(db: sqlite3.Connection, before: Folders, now: Folders) -> None:
    """Replace the folders that differ."""
    for prefix in before.keys() - now.keys():
        db.execute("DELETE FROM folder WHERE prefix = ?", (prefix,))
    for prefix, one in now.items():
        was = before.get(prefix)
        row = (*one, _total(prefix, *one), prefix)
        if was is None:
            db.execute("INSERT INTO folder(names, stamps, total, prefix) VALUES(?, ?, ?, ?)", row)
        elif was != one:
            db.execute("UPDATE folder SET names = ?, stamps = ?, total = ? WHERE prefix = ?", row)


def _total(prefix: str, names: bytes, stamps: bytes) -> bytes:
    # Always as long: of a row that grew or shrank SQLite writes every page.
    return crc32(stamps, crc32(names, crc32(prefix.encode()))).to_bytes(4, "big")


def differences(before: Folders, now: Folders) -> Differences:
    """What became of the notes between two looks."""
    found = Differences([], [], [])
    for prefix in before.keys() | now.keys():
        old, new = before.get(prefix, Listed()), now.get(prefix, Listed())
        if old != new:
            _compare(found, prefix, old, new)
    return found


def _compare(found: Differences, prefix: str, old: Listed, new: Listed) -> None:
    """Compare one folder; only what stands between the names that are alike is taken apart."""
    head = old.names.rfind(b"\0", 0, _alike(old.names, new.names)) + 1
    tail = _tail(old.names[head:], new.names[head:])
    ends = len(old.names) - tail, len(new.names) - tail
    changed = [
        *_changed(old.cut(0, head), new.cut(0, head)),
        *_changed(old.cut(ends[0]), new.cut(ends[1])),
    ]
    was, now = old.cut(head, ends[0]).by_name(), new.cut(head, ends[1]).by_name()
    changed += [name for name, stamp in now.items() if was.get(name, stamp) != stamp]
    found.modified.extend(prefix + name.decode() for name in changed)
    found.added.extend(prefix + name.decode() for name in now.keys() - was.keys())
    found.removed.extend(prefix + name.decode() for name in was.keys() - now.keys())


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes they begin with alike; by halving, so that none is touched one by one."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _tail(one: bytes, other: bytes) -> int:
    """How many bytes of whole names they end with alike, or one name fewer."""
    alike = _alike(one[::-1], other[::-1])
    return len(one) - 1 - one.find(b"\0", len(one) - alike) if alike else 0


def _changed(old: Listed, new: Listed) -> Iterator[bytes]:
    """The names of notes, listed alike in both, whose stamps differ."""
    if old.stamps == new.stamps:
        return
    names, run = new.names.split(b"\0"), RUN * WIDTH
    for start in range(0, len(new.stamps), run):
        before, now = old.stamps[start : start + run], new.stamps[start : start + run]
        if before != now:
            for at in range(0, len(now), WIDTH):
                if before[at : at + WIDTH] != now[at : at + WIDTH]:
                    yield names[(start + at) // WIDTH]


def young_files(files: Mapping[str, Stamp], clock_ns: int) -> list[str]:
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

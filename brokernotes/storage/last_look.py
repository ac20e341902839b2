"""One look at the files of a vault, and what the index remembers of the last one.

What is remembered is compared as bytes: while nothing changed, nothing is unpacked and no note
is read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.storage.index import DamagedIndexError, Index
from brokernotes.storage.snapshots import differences, packed, save
from brokernotes.storage.stamps import Folders, in_folders, without
from brokernotes.storage.walking import Scan, scan

if TYPE_CHECKING:
    from brokernotes.model.schema import Schema
    from brokernotes.storage.deriving import Looking


class Known(NamedTuple):
    """What the index remembers of the last refresh.

    Attributes:
        racy: paths of files too young to be sure of, by NUL.
        scan: digest of the files that are no notes, and of what could not be read.
        day: for which things were derived, as ISO text.
        turn: how many refreshes wrote what they found.
    """

    racy: bytes = b""
    scan: bytes = b""
    day: str = ""
    turn: int = 0

    @property
    def young(self) -> frozenset[str]:
        """The files too young to be sure of.

        Raises:
            DamagedIndexError: what is stored is no list of files.
        """
        try:
            return frozenset(self.racy.decode().split("\0"))
        except UnicodeDecodeError as error:
            raise DamagedIndexError("the list of young files is damaged") from error


def remembered(index: Index) -> Known:
    """What the last refresh left.

    Raises:
        DamagedIndexError: it is not there.
    """
    sql = "SELECT key, value FROM meta WHERE key IN ('racy', 'scan', 'day', 'turn')"
    found = Known(**dict(index.db.execute(sql)))
    if [value.__class__ for value in found] != [bytes, bytes, str, int]:
        raise DamagedIndexError("what the last refresh left is not there")
    return found


class Look:
    """One scan, in the forms that are compared and kept.

    Args:
        found: by the scan.
    """

    def __init__(self, found: Scan) -> None:
        self.scan = found

    @functools.cached_property
    def digest(self) -> bytes:
        """What changes with the files that are no notes, and with what could not be read."""
        others, problems = self.scan.others, self.scan.problems
        from brokernotes.model.digests import blake2b

        told = packed((others, [repr(one) for one in problems]))
        return blake2b(told, digest_size=16).digest()

    def without(self, vanished: Iterable[str]) -> Look:
        """The same but for files that were gone when they were to be read."""
        gone = frozenset(vanished)
        if not gone:
            return self
        return Look(replace(self.scan, folders=without(self.scan.folders, gone)))


def look(root: str, glass: Looking | None) -> Look:
    """One scan; where a viewer reads the files, by the paths that they read.

    Raises:
        SystemRefusedError: the root itself cannot be read.
    """
    found = scan(root)
    if glass is not None:
        notes = found.notes.items()
        found.folders = in_folders({glass.shown(path): stamp for path, stamp in notes})
        found.problems = []  # of files, which a viewer has not
    return Look(found)


def is_same(found: Look, before: Known, known: Folders) -> bool:
    """Whether a look found what the index knows, and is sure of."""
    if before.racy or before.scan != found.digest:
        return False
    # What is told in another order is the same as well.
    return known == found.scan.folders or not any(differences(known, found.scan.folders))


def stale(index: Index, today: date) -> frozenset[str]:
    """Paths of the notes of which something is derived otherwise from a day on."""
    sql = "SELECT path FROM note WHERE stale_from <= ?"
    return frozenset(path for (path,) in index.db.execute(sql, (today.isoformat(),)))


# -- what is remembered


def put_scan(index: Index, schema: Schema, found: Scan) -> None:
    """Replace what the scan found besides Markdown files."""
    from brokernotes.notes.links import link_fold
    from brokernotes.storage.rows import problem_rows
    from brokernotes.storage.storing import Sheet
    from brokernotes.storage.tables import TARGET_OTHER

    db = index.db
    db.execute("DELETE FROM target WHERE kind = ?", (TARGET_OTHER,))
    db.execute("DELETE FROM problem WHERE n = 0")
    sheet = Sheet(db, schema)
    sheet.add("target", [(link_fold(path), TARGET_OTHER, path) for path in found.others])
    sheet.add("problem", problem_rows(0, found.problems))
    sheet.flush()


def keep_state(index: Index, found: Look, before: Folders, young: list[str], today: date) -> None:
    """Remember the files as they were read, for the next refresh to compare with."""
    save(index.db, before, found.scan.folders)
    index.set_meta("racy", "\0".join(sorted(set(young))).encode())
    index.set_meta("scan", found.digest)
    index.set_meta("turn", (index.meta("turn") or 0) + 1)
    day = today.isoformat()
    index.set_meta("day", max(day, index.meta("day") or day))

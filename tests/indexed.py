"""Vaults whose index is refreshed by a clock that tests set, never by waiting."""

import sqlite3
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from brokernotes.joint import DERIVING
from brokernotes.storage import last_look
from brokernotes.storage.index import Index
from brokernotes.storage.refresh import Refreshed, refresh
from brokernotes.storage.stamps import in_folders
from brokernotes.storage.vault import Vault
from brokernotes.storage.verifying import differences
from brokernotes.storage.walking import Scan, scan

TODAY = date(2026, 11, 21)
SECOND = 1_000_000_000
LONG_AGO = 1_700_000_000 * SECOND + 7
LATER = 4_100_000_000 * SECOND + 7  # when nothing on the disk is young any more

AGENT = "---\nid: A-WANG22\ntype: agent\ntitle: 王敏\nname: 王敏\nrole: 经纪人\n---\n"
CLIENT = """---
id: C-7K2PQM
type: client
title: 李女士
stage: 在看
agent: "[[王敏]]"
created: 2026-10-01
---

## 跟进记录

- 2026-11-01 10:00 电话 聊了很久 ^3ack67k2p
"""
LISTING = """---
id: L-9F3DWA
type: listing
title: 阳光花园
transaction: 出售
status: 在售
grade: B
agent: "[[王敏]]"
created: 2026-10-01
---

## 跟进记录

- 2026-11-02 10:00 回访 不着急 ^3ack67k3q
"""


class IndexedVault:
    """A vault on the disk with its index.

    Args:
        root: of the vault; made if need be.
        cache: folder of the index; None: in memory.
    """

    def __init__(self, root: Path, cache: Path | None = None):
        self.root = root
        self.cache = cache
        root.mkdir(parents=True, exist_ok=True)
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
        (root / "brokernotes.yaml").write_text("format: 1\nlanguage: zh\n", encoding="utf-8")
        self.clock_ns = LATER
        self._open()

    def _open(self) -> None:
        home = self.root.parent / "home"
        self.vault = Vault(str(self.root), environ={"XDG_CACHE_HOME": str(home)}, deriving=DERIVING)
        self.index = Index(
            str(self.cache) if self.cache else None,
            self.vault.rules.schema,
            self.vault.rules_digest,
        )

    def reopen(self) -> None:
        """As the next command does: everything in memory is forgotten."""
        self.index.close()
        self._open()

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    # -- files

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        return place

    def write_all(self, **notes: str) -> None:
        """The usual three notes."""
        self.write("经纪人/王敏.md", AGENT)
        self.write("客源/李女士-7K2PQM.md", CLIENT)
        self.write("房源/阳光花园-9F3DWA.md", LISTING)

    # -- the index

    def refresh(self, today: date = TODAY, clock_ns: int | None = None) -> Refreshed:
        """Bring the index up to date."""
        return refresh(
            str(self.root),
            self.index,
            self.vault.rules,
            DERIVING,
            today=today,
            clock_ns=self.clock_ns if clock_ns is None else clock_ns,
        )

    def differences(self, today: date = TODAY) -> list[str]:
        """Where the index says something else than a new one."""
        anew = Index(None, self.vault.rules.schema, self.vault.rules_digest)
        try:
            refresh(str(self.root), anew, self.vault.rules, DERIVING, today=today, clock_ns=0)
            return differences(self.index.db, anew.db)
        finally:
            anew.close()

    def rows(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """The answer to a question."""
        return self.index.db.execute(sql, params).fetchall()

    def paths(self) -> list[str]:
        """Paths of the notes."""
        return [path for (path,) in self.rows("SELECT path FROM note ORDER BY path")]

    def due(self) -> dict[str, str]:
        """The day of each occurrence by its key."""
        return dict(self.rows("SELECT key, due FROM occurrence ORDER BY key"))

    def texts(self, path: str) -> str:
        """The text of a file."""
        return (self.root / path).read_text(encoding="utf-8")


@contextmanager
def stamped(stamps):
    """The scan tells other stamps than the disk: by path, else what it finds at LONG_AGO.

    Change times cannot be set, so this is how a test says when files were written.

    Args:
        stamps: by path: anything of size, mtime, ctime, inode by name.
    """

    def telling(root: str) -> Scan:
        found = scan(root)
        notes = found.notes
        for path, (size, _, _, inode, mode) in notes.items():
            given = stamps.get(path, {})
            mtime = given.get("mtime", LONG_AGO)
            notes[path] = (
                given.get("size", size),
                mtime,
                given.get("ctime", mtime),
                given.get("inode", inode),
                mode,
            )
        found.folders = in_folders(notes)
        return found

    with mock.patch.object(last_look, "scan", telling):
        yield


def damage(path: Path, at: int, data: bytes = b"\xff" * 64) -> None:
    """Overwrite some bytes of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def set_meta(path: Path, key: str, value: object) -> None:
    """Change the meta table of an index on the disk."""
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
    db.commit()
    db.close()

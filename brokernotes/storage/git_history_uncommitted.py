"""What files say and git does not have yet, told as the newest part of history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from brokernotes.model.revisions import Revision
from brokernotes.notes.version_reading import VersionReader
from brokernotes.notes.versions import Version, blind, difference
from brokernotes.storage.git_history_log import texts_of
from brokernotes.storage.git_history_rows import Step
from brokernotes.storage.git_history_store import Store
from brokernotes.storage.git_history_telling import told
from brokernotes.storage.git_history_versions import read_version
from brokernotes.storage.reading import read_text

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault

_UNREAD = frozenset(("file-too-big", "unreadable"))


class Uncommitted:
    """Compares the files of a vault with HEAD.

    Args:
        vault: whose.
        store: what is kept of its history.
        reader: of versions.
    """

    def __init__(self, vault: Vault, store: Store, reader: VersionReader) -> None:
        self._vault = vault
        self._store = store
        self._reader = reader

    def paths(self) -> list[str]:
        """Paths of notes whose files differ from HEAD's, new ones too."""
        repository = self._vault.repository
        prefix = repository.prefix
        scope = ("--", prefix) if prefix else ()
        out = repository.run(
            "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all",
            "--ignore-submodules=all", *scope,
        ).out  # fmt: skip
        records = out.decode("utf-8", "surrogateescape").split("\0")
        paths = (record[3:].removeprefix(prefix) for record in records if record)
        known = {path for path, _ in self._store.places()}
        notes = set(self._vault.queries.paths())
        return sorted(path for path in paths if path in notes or path in known)

    def of(self, last: Step | None, path: str | None) -> Iterator[Revision]:
        """What a note's file says and HEAD does not.

        Args:
            last: the last step of the note; None: it was never committed.
            path: of the file; None: there is none.
        """
        before = self._committed(last)
        after = None
        if path is not None:
            source = read_text(self._vault.root, path)
            is_unread = any(one.code in _UNREAD for one in source.problems)
            after = read_version(self._reader, path, None if is_unread else source.data)
            if after is not None and after.is_blind:
                after = blind(after, before)
        if after is None and before is None:
            return
        known = after or before
        assert known is not None
        when = self._store.moment(self._written(known.path))
        about = {
            "when": when, "committed": when, "author": "", "email": "", "commit": None,
            "path": known.path, "note": known.id,
        }  # fmt: skip
        book = self._vault.reader.log_book
        yield from told(difference(after, [before]), about, book)

    def _committed(self, last: Step | None) -> Version | None:
        """A note as HEAD has it."""
        if last is None or last.blob is None:
            return None
        with texts_of(self._vault.repository) as texts:
            ((_, data),) = texts.read([last.blob])
        return read_version(self._reader, last.path, data)

    def _written(self, path: str) -> float:
        """When a file was last written; of one that is gone, its folder."""
        place = os.path.join(self._vault.root, path)
        while not os.path.lexists(place):
            place = os.path.dirname(place)
        return os.stat(place, follow_symlinks=False).st_mtime

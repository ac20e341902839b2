"""The vault as one agent would see it: the same files, read through glass.

A second index is kept for each viewer, made of texts without what is hidden from them. So
whatever asks it (`list`, `find`, sorting, counting, names and phones as REFs, calendars)
cannot tell what its viewer may not know, and a new output need not remember to hide it.
The glass is made of what the vault's own index says: whose each note is, and the rules.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brokernotes.errors import RefusedError
from brokernotes.features.hidden import Hidden, Told
from brokernotes.features.sharing import ALL, Sight, hidden_keys
from brokernotes.features.withholding import withhold
from brokernotes.language import N_
from brokernotes.model.digests import blake2b
from brokernotes.notes.note import default_type
from brokernotes.sharing_map import SharingMap
from brokernotes.storage.index import Index
from brokernotes.storage.reading import Source, read_text
from brokernotes.storage.refresh import Progress, Refreshed
from brokernotes.storage.vault import Vault

if TYPE_CHECKING:
    from brokernotes.storage.deriving import Deriving
    from brokernotes.storage.git import Repository
    from brokernotes.storage.queries import NoteRow

GLASS_VERSION = 2  # grows when the same notes are withheld in another way


class Glass:
    """What is kept from one viewer, note by note.

    Args:
        main: the vault, its index current.
        viewer: id of the agent who looks.
    """

    def __init__(self, main: Vault, viewer: str) -> None:
        self._main = main
        self.viewer = viewer

    @functools.cached_property
    def map(self) -> SharingMap:
        """What the vault's index says of every note."""
        return SharingMap(self._main, self.viewer)

    def hidden(self, path: str) -> Hidden:
        """What is kept back of a note, by its real path; of one nobody knows yet, all."""
        if path in self.map.known:
            return self.map.hidden.get(path) or Hidden()
        why = {"client": "client", "listing": "private", "deal": "private"}
        return Hidden(sight=Sight(why.get(default_type(path) or "", "")))

    def shown(self, path: str) -> str:
        """A note's path as the viewer reads it: its name tells nothing that is hidden."""
        return self.map.shown.get(path, path)

    def real(self, shown: str) -> str:
        """The path on the disk."""
        return self.map.real.get(shown, shown)

    def source(self, source: Source) -> Source:
        """A note without what is kept back, its digest that of what is left."""
        text = self.told(source).text
        if text is source.text and source.path == self.shown(source.path):
            return source
        return Source(
            self.shown(source.path), text, text.encode("utf-8", "replace"), source.stamp,
            is_exact=False, is_torn=source.is_torn,
        )  # fmt: skip

    def told(self, source: Source) -> Told:
        """A note by its real path, and what is kept back."""
        return withhold(source.path, source.text, self.hidden(source.path), self._main.reader)

    def marks(self) -> dict[str, str]:
        """By shown path what changes when something else is kept back."""
        return {
            self.shown(path): blake2b(repr(hidden.state).encode(), digest_size=8).hexdigest()
            for path, hidden in self.map.hidden.items()
        }


class SeenVault(Vault):
    """A vault as one agent would see it. It is only read.

    Args:
        main: the vault, its index current.
        viewer: id of the agent.
        deriving: the features whose results the index stores.
    """

    trusts_watcher = False

    def __init__(self, main: Vault, viewer: str, deriving: Deriving) -> None:  # no rules are read
        self.__dict__.update(main.__dict__)
        for own in ("index", "reader", "history"):
            self.__dict__.pop(own, None)
        self.main = main
        self.glass = Glass(main, viewer)
        self._deriving = deriving._replace(glass=self.glass)

    @functools.cached_property
    def index(self) -> Index:
        """The viewer's own index."""
        folder = Path(self.cache, f"as-{self.glass.viewer}") if self.cache else None
        if folder is not None:
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError:
                folder = None
        digest = f"{self.rules_digest}/glass-{GLASS_VERSION}"
        return Index(str(folder) if folder else None, self.rules.schema, digest)

    @functools.cached_property
    def history(self) -> Any:
        """Git's history, as far as the viewer may know it."""
        from brokernotes.viewing_history import SeenHistory

        return SeenHistory(self.main, self.glass)

    @functools.cached_property
    def repository(self) -> Repository:
        """That of the vault."""
        return self.main.repository

    def close(self) -> None:
        """Let go of both indexes."""
        super().close()
        self.main.close()

    def refresh(self, today: date, progress: Progress | None = None) -> Refreshed:
        """Bring the viewer's index up to date with the vault's, which is current.

        Args:
            today: in the vault's zone.
            progress: wraps the paths that are read, given with their number.
        """
        index, generation = self.index, self.main.index.generation
        if not index.is_new and index.meta("of") == generation:
            return Refreshed(True, [], [], [])
        marks = self.glass.marks()
        if not index.is_new:
            self._read_again(index, marks)
        found = super().refresh(today, progress)
        self.__dict__.pop("_told", None)
        self.index.remember("marks", json.dumps(marks))
        self.index.remember("told", json.dumps(self._tell(), ensure_ascii=False))
        self.index.remember("of", generation)
        return found

    def _tell(self) -> dict[str, list[str | None]]:
        """By shown path what is kept back: the real path, why, and whom to ask."""
        glass = self.glass
        return {
            glass.shown(path): [path, *hidden.sight]
            for path, hidden in glass.map.hidden.items()
            if not hidden.sight.is_whole
        }

    @functools.cached_property
    def _told(self) -> dict[str, list[str | None]]:
        """The same as the last refresh left it, so that lists need not work it out."""
        kept: dict[str, list[str | None]] = json.loads(self.index.meta("told") or "{}")
        return kept

    def _read_again(self, index: Index, marks: Mapping[str, str]) -> None:
        """Have the notes read anew of which other things are kept back than before."""
        before: dict[str, str] = json.loads(index.meta("marks") or "{}")
        changed = {
            path
            for path in before.keys() | marks.keys()
            if before.get(path, "") != marks.get(path, "")
        }
        young = index.meta("racy")
        known = young.decode("utf-8", "replace").split("\0") if isinstance(young, bytes) else []
        index.set_meta("racy", "\0".join(sorted(changed | set(filter(None, known)))).encode())

    def read(self, path: str) -> Source:
        """A note without what is kept from the viewer."""
        return self.glass.source(read_text(self.root, self.glass.real(path)))

    def kept(self, row: NoteRow) -> tuple[str, ...]:
        """The keys of a note that have a value the viewer may not see, in the table's order."""
        hidden = self.hidden_keys(row)
        found = self._main_row(row) if hidden else None
        values = self.main.queries.values(found) if found is not None else ()
        return tuple(key for key in values if key in hidden)

    def hidden_keys(self, row: NoteRow) -> frozenset[str]:
        """The keys of a note whose values the viewer may not see, set or not."""
        return hidden_keys(row.type, self.sight(row), self.rules.schema)

    def kept_entries(self, row: NoteRow) -> int:
        """How many entries of a note's log are kept back."""
        if self.sight(row).is_whole and not self.glass.hidden(self.glass.real(row.path)).private:
            return 0
        return self.glass.told(read_text(self.root, self.glass.real(row.path))).entries

    def sight(self, row: NoteRow) -> Sight:
        """What the viewer may see of a note, and whom to ask."""
        found = self._told.get(row.path)
        return Sight(found[1] or "", found[2]) if found else ALL

    def _main_row(self, row: NoteRow) -> NoteRow | None:
        told = self._told.get(row.path)
        found = self.main.queries.by_path(str(told[0]) if told else row.path)
        return found[0] if found else None

    def writing(self) -> Any:
        """Refused: what is seen through glass is not what stands on the disk.

        Raises:
            RefusedError: always.
        """
        raise RefusedError(N_("with --as a vault is only looked at; nothing was written"))

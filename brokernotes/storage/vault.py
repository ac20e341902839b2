"""A vault: its rules, its notes, its index, and the way changes reach the disk."""

from __future__ import annotations

import contextlib
import functools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from brokernotes.errors import (
    AmbiguousError,
    BrokernotesError,
    NotFoundError,
    SystemRefusedError,
    VaultError,
)
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.rules import FORMAT
from brokernotes.notes.rulebook import RULES_FILE
from brokernotes.storage.freshness import is_vouched_for
from brokernotes.storage.index import Index
from brokernotes.storage.locking import PENDING_NAME, cache_folder, vault_lock
from brokernotes.storage.queries import NoteRow, Queries
from brokernotes.storage.reading import Source, read_text
from brokernotes.storage.refresh import Progress, Refreshed, refresh
from brokernotes.storage.vault_rules import vault_rules

if TYPE_CHECKING:
    from brokernotes.notes.note import Note, NoteReader
    from brokernotes.storage.deriving import Deriving
    from brokernotes.storage.encounters import Encounters
    from brokernotes.storage.git import Repository
    from brokernotes.storage.git_history import History
    from brokernotes.storage.pending import Finished


MOST_CANDIDATES = 20  # that an error names


class Opened(NamedTuple):
    """A note read from the disk: its bytes and what they mean."""

    source: Source
    note: Note

    @property
    def path(self) -> str:
        """Relative to the vault."""
        return self.source.path


class Vault:
    """One vault on the disk.

    Args:
        root: the folder with `brokernotes.yaml`.
        environ: the environment, for where caches and git lie.
        deriving: the features whose results the index stores.

    Raises:
        VaultError: the rules cannot be read.
    """

    trusts_watcher = True  # false for the watcher itself

    def __init__(self, root: str, *, environ: Mapping[str, str], deriving: Deriving) -> None:
        self.root = os.path.realpath(root)
        self.environ = environ
        self._deriving = deriving
        self.cache = cache_folder(self.root, environ)
        self.has_written = False  # in this run
        self.finished: list[Finished] = []  # steps that were interrupted, and ended by this run
        self._chosen: dict[tuple[str, tuple[str, ...]], str] = {}
        try:
            source = read_text(self.root, RULES_FILE)
        except NotFoundError as error:
            raise VaultError(
                N_("there is no vault in {path}: it has no brokernotes.yaml"), path=root
            ) from error
        self.rules_source = source
        self.rules, self.rules_problems, self.rules_digest = vault_rules(source, self.cache)

    @property
    def name(self) -> str:
        """What Obsidian calls the vault: its folder's name."""
        return os.path.basename(self.root)

    # -- rules

    @property
    def is_newer(self) -> bool:
        """Whether the vault's format is newer than this program: then it is only read."""
        return self.rules.format > FORMAT

    # -- index

    @functools.cached_property
    def index(self) -> Index:
        """The index as it stands; `refresh` brings it up to date."""
        return Index(self.cache, self.rules.schema, self.rules_digest)

    @property
    def queries(self) -> Queries:
        """Questions to the index as it is now."""
        off = [code for code, severity in self.rules.checks.items() if severity == "off"]
        return Queries(self.index.db, self.rules.schema, off)

    @property
    def encounters(self) -> Encounters:
        """What the index knows of clients and homes together."""
        from brokernotes.storage.encounters import Encounters

        return Encounters(self.index.db, self.queries)

    def close(self) -> None:
        """Let go of the index; whoever asks for it again opens it again."""
        for name in ("index", "history"):
            held = self.__dict__.pop(name, None)
            if held is not None:
                held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self, today: date, progress: Progress | None = None) -> Refreshed:
        """Bring the index up to date with the files; an interrupted step is finished before.

        Args:
            today: in the vault's zone.
            progress: wraps the paths that are read, given with their number.
        """
        self.finish_interrupted()
        # Asked before the index is opened: the watcher may be putting a new one in place.
        is_vouched = (
            self.trusts_watcher and "index" not in self.__dict__ and is_vouched_for(self.cache)
        )
        found = refresh(
            self.root,
            self.index,
            self.rules,
            self._deriving,
            today=today,
            clock_ns=time.time_ns(),
            progress=progress,
            is_vouched=is_vouched,
        )
        if not found.is_unchanged:
            self.__dict__.pop("reader", None)  # colleagues may have other names
        return found

    def index_differences(self, today: date) -> list[str]:
        """Where the index says something else than one made anew from the notes would.

        Args:
            today: in the vault's zone.
        """
        anew = Index(None, self.rules.schema, self.rules_digest)
        try:
            refresh(self.root, anew, self.rules, self._deriving, today=today, clock_ns=0)
            from brokernotes.storage.verifying import differences

            return differences(self.index.db, anew.db)
        finally:
            anew.close()

    # -- notes

    @functools.cached_property
    def reader(self) -> NoteReader:
        """Reads notes by the vault's rules; knows the colleagues the index knows."""
        from brokernotes.notes.note import NoteReader
        from brokernotes.storage.neighbours import agent_names

        return NoteReader(self.rules, agent_names(self.index.db))

    def open(self, path: str) -> Opened:
        """Read one note from the disk.

        Raises:
            NotFoundError: there is no such file.
        """
        source = self.read(path)
        note = self.reader.read(path, source.text)
        note.problems.extend(source.problems)
        return Opened(source, note)

    def read(self, path: str) -> Source:
        """The text of one file, as whoever looks may read it.

        Raises:
            NotFoundError: there is no such file.
        """
        return read_text(self.root, path)

    def resolve(self, ref: str, types: tuple[str, ...] = ()) -> NoteRow:
        """The one note a REF means: id or its beginning, file name, path, title, alias, phone.

        Args:
            ref: as typed.
            types: of notes that may be meant; empty: any.

        Raises:
            NotFoundError: no such note; `candidates` names some that are alike.
            AmbiguousError: more than one.
        """
        from brokernotes.storage.refs import find_alike, find_refs

        found = find_refs(self.queries, ref, types)
        if found:
            return self.one_of(ref, found)
        others = find_refs(self.queries, ref, ()) if types else []
        if others:
            raise NotFoundError(
                N_("{ref} is a note of another kind than is wanted here"),
                candidates=tuple(map(in_a_line, others[:MOST_CANDIDATES])),
                ref=ref,
            )
        alike = find_alike(self.queries, ref, types)
        raise NotFoundError(
            N_("no note is called {ref}"),
            hint=N_("Those above are called something like it.")
            if alike
            else N_(
                "A REF is an id, a path, a name or a part of it, its initials, an alias or a phone."
            ),
            candidates=tuple(map(in_a_line, alike)),
            ref=ref,
        )

    def one_of(self, ref: str, rows: Sequence[NoteRow]) -> NoteRow:
        """The one of some notes that is meant: there is no other, or a person chose it.

        Args:
            ref: what they answer to, as typed.
            rows: at least one.

        Raises:
            AmbiguousError: there are several, and nobody chose.
        """
        paths = tuple(row.path for row in rows)
        chosen = self._chosen.get((ref, paths), paths[0] if len(rows) == 1 else None)
        if chosen is not None:
            return rows[paths.index(chosen)]
        are_copies = rows[0].id is not None and len({row.id for row in rows}) == 1
        left = ("…",) if len(rows) > MOST_CANDIDATES else ()
        raise AmbiguousError(
            N_("{ref} may mean {count} notes"),
            hint=N_(
                "They have one id. `brokernotes check --fix --only duplicate-id` gives the copy "
                "its own; until then say the path."
            )
            if are_copies
            else N_("Say the id."),
            candidates=(*map(in_a_line, rows[:MOST_CANDIDATES]), *left),
            ref=ref,
            paths=() if are_copies else paths,
            count=len(rows),
        )

    def choose(self, ref: str, paths: tuple[str, ...], path: str) -> None:
        """Remember for this run which of the notes of a REF a person means."""
        self._chosen[ref, paths] = path

    # -- git

    @functools.cached_property
    def repository(self) -> Repository:
        """The repository the vault lies in, or its absence."""
        from brokernotes.storage.git import Repository

        return Repository.find(self.root, environ=self.environ)

    @property
    def commits(self) -> bool:
        """Whether the rules want a command's change committed."""
        if self.rules.commit == "auto":
            from brokernotes.storage.git import Place

            return self.repository.place is Place.ROOT
        return self.rules.commit == "true"

    def repository_config(self, key: str) -> str | None:
        """A setting of git's that says who is asking; remembered until git's files change."""
        from brokernotes.storage.git import GitRefusedError
        from brokernotes.storage.identity import remembered_config

        try:
            return remembered_config(self.repository, self.cache, key)
        except GitRefusedError:
            return None

    @functools.cached_property
    def history(self) -> History:
        """What became of the notes, by whom and when; nothing is read before it is asked."""
        from brokernotes.storage.git_history import History

        return History(self)

    # -- writing

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the vault's lock.

        Raises:
            VaultError: the vault's format is newer than this program.
            ChangedMeanwhileError: another brokernotes holds it.
            SystemRefusedError: the system gives no lock.
        """
        if self.is_newer:
            raise VaultError(
                N_("the vault has format {format}, this program writes {known}"),
                hint=N_("Update brokernotes; until then it only reads here."),
                format=self.rules.format,
                known=FORMAT,
            )
        if not os.access(self.root, os.W_OK):
            raise SystemRefusedError(N_("cannot write in {path}"), path=self.root)
        with vault_lock(self.cache):
            self._finish_pending()
            yield

    @property
    def is_interrupted(self) -> bool:
        """Whether a step over several files is laid down: under way elsewhere, or killed."""
        return self.cache is not None and os.path.exists(os.path.join(self.cache, PENDING_NAME))

    def finish_interrupted(self) -> None:
        """Bring a step over several files that was killed to its end; it is told in `finished`.

        One that is under way in another process stays its own; where this vault cannot be
        written the step stays as well.
        """
        if not self.is_interrupted or self.is_newer or not os.access(self.root, os.W_OK):
            return
        with contextlib.suppress(BrokernotesError), vault_lock(self.cache, timeout=0):
            self._finish_pending()

    def _finish_pending(self) -> None:
        if self.cache is None or not self.is_interrupted:
            return
        from brokernotes.storage.pending import finish_pending

        done = finish_pending(self.root, self.cache, self.repository)
        if done is not None:
            self.finished.append(done)


def in_a_line(row: NoteRow) -> str:
    """A note as errors name it."""
    return f"{row.ref}  {row.title}  {row.path}"

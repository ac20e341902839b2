"""The same vault for scripts: typed, and nothing is printed.

    from brokernotes import Vault

    with Vault("~/brokerage") as vault:
        for home in vault.notes("listing"):
            print(home.title, home.values.get("price"))
        print(vault.query("client", "stage:磋商 budget_max>=500"))
        for item in vault.due():
            print(item.due, item.title)
        print(vault.post("阳光花园 3室").content)

What it tells is what stands in the files when it is opened, and again after
`refresh`. Every error is a `brokernotes.errors.BrokernotesError`. Confidential
values are told as they stand: whoever may read the files may read them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from brokernotes.joint import open_vault
from brokernotes.light_dataclasses import dataclass, replace

if TYPE_CHECKING:
    import frontmatter

    from brokernotes.errors import Problem
    from brokernotes.features.query_reading import Asking
    from brokernotes.features.ranking import DueItem
    from brokernotes.model.records import Record
    from brokernotes.model.revisions import Revision
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.query import Ask, Computed, Order
    from brokernotes.storage.refresh import Refreshed

__all__ = ["Note", "Vault"]


@dataclass(frozen=True, slots=True)
class Note:
    """One note's values.

    Attributes:
        id: None: not minted yet.
        type: `client`, `listing`, `deal`, `community` or `agent`.
        path: relative to the vault, with `/`.
        title: what people call it.
        values: by key of the field table, as JSON speaks of them: dates as ISO text, enums as
            ids, links as typed; what is unset or cannot be read is absent.
    """

    id: str | None
    type: str
    path: str
    title: str
    values: Mapping[str, Any]

    @property
    def ref(self) -> str:
        """What stands for the note in other calls: its id, else its path."""
        return self.id or self.path


class Vault:
    """A vault, its index brought up to date.

    Args:
        path: the vault's folder, or any folder in it.
        environ: the environment, for where caches and git lie; None: the process's.
        now: the present moment in the vault's zone, without offset; None: the clock's.

    Raises:
        VaultError: there is no vault, or its rules cannot be read.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        environ: Mapping[str, str] | None = None,
        now: datetime | None = None,
    ) -> None:
        folder = Path(path).expanduser().absolute()
        found = (one for one in (folder, *folder.parents) if (one / "brokernotes.yaml").is_file())
        self._vault = open_vault(
            str(next(found, folder)), os.environ if environ is None else environ
        )
        self._now = now
        self.refresh()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """The vault in a folder: the same as `Vault(path)`."""
        return cls(path)

    def close(self) -> None:
        """Let go of the index."""
        self._vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def root(self) -> Path:
        """The vault's folder."""
        return Path(self._vault.root)

    @property
    def index_path(self) -> Path | None:
        """The SQLite file that other programs may read; None: it lives in memory."""
        found = self._vault.index.path
        return Path(found) if found else None

    @property
    def now(self) -> datetime:
        """The present moment in the vault's zone, without offset."""
        return self._now or datetime.now(self._vault.rules.zone).replace(tzinfo=None)

    def refresh(self) -> Refreshed:
        """Take over what changed in the files since; what that was is returned."""
        return self._vault.refresh(self.now.date())

    # -- notes

    def notes(self, type: str | None = None) -> list[Note]:
        """The notes of one type, or all, by title.

        Args:
            type: `client`, `listing`, `deal`, `community` or `agent`; None: of every type.

        Raises:
            UsageError: there is no such type.
        """
        from brokernotes.model.schema import LETTER_OF_TYPE
        from brokernotes.storage.query import Ask

        kinds = [_known_type(type)] if type is not None else list(LETTER_OF_TYPE)
        return [note for kind in kinds for note in self._listed(Ask(type=kind))]

    def query(
        self,
        type: str,
        text: str = "",
        *,
        sort: Sequence[str] = (),
        limit: int | None = None,
        agent: str | None = None,
    ) -> list[Note]:
        """The notes of one type that meet a query, as `brokernotes list` finds them.

            vault.query("listing", "区域:浦东 price:300..400 -status:定金", sort=["-price"])

        Args:
            type: `client`, `listing`, `deal`, `community` or `agent`.
            text: the query; empty: every note.
            sort: keys, the first most; `-price` for the largest first. By title at last.
            limit: at most so many.
            agent: who `me` is in the query; as in `note`.

        Raises:
            UsageError: there is no such type or key, or the query cannot be read; an
                `ArgumentError` has its place in `start` and `end`.
            NotFoundError: there is no such agent.
        """
        from brokernotes.features.query_reading import read_query
        from brokernotes.model.query_keys import computed_keys
        from brokernotes.storage.query import Ask

        kind = _known_type(type)
        tree = read_query(text, kind, self._asking(agent))
        orders = [self._order(kind, typed) for typed in sort]
        keys = computed_keys([tree], [order.key for order in orders])
        computed = self._computed(keys, agent)
        ask = Ask(type=kind, where=tree, order=orders, limit=limit, computed=computed)
        return self._listed(ask)

    def _computed(self, keys: frozenset[str], agent: str | None) -> Computed | None:
        from brokernotes.joint import computed

        row = self._vault.resolve(agent, ("agent",)) if agent else None
        return computed(self._vault, keys, self.now, row and row.ref) if keys else None

    def _listed(self, ask: Ask) -> list[Note]:
        return [
            Note(row.id, row.type, row.path, row.title, values)
            for row, values in self._vault.queries.listed(ask)
        ]

    def _asking(self, agent: str | None) -> Asking:
        from brokernotes.features.query_reading import Asking

        rules = self._vault.rules
        return Asking(
            schema=rules.schema,
            now=self.now,
            language=rules.language,
            find_linked=self._vault.queries.find_linked,
            me=lambda: self._vault.resolve(agent, ("agent",)).ref if agent else None,
        )

    def _order(self, type: str, typed: str) -> Order:
        from brokernotes.errors import UsageError
        from brokernotes.language import N_
        from brokernotes.model.query_keys import find_query_field, parse_order
        from brokernotes.storage.query import Order

        key, descending = parse_order(typed)
        field = find_query_field(self._vault.rules.schema, type, key)
        if field is None:
            raise UsageError(N_("{type} notes have no field {key}"), type=type, key=key)
        return Order(key=field.key, descending=descending)

    def note(self, ref: str) -> Note:
        """The one note that is meant.

        Args:
            ref: its id or the beginning of it, file name, path, title, alias or phone.

        Raises:
            NotFoundError: no such note, or more than one; `candidates` names them.
        """
        row = self._vault.resolve(ref)
        return Note(row.id, row.type, row.path, row.title, self._vault.queries.values(row))

    def record(self, ref: str) -> Record:
        """A note as the features see it: typed values, and the entries of its log.

        Raises:
            NotFoundError: no such note, or more than one.
        """
        return self._vault.open(self._vault.resolve(ref).path).note.record

    def post(self, ref: str) -> frontmatter.Post:
        """A note as python-frontmatter has it.

        The front matter is read by the field table, not by YAML's guesses: a phone keeps its
        zeros, a date that does not exist is text, and nothing raises.

        Raises:
            NotFoundError: no such note, or more than one.
        """
        from brokernotes.notes.posts import post_of

        return post_of(self._vault.open(self._vault.resolve(ref).path).note)

    # -- what is derived

    def due(
        self,
        agent: str | None = None,
        *,
        until: date | None = None,
        kind: str | None = None,
        show_all: bool = False,
        query: str = "",
    ) -> list[DueItem]:
        """What to do today, most pressing first.

        Args:
            agent: whose; as in `note`. None: everybody's, without the daily limit.
            until: also what falls due up to this day.
            kind: only of this kind, one of `model.occurrences.KINDS` or `dormant`.
            show_all: without the daily limit.
            query: only about clients, listings and deals that meet it.

        Raises:
            NotFoundError: there is no such agent.
            UsageError: the query cannot be read.
        """
        from brokernotes.features.ranking import Asked
        from brokernotes.joint import due_of

        row: NoteRow | None = self._vault.resolve(agent, ("agent",)) if agent else None
        now = self.now
        asked = Asked(
            now=now,
            agent=row.ref if row else None,
            until=until,
            show_all=show_all or row is None,
            kind=kind,
            paths=self._matching(query, agent) if query else None,
        )
        return due_of(self._vault, asked)

    def _matching(self, text: str, agent: str | None) -> frozenset[str]:
        from brokernotes.features.query_reading import read_query_of_any
        from brokernotes.joint import DUE_TYPES
        from brokernotes.model.query_keys import computed_keys

        trees = read_query_of_any(text, self._asking(agent), DUE_TYPES)
        computed = self._computed(computed_keys(trees.values()), agent)
        return self._vault.queries.matching(trees, computed)

    def history(self, ref: str) -> list[Revision]:
        """What became of a note, from git: a `FieldRevision` or `EntryRevision` a change.

            for one in vault.history("L-7K2PQM"):
                print(one.when, one.author, one.path)

        Args:
            ref: as in `note`; a note that was deleted by its id or path.

        Returns:
            The oldest first; what is not committed yet at the end, with `commit` None.

        Raises:
            NotFoundError: no such note, now or in history.
            RefusedError: the vault lies in no git repository.
        """
        from brokernotes.errors import NotFoundError

        try:
            return self._vault.history.of(self._vault.resolve(ref))
        except NotFoundError:
            return self._vault.history.of(ref)

    def changes(self, since: date) -> list[Revision]:
        """All that was changed on a day or later, as in `history`.

        Args:
            since: the day, in the vault's zone.

        Raises:
            RefusedError: the vault lies in no git repository.
        """
        return self._vault.history.since(since)

    def problems(self) -> list[Problem]:
        """Everything that is wrong, by place, with the severity the rules give it."""
        from brokernotes.inspection.problems import problems_of

        return [
            replace(found, severity=severity)
            for found, severity in problems_of(self._vault, self.now.date())
        ]


def _known_type(type: str) -> str:
    from brokernotes.errors import UsageError
    from brokernotes.language import N_
    from brokernotes.model.schema import LETTER_OF_TYPE

    if type not in LETTER_OF_TYPE:
        raise UsageError(
            N_("{type} is no type of note; these are: {types}"),
            type=type,
            types=", ".join(LETTER_OF_TYPE),
        )
    return type

"""The clients and listings of a vault as the two sides of a match."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from brokernotes.cli.app import App
from brokernotes.features.matching import ACTIVE_STAGES, RESERVED, settings_of
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_history import History, history_of
from brokernotes.features.matching_sides import (
    ESTATE_KEYS,
    HOME_KEYS,
    WANT_KEYS,
    Home,
    Named,
    Want,
    home_of,
    want_of,
)
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.query_tree import Condition, Or, Tree
from brokernotes.model.records import LogEntry
from brokernotes.storage.pairs import entries_about, linking_paths
from brokernotes.storage.queries import NoteRow
from brokernotes.storage.query import Ask


class Market:
    """What may be matched in the vault of a run.

    Args:
        app: of the run; its index is brought up to date.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._queries = app.fresh.queries
        self._schema = app.vault.rules.schema

    @functools.cached_property
    def settings(self) -> Settings:
        """Of the vault's rules."""
        return settings_of(self._app.vault.rules.other["match"])

    def homes(self) -> Iterator[Home]:
        """The listings that are on offer or reserved."""
        statuses = [Condition("status", "is", one) for one in (*sorted(ACTIVE_STATUSES), RESERVED)]
        for row, values in self._listed("listing", Or(tuple(statuses)), HOME_KEYS):
            yield self._home(row, values)

    def wants(self) -> Iterator[Want]:
        """The clients who look for something."""
        for row, values in self._listed("client", None, WANT_KEYS):
            if values.get("stage") in ACTIVE_STAGES:
                yield self._want(row, values)

    def home(self, row: NoteRow) -> Home:
        """One listing, whatever its status."""
        return self._home(row, self._values(row, HOME_KEYS))

    def want(self, row: NoteRow) -> Want:
        """One client, whatever the stage."""
        return self._want(row, self._values(row, WANT_KEYS))

    def history_of_client(self, row: NoteRow) -> History:
        """What a client has seen and said."""
        return history_of(self._told(row.ref, [row.path]))

    def history_of_listing(self, row: NoteRow) -> History:
        """Who has seen a listing, and said what."""
        paths = linking_paths(self._app.vault.index.db, row.n, "client")
        return history_of(one for one in self._told(None, paths) if one[1] == row.ref)

    def _told(
        self, client: str | None, paths: Iterable[str]
    ) -> Iterator[tuple[str, str, LogEntry]]:
        for path in paths:
            for record, entry, refs in entries_about(self._app.vault, path):
                for ref in refs:
                    yield client or record.ref, ref, entry

    # -- values

    def _listed(
        self, note_type: str, where: Tree | None, keys: Iterable[str]
    ) -> list[tuple[NoteRow, dict[str, Any]]]:
        ask = Ask(type=note_type, keys=list(keys))
        if where is not None:
            ask = Ask(type=note_type, where=where, keys=list(keys))
        return self._queries.listed(ask)

    def _values(self, row: NoteRow, keys: Iterable[str]) -> dict[str, Any]:
        wanted = frozenset(keys)
        return {key: one for key, one in self._queries.values(row).items() if key in wanted}

    def _home(self, row: NoteRow, values: dict[str, Any]) -> Home:
        owners = values.get("owner")
        if owners:
            values["owner"] = [self._id(one) for one in owners]
        community = values.get("community")
        estate = self._estates.get(self._id(community), {}) if community else {}
        if community:
            values["community"] = self._id(community)
        return home_of(Named(row.ref, row.path, row.title), values, estate, self._schema)

    def _want(self, row: NoteRow, values: dict[str, Any]) -> Want:
        if values.get("communities"):
            values["communities"] = [self._id(one) for one in values["communities"]]
        return want_of(Named(row.ref, row.path, row.title), values, self._district_of)

    def _district_of(self, estate: str) -> str | None:
        district: str | None = self._estates.get(estate, {}).get("district")
        return district

    @functools.cached_property
    def _estates(self) -> dict[str, dict[str, Any]]:
        return {row.ref: values for row, values in self._listed("community", None, ESTATE_KEYS)}

    @functools.cached_property
    def _ids(self) -> dict[str, str]:
        return {}

    def _id(self, target: str) -> str:
        """What a link leads to: the id of its note, else its path, else the target itself."""
        if target not in self._ids:
            n = self._queries.resolve(target).n
            self._ids[target] = target if n is None else self._queries.note(n).ref
        return self._ids[target]

    def named(self, ref: str) -> str:
        """The title of an estate, by what `_id` makes of a link to it."""
        titles = self._queries.titles([ref])
        return titles.get(ref) or next((row.title for row in self._queries.by_path(ref)), ref)

"""The clients and listings of a vault as the two sides of a match."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.viewing import seen
from brokernotes.features.matching import ACTIVE_STAGES, RESERVED, settings_of
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_history import History, history_of
from brokernotes.features.matching_learning import Reaction, lessons_of, with_lessons
from brokernotes.features.matching_sides import (
    ESTATE_KEYS,
    HOME_KEYS,
    WANT_KEYS,
    Home,
    Lesson,
    Named,
    Want,
    home_of,
    want_of,
)
from brokernotes.features.sharing import (
    Shared,
    Sight,
    hidden_keys,
    house_of,
    is_plainly_public,
    sight,
)
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.folding import fold_place
from brokernotes.model.query_tree import Condition, Or, Tree
from brokernotes.storage.deal_queries import all_deals
from brokernotes.storage.encounters import Encounter
from brokernotes.storage.persons import owned_by_phone
from brokernotes.storage.queries import NoteRow
from brokernotes.storage.query import Ask

if TYPE_CHECKING:
    from brokernotes.sharing_map import SharingFacts

_UNDER_WAY = frozenset(("deposit", "signed", "closing"))  # stages of a deal: an offer binds nobody


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
        """The listings that are on offer or reserved, and those nobody gave a status."""
        statuses = [Condition("status", "is", one) for one in (*sorted(ACTIVE_STATUSES), RESERVED)]
        statuses.append(Condition("status", "unset", None))
        for row, values in self._listed("listing", Or(tuple(statuses)), HOME_KEYS):
            yield self._home(row, values)

    def wants(self, besides: Collection[str] = ()) -> Iterator[Want]:
        """The clients who look for something.

        Args:
            besides: ids, else paths, of others.
        """
        for row, values in self._listed("client", None, WANT_KEYS):
            if values.get("stage") in ACTIVE_STAGES or row.ref in besides:
                want = self._want(row, values)
                yield want._replace(lessons=self._lessons.get(want.ref, ()))

    def homes_of(self, rows: Collection[NoteRow]) -> Iterator[Home]:
        """Some listings, whatever their status."""
        from brokernotes.storage.topic_rows import some_values

        db = self._app.fresh.index.db
        values = some_values(db, self._schema, [row.n for row in rows], HOME_KEYS)
        for row in rows:
            yield self._home(row, values.get(row.n, {}))

    def home(self, row: NoteRow) -> Home:
        """One listing, whatever its status."""
        return self._home(row, self._values(row, HOME_KEYS))

    def want(self, row: NoteRow) -> Want:
        """One client, whatever the stage, with what reactions taught."""
        want = self._want(row, self._values(row, WANT_KEYS))
        return with_lessons(want, map(self._reaction, self._reactions(row)))

    def met(self, row: NoteRow) -> tuple[Want, list[Encounter]]:
        """One client as `want` tells it, and everything that was shown or said."""
        found = self._app.vault.encounters.about(row)
        said = (self._reaction(one) for one in found if one.reaction or one.objections)
        return with_lessons(self._want(row, self._values(row, WANT_KEYS)), said), found

    def estate(self, name: str) -> Mapping[str, Any]:
        """The values of an estate, by its id or a link to it; empty: there is no such note."""
        n = self._queries.resolve(name).n
        row = self._queries.note(n) if n is not None else None
        return self._queries.values(row) if row and row.type == "community" else {}

    def changed_want(self, row: NoteRow, values: dict[str, Any]) -> Want:
        """One client with other values than the note's, and what reactions taught."""
        return with_lessons(
            self._want(row, dict(values)), map(self._reaction, self._reactions(row))
        )

    def changed_home(self, row: NoteRow, values: dict[str, Any]) -> Home:
        """One listing with other values than the note's."""
        return self._home(row, dict(values))

    def history(self, row: NoteRow) -> History:
        """What a client has seen and said, or who has seen a listing."""
        return self.told(self._app.vault.encounters.about(row))

    def told(self, met: Iterable[Encounter]) -> History:
        """What happened, and which homes a client has a deal of, or owns."""
        return history_of(met, self._deals, self._owned)

    def buyers(self, row: NoteRow) -> set[str]:
        """Who is buying or renting a listing, by id, else path."""
        return {client for client, home in self._deals if home == row.ref}

    @functools.cached_property
    def _deals(self) -> list[tuple[str, str]]:
        """Clients and what they are buying or renting."""
        return [
            (self.id_of(buyer), self.id_of(one.listing))
            for one in all_deals(self._app.vault.index.db)
            if one.listing and one.stage in _UNDER_WAY
            for buyer in one.buyers
        ]

    @functools.cached_property
    def _owned(self) -> list[tuple[str, str]]:
        """Clients and the homes whose owner has their phone, where every phone may be read."""
        return [] if self._app.as_option else owned_by_phone(self._app.vault.index.db)

    def _reactions(self, row: NoteRow) -> list[Encounter]:
        found = self._app.vault.encounters.about(row)
        return [one for one in found if one.reaction or one.objections]

    @functools.cached_property
    def _lessons(self) -> dict[str, tuple[Lesson, ...]]:
        """What reactions taught of every client who had some."""
        said: dict[str, list[Reaction]] = defaultdict(list)
        for one in self._app.vault.encounters.reactions():
            if one.client is not None:
                said[one.client].append(self._reaction(one))
        return {client: lessons_of(reactions) for client, reactions in said.items()}

    def _reaction(self, one: Encounter) -> Reaction:
        if one.listing not in self._seen:
            (row, *_) = self._queries.by_id(one.listing) or self._queries.by_path(one.listing)
            self._seen[one.listing] = self.home(row)
        return Reaction(self._seen[one.listing], one.reaction, one.objections)

    @functools.cached_property
    def _seen(self) -> dict[str, Home]:
        return {}

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
        kept = self._kept_back(row, values.get("sharing"))
        values = {key: one for key, one in values.items() if key not in kept}
        owners = values.get("owner")
        if owners:
            values["owner"] = [self.id_of(one) for one in owners]
        community = values.get("community")
        estate = self._estates.get(self.id_of(community), {}) if community else {}
        if community:
            values["community"] = self.id_of(community)
        named = Named(row.ref, row.path, row.title)
        return home_of(named, values, estate, self._schema, self._app.today)

    def _kept_back(self, row: NoteRow, sharing: str | None) -> frozenset[str]:
        """What of a colleague's private listing whoever asks may not know."""
        if self._app.agent is None or is_plainly_public(sharing, self._mode):
            return frozenset()
        if row.n not in self._shared:
            return frozenset()
        return hidden_keys("listing", self._sight(row), self._schema)

    def _want(self, row: NoteRow, values: dict[str, Any]) -> Want:
        if values.get("communities"):
            values["communities"] = [self.id_of(one) for one in values["communities"]]
        return want_of(Named(row.ref, row.path, row.title), values, self._district_of)

    def _district_of(self, place: str) -> str | None:
        """Of an estate by its id, or a neighborhood by its name, if its estates lie in one."""
        district: str | None = self._estates.get(place, {}).get("district")
        if district is not None:
            return district
        around = self._neighborhoods.get(fold_place(place), set())
        return next(iter(around)) if len(around) == 1 else None

    @functools.cached_property
    def _neighborhoods(self) -> dict[str, set[str]]:
        """In which districts the estates of a neighborhood lie, folded."""
        found: dict[str, set[str]] = defaultdict(set)
        for values in self._estates.values():
            if values.get("neighborhood") and values.get("district"):
                found[fold_place(values["neighborhood"])].add(fold_place(values["district"]))
        return found

    @functools.cached_property
    def _estates(self) -> dict[str, dict[str, Any]]:
        return {row.ref: values for row, values in self._listed("community", None, ESTATE_KEYS)}

    @functools.cached_property
    def _ids(self) -> dict[str, str]:
        return {}

    def id_of(self, target: str) -> str:
        """What a link leads to: the id of its note, else its path, else the target itself."""
        if target not in self._ids:
            n = self._queries.resolve(target).n
            self._ids[target] = target if n is None else self._queries.note(n).ref
        return self._ids[target]

    def through(self, path: str) -> str | None:
        """Id of the colleague through whom whoever asks must go for a note; None: nobody.

        Of a private listing that is its holder, of a client whose agent is another that agent;
        what is matched of them is what everybody may see.
        """
        row = self._queries.by_path(path)[0]
        vault = seen(self._app)
        if vault is not None:
            return vault.sight(row).holder
        if self._app.agent is None or row.n not in self._shared:
            return None
        return self._sight(row).holder

    def _sight(self, row: NoteRow) -> Sight:
        facts = self._facts
        return sight(self._shared[row.n], self._app.agent, facts.house, facts.over)

    @functools.cached_property
    def _mode(self) -> str:
        return house_of(self._app.vault.rules).mode

    @functools.cached_property
    def _facts(self) -> SharingFacts:
        from brokernotes.sharing_map import SharingFacts

        return SharingFacts(self._app.vault)

    @functools.cached_property
    def _shared(self) -> dict[int, Shared]:
        return {row.n: self._facts.shared(row) for row in self._facts.rows}

    def named(self, ref: str) -> str:
        """The title of an estate, by what `id_of` makes of a link to it."""
        titles = self._queries.titles([ref])
        return titles.get(ref) or next((row.title for row in self._queries.by_path(ref)), ref)

"""What the checks of sharing work on, fetched from the index and a few notes."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from brokernotes.errors import Position
from brokernotes.features.duplicates import Door
from brokernotes.features.sharing_checks import (
    CROWDED_DAYS,
    Home,
    OwnerContact,
    SharingFound,
)
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.schema import fold
from brokernotes.notes.links import link_fold
from brokernotes.sharing_map import SharingFacts
from brokernotes.storage import sharing_queries as ask
from brokernotes.storage.neighbours import Colleagues, stored_colleagues
from brokernotes.storage.sharing_queries import ToldRow
from brokernotes.storage.vault import Vault

_CROWDED = timedelta(days=CROWDED_DAYS)


def sharing_found(vault: Vault) -> SharingFound:
    """What the checks of sharing work on.

    Args:
        vault: its index is current.
    """
    facts = SharingFacts(vault)
    colleagues = stored_colleagues(vault.index.db)
    return SharingFound(
        house=facts.house,
        over=facts.over,
        homes=list(_homes(vault, facts)),
        contacts=list(_contacts(vault, colleagues)),
        names=vault.queries.titles(facts.house.seats),
        gone={one.id: one.left for one in colleagues.infos.values() if one.left},
    )


def _homes(vault: Vault, facts: SharingFacts) -> Iterator[Home]:
    queries = vault.queries
    phones = ask.owner_phones(vault.index.db)
    for home in ask.homes(vault.index.db, facts.listing_rows):
        row = home.row
        shared = facts.listings[row.n]
        estate = queries.resolve(row.community).n if row.community else None
        named = row.community and (estate or link_fold(row.community))
        served = facts.house.areas(shared.agent)
        yield Home(
            path=row.path,
            shared=shared,
            areas=tuple(one for one in facts.places_of(row) if fold(one) in served)
            if served
            else (),
            kind=home.kind,
            size=home.size,
            door=Door(named or None, home.building, home.unit, home.room),
            phones=phones.get(row.n, frozenset()),
        )


class _Contact(NamedTuple):
    """One contact, in the order in which an owner's are told."""

    day: date
    path: str
    line: int
    column: int
    agent: str


def _contacts(vault: Vault, colleagues: Colleagues) -> Iterator[OwnerContact]:
    """The contacts with owners that another agent's stands next to, within days.

    Between two of those that are left out nothing comes to stand next to another agent's.
    """
    id_of = functools.cache(colleagues.id_of)
    holder_of = functools.cache(vault.queries.id_of)
    day_of = functools.cache(date.fromisoformat)
    for owner, rows in _of_several(ask.owner_contacts(vault.index.db)):
        told = []
        for row in rows:
            holder = holder_of(row.holder) if row.holder else None
            for day, line, column, named in row.contacts():
                agent = id_of(named) if named else holder
                if agent is not None:
                    told.append(_Contact(day_of(day), row.path, line, column, agent))
        if len({one.agent for one in told}) < 2:
            continue
        told.sort()
        close = [
            one.agent != other.agent and other.day - one.day <= _CROWDED
            for one, other in pairwise(told)
        ]
        for one, before, after in zip(told, [False, *close], [*close, False], strict=True):
            if before or after:
                place = Position(one.path, one.line, one.column, one.column + 10)
                yield OwnerContact(owner=owner, agent=one.agent, day=one.day, at=place)


def _of_several(rows: Iterable[ToldRow]) -> Iterator[tuple[str, list[ToldRow]]]:
    """Owners whom several people may have called: those who hold their homes, or are named."""
    owners: dict[str, list[ToldRow]] = {}
    for row in rows:
        owners.setdefault(row.owner, []).append(row)
    for owner, own in owners.items():
        if any(row.named for row in own) or len({row.holder for row in own}) > 1:
            yield owner, own

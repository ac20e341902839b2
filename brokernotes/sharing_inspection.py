"""What the checks of sharing work on, fetched from the index and a few notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from brokernotes.errors import NotFoundError, Position
from brokernotes.features.duplicates import Door
from brokernotes.features.sharing_checks import (
    CROWDED_DAYS,
    Home,
    OwnerContact,
    SharingFound,
    owner_contacts,
)
from brokernotes.model.folding import BODY_MARK
from brokernotes.model.schema import fold
from brokernotes.notes.links import link_fold
from brokernotes.sharing_map import SharingFacts
from brokernotes.storage import sharing_queries as ask
from brokernotes.storage.neighbours import Colleagues, stored_colleagues
from brokernotes.storage.vault import Vault

# A line of a log as the index keeps it: its day, and who wrote it if somebody is named.
_LINE = re.compile(r"^[-*] (?:\[x\] )?(\d{4}-\d\d-\d\d)[^\n]*", re.MULTILINE)
_AGENT = re.compile(r" @(\S+)")


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
    for home in ask.homes(vault.index.db):
        row = home.row
        shared = facts.listings[row.n]
        estate = queries.resolve(row.community).n if row.community else None
        named = row.community and (estate or link_fold(row.community))
        served = facts.house.areas(shared.agent)
        yield Home(
            path=row.path,
            shared=shared,
            areas=tuple(one for one in facts.places_of(row) if fold(one) in served),
            kind=home.kind,
            size=home.size,
            door=Door(named or None, home.building, home.unit, home.room),
            phones=phones.get(row.n, frozenset()),
        )


def _contacts(vault: Vault, colleagues: Colleagues) -> Iterator[OwnerContact]:
    """The contacts of owners whom several agents may have called: only their notes are read."""
    phones = ask.owner_phones(vault.index.db)
    shared = {phone for phone, count in ask.phone_counts(vault.index.db).items() if count > 1}
    for row in ask.shared_listings(vault.index.db):
        text = ask.text_of(vault.index.db, row.n)
        own = phones.get(row.n, frozenset())
        if not (own & shared or _is_crowded(text)):
            continue
        try:
            record = vault.open(row.path).note.record
        except NotFoundError:
            continue
        holder = vault.queries.id_of(row.agent) if row.agent else None
        for entry in owner_contacts(record):
            agent = colleagues.id_of(entry.agent) if entry.agent else holder
            if agent is not None:
                place = Position(row.path, entry.line, entry.column, entry.column + 10)
                yield OwnerContact(
                    owner=min(own, default=row.path), agent=agent, day=entry.day, at=place
                )


def _is_crowded(text: str) -> bool:
    """Whether two lines of a log, written by two people, lie within days of each other."""
    body = text.partition(BODY_MARK)[2]
    if "@" not in body:
        return False
    found: list[tuple[str, str]] = []
    for line in _LINE.finditer(body):
        named = _AGENT.search(line[0])
        found.append((line[1], named[1] if named else ""))
    found.sort()
    for (one, by), (other, by_other) in pairwise(found):
        if by != by_other and _day(other) - _day(one) <= timedelta(days=CROWDED_DAYS):
            return True
    return False


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min + timedelta(days=CROWDED_DAYS)

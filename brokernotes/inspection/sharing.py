"""What the checks of sharing work on, fetched from the index and a few notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
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
from brokernotes.storage.sharing_queries import SharedRow
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
    db = vault.index.db
    phones = ask.owner_phones(db)
    rows = list(ask.shared_listings(db))
    naming = ask.naming_somebody(db)
    shared = _of_several(rows, phones, naming)
    lines: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        own = phones.get(row.n, frozenset())
        if own & shared or row.n in naming:
            told = _lines(ask.text_of(db, row.n), row.agent or "")
            for name in (row.path, *own):
                lines.setdefault(name, []).extend(told)
    crowded = {name for name, told in lines.items() if _is_crowded(told)}
    for row in rows:
        if crowded.isdisjoint((row.path, *phones.get(row.n, ()))):
            continue
        own = phones.get(row.n, frozenset())
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


def _of_several(
    rows: Iterable[SharedRow], phones: Mapping[int, frozenset[str]], naming: Set[int]
) -> frozenset[str]:
    """Phones of owners whose listings several people hold, or wrote in.

    Args:
        rows: every listing.
        phones: of their owners, by number.
        naming: numbers of the notes whose text names somebody by `@`.
    """
    people: dict[str, set[str | None]] = {}
    for row in rows:
        for phone in phones.get(row.n, ()):
            people.setdefault(phone, set()).add(row.agent)
            if row.n in naming:
                people[phone].add("@")
    return frozenset(phone for phone, those in people.items() if len(those) > 1)


def _lines(text: str, holder: str) -> list[tuple[str, str]]:
    """The days of a log's entries, and who wrote each: whoever is named, else the holder."""
    found = []
    for line in _LINE.finditer(text.partition(BODY_MARK)[2]):
        named = _AGENT.search(line[0])
        found.append((line[1], named[1] if named else holder))
    return found


def _is_crowded(lines: list[tuple[str, str]]) -> bool:
    """Whether two entries, written by two people, lie within days of each other."""
    lines.sort()
    return any(
        by != by_other and _day(other) - _day(one) <= timedelta(days=CROWDED_DAYS)
        for (one, by), (other, by_other) in pairwise(lines)
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min + timedelta(days=CROWDED_DAYS)

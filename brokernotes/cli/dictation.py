"""What dictated lines are read against, fetched from the index."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from brokernotes.cli.app import App
from brokernotes.cli.made_clients import find_made_client
from brokernotes.features.capturing_colleagues import Coworker, coworker_words
from brokernotes.features.capturing_lore import Home, Lore, Person, Plan, names_of
from brokernotes.model.records import LogEntry
from brokernotes.storage import dictation
from brokernotes.storage.neighbours import stored_colleagues
from brokernotes.storage.vault import Opened

_INACTIVE = "inactive"
_Row = TypeVar("_Row", dictation.ClientNames, dictation.ListingNames)


def lore_of(app: App, since: date) -> Lore:
    """Everything the lines of an inbox may speak of.

    Args:
        app: of the run.
        since: the first day whose plans matter.
    """
    vault = app.fresh
    queries, db = vault.queries, vault.index.db
    id_of = functools.cache(lambda link: queries.id_of(link) if link else None)
    ref_of = functools.cache(lambda link: _ref_of(app, link))
    estates: dict[str, str] = {}
    titles: dict[str, str] = {}
    for estate in dictation.estate_names(db):
        titles[_name(estate.path)] = estate.title
        for word in (*estate.aliases, _name(estate.path), estate.title):
            estates[word] = estate.title
    people = [_person(row, id_of(row.agent)) for row in _told_apart(dictation.client_names(db))]
    homes = []
    for row in _told_apart(dictation.listing_names(db)):
        owners = tuple(filter(None, map(ref_of, row.owners)))
        community = _community(app, row.community, titles)
        if community:
            estates.setdefault(community, community)
        homes.append(_home(row, community, owners, id_of(row.agent)))
    districts, neighborhoods = dictation.places(db)
    plans = [
        Plan(*plan[:5], tuple(filter(None, map(ref_of, plan.links))))
        for plan in dictation.planned_from(db, since)
    ]

    @functools.cache
    def log_of(ref: str) -> Sequence[LogEntry]:
        return opened_of(app, ref).note.record.entries

    return Lore(
        people={one.ref: one for one in people},
        homes={one.ref: one for one in homes},
        names=names_of(people, homes, estates, _coworkers(app)),
        book=vault.reader.log_book,
        now=app.now,
        districts=frozenset(districts),
        neighborhoods=frozenset(neighborhoods),
        plans=plans,
        me=app.agent,
        log_of=log_of,
        ref_of=ref_of,
        gap=vault.rules.duration,
        travel=vault.rules.travel,
        is_made=lambda action: find_made_client(app, action) is not None,
    )


def _coworkers(app: App) -> dict[str, list[Coworker]]:
    """Who works here, by every word they are called by."""
    colleagues = stored_colleagues(app.vault.index.db)
    names: dict[str, list[str]] = {}
    for name in colleagues.names:
        id_ = colleagues.id_of(name)
        if id_ is not None:
            names.setdefault(id_, []).append(name)
    titles = app.vault.queries.titles(names)
    return coworker_words(
        (Coworker(id_, title if (title := titles.get(id_, "")) in called else called[0]), called)
        for id_, called in names.items()
    )


def opened_of(app: App, ref: str) -> Opened:
    """The note of a ref, as it stands on the disk.

    Raises:
        NotFoundError: it is gone.
    """
    queries = app.vault.queries
    rows = queries.by_id(ref) or queries.by_path(ref)
    return app.vault.open(rows[0].path if rows else ref)


def _told_apart(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Rows by their refs; copies that still share an id are meant by their paths."""
    seen = Counter(row.ref for row in rows)
    for row in rows:
        yield row if seen[row.ref] == 1 else row._replace(ref=row.path)


def _ref_of(app: App, link: str) -> str | None:
    n = app.vault.queries.resolve(link).n
    return None if n is None else app.vault.queries.note(n).ref


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _community(app: App, link: str | None, titles: dict[str, str]) -> str:
    if not link:
        return ""
    n = app.vault.queries.resolve(link).n
    return link if n is None else titles.get(_name(app.vault.queries.note(n).path), link)


def _person(row: dictation.ClientNames, agent: str | None) -> Person:
    id_words = (row.id, row.id[2:]) if row.id else ()
    words = (row.salutation, row.title, _name(row.path), *row.aliases, *id_words)
    return Person(
        row.ref,
        _name(row.path),
        row.title,
        tuple(dict.fromkeys(word for word in words if word and len(word) > 1)),
        agent,
        row.stage != _INACTIVE,
        row.phones,
    )


def _home(
    row: dictation.ListingNames, community: str, owners: tuple[str, ...], agent: str | None
) -> Home:
    id_words = (row.id, row.id[2:]) if row.id else ()
    suffix = row.title.removeprefix(community).strip() if community else ""
    # Two of one layout in one estate share their title: that is then a description.
    is_description = bool(community) and row.title.startswith(community)
    words = (_name(row.path), *row.aliases, *id_words, *(() if is_description else (row.title,)))
    return Home(
        ref=row.ref,
        name=_name(row.path),
        title=row.title,
        community=community,
        words=tuple(dict.fromkeys(word for word in words if word and len(word) > 1)),
        suffix=suffix,
        rooms=row.rooms,
        building=row.building or "",
        floor=row.floor,
        price=row.price,
        rent=row.rent,
        status=row.status or "",
        owners=owners,
        owner_name=row.owner_name or "",
        agent=agent,
    )

"""What a vault calls its clients, listings and estates, asked at once for reading dictation."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime

from brokernotes.light_dataclasses import NamedTuple


class ClientNames(NamedTuple):
    """A client as dictation may name it."""

    ref: str
    path: str
    title: str
    id: str | None
    salutation: str | None
    aliases: tuple[str, ...]
    stage: str | None
    agent: str | None
    phones: tuple[str, ...]


class ListingNames(NamedTuple):
    """A listing as dictation may describe it; links as they are typed."""

    ref: str
    path: str
    title: str
    id: str | None
    aliases: tuple[str, ...]
    community: str | None
    rooms: tuple[int | None, int | None, int | None]
    building: str | None
    floor: int | None
    price: float | None
    rent: float | None
    status: str | None
    owners: tuple[str, ...]
    owner_name: str | None
    agent: str | None


class EstateNames(NamedTuple):
    """An estate, and where it lies."""

    path: str
    title: str
    aliases: tuple[str, ...]
    district: str | None
    neighborhood: str | None


class Planned(NamedTuple):
    """A planned entry of any note."""

    note: str
    entry: str
    at: datetime
    minutes: int
    agent: str | None
    links: tuple[str, ...]


_REF = "ifnull(note.id, note.path)"


def client_names(db: sqlite3.Connection) -> list[ClientNames]:
    """Every client, by path."""
    sql = f"""
        SELECT {_REF}, path, note.title, note.id, salutation, c.aliases, stage, c.agent,
               (SELECT json_group_array(digits) FROM phone WHERE phone.n = note.n)
          FROM client AS c JOIN note USING(n) ORDER BY path"""  # noqa: S608
    return [
        ClientNames(ref, path, title, id_, said, _list(aliases), stage, agent, _list(phones))
        for ref, path, title, id_, said, aliases, stage, agent, phones in db.execute(sql)
    ]


def listing_names(db: sqlite3.Connection) -> list[ListingNames]:
    """Every listing, by path."""
    sql = f"""
        SELECT {_REF}, path, note.title, note.id, t.aliases, community, bedrooms, living_rooms,
               bathrooms, building, floor, price, rent, status, owner, owner_name, t.agent
          FROM listing AS t JOIN note USING(n) ORDER BY path"""  # noqa: S608
    found = []
    for row in db.execute(sql):
        ref, path, title, id_, aliases, community, bedrooms, living, baths, *more = row
        building, floor, price, rent, status, owners, owner_name, agent = more
        found.append(
            ListingNames(
                ref, path, title, id_, _list(aliases), community, (bedrooms, living, baths),
                building, floor, price, rent, status, _list(owners), owner_name, agent,
            )
        )  # fmt: skip
    return found


def estate_names(db: sqlite3.Connection) -> list[EstateNames]:
    """Every estate, by path."""
    sql = """
        SELECT path, note.title, t.aliases, district, neighborhood
          FROM community AS t JOIN note USING(n) ORDER BY path"""
    return [
        EstateNames(path, title, _list(aliases), district, neighborhood)
        for path, title, aliases, district, neighborhood in db.execute(sql)
    ]


def places(db: sqlite3.Connection) -> tuple[set[str], set[str]]:
    """Districts and business quarters that any note names."""
    found: list[set[str]] = []
    for column, wanted in (("district", "districts"), ("neighborhood", "neighborhoods")):
        sql = f"""
            SELECT {column} FROM listing UNION SELECT {column} FROM community
             UNION SELECT one.value FROM client, json_each({wanted}) AS one"""  # noqa: S608
        found.append({str(value) for (value,) in db.execute(sql) if value})
    return found[0], found[1]


def planned_from(db: sqlite3.Connection, day: date) -> list[Planned]:
    """What is planned at an hour, from a day on."""
    sql = f"""
        SELECT {_REF}, json_extract(data, '$.entry'), at, json_extract(data, '$.minutes'),
               agent, json_extract(data, '$.links')
          FROM occurrence JOIN note USING(n)
         WHERE kind = 'planned' AND at IS NOT NULL AND NOT cancelled AND due >= ?
         ORDER BY at, key"""  # noqa: S608
    return [
        Planned(
            note, str(entry), datetime.fromisoformat(at), int(minutes or 0), agent, _list(links)
        )
        for note, entry, at, minutes, agent, links in db.execute(sql, (day.isoformat(),))
    ]


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(str(item) for item in json.loads(text)) if text else ()

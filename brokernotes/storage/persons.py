"""The persons that notes speak of: who is one and the same, and who was in touch with them.

A person is a client's note or an owner's phone (`Occurrence.person`). Two notes of clients with
one number are one person, and so are the owner a listing names and whoever has its `owner_phone`.
Only those that are asked about are looked up, and whom they lead to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.occurrences import Occurrence, Outreach
from brokernotes.model.phones import TEL
from brokernotes.storage.occurrence_rows import COLUMNS, occurrence, outreach

_OUTREACH = "person, day, agent, greets, festival"
_BY_CLIENT = """
    SELECT asked.value, 'tel:' || digits FROM json_each(?) AS asked
      JOIN note ON note.{key} = asked.value JOIN phone USING(n) WHERE note.type = 'client'"""
_BY_DIGITS = """
    SELECT 'tel:' || digits, ifnull(note.id, note.path) FROM phone JOIN note USING(n)
     WHERE digits IN (SELECT value FROM json_each(?)) AND note.type = 'client'"""
_BY_OWNER_DIGITS = """
    SELECT 'tel:' || digits, person FROM phone JOIN note USING(n) JOIN occurrence USING(n)
     WHERE digits IN (SELECT value FROM json_each(?)) AND note.type = 'listing' AND computed"""
_BY_OWNER = """
    SELECT person, 'tel:' || digits
      FROM occurrence INDEXED BY occurrence_person JOIN note USING(n) JOIN phone USING(n)
     WHERE person IN (SELECT value FROM json_each(?)) AND computed AND note.type = 'listing'"""

_OWNED_BY_PHONE = """
    SELECT ifnull(buyer.id, buyer.path), ifnull(home.id, home.path)
      FROM note AS home JOIN phone AS theirs ON theirs.n = home.n
      JOIN phone AS known ON known.digits = theirs.digits JOIN note AS buyer ON buyer.n = known.n
     WHERE home.type = 'listing' AND buyer.type = 'client' ORDER BY 1, 2"""


def same_persons(db: sqlite3.Connection, persons: Iterable[str]) -> dict[str, str]:
    """The one name of each person who has several, whichever is asked about.

    Args:
        db: the index.
        persons: as `Occurrence.person` has them.

    Returns:
        By every name the one that stands for all: the first of a client's, else of a phone's.
    """
    links: dict[str, set[str]] = {}
    fresh = {person for person in persons if person}
    seen: set[str] = set()
    while fresh:
        seen |= fresh
        found: set[str] = set()
        for one, other in _pairs(db, fresh):
            links.setdefault(one, set()).add(other)
            links.setdefault(other, set()).add(one)
            found |= {one, other}
        fresh = found - seen
    return _named(links)


def _pairs(db: sqlite3.Connection, persons: set[str]) -> Iterable[tuple[str, str]]:
    notes = json.dumps(sorted(one for one in persons if not one.startswith(TEL)))
    digits = json.dumps(sorted(one[len(TEL) :] for one in persons if one.startswith(TEL)))
    everybody = json.dumps(sorted(persons))
    yield from db.execute(_BY_CLIENT.format(key="id"), (notes,))
    if any(one.endswith(".md") for one in persons):
        yield from db.execute(_BY_CLIENT.format(key="path") + " AND note.id IS NULL", (notes,))
    if digits != "[]":
        yield from db.execute(_BY_DIGITS, (digits,))
        yield from db.execute(_BY_OWNER_DIGITS, (digits,))
    yield from db.execute(_BY_OWNER, (everybody,))


def _named(links: dict[str, set[str]]) -> dict[str, str]:
    """Every name, by those it is linked with, directly or through others."""
    same: dict[str, str] = {}
    for person in links:
        if person in same:
            continue
        group, waiting = {person}, [person]
        while waiting:
            more = links[waiting.pop()] - group
            group |= more
            waiting += more
        name = min(group, key=lambda one: (one.startswith(TEL), one))
        same.update((one, name) for one in group if one != name)
        same.setdefault(name, name)
    return {one: name for one, name in same.items() if one != name}


def owned_by_phone(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Clients and the listings whose owner has their number, by id, else path.

    Args:
        db: the index.
    """
    return db.execute(_OWNED_BY_PHONE).fetchall()


def colleagues_due(
    db: sqlite3.Connection, persons: Iterable[str], agent: str, until: date
) -> list[Occurrence]:
    """What the cadence asks of an agent's colleagues about persons, by key.

    Args:
        db: the index.
        persons: by every name they have.
        agent: whose colleagues.
        until: the last day.
    """
    sql = f"""
        SELECT {COLUMNS} FROM occurrence INDEXED BY occurrence_person
         WHERE computed AND person IN (SELECT value FROM json_each(?))
           AND agent IS NOT NULL AND agent <> ? AND due <= ? ORDER BY key"""  # noqa: S608
    asked = json.dumps(sorted(set(persons)))
    return [occurrence(row) for row in db.execute(sql, (asked, agent, until.isoformat()))]


def outreach_to(db: sqlite3.Connection, persons: Iterable[str], since: date) -> list[Outreach]:
    """When persons were contacted unasked from a day on, and by whom.

    Args:
        db: the index.
        persons: by every name they have.
        since: the day.
    """
    sql = f"""
        SELECT {_OUTREACH} FROM outreach
         WHERE person IN (SELECT value FROM json_each(?)) AND day >= ? ORDER BY day, person, n"""  # noqa: S608
    asked = json.dumps(sorted(set(persons)))
    return [outreach(row) for row in db.execute(sql, (asked, since.isoformat()))]


def greeted_since(db: sqlite3.Connection, day: date) -> list[Outreach]:
    """Who was greeted from a day on, and which agents have greeted everybody.

    Args:
        db: the index.
        day: the first.
    """
    sql = f"SELECT {_OUTREACH} FROM outreach WHERE greets AND day >= ? ORDER BY day, person, n"  # noqa: S608
    return [outreach(row) for row in db.execute(sql, (day.isoformat(),))]


class Wishes(NamedTuple):
    """Who is not to be contacted unasked.

    Attributes:
        silenced: never: clients, and their phones as `tel:` and digits.
        until: not before a day that is to come, likewise.
    """

    silenced: list[str]
    until: dict[str, date]


def wishes(db: sqlite3.Connection, today: date) -> Wishes:
    """Who is not to be contacted unasked, by every name they have.

    Args:
        db: the index.
        today: days before it are over.
    """
    sql = """
        WITH quiet AS (
            SELECT n, CASE WHEN do_not_contact = 1 OR stage = 'inactive' THEN NULL
                           ELSE do_not_contact_until END AS until
              FROM client INDEXED BY client_quiet
             WHERE do_not_contact = 1 OR stage = 'inactive' OR do_not_contact_until > '')
        SELECT ifnull(note.id, note.path), until FROM quiet JOIN note USING(n)
         UNION ALL SELECT 'tel:' || digits, until FROM quiet JOIN phone USING(n) ORDER BY 1, 2"""
    silenced: dict[str, None] = {}
    until: dict[str, date] = {}
    for person, day in db.execute(sql):
        if day is None:
            silenced[person] = None
        elif day[:10] > today.isoformat():
            until[person] = date.fromisoformat(day[:10])  # the last of those in order
    return Wishes(list(silenced), until)


def standing_with(
    db: sqlite3.Connection, persons: Iterable[str], days: tuple[date, date]
) -> list[tuple[date, str | None]]:
    """On which days somebody has promised or planned to be in touch with a person, and who.

    Args:
        db: the index.
        persons: every name of the person.
        days: the first and the last.
    """
    sql = """
        SELECT due, agent FROM occurrence
         WHERE kind IN ('promise', 'planned') AND NOT cancelled AND due BETWEEN ? AND ?
           AND person IN (SELECT value FROM json_each(?)) ORDER BY due, agent"""
    first, last = (day.isoformat() for day in days)
    found = db.execute(sql, (first, last, json.dumps(sorted(persons))))
    return [(date.fromisoformat(day), agent) for day, agent in found]

"""What sharing asks the index, one function each: whose a note is, and what names it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from brokernotes.light_dataclasses import NamedTuple


class SeatRow(NamedTuple):
    """A colleague: id, whom they answer to as typed, and the areas they serve."""

    id: str
    supervisor: str | None
    areas: tuple[str, ...]


class SharedRow(NamedTuple):
    """A client, listing or deal, links as typed.

    Attributes:
        n: its number in the index.
        path: of the note.
        id: None: not minted yet.
        type: of note.
        agent: whose it is.
        sharing: what it says.
        status: of a listing.
        district: of a listing; likewise `neighborhood` and `community`.
        since: the day it was entered, as ISO text; "" unknown.
        listing: of a deal.
        people: of a deal: its roles.
    """

    n: int
    path: str
    id: str | None
    type: str
    agent: str | None = None
    sharing: str | None = None
    status: str | None = None
    district: str | None = None
    neighborhood: str | None = None
    community: str | None = None
    since: str = ""
    listing: str | None = None
    people: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The id, else the path."""
        return self.id or self.path


ROLES = (
    "referrer", "first_showing_agent", "cooperator", "closing_agent", "finance_advisor",
    "document_agent",
)  # fmt: skip


def seats(db: sqlite3.Connection) -> list[SeatRow]:
    """Everybody who works here and has an id."""
    sql = """
        SELECT note.id, supervisor, service_areas FROM agent JOIN note USING(n)
         WHERE note.id IS NOT NULL ORDER BY note.path DESC"""
    return [
        SeatRow(id_, boss, tuple(json.loads(areas or "[]"))) for id_, boss, areas in db.execute(sql)
    ]


_LISTINGS = """
    SELECT n, path, note.id, 'listing', agent, sharing, status, district, neighborhood,
           community, coalesce(created, listed, '')
      FROM listing JOIN note USING(n) """


def shared_listings(db: sqlite3.Connection) -> list[SharedRow]:
    """Every listing."""
    return [SharedRow(*row) for row in db.execute(_LISTINGS + "ORDER BY path")]


def shared_listing(db: sqlite3.Connection, n: int) -> SharedRow | None:
    """One listing by its number; None: that is none."""
    row = db.execute(_LISTINGS + "WHERE n = ?", (n,)).fetchone()
    return SharedRow(*row) if row else None


class HomeRow(NamedTuple):
    """A listing with what tells homes apart."""

    row: SharedRow
    building: str | None
    unit: str | None
    room: str | None
    kind: str | None
    size: float | None


def homes(db: sqlite3.Connection, listings: Iterable[SharedRow]) -> Iterator[HomeRow]:
    """Listings with their doors, kinds of property and sizes."""
    sql = "SELECT n, building, unit, room, property_type, gross_area FROM listing"
    known = {n: rest for n, *rest in db.execute(sql)}
    for row in listings:
        yield HomeRow(row, *known[row.n])


def owner_phones(db: sqlite3.Connection) -> dict[int, frozenset[str]]:
    """Digits of the owner's phones of each listing that has any, by its number."""
    sql = "SELECT n, digits FROM phone JOIN note USING(n) WHERE note.type = 'listing'"
    found: dict[int, set[str]] = {}
    for n, digits in db.execute(sql):
        found.setdefault(n, set()).add(digits)
    return {n: frozenset(some) for n, some in found.items()}


class ToldRow(NamedTuple):
    """The contacts with the owner of a listing.

    Attributes:
        told: JSON: day, line, column, and who is named as typed, of each.
        named: whether somebody is named in any.
        path: of the listing.
        holder: whose it is, as typed.
        phone: the first of the owner's, by its digits; None: none is known.
    """

    told: str
    named: bool
    path: str
    holder: str | None
    phone: str | None

    @property
    def owner(self) -> str:
        """Who the owner is: the same for all homes with one phone."""
        return self.phone or self.path

    def contacts(self) -> list[tuple[str, int, int, str | None]]:
        """Each with its day, line, column, and who is named."""
        return [tuple(one) for one in json.loads(self.told)]


def owner_contacts(db: sqlite3.Connection) -> list[ToldRow]:
    """The contacts with owners, of each listing that tells of any."""
    sql = """
        SELECT told, named, path, agent,
               (SELECT min(digits) FROM phone WHERE phone.n = note.n)
          FROM owner_contact JOIN note USING(n) JOIN listing USING(n)"""
    return [ToldRow(*row) for row in db.execute(sql)]


def shared_clients(db: sqlite3.Connection) -> list[SharedRow]:
    """Every client."""
    sql = """
        SELECT n, path, note.id, 'client', agent FROM client JOIN note USING(n) ORDER BY path"""
    return [SharedRow(*row) for row in db.execute(sql)]


def shared_deals(db: sqlite3.Connection) -> list[SharedRow]:
    """Every deal."""
    sql = f"""
        SELECT n, path, note.id, agent, listing, {", ".join(ROLES)}
          FROM deal JOIN note USING(n) ORDER BY path"""  # noqa: S608
    return [
        SharedRow(
            n, path, id_, "deal", agent, listing=listing, people=tuple(one for one in roles if one)
        )
        for n, path, id_, agent, listing, *roles in db.execute(sql)
    ]


def places(db: sqlite3.Connection) -> dict[int, tuple[str | None, str | None]]:
    """District and neighborhood of each estate, by its number."""
    sql = "SELECT n, district, neighborhood FROM community"
    return {n: (district, neighborhood) for n, district, neighborhood in db.execute(sql)}


def texts_of(
    db: sqlite3.Connection, note_type: str, keys: tuple[str, ...]
) -> Iterator[tuple[int, str, str, tuple[str | None, ...]]]:
    """Number, path, title and some texts of each note of a type; of a list its JSON.

    Args:
        db: the index.
        note_type: of the notes.
        keys: of the field table.
    """
    listed = ", ".join(f't."{key}"' for key in keys)
    sql = f"SELECT n, note.path, note.title, {listed} FROM {note_type} AS t JOIN note USING(n)"  # noqa: S608
    for n, path, title, *values in db.execute(sql):
        yield n, path, title, tuple(None if one is None else str(one) for one in values)


def links_of_all(db: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Number of a note, the compared form of what it links to, and the link as typed."""
    return iter(db.execute("SELECT DISTINCT n, fold, target FROM link WHERE embed = 0"))

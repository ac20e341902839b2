"""Clients and homes: what was shown to whom, and how it was received."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.light_dataclasses import NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from brokernotes.storage.queries import NoteRow, Queries


class Encounter(NamedTuple):
    """One listing that one client was shown, or said something of.

    Attributes:
        listing: id of the listing, else its path.
        client: likewise of the client; None: the entry names nobody.
        day: when.
        minutes: since midnight; None: no time was given.
        is_showing: whether it was shown.
        reaction: id of what was said of it; None: nothing.
        objections: ids of what was not liked, or their own words.
    """

    listing: str
    client: str | None
    day: date
    minutes: int | None
    is_showing: bool = True
    reaction: str | None = None
    objections: tuple[str, ...] = ()


class Encounters:
    """What the index knows of clients and homes together.

    Args:
        db: the index.
        queries: to it, for what links lead to.
    """

    def __init__(self, db: sqlite3.Connection, queries: Queries) -> None:
        self._db = db
        self._queries = queries
        self._rows: dict[int, NoteRow] = {}

    def showings(self, first: date | None, last: date) -> list[Encounter]:
        """The showings that took place, by day.

        Args:
            first: the first day; None: any.
            last: the last day.
        """
        return list(
            self._read(
                "shown AND day BETWEEN :first AND :last",
                first=(first or date.min).isoformat(),
                last=last.isoformat(),
            )
        )

    def logs(self, first: date | None, last: date) -> list[NoteRow]:
        """The notes in whose logs showings of some days stand, by path.

        Args:
            first: the first day; None: any.
            last: the last day.
        """
        sql = """
            SELECT DISTINCT showing.n FROM showing JOIN note USING(n)
             WHERE shown AND day BETWEEN ? AND ? ORDER BY path"""
        days = ((first or date.min).isoformat(), last.isoformat())
        return [self._note(n) for (n,) in self._db.execute(sql, days).fetchall()]

    def all(self) -> list[Encounter]:
        """Every showing, and what was said of homes besides, by day."""
        return list(self._read("1"))

    def reactions(self) -> list[Encounter]:
        """What was said of homes, by day."""
        return list(self._read("received IS NOT NULL"))

    def about(self, note: NoteRow) -> list[Encounter]:
        """Those of one client, or of one listing, by day."""
        linking = """
            showing.n = :n OR showing.n IN (
                SELECT link.n FROM name JOIN link USING(fold) WHERE name.n = :n
                 UNION SELECT link.n FROM link WHERE link.six = :six)"""
        six = note.id[2:].lower() if note.id else None
        found = self._read(linking, n=note.n, six=six)
        return [one for one in found if note.ref in (one.listing, one.client)]

    def _read(self, where: str, **params: object) -> Iterator[Encounter]:
        sql = f"""
            SELECT showing.n, type, day, minutes, links, shown, received
              FROM showing JOIN note USING(n)
             WHERE {where} ORDER BY day, ifnull(minutes, 1440), path"""  # noqa: S608
        for n, note_type, day, minutes, links, shown, received in self._db.execute(
            sql, params
        ).fetchall():
            there = [self._known(target) for target in json.loads(links)]
            # The note it stands in is its client or listing; the other is who it links to.
            listings, clients = (
                [self._note(n)]
                if note_type == kind
                else [one for one in there if one is not None and one.type == kind]
                for kind in ("listing", "client")
            )
            said = json.loads(received) if received else {}
            reaction, objections = said.get("reaction"), tuple(said.get("objections") or ())
            for home in listings:
                for who in clients or (None,):
                    yield Encounter(
                        home.ref, who and who.ref, date.fromisoformat(day), minutes,
                        bool(shown), reaction, objections,
                    )  # fmt: skip

    def _known(self, target: str) -> NoteRow | None:
        n = self._queries.resolve(target).n
        return None if n is None else self._note(n)

    def _note(self, n: int) -> NoteRow:
        if n not in self._rows:
            self._rows[n] = self._queries.note(n)
        return self._rows[n]

"""Every question asked of the index, one function each; values by name, a total order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.errors import Position
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.schema import Field, Schema
from brokernotes.storage.resolver import BY_ID, Resolution, Resolver, StoredNames
from brokernotes.storage.tables import columns, values_of

if TYPE_CHECKING:
    from brokernotes.errors import Problem
    from brokernotes.model.layouts import Layout
    from brokernotes.model.occurrences import Occurrence
    from brokernotes.model.query_tree import Linked, Tree
    from brokernotes.storage.query import Ask, Computed


class NoteRow(NamedTuple):
    """A note as the index knows it.

    Attributes:
        n: its number in the index.
        path: relative to the vault.
        type: of note.
        id: None: not minted yet.
        title: what people call it.
        invalid: keys whose values could not be read.
    """

    n: int
    path: str
    type: str
    id: str | None
    title: str
    invalid: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The id, else the path."""
        return self.id or self.path


NOTE_COLUMNS = "note.n, note.path, note.type, note.id, note.title, note.invalid"


class Queries:
    """The questions, over one connection.

    Args:
        db: the index.
        schema: of the rules it was built by.
        off: codes of problems that the rules switch off.
    """

    def __init__(self, db: sqlite3.Connection, schema: Schema, off: Collection[str] = ()) -> None:
        self._db = db
        self._schema = schema
        self._off = off
        self._resolver = Resolver(StoredNames(db))

    # -- notes

    def note(self, n: int) -> NoteRow:
        """A note by its number."""
        return note_row(self._one(f"SELECT {NOTE_COLUMNS} FROM note WHERE n = ?", (n,)))  # noqa: S608

    def by_id(self, id_: str) -> list[NoteRow]:
        """The notes of an id; more than one when it was copied."""
        return self._notes("WHERE id = :it", it=id_)

    def by_id_prefix(self, start: str) -> list[NoteRow]:
        """The notes whose id begins so."""
        return self._notes("WHERE id >= :low AND id < :high", low=start, high=start + "\uffff")

    def by_path(self, path: str) -> list[NoteRow]:
        """The note at a path."""
        return self._notes("WHERE path = :it", it=path)

    def by_phone(self, digits: str) -> list[NoteRow]:
        """The clients and agents with a phone number, and the listings of such an owner."""
        sql = f"""
            SELECT {NOTE_COLUMNS} FROM note JOIN phone USING(n) WHERE digits = ? ORDER BY path"""  # noqa: S608
        return [note_row(row) for row in self._db.execute(sql, (digits,))]

    def by_phone_like(self, pattern: str) -> list[NoteRow]:
        """The notes with a phone of a pattern: `?` is one digit, `*` any number of them."""
        return self._notes(
            "WHERE n IN (SELECT n FROM phone WHERE digits GLOB :pattern)",
            pattern=pattern,
        )

    def first_characters(self) -> list[str]:
        """The characters that names of notes begin with."""
        sql = "SELECT DISTINCT substr(fold, 1, 1) FROM name WHERE rank <> ?"
        return [first for (first,) in self._db.execute(sql, (BY_ID,))]

    def named(self, part: str = "", firsts: Iterable[str] = ()) -> list[tuple[int, str]]:
        """Number and name, folded, of each name that holds a text; ids at its end aside.

        Args:
            part: folded.
            firsts: characters that one of them begins with; none: any.
        """
        sql = """
            SELECT n, fold, note.id FROM name JOIN note USING(n)
             WHERE rank <> :by_id AND instr(fold, :part) > 0
               AND (:firsts = '[]' OR substr(fold, 1, 1) IN (SELECT value FROM json_each(:firsts)))
             UNION ALL SELECT n, title, NULL FROM note
             WHERE instr(title, '/') > 0 AND instr(lower(title), :part) > 0"""
        found = []
        params = {"by_id": BY_ID, "part": part, "firsts": json.dumps(list(firsts))}
        for n, name, id_ in self._db.execute(sql, params):
            if id_ and name[-7:-6] == "-" and name[-6:] == id_[2:].lower():
                name = name[:-7]
            if not part or part in name.lower():
                found.append((n, name))
        return found

    def numbered(self, numbers: Iterable[int]) -> list[NoteRow]:
        """Notes by their numbers, in that order."""
        wanted = list(numbers)
        where = "WHERE n IN (SELECT value FROM json_each(:it))"
        found = {row.n: row for row in self._notes(where, it=json.dumps(wanted))}
        return [found[n] for n in wanted if n in found]

    def laid_out(self, layout: Layout) -> list[tuple[NoteRow, str]]:
        """The listings with these rooms in an estate, by path, each with its link to it."""
        sql = f"""
            SELECT {NOTE_COLUMNS}, community FROM listing JOIN note USING(n)
             WHERE community IS NOT NULL AND bedrooms = :bedrooms
               AND ifnull(living_rooms = :living_rooms, :living_rooms IS NULL)
               AND ifnull(bathrooms = :bathrooms, :bathrooms IS NULL) ORDER BY path"""  # noqa: S608
        found = self._db.execute(sql, layout._asdict())
        return [(note_row(row), row[6]) for row in found]

    def names_of(self, n: int) -> list[str]:
        """The names of a note as they are compared: its file's, its title, its aliases."""
        sql = "SELECT fold FROM name WHERE n = ? AND rank <> ?"
        return [name for (name,) in self._db.execute(sql, (n, BY_ID))]

    def resolve(self, target: str) -> Resolution:
        """What a name, path or id leads to, as a link does."""
        return self._resolver.find(target)

    def id_of(self, target: str) -> str | None:
        """The id of the note a link's target means."""
        return self._resolver.id_of(target)

    def agents_by_email(self, email: str) -> list[str]:
        """Ids of the agents with an email address."""
        sql = """
            SELECT note.id FROM agent JOIN note USING(n)
             WHERE lower(email) = lower(?) AND note.id IS NOT NULL ORDER BY path"""
        return [id_ for (id_,) in self._db.execute(sql, (email,))]

    def paths(self) -> list[str]:
        """Paths of all notes."""
        return [path for (path,) in self._db.execute("SELECT path FROM note ORDER BY path")]

    def ids(self) -> set[str]:
        """Ids of all notes."""
        return {id_ for (id_,) in self._db.execute("SELECT id FROM note WHERE id IS NOT NULL")}

    def counts(self) -> dict[str, int]:
        """How many notes there are of each type."""
        sql = "SELECT type, count(*) FROM note GROUP BY type ORDER BY type"
        return dict(self._db.execute(sql))

    def values(self, row: NoteRow) -> dict[str, Any]:
        """The values of a note, as JSON speaks of them."""
        names = [field.key for field in columns(self._schema, row.type)]
        listed = ", ".join(f'"{name}"' for name in names)
        found = self._one(f"SELECT {listed} FROM {row.type} WHERE n = ?", (row.n,))  # noqa: S608
        return values_of(dict(zip(names, found, strict=True)), self._schema, row.type)

    def listed(self, ask: Ask) -> list[tuple[NoteRow, dict[str, Any]]]:
        """Notes of a type that meet a query, with their values as JSON speaks of them."""
        from brokernotes.storage.query import select, values_asked

        return [
            (note_row(row), values_asked(self._schema, ask, row[6:]))
            for row in select(self._db, self._schema, ask, self._off)
        ]

    def matching(
        self, trees: Mapping[str, Tree], computed: Computed | None = None
    ) -> frozenset[str]:
        """Paths of the notes that meet what is asked of their type."""
        from brokernotes.storage.query import matching

        return matching(self._db, self._schema, trees, computed, self._off)

    def find_linked(self, field: Field, text: str, is_whole: bool) -> Linked | str | None:
        """What a value of a link field means; see `storage.query_links`."""
        from brokernotes.storage.query_links import find_linked

        return find_linked(self, self._db, field, text, is_whole)

    # -- what a shell offers

    def beginning(self, id_start: str, part: str, limit: int) -> list[NoteRow]:
        """Notes whose id begins so, or whose title holds a text."""
        return self._notes(
            "WHERE (:start != '' AND substr(id, 1, length(:start)) = :start)"
            " OR instr(title, :part) > 0",
            start=id_start, part=part,
        )[:limit]  # fmt: skip

    def of_types(self, types: Iterable[str], limit: int) -> list[NoteRow]:
        """Notes of some types, by path."""
        wanted = json.dumps(list(types))
        return self._notes("WHERE type IN (SELECT value FROM json_each(:it))", it=wanted)[:limit]

    def known_values(self, field: Field, limit: int) -> list[str]:
        """Texts that stand in a field of the vault's notes, the most frequent first."""
        column = f't."{field.key}"'
        source = f"{field.note_type} AS t"
        if field.many:
            column, source = "one.value", f"{source}, json_each({column}) AS one"
        sql = f"""
            SELECT {column} FROM {source} WHERE {column} IS NOT NULL
             GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?"""  # noqa: S608
        return [str(value) for (value,) in self._db.execute(sql, (limit,))]

    # -- problems

    def problems(self) -> Iterator[Problem]:
        """Every problem the index holds, in the order of the files."""
        from brokernotes.model.problems import problem

        sql = """
            SELECT path, line, column, end_column, code, params FROM problem
             ORDER BY path, line, column, code, params"""
        for path, line, column, end_column, code, params in self._db.execute(sql):
            position = Position(path, line, column, end_column)
            yield problem(code, position, **json.loads(params))

    # -- what checks of the whole vault ask

    def doors(self) -> list[tuple[str, str, str, str | None, str, str | None]]:
        """Listings whose door is known: path, community, building, unit, room, status."""
        sql = """
            SELECT note.path, community, building, unit, room, status
              FROM listing JOIN note USING(n)
             WHERE community IS NOT NULL AND building IS NOT NULL AND room IS NOT NULL
             ORDER BY note.path"""
        return self._db.execute(sql).fetchall()

    def names(self) -> list[str]:
        """Everything a link may say: file names, for suggestions."""
        sql = "SELECT path FROM note ORDER BY path"
        return [path.rpartition("/")[2].removesuffix(".md") for (path,) in self._db.execute(sql)]

    # -- follow-ups

    def occurrences(
        self, until: date, agent: str | None = None, since: date | None = None
    ) -> list[Occurrence]:
        """What falls due up to a day, by key.

        Args:
            until: the day.
            agent: what is theirs and what is nobody's; None: everybody's.
            since: what lapsed before is left out; None: nothing is.
        """
        day, first = until.isoformat(), since.isoformat() if since else ""
        where = "due <= ?1 AND (until IS NULL OR until >= ?2)"
        if agent is None:
            return self._occurrences(f"{where} ORDER BY key", day, first)
        where = f"(agent = ?3 AND {where} OR agent IS NULL AND {where}) ORDER BY key"
        return self._occurrences(where, day, first, agent)

    def standing(self, until: date) -> list[str]:
        """Persons with a promise, a plan or a first answer up to a day: they silence the cadence.

        Args:
            until: the day; none is too long ago.
        """
        sql = """
            SELECT DISTINCT person FROM occurrence INDEXED BY occurrence_standing
             WHERE kind IN ('promise', 'planned', 'first_response')
               AND NOT cancelled AND due <= ? AND person <> ''"""
        return [person for (person,) in self._db.execute(sql, (until.isoformat(),))]

    def outlook(self, until: date) -> list[Occurrence]:
        """What calendars may show, by key: of what the cadence asks only up to a day."""
        where = """
            due <= ? OR NOT computed OR kind IN ('birthday', 'anniversary') ORDER BY key, n"""
        return self._occurrences(where, until.isoformat())

    def planned(self, first: date, last: date) -> list[Occurrence]:
        """Everybody's planned entries of some days, those called off left out, by key."""
        return self._occurrences(
            "kind = 'planned' AND NOT cancelled AND due BETWEEN ? AND ? ORDER BY key",
            first.isoformat(), last.isoformat(),
        )  # fmt: skip

    def salutations(self) -> dict[str, str]:
        """What clients are called to their face, by id, else path."""
        sql = """
            SELECT ifnull(note.id, note.path), salutation FROM client JOIN note USING(n)
             WHERE salutation IS NOT NULL ORDER BY note.path DESC"""
        return dict(self._db.execute(sql))

    def occurrences_of(self, n: int) -> list[Occurrence]:
        """Everything that is to be done about one note, by day and hour."""
        return self._occurrences("n = ? ORDER BY due, at IS NULL, at, key", n)

    def last_contacts(self, ids: Iterable[str]) -> list[tuple[str, str, str, date | None]]:
        """Id, path and title of notes, and the day their person was last reached, by path.

        Args:
            ids: of the notes; of a copied id the first is told.
        """
        sql = """
            SELECT id, path, title,
                   coalesce((SELECT max(json_extract(data, '$.last_contact')) FROM occurrence
                              WHERE occurrence.n = note.n),
                            (SELECT day FROM contact WHERE contact.n = note.n))
              FROM note WHERE id IN (SELECT value FROM json_each(?)) ORDER BY path DESC"""
        return [
            (id_, path, title, date.fromisoformat(day) if day else None)
            for id_, path, title, day in self._db.execute(sql, (json.dumps(sorted(ids)),))
        ]

    def titles(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Titles by note id."""
        wanted = json.dumps(list(ids))
        sql = "SELECT id, title FROM note WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(sql, (wanted,)))

    def _occurrences(self, where: str, *params: object) -> list[Occurrence]:
        from brokernotes.storage.occurrence_rows import COLUMNS, occurrence

        sql = f"SELECT {COLUMNS} FROM occurrence WHERE {where}"  # noqa: S608
        return [occurrence(row) for row in self._db.execute(sql, params)]

    def _notes(self, where: str, **params: object) -> list[NoteRow]:
        sql = f"SELECT {NOTE_COLUMNS} FROM note {where} ORDER BY path"  # noqa: S608
        return [note_row(row) for row in self._db.execute(sql, params)]

    def _one(self, sql: str, params: tuple[object, ...]) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._db.execute(sql, params).fetchone()
        return row


def note_row(row: tuple[Any, ...]) -> NoteRow:
    """A note from its `NOTE_COLUMNS`."""
    n, path, note_type, id_, title, invalid = row[:6]
    return NoteRow(n, path, note_type, id_, title, tuple(json.loads(invalid)) if invalid else ())

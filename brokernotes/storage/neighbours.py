"""Which notes bear on which: what deriving one note needs to know of the others.

A note's occurrences depend on whom its front matter links to and a few of their
values, on who names it as owner, on what entries elsewhere tell of its owner, and
on who works here.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.occurrences import AgentInfo, Neighbours
from brokernotes.model.records import Record
from brokernotes.model.schema import NOTE_TYPES, Kind, Schema
from brokernotes.notes.links import link_fold
from brokernotes.notes.names import trailing_id
from brokernotes.storage import rows
from brokernotes.storage.resolver import id_fold

# By the field that links to it: the type of a note and those of its values that bear on
# the note with the link.
_CLIENT = ("channel", "do_not_contact", "stage", "greetings", "call_times")
BEARING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "owner": ("client", _CLIENT),
    "listing": ("listing", ("round", "hukou")),
    "buyer": ("client", _CLIENT),
    "seller": ("client", _CLIENT),
}
BEARING_OF_TYPE = dict(BEARING.values())

Values = Mapping[str, object]


class Colleague(NamedTuple):
    """What the index knows of an agent's note."""

    path: str
    id: str | None
    name: str | None
    aliases: tuple[str, ...]
    role: str | None
    store: str | None
    supervisor: str | None
    left: date | None
    rest_day: str | None = None

    @classmethod
    def of(cls, record: Record) -> Colleague:
        """What an agent's note says."""
        text = record.text
        return cls(
            record.path,
            record.id,
            text("name"),
            record.texts("aliases"),
            text("role"),
            text("store"),
            text("supervisor"),
            record.day("left"),
            text("rest_day"),
        )

    @property
    def called(self) -> set[str]:
        """What logs may call them."""
        names = {self.path.rpartition("/")[2].removesuffix(".md"), *self.aliases}
        return names | {self.name} if self.name else names


class Colleagues:
    """Everybody who works here.

    Args:
        found: one an agent's note.

    Attributes:
        infos: by id, for deriving.
        names: what they are called in logs.
        state: changes when any of it does: then every note is read and derived anew.
    """

    def __init__(self, found: Iterable[Colleague] = ()) -> None:
        everybody = sorted(found)
        self.names = sorted(set[str]().union(*(one.called for one in everybody)))
        self._ids: dict[str, set[str]] = {}
        for one in everybody:
            if one.id:
                for name in one.called:
                    self._ids.setdefault(link_fold(name), set()).add(one.id)
                self._ids.setdefault(id_fold(one.id), set()).add(one.id)
        self.infos = {
            one.id: AgentInfo(
                id=one.id,
                role=one.role,
                store=one.store,
                supervisor=self.id_of(one.supervisor) if one.supervisor else None,
                left=one.left,
                rest_day=one.rest_day,
            )
            for one in everybody
            if one.id
        }
        self.state = rows.to_json(everybody)

    def id_of(self, name: str) -> str | None:
        """The id of the colleague of a name; None: nobody, or more than one."""
        found = self._ids.get(link_fold(name))
        if found is None and (six := trailing_id(name)):
            found = self._ids.get("#" + six.casefold())
        return next(iter(found)) if found and len(found) == 1 else None


def stored_colleagues(db: sqlite3.Connection) -> Colleagues:
    """The colleagues an index knows; made anew only when one of them changed."""
    sql = """
        SELECT note.path, note.id, name, aliases, role, store, supervisor, left, rest_day
          FROM agent JOIN note USING(n)"""
    return _colleagues_of(tuple(db.execute(sql)))


@functools.lru_cache(maxsize=2)
def _colleagues_of(stored: tuple[tuple[str, ...], ...]) -> Colleagues:
    return Colleagues(
        Colleague(
            path,
            id_,
            name,
            tuple(json.loads(aliases or "[]")),
            role,
            store,
            boss,
            rows.to_day(left),
            rest_day,
        )
        for path, id_, name, aliases, role, store, boss, left, rest_day in stored
    )


class Bonds:
    """Gathers what bears on a note, the same way whether or not the index is new.

    Args:
        schema: which fields are links.
        id_of: the id of the note a target means.
        values_of: the values that bear on whoever links to a target by a field.
    """

    def __init__(
        self,
        schema: Schema,
        id_of: Callable[[str], str | None],
        values_of: Callable[[str, str], Values | None],
    ) -> None:
        self.colleagues = Colleagues()
        self._id_of = id_of
        self._values_of = values_of
        self._link_keys = {
            kind.id: [row.key for row in schema.fields(kind.id).values() if row.kind is Kind.LINK]
            for kind in NOTE_TYPES
        }

    def of(self, record: Record, owned: Iterable[str], mentions: Iterable[str]) -> Neighbours:
        """What bears on a note.

        Args:
            record: of the note.
            owned: ids of the listings that name it as owner.
            mentions: entries elsewhere that tell of its owner, as stored.
        """
        ids: dict[str, str] = {}
        values: dict[str, Values] = {}
        given = record.values
        for key in self._link_keys[record.type]:
            if key not in given:
                continue
            for target in record.texts(key):
                found = self._id_of(target)
                if found is None:
                    continue
                ids[target] = found
                if key in BEARING:
                    known = self._values_of(key, target)
                    if known:
                        values[found] = known
        told = tuple(rows.mention(text) for text in sorted(mentions))
        writers = [entry.agent for entry in record.entries]
        writers += [entry.agent for _, entry in told]
        for name in dict.fromkeys(writers):
            if name and name not in ids:
                agent = self.colleagues.id_of(name)
                if agent:
                    ids[name] = agent
        return Neighbours(
            agents=self.colleagues.infos,
            ids=ids,
            owned=tuple(sorted(owned)),
            mentions=told,
            values=values,
        )


def bearing_values(record: Record) -> dict[str, object]:
    """The values of a note that bear on those that link to it."""
    values = record.values
    return {key: values[key] for key in BEARING_OF_TYPE.get(record.type, ()) if key in values}


def agent_names(db: sqlite3.Connection) -> list[str]:
    """What colleagues are called in logs: file names, names and aliases."""
    return stored_colleagues(db).names

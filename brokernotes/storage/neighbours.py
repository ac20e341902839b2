"""Which notes bear on which: what deriving one note needs to know of the others.

A note's occurrences depend on who its front matter links to, on who names it as
owner, and on what entries elsewhere tell of its owner. `pending` collects the
notes whose neighbours changed after they were derived.
"""

from __future__ import annotations

import json
import sqlite3

from brokernotes.model.occurrences import AgentInfo, Neighbours
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.schema import Kind, Schema
from brokernotes.storage import rows
from brokernotes.storage.resolver import Resolver

# A link or mention row leads to note :n by one of its names or by its id.
_LEADS_HERE = """(
    row.fold IN (SELECT fold FROM name WHERE n = :n AND rank != 1)
    OR row.six = (SELECT lower(substr(id, 3)) FROM note WHERE n = :n))"""
_OWNED = f"""
    SELECT DISTINCT note.id FROM link AS row JOIN note ON note.n = row.n
     WHERE row.key = 'owner' AND note.id IS NOT NULL AND {_LEADS_HERE} ORDER BY 1"""  # noqa: S608
_MENTIONS = f"SELECT DISTINCT entry FROM mention AS row WHERE {_LEADS_HERE} ORDER BY 1"  # noqa: S608
_LINKING = f"SELECT DISTINCT row.n FROM link AS row WHERE row.key != '' AND {_LEADS_HERE}"  # noqa: S608
_ASKING = f"""
    SELECT DISTINCT row.n FROM link AS row
     WHERE row.key IN ('owner', 'listing') AND {_LEADS_HERE}"""  # noqa: S608

# By type of note: the field whose notes are asked, their type, and what of them.
_ASKED = {
    "listing": ("owner", "client", ("do_not_contact", "stage", "channel")),
    "deal": ("listing", "listing", ("round",)),
}


class NeighbourFinder:
    """Answers what bears on a note while the index is being refreshed.

    Args:
        db: the index.
        schema: which fields are links.
        is_first: whether the index is being built anew: then nothing was known before.
    """

    def __init__(self, db: sqlite3.Connection, schema: Schema, *, is_first: bool) -> None:
        self._db = db
        self._is_first = is_first
        self._link_keys = {
            note_type: [
                row.key for row in schema.fields(note_type).values() if row.kind is Kind.LINK
            ]
            for note_type in ("client", "listing", "deal", "community", "agent")
        }
        self.resolver = Resolver(db)
        self.agents: dict[str, AgentInfo] = {}
        self.pending: set[int] = set()
        self._owned: dict[int, set[str]] = {}
        self._unresolved: dict[int, set[str]] = {}

    def read_agents(self) -> str:
        """Read the colleagues from the index; what is returned changes when they do."""
        self.agents = {}
        sql = "SELECT note.id, role, store, supervisor, left FROM agent JOIN note USING(n)"
        for id_, role, store, supervisor, left in self._db.execute(sql + " ORDER BY note.path"):
            if id_ is None:
                continue
            boss = self.resolver.id_of(supervisor) if supervisor else None
            day = rows.to_day(left)
            self.agents[id_] = AgentInfo(id=id_, role=role, store=store, supervisor=boss, left=day)
        known = [
            (one.id, one.role, one.store, one.supervisor, one.left) for one in self.agents.values()
        ]
        return rows.to_json([known, agent_names(self._db)])

    def of(self, n: int, record: Record) -> Neighbours:
        """What bears on a note."""
        ids: dict[str, str] = {}
        for key in self._link_keys[record.type]:
            for target in record.texts(key):
                found = self.resolver.id_of(target)
                if found:
                    ids[target] = found
                else:
                    self._unresolved.setdefault(n, set()).add(target)
        for name in {entry.agent for entry in record.entries if entry.agent}:
            found = self.resolver.id_of(name)
            if found:
                ids[name] = found
        return Neighbours(
            agents=self.agents,
            ids=ids,
            values=self._values(record, ids),
            owned=self._owned_by(n) if record.type == "client" else (),
            mentions=self._mentions_of(n) if record.type == "listing" else (),
        )

    def waits(self, record: Record) -> bool:
        """Whether what bears on a note is read only after it, while the index is made."""
        return self._is_first and record.type == "listing" and bool(record.texts("owner"))

    def _values(self, record: Record, ids: dict[str, str]) -> dict[str, dict[str, object]]:
        """What deriving asks of linked notes: of a listing's owners, of a deal's listing."""
        asked = _ASKED.get(record.type)
        if asked is None:
            return {}
        key, note_type, columns = asked
        found: dict[str, dict[str, object]] = {}
        for id_ in {ids[target] for target in record.texts(key) if target in ids}:
            sql = f"""
                SELECT {", ".join(columns)} FROM {note_type} JOIN note USING(n)
                 WHERE note.id = ? ORDER BY note.path"""  # noqa: S608
            row = self._db.execute(sql, (id_,)).fetchone()
            if row is not None:
                found[id_] = {
                    name: value
                    for name, value in zip(columns, row, strict=True)
                    if value is not None
                }
        return found

    def _owned_by(self, n: int) -> tuple[str, ...]:
        if self._is_first:
            return tuple(sorted(self._owned.get(n, ())))
        return tuple(id_ for (id_,) in self._db.execute(_OWNED, {"n": n}))

    def _mentions_of(self, n: int) -> tuple[tuple[str, LogEntry], ...]:
        if self._is_first:
            return ()  # clients are read after listings; those they mention stay pending
        return tuple(rows.mention(text) for (text,) in self._db.execute(_MENTIONS, {"n": n}))

    def stored(self, n: int, record: Record) -> None:
        """A note's rows were written: whom it bears on must be derived again."""
        if record.type == "listing":
            for target in record.texts("owner"):
                other = self._touch(target)
                if other is not None and record.id:
                    self._owned.setdefault(other, set()).add(record.id)
        for entry in record.entries:
            if "owner_outcome" in entry.fields:
                for target in entry.links:
                    self._touch(target)
        if not self._is_first and record.type in ("client", "listing"):
            asking = self._db.execute(_ASKING, {"n": n})
            self.pending.update(other for (other,) in asking)

    def leaving(self, n: int) -> None:
        """A note's rows are about to go: so must whom it bore on be derived again."""
        if self._is_first:
            return
        borne_on = """
            SELECT target FROM link WHERE n = :n AND key = 'owner'
             UNION SELECT coalesce('#' || six, fold) FROM mention WHERE n = :n"""
        for (target,) in self._db.execute(borne_on, {"n": n}).fetchall():
            self._touch(target)

    def renamed(self, n: int) -> None:
        """A note's names or id changed: those that link to it may mean another now."""
        if not self._is_first:
            self.pending.update(other for (other,) in self._db.execute(_LINKING, {"n": n}))

    def _touch(self, target: str) -> int | None:
        other = self.resolver.find(target).n
        if other is not None:
            self.pending.add(other)
        return other

    def settle(self) -> set[int]:
        """Every note is stored: the numbers of those to be derived again."""
        self._is_first = False
        self.resolver.forget()
        for n, targets in self._unresolved.items():
            if any(self.resolver.id_of(target) for target in targets):
                self.pending.add(n)
        self._unresolved.clear()
        return self.pending


def agent_names(db: sqlite3.Connection) -> list[str]:
    """What colleagues are called in logs: file names, names and aliases."""
    names: set[str] = set()
    sql = "SELECT note.path, name, aliases FROM agent JOIN note USING(n)"
    for path, name, aliases in db.execute(sql):
        names.add(path.rpartition("/")[2].removesuffix(".md"))
        names.update(json.loads(aliases) if aliases else ())
        if name:
            names.add(name)
    return sorted(names)

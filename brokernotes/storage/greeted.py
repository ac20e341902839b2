"""Who likes to be greeted at festivals, and who greets them."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from brokernotes.model.occurrences import AgentInfo
from brokernotes.storage.neighbours import stored_colleagues


class Greeted(NamedTuple):
    """One client whose note says `greetings: true`.

    Attributes:
        ref: id of the note, else its path.
        title: of the note.
        agents: who is responsible, as typed and as an id; None: nobody, or nobody known.
    """

    ref: str
    title: str
    agent: str | None
    agent_id: str | None


class Greeters(NamedTuple):
    """Everybody concerned.

    Attributes:
        people: clients by title.
        agents: everybody who works here, by id.
        paths: of the notes of agents, by id.
    """

    people: list[Greeted]
    agents: dict[str, AgentInfo]
    paths: dict[str, tuple[str, str]]


def greeters(db: sqlite3.Connection) -> Greeters:
    """Who is greeted and who greets.

    Args:
        db: the index.
    """
    colleagues = stored_colleagues(db)
    sql = """
        SELECT ifnull(note.id, note.path), note.title, client.agent
          FROM client JOIN note USING(n)
         WHERE greetings = 1 AND ifnull(do_not_contact, 0) = 0 AND ifnull(stage, '') != 'inactive'
         ORDER BY note.sound, note.path"""
    people = [
        Greeted(ref, title, agent, colleagues.id_of(agent) if agent else None)
        for ref, title, agent in db.execute(sql)
    ]
    agents = "SELECT id, path, title FROM note WHERE type = 'agent' AND id IS NOT NULL"
    return Greeters(
        people,
        colleagues.infos,
        {id_: (path, title) for id_, path, title in db.execute(agents)},
    )

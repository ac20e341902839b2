"""Festivals: one item for each agent, with everybody who likes to be greeted.

They are told when they are asked about, not when a note is indexed: one festival concerns
every such client at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from brokernotes.features.agenda import GREETING, rule
from brokernotes.features.cadences import responsible
from brokernotes.features.resting import rest
from brokernotes.model.days import days_after
from brokernotes.model.festivals import USUAL, Festival
from brokernotes.model.occurrences import EARLY, AgentInfo, Neighbours, Occurrence, Outreach
from brokernotes.model.rules import Rules

EVERYBODY = "all"  # in the key of what nobody is responsible for


class Person(Protocol):
    """A client who likes to be greeted."""

    @property
    def ref(self) -> str:
        """Id of the note, else its path."""

    @property
    def agent(self) -> str | None:
        """Who is responsible, as typed."""

    @property
    def agent_id(self) -> str | None:
        """The id of whom that means."""


class Greeting(NamedTuple):
    """What festivals are told with.

    Attributes:
        people: who likes to be greeted, in the order they are told.
        greeted: who was greeted lately, and which agents have greeted everybody for a festival.
        until: clients who asked not to be contacted before a day.
        agents: everybody who works here, by id.
        notes: path and title of the notes of agents, by id.
        rules: of the brokerage.
        today: who leaves later is still here.
    """

    people: Iterable[Person]
    greeted: Iterable[Outreach]
    until: Mapping[str, date]
    agents: Mapping[str, AgentInfo]
    notes: Mapping[str, tuple[str, str]]
    rules: Rules
    today: date


def festival_items(days: Iterable[tuple[date, Festival]], greeting: Greeting) -> list[Occurrence]:
    """One item for each festival and agent who has somebody to greet, until all were greeted.

    An agent's own log may say that everybody was (`done 元旦` writes it), or each client's log.

    Args:
        days: the festivals and their days.
        greeting: who is greeted, and by whom.
    """
    people: dict[str | None, list[str]] = {}
    for person in greeting.people:
        ids = {person.agent: person.agent_id} if person.agent and person.agent_id else {}
        near = Neighbours(agents=greeting.agents, ids=ids)
        agent, _ = responsible((person.agent,), near, greeting.today)
        people.setdefault(agent, []).append(person.ref)
    found = []
    until = greeting.until
    greeted = [*greeting.greeted]
    for day, festival in days:
        told = {
            was.person for was in greeted
            if was.festival in ("", festival.id) and days_after(day, -EARLY) <= was.day <= day
        }  # fmt: skip
        for agent, refs in people.items():
            left = [ref for ref in refs if ref not in told and until.get(ref, day) <= day]
            if agent in told or not left:
                continue
            one = _item(day, festival, agent, left, greeting)
            rest(one, greeting.agents, greeting.rules)
            found.append(one)
    return found


def _item(
    day: date, festival: Festival, agent: str | None, refs: list[str], greeting: Greeting
) -> Occurrence:
    path, title = greeting.notes.get(agent or "", ("", ""))
    kept = greeting.rules.festivals
    return Occurrence(
        key=f"{agent or EVERYBODY}/festival/{festival.id}-{day.year}",
        kind="festival",
        note=agent or path,
        path=path,
        title=title,
        due=day,
        until=day,
        agent=agent,
        computed=True,
        weight=GREETING,
        reason="festival",
        params={
            "festival": festival.id,
            "date": day.isoformat(),
            "count": len(refs),
            "people": refs,
        },
        rule=rule("greetings.festivals", ", ".join(kept), "ours" if kept == USUAL else "rules"),
    )

"""Where storage meets the features: what the index stores for each note.

Features never import storage and storage never imports features; this module
hands the one to the other. It is all that the command line and scripts share.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from brokernotes.model.days import days_after
from brokernotes.storage.deriving import Deriving, Inspected
from brokernotes.storage.vault import Vault

if TYPE_CHECKING:
    from brokernotes.features.ranking import Asked, DueItem, People, Ranked
    from brokernotes.model.occurrences import AgentInfo, Derived, Neighbours, Occurrence
    from brokernotes.model.records import Record
    from brokernotes.model.rules import Rules
    from brokernotes.notes.note import Note
    from brokernotes.storage.refresh import Progress
    from brokernotes.viewing import SeenVault


def _inspect(note: Note, rules: Rules, today: date) -> Inspected:
    from brokernotes.features.checking import check_note

    return Inspected(*check_note(note, rules, today))


def _derive(record: Record, neighbours: Neighbours, rules: Rules, today: date) -> Derived:
    from brokernotes.features.followups import derive

    return derive(record, neighbours, rules, today)


DUE_TYPES = ("client", "listing", "deal")  # of the notes something is due about

WAITS_AT_MOST = 400  # days; an `until` further ahead is a slip of the pen
FORESEEN = 731  # days; no festival is told of further ahead

DERIVING = Deriving(_inspect, _derive)


def open_vault(root: str, environ: Mapping[str, str]) -> Vault:
    """The vault in a folder.

    Args:
        root: the folder with `brokernotes.yaml`.
        environ: for where caches lie.

    Raises:
        VaultError: the rules cannot be read at all.
    """
    return Vault(root, environ=environ, deriving=DERIVING)


def computed(
    vault: Vault, keys: Collection[str], now: datetime, viewer: str | None
) -> dict[str, dict[str, Any]]:
    """What no note says and no index keeps (`query_keys.COMPUTED`), by key and a note's path.

    Args:
        vault: whose index is current.
        keys: which.
        now: the present moment in its zone.
        viewer: id of the agent who asks; None: nobody in particular.
    """
    found: dict[str, dict[str, Any]] = {}
    if "due" in keys:
        found["due"] = dict(due_days(vault, now))
    others = [key for key in keys if key != "due"]
    if others:
        from brokernotes.classes import Classes

        found |= Classes(vault, now.date(), viewer).values(others)
    return found


def view_as(vault: Vault, agent: str, today: date, progress: Progress | None = None) -> SeenVault:
    """A vault as one agent would see it, its own index brought up to date.

    Args:
        vault: its index is current.
        agent: id of the agent.
        today: in the vault's zone.
        progress: wraps the paths that are read, given with their number.
    """
    from brokernotes.viewing import SeenVault

    seen = SeenVault(vault, agent, DERIVING)
    seen.refresh(today, progress)
    return seen


def due_days(vault: Vault, now: datetime) -> dict[str, str]:
    """The day on which something is to be done next about each note, by its path, in ISO form.

    Args:
        vault: whose index is current.
        now: the present moment in its zone.
    """
    from brokernotes.features.ranking import Asked

    days: dict[str, str] = {}
    for item in due_of(vault, Asked(now=now, until=date.max, show_all=True)):
        for reason in item.reasons:
            day = reason.due.isoformat()
            days[reason.path] = min(day, days.get(reason.path, day))
    return days


def with_parties(vault: Vault, found: list[Occurrence]) -> list[Occurrence]:
    """What is due with what its clients' notes say, where a deal asks about them.

    Args:
        vault: whose index is current.
        found: of any kind.
    """
    from brokernotes.model.occurrences import AFTERCARE

    asked = {one.note for one in found if one.kind in AFTERCARE}
    if not asked:
        return found
    from brokernotes.features.parties import Party, told_now

    rows = vault.queries.last_contacts(asked)
    greeted = {}
    if any(one.kind == "anniversary" for one in found):
        from brokernotes.storage.persons import greeted_since

        greeted = {was.person: was.day for was in greeted_since(vault.index.db, date.min)}
    return told_now(
        found,
        {id_: Party(path, title, last, greeted.get(id_)) for id_, path, title, last in rows},
    )


def festivals(vault: Vault, first: date, last: date) -> list[Occurrence]:
    """The festivals from one day to another, and who is greeted on them by whom.

    Args:
        vault: whose index is current.
        first: the present day.
        last: the last day; some of the next may come along.
    """
    from brokernotes.model.festivals import festival_days

    days = festival_days(vault.rules.festivals, first, days_after(last, 1))
    kept = sorted(days)
    if not kept:
        return []
    from brokernotes.features.festivals import Greeting, festival_items
    from brokernotes.model.occurrences import EARLY
    from brokernotes.storage.greeted import greeters
    from brokernotes.storage.persons import greeted_since, wishes

    db = vault.index.db
    people, agents, notes = greeters(db)
    greeted = greeted_since(db, days_after(kept[0][0], -EARLY))
    until = wishes(db, first).until
    greeting = Greeting(people, greeted, until, agents, notes, vault.rules, first)
    return festival_items(kept, greeting)


def due_of(vault: Vault, asked: Asked) -> list[DueItem]:
    """What is due in a vault whose index is current.

    Args:
        vault: whose.
        asked: the moment, the agent and the extent.
    """
    return ranked_of(vault, asked).items


def ranked_of(vault: Vault, asked: Asked) -> Ranked:
    """The same with what waits for another day.

    Args:
        vault: whose index is current.
        asked: the moment, the agent and the extent.
    """
    from brokernotes.features.ranking import rank_due, silencing_until
    from brokernotes.features.spreading import last_needed

    queries, last = vault.queries, asked.until or asked.today
    found = queries.occurrences(last_needed(last), asked.agent, since=asked.today)
    people = people_of(vault, found, asked.today)
    people = people._replace(standing=queries.standing(silencing_until(asked.today)))
    found += colleagues_too(vault, found, people.same, asked)
    found = with_parties(vault, found)
    found += festivals(vault, asked.today, min(last, days_after(asked.today, FORESEEN)))
    return rank_due(found, asked, rules=vault.rules, people=people)


def placed_now(vault: Vault, found: list[Occurrence], now: datetime) -> list[Occurrence]:
    """What is to be done about one note, that which waits on the day it waits for.

    Args:
        vault: whose index is current.
        found: all of it.
        now: the present moment in its zone.
    """
    from brokernotes.features.ranking import Asked
    from brokernotes.model.occurrences import UNASKED

    today = now.date()
    late = [one for one in found if one.kind in UNASKED and (one.undated or one.due <= today)]
    waiting: dict[str, Occurrence] = {}
    for agent in {one.agent for one in late}:
        asked = Asked(
            now=now,
            agent=agent,
            until=days_after(today, WAITS_AT_MOST),
            show_all=agent is None,
            paths={one.path for one in late},
        )
        reasons = (reason for item in due_of(vault, asked) for reason in item.reasons)
        waiting |= {reason.key: reason for reason in reasons if reason.rhythm}
    return [waiting.get(one.key, one) for one in found]


def people_of(vault: Vault, found: Iterable[Occurrence], today: date) -> People:
    """What is known of the persons that occurrences concern.

    Args:
        vault: whose index is current.
        found: the occurrences.
        today: in the vault's zone.
    """
    from brokernotes.features.ranking import People
    from brokernotes.features.rhythm import Rhythm, remembered_from
    from brokernotes.storage.persons import outreach_to, same_persons, wishes

    db = vault.index.db

    @functools.cache
    def agents() -> Mapping[str, AgentInfo]:
        from brokernotes.storage.neighbours import stored_colleagues

        return stored_colleagues(db).infos

    persons = {one.person for one in found if one.person}
    same = same_persons(db, persons)
    lately = outreach_to(
        db, persons.union(same, same.values()), remembered_from(today, vault.rules)
    )
    silenced, until = wishes(db, today)
    return People(same=same, silenced=silenced, rhythm=Rhythm(lately, until, agents))


def colleagues_too(
    vault: Vault, found: Iterable[Occurrence], same: Mapping[str, str], asked: Asked
) -> list[Occurrence]:
    """What colleagues are asked about the persons an agent is asked about: nobody is shown it.

    Args:
        vault: whose index is current.
        found: what the agent is asked.
        same: persons by their other names.
        asked: the moment, the agent and the extent.
    """
    from brokernotes.features.spreading import last_needed
    from brokernotes.model.occurrences import UNASKED
    from brokernotes.storage.persons import colleagues_due

    persons = {same.get(one.person, one.person) for one in found if one.kind in UNASKED}
    persons |= {other for other, one in same.items() if one in persons}
    if asked.agent is None or not persons:  # asked for all, everybody's are there
        return []
    last = last_needed(asked.until or asked.today)
    others = colleagues_due(vault.index.db, persons, asked.agent, last)
    others = [one for one in others if one.kind in UNASKED]
    if any(one.spread for one in others):  # which day they stand on, all of theirs tell
        return [
            one for one in vault.queries.occurrences(last) if one.agent not in (None, asked.agent)
        ]
    return others

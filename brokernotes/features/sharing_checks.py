"""What is wrong between listings as they are shared: quota, area, holder, one owner twice.

Every check is a function over facts somebody has fetched. Source: seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from brokernotes.errors import Position, Problem
from brokernotes.features.duplicates import Door, is_other_door, is_same_door
from brokernotes.features.sharing import House, Shared, holdings, is_private
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.days import days_after
from brokernotes.model.lifecycle import ACTIVE
from brokernotes.model.owner_contacts import owner_contacts
from brokernotes.model.problems import problem
from brokernotes.notes.note import Note

LATE_DAYS = 1  # ours: what is entered the next day is in time
CROWDED_DAYS = 3  # ours: two agents within so many days are too many for one owner

SAME_SIZE = 2.0  # ㎡; ours: as much as two people's figures of one home differ

Found = Iterator[Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A listing as the checks know it.

    Attributes:
        path: of the note.
        shared: as sharing knows it.
        areas: which of its places its holder serves, as typed.
        door: where it is.
        phones: digits of its owner's phones.
        kind: of property; None: not known.
        size: in ㎡; None: not known.
    """

    path: str
    shared: Shared
    kind: str | None = None
    size: float | None = None
    areas: tuple[str, ...] = ()
    door: Door = field(default_factory=lambda: Door(None))
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerContact:
    """One contact with an owner.

    Attributes:
        owner: who they are, the same for all of their homes.
        agent: id of who was in touch.
        day: of it.
        at: where the log says so.
    """

    owner: str
    agent: str
    day: date
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingFound:
    """What the checks of sharing work on.

    Attributes:
        house: how the brokerage shares.
        over: refs of listings beyond their holder's quota.
        homes: every listing, by path.
        contacts: with owners that more than one agent may have called.
        names: of agents by id.
        gone: the day each agent left, by id.
    """

    house: House = field(default_factory=House)
    over: frozenset[str] = frozenset()
    homes: Sequence[Home] = ()
    contacts: Sequence[OwnerContact] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, date] = field(default_factory=dict)


At = Callable[[str, str, str | None], Position]


def check_sharing(found: SharingFound, at: At) -> Found:
    """Find what goes against the rules of sharing.

    Args:
        found: as fetched.
        at: the place of a key's value in a note.
    """
    yield from _check_quota(found, at)
    yield from _check_places(found, at)
    yield from _check_homes(found, at)
    yield from _check_contacts(found)


def _check_quota(found: SharingFound, at: At) -> Found:
    if found.house.mode != "mixed_quota":
        return
    paths = {home.shared.ref: home.path for home in found.homes}
    for agent, own in holdings(home.shared for home in found.homes).items():
        quota = found.house.quota
        for one in own[quota:]:
            yield problem(
                "private-quota",
                at(paths[one.ref], "sharing", None),
                agent=found.names.get(agent, agent),
                count=len(own),
                quota=quota,
                others=[paths[other.ref] for other in own[:quota]],
            )


def _check_places(found: SharingFound, at: At) -> Found:
    by_area = found.house.mode == "mixed_area"
    for home in found.homes:
        one = home.shared
        if one.status not in ACTIVE or not is_private(one, found.house, found.over):
            continue
        if one.agent is None and (one.sharing == "private" or not by_area):
            key = "sharing" if one.sharing else "agent"
            yield problem("private-without-holder", at(home.path, key, None))
        elif by_area and one.sharing == "private" and home.areas:
            name = found.names.get(str(one.agent), str(one.agent))
            place = at(home.path, "sharing", None)
            yield problem("private-in-area", place, agent=name, area=home.areas[0])


def _check_homes(found: SharingFound, at: At) -> Found:
    """One owner with two notes in one estate whose doors may be one."""
    by_owner: dict[tuple[object, str], list[Home]] = {}
    for home in found.homes:
        if home.door.community is not None:
            for phone in home.phones:
                by_owner.setdefault((home.door.community, phone), []).append(home)
    told: set[tuple[str, str]] = set()
    for homes in by_owner.values():
        for home in homes:
            for other in homes:
                pair = home.path, other.path
                if home is not other and _may_be_one(home, other) and pair not in told:
                    told.add(pair)
                    key = "owner_phone"
                    yield problem(
                        "property-likely-twice", at(home.path, key, None), other=other.path
                    )


def _may_be_one(home: Home, other: Home) -> bool:
    """Whether two homes of one owner in one estate may be one: nothing known of them differs."""
    if is_same_door(home.door, other.door) or is_other_door(home.door, other.door):
        return False
    if home.kind and other.kind and home.kind != other.kind:
        return False
    return home.size is None or other.size is None or abs(home.size - other.size) <= SAME_SIZE


def _check_contacts(found: SharingFound) -> Found:
    """Two agents with one owner within days, neither above the other, both still here."""
    by_owner: dict[str, list[OwnerContact]] = {}
    for contact in found.contacts:
        by_owner.setdefault(contact.owner, []).append(contact)
    for contacts in by_owner.values():
        told: set[frozenset[str]] = set()
        contacts.sort(key=lambda one: (one.day, one.at.path, one.at.line))
        for before, after in pairwise(contacts):
            pair = frozenset((before.agent, after.agent))
            if (
                len(pair) == 1
                or pair in told
                or after.day - before.day > timedelta(days=CROWDED_DAYS)
                or any(_has_left(agent, after.day, found) for agent in pair)
                or any(
                    agent in found.house.chain(other) for agent in pair for other in pair - {agent}
                )
            ):
                continue
            told.add(pair)
            names = sorted(found.names.get(agent, agent) for agent in pair)
            days = dict.fromkeys((before.day.isoformat(), after.day.isoformat()))
            yield problem("owner-crowded", after.at, agents=names, days=list(days))


def _has_left(agent: str, day: date, found: SharingFound) -> bool:
    """Whether an agent leaves so soon that the other took over."""
    left = found.gone.get(agent)
    return left is not None and left <= day + timedelta(days=30)


def check_held_back(note: Note) -> Found:
    """Find a listing whose owner was in touch before it was entered (留盘).

    Source: seed: 部分经纪人为了个人的利益，会出现“留盘”行为.
    """
    entered = note.record.day("created")
    if entered is None:
        return
    in_time = days_after(entered, -LATE_DAYS)
    early = [one for one in note.record.entries if one.day < in_time]
    first = min(owner_contacts(early), key=lambda one: one.moment, default=None) if early else None
    if first is None:
        return
    yield problem(
        "held-back",
        Position(note.path, first.line, first.column, first.column + 10),
        day=first.day.isoformat(),
        days=(entered - first.day).days,
    )

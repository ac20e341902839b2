"""Occurrences as rows of the index, and back."""

from __future__ import annotations

import json
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from brokernotes.light_dataclasses import names_of
from brokernotes.model.occurrences import Occurrence, Outreach
from brokernotes.storage.rows import Row, to_json

# Columns of the table of occurrences; every other attribute that is set is packed into `data`.
_BARE = (
    "key", "kind", "due", "at", "until", "person", "agent", "computed", "weight", "value",
    "cancelled",
)  # fmt: skip
_PACKED = tuple(name for name in names_of(Occurrence) if name not in _BARE)
_packed = attrgetter(*_PACKED)

COLUMNS = ", ".join((*_BARE, "data"))


def occurrence_row(n: int, found: Occurrence) -> Row:
    """An occurrence: what is filtered and sorted by as columns, the rest packed."""
    # What is not set is left out; every default is as good as nothing.
    data = {name: value for name, value in zip(_PACKED, _packed(found), strict=True) if value}
    at, until = found.at, found.until
    return (
        n,
        found.key,
        found.kind,
        found.due.isoformat(),
        at.isoformat() if at else None,
        until.isoformat() if until else None,
        found.person,
        found.agent,
        int(found.computed),
        found.weight,
        found.value,
        int(found.cancelled),
        to_json(data),
    )


def outreach_row(n: int, found: Outreach) -> Row:
    """The last contact that nobody had asked for."""
    return n, found.person, found.day.isoformat(), found.agent, int(found.greets), found.festival


def outreach(row: tuple[Any, ...]) -> Outreach:
    """One from the columns `person, day, agent, greets, festival`."""
    person, day, agent, greets, festival = row
    return Outreach(person, date.fromisoformat(day), agent, bool(greets), festival)


def occurrence(row: tuple[Any, ...]) -> Occurrence:
    """An occurrence from the columns `COLUMNS`."""
    key, kind, due, at, until, person, agent, computed, weight, value, cancelled, data = row
    rest: dict[str, Any] = json.loads(data)
    if "since" in rest:
        rest["since"] = datetime.fromisoformat(rest["since"])
    if "ends" in rest:
        rest["ends"] = datetime.fromisoformat(rest["ends"])
    if "asked" in rest:
        rest["asked"] = date.fromisoformat(rest["asked"])
    if "spread" in rest:
        rest["spread"] = tuple(map(date.fromisoformat, rest["spread"]))
    if "last_contact" in rest:
        rest["last_contact"] = date.fromisoformat(rest["last_contact"])
    if "times" in rest:
        rest["times"] = tuple(rest["times"])
    if "links" in rest:
        rest["links"] = tuple(rest["links"])
    return Occurrence(
        key=key,
        kind=kind,
        due=date.fromisoformat(due),
        at=datetime.fromisoformat(at) if at else None,
        until=date.fromisoformat(until) if until else None,
        person=person,
        agent=agent,
        computed=bool(computed),
        weight=weight,
        value=value,
        cancelled=bool(cancelled),
        **rest,
    )

"""Notes and what derives from them as rows of the index."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from brokernotes.errors import Problem
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.phones import parse_phone
from brokernotes.model.records import LogEntry, Record, Value
from brokernotes.model.schema import Schema
from brokernotes.notes.links import LinkUse, link_fold
from brokernotes.notes.names import trailing_id
from brokernotes.storage.resolver import BY_ALIAS, BY_ID, BY_NAME, id_fold
from brokernotes.storage.tables import columns

Row = tuple[object, ...]

# Columns of the table of occurrences; every other attribute that is set is packed into `data`.
_OCCURRENCE_COLUMNS = (
    "key", "kind", "due", "at", "until", "person", "agent", "computed", "weight", "value",
    "cancelled",
)  # fmt: skip
_PACKED = tuple(
    (row.name, row.default) for row in fields(Occurrence) if row.name not in _OCCURRENCE_COLUMNS
)


def column_keys(schema: Schema) -> dict[str, list[str]]:
    """The keys of each type's columns, in the table's order."""
    return {
        note_type: [row.key for row in columns(schema, note_type)]
        for note_type in ("client", "listing", "deal", "community", "agent")
    }


def value_row(n: int, record: Record, keys: list[str]) -> Row:
    """The row of a note's values."""
    get = record.values.get
    row: list[object] = [n]
    for key in keys:
        value = get(key)
        if value is None or value.__class__ is str or value.__class__ is int:
            row.append(value)
        else:
            row.append(to_column(value))
    return tuple(row)


def to_column(value: Value) -> object:
    """A value as SQLite keeps it."""
    if isinstance(value, tuple):
        return to_json([_plain(item) for item in value])
    return _plain(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes" if not value.second else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value


def to_day(text: str | None) -> date | None:
    """A date column; a datetime's day."""
    return date.fromisoformat(text[:10]) if text else None


def to_json(value: object) -> str:
    """Compact JSON; dates and sets as text and lists."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_json_default)


def _json_default(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def name_rows(n: int, record: Record) -> set[Row]:
    """Everything that leads to a note."""
    rows: set[Row] = {(link_fold(record.name), BY_NAME, n)}
    if record.id:
        rows.add((id_fold(record.id), BY_ID, n))
    for former in record.texts("former_ids"):
        if len(former) > 2:
            rows.add((id_fold(former), BY_ID, n))
    own = link_fold(record.name)
    for alias in (*record.texts("aliases"), record.text("title") or ""):
        folded = link_fold(alias)
        if folded and folded != own:
            rows.add((folded, BY_ALIAS, n))
    return rows


def link_rows(n: int, links: list[LinkUse]) -> list[Row]:
    """One row a distinct target and key, with all its places."""
    places: dict[tuple[str, str, bool], tuple[str, list[tuple[int, int]]]] = {}
    for link in links:
        known = places.get((link.target, link.key, link.is_embed))
        if known is None:
            places[link.target, link.key, link.is_embed] = (
                link_fold(link.target),
                [(link.line, link.column)],
            )
        else:
            known[1].append((link.line, link.column))
    return [
        (n, folded, _six(target), target, key, int(embed), to_json(where))
        for (target, key, embed), (folded, where) in places.items()
    ]


def _six(target: str) -> str | None:
    six = trailing_id(target)
    return six.casefold() if six else None


def mention_rows(n: int, record: Record) -> list[Row]:
    """The entries that tell of the owner of a linked listing, but those taken back since."""
    telling = [entry for entry in record.entries if "owner_outcome" in entry.fields]
    if not telling:
        return []
    void = {entry.fields.get("corrects") for entry in record.entries}
    void |= {entry.id for entry in record.entries if entry.verb == "removed"}
    return [
        (n, link_fold(target), _six(target), to_json(_entry_plain(record.ref, entry)))
        for entry in telling
        if entry.id is None or entry.id not in void
        for target in dict.fromkeys(entry.links)
    ]


def _entry_plain(note: str, entry: LogEntry) -> dict[str, object]:
    return {
        "note": note,
        "day": entry.day.isoformat(),
        "minutes": entry.minutes,
        "box": entry.box,
        "verb": entry.verb,
        "id": entry.id,
        "agent": entry.agent,
        "fields": dict(entry.fields),
        "text": entry.text,
        "line": entry.line,
    }


def mention(text: str) -> tuple[str, LogEntry]:
    """A stored mention: id of the note it stands in, and the entry."""
    plain = json.loads(text)
    note = plain.pop("note")
    entry = LogEntry(day=date.fromisoformat(plain.pop("day")), **plain)
    return note, entry


def phone_rows(n: int, record: Record) -> list[Row]:
    """The numbers that identify the note's person: its own, or a listing's owner's."""
    found: list[Row] = []
    for text in (*record.texts("phone"), *record.texts("owner_phone")):
        phone = parse_phone(text)
        if phone.identifies:
            found.append((n, phone.number))
    return found


def problem_rows(n: int, problems: list[Problem]) -> list[Row]:
    """Problems without their severity, which the catalogue and the rules know."""
    return [
        (
            n,
            found.position.path,
            found.position.line,
            found.position.column,
            found.position.end_column,
            found.code,
            to_json(dict(found.params)),
        )
        for found in problems
    ]


def occurrence_row(n: int, found: Occurrence) -> Row:
    """An occurrence: what is filtered and sorted by as columns, the rest packed."""
    data = {
        name: value
        for name, default in _PACKED
        if (value := getattr(found, name)) and value != default
    }
    return (
        n,
        found.key,
        found.kind,
        found.due.isoformat(),
        found.at.isoformat() if found.at else None,
        found.until.isoformat() if found.until else None,
        found.person,
        found.agent,
        int(found.computed),
        found.weight,
        found.value,
        int(found.cancelled),
        to_json(data),
    )


OCCURRENCE_COLUMNS = ", ".join((*_OCCURRENCE_COLUMNS, "data"))


def occurrence(row: tuple[Any, ...]) -> Occurrence:
    """An occurrence from the columns `OCCURRENCE_COLUMNS`."""
    key, kind, due, at, until, person, agent, computed, weight, value, cancelled, data = row
    rest: dict[str, Any] = json.loads(data)
    if "since" in rest:
        rest["since"] = datetime.fromisoformat(rest["since"])
    if "last_contact" in rest:
        rest["last_contact"] = date.fromisoformat(rest["last_contact"])
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


def values_of(row: Mapping[str, object], schema: Schema, note_type: str) -> dict[str, object]:
    """A row of a type's table as JSON speaks of it: set keys only, lists and bools restored."""
    found: dict[str, object] = {}
    for field in columns(schema, note_type):
        value = row[field.key]
        if value is None:
            continue
        if field.many:
            value = json.loads(str(value))
        elif field.kind == "bool":
            value = bool(value)
        elif field.kind == "number" and isinstance(value, float) and value.is_integer():
            value = int(value)
        found[field.key] = value
    return found

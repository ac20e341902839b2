"""What became of a home on the market, as its own note tells: new, cheaper, another status.

Stored with the note, so that whoever is to be called can be told of it without reading any log
again. A price that was altered in the fields without an entry is git's to tell (`changes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from brokernotes.model.records import LogEntry, Record
from brokernotes.model.topics import Move

_SIDES = {"lease": ("lease",), "both": ("sale", "lease")}


def moves_of(record: Record, entries: Sequence[LogEntry], today: date) -> tuple[Move, ...]:
    """What became of a listing.

    Args:
        record: the note; of any other type nothing becomes.
        entries: of its log that count.
        today: what is dated ahead has not happened.
    """
    if record.type != "listing":
        return ()
    found = []
    begun = record.moment("created") or record.moment("listed")
    if begun is not None:
        found.append(Move(_moment(begun), "new"))
    telling = [
        one
        for one in entries
        if (one.verb == "price_change" or "status" in one.fields)
        and one.is_happened
        and one.day <= today
    ]
    if telling:
        found += _changes(record, telling)
        found.sort(key=lambda one: one.at)
    return tuple(found)


def moment_of(entry: LogEntry) -> str:
    """When an entry took place: its moment, else its day, in ISO form."""
    if entry.minutes is None:
        return entry.day.isoformat()
    return f"{entry.day.isoformat()}T{entry.minutes // 60:02}:{entry.minutes % 60:02}"


def _moment(when: date | datetime) -> str:
    if isinstance(when, datetime):
        return when.replace(tzinfo=None).isoformat(timespec="minutes")
    return when.isoformat()


def _changes(record: Record, telling: list[LogEntry]) -> Iterator[Move]:
    for entry in telling:
        status = entry.fields.get("status")
        if isinstance(status, tuple) and len(status) == 2:
            old, new = map(str, status)
            yield Move(moment_of(entry), "status", old, new, entry=entry.id or entry.stamp)
    priced = {one.day: one for one in telling if one.verb == "price_change"}
    if not priced:
        return
    from brokernotes.features.owner_report import curve_of

    start = record.day("listed") or record.day("created")
    for side in _SIDES.get(record.text("transaction") or "", ("sale",)):
        points = curve_of(telling, start, None, side)
        for before, after in pairwise(points):
            entry = priced[after.day]
            kind = "price_cut" if after.price < before.price else "price_rise"
            name = entry.id or entry.stamp
            yield Move(moment_of(entry), kind, before.price, after.price, side, name)

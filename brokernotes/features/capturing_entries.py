"""From the parts of a dictated line to entries: when, with which fields, one a listing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from brokernotes.features.capturing_fields import ORDER, Tail
from brokernotes.features.capturing_lore import Home, Lore
from brokernotes.features.capturing_parts import Parts
from brokernotes.features.capturing_prices import in_wan
from brokernotes.features.capturing_times import past_of, surely
from brokernotes.features.capturing_verbs import WITH_AMOUNT
from brokernotes.features.log_making import Moment
from brokernotes.features.routes import Stop, starts
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry

FEEDBACK = ("interest", "reaction", "objections")


def moment_of(parts: Parts, tail: Tail, day: date, lore: Lore) -> tuple[Moment, bool]:
    """When it was or is going to be, and whether it was still to come when the line was said.

    Args:
        parts: of the line.
        tail: its other words, read.
        day: it was said.
        lore: of the vault.
    """
    said = parts.said
    if said is None:
        return Moment(day, None), False
    wanted = surely(said, day) or said.day or day
    if wanted == said.day and said.is_loose and _sounds_past(tail):
        wanted = past_of(said, day)
    at = Moment(wanted, said.minutes)
    if wanted != day:
        return at, wanted > day
    return at, wanted == lore.today() and at.is_after(lore.now)


def _sounds_past(tail: Tail) -> bool:
    return any(key in tail.fields for key in (*FEEDBACK, "outcome")) or "了" in tail.text


def entry_fields(
    parts: Parts, tail: Tail, homes: Sequence[Home], verb: str, *, for_owner: bool
) -> dict[str, object]:
    """The fields of an entry, in the order they are written.

    Args:
        parts: of the line.
        tail: its other words, read.
        homes: it is about.
        verb: of the entry.
        for_owner: whether it goes into a listing's log.
    """
    fields = dict(tail.fields)
    if parts.is_feedback or (parts.inbound and for_owner):
        fields["from"] = "owner"
    elif parts.inbound:
        fields["from"] = "client"
    if parts.amount and verb in WITH_AMOUNT:
        fields["amount"] = in_wan(parts.amount, homes[0] if len(homes) == 1 else None)
        fields["side"] = "seller" if for_owner else "buyer"
    return {key: fields[key] for key in ORDER if key in fields}


def one_each(first: LogEntry, homes: Sequence[Home], gap: int, travel: int) -> list[LogEntry]:
    """One entry a listing, each beginning when the one before is over and one is there.

    Args:
        first: what they share.
        homes: the listings; none: one entry without.
        gap: minutes of one that says no duration.
        travel: minutes between two estates.
    """
    if not homes:
        return [first]
    stops = [Stop(home.ref, home.community or None) for home in homes]
    begins = starts(stops, first.duration or gap, travel)
    at, entries = Moment(first.day, first.minutes), []
    for home, begin in zip(homes, begins, strict=True):
        moment = at.later(begin)
        entries.append(replace(first, day=moment.day, minutes=moment.minutes, links=(home.name,)))
    return entries

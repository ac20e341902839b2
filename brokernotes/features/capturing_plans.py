"""What is planned, and what a dictated line does to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from brokernotes.features.capturing_lore import Lore
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from brokernotes.model.verbs import SHOWING_VERBS
from brokernotes.notes.logbook import entry_refs

_BOXES = {"x": "done", "-": "cancelled"}


def tickable(
    log: Sequence[LogEntry], mark: str, text: str, fields: Mapping[str, object]
) -> list[tuple[str, LogEntry]]:
    """Entries that are planned, or that a run that broke off has ticked so already.

    Args:
        log: of a note.
        mark: that their box shall get.
        text: that is added to them.
        fields: likewise.

    Returns:
        Each with its id or stamp.
    """
    return [
        (ref, entry)
        for ref, entry in zip(entry_refs(log), log, strict=True)
        if entry.is_open
        or (
            entry.box == _BOXES[mark]
            and entry.text.endswith(text)
            and all(entry.fields.get(key) == value for key, value in fields.items())
        )
    ]


def clashes(
    lore: Lore, note: str, entry: LogEntry, homes: frozenset[str], besides: str = ""
) -> bool:
    """Whether a plan overlaps another of the client, of the listing, or of mine.

    Args:
        lore: of the vault.
        note: ref of the note it goes into.
        entry: the plan.
        homes: refs of the listings it is about.
        besides: the entry it takes the place of.
    """
    if entry.minutes is None:
        return False
    start = datetime.combine(entry.day, time()) + timedelta(minutes=entry.minutes)
    end = start + timedelta(minutes=entry.duration or lore.gap)
    for plan in lore.plans:
        is_same = plan.note == note and (plan.at == start or plan.entry == besides)
        if is_same or plan.at >= end or plan.at + timedelta(minutes=plan.minutes) <= start:
            continue
        mine = lore.me is not None and plan.agent == lore.me
        if mine or plan.note == note or homes & set(plan.homes):
            return True
    return False


def as_feedback(entry: LogEntry, log: Sequence[LogEntry], lore: Lore) -> LogEntry:
    """What is said of a showing that the log has already is a note on it, no second showing.

    Args:
        entry: as it would be filed.
        log: it would go into.
        lore: of the vault.
    """
    if entry.verb not in SHOWING_VERBS or len(entry.links) > 1:
        return entry
    about = lore.linked(entry)
    same = [one for one in log if one.is_happened and one.day == entry.day]
    if any(_says_the_same(one, entry) for one in same):
        return entry
    for one in same:
        logged = one.verb in SHOWING_VERBS and bool(not about or about & lore.linked(one))
        at_that_time = entry.minutes is None or entry.minutes == one.minutes
        if logged and at_that_time and (entry.fields or entry.text):
            return replace(entry, verb="note", minutes=None, duration=None, links=one.links)
    return entry


def _says_the_same(one: LogEntry, other: LogEntry) -> bool:
    return (one.minutes, one.verb, one.text, dict(one.fields)) == (
        other.minutes, other.verb, other.text, dict(other.fields)
    )  # fmt: skip

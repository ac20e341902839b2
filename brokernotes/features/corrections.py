"""Which entries of a log count: none that was corrected, none that was removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from brokernotes.model.records import LogEntry

REMOVED = "removed"


def counting(entries: Sequence[LogEntry], today: date) -> list[LogEntry]:
    """The entries without tombstones, what they removed, and what was corrected.

    Args:
        entries: of one note, in any order.
        today: a correction that took place does not count before its day.
    """
    removed: set[str | None] = set()
    corrected: dict[str, list[LogEntry]] = {}
    for entry in entries:
        if entry.verb == REMOVED and entry.id:
            removed.add(entry.id)
    for entry in entries:
        if entry.verb == REMOVED or entry.id in removed or entry.box == "cancelled":
            continue
        target = entry.fields.get("corrects")
        if isinstance(target, str) and (entry.box == "planned" or entry.day <= today):
            corrected.setdefault(target.lstrip("^").lower(), []).append(entry)
    return [
        entry
        for entry in entries
        if entry.verb != REMOVED
        and (
            entry.id is None
            or (
                entry.id not in removed
                and all(other is entry for other in corrected.get(entry.id, ()))
            )
        )
    ]

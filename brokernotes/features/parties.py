"""Who the clients are that a deal asks about: as their own notes say now.

What a deal derives knows them by id only; that they were called since, and what they are called,
stands in notes that change without the deal's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from brokernotes.light_dataclasses import replace
from brokernotes.model.days import days_after
from brokernotes.model.occurrences import AFTERCARE, EARLY, GREETINGS, Occurrence


class Party(NamedTuple):
    """A client as the index knows them now.

    Attributes:
        path: of the note.
        title: of the note.
        last_contact: day of the last effective contact; None: there was none.
        greeted: day of the last greeting; None: there was none.
    """

    path: str
    title: str
    last_contact: date | None
    greeted: date | None = None

    def is_over(self, one: Occurrence) -> bool:
        """Whether what a deal asks has been done: they were reached, or greeted for the day."""
        if self.last_contact is not None and self.last_contact >= one.own_day:
            return True
        if one.kind not in GREETINGS or self.greeted is None:
            return False
        return days_after(one.own_day, -EARLY) <= self.greeted <= one.own_day


def told_now(occurrences: Iterable[Occurrence], parties: Mapping[str, Party]) -> list[Occurrence]:
    """The same, those about a client named by the client's note, and none that is over.

    Args:
        occurrences: of any kind.
        parties: what is known of the clients, by id.
    """
    found = []
    for one in occurrences:
        party = parties.get(one.note) if one.kind in AFTERCARE else None
        if party is not None:
            if party.is_over(one):
                continue
            one = replace(one, path=party.path, title=party.title, last_contact=party.last_contact)
        found.append(one)
    return found

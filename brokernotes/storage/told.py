"""What is kept while an index is filled, so that nothing told too early stays untrue."""

from __future__ import annotations

from typing import NamedTuple

from brokernotes.storage.neighbours import Values


class Told:
    """What notes were told of others that were not all read yet."""

    def __init__(self) -> None:
        self.ids: dict[tuple[str, str | None], list[int]] = {}
        self.values: list[tuple[int, str, str, Values | None]] = []
        self.mentions: dict[int, set[str]] = {}

    def add(self, other: Told) -> None:
        """Also what the notes of another process were told."""
        for asked, asking in other.ids.items():
            self.ids.setdefault(asked, []).extend(asking)
        self.values += other.values
        self.mentions.update(other.mentions)


class Heard(NamedTuple):
    """What the other process was not told yet.

    Attributes:
        notes: numbers of those that were read since.
        owners: where in the list of them those begin that were found since.
        telling: likewise, of mentions.
    """

    notes: list[int]
    owners: int
    telling: int

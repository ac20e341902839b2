"""What is kept while an index is filled, so that nothing told too early stays untrue."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.neighbours import Values
from brokernotes.storage.resolver import Own


class ColleaguesChangedError(Exception):
    """Who works here is not who was thought to: every note is to be read anew.

    Attributes:
        paths: of the notes of all colleagues, to be read first.
    """

    def __init__(self, paths: frozenset[str]) -> None:
        super().__init__()
        self.paths = paths


class HelperLostError(Exception):
    """The second process ended too early."""


class Found(NamedTuple):
    """What one process learned that bears on the notes of the other.

    Attributes:
        names: of each note its number, id and names; a note that is gone has none.
        values: type and bearing values by number.
        owners: id of a listing, its owner as typed.
        telling: a listing as typed, and what a note tells of its owner.
        rest: at the end, what only the end needs.
    """

    names: list[tuple[int, str | None, Own]]
    values: dict[int, Any]
    owners: list[tuple[str, str]]
    telling: list[tuple[str, str]]
    rest: Any = None


class Told:
    """What notes were told of others that were not all read yet.

    Attributes:
        ids: by a target and the id it was found to mean, the numbers of those who asked.
        values: of each question who asked, by which key, for which target, and the answer.
        mentions: by the number of a listing, what `digest_of_mentions` makes of those it had.
    """

    def __init__(self) -> None:
        self.ids: dict[tuple[str, str | None], list[int]] = {}
        self.values: list[tuple[int, str, str, Values | None]] = []
        self.mentions: dict[int, int] = {}

    def add(self, other: Told) -> None:
        """Also what the notes of another process were told."""
        for asked, asking in other.ids.items():
            self.ids.setdefault(asked, []).extend(asking)
        self.values += other.values
        self.mentions.update(other.mentions)


def digest_of_mentions(mentions: Collection[str]) -> int:
    """A number that is another one for other texts; the same in both processes.

    The texts themselves are long, and only compared.
    """
    return hash(frozenset(mentions))


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

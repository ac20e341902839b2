"""What storage asks of the features, without knowing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from brokernotes.light_dataclasses import NamedTuple

if TYPE_CHECKING:
    from brokernotes.errors import Problem
    from brokernotes.model.occurrences import Derived, Neighbours
    from brokernotes.model.records import Record
    from brokernotes.model.rules import Rules
    from brokernotes.notes.note import Note
    from brokernotes.storage.reading import Source


class Inspected(NamedTuple):
    """What the checks say of one note: its problems, and the day they must be asked again."""

    problems: list[Problem]
    stale_from: date | None = None


class Looking(Protocol):
    """How one viewer reads the files of a vault."""

    def shown(self, path: str) -> str:
        """A note's path as the viewer reads it."""

    def real(self, shown: str) -> str:
        """The path on the disk."""

    def source(self, source: Source) -> Source:
        """A note, by its real path, as the viewer reads it."""


class Deriving(NamedTuple):
    """The features whose results the index stores, handed in by whoever joins the rooms."""

    inspect: Callable[[Note, Rules, date], Inspected]
    derive: Callable[[Record, Neighbours, Rules, date], Derived]
    glass: Looking | None = None  # None: files are read as they stand

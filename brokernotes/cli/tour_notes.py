"""The notes that a tour is about, by what a plan calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from brokernotes.errors import FieldError
from brokernotes.features.routes import Pin
from brokernotes.model.values import parse_location

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow, Queries


class TourNotes:
    """Notes by link and by ref.

    Args:
        queries: of the vault.
    """

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def ref(self, target: str) -> str | None:
        """The ref of the note that a link's target means; None: none."""
        n = self._queries.resolve(target).n if target else None
        return None if n is None else self._queries.note(n).ref

    def rows(self, ref: object) -> list[NoteRow]:
        """The note of a ref, or nothing."""
        if not isinstance(ref, str) or not ref:
            return []
        return self._queries.by_id(ref)[:1] or self._queries.by_path(ref)[:1]

    def estate(self, values: Mapping[str, Any]) -> NoteRow | None:
        """The estate of a listing with such values; None: no note is of it."""
        target = values.get("community")
        n = self._queries.resolve(str(target)).n if target else None
        return None if n is None else self._queries.note(n)

    def values(self, row: NoteRow) -> dict[str, Any]:
        """What a note says."""
        return self._queries.values(row)


def pin_of(values: Mapping[str, Any]) -> Pin | None:
    """Where a note says it is; None: it does not, or not so that it can be read."""
    if "location" not in values:
        return None
    try:
        place = parse_location(str(values["location"]))
    except FieldError:
        return None
    return place.latitude, place.longitude

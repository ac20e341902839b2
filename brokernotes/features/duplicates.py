"""The same property twice: doors compared as people write them."""

from __future__ import annotations

import re

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.schema import fold

_SUFFIX = re.compile(r"(?:号楼|号|幢|栋|座|单元|室|弄)$")


class Door(NamedTuple):
    """Where a property is.

    Attributes:
        community: what every spelling of the link to its estate shares.
        building: as typed; None: not known.
        unit: likewise.
        room: likewise.
    """

    community: object
    building: str | None = None
    unit: str | None = None
    room: str | None = None


def is_same_door(one: Door, other: Door) -> bool:
    """Whether two doors certainly are one: estate, building and room are known and equal."""
    if one.community is None or one.community != other.community:
        return False
    if not (one.building and one.room and other.building and other.room):
        return False
    return not is_other_door(one, other)


def is_other_door(one: Door, other: Door) -> bool:
    """Whether two doors certainly differ: something known of both is not the same."""
    communities = {one.community, other.community} - {None}
    if len(communities) > 1:
        return True
    pairs = ((one.building, other.building), (one.unit, other.unit), (one.room, other.room))
    return any(a and b and _plain(a) != _plain(b) for a, b in pairs)


def _plain(part: str) -> str:
    """`7号楼` and `７` are one building."""
    return _SUFFIX.sub("", fold(part)).lstrip("0")

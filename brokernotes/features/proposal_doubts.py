"""What speaks against proposing a home, although it may be proposed when somebody insists (ours).

A home on which a deposit is paid raises hopes that nobody can keep; one of which the note hardly
says anything makes a paper that shames whoever sends it (seed: 应有深入了解).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brokernotes.features.matching import RESERVED
from brokernotes.features.matching_sides import LEASE
from brokernotes.light_dataclasses import NamedTuple

# What every home on offer must say (`check` asks for the same); the price is the side's.
_LEAST = ("gross_area", "community")


class Doubts(NamedTuple):
    """What speaks against it.

    Attributes:
        is_reserved: whether a deposit is paid.
        missing: keys that the note must say before a client reads of it.
    """

    is_reserved: bool
    missing: tuple[str, ...]


def doubts_about(values: Mapping[str, Any], side: str) -> Doubts:
    """What speaks against proposing a home.

    Args:
        values: of the listing.
        side: `sale` or `lease`.
    """
    needed = ("rent" if side == LEASE else "price", *_LEAST)
    return Doubts(
        values.get("status") == RESERVED,
        tuple(key for key in needed if values.get(key) in (None, "", 0)),
    )

"""Rooms as people say them: 三房, 两室一厅, 3 bed; and homes described by estate and rooms."""

from __future__ import annotations

import re

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold_text
from brokernotes.model.numerals import NUMERAL, parse_numeral

_N = f"(?:[0-9]{{1,2}}|{NUMERAL})"
_LAYOUT = lazy_pattern(
    f"(?P<bed>{_N}) ?(?:居室|室户?|房室?|居|(?:-| )?(?:bed(?:room)?s?|br|rooms?)(?![a-z]))"
    f"(?: ?(?P<living>{_N}) ?厅)?(?: ?(?P<bath>{_N}) ?卫)?"
)
_DESCRIPTION = lazy_pattern(f"(?P<estate>\\S.*?) *的? *(?P<layout>{_LAYOUT.pattern})")


class Layout(NamedTuple):
    """How many rooms a home has; None: not said."""

    bedrooms: int | None = None
    living_rooms: int | None = None
    bathrooms: int | None = None

    def fits(self, rooms: tuple[int | None, int | None, int | None]) -> bool:
        """Whether a home's rooms are what was said."""
        return all(said in (None, one) for said, one in zip(self, rooms, strict=True))


class Description(NamedTuple):
    """A home as people call it when they say no name: 阳光花园三房.

    Attributes:
        estate: its name or a part of it, as `squeeze` makes it.
        layout: its rooms.
    """

    estate: str
    layout: Layout


def match_layout(text: str, pos: int) -> tuple[Layout, int] | None:
    """Rooms that are said at a place, and where they end.

    Args:
        text: in plain width and lower case.
        pos: where they would begin.
    """
    found = _LAYOUT.match(text, pos)
    return (_layout(found), found.end()) if found else None


def parse_description(text: str) -> Description | None:
    """An estate and the rooms of a home in it, if a text says both and nothing else."""
    found = _DESCRIPTION.fullmatch(" ".join(fold_text(text).split()))
    if not found:
        return None
    layout = _layout(found)
    return Description(squeeze(found["estate"]), layout) if layout.bedrooms is not None else None


def squeeze(name: str) -> str:
    """A name as descriptions are compared: folded, without the spaces in it."""
    return "".join(fold_text(name).split())


def _layout(found: re.Match[str]) -> Layout:
    counts = (found[name] for name in ("bed", "living", "bath"))
    return Layout(*(parse_numeral(count) if count else None for count in counts))

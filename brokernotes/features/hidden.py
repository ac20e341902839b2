"""What is kept from one viewer of one note, and what they are told of that."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.features.sharing import ALL, Sight
from brokernotes.light_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What is kept from one viewer of one note.

    Attributes:
        sight: why, and whom to ask.
        names: words that stand for somebody in other notes, with what is said instead.
        links: what links to renamed notes say instead, by `link_fold` of their target.
        private: whether a link's target is a listing that is private to the viewer; asked of
            the entries of notes that are not the viewer's own.
    """

    sight: Sight = ALL
    names: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[str] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether the viewer may read the note as it stands."""
        return not (self.sight.why or self.names or self.links or self.private)

    @property
    def state(self) -> tuple[object, ...]:
        """Equal where the same is kept back, from one run to the next."""
        names, links = sorted(self.names.items()), sorted(self.links.items())
        return (*self.sight, names, links, sorted(self.private))


@dataclass(slots=True)
class Told:
    """What was kept back, to be named: never silently empty.

    Attributes:
        text: the note's text without it.
        keys: that have a value, in the field table's order.
        entries: how many entries of the log.
    """

    text: str
    keys: tuple[str, ...] = ()
    entries: int = 0

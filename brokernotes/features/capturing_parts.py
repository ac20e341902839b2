"""What a dictated line says, part by part, each with everything it may mean."""

from __future__ import annotations

from brokernotes.features.capturing_colleagues import Coworker
from brokernotes.features.capturing_homes import Wanted
from brokernotes.features.capturing_lore import Home, Person
from brokernotes.features.capturing_times import Said
from brokernotes.features.capturing_verbs import PriceChange
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.spoken import Amount


@dataclass(slots=True)
class Parts:
    """The parts of one line.

    Attributes:
        people: who was named; several: an ambiguous name, or more than one name.
        named: each name that was read, with whom it may mean.
        unknown: a name like a person's that nobody has.
        owned: listings by the name of their owner.
        homes: listings that were described.
        said: when; None: not said.
        other_day: the words of a second day that contradicts it.
        verb: id; None: not said.
        verb_words: as they stand.
        inbound: whether the other side got in touch.
        is_owner: whether the owner of the listing is spoken to.
        is_feedback: whether the line says 业主反馈.
        cancels: the words that call something off or move it.
        moved: the moment it is moved to.
        is_move: whether it is moved.
        amount: of an offer.
        price: a new price.
        is_arranged: whether 约 says that it is still to come.
        kept: words that were read and belong to the text all the same.
        phone: digits that were named and are nobody's.
        coworkers: colleagues who may have done it; none: it was whoever says so.
        coworker_words: the name that was said of them.
    """

    people: tuple[Person, ...] = ()
    named: list[tuple[Person, ...]] = field(default_factory=list)
    unknown: str = ""
    owned: tuple[Home, ...] = ()
    homes: list[Wanted] = field(default_factory=list)
    said: Said | None = None
    other_day: str = ""
    verb: str | None = None
    verb_words: str = ""
    inbound: bool = False
    is_owner: bool = False
    is_feedback: bool = False
    cancels: str = ""
    moved: Said | None = None
    is_move: bool = False
    amount: Amount | None = None
    price: PriceChange | None = None
    is_arranged: bool = False
    kept: list[str] = field(default_factory=list)
    phone: str = ""
    coworkers: tuple[Coworker, ...] = ()
    coworker_words: str = ""

    @property
    def several(self) -> bool:
        """Whether more than one person was named."""
        return len(self.named) > 1

    @property
    def has_anybody(self) -> bool:
        """Whether a person or a listing was named."""
        return bool(self.people or self.owned or self.homes)

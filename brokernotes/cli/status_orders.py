"""What was asked of a listing, and how far it has been carried out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from brokernotes.cli.note_edits import NoteEdits
from brokernotes.errors import BrokernotesError
from brokernotes.features.assignments import Assignment
from brokernotes.features.lifecycle_leftovers import Leftover
from brokernotes.features.lifecycle_needs import Want
from brokernotes.features.lifecycle_scene import Aim, Told
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.records import LogEntry, Record

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow


AGREED = "agreed"  # price or rent, as the deal has it


class WantedError(BrokernotesError):
    """A change cannot be made yet: something must be known first.

    Args:
        wanted: what.
        title: of the listing.
        asks: the questions, in the reader's language.
    """

    exit_code = 2

    def __init__(self, wanted: Sequence[Want], title: str, asks: Sequence[str]) -> None:
        super().__init__(
            N_("{title}: still to be said: {options}"),
            hint="{asks}",
            title=title,
            options=" ".join(dict.fromkeys(want.option for want in wanted)),
            asks="\n".join(asks),
        )
        self.wanted = wanted
        self.asks = asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for.

    Attributes:
        ref: of the listing, as typed.
        word: id of a status or a deed, from `read_word`.
        deal: REF of the deal; None: found or made.
        for_deal: values of the deal.
        for_listing: values of the listing.
        free: values of either: of the deal where one stands behind the change and has the field.
        told: the rest.
        can_ask: whether a person is there to answer.
    """

    ref: str
    word: str
    told: Told
    deal: str | None = None
    for_deal: tuple[Assignment, ...] = ()
    for_listing: tuple[Assignment, ...] = ()
    free: tuple[Assignment, ...] = ()
    can_ask: bool = False


class Moved(NamedTuple):
    """What became of an order.

    Attributes:
        aim: what it came to.
        listing: row of the listing.
        deal: title and path of the deal; None: there is none.
        made: paths of notes that were made.
        entries: id of each entry by the path of its note.
        leftovers: what stands because nobody said anything of it.
    """

    aim: Aim
    listing: NoteRow
    deal: Record | None
    made: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]
    leftovers: tuple[Leftover, ...] = ()


@dataclass(slots=True)
class Moving:
    """An order while it is carried out.

    Attributes:
        filing: notes under way.
        order: what was asked for.
        listing: row of it.
        made: paths of notes that were made.
        entries: path of the note and id of each entry.
    """

    filing: NoteEdits
    order: Order
    listing: NoteRow
    made: list[str] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)

    def put(self, ref: str, sets: Sequence[Assignment], entries: Sequence[LogEntry] = ()) -> None:
        """Change fields of a note and append to its log."""
        path, ids = self.filing.put(ref, sets, entries)
        self.entries += [(path, id_) for id_ in ids]

"""What roles are read from: the notes of one transaction, and the round it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from brokernotes.features.corrections import counting
from brokernotes.light_dataclasses import NamedTuple, dataclass
from brokernotes.model.lifecycle import ACTIVE, CLOSED_BY_OTHERS, CLOSED_BY_US
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.roles import FIRST_SHOWING_DAYS

_CLOSED = CLOSED_BY_US | CLOSED_BY_OTHERS


def _responsible_now(record: Record, day: date) -> str | None:
    return record.text("agent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What roles are read from.

    Attributes:
        listing: the property; None: not known.
        deal: the transaction; None: only the listing's roles are asked.
        clients: notes of the deal's buyers, or of whom evidence is asked about.
        id_of: id of the note a link's target means.
        agent_of: id of the colleague of a name.
        today: what is dated ahead has not happened.
        first_showing_days: how long a first showing is worth its role.
        responsible: whose a note was on a day, as typed; what it says now, where git is not
            asked.
        added: id of the agent who made the listing's note, where git knows.
    """

    listing: Record | None
    today: date
    id_of: Callable[[str], str | None]
    agent_of: Callable[[str], str | None]
    deal: Record | None = None
    clients: Sequence[Record] = ()
    first_showing_days: int = FIRST_SHOWING_DAYS
    responsible: Callable[[Record, date], str | None] = _responsible_now
    added: str | None = None

    @property
    def closed_on(self) -> date:
        """The day up to which work counts: of signing, or of calling off, or today."""
        return self._day("signed_on", "cancelled_on")

    @property
    def agreed_on(self) -> date:
        """The day the buyer bound themselves: what a first showing is measured against."""
        return self._day("deposit_date", "signed_on", "cancelled_on")

    def _day(self, *keys: str) -> date:
        days = (self.deal.day(key) for key in keys) if self.deal else ()
        return min(next((day for day in days if day), self.today), self.today)

    def agent(self, name: str) -> str:
        """Id of a colleague, or the name as it was typed."""
        return self.agent_of(name) or self.id_of(name) or name


class Span(NamedTuple):
    """One round of a listing: from the entry that began it to the one that began the next."""

    began: LogEntry | None
    ended: LogEntry | None

    def has(self, entry: LogEntry) -> bool:
        """Whether an entry of the listing or about it lies in the round."""
        after = self.began is None or entry.moment >= self.began.moment
        return after and (self.ended is None or entry.moment < self.ended.moment)


class Told(NamedTuple):
    """An entry, with the note it stands in."""

    entry: LogEntry
    record: Record


def round_at(listing: Record, day: date, today: date) -> Span:
    """The round of a listing that a day belongs to.

    Args:
        listing: its log says when it came back on the market after it was sold or let.
        day: of a deal, or today.
        today: what is dated ahead has not happened.
    """
    entries = [one for one in counting(listing.entries, today) if has_happened(one, today)]
    undone = {one.day for one in entries if one.verb == "rescind"}
    starts = sorted(
        (one for one in entries if _begins_round(one) and one.day not in undone),
        key=lambda one: one.moment,
    )
    began = [one for one in starts if one.day <= day]
    later = [one for one in starts if one.day > day]
    return Span(began[-1] if began else None, later[0] if later else None)


def _begins_round(entry: LogEntry) -> bool:
    change = entry.fields.get("status")
    if entry.verb == "rescind" or not isinstance(change, tuple) or len(change) != 2:
        return False
    return change[0] in _CLOSED and change[1] in ACTIVE


def has_happened(entry: LogEntry, today: date) -> bool:
    """Whether an entry took place up to a day."""
    return entry.is_happened and entry.day <= today

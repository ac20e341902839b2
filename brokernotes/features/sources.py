"""Where clients and listings come from, what comes of them, what that cost (seed: 来源渠道)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from brokernotes.light_dataclasses import NamedTuple, dataclass, field

CENT = Decimal("0.01")


class Channel(NamedTuple):
    """What a channel costs.

    Attributes:
        source: id of a source; None: not known, its name stands alone.
        name: of the source's own, such as one portal; None: it is the source as a whole.
        monthly: 元 a month.
        first: the first day it is paid for.
        last: the last; None: it goes on.
    """

    source: str | None
    name: str | None
    monthly: float
    first: date
    last: date | None = None


class Lead(NamedTuple):
    """A client or listing that came in.

    Attributes:
        id: of the note, else its path.
        source: id of its source; None: not noted.
        name: of the source's own; None: not noted.
        day: when it came; None: not known.
    """

    id: str
    source: str | None
    name: str | None = None
    day: date | None = None


class Closing(NamedTuple):
    """A deal that one side closed.

    Attributes:
        deal: id of its note.
        leads: ids of the clients, or of the listing.
        day: of signing; None: not known.
        fees: 元 received from that side, each with its day.
        is_signed: whether it is a deal already; an offer is none.
    """

    deal: str
    leads: tuple[str, ...]
    day: date | None
    fees: tuple[tuple[float, date | None], ...] = ()
    is_signed: bool = True


@dataclass(slots=True)
class Tally:
    """What came of one source, or of one name within it.

    Attributes:
        source: id; None: not noted.
        name: None: the source as a whole, whatever name it has.
        leads: how many came in.
        showings: one a lead, listing or client, and day.
        deals: closed with them.
        fees: 元 received.
        cost: 元; None: the rules name no cost.
        names: the same by name, where any is noted.
    """

    source: str | None
    name: str | None = None
    leads: int = 0
    showings: int = 0
    deals: int = 0
    fees: Decimal = Decimal(0)
    cost: Decimal | None = None
    names: list[Tally] = field(default_factory=list)

    def per(self, count: int) -> Decimal | None:
        """The cost of one of so many; None: there is no cost, or none of them."""
        if self.cost is None or not count:
            return None
        return (self.cost / count).quantize(CENT, ROUND_HALF_UP)


class Period(NamedTuple):
    """Days, both ends included; None: open."""

    first: date | None
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; one that is not known does where there is no beginning."""
        if day is None:
            return self.first is None
        return (self.first is None or self.first <= day) and day <= self.last


def tally(
    leads: Sequence[Lead],
    showings: Iterable[tuple[str, date]],
    closings: Iterable[Closing],
    channels: Iterable[Channel],
    period: Period,
) -> list[Tally]:
    """What came of every source, the most leads first.

    Args:
        leads: of one side, clients or listings.
        showings: id of the lead and the day, each once.
        closings: of that side.
        channels: that serve it.
        period: what is counted: who came in, what was shown, closed, received and paid in it.
    """
    counted = _Counting()
    by_id = {lead.id: lead for lead in leads}
    for lead in leads:
        if period.holds(lead.day):
            for one in counted.of(lead):
                one.leads += 1
    for id_, day in showings:
        if id_ in by_id and period.holds(day):
            for one in counted.of(by_id[id_]):
                one.showings += 1
    for closing in closings:
        known = [by_id[id_] for id_ in closing.leads if id_ in by_id]
        if not known:
            continue
        # Of several buyers the first one's source brought the deal, which counts once.
        for one in counted.of(known[0]):
            one.deals += closing.is_signed and period.holds(closing.day)
            one.fees += sum(
                (Decimal(str(fee)) for fee, day in closing.fees if period.holds(day)), Decimal(0)
            )
    for channel in channels:
        cost = cost_of(channel, period)
        if not cost and channel.monthly:
            continue  # it ran at another time
        for one in counted.at(_source_of(channel, leads), channel.name):
            one.cost = (one.cost or Decimal(0)) + cost
    return counted.sorted()


class _Counting:
    def __init__(self) -> None:
        self._found: dict[str | None, Tally] = {}

    def of(self, lead: Lead) -> list[Tally]:
        """Where a lead counts: its source, and its name within it."""
        return self.at(lead.source, lead.name)

    def at(self, source: str | None, name: str | None) -> list[Tally]:
        """The tally of a source, and of a name within it."""
        whole = self._found.setdefault(source, Tally(source))
        if name is None:
            return [whole]
        part = next((one for one in whole.names if one.name == name), None)
        if part is None:
            part = Tally(source, name)
            whole.names.append(part)
        return [whole, part]

    def sorted(self) -> list[Tally]:
        """The most leads first, what is not noted last; by name likewise."""
        found = [one for one in self._found.values() if _counts(one)]
        for one in found:
            one.names = sorted(filter(_counts, one.names), key=_order)
        return sorted(found, key=_order)


def _counts(one: Tally) -> bool:
    return bool(one.leads or one.showings or one.deals or one.fees or one.cost is not None)


def _order(one: Tally) -> tuple[object, ...]:
    return (
        one.source is None and one.name is None,
        -one.leads,
        -one.deals,
        -one.showings,
        one.source or "",
        one.name or "",
    )


def _source_of(channel: Channel, leads: Iterable[Lead]) -> str | None:
    """The source a channel belongs to: as the rules say, else as most leads of its name do."""
    if channel.source is not None or channel.name is None:
        return channel.source
    found: dict[str, int] = {}
    for lead in leads:
        if lead.name == channel.name and lead.source is not None:
            found[lead.source] = found.get(lead.source, 0) + 1
    return min(found, key=lambda source: (-found[source], source), default=None)


def cost_of(channel: Channel, period: Period) -> Decimal:
    """What a channel cost in a period, in 元 and 分: its days' share of each month.

    Without a beginning of the period, from the channel's own.
    """
    day = channel.first if period.first is None else max(channel.first, period.first)
    last = period.last if channel.last is None else min(channel.last, period.last)
    cost = Decimal(0)
    while day <= last:
        days = monthrange(day.year, day.month)[1]
        end = min(day.replace(day=days), last)
        cost += Decimal(str(channel.monthly)) * ((end - day).days + 1) / days
        if end == date.max:
            break
        day = end + timedelta(days=1)
    return cost.quantize(CENT, ROUND_HALF_UP)


def summed(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    total = Tally(None)
    for one in tallies:
        total.leads += one.leads
        total.showings += one.showings
        total.deals += one.deals
        total.fees += one.fees
        if one.cost is not None:
            total.cost = (total.cost or Decimal(0)) + one.cost
    return total

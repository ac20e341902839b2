"""The rows of what is due, and what they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.occurrences import GREETINGS, Occurrence

OVERFLOW = "overflow"
LAST = 99  # weight of the overflow: below everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list of what is due is asked for.

    Attributes:
        now: the present moment in the vault's zone, without offset.
        agent: id of who asks; None: for all.
        until: last day that is listed; None: today.
        show_all: everybody's, and without the daily limit.
        kind: only occurrences of this kind, or `dormant`; None: of any.
        paths: only what is to be done about these notes; None: about any.
    """

    now: datetime
    agent: str | None = None
    until: date | None = None
    show_all: bool = False
    kind: str | None = None
    paths: Collection[str] | None = None

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.date()


@dataclass(slots=True, kw_only=True)
class DueItem:
    """One row of what is due: a person, or a thing that concerns nobody, on one day.

    Attributes:
        key: of the reason that names it; `A-…/overflow/-` for what the day does not hold.
        kind: of that reason, or `overflow`.
        id: of the note; None: it has none, or there is none.
        path: of the note; "" for the overflow.
        title: of the note.
        due: its day; what has no date to count from is due today.
        overdue_days: 0 if not past.
        is_overdue: whether its day, or its time, has passed.
        agent: id of who should act; None: nobody is named.
        at: its time; None: any time that day.
        weight: its class, smaller first.
        computed: whether only the cadence asks for it.
        reasons: occurrences, the one that names it first.
        more: how many items the overflow stands for.
        is_hushed: whether the person is one whom nobody contacts unasked.
    """

    key: str
    kind: str
    due: date
    id: str | None = None
    path: str = ""
    title: str = ""
    overdue_days: int = 0
    is_overdue: bool = False
    agent: str | None = None
    at: datetime | None = None
    weight: int = LAST
    computed: bool = True
    reasons: tuple[Occurrence, ...] = field(default=())
    more: int = 0
    is_hushed: bool = False

    @property
    def is_limited(self) -> bool:
        """Whether the daily limit may keep it for another day: a birthday has no other."""
        return self.computed and not any(one.kind in GREETINGS for one in self.reasons)

    @property
    def first(self) -> Occurrence | None:
        """The reason that names it: where its channel, place, minutes, links and texts stand."""
        return self.reasons[0] if self.reasons else None

    @property
    def reason(self) -> str:
        """Code of its sentence."""
        return self.reasons[0].reason if self.reasons else OVERFLOW

    @property
    def params(self) -> Mapping[str, object]:
        """Places of its sentence."""
        return self.reasons[0].params if self.reasons else {"count": self.more}

    @property
    def channel(self) -> str | None:
        """How the person likes to be reached, as far as one of their notes says."""
        return next((reason.channel for reason in self.reasons if reason.channel), None)

    @property
    def last_contact(self) -> date | None:
        """Day of the last effective contact, as far as one of the reasons knows."""
        last = self._last
        return last.last_contact if last else None

    @property
    def last_text(self) -> str:
        """What was said then."""
        last = self._last
        return last.last_text if last else ""

    @property
    def _last(self) -> Occurrence | None:
        known = [reason for reason in self.reasons if reason.last_contact]
        return max(known, key=lambda reason: reason.last_contact or date.min, default=None)

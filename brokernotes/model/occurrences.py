"""What is to be done about a note, as derived from notes and rules alone.

Occurrences are computed when a note is indexed and stored; the present moment
only filters and ranks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from brokernotes.light_dataclasses import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.model.topics import Move, Thread

TOO_FAR_DAYS = 400  # a date further ahead is a slip of the pen (ours)
EARLY = 3  # days before its day from which a greeting counts for it (ours)
UNDATED = date(1970, 1, 1)  # sorts before every day that is asked for

KINDS = (
    "signing",
    "milestone",
    "fee",
    "entrustment_end",
    "lease_end",
    "take_down",
    "promise",
    "planned",
    "confirm_showing",
    "feedback",
    "first_response",
    "reconfirm_demand",
    "followup",
    "revisit",
    "neglected",
    "satisfaction",
    "referral",
    "retention",
    "birthday",
    "anniversary",
    "festival",
)

# Derived from the deal, about a client.
AFTERCARE = frozenset({"satisfaction", "referral", "anniversary"})
# What nobody but the cadence asks for, and what can wait a day: the rhythm of contacts counts it.
UNASKED = frozenset({"revisit", "followup", "satisfaction", "referral", "reconfirm_demand"})
# Their day is the calendar's, and soon over.
GREETINGS = frozenset({"birthday", "anniversary", "festival"})


# Not frozen: with this many fields that alone would be half the cost of deriving a note.
@dataclass(slots=True, kw_only=True)
class Occurrence:
    """One reason to do something about one note.

    Attributes:
        key: `NOTE/KIND/OCCURRENCE`, stable for as long as the reason stands.
        kind: one of `KINDS`.
        note: id of the note, else its path.
        path: of the note.
        title: what people call the note.
        due: the day; of a planned entry the day of its time.
        asked: the day it was meant for, where rest moved it; None: `due` is that day.
        spread: days around those of the New Year, one of which `features.ranking` gives it;
            empty: it stands where it is due.
        at: the exact time in the vault's zone, without offset; None: any time that day.
        since: the moment before which it is not shown, where that is later than the start of
            its day: the end of a showing whose feedback is asked.
        until: last day it is shown; None: until it is done.
        ends: the moment of that day from which it is too late: the start of a showing that is to
            be confirmed; None: the day holds to its end.
        undated: whether there is nothing to count from, so that it is shown as today and never
            as overdue; its `due` is then `UNDATED`.
        person: whom it concerns: a note's id, or `tel:` and the digits of an owner's phone;
            "" for what concerns nobody (a deal).
        agent: id of the agent who should act; None: nobody is named.
        computed: whether the cadence made it (so the daily limit applies); False: a promise,
            a plan or a deadline.
        dormant: whether it is a look at a listing or client out of business.
        weight: order among classes, smaller first (money at risk, promises, …).
        value: 万元 at stake, for the order within a class.
        grade: of the note, A–D; None: not graded.
        reason: code of the sentence that says why, worded by `features.reasons`.
        params: its places; ids, numbers and dates in ISO form, so that JSON can carry them.
        entry: id or stamp of the log entry behind it.
        text: what that entry says.
        links: notes the entry links to, as typed.
        channel: how the person likes to be reached.
        times: when, as typed.
        last_contact: day of the last effective contact.
        last_text: what was said then.
        minutes: how long it takes, of a planned entry.
        place: where, of a planned entry.
        cancelled: whether it was called off; only calendars show those.
        rule: where the date comes from: name of the rule, its value and its origin, for --explain.
        rhythm: why it waits although its day has come (`features.rhythm`): `date` of the contact
            that is too near, whether a colleague makes it (`colleague`), whether it is still to
            come (`coming`), and `days` that two are to be apart; empty: it does not wait.
    """

    key: str
    kind: str
    note: str
    path: str
    due: date
    title: str = ""
    asked: date | None = None
    spread: tuple[date, ...] = ()
    at: datetime | None = None
    since: datetime | None = None
    until: date | None = None
    ends: datetime | None = None
    undated: bool = False
    person: str = ""
    agent: str | None = None
    computed: bool = False
    dormant: bool = False
    weight: int = 9
    value: float = 1.0
    grade: str | None = None
    reason: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    entry: str | None = None
    text: str = ""
    links: tuple[str, ...] = ()
    channel: str | None = None
    times: tuple[str, ...] = ()
    last_contact: date | None = None
    last_text: str = ""
    minutes: int | None = None
    place: str = ""
    cancelled: bool = False
    rule: Mapping[str, object] = field(default_factory=dict)
    rhythm: Mapping[str, object] = field(default_factory=dict)

    def is_over(self, now: datetime) -> bool:
        """Whether it is too late for it.

        Args:
            now: the present moment in the vault's zone, without offset.
        """
        if self.until is not None and self.until < now.date():
            return True
        return self.ends is not None and self.ends <= now

    @property
    def own_day(self) -> date:
        """The day it was meant for, whatever moved it."""
        return self.asked or self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentInfo:
    """What deriving needs to know of a colleague."""

    id: str
    role: str | None = None
    store: str | None = None
    supervisor: str | None = None
    left: date | None = None
    rest_day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What other notes say that bears on one note's occurrences.

    Attributes:
        agents: every agent by id.
        ids: note id by link target as typed, for the links this note makes, its fields and its
            entries' `@names` included.
        owned: ids of the listings that name this client as owner.
        mentions: entries of other notes that link to this note, with the id of their note;
            without those that their own note corrects or has removed.
        values: fields of linked notes that matter, by note id (`status`, `price`, `title`, …).
    """

    agents: Mapping[str, AgentInfo] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    owned: tuple[str, ...] = ()
    mentions: tuple[tuple[str, LogEntry], ...] = ()
    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


class Outreach(NamedTuple):
    """The last time somebody was contacted unasked, as one note's log says.

    Attributes:
        person: whom it reached, or was to: as `Occurrence.person`; of an agent's note the agent.
        day: of it.
        agent: id of whoever made it; None: nobody is named.
        greets: whether it was a greeting.
        festival: id of the festival that an agent's own log says everybody was greeted for.
    """

    person: str
    day: date
    agent: str | None = None
    greets: bool = False
    festival: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What one note derives to.

    Attributes:
        occurrences: in no particular order.
        stale_from: the day from which it must be derived again although nothing was edited:
            a happened entry or a `next_followup` lies too far ahead today.
        last_contact: day of the last effective contact with the note's person; None: none yet.
        outreach: the last contacts that nobody had asked for.
        thread: where the conversation with that person stands; None: there is none to go on.
        moves: what became of a home on the market, the oldest first.
    """

    occurrences: tuple[Occurrence, ...] = ()
    stale_from: date | None = None
    last_contact: date | None = None
    outreach: tuple[Outreach, ...] = ()
    thread: Thread | None = None
    moves: tuple[Move, ...] = ()

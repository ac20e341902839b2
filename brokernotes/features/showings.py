"""Before a showing: who or what is taken already, what must be agreed on, how one gets in (seed).

Source: seed: 带看前与客户确认时间、地点、路线，并提前与房源方(房东或租客)协调. What is refused,
what is asked and what is only said is ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from brokernotes.features.agreeing import is_told
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.convenient_times import suits
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.numerals import parse_numeral
from brokernotes.model.records import LogEntry

REFUSED, CLASH, NOTE = "refused", "clash", "note"
RESERVED = "deposit"
WHO = ("client", "listing", "agent")  # which of several reasons is told

_NOTICE = re.compile(r"提前\s*([0-9一二两三四五六七八九十半]+)\s*个?\s*(小时|钟头|天|日)")
_NOTICE_EN = re.compile(r"(\d+)\s*(hour|day)s?['’]?\s*(?:ahead|before|notice|in advance)", re.I)


class Busy(NamedTuple):
    """When somebody or something is taken.

    Attributes:
        start: minutes since midnight of its day. end: likewise; it may be past midnight.
        refs: ids of the clients and listings it is about, and of the agent who goes.
        title: of the note it stands in.
        entry: its id or stamp.
        verb: id.
    """

    day: date
    start: int
    end: int
    refs: frozenset[str]
    title: str = ""
    entry: str = ""
    verb: str = "showing"

    def overlaps(self, other: Busy) -> bool:
        """Whether both take place at one time; the one may begin when the other ends."""
        apart = (other.day - self.day).days * 24 * 60
        return self.start < other.end + apart and other.start + apart < self.end


class Finding(NamedTuple):
    """One thing to know before a showing is written down.

    Attributes:
        code: of its sentence, in `showing_sentences`.
        severity: `refused` or `clash`: to be forced or asked; `note`: said.
        listing: id of the listing; None: it is about the client or the agent.
        params: places of the sentence; ids and ISO dates.
    """

    code: str
    severity: str
    listing: str | None = None
    params: Mapping[str, Any] = {}


class Sight(NamedTuple):
    """A home that is to be shown.

    Attributes:
        ref: of the listing.
        day: when. minutes: since midnight; None: no time is said.
        values: of its note.
        log: of its note.
        holder: id of whoever holds it, where it is private and not the agent's own: they agree
            with the owner, and who is who there is not told.
    """

    ref: str
    day: date
    minutes: int | None
    values: Mapping[str, Any]
    log: Sequence[LogEntry] = ()
    holder: str | None = None


def find_clashes(
    wanted: Iterable[tuple[Busy, str | None]], taken: Sequence[Busy], who: Mapping[str, str]
) -> Iterator[Finding]:
    """What is planned already at an overlapping time with the same people or home, each once.

    Args:
        wanted: what is to be planned, each with its listing.
        taken: what stands.
        who: by ref what it is: `client`, `agent` or `listing`.
    """
    told: set[str] = set()
    for busy, listing in wanted:
        for other in taken:
            if other.entry in told or not busy.overlaps(other):
                continue
            both = [ref for ref in busy.refs & other.refs if who.get(ref) in WHO]
            if not both:
                continue
            told.add(other.entry)
            ref = min(both, key=lambda one: (WHO.index(who[one]), one))
            yield Finding(
                f"clash-{who[ref]}",
                CLASH,
                listing,
                {
                    "ref": ref,
                    "with": other.title,
                    "date": other.day.isoformat(),
                    "time": clock(other.start),
                    "until": clock(other.end),
                    "verb": other.verb,
                    "entry": other.entry,
                },
            )


def find_listing(sight: Sight, now: datetime) -> Iterator[Finding]:
    """What is to be known of one home: on offer, agreed, the key.

    Args:
        sight: the home.
        now: in the vault's zone.
    """
    values = sight.values
    status = values.get("status")
    if status == RESERVED:
        yield Finding("reserved", REFUSED, sight.ref)
    elif status is not None and status not in ACTIVE_STATUSES:
        yield Finding("off-market", REFUSED, sight.ref, {"status": status})
    yield from _entrustment(sight)
    yield from _agreement(sight, now)
    yield from _way_in(sight)


def _entrustment(sight: Sight) -> Iterator[Finding]:
    ended = entrustment_over(sight.values, sight.day)
    if ended is not None:
        yield Finding("entrustment-over", NOTE, sight.ref, {"date": ended})
    elif sight.values.get("entrustment") == "none":
        yield Finding("no-entrustment", NOTE, sight.ref)


def entrustment_over(values: Mapping[str, Any], day: date) -> str | None:
    """The day on which the owner's entrustment ended before a day, ISO; None: it did not."""
    until = str(values.get("entrust_until") or "")[:10]
    return until if until and until < day.isoformat() else None


def signed_slip(
    log: Iterable[LogEntry], ref_of: Callable[[str], str | None], home: str, until: date
) -> str | None:
    """The number of the slip that a client signed for a home; None: none is noted.

    Args:
        log: of the client's note.
        ref_of: the ref of the note that a link means; None: of none.
        home: ref of the listing.
        until: entries after it do not count yet.
    """
    for entry in log:
        slip = entry.fields.get("slip")
        if slip and entry.is_happened and entry.day <= until and home in map(ref_of, entry.links):
            return str(slip)
    return None


def _agreement(sight: Sight, now: datetime) -> Iterator[Finding]:
    values = sight.values
    wanted = values.get("showing_requirements")
    notice = notice_of(str(wanted)) if wanted else None
    if wanted:
        yield Finding("requirements", NOTE, sight.ref, {"text": str(wanted)})
    if notice is not None and _starts_at(sight) - now.replace(tzinfo=None) < notice:
        yield Finding("short-notice", NOTE, sight.ref, {"text": str(wanted)})
    if is_told(sight.log, sight.day, sight.minutes):
        return
    occupant = values.get("occupant")
    if sight.holder is not None:
        yield Finding("ask-holder", NOTE, sight.ref, {"ref": sight.holder})
    elif occupant == "tenant":
        yield Finding("ask-tenant", NOTE, sight.ref)
    elif occupant == "owner" or not values.get("keys") or values.get("keys") == "owner":
        yield Finding("ask-owner", NOTE, sight.ref)


def _way_in(sight: Sight) -> Iterator[Finding]:
    values = sight.values
    lent = lent_to(sight.log, sight.day)
    where = values.get("keys")
    if lent is not None:
        who = lent.agent or ("" if sight.holder is not None else lent.text)
        params = {"who": who, "date": lent.day.isoformat()}
        yield Finding("key-lent", NOTE, sight.ref, params)
    elif where not in (None, "owner", "none"):
        number = "" if sight.holder is not None else values.get("key_no") or ""
        yield Finding("key-at", NOTE, sight.ref, {"keys": where, "key_no": number})
    elif values.get("occupant") == "vacant" and where != "owner":
        yield Finding("no-way-in", NOTE, sight.ref)


def find_client(
    client: Mapping[str, Any], day: date, minutes: int | None, until: int | None
) -> Iterator[Finding]:
    """Whether the time suits the client, as far as the note says.

    Args:
        client: values of the note.
        day: of the tour.
        minutes: when it begins, since midnight; None: no time is said.
        until: likewise when its last showing begins.
    """
    times = [str(one) for one in client.get("viewing_times") or ()]
    ends = [one for one in (minutes, until) if one is not None]
    if times and not suits(times, day, ends):
        yield Finding("viewing-times", NOTE, params={"text": times})
    elif client.get("cooperation") == "weekend" and day.weekday() < 5:
        yield Finding("weekend-only", NOTE)


def notice_of(text: str) -> timedelta | None:
    """How long before a showing somebody wants to be told: 提前两小时; None: not said."""
    found = _NOTICE.search(text)
    if found:
        count = 0.5 if found[1] == "半" else parse_numeral(found[1].replace("两", "二"))
        if count is None:
            return None
        return timedelta(hours=count) if found[2] in ("小时", "钟头") else timedelta(days=count)
    found = _NOTICE_EN.search(text)
    if found is None:
        return None
    count = int(found[1])
    return timedelta(hours=count) if found[2].lower() == "hour" else timedelta(days=count)


def lent_to(log: Iterable[LogEntry], day: date) -> LogEntry | None:
    """The entry by which a key was last given away and not come back; None: it is in its place.

    Args:
        log: of the listing.
        day: entries after it do not count yet.
    """
    moved = [
        entry for entry in log
        if entry.verb in ("key_lend", "key_back", "key_in")
        and entry.is_happened and entry.day <= day
    ]  # fmt: skip
    if not moved:
        return None
    # Of one moment the line further down counts.
    last = max(enumerate(moved), key=lambda one: (one[1].moment, one[0]))[1]
    return last if last.verb == "key_lend" else None


def clock(minutes: int) -> str:
    """`15:00`, of minutes since midnight, the next day's too."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _starts_at(sight: Sight) -> datetime:
    minutes = sight.minutes if sight.minutes is not None else 12 * 60
    return datetime(sight.day.year, sight.day.month, sight.day.day) + timedelta(minutes=minutes)  # noqa: DTZ001

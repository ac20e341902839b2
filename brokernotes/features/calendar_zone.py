"""The VTIMEZONE of an IANA zone.

Written here and not by icalendar, whose version gives each change by the clock
that begins with it instead of the one that ends (RFC 5545 3.6.5: "the local
time ... using the time offset before the onset"): its summer time starts an
hour late. Rules that repeat become an RRULE, which Outlook needs; the rest is
listed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from brokernotes.features.calendar_text import render_line
from brokernotes.light_dataclasses import NamedTuple

FIRST_YEAR = 2000  # nothing a brokerage plans lies before
LAST_YEAR = 2037  # a rule still alive then is written without an end
UTC_ZONES = frozenset(
    {"UTC", "UCT", "Etc/UTC", "Etc/UCT", "Universal", "Etc/Universal", "Zulu", "Etc/Zulu"}
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST_RULE = 3  # years; fewer are listed one by one
_STEP = timedelta(days=7)  # shorter than any period a zone has kept


class _Change(NamedTuple):
    """The clock changes: `local` is what the old clock shows at that moment."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    component: str  # STANDARD or DAYLIGHT

    @property
    def kind(self) -> tuple[str, timedelta, timedelta, str]:
        return self.component, self.before, self.after, self.name


class _Rule(NamedTuple):
    """Every year on the `nth` (-1: last) weekday of a month."""

    month: int
    nth: int
    weekday: int


def is_utc(zone: ZoneInfo) -> bool:
    """Whether times of this zone are written as UTC, with no VTIMEZONE."""
    return zone.key in UTC_ZONES


@functools.lru_cache(maxsize=8)
def render_zone(zone: ZoneInfo) -> bytes:
    """The VTIMEZONE component of a zone, from 2000 on.

    Args:
        zone: any IANA zone.

    Returns:
        Content lines ending with CRLF, the same bytes for the same zone data.

    Source:
        RFC 5545 3.6.5.
    """
    changes = list(_changes(zone))
    by_kind: dict[tuple[str, timedelta, timedelta, str], list[_Change]] = {}
    for change in changes[1:]:
        by_kind.setdefault(change.kind, []).append(change)
    observances = [_observance(changes[:1], None)]
    runs = [run for same in by_kind.values() for run in _runs(same)]
    for run, rule in sorted(runs, key=lambda found: found[0][0]):
        observances.append(_observance(run, rule))
    return b"".join(
        [
            b"BEGIN:VTIMEZONE\r\n",
            render_line(f"TZID:{zone.key}"),
            *observances,
            b"END:VTIMEZONE\r\n",
        ]
    )


def _changes(zone: ZoneInfo) -> Iterator[_Change]:
    """The clock of New Year 2000, then every change up to the end of 2037."""
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = _offset(start)
    component = "DAYLIGHT" if (start.dst() or timedelta()) > timedelta() else "STANDARD"
    yield _Change(start.replace(tzinfo=None), offset, offset, start.tzname() or "", component)
    moment, end = start.astimezone(UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        later = moment + _STEP
        if _offset(later.astimezone(zone)) != offset:
            change = _onset(moment, later, zone)
            yield change
            offset = change.after
        moment = later


def _onset(low: datetime, high: datetime, zone: ZoneInfo) -> _Change:
    """The one change between two moments, found by halving, to the second."""
    old, new = low.astimezone(zone), high.astimezone(zone)
    before, after = _offset(old), _offset(new)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if _offset(middle.astimezone(zone)) == before:
            low = middle
        else:
            high = middle
    # Dublin counts its winter as the exception, by minus one hour; either way forward is summer.
    summer_time = bool(old.dst() or new.dst()) and after > before
    local = (high + before).replace(tzinfo=None)
    return _Change(
        local, before, after, new.tzname() or "", "DAYLIGHT" if summer_time else "STANDARD"
    )


def _runs(changes: Sequence[_Change]) -> Iterator[tuple[list[_Change], _Rule | None]]:
    """Changes of one kind, parted into those that follow a yearly rule and the rest."""
    left: list[_Change] = []
    run: list[_Change] = []
    rules: frozenset[_Rule] = frozenset()
    for change in [*changes, None]:
        shared = rules & _rules(change.local) if change and _follows(run, change) else frozenset()
        if change and shared:
            run.append(change)
            rules = shared
            continue
        if len(run) >= _SHORTEST_RULE:
            yield run, min(rules)  # "last" before "fourth" where both fit
        else:
            left += run
        if change:
            run, rules = [change], _rules(change.local)
    if left:
        yield left, None


def _follows(run: Sequence[_Change], change: _Change) -> bool:
    if not run:
        return False
    last = run[-1].local
    return change.local.year == last.year + 1 and change.local.time() == last.time()


def _rules(local: datetime) -> frozenset[_Rule]:
    found = {_Rule(local.month, (local.day - 1) // 7 + 1, local.weekday())}
    if (local + timedelta(days=7)).month != local.month:
        found.add(_Rule(local.month, -1, local.weekday()))
    return frozenset(found)


def _observance(changes: Sequence[_Change], rule: _Rule | None) -> bytes:
    first, last = changes[0], changes[-1]
    lines = [f"BEGIN:{first.component}", f"DTSTART:{_stamp(first.local)}"]
    if rule:
        until = f";UNTIL={_stamp(last.local - last.before)}Z" if last.local.year < LAST_YEAR else ""
        by_day = f"{rule.nth}{_WEEKDAYS[rule.weekday]}"
        lines.append(f"RRULE:FREQ=YEARLY;BYMONTH={rule.month};BYDAY={by_day}{until}")
    elif len(changes) > 1:
        lines.append("RDATE:" + ",".join(_stamp(change.local) for change in changes[1:]))
    lines += [
        f"TZNAME:{first.name}",
        f"TZOFFSETFROM:{_signed(first.before)}",
        f"TZOFFSETTO:{_signed(first.after)}",
        f"END:{first.component}",
    ]
    return b"".join(map(render_line, lines))


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _stamp(local: datetime) -> str:
    return local.isoformat(timespec="seconds").replace("-", "").replace(":", "")


def _signed(offset: timedelta) -> str:
    sign = "-" if offset < timedelta() else "+"
    minutes, seconds = divmod(abs(offset) // timedelta(seconds=1), 60)
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")

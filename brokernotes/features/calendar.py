"""Calendar items as the bytes of one .ics file (RFC 5545).

The same items give the same bytes on the same day, and on another day every
item that did not change is byte-identical: its block is copied from the
previous file. Only new and changed items are made with icalendar. Blocks stand
in the order of their UIDs, so that moving an item changes its own lines only.

Header: PRODID is constant for a language (one with a version in it would
rewrite every file with each upgrade); no METHOD, which CalDAV forbids and
Outlook reads as an invitation; no UID of the calendar, under which some readers
take all items for one; REFRESH-INTERVAL with its mandatory VALUE.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from brokernotes.features.calendar_blocks import (
    HIGHEST_SEQUENCE,
    Known,
    read_blocks,
    render_block,
)
from brokernotes.features.calendar_text import escape_text, one_line, render_line
from brokernotes.features.calendar_zone import is_utc, render_zone
from brokernotes.light_dataclasses import dataclass

RENDER_VERSION = 1  # raise it when the same item shall be written differently
_PRODID = b"\nPRODID:-//brokernotes//"
NAMESPACE = uuid5(NAMESPACE_URL, "https://brokernotes.invalid/calendar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A reminder of an item; exactly one of its two times is set.

    Attributes:
        minutes_before: minutes before the item starts; negative: after (a day starts at 00:00).
        at: the moment itself, with its zone.
        text: what it shows; empty: the item's summary.
    """

    minutes_before: int | None = None
    at: datetime | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if (self.minutes_before is None) == (self.at is None):
            raise ValueError("an alarm has either minutes_before or at")
        if self.at is not None and self.at.utcoffset() is None:
            raise ValueError("an alarm's moment needs its zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarItem:
    """Something that stands in a calendar, masked already for the one who reads it.

    Attributes:
        key: `C-9F3DWA/promise/3afq6m4x9`; the UID is made from it.
        start: a date lasts that whole day; a moment has its zone.
        end: of timed items only, after the start; None: not known.
        url: percent-encoded; what is not gets encoded.
        geo: latitude and longitude in degrees.
        categories: shown in this order.
        cancelled: it stays in the calendar, struck through.
    """

    key: str
    start: date | datetime
    end: datetime | None = None
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    geo: tuple[float, float] | None = None
    categories: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    cancelled: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime):
            _check_times(self.start, self.end)
        elif self.end is not None:
            raise ValueError("an all-day item has no end")
        if self.geo and not (-90 <= self.geo[0] <= 90 and -180 <= self.geo[1] <= 180):
            raise ValueError("geo is latitude, longitude in degrees")


def _check_times(start: datetime, end: datetime | None) -> None:
    if start.utcoffset() is None or (end is not None and end.utcoffset() is None):
        raise ValueError("a timed item needs its zone")
    # By UTC: on the night the clock is set back, wall times do not tell which comes first.
    if end is not None and end.astimezone(UTC) - start.astimezone(UTC) < timedelta(seconds=1):
        raise ValueError("an item ends after it starts")


def uid(key: str) -> str:
    """The UID of a key, the same on every machine.

    Args:
        key: `NOTE/KIND/OCCURRENCE`; may hold a path, and that any character.

    Returns:
        `bn-` and 32 hex digits: only characters that every client and server keeps as they are.
    """
    # A path can hold bytes that are no UTF-8; they arrive as lone surrogates.
    name = NAMESPACE.bytes + key.encode(errors="backslashreplace")
    # What uuid.uuid5 does, at a third of its cost: it is the dearest step of an unchanged item.
    digits = hashlib.sha1(name, usedforsecurity=False).hexdigest()
    return f"bn-{digits[:12]}5{digits[13:16]}{'89ab'[int(digits[16], 16) % 4]}{digits[17:32]}"


def render_calendar(  # noqa: PLR0913 - what a file depends on, each by its name
    items: Iterable[CalendarItem],
    *,
    name: str,
    today: date,
    zone: ZoneInfo,
    language: str,
    detail: str,
    previous: bytes | None,
) -> bytes:
    """The bytes of a calendar file.

    Args:
        items: in any order. Of items that are equal one is written; others with the same key
            (two notes bear one id) get UIDs of their own, in the order given.
        name: shown as the calendar's name.
        today: the day in the vault's zone; new and changed items bear its 00:00 as their stamp.
        zone: of the vault. Timed items are written in it, with its VTIMEZONE; UTC needs none.
        language: `zh` or `en`, of the texts; part of PRODID and of the digests.
        detail: the level the items were masked for; part of the digests.
        previous: what was written last time, if anything; a foreign or damaged file does no harm.

    Returns:
        UTF-8 with CRLF. SEQUENCE grows when DTSTART, DTEND, STATUS or LOCATION changed.

    Source:
        RFC 5545; SEQUENCE: RFC 5546 2.1.4, with LOCATION as ours.
    """
    known = read_blocks(previous) if previous else {}
    stamp = _stamp(today, zone)
    context = _measured([str(RENDER_VERSION), language, detail, zone.key])
    blocks = {}
    for key, item in _keyed(items):
        identity = uid(key)
        content = _digest([key, *_content(item, zone)], context)
        old = known.get(identity)
        if old and old.content == content and old.block:
            blocks[identity] = old.block
        else:
            blocks[identity] = _rendered(item, key, content, old, stamp=stamp, zone=zone)
    head = _head(name, zone, language, empty=not blocks)
    return b"".join([head, *(blocks[each] for each in sorted(blocks)), b"END:VCALENDAR\r\n"])


def _stamp(today: date, zone: ZoneInfo) -> str:
    """00:00 of a day in UTC, as DTSTAMP writes it."""
    try:
        midnight = datetime.combine(today, time(), zone).astimezone(UTC)
    except OverflowError:  # on the first day there is, where the sun rises before it does in UTC
        midnight = datetime.combine(today, time(), UTC)
    return f"{midnight:%Y%m%dT%H%M%SZ}".rjust(len("00010101T000000Z"), "0")


def prodid(language: str) -> str:
    """What made a calendar; without a version, so that an upgrade rewrites nothing.

    Args:
        language: `zh` or `en`.
    """
    return f"-//brokernotes//ical 1//{language.upper()}"


def is_own(data: bytes) -> bool:
    """Whether nothing is lost where a file is written anew: it is ours, or holds nothing.

    Args:
        data: a whole file, possibly somebody's own calendar or no calendar at all.

    Returns:
        True also for ours when it is cut or another program wrote it since, as long as every
        item in it is one of ours.
    """
    head = data.partition(b"BEGIN:V")[2].partition(b"BEGIN:")[0]
    if _PRODID in head or not data.strip():
        return True
    known = read_blocks(data)
    return bool(known) and len(known) == data.upper().count(b"BEGIN:VEVENT")


def _keyed(items: Iterable[CalendarItem]) -> Iterator[tuple[str, CalendarItem]]:
    seen: dict[str, list[CalendarItem]] = {}
    for item in items:
        same = seen.get(item.key)
        if same is None:
            seen[item.key] = [item]
            yield item.key, item
        elif item not in same:
            same.append(item)
            yield f"{item.key}~{len(same)}", item


def _rendered(  # noqa: PLR0913 - one item and all that its bytes depend on
    item: CalendarItem, key: str, content: str, old: Known | None, *, stamp: str, zone: ZoneInfo
) -> bytes:
    """The block of an item that cannot be copied."""
    from brokernotes.features.calendar_event import render_body

    significant = _digest(_significant(item, zone))
    sequence = 0
    if old:
        moved = old.significant != significant
        sequence = min(old.sequence + moved, HIGHEST_SEQUENCE)
        if old.content == content and old.stamp:  # only its bytes were touched
            stamp = old.stamp
    digest = f"{content}-{significant}"
    body = render_body(item, key, zone)
    return render_block(uid(key), stamp=stamp, sequence=sequence, digest=digest, body=body)


def _content(item: CalendarItem, zone: ZoneInfo) -> list[str]:
    """All that an item's bytes are made from, as its notes have it."""
    values = [
        _when(item.start, zone),
        _when(item.end, zone) if item.end else "",
        "cancelled" if item.cancelled else "",
        item.location,
        item.summary,
        item.description,
        item.url,
        repr(item.geo) if item.geo else "",
        str(len(item.categories)),
        *item.categories,
    ]
    for alarm in item.alarms:
        moment = alarm.at.astimezone(UTC).isoformat() if alarm.at else str(alarm.minutes_before)
        values += (moment, alarm.text)
    return values


def _significant(item: CalendarItem, zone: ZoneInfo) -> list[str]:
    """What a phone must not miss: DTSTART, DTEND, STATUS and LOCATION, as they are written."""
    start, end, status = _content(item, zone)[:3]
    return [zone.key, start, end, status, one_line(item.location)]


def _when(when: date | datetime, zone: ZoneInfo) -> str:
    if isinstance(when, datetime) and when.tzinfo is not zone:
        when = when.astimezone(zone)
    return when.isoformat()


def _digest(values: Iterable[str], before: str = "") -> str:
    """16 hex digits of texts, and of others that are measured already."""
    data = (before + _measured(values)).encode(errors="surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]


def _measured(values: Iterable[str]) -> str:
    """Texts with their lengths, so that none can pass for two."""
    return "".join([f"{len(value)}:{value}" for value in values])


@functools.lru_cache(maxsize=32)
def _head(name: str, zone: ZoneInfo, language: str, *, empty: bool) -> bytes:
    title = escape_text(one_line(name))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{prodid(language)}",
        "CALSCALE:GREGORIAN",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        f"X-WR-TIMEZONE:{zone.key}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    # A calendar must hold something: without items its zone, even where nothing else needs it.
    time_zone = render_zone(zone) if empty or not is_utc(zone) else b""
    return b"".join([*map(render_line, lines), time_zone])

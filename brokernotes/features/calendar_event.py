"""One calendar item as content lines, made with icalendar.

Imported late: loading icalendar costs more than writing a calendar in which
nothing changed. What icalendar 7.3 gets wrong is guarded here: text with a
backslash before N, `VALUE=` left out of an absolute alarm, zones that are no
IANA zone, and whatever it would fill in by chance (UID, DTSTAMP).
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import icalendar
from icalendar.prop import vText, vUri

from brokernotes.features.calendar import Alarm, CalendarItem, uid
from brokernotes.features.calendar_text import clean_text, escape_text, one_line
from brokernotes.features.calendar_zone import is_utc

_RESERVED = "%/:?#[]@!$&'()*+,;=~"  # may stand in a URI as they are, RFC 3986


class SafeText(vText):
    """A text icalendar writes as it was meant; its own class loses backslash and N."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        """The escaped value, as UTF-8."""
        return escape_text(self).encode()


class RawText(vText):
    """A value that is already escaped."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        """The value as it stands, as UTF-8."""
        return str(self).encode()


def render_body(item: CalendarItem, key: str, zone: ZoneInfo) -> bytes:
    """The content lines of an item, without those that carry our state.

    Args:
        item: masked already; every text is cleaned here.
        key: of the item; its alarms' UIDs come from it.
        zone: of the vault; times are written in it.

    Returns:
        Lines ending with CRLF, from SUMMARY to the last alarm, without BEGIN and END.
    """
    event = icalendar.Event()
    event.add("SUMMARY", SafeText(one_line(item.summary)))
    _add_times(event, item, zone)
    event.add("STATUS", "CANCELLED" if item.cancelled else "CONFIRMED")
    _add_texts(event, item)
    _add_place(event, item)
    for alarm, alarm_key in zip(item.alarms, _alarm_keys(item.alarms, key), strict=True):
        event.add_component(_alarm(alarm, alarm_key, item))
    lines: bytes = event.to_ical()
    return lines.removeprefix(b"BEGIN:VEVENT\r\n").removesuffix(b"END:VEVENT\r\n")


def _add_times(event: icalendar.Event, item: CalendarItem, zone: ZoneInfo) -> None:
    if isinstance(item.start, datetime):
        event.add("DTSTART", _clock(item.start, zone))
        if item.end:
            event.add("DTEND", _clock(item.end, zone))
        return
    event.add("DTSTART", item.start)
    if item.start < date.max:  # without DTEND it lasts its day just as well
        event.add("DTEND", item.start + timedelta(days=1))
    event.add("TRANSP", "TRANSPARENT")  # else she looks busy all day
    event.add("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE")


def _clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment by the zone's clock; as UTC where that clock shows the same time twice."""
    utc = moment.astimezone(UTC).replace(microsecond=0)
    local = utc.astimezone(zone)
    return utc if is_utc(zone) or local.fold else local


def _add_texts(event: icalendar.Event, item: CalendarItem) -> None:
    if item.description:
        event.add("DESCRIPTION", SafeText(clean_text(item.description)))
    if item.url:
        event.add("URL", vUri(quote(clean_text(item.url), safe=_RESERVED)))
    if item.categories:
        escaped = (escape_text(one_line(category)) for category in item.categories)
        event.add("CATEGORIES", RawText(",".join(escaped)))


def _add_place(event: icalendar.Event, item: CalendarItem) -> None:
    location = one_line(item.location)
    if location:
        event.add("LOCATION", SafeText(location))
    if not item.geo:
        return
    latitude, longitude = item.geo
    event.add("GEO", RawText(f"{latitude:.6f};{longitude:.6f}"))
    # Apple's map ignores GEO and wants the very text of LOCATION, which a quote would change;
    # a backslash means nothing in a parameter, but readers (icalendar's too) take it for an escape.
    if location and not set(location) & set('"^\\\t'):
        parameters = {"X-APPLE-RADIUS": "70", "X-TITLE": location}
        pin = vUri(f"geo:{latitude:.6f},{longitude:.6f}", params={"VALUE": "URI", **parameters})
        event.add("X-APPLE-STRUCTURED-LOCATION", pin)


def _alarm_keys(alarms: tuple[Alarm, ...], key: str) -> list[str]:
    """Keys from when the alarms ring, so that one more leaves the others their UIDs."""
    seen: Counter[str] = Counter()
    keys = []
    for alarm in alarms:
        when = str(alarm.minutes_before) if alarm.at is None else _utc(alarm.at).isoformat()
        seen[when] += 1
        keys.append(f"{key}/alarm/{when}" + (f"-{seen[when]}" if seen[when] > 1 else ""))
    return keys


def _alarm(alarm: Alarm, key: str, item: CalendarItem) -> icalendar.Alarm:
    component = icalendar.Alarm()
    component.add("ACTION", "DISPLAY")
    component.add("DESCRIPTION", SafeText(clean_text(alarm.text or item.summary)))
    component.add("UID", uid(key))
    if alarm.at is not None:
        component.add("TRIGGER", _utc(alarm.at), parameters={"VALUE": "DATE-TIME"})
    elif alarm.minutes_before is not None:
        component.add("TRIGGER", timedelta(minutes=-alarm.minutes_before))
    return component


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)

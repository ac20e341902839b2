"""An item of ours and what became of it on the phone, brought together.

The phone owns whether it is done, what is written below our line, and a day it moved; the notes
own the rest. So a change of the notes is written into the item as it stands on the server, never
over it: what the phone did since stays, whether the notes know of it yet or not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from html import unescape
from zoneinfo import ZoneInfo

from brokernotes.features.caldav_object import CalendarObject, name_of, parse_object
from brokernotes.features.caldav_reading import DIGEST, FILED, KEY, WHEN, Base, PhoneItem
from brokernotes.features.caldav_wanted import DATES, MARKERS, Wanted
from brokernotes.features.calendar import prodid
from brokernotes.features.calendar_blocks import HIGHEST_SEQUENCE
from brokernotes.features.calendar_text import clean_text, escape_text
from brokernotes.features.calendar_zone import is_utc, render_zone
from brokernotes.light_dataclasses import replace

_MAY_GO = ("LOCATION", "URL", "CATEGORIES", "GEO", "X-APPLE-STRUCTURED-LOCATION", "PRIORITY")
_LINK = "obsidian://"
_DASHES = " \t-=_~*\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\uff0d"
_MARKED = frozenset(marker.strip(_DASHES) for marker in MARKERS.values())
_HTML = re.compile(r"<(?:html|body|br|p|div)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|tr|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SIGNIFICANT = DATES | {"STATUS", "LOCATION"}  # SEQUENCE counts their changes (RFC 5546 2.1.4)


def remark_of(description: str, text: str | None, likely: str | None = None) -> tuple[str, ...]:
    """What a phone wrote into an item: the lines below our line, and those that are not ours.

    Args:
        description: as it stands.
        text: what we wrote above our line; None: not known, then only what stands below counts.
        likely: what we would write now, where the other is not known; None: nothing.

    Returns:
        Lines without blank ones, in their order.
    """
    above, below, has_marker = _halves(description)
    if text is None and likely and (not has_marker or {*_lines(likely)} <= {*above}):
        text = likely
    if _is_reflowed(above, _lines(text or "")):
        above = []
    ours = Counter(_lines(text or ""))
    found = []
    for is_below, lines in ((False, above), (True, below)):
        for line in lines:
            if ours[line]:
                ours[line] -= 1
            elif not line.startswith(_LINK) and (is_below or text is not None or not has_marker):
                found.append(line)
    return tuple(found)


def new_object(wanted: Wanted, now: datetime, zone: ZoneInfo, language: str) -> bytes:
    """An item that is not on the server yet.

    Args:
        wanted: as the notes have it.
        now: with its zone.
        zone: of the vault.
        language: `zh` or `en`, of the texts.
    """
    stamp = _stamp(now)
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{prodid(language)}", "CALSCALE:GREGORIAN")
    own = (
        f"UID:{wanted.uid}",
        f"DTSTAMP:{stamp}",
        f"CREATED:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        "SEQUENCE:0",
        *wanted.own_lines,
        *wanted.lines,
        f"DESCRIPTION:{escape_text(_description(wanted, ''))}",
    )
    if wanted.component == "VTODO":
        own += (f"STATUS:{'CANCELLED' if wanted.is_cancelled else 'NEEDS-ACTION'}",)
    made = CalendarObject(
        wanted.component,
        (*head, f"BEGIN:{wanted.component}"),
        own,
        wanted.alarms,
        (f"END:{wanted.component}", "END:VCALENDAR"),
    )
    return _with_zone(made, zone).render()


def merged_object(  # noqa: PLR0913 - the three sides of a merge, and what its bytes depend on
    item: PhoneItem,
    base: Base | None,
    wanted: Wanted,
    now: datetime,
    zone: ZoneInfo,
    *,
    keeps_day: bool,
) -> bytes:
    """An item of the server with what the notes say of it now.

    Args:
        item: as it stands there.
        base: what we wrote last; None: not known.
        wanted: as the notes have it.
        now: with its zone.
        zone: of the vault.
        keeps_day: whether the day stays as the phone has it: it moved it, and the notes do not
            know of that yet.
    """
    found = _with_ours(item, wanted, keeps_day=keeps_day)
    tail = _tail(item.description, base.text if base else None, wanted.text)
    description = escape_text(_description(wanted, tail))
    found = found.with_lines("DESCRIPTION", [f"DESCRIPTION:{description}"])
    when = base.when if keeps_day and base else wanted.when
    found = found.with_lines(KEY, ())
    for line in replace(wanted, when=when).own_lines:
        found = found.with_lines(name_of(line), [line])
    found = found.with_lines(FILED, ())
    found = replace(found, nested=_alarms(found, wanted))
    return _with_zone(_stamped(found, item.object, now), zone).render()


def _with_ours(item: PhoneItem, wanted: Wanted, *, keeps_day: bool) -> CalendarObject:
    """An item with the properties that the notes own, and without those they no longer have."""
    found = item.object
    ours = dict.fromkeys(name_of(line) for line in wanted.lines)
    for name in ours:
        if not (keeps_day and name in DATES):
            found = found.with_lines(name, [one for one in wanted.lines if name_of(one) == name])
    # A phone may give a task a start, too; it would stay behind, or be after its end.
    for name in (*_MAY_GO, *(() if keeps_day else sorted(DATES))):
        if name not in ours:
            found = found.with_lines(name, ())
    is_off = wanted.is_cancelled
    if wanted.component == "VTODO" and is_off != item.is_cancelled and not item.is_done:
        status = "CANCELLED" if is_off else "NEEDS-ACTION"
        found = found.with_lines("STATUS", [f"STATUS:{status}"])
    return found


def filed_object(item: PhoneItem, tag: str, now: datetime) -> bytes:
    """An item that a phone made, with what stands in the notes for it.

    Args:
        item: as it stands on the server.
        tag: of the entry or the line.
        now: with its zone.
    """
    found = item.object.with_lines(FILED, [f"{FILED}:{tag}"])
    for name in (KEY, WHEN, DIGEST):  # of a copy of one of ours
        found = found.with_lines(name, ())
    return _stamped(found, item.object, now).render()


def _description(wanted: Wanted, tail: str) -> str:
    """Our text, our line, and what a phone wrote below."""
    text = f"{wanted.text}\n\n" if wanted.text else ""
    return f"{text}{wanted.marker}\n{tail}"


def _tail(description: str, before: str | None, now: str) -> str:
    """What stands below our line from now on: as the phone has it, wherever it wrote it."""
    _, below, has_marker = _halves(description)
    remark = remark_of(description, before, now)
    if has_marker and remark == tuple(below):
        lines = plain_description(description).split("\n")
        at = next(i for i, line in enumerate(lines) if _is_marker(line))
        return "\n".join(lines[at + 1 :]).rstrip("\n ")
    return "\n".join(remark)


def _halves(description: str) -> tuple[list[str], list[str], bool]:
    """Its lines above our line and below, and whether that still stands there."""
    lines = _lines(description)
    at = next((i for i, line in enumerate(lines) if _is_marker(line)), None)
    if at is None:
        return lines, [], False
    below = [line for line in lines[at + 1 :] if not _is_marker(line)]
    return lines[:at], below, True


def _lines(text: str) -> list[str]:
    return [line for one in plain_description(text).split("\n") if (line := one.strip())]


def _is_marker(line: str) -> bool:
    """Whether a line is ours under which one writes; keyboards make other dashes of its dashes."""
    return line.strip(_DASHES) in _MARKED


def _is_reflowed(above: list[str], ours: list[str]) -> bool:
    """Whether it is what we wrote, with its lines broken elsewhere, or cut off at its end."""
    there, whole = ("".join("".join(lines).split()) for lines in (above, ours))
    return there == whole or (len(above) > 1 and whole.startswith(there))


def plain_description(text: str) -> str:
    """A description as lines, whatever a program made of them: tags, carriage returns, one line.

    Args:
        text: as it stands in an item.
    """
    plain = clean_text(text.replace("\\r\n", "\n")).replace("\u00a0", " ")
    if _HTML.search(plain):
        plain = unescape(_TAG.sub("", _BREAK.sub("\n", plain)))
    for marker in MARKERS.values():
        if marker in plain and not any(_is_marker(line) for line in plain.split("\n")):
            plain = plain.replace(marker, f"\n{marker}\n")
    return plain


def _alarms(found: CalendarObject, wanted: Wanted) -> tuple[tuple[str, ...], ...]:
    """Our alarms as the notes have them, and those that others set."""
    others = [block for block in found.nested if not _is_ours(block)]
    rings = {_trigger(block) for block in others}
    ours = [block for block in wanted.alarms if _trigger(block) not in rings]
    return (*ours, *others)


def _is_ours(block: Iterable[str]) -> bool:
    return any(line.upper().startswith("UID:BN-") for line in block)


def _trigger(block: Iterable[str]) -> str:
    return next((line for line in block if name_of(line) == "TRIGGER"), "")


def _stamped(found: CalendarObject, before: CalendarObject, now: datetime) -> CalendarObject:
    """With the moment of the change, and a number for it where a phone must not miss it."""
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        found = found.with_lines(name, [f"{name}:{_stamp(now)}"])
    changed = any(
        [one for one in found.lines if name_of(one) == name]
        != [one for one in before.lines if name_of(one) == name]
        for name in _SIGNIFICANT
    )
    number = before.text("SEQUENCE")
    count = int(number) if number.isdecimal() and len(number) < len(str(HIGHEST_SEQUENCE)) else 0
    return found.with_lines("SEQUENCE", [f"SEQUENCE:{count + changed}"])


def _with_zone(found: CalendarObject, zone: ZoneInfo) -> CalendarObject:
    """With the definition of the vault's zone, where a time of the item asks for it."""
    uses = any(f";TZID={zone.key}:" in line for line in found.lines if name_of(line) in DATES)
    if not uses or is_utc(zone) or f"TZID:{zone.key}" in (*found.before, *found.after):
        return found
    lines = render_zone(zone).decode().split("\r\n")[:-1]
    return replace(found, before=(*found.before[:-1], *lines, found.before[-1]))


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


__all__ = ["filed_object", "merged_object", "new_object", "parse_object", "remark_of"]

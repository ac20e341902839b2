"""Finds what is wrong with a calendar file, ours or anybody's.

For what the readers let pass: nobody's parser minds two items with one UID, an
alarm outside an item or a missing VALUE, and each of these has made a phone or
a server lose items. `KINDS` is the catalogue; `lint` the only way in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from brokernotes.errors import Severity
from brokernotes.features.calendar_lines import Component, Fault, Property, read_components
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, field

KINDS: Mapping[str, tuple[Severity, str]] = {
    # the file
    "bom": (Severity.ERROR, N_("the file begins with a byte order mark")),
    "not-utf8": (Severity.ERROR, N_("the line is not UTF-8")),
    "bare-lf": (Severity.WARNING, N_("lines end with LF alone, not CRLF ({count} of them)")),
    "last-line": (Severity.WARNING, N_("the last line has no line end")),
    "long-line": (Severity.WARNING, N_("the line has {octets} octets; 75 are allowed")),
    "fold-in-character": (Severity.ERROR, N_("the line is folded inside a character")),
    "control-character": (Severity.ERROR, N_("the line holds the control character {code}")),
    "not-a-property": (Severity.ERROR, N_("the line is no property")),
    "outside-calendar": (Severity.ERROR, N_("something stands outside the calendar")),
    "unclosed": (Severity.ERROR, N_("{component} is not closed")),
    "unexpected-end": (Severity.ERROR, N_("{component} is closed but was not open")),
    # the calendar
    "no-calendar": (Severity.ERROR, N_("the file holds no calendar")),
    "calendar-empty": (Severity.WARNING, N_("the calendar holds nothing")),
    "calendar-uid": (
        Severity.ERROR,
        N_("the calendar has a UID; some readers then take all its items for one"),
    ),
    "calendar-method": (
        Severity.WARNING,
        N_("the calendar has a METHOD; items become invitations, and servers refuse them"),
    ),
    # its components
    "property-missing": (Severity.ERROR, N_("{component} has no {property}")),
    "property-twice": (Severity.ERROR, N_("{component} has {property} more than once")),
    "uid-twice": (Severity.ERROR, N_("UID {uid} stands in line {first} already")),
    "uid-alphabet": (
        Severity.WARNING,
        N_("UID {uid} has characters other than A-Z a-z 0-9 _ . + -"),
    ),
    "alarm-place": (Severity.ERROR, N_("the alarm belongs to no item")),
    # values
    "value-missing": (Severity.ERROR, N_("{property} needs VALUE={value}")),
    "value-invalid": (Severity.ERROR, N_("{property} cannot be {value}")),
    "stamp-not-utc": (Severity.ERROR, N_("{property} is not in UTC")),
    "floating-time": (
        Severity.WARNING,
        N_("{property} has no zone; each phone takes it for its own"),
    ),
    "tzid-unknown": (Severity.ERROR, N_("zone {zone} has no VTIMEZONE")),
    "end-kind": (Severity.ERROR, N_("one of start and end has a time, the other none")),
    "end-not-after-start": (Severity.ERROR, N_("it does not end after it starts")),
    "end-and-duration": (Severity.ERROR, N_("{component} has both {property} and DURATION")),
    "text-unescaped": (
        Severity.WARNING,
        N_("{property} has a comma, semicolon or backslash that is not escaped"),
    ),
}

_REQUIRED = {
    "VCALENDAR": ("VERSION", "PRODID"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART"),
    "VTODO": ("UID", "DTSTAMP"),
    "VJOURNAL": ("UID", "DTSTAMP"),
    "VALARM": ("ACTION", "TRIGGER"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "DAYLIGHT": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
}
_ONCE_NAMES = """
    UID DTSTAMP DTSTART DTEND DUE DURATION SUMMARY LOCATION STATUS SEQUENCE CREATED LAST-MODIFIED
    URL GEO TRANSP CLASS PRIORITY TRIGGER ACTION VERSION PRODID CALSCALE METHOD TZID TZOFFSETFROM
    TZOFFSETTO
"""
_ONCE = frozenset(_ONCE_NAMES.split())
_STATUS = {
    "VEVENT": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "VTODO": {"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"},
    "VJOURNAL": {"DRAFT", "FINAL", "CANCELLED"},
}
_ITEMS = tuple(_STATUS)
_TIMES = ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID")
_STAMPS = ("DTSTAMP", "LAST-MODIFIED", "CREATED")
_UID_SAFE = re.compile(r"[A-Za-z0-9_.+-]+")
_CLOCK = r"T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?"
_DURATION = re.compile(rf"[+-]?P(?:[0-9]+W|[0-9]+D(?:{_CLOCK})?|{_CLOCK})")
_UNESCAPED = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*")
_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION")


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """Something wrong with a calendar file.

    Attributes:
        line: 1-based, counted as an editor does.
        code: of `KINDS`.
        message: English source string with `{name}` places.
        params: what stands in the places.
    """

    line: int
    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR


def lint(data: bytes) -> list[LintFinding]:
    """All that is wrong with a calendar file, by line.

    Args:
        data: a whole file.

    Returns:
        Empty when nothing is.

    Source:
        RFC 5545, 7986 and 9074; stricter where readers in use are.
    """
    root, faults = read_components(data)
    if not any(each.name == "VCALENDAR" for each in root.children):
        faults.append(Fault(1, "no-calendar"))
    for check in _CHECKS:
        faults += check(root)
    return [
        LintFinding(
            line=fault.line,
            code=fault.code,
            message=KINDS[fault.code][1],
            params=dict(fault.params),
            severity=KINDS[fault.code][0],
        )
        for fault in sorted(faults, key=lambda fault: (fault.line, fault.code))
    ]


def _check_calendars(root: Component) -> Iterator[Fault]:
    for child in root.children:
        if child.name != "VCALENDAR":
            yield Fault(child.line, "outside-calendar")
            continue
        if not child.children:
            yield Fault(child.line, "calendar-empty")
        for name in ("UID", "METHOD"):
            if found := child.find(name):
                yield Fault(found.line, f"calendar-{name.lower()}")


def _check_properties(root: Component) -> Iterator[Fault]:
    for component in root.walk():
        about = {"component": component.name}
        required = _REQUIRED.get(component.name, ())
        action = component.find("ACTION")
        if component.name == "VALARM" and action and action.value.upper() == "DISPLAY":
            required = (*required, "DESCRIPTION")
        for name in required:
            if not component.find(name):
                yield Fault(component.line, "property-missing", {**about, "property": name})
        seen = set()
        for each in component.properties:
            if each.name in _ONCE and each.name in seen:
                yield Fault(each.line, "property-twice", {**about, "property": each.name})
            seen.add(each.name)


def _check_uids(root: Component) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for item in root.walk():
        uid = item.find("UID")
        if not uid or item.name not in _ITEMS:
            continue
        if not _UID_SAFE.fullmatch(uid.value):
            yield Fault(uid.line, "uid-alphabet", {"uid": uid.value})
        instance = item.find("RECURRENCE-ID")
        line = first.setdefault((uid.value, instance.value if instance else ""), uid.line)
        if line != uid.line:
            yield Fault(uid.line, "uid-twice", {"uid": uid.value, "first": line})


def _check_alarm_places(root: Component) -> Iterator[Fault]:
    for component in root.walk():
        if component.name not in _ITEMS:
            for child in component.children:
                if child.name == "VALARM":
                    yield Fault(child.line, "alarm-place")


def _check_times(root: Component) -> Iterator[Fault]:
    zones = {
        tzid.value
        for each in root.walk()
        if each.name == "VTIMEZONE" and (tzid := each.find("TZID"))
    }
    for component in root.walk():
        for each in component.properties:
            if each.name in _STAMPS:
                yield from _stamp_faults(each)
            elif each.name in _TIMES and component.name in _ITEMS:
                yield from _time_faults(each)
            zone = each.params.get("TZID")
            if zone is not None and zone not in zones:
                yield Fault(each.line, "tzid-unknown", {"zone": zone})


def _stamp_faults(stamp: Property) -> Iterator[Fault]:
    about = {"property": stamp.name}
    if not isinstance(_parse_time(stamp.value), datetime):
        yield Fault(stamp.line, "value-invalid", {**about, "value": stamp.value})
    elif not stamp.value.endswith("Z") or "TZID" in stamp.params:
        yield Fault(stamp.line, "stamp-not-utc", about)


def _time_faults(time: Property) -> Iterator[Fault]:
    about = {"property": time.name}
    when = _parse_time(time.value)
    kind = time.params.get("VALUE", "DATE-TIME").upper()
    if when is None or (isinstance(when, datetime) and kind == "DATE"):
        yield Fault(time.line, "value-invalid", {**about, "value": time.value})
    elif not isinstance(when, datetime):
        if kind != "DATE":
            yield Fault(time.line, "value-missing", {**about, "value": "DATE"})
    elif "TZID" not in time.params and not time.value.endswith("Z"):
        yield Fault(time.line, "floating-time", about)


def _check_ends(root: Component) -> Iterator[Fault]:
    for item in root.walk():
        end = item.find("DUE" if item.name == "VTODO" else "DTEND")
        start = item.find("DTSTART")
        if not end or item.name not in _ITEMS:
            continue
        if item.find("DURATION"):
            yield Fault(
                end.line, "end-and-duration", {"component": item.name, "property": end.name}
            )
        first, last = _parse_time(start.value) if start else None, _parse_time(end.value)
        if not start or first is None or last is None:
            continue
        if isinstance(first, datetime) != isinstance(last, datetime):
            yield Fault(end.line, "end-kind")
        elif _zone(start) == _zone(end) and last <= first:
            yield Fault(end.line, "end-not-after-start")


def _check_values(root: Component) -> Iterator[Fault]:
    for component in root.walk():
        for each in component.properties:
            yield from _value_faults(component, each)


def _value_faults(component: Component, each: Property) -> Iterator[Fault]:
    about = {"property": each.name}
    kind = each.params.get("VALUE", "").upper()
    valid = True
    match each.name:
        case "REFRESH-INTERVAL":
            valid = bool(_DURATION.fullmatch(each.value))
            if kind != "DURATION":
                yield Fault(each.line, "value-missing", {**about, "value": "DURATION"})
        case "X-PUBLISHED-TTL" | "DURATION":
            valid = bool(_DURATION.fullmatch(each.value))
        case "TRIGGER" if isinstance(_parse_time(each.value), datetime):
            valid = each.value.endswith("Z")
            if kind != "DATE-TIME":
                yield Fault(each.line, "value-missing", {**about, "value": "DATE-TIME"})
        case "TRIGGER":
            valid = kind in ("", "DURATION") and bool(_DURATION.fullmatch(each.value))
        case "SEQUENCE":
            valid = bool(re.fullmatch(r"[0-9]{1,10}", each.value)) and int(each.value) < 2**31
        case "STATUS" if component.name in _STATUS:
            valid = each.value.upper() in _STATUS[component.name]
        case name if name in _TEXTS and not _UNESCAPED.fullmatch(each.value):
            yield Fault(each.line, "text-unescaped", about)
    if not valid:
        yield Fault(each.line, "value-invalid", {**about, "value": each.value})


def _parse_time(value: str) -> date | datetime | None:
    """A date, or a moment by its wall clock; None where the value is neither."""
    try:
        if re.fullmatch(r"[0-9]{8}", value):
            return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007
        if re.fullmatch(r"[0-9]{8}T[0-9]{6}Z?", value):
            return datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError:
        return None
    return None


def _zone(time: Property) -> str:
    return "UTC" if time.value.endswith("Z") else time.params.get("TZID", "")


_CHECKS: tuple[Callable[[Component], Iterator[Fault]], ...] = (
    _check_calendars,
    _check_properties,
    _check_uids,
    _check_alarm_places,
    _check_times,
    _check_ends,
    _check_values,
)

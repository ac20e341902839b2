"""What a phone says of an item: the few things of it that concern the notes."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from brokernotes.features.caldav_object import CalendarObject, parse_object
from brokernotes.light_dataclasses import NamedTuple, dataclass

KEY, DIGEST, WHEN = "X-BN-KEY", "X-BN-DIGEST", "X-BN-WHEN"
FILED = "X-BN-FILED"  # on an item that a phone made: what stands in the notes for it
ALL_DONE = 100  # per cent
_DAY = 24 * 60


class Base(NamedTuple):
    """What we wrote into an item last; what differs from it since is somebody else's doing.

    Attributes:
        digest: of all of it.
        when: its day or time, as `written_when` says it.
        text: of its description, down to the line under which a phone writes; None: not known.
    """

    digest: str
    when: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneItem:
    """An item as it stands on the server.

    Attributes:
        object: all its lines.
        uid: what identifies it.
        when: a day, or a moment in the vault's zone without offset; None: it has none.
        minutes: how long it takes; None: it does not say, or lasts whole days.
        is_done: whether it is ticked off.
        done_at: when that was, in the vault's zone; None: it does not say.
        touched: when somebody changed it last, likewise.
        repeats: whether it stands for many days.
        key: of the item it was written for; "": it was not ours, or somebody stripped it.
        base: what we wrote, as the item itself tells; None: it does not.
    """

    object: CalendarObject
    uid: str
    when: date | datetime | None
    minutes: int | None
    is_done: bool
    done_at: datetime | None
    touched: datetime | None
    repeats: bool
    key: str
    base: Base | None

    @property
    def is_task(self) -> bool:
        """Whether it can be ticked off."""
        return self.object.component == "VTODO"

    @property
    def is_cancelled(self) -> bool:
        """Whether the phone called it off."""
        return self.object.text("STATUS").upper() == "CANCELLED"

    @property
    def summary(self) -> str:
        """Its title, on one line."""
        return " ".join(self.object.text("SUMMARY").split())

    @property
    def description(self) -> str:
        """The text under it."""
        return self.object.text("DESCRIPTION")


def read_item(data: bytes, zone: ZoneInfo) -> PhoneItem | None:
    """Read one item of a server.

    Args:
        data: all that stands under its address.
        zone: of the vault; a time without a zone is meant in it.

    Returns:
        None: it cannot be read, or is neither an event nor a task with a UID.
    """
    found = parse_object(data)
    if found is None or not found.text("UID"):
        return None
    try:
        times = _times(data, found, zone)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None  # icalendar tells of a line it cannot read in several ways
    is_task = found.component == "VTODO"
    is_ours = found.find(FILED) is None  # else a phone made it, whatever it copied from
    percent = found.text("PERCENT-COMPLETE")
    is_done = is_task and (
        found.text("STATUS").upper() == "COMPLETED"
        or found.find("COMPLETED") is not None
        or (percent.isdecimal() and int(percent) >= ALL_DONE)
    )
    return PhoneItem(
        object=found,
        uid=found.text("UID"),
        when=(times.get("DUE") if is_task else None) or times.get("DTSTART"),
        minutes=_minutes(times.get("DTSTART"), times.get("DTEND")),
        is_done=is_done,
        done_at=_moment(times.get("COMPLETED")),
        touched=_moment(times.get("LAST-MODIFIED") or times.get("DTSTAMP")),
        repeats=found.find("RRULE") is not None or found.find("RDATE") is not None,
        key=found.text(KEY) if is_ours else "",
        base=_base(found) if is_ours else None,
    )


def written_when(when: date | datetime | None) -> str:
    """A day or a moment as we remember it: `2026-12-01`, `2026-12-01T15:00`, or "" for none."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="minutes")
    return when.isoformat() if when else ""


def read_when(text: str) -> date | datetime | None:
    """What `written_when` wrote; None: none, or somebody spoiled it."""
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def _base(found: CalendarObject) -> Base | None:
    digest = found.text(DIGEST)
    if not re.fullmatch("[0-9a-f]{16}", digest):
        return None
    return Base(digest, found.text(WHEN))


def _times(data: bytes, found: CalendarObject, zone: ZoneInfo) -> dict[str, date | datetime]:
    """Its days and moments by the vault's clock, without offset."""
    import icalendar

    uid, recurrence = found.text("UID"), found.find("RECURRENCE-ID")
    for component in icalendar.Calendar.from_ical(data).walk(found.component):
        if str(component.get("UID", "")) != uid or (
            ("RECURRENCE-ID" in component) != (recurrence is not None)
        ):
            continue
        names = ("DTSTART", "DTEND", "DUE", "COMPLETED", "LAST-MODIFIED", "DTSTAMP")
        times = {name: _local(component[name], zone) for name in names if name in component}
        if "DTSTART" in times and "DURATION" in component:
            length: Any = component["DURATION"]
            times.setdefault("DTEND", times["DTSTART"] + length.dt)
        return times
    raise ValueError(uid)


def _local(value: Any, zone: ZoneInfo) -> date | datetime:
    when = value.dt
    if not isinstance(when, datetime):
        if not isinstance(when, date):
            raise TypeError(type(when))
        return when
    local = when.astimezone(zone).replace(tzinfo=None) if when.tzinfo else when
    return local.replace(second=0, microsecond=0)


def _moment(when: date | datetime | None) -> datetime | None:
    return when if isinstance(when, datetime) else None


def _minutes(start: date | datetime | None, end: date | datetime | None) -> int | None:
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end <= start:
        return None
    minutes = int((end - start).total_seconds()) // 60
    return minutes if 0 < minutes <= _DAY else None

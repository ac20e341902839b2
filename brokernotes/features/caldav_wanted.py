"""What shall stand on a calendar server: the rows of the calendar, as events and as tasks.

Follow-ups are tasks, since a phone ticks those off; showings, deadlines and greetings are events.
The two never share a collection: phones show a mixed one wrongly or not at all, and who deletes
its empty half deletes the other. A task bears its true day (a phone shows what is late by
itself), an event that is late stands today, as in the files of `ical`.

The row that counts what a day does not hold is about no note, so nobody could tick it off or
write under it; it stays away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from brokernotes.features.caldav_object import blocks_and_lines, name_of, split_line, unfolded
from brokernotes.features.caldav_reading import DIGEST, KEY, WHEN, Base, written_when
from brokernotes.features.calendar import CalendarItem, uid
from brokernotes.features.calendar_days import Placed
from brokernotes.features.calendar_items import FOLLOWUPS, calendar_item, calendar_of
from brokernotes.features.calendar_text import clean_text, escape_text
from brokernotes.features.calendar_view import View
from brokernotes.features.ranking import OVERFLOW
from brokernotes.light_dataclasses import dataclass, replace

VERSION = "1"  # raise it when the same item shall be written differently
MARKERS = {"zh": "—— 在此行下面写 ——", "en": "—— write below this line ——"}
PRIORITIES = {"A": 1, "B": 3, "C": 5, "D": 9}  # RFC 5545 3.8.1.9: 1 is highest
_NOT_OF_TASKS = frozenset(
    {"DTSTART", "DTEND", "TRANSP", "X-MICROSOFT-CDO-ALLDAYEVENT", "STATUS", "DESCRIPTION"}
)
DATES = frozenset({"DTSTART", "DTEND", "DUE", "DURATION"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One item as the notes have it.

    Attributes:
        key: `NOTE/KIND/OCCURRENCE`.
        calendar: one of the three it stands in.
        component: `VEVENT` or `VTODO`.
        title: as the phone shows it.
        when: its day or time, as `written_when` says it.
        text: its description, without the line under which a phone writes.
        marker: that line.
        lines: its other properties, in their order.
        alarms: each from BEGIN to END.
        is_cancelled: whether it was called off.
        is_rolled: whether it stands today because its own day has passed.
        again: how many items bore its UID that stand for something else now.
    """

    key: str
    calendar: str
    component: str
    title: str
    when: str
    text: str
    marker: str
    lines: tuple[str, ...]
    alarms: tuple[tuple[str, ...], ...]
    is_cancelled: bool
    is_rolled: bool = False
    again: int = 0

    @property
    def uid(self) -> str:
        """Its UID; a task's is not that of the event: two collections must not share one."""
        name = self.key if self.component == "VEVENT" else f"{self.key}/todo"
        return uid(f"{name}/{self.again}" if self.again else name)

    @property
    def digest(self) -> str:
        """16 hex digits, of all that is written."""
        every = (VERSION, self.component, self.text, self.marker, *self.lines)
        parts = (*every, *("\n".join(alarm) for alarm in self.alarms))
        data = "".join(f"{len(part)}:{part}" for part in parts).encode(errors="surrogatepass")
        return hashlib.sha256(data).hexdigest()[:16]

    @property
    def base(self) -> Base:
        """What is remembered of it once it is written."""
        return Base(self.digest, self.when, self.text)

    @property
    def own_lines(self) -> tuple[str, ...]:
        """What tells us, of the item alone, what we wrote.

        A note without an id is called by its path, which may be somebody's name or number; by
        which note that is, its UID says without saying it.
        """
        is_path = self.key.rsplit("/", 2)[0].endswith(".md")
        return (
            *(() if is_path else (f"{KEY}:{escape_text(clean_text(self.key))}",)),
            f"{WHEN}:{self.when}",
            f"{DIGEST}:{self.digest}",
        )


def wanted_items(placed: Iterable[Placed], view: View) -> dict[str, Wanted]:
    """All that shall stand on the server, by key; each as what its calendar holds.

    Args:
        placed: rows with their days.
        view: who reads them.
    """
    found: dict[str, Wanted] = {}
    for row in placed:
        if row.item.kind == OVERFLOW or row.item.first is None:
            continue
        calendar = calendar_of(row.item.kind)
        one = wanted(row, view, "VTODO" if calendar == FOLLOWUPS else "VEVENT")
        found.setdefault(one.key, one)
    return found


def wanted(row: Placed, view: View, component: str) -> Wanted:
    """One row as an event or a task.

    Args:
        row: with its day.
        view: who reads it.
        component: `VEVENT` or `VTODO`.
    """
    first = row.item.first
    is_task = component == "VTODO"
    if is_task and row.is_rolled:
        row = replace(row, day=row.item.due, at=_own_time(row), is_rolled=False)
    item = calendar_item(row, view)
    if is_task and row.day < view.today:
        item = replace(item, alarms=())  # they have rung, or their time is over
    own, alarms = _body(item, view.rules.zone)
    is_dateless = is_task and first is not None and first.undated
    when = None if is_dateless else item.start
    if is_task:
        grade = first.grade if first is not None and view.detail != "minimal" else None
        own = _task_lines(own, grade, is_dateless=is_dateless)
        alarms = [] if is_dateless else [_task_alarm(alarm) for alarm in alarms]
    return Wanted(
        key=row.item.key,
        calendar=calendar_of(row.item.kind),
        component=component,
        title=item.summary,
        when=written_when(_plain(when, view.rules.zone)),
        text=clean_text(item.description),
        marker=MARKERS[view.language.code],
        lines=tuple(line for line in own if name_of(line) != "DESCRIPTION"),
        alarms=tuple(tuple(alarm) for alarm in alarms),
        is_cancelled=item.cancelled,
        is_rolled=row.is_rolled,
    )


def _own_time(row: Placed) -> datetime | None:
    """The time of a row that was rolled, which stands all day where it was rolled to."""
    return row.item.at if row.item.at and row.item.at.date() == row.item.due else None


def _plain(when: date | datetime | None, zone: ZoneInfo) -> date | datetime | None:
    if isinstance(when, datetime):
        return when.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    return when


def _body(item: CalendarItem, zone: ZoneInfo) -> tuple[list[str], list[tuple[str, ...]]]:
    """The properties and alarms of an event, made as those of the files are."""
    from brokernotes.features.calendar_event import render_body

    return blocks_and_lines(unfolded(render_body(item, item.key, zone)))


def _task_lines(own: Sequence[str], grade: str | None, *, is_dateless: bool) -> list[str]:
    """Those of a task: when it is due, how pressing; what lasts how long means nothing."""
    lines = [line for line in own if name_of(line) not in _NOT_OF_TASKS]
    for line in own:
        found = split_line(line)
        if found and found.name == "DTSTART" and not is_dateless:
            lines.insert(1, f"DUE{found.params}:{found.value}")
    if grade in PRIORITIES:
        lines.append(f"PRIORITY:{PRIORITIES[grade]}")
    return lines


def _task_alarm(alarm: Sequence[str]) -> tuple[str, ...]:
    """An alarm counted from when a task is due, since it has no start (RFC 5545 3.8.6.3)."""
    return tuple(
        f"TRIGGER;RELATED=END:{line.partition(':')[2]}" if line.startswith("TRIGGER:") else line
        for line in alarm
    )

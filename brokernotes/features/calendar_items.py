"""The items of the three calendars, from what is due.

* `showings` (带看·期限): what has a place in the day: planned entries, signings, the ends
  of entrustments and leases, milestones.
* `greetings` (生日·节日): birthdays, anniversaries and festivals.
* `followups` (跟进): all else.

A phone has one colour, one alert switch and one on/off for each calendar, hence three.
A merged row stands in the calendar of the reason that names it, under that reason's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from brokernotes.features import calendar_texts as texts
from brokernotes.features.calendar import CalendarItem
from brokernotes.features.calendar_alarms import alarms
from brokernotes.features.calendar_days import Placed
from brokernotes.features.calendar_view import View
from brokernotes.language import N_, Language

SHOWINGS, FOLLOWUPS, GREETINGS = "showings", "followups", "greetings"
CALENDARS = (SHOWINGS, FOLLOWUPS, GREETINGS)
ALL = "all"
LONGEST = 24 * 60  # minutes; a plan that says more is a slip of the pen

TITLES: Mapping[str, str] = {
    SHOWINGS: N_("Showings and deadlines"),
    FOLLOWUPS: N_("Follow-ups"),
    GREETINGS: N_("Birthdays and festivals"),
    ALL: N_("Brokerage"),
}

_CALENDAR_OF_KIND: Mapping[str, str] = {
    **dict.fromkeys(
        ("planned", "confirm_showing", "signing", "milestone", "entrustment_end", "lease_end"),
        SHOWINGS,
    ),
    **dict.fromkeys(("birthday", "anniversary", "festival"), GREETINGS),
}


def calendar_of(kind: str) -> str:
    """The calendar a kind of occurrence stands in."""
    return _CALENDAR_OF_KIND.get(kind, FOLLOWUPS)


def calendar_title(name: str, language: Language, agent: str | None = None) -> str:
    """What a phone shows as the calendar's name.

    Args:
        name: one of `CALENDARS`, or `ALL`.
        language: of the reader.
        agent: name of who asks; None: it speaks for all.
    """
    title = language.text(TITLES[name])
    if agent is None:
        return title
    return language.text(N_("{calendar} ({agent})"), calendar=title, agent=agent)


def calendar_items(placed: Iterable[Placed], view: View) -> dict[str, list[CalendarItem]]:
    """The items of each calendar, masked for the reader.

    Args:
        placed: rows with their days.
        view: who reads them.

    Returns:
        By calendar, every one of `CALENDARS` with a list.
    """
    found: dict[str, list[CalendarItem]] = {name: [] for name in CALENDARS}
    for row in placed:
        found[calendar_of(row.item.kind)].append(calendar_item(row, view))
    return found


def calendar_item(placed: Placed, view: View) -> CalendarItem:
    """One row as it stands in a calendar.

    Args:
        placed: the row with its day.
        view: who reads it.
    """
    where, pin = texts.location(placed, view)
    start = placed.at.replace(tzinfo=view.rules.zone) if placed.at else None
    return CalendarItem(
        key=placed.item.key,
        start=start or placed.day,
        end=_end(start, placed, view) if start else None,
        summary=texts.summary(placed, view),
        description=texts.description(placed, view),
        location=where,
        url=texts.url(placed, view),
        geo=pin,
        categories=texts.categories(placed, view),
        alarms=alarms(placed, view.rules.quiet),
        cancelled=placed.is_cancelled,
    )


def _end(start: datetime, placed: Placed, view: View) -> datetime | None:
    """When a plan is over: as it says, else as the rules do; a promised call has no length."""
    first = placed.item.first
    if first is None or first.kind != "planned":
        return None
    minutes = min(first.minutes or view.rules.duration, LONGEST)
    # By UTC: on the night the clock is set forward, a wall time may not exist.
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(view.rules.zone)

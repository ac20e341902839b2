"""What Python libraries see in calendar files, as one JSON line for each file.

read_python.py LIBRARY FILE…, under the python that has the library.
"""

import json
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

Seen = tuple[str, date | datetime]


def with_ics(text: str) -> Iterator[Seen]:
    """ics.py, which web programs of one file use."""
    import ics  # type: ignore[import-not-found]

    for event in ics.Calendar(text).events:
        yield event.name, event.begin.date() if event.all_day else event.begin.datetime


def with_ical(text: str) -> Iterator[Seen]:
    """Home Assistant's, the strictest."""
    from ical.calendar_stream import IcsCalendarStream  # type: ignore[import-not-found]

    for event in IcsCalendarStream.calendar_from_ics(text).events:
        yield event.summary, event.dtstart


def with_vobject(text: str) -> Iterator[Seen]:
    """Radicale's and khard's."""
    import vobject  # type: ignore[import-not-found]

    for calendar in vobject.readComponents(text):
        calendar.validate(raiseException=True)
        for event in getattr(calendar, "vevent_list", ()):
            yield event.summary.value, event.dtstart.value


def with_recurring_ical_events(text: str) -> Iterator[Seen]:
    """What asks icalendar for the events of some days."""
    import icalendar
    import recurring_ical_events  # type: ignore[import-not-found]

    calendar = icalendar.Calendar.from_ical(text)
    faults = [fault for part in calendar.walk() for fault in part.errors]
    if faults:
        raise ValueError(faults)
    for event in recurring_ical_events.of(calendar).between((2020, 1, 1), (2040, 1, 1)):
        yield str(event["SUMMARY"]), event.start


LIBRARIES = {
    "ics": with_ics,
    "ical": with_ical,
    "vobject": with_vobject,
    "recurring-ical-events": with_recurring_ical_events,
}


def as_row(title: str, start: date | datetime) -> list[Any]:
    """The title, the local start and its moment in seconds since 1970."""
    if not isinstance(start, datetime):
        return [title, f"{start:%Y%m%d}", None]
    moment = start if start.tzinfo else start.replace(tzinfo=UTC)
    return [title, f"{start:%Y%m%dT%H%M%S}", int(moment.timestamp())]


def main(library: str, *paths: str) -> None:
    """Tell of each file."""
    warnings.simplefilter("ignore")
    for path in paths:
        try:
            with open(path, encoding="utf-8", newline="") as file:  # noqa: PTH123
                rows = [as_row(*seen) for seen in LIBRARIES[library](file.read())]
            result = {"items": rows, "errors": []}
        except Exception as error:  # noqa: BLE001 - whatever it raises is how it complains
            result = {"items": [], "errors": [repr(error)]}
        sys.stdout.write(json.dumps(result) + "\n")


main(*sys.argv[1:])

"""What libical (Evolution, KDE, GNOME) sees in calendar files, as one JSON line for each.

Runs under the system's own python3, which has python3-gi and gir1.2-ical-3.0.
"""

import json
import sys
from pathlib import Path

import gi  # type: ignore[import-not-found]

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found]  # noqa: E402


def errors(component):
    found = []
    each = component.get_first_property(ICalGLib.PropertyKind.XLICERROR_PROPERTY)
    while each:
        found.append(each.as_ical_string().strip())
        each = component.get_next_property(ICalGLib.PropertyKind.XLICERROR_PROPERTY)
    child = component.get_first_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    while child:
        found += errors(child)
        child = component.get_next_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    return found


def read(path):
    calendar = ICalGLib.Component.new_from_string(Path(path).read_bytes().decode())
    if calendar is None:
        return {"items": [], "errors": ["libical reads nothing"]}
    ICalGLib.restriction_check(calendar)
    items = []
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event:
        start = event.get_dtstart()
        moment = None if start.is_date() else start.as_timet_with_zone(start.get_timezone())
        items.append([event.get_summary(), start.as_ical_string(), moment])
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    return {"items": items, "errors": errors(calendar)}


for path in sys.argv[1:]:
    try:
        result = read(path)
    except (ValueError, TypeError, AttributeError) as error:
        result = {"items": [], "errors": [repr(error)]}
    sys.stdout.write(json.dumps(result) + "\n")

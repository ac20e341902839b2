"""Items as we write them, and as a phone leaves them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from brokernotes.features.caldav_held import Held
from brokernotes.features.caldav_merging import new_object
from brokernotes.features.caldav_object import parse_object
from brokernotes.features.caldav_wanted import MARKERS, Wanted
from brokernotes.features.calendar_text import escape_text
from brokernotes.light_dataclasses import replace

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 9, tzinfo=ZONE)
ALARM = ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:x", "UID:bn-a", "TRIGGER;RELATED=END:PT9H",
         "END:VALARM")  # fmt: skip


def wanted_item(text="承诺 联系", day=date(2026, 11, 24), title="承诺 李女士", **more):
    """A promise of 24 November as a task."""
    return Wanted(
        **{
            "key": "C-9F3DWA/promise/3afq6m4x9",
            "calendar": "followups",
            "component": "VTODO",
            "title": title,
            "when": day.isoformat(),
            "text": text,
            "marker": MARKERS["zh"],
            "lines": (f"SUMMARY:{escape_text(title)}", f"DUE;VALUE=DATE:{day:%Y%m%d}"),
            "alarms": (ALARM,),
            "is_cancelled": False,
        }
        | more
    )


def on_server(wanted, **changes):
    """The item as it was written, with lines set by a phone."""
    found = parse_object(new_object(wanted, NOW, ZONE, "zh"))
    for name, value in changes.items():
        found = found.with_lines(name.replace("_", "-"), [value] if value else [])
    return found.render()


def described(wanted, above="", below=""):
    """Its description with words of a phone."""
    text = f"{above}{wanted.text}\n\n{wanted.marker}\n{below}"
    return f"DESCRIPTION:{escape_text(text)}"


def held(wanted, **more):
    """The same as it is known to stand on the server."""
    kept = Held(
        calendar=wanted.calendar, href=f"/{wanted.uid}.ics", etag="1", data=b"", uid=wanted.uid,
        component=wanted.component, key=wanted.key, base=wanted.base, when=wanted.when,
        is_read=True,
    )  # fmt: skip
    return replace(kept, **more)

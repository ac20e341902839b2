"""A calendar as a folder with one file an item, as khal and vdirsyncer read it.

Each file is named by its item's UID and holds the very bytes the item has in the
whole calendar. The name of the calendar stands in none of them: it is the folder's,
and Outlook makes a calendar of its own of each file that has one.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from brokernotes.features.calendar import prodid
from brokernotes.features.calendar_blocks import read_blocks
from brokernotes.features.calendar_text import render_line
from brokernotes.features.calendar_zone import is_utc, render_zone

UID_START = "bn-"


def split_calendar(data: bytes, *, zone: ZoneInfo, language: str) -> dict[str, bytes]:
    """The files of a calendar's items.

    Args:
        data: the whole calendar, as `render_calendar` makes it.
        zone: of the vault.
        language: `zh` or `en`.

    Returns:
        Bytes by UID; a file is called `UID.ics`.
    """
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{prodid(language)}", "CALSCALE:GREGORIAN")
    head = b"".join(map(render_line, lines)) + (b"" if is_utc(zone) else render_zone(zone))
    return {
        uid: b"".join([head, known.block, b"END:VCALENDAR\r\n"])
        for uid, known in read_blocks(data).items()
        if known.block
    }


def is_ours(data: bytes, uid: str) -> bool:
    """Whether a file holds an item that this program wrote, whoever touched it since."""
    return uid in read_blocks(data)

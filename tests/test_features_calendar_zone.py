import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from brokernotes.features.calendar_zone import render_zone

ZONES = (
    "Asia/Shanghai",
    "America/New_York",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Tehran",
    "Europe/Moscow",
    "Pacific/Apia",
)


def onsets(data):
    """Every onset of a VTIMEZONE as (UTC moment, offset after), by its RDATEs and RRULEs."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    zone: Any = icalendar.Timezone.from_ical(data)
    found = []
    for each in zone.subcomponents:
        before = each["TZOFFSETFROM"].td
        locals_ = [each["DTSTART"].dt]
        if "RDATE" in each:
            locals_ += [when.dt for when in each["RDATE"].dts]
        if "RRULE" in each:
            # UNTIL is UTC by RFC 5545; dateutil wants it as local as DTSTART.
            rule = each["RRULE"]
            until = rule.pop("UNTIL", [datetime(2038, 1, 1, tzinfo=UTC)])[0]
            text = rule.to_ical().decode() + f";UNTIL={(until + before):%Y%m%dT%H%M%S}"
            locals_ = list(rrulestr(text, dtstart=each["DTSTART"].dt))
        found += [
            ((local - before).replace(tzinfo=UTC), each["TZOFFSETTO"].td) for local in locals_
        ]
    return sorted(found)


@pytest.mark.parametrize("name", ZONES)
def test_offsets_are_those_of_the_zone_to_the_second(name) -> None:
    zone = ZoneInfo(name)
    found = onsets(render_zone(zone))
    chance = random.Random(name)
    moments = [
        datetime(2000, 1, 2, tzinfo=UTC) + timedelta(hours=chance.randrange(37 * 8766))
        for _ in range(300)
    ]
    moments += [
        moment + step for moment, _ in found[1:] for step in (-timedelta(seconds=1), timedelta())
    ]

    for moment in moments:
        offset = [after for onset, after in found if onset <= moment][-1]
        assert offset == moment.astimezone(zone).utcoffset(), moment


def test_shanghai_is_one_offset() -> None:
    assert render_zone(ZoneInfo("Asia/Shanghai")).count(b"BEGIN:STANDARD") == 1
    assert b"RRULE" not in render_zone(ZoneInfo("Asia/Shanghai"))


def test_rules_of_new_york_are_rules_with_the_onset_by_the_old_clock() -> None:
    data = render_zone(ZoneInfo("America/New_York"))

    assert b"DTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n" in data
    assert b"RDATE" not in data


def test_summer_is_daylight_even_where_winter_is_the_exception() -> None:
    text = render_zone(ZoneInfo("Europe/Dublin")).decode()

    assert "TZNAME:IST" in text[text.index("BEGIN:DAYLIGHT") : text.index("END:DAYLIGHT")]

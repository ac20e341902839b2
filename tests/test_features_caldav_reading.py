"""What programs and phones write into items, read as they mean it."""

from datetime import date, datetime

import pytest

from brokernotes.features.caldav_reading import Base, read_item, read_when, written_when
from tests.caldav_items import ZONE
from tests.caldav_rig import made

WINDOWS = """BEGIN:VTIMEZONE
TZID:China Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT"""


def read(kind, *lines):
    return read_item(made(kind, "U", *lines).encode(), ZONE)


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("DTSTART;VALUE=DATE:20261123", date(2026, 11, 23)),
        ("DTSTART:20261123T070000Z", datetime(2026, 11, 23, 15)),
        ("DTSTART;TZID=Asia/Shanghai:20261123T150030", datetime(2026, 11, 23, 15)),
        ("DTSTART:20261123T150000", datetime(2026, 11, 23, 15)),
        ("DTSTART;TZID=America/New_York:20261123T020000", datetime(2026, 11, 23, 15)),
    ],
)
def test_a_day_or_a_moment_is_the_vault_s(line, when):
    assert read("VEVENT", line).when == when


def test_a_zone_of_outlook_s_own_is_understood():
    text = made("VEVENT", "U", "DTSTART;TZID=China Standard Time:20261123T150000")
    text = text.replace("BEGIN:VEVENT", WINDOWS)

    assert read_item(text.encode(), ZONE).when == datetime(2026, 11, 23, 15)


def test_a_task_is_due_else_begins_and_may_have_no_day():
    both = read("VTODO", "DTSTART;VALUE=DATE:20261120", "DUE;VALUE=DATE:20261123")

    assert both.when == date(2026, 11, 23)
    assert read("VTODO", "DTSTART;VALUE=DATE:20261120").when == date(2026, 11, 20)
    assert read("VTODO", "SUMMARY:x").when is None


@pytest.mark.parametrize(
    ("lines", "is_done"),
    [
        (("STATUS:COMPLETED",), True),
        (("PERCENT-COMPLETE:100",), True),
        (("COMPLETED:20261121T003000Z",), True),
        (("STATUS:IN-PROCESS", "PERCENT-COMPLETE:50"), False),
    ],
)
def test_a_tick_is_one_in_any_spelling(lines, is_done):
    assert read("VTODO", *lines).is_done is is_done


def test_when_it_was_done_and_how_long_it_takes():
    done = read("VTODO", "COMPLETED:20261121T003000Z", "LAST-MODIFIED:20261121T004500Z")
    long = read("VEVENT", "DTSTART:20261123T070000Z", "DURATION:PT45M")

    assert (done.done_at, done.touched) == (
        datetime(2026, 11, 21, 8, 30), datetime(2026, 11, 21, 8, 45),
    )  # fmt: skip
    assert long.minutes == 45


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", made("VJOURNAL", "U"), made("VEVENT", ""),
        made("VTODO", "U", "DUE:not a day"), made("VEVENT", "U", "DTSTART:99999999T999999Z"),
        made("VTODO", "U")[:-40],
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_none(text):
    assert read_item(text.encode(), ZONE) is None


def test_what_we_wrote_is_told_by_the_item_itself():
    found = read("VTODO", "X-BN-KEY:C/promise/a", "X-BN-DIGEST:0123456789abcdef",
                 "X-BN-WHEN:2026-11-24")  # fmt: skip

    assert (found.key, found.base) == ("C/promise/a", Base("0123456789abcdef", "2026-11-24"))
    assert read("VTODO", "X-BN-DIGEST:spoiled").base is None


def test_a_day_or_moment_is_remembered_as_text():
    for when in (date(2026, 11, 24), datetime(2026, 11, 24, 15, 30)):
        assert read_when(written_when(when)) == when
    assert (written_when(None), read_when(""), read_when("x")) == ("", None, None)

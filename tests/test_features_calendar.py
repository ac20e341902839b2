import dataclasses
import itertools
import subprocess
import sys
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brokernotes.features.calendar import Alarm, CalendarItem, render_calendar, uid
from brokernotes.features.calendar_lint import lint
from brokernotes.features.calendar_text import clean_text, escape_text, one_line
from tests.examples import many
from tests.readers.sample import NAME, SHANGHAI, TODAY, at, sample_items

NEW_YORK = ZoneInfo("America/New_York")
LATER = date(2027, 3, 3)


def render(items, previous=None, **changes):
    options = {
        "name": NAME,
        "today": TODAY,
        "zone": SHANGHAI,
        "language": "zh",
        "detail": "normal",
        **changes,
    }
    return render_calendar(items, previous=previous, **options)


def showing(**changes):
    return dataclasses.replace(sample_items()[1], **changes)


def lines_of(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


def line(data, name):
    return next(each for each in lines_of(data) if each.split(":")[0].split(";")[0] == name)


def block(data, key):
    text = data.decode()
    start = text.index(f"BEGIN:VEVENT\r\nUID:{uid(key)}")
    return text[start : text.index("END:VEVENT\r\n", start)]


def parsed(data) -> Any:
    calendar: Any = icalendar.Calendar.from_ical(data)
    assert not calendar.errors
    assert not [error for event in calendar.events for error in event.errors]
    return calendar


# --- keys


def test_uid_is_the_uuid5_of_the_key_in_our_namespace() -> None:
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, "https://brokernotes.invalid/calendar")

    for key in ("C-9F3DWA/promise/3afq6m4x9", "clients/李敏.md/birthday/2027", ""):
        assert uid(key) == f"bn-{uuid.uuid5(namespace, key).hex}"


def test_uid_of_a_path_that_is_no_utf8_stands_too() -> None:
    assert len(uid("clients/\udcff.md/promise/x")) == 35


def test_two_items_with_one_key_both_stand_with_uids_of_their_own() -> None:
    data = render([showing(), showing(summary="another note with the same id"), showing()])

    assert len(parsed(data).events) == 2
    assert not lint(data)


def test_order_of_the_items_does_not_matter() -> None:
    items = sample_items()

    assert len({render(order) for order in itertools.permutations(items[:4])}) == 1


# --- what stands in the file


def test_sample_is_the_golden_file(golden) -> None:
    golden("calendar-sample.ics", render(sample_items()))


def test_sample_in_a_zone_with_summer_time_is_the_golden_file(golden) -> None:
    golden("calendar-new-york.ics", render(sample_items(), zone=NEW_YORK, language="en"))


def test_calendar_without_items_holds_its_zone_only(golden) -> None:
    data = render([])

    golden("calendar-empty.ics", data)
    assert [each.name for each in parsed(data).subcomponents] == ["VTIMEZONE"]
    assert not lint(data)


def test_header_is_what_clients_need_and_nothing_that_harms() -> None:
    calendar = parsed(render(sample_items()))

    assert calendar["PRODID"] == "-//brokernotes//ical 1//ZH"
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == NAME
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert "UID" not in calendar
    assert "METHOD" not in calendar
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Asia/Shanghai"


def test_all_day_item_lasts_its_day_and_leaves_her_free() -> None:
    text = block(render(sample_items()), "C-9F3DWA/promise/3afq6m4x9")

    assert "DTSTART;VALUE=DATE:20261121\r\nDTEND;VALUE=DATE:20261122\r\n" in text
    assert "TRANSP:TRANSPARENT\r\n" in text
    assert "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n" in text


def test_last_day_of_the_calendar_has_no_next_one() -> None:
    data = render([CalendarItem(key="k", start=date.max, summary="x")])

    assert b"DTEND" not in data
    assert not lint(data)


@pytest.mark.parametrize(
    ("day", "stamp"), [(date.min, "00010101T000000Z"), (date.max, "99991230T160000Z")]
)
def test_a_clock_at_either_end_of_time_stamps_its_items(day, stamp) -> None:
    assert f"DTSTAMP:{stamp}" in lines_of(render(sample_items(), today=day))


def test_timed_item_has_place_link_and_alarms() -> None:
    text = block(render(sample_items()), "C-9F3DWA/planned/8k2m4x9qa").replace("\r\n ", "")

    assert "DTSTART;TZID=Asia/Shanghai:20261121T143000\r\n" in text
    assert "DTEND;TZID=Asia/Shanghai:20261121T160000\r\n" in text
    assert "LOCATION:阳光花园3幢1801\\, 湖滨路18号\r\n" in text
    assert 'X-TITLE="阳光花园3幢1801, 湖滨路18号":geo:31.230416,121.473701\r\n' in text
    assert "URL:obsidian://open?vault=vault&file=clients%2F%E6%9D%8E%E6%95%8F.md\r\n" in text
    assert "TRIGGER:-PT1H\r\n" in text
    assert "TRIGGER;VALUE=DATE-TIME:20261120T123000Z\r\n" in text
    assert text.count("BEGIN:VALARM") == 2


def test_adding_an_alarm_leaves_the_uids_of_the_others() -> None:
    before = block(render([showing()]), showing().key)
    after = block(
        render([showing(alarms=(Alarm(minutes_before=15), *showing().alarms))]), showing().key
    )

    def alarm_uids(text):
        return {each for each in text.split("\r\n") if each.startswith("UID:")}

    assert alarm_uids(before) < alarm_uids(after)
    assert len(alarm_uids(after)) == 4


def test_cancelled_item_stays_and_says_so() -> None:
    assert "STATUS:CANCELLED" in block(render(sample_items()), "C-2M8XQA/planned/20261122T1000")


def test_utc_needs_no_zone_but_an_empty_calendar_holds_one() -> None:
    data = render(sample_items(), zone=ZoneInfo("UTC"))

    assert b"VTIMEZONE" not in data
    assert b"DTSTART:20261121T063000Z" in data
    assert not lint(data)
    assert not lint(render([], zone=ZoneInfo("UTC")))


def test_moment_of_another_zone_is_written_in_the_vaults() -> None:
    same = showing(start=at(21, 14, 30).astimezone(UTC), end=at(21, 16).astimezone(NEW_YORK))

    assert render([same]) == render([showing()])


def test_hour_that_comes_twice_is_written_as_utc() -> None:
    second = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK)
    item = showing(start=second - timedelta(hours=2), end=second)
    data = render([item], zone=NEW_YORK)

    assert b"DTSTART;TZID=America/New_York:20261031T233000\r\n" in data
    assert b"DTEND:20261101T063000Z\r\n" in data
    assert not lint(data)


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: Alarm(),
        lambda: Alarm(minutes_before=5, at=at(21, 9)),
        lambda: Alarm(at=datetime(2026, 11, 21, 9)),
        lambda: showing(start=datetime(2026, 11, 21, 9)),
        lambda: showing(end=at(21, 14, 30)),
        lambda: showing(start=date(2026, 11, 21)),
        lambda: showing(geo=(121.4, 31.2)),
    ],
)
def test_misuse_is_refused(misuse) -> None:
    with pytest.raises(ValueError, match=r"alarm|item|geo"):
        misuse()


# --- the same bytes again


def test_same_items_on_the_same_day_give_the_same_bytes() -> None:
    first = render(sample_items())

    assert render(sample_items(), previous=first) == first


def test_nothing_changes_on_another_day() -> None:
    first = render(sample_items())

    assert render(sample_items(), previous=first, today=LATER) == first


def test_only_the_moved_item_changes_on_another_day() -> None:
    items = sample_items()
    first = render(items)
    items[1] = showing(start=at(22, 9), end=at(22, 10))
    second = render(items, previous=first, today=LATER)

    for item in items:
        same = block(first, item.key) == block(second, item.key)
        assert same == (item is not items[1])
    changed = {
        new.split(":")[0].split(";")[0]
        for old, new in zip(lines_of(first), lines_of(second), strict=True)
        if old != new
    }
    assert changed == {
        "DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "X-BN-DIGEST", "X-BN-SUM",
    }  # fmt: skip


def test_new_item_is_stamped_with_midnight_of_the_day_in_the_vaults_zone() -> None:
    data = render([showing()])

    assert line(data, "DTSTAMP") == "DTSTAMP:20261119T160000Z"
    assert line(data, "LAST-MODIFIED") == "LAST-MODIFIED:20261119T160000Z"
    assert line(data, "SEQUENCE") == "SEQUENCE:0"
    assert line(render([showing()], zone=NEW_YORK), "DTSTAMP") == "DTSTAMP:20261120T050000Z"


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        ({"start": at(21, 14)}, 1),
        ({"end": at(21, 17)}, 1),
        ({"end": None}, 1),
        ({"location": "翠堤湾12幢301"}, 1),
        ({"cancelled": True}, 1),
        ({"location": "阳光花园3幢1801, 湖滨路18号\x00"}, 0),
        ({"summary": "带看"}, 0),
        ({"description": "☑ 鞋套"}, 0),
        ({"url": ""}, 0),
        ({"geo": None}, 0),
        ({"categories": ("复看",)}, 0),
        ({"alarms": ()}, 0),
    ],
)
def test_sequence_grows_only_when_time_status_or_place_change(change, sequence) -> None:
    first = render([showing()])
    second = render([showing(**change)], previous=first, today=LATER)

    assert line(second, "SEQUENCE") == f"SEQUENCE:{sequence}"
    assert line(second, "DTSTAMP") == "DTSTAMP:20270302T160000Z"
    assert line(second, "LAST-MODIFIED") == "LAST-MODIFIED:20270302T160000Z"


def test_sequence_goes_on_from_the_old_file() -> None:
    data = None
    for hour in range(9, 14):
        data = render([showing(start=at(21, hour))], previous=data)

    assert line(data, "SEQUENCE") == "SEQUENCE:4"


@pytest.mark.parametrize("change", [{"language": "en"}, {"detail": "full"}])
def test_other_language_or_detail_is_a_change_of_content_only(change) -> None:
    first = render([showing()])
    second = render([showing()], previous=first, today=LATER, **change)

    assert line(second, "DTSTAMP") == "DTSTAMP:20270302T160000Z"
    assert line(second, "SEQUENCE") == "SEQUENCE:0"


def test_other_zone_moves_the_written_times() -> None:
    second = render([showing()], previous=render([showing()]), zone=NEW_YORK)

    assert line(second, "SEQUENCE") == "SEQUENCE:1"


def test_texts_that_join_to_the_same_are_still_different() -> None:
    first = render([showing(categories=("a", "b"), alarms=())])
    second = render([showing(categories=("a",), url="b", alarms=())], previous=first)

    assert line(second, "CATEGORIES") == "CATEGORIES:a"


def test_item_that_left_is_gone() -> None:
    first = render(sample_items())

    assert render(sample_items()[:2], previous=first) == render(sample_items()[:2])


# --- no clock, no chance, no icalendar

PROGRAM = """
import sys
from datetime import date
from brokernotes.features.calendar import render_calendar
from tests.readers.sample import NAME, SHANGHAI, TODAY, sample_items
previous = sys.stdin.buffer.read() or None
data = render_calendar(sample_items(), name=NAME, today=TODAY, zone=SHANGHAI, language="zh",
                       detail="normal", previous=previous)
sys.stdout.buffer.write(b"icalendar" if "icalendar" in sys.modules else b"")
sys.stdout.buffer.write(data)
"""


def run(previous=b"", **environment):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=previous,
        capture_output=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path), **environment},
    )
    return done.stdout


def test_bytes_do_not_depend_on_hash_seed_time_zone_or_locale() -> None:
    expected = b"icalendar" + render(sample_items())

    assert run(PYTHONHASHSEED="1", TZ="America/New_York", LC_ALL="C") == expected
    assert run(PYTHONHASHSEED="2", TZ="Asia/Shanghai", LC_ALL="C.UTF-8") == expected


def test_icalendar_is_not_loaded_when_nothing_changed() -> None:
    first = render(sample_items())

    assert run(previous=first) == first


# --- texts

NASTY = st.text(
    st.one_of(
        st.sampled_from("\\Nn,;:\"'^%\r\n\t \x00\x07\x1b\x7f\x85\u2028\u202e\u200d👨‍👩‍👧李楼🇨🇳"),
        st.characters(),
    ),
    max_size=200,
)


@settings(max_examples=many(120), deadline=None)
@example(summary="a", description="", location="\\:", category="b", alarm="")
@given(summary=NASTY, description=NASTY, location=NASTY, category=NASTY, alarm=NASTY)
def test_any_text_comes_back_as_it_was_but_for_controls(
    summary, description, location, category, alarm
) -> None:
    data = render(
        [
            showing(
                summary=summary,
                description=description,
                location=location,
                categories=(category, "带看"),
                alarms=(Alarm(minutes_before=5, text=alarm),),
            )
        ],
        name=summary,
    )

    assert not lint(data)
    calendar = parsed(data)
    (event,) = calendar.events
    assert calendar["NAME"] == escape_text(one_line(summary))  # icalendar reads NAME raw
    assert event["SUMMARY"] == one_line(summary)
    assert event.get("DESCRIPTION", "") == clean_text(description)
    assert event.get("LOCATION", "") == one_line(location)
    assert [str(each) for each in event["CATEGORIES"].cats] == [one_line(category), "带看"]
    assert event.walk("VALARM")[0]["DESCRIPTION"] == clean_text(alarm or summary)
    pin = event.get("X-APPLE-STRUCTURED-LOCATION")
    assert pin is None or pin.params["X-TITLE"] == one_line(location)


@pytest.mark.parametrize(
    "text", ["楼" * 5000, "👨‍👩‍👧" * 700, "\\N" * 1000, " " * 300, "a" * 74 + "李"]
)
def test_long_text_is_folded_between_characters(text) -> None:
    data = render([showing(summary=text, description=text)], name=text)

    assert all(len(each) <= 75 for each in data.split(b"\r\n"))
    assert all(each.decode() is not None for each in data.split(b"\r\n"))
    assert not lint(data)
    assert parsed(data).events[0]["DESCRIPTION"] == text


def test_marks_that_turn_the_writing_round_are_left_out() -> None:
    data = render([showing(summary="带看\u202e1801\u2066\u200f")])

    assert line(data, "SUMMARY") == "SUMMARY:带看1801"


def test_link_that_is_not_percent_encoded_gets_encoded() -> None:
    data = render([showing(url="obsidian://open?vault=仓&file=a b%2Fc\r\nX-EVIL:1")])

    assert line(data, "URL") == "URL:obsidian://open?vault=%E4%BB%93&file=a%20b%2Fc%0AX-EVIL:1"
    assert not lint(data)


def test_text_that_looks_like_the_file_is_copied_too() -> None:
    text = "BEGIN:VEVENT\r\nEND:VEVENT\r\nUID:bn-0\r\n" * 4
    first = render([showing(description=text, summary="x" * 66 + "BEGIN:VEVENT")])
    second = render(
        [showing(description=text, summary="x" * 66 + "BEGIN:VEVENT")],
        previous=first,
        today=LATER,
    )

    assert first == second

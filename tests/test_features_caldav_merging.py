"""Merging: the phone's words, ticks and days survive whatever the notes change."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.caldav_merging import filed_object, merged_object, remark_of
from brokernotes.features.caldav_object import parse_object
from brokernotes.features.caldav_reading import read_item
from brokernotes.features.caldav_wanted import MARKERS
from brokernotes.light_dataclasses import replace
from tests.caldav_items import NOW, ZONE, described, on_server, wanted_item

FOREIGN = ("BEGIN:VALARM", "ACTION:NONE", "TRIGGER;VALUE=DATE-TIME:19760401T005545Z", "END:VALARM")

# Words as people and phones write them; no line of ours begins with ~.
lines_of_phone = st.lists(
    st.text("甲乙 ,;\\n:~!。🙂", min_size=1, max_size=12).map(lambda text: f"~{text}"), max_size=4
)
texts_of_notes = st.lists(
    st.sampled_from(["承诺 联系", "上次：问学区", "", "☐ 名片"]), max_size=5
).map("\n".join)
days = st.dates(date(2026, 11, 1), date(2027, 3, 1))


def merged(data, base, wanted, *, keeps_day=False):
    item = read_item(data, ZONE)
    later = NOW + timedelta(hours=1)
    return read_item(merged_object(item, base, wanted, later, ZONE, keeps_day=keeps_day), ZONE)


@given(texts_of_notes, texts_of_notes, lines_of_phone, lines_of_phone)
def test_no_word_of_the_phone_is_lost_and_none_of_ours_taken_for_one(old, new, above, below):
    before, after = wanted_item(old), wanted_item(new)
    words = described(before, "".join(f"{one}\n" for one in above), "\n".join(below))
    item = merged(on_server(before, DESCRIPTION=words), before.base, after)

    written = tuple(one.strip() for one in (*above, *below))
    assert remark_of(item.description, after.text) == written
    assert merged(item.object.render(), after.base, after).description == item.description


@given(days, days, days)
def test_a_day_is_the_side_s_that_moved_it(old, note, phone):
    before, after = wanted_item(day=old), wanted_item(day=note)
    data = on_server(before, DUE=f"DUE;VALUE=DATE:{phone:%Y%m%d}")
    is_moved = phone != old
    item = merged(data, before.base, after, keeps_day=is_moved)

    assert item.when == (phone if is_moved else note)
    assert item.base.when == (old if is_moved else note).isoformat()  # still known to be a move


@given(st.sampled_from(["STATUS:COMPLETED", "COMPLETED:20261121T010000Z", "PERCENT-COMPLETE:100"]))
def test_a_tick_in_any_spelling_stays(line):
    before = wanted_item()
    data = on_server(before, **{line.partition(":")[0].replace("-", "_"): line})
    item = merged(data, before.base, wanted_item("anders", title="x"))

    assert item.is_done
    assert item.summary == "x"


def test_what_others_wrote_into_an_item_stays_and_our_alarms_follow_the_notes():
    before = wanted_item()
    found = parse_object(on_server(before, X_APPLE_SORT='X-APPLE-SORT-ORDER;X="1":7'))
    data = replace(found, nested=(*found.nested, FOREIGN)).render()
    item = merged(data, before.base, wanted_item("neu", alarms=()))

    assert 'X-APPLE-SORT-ORDER;X="1":7' in item.object.lines
    assert item.object.nested == (FOREIGN,)


def test_only_what_a_phone_must_not_miss_counts_on():
    before = wanted_item()
    words = merged(on_server(before), before.base, wanted_item("neu"))
    moved = merged(on_server(before), before.base, wanted_item(day=date(2026, 12, 1)))

    assert (words.object.text("SEQUENCE"), moved.object.text("SEQUENCE")) == ("0", "1")
    assert words.object.text("DTSTAMP") == "20261121T020000Z"


def test_a_start_that_a_phone_gave_a_task_does_not_outlive_its_day():
    before = wanted_item()
    data = on_server(before, DTSTART="DTSTART;VALUE=DATE:20261124")
    item = merged(data, before.base, wanted_item(day=date(2026, 11, 20)))

    assert item.object.find("DTSTART") is None


def test_a_time_brings_its_zone_and_what_has_none_loses_none():
    before = wanted_item()
    lines = ("SUMMARY:x", "DUE;TZID=Asia/Shanghai:20261124T150000")
    item = merged(on_server(before), before.base, wanted_item(lines=lines, when="2026-11-24T15:00"))

    assert item.when == datetime(2026, 11, 24, 15)
    assert item.object.before.count("TZID:Asia/Shanghai") == 1


def test_text_that_lost_our_line_is_told_from_ours_and_gets_it_again():
    before = wanted_item("承诺 联系\n上次：问学区")
    data = on_server(before, DESCRIPTION="DESCRIPTION:承诺 联系\\n嫌贵\\n上次：问学区")
    item = merged(data, before.base, wanted_item("neu"))

    assert item.description == f"neu\n\n{MARKERS['zh']}\n嫌贵"


def test_without_knowing_what_we_wrote_only_what_stands_below_our_line_counts():
    assert remark_of(f"alt\n{MARKERS['en']}\n  a \r\n\r\nb", None) == ("a", "b")
    assert remark_of("obsidian://open?x\nfrei", None) == ("frei",)


def test_blank_lines_of_a_remark_stay_on_the_phone():
    before = wanted_item()
    data = on_server(before, DESCRIPTION=described(before, below="a\n\nb"))

    assert merged(data, before.base, wanted_item("neu")).description.endswith("写 ——\na\n\nb")


def test_an_item_of_the_phone_s_own_is_marked_and_else_left():
    data = on_server(wanted_item())
    item = read_item(filed_object(read_item(data, ZONE), "0abc", NOW), ZONE)

    assert item.object.text("X-BN-FILED") == "0abc"
    assert item.description == read_item(data, ZONE).description


OLD = "承诺 2026-11-24 联系\n问学区 & 车位\n\nobsidian://open?file=li"
REWRITTEN = {
    "as tags": lambda text: f"<html><body>{text.replace('&', '&amp;')}".replace("\n", "<br />"),
    "as paragraphs": lambda text: "".join(f"<p>{line}</p>" for line in text.split("\n")),
    "on one line": lambda text: text.replace("\n", " "),
    "with other dashes": lambda text: text.replace("——", "--"),
    "with carriage returns": lambda text: text.replace("\n", "\\r\n"),
    "with hard spaces": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("how", REWRITTEN)
@pytest.mark.parametrize("marker", MARKERS.values())
@pytest.mark.parametrize("remark", [(), ("嫌贵",)])
def test_a_description_that_a_program_wrote_otherwise_says_only_what_she_wrote(how, marker, remark):
    text = REWRITTEN[how](f"{OLD}\n\n{marker}\n" + "\n".join(remark))

    assert remark_of(text, OLD) == remark


def test_a_description_cut_off_at_its_end_says_nothing():
    assert remark_of(OLD[:28], OLD) == ()
    assert remark_of("承诺", OLD) == ("承诺",)  # she put this for all of it


def test_what_we_would_write_now_stands_for_what_is_not_known():
    new = OLD.replace("问学区", "问学区，车位")

    assert remark_of(f"{OLD}\n嫌贵", None, OLD) == ("嫌贵",)
    assert remark_of(f"嫌贵\n{OLD}\n{MARKERS['zh']}\n", None, OLD) == ("嫌贵",)
    assert remark_of(f"{OLD}\n{MARKERS['zh']}\n嫌贵", None, new) == ("嫌贵",)  # of an older time


def test_what_was_typed_below_other_dashes_stays_there():
    before = wanted_item()
    words = described(before, below="嫌贵\n\n再谈").replace("——", "--")
    item = merged(on_server(before, DESCRIPTION=words), before.base, wanted_item("neu"))

    assert item.description == f"neu\n\n{MARKERS['zh']}\n嫌贵\n\n再谈"

"""A calendar object as lines: what is not meant stays to the letter."""

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.caldav_object import parse_object, unescape_text, unfolded
from brokernotes.features.calendar_text import clean_text, escape_text, render_line

ITEM = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\n"
    'BEGIN:VEVENT\r\nUID:a\r\nSUMMARY;LANGUAGE=zh:带\r\n 看\r\nX-APPLE-A;X="a:b;c":1\r\n'
    "BEGIN:VALARM\r\nTRIGGER:-PT1H\r\nBEGIN:X-IN\r\nUID:deep\r\nEND:X-IN\r\nEND:VALARM\r\n"
    "STATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def test_properties_are_found_folded_or_not_and_alarms_stand_apart():
    found = parse_object(ITEM.encode())

    assert found.component == "VEVENT"
    assert (found.text("SUMMARY"), found.text("STATUS"), found.text("UID")) == (
        "带看", "CONFIRMED", "a",
    )  # fmt: skip
    assert found.find("X-APPLE-A").params == ';X="a:b;c"'
    assert len(found.nested) == 1


def test_another_line_for_one_property_leaves_the_rest_to_the_letter():
    found = parse_object(ITEM.encode()).with_lines("SUMMARY", ["SUMMARY:新"])
    again = parse_object(found.render())

    assert again.text("SUMMARY") == "新"
    assert [line for line in again.lines if not line.startswith("SUMMARY")] == [
        line for line in parse_object(ITEM.encode()).lines if not line.startswith("SUMMARY")
    ]
    assert again.nested == found.nested
    assert b"TZID:X" in found.render()


def test_of_an_item_with_exceptions_the_item_itself_is_meant():
    other = ITEM.replace("UID:a\r\n", "UID:a\r\nRECURRENCE-ID:20261121T000000Z\r\n")
    both = other.removesuffix("END:VCALENDAR\r\n") + ITEM.split("END:VTIMEZONE\r\n")[1]

    assert parse_object(both.encode()).find("RECURRENCE-ID") is None


def test_what_is_no_item_is_none():
    for data in (b"", b"\xff\xfe", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", b"BEGIN:VEVENT\r\nUID:x"):
        assert parse_object(data) is None


@given(texts)
def test_a_text_written_is_the_text_read(text):
    text = clean_text(text)
    line = render_line(f"DESCRIPTION:{escape_text(text)}")

    assert unescape_text(unfolded(line)[0].partition(":")[2]) == text

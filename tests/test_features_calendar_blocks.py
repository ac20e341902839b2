from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.features.calendar import render_calendar, uid
from brokernotes.features.calendar_blocks import HIGHEST_SEQUENCE, read_blocks, render_block
from brokernotes.features.calendar_lint import lint
from tests.examples import many
from tests.readers.sample import NAME, SHANGHAI, TODAY, sample_items

LATER = date(2027, 3, 3)


def render(previous=None, today=TODAY):
    return render_calendar(
        sample_items(),
        name=NAME,
        today=today,
        zone=SHANGHAI,
        language="zh",
        detail="normal",
        previous=previous,
    )


FRESH = render()
BODY = b"SUMMARY:x\r\n"
DIGEST = "0" * 16 + "-" + "1" * 16


def block(sequence=0, key="k"):
    return render_block(
        uid(key), stamp="20261119T160000Z", sequence=sequence, digest=DIGEST, body=BODY
    )


def calendar(*blocks):
    return b"BEGIN:VCALENDAR\r\n" + b"".join(blocks) + b"END:VCALENDAR\r\n"


def test_blocks_come_back_as_they_were_written() -> None:
    known = read_blocks(calendar(block(), block(7, key="other")))

    assert known[uid("k")].block == block()
    assert known[uid("k")].content == "0" * 16
    assert known[uid("k")].significant == "1" * 16
    assert known[uid("other")].sequence == 7


def test_of_two_blocks_with_one_uid_the_higher_sequence_counts() -> None:
    for blocks in ((block(2), block(5)), (block(5), block(2))):
        assert read_blocks(calendar(*blocks))[uid("k")].block == block(5)


@pytest.mark.parametrize(
    "touch",
    [
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.replace(b"\r\n ", b""),  # unfolded
        lambda data: data.replace(b"\r\nUID:bn-", b"\r\nUID:bn\r\n -"),  # folded elsewhere
        lambda data: data.replace(b"STATUS:CONFIRMED\r\n", b""),
        lambda data: data.replace(b"SUMMARY:", b"SUMMARY:old "),
        lambda data: data.replace(b"X-BN-SUM:", b"X-BN-SUM:f"),
        lambda data: data.replace(b"\r\nEND:VEVENT", b"\r\nX-OTHER:1\r\nEND:VEVENT"),
        lambda data: data.replace(b"BEGIN:VEVENT", b"begin:vevent"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"SUMMARY", b"summary"),
        lambda data: data.replace(b"BEGIN:VEVENT\r\n", b"<<<<<<< HEAD\r\nBEGIN:VEVENT\r\n"),
    ],
)
def test_file_another_program_rewrote_is_healed_to_the_very_bytes(touch) -> None:
    assert render(previous=touch(FRESH), today=LATER) == FRESH


def test_blocks_with_their_lines_reordered_are_healed() -> None:
    head, *events = FRESH.split(b"BEGIN:VEVENT\r\n")
    swapped = head
    for event in events:
        own, end, rest = event.partition(b"END:VEVENT\r\n")
        first, sep, alarms = own.partition(b"BEGIN:VALARM")
        lines = first.replace(b"\r\n ", b"").splitlines(keepends=True)
        swapped += b"BEGIN:VEVENT\r\n" + b"".join(reversed(lines)) + sep + alarms + end + rest

    assert render(previous=swapped, today=LATER) == FRESH


@pytest.mark.parametrize(
    "foreign",
    [
        b"",
        b"\x00" * 500,
        FRESH.decode().encode("utf-16"),
        FRESH.replace(b"X-BN-DIGEST:", b"X-OTHER:"),
        FRESH.replace(b"UID:bn-", b"UID:other-"),
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x@y\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_file_that_is_not_ours_counts_as_none(foreign) -> None:
    assert render(previous=foreign) == FRESH


def test_sequence_another_program_raised_is_kept_and_a_wrong_stamp_is_not() -> None:
    touched = FRESH.replace(b"SEQUENCE:0", b"SEQUENCE:9").replace(
        b"DTSTAMP:20261119T160000Z", b"DTSTAMP:20269999T160000Z"
    )
    data = render(previous=touched, today=LATER)

    assert data.count(b"SEQUENCE:9\r\n") == len(sample_items())
    assert data.count(b"DTSTAMP:20270302T160000Z\r\n") == len(sample_items())


@pytest.mark.parametrize("sequence", [b"-1", b"x", b"99999999999", b""])
def test_sequence_that_is_no_number_starts_anew(sequence) -> None:
    data = render(previous=FRESH.replace(b"SEQUENCE:0", b"SEQUENCE:" + sequence))

    assert data == FRESH


def test_sequence_never_grows_past_what_a_client_can_hold() -> None:
    known = read_blocks(block().replace(b"SEQUENCE:0", b"SEQUENCE:9999999999"))

    assert known[uid("k")].sequence == HIGHEST_SEQUENCE


@settings(max_examples=many(150), deadline=None)
@given(data=st.data())
def test_damage_anywhere_never_breaks_the_output(data) -> None:
    start = data.draw(st.integers(0, len(FRESH)))
    length = data.draw(st.integers(0, 400))
    junk = data.draw(st.one_of(st.binary(max_size=20), st.sampled_from([b"\n", b"\r\n", b" "])))
    damaged = FRESH[:start] + junk + FRESH[start + length :]
    healed = render(previous=damaged)

    assert not lint(healed)
    assert healed.count(b"BEGIN:VEVENT\r\n") == len(sample_items())
    assert render(previous=healed, today=LATER) == healed

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.features.calendar_lint import KINDS, lint
from tests.examples import many
from tests.readers.faulty import FAULTY, GOOD


def test_valid_calendar_is_clean() -> None:
    assert lint(GOOD) == []


@pytest.mark.parametrize("name", FAULTY)
def test_fault_is_found_at_its_line(name) -> None:
    data, code, line = FAULTY[name]

    assert (line, code) in [(each.line, each.code) for each in lint(data)]


@pytest.mark.parametrize(
    "name",
    sorted(
        FAULTY.keys()
        # these break more than one rule at once
        - {"cut-off", "unclosed-item", "end-twice", "empty-file", "html", "zone-without-name"}
        - {"item-outside", "text-before", "zone-unknown", "bare-lf", "iso-date", "date-with-time"}
    ),
)
def test_fault_makes_one_finding(name) -> None:
    assert len({each.code for each in lint(FAULTY[name][0])}) == 1


def test_every_kind_has_a_faulty_file() -> None:
    assert {code for _, code, _ in FAULTY.values()} == set(KINDS)


@pytest.mark.parametrize("name", FAULTY)
def test_message_has_a_value_for_each_of_its_places(name) -> None:
    for finding in lint(FAULTY[name][0]):
        places = {place for _, place, _, _ in string.Formatter().parse(finding.message) if place}
        assert places == set(finding.params)
        assert (finding.severity, finding.message) == KINDS[finding.code]


def test_findings_come_by_line() -> None:
    lines = [each.line for each in lint(GOOD.replace(b"DTSTAMP", b"X-STAMP").replace(b":-", b":x"))]

    assert lines == sorted(lines)
    assert len(lines) > 2


def test_lines_that_end_with_lf_are_said_once_with_their_number() -> None:
    (finding,) = lint(GOOD.replace(b"\r\n", b"\n"))

    assert finding.params == {"count": 32}


def test_one_uid_may_have_several_instances() -> None:
    instance = b"UID:one\r\nRECURRENCE-ID;VALUE=DATE:20261128"

    assert lint(GOOD.replace(b"UID:two", instance)) == []


def test_quoted_parameter_may_hold_colon_comma_and_semicolon() -> None:
    pin = 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="a; b, c: d":geo:3,4\r\nSUMMARY'

    assert lint(GOOD.replace(b"SUMMARY", pin.encode(), 1)) == []


def test_thousands_of_open_components_do_not_overflow() -> None:
    findings = lint(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000)

    assert len([each for each in findings if each.code == "unclosed"]) == 5001


@settings(max_examples=many(150), deadline=None)
@given(start=st.integers(0, len(GOOD)), length=st.integers(0, 60), junk=st.binary(max_size=30))
def test_any_bytes_can_be_judged(start, length, junk) -> None:
    for finding in lint(GOOD[:start] + junk + GOOD[start + length :]):
        assert finding.line >= 1
        assert finding.message.format_map(finding.params)

import pytest

from brokernotes.features.calendar_alarms import alarms
from brokernotes.model.rules import Quiet
from tests.calendar_rows import TODAY, day, occurrence, placed, showing

QUIET = Quiet(start=21 * 60, end=8 * 60 + 30)
DAY, MORNING = 24 * 60, 9 * 60


def minutes(found, quiet=QUIET, **more):
    (row,) = placed([found], **more).values()
    return [each.minutes_before for each in alarms(row, quiet)]


def test_a_showing_rings_an_hour_before() -> None:
    assert minutes(showing(day(1))) == [60]


@pytest.mark.parametrize(
    ("hour", "minute", "before"),
    [
        (9, 30, 60),  # rings at 08:30, when the quiet hours end
        (9, 0, 30),  # would ring at 08:00: rings at 08:30
        (8, 45, 15),
        (8, 40, 12 * 60 + 10),  # 08:30 would be too late: 20:30 the evening before
        (6, 0, 9 * 60 + 30),
        (0, 30, 4 * 60),
        (21, 59, 60),  # would ring at 20:59, before they begin
        (22, 0, 90),  # would ring at 21:00: rings at 20:30
    ],
)
def test_nobody_is_woken(hour, minute, before) -> None:
    assert minutes(showing(day(2), hour, minute)) == [before]


def test_quiet_hours_within_one_day() -> None:
    noon = Quiet(start=12 * 60, end=14 * 60)

    assert minutes(showing(day(1), 14, 30), noon) == [30]
    assert minutes(showing(day(1), 13, 0), noon) == [90]


def test_no_quiet_hours_at_all() -> None:
    assert minutes(showing(day(1), 0, 30), Quiet(start=0, end=0)) == [60]


def test_a_promised_call_rings_shortly_before_and_a_new_client_at_once() -> None:
    at = showing(day(1)).at

    assert minutes(occurrence("promise", day(1), at=at)) == [10]
    assert minutes(occurrence("first_response", day(1), at=at)) == [0]


def test_signing_rings_three_days_and_one_day_before_and_on_the_day() -> None:
    expected = [3 * DAY - MORNING, DAY - MORNING, -MORNING]

    assert minutes(occurrence("signing", day(9))) == expected
    assert minutes(occurrence("signing", day(-2))) == [-MORNING]


def test_deadlines_ring_once_on_their_day() -> None:
    for kind in ("entrustment_end", "lease_end", "planned"):
        assert minutes(occurrence(kind, day(9))) == [-MORNING]
        assert minutes(occurrence(kind, TODAY)) == [-MORNING]
        assert minutes(occurrence(kind, day(-1))) == []


def test_follow_ups_of_a_whole_day_do_not_ring() -> None:
    for kind in ("promise", "revisit", "followup", "feedback", "first_response"):
        assert minutes(occurrence(kind, day(1))) == []


def test_deadlines_do_not_ring_in_the_quiet_hours_either() -> None:
    late_riser = Quiet(start=21 * 60, end=10 * 60)

    assert minutes(occurrence("lease_end", day(9)), late_riser) == [3 * 60 + 30]


def test_what_was_called_off_does_not_ring() -> None:
    assert minutes(showing(day(1), cancelled=True)) == []


def test_a_date_at_the_end_of_time_does_not_ring() -> None:
    assert minutes(occurrence("signing", day(0).replace(9999, 12, 31))) == []

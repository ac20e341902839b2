"""What a log tells of a listing's statuses."""

import pytest

from brokernotes.features.lifecycle_log import (
    left_market,
    logged_rounds,
    logged_status,
    previous_status,
    status_changes,
)
from tests.followup_notes import TODAY, day, entry


def change(when, old, new, **more):
    return entry(when, "status", status=(old, new), **more)


def told(*entries):
    return status_changes(entries, TODAY)


def test_nothing_is_told_by_an_empty_log():
    assert told() == []
    assert logged_status([]) is None
    assert logged_rounds([]) == 1
    assert left_market([]) is None


def test_changes_stand_by_time_whatever_the_lines_order():
    found = told(
        change("11-20 10:00", "deposit", "for_sale"), change("11-18 09:00", "for_sale", "deposit")
    )

    assert [one.new for one in found] == ["deposit", "for_sale"]
    assert logged_status(found) == "for_sale"


def test_an_entry_without_a_time_stays_behind_the_one_above_it():
    found = told(
        change("11-18 09:00", "for_sale", "deposit"), change("11-18", "deposit", "for_sale")
    )

    assert [one.new for one in found] == ["deposit", "for_sale"]


def test_what_is_planned_corrected_or_still_to_come_tells_nothing():
    assert (
        told(
            change("11-18", "for_sale", "deposit", box="planned"),
            change("11-19", "for_sale", "paused", id="3ack67k2p"),
            entry("11-20", "note", corrects="3ack67k2p"),
            change("12-20", "for_sale", "paused"),
        )
        == []
    )


def test_the_status_before_a_deposit_is_found_through_the_contract():
    found = told(
        change("11-01", "sale_or_lease", "deposit"), change("11-09", "deposit", "sold_by_us")
    )

    assert previous_status(found, "sold_by_us") == "sale_or_lease"


@pytest.mark.parametrize(
    ("rescinded", "rounds"), [(True, 1), (False, 2)], ids=["called off", "sold again"]
)
def test_a_contract_called_off_begins_no_round(rescinded, rounds):
    entries = [change("11-01", "for_sale", "sold_by_us"), entry("11-09", "transfer")]
    if rescinded:
        entries[1] = entry("11-09", "rescind", reason="贷款")
    entries.append(change("11-09", "sold_by_us", "for_sale"))

    assert logged_rounds(told(*entries)) == rounds


def test_a_pause_begins_no_round():
    found = told(change("11-01", "for_sale", "paused"), change("11-09", "paused", "for_sale"))

    assert logged_rounds(found) == 1


def test_off_the_market_since_the_first_step_away():
    found = told(
        change("10-01", "for_sale", "paused"),
        change("10-09", "paused", "for_sale"),
        change("11-01", "for_sale", "deposit"),
        change("11-09", "deposit", "sold_by_us"),
    )

    left = left_market(found)
    assert left is not None
    assert left.day == day("11-01")
    assert left_market(found[:2]) is None

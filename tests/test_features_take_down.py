"""Advertisements of what is off the market are to come down the day it left."""

import pytest

from tests.followup_notes import day, derived, entry, listing


def due(*entries, status="deposit", published=("贝壳 2026-10-02", "安居客 2026-10-02"), **more):
    note = listing(*entries, status=status, published=published, **more)
    found = [one for one in derived(note).occurrences if one.kind == "take_down"]
    return {one.params["platform"]: one for one in found}


LEFT = entry("11-18 10:00", "status", status=("for_sale", "deposit"))


def test_one_line_a_platform_from_the_day_it_left():
    found = due(LEFT)

    assert sorted(found) == ["安居客", "贝壳"]
    one = found["贝壳"]
    assert (one.due, one.key) == (day("11-18"), "L-7K2PQM/take_down/贝壳-1")
    assert one.params["state"] == "deposit"
    assert not one.computed


@pytest.mark.parametrize("status", ["for_sale", "for_lease", "sale_or_lease", None])
def test_nothing_comes_down_while_it_is_offered(status):
    assert due(status=status) == {}


def test_where_the_log_does_not_tell_when_it_left_it_is_due_today_and_never_late():
    assert due()["贝壳"].undated


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("贝壳", ["安居客"]),
        ("", []),
        ("全部", []),
        ("抖音", ["安居客", "贝壳"]),
        ("贝壳 安居客", []),
    ],
)
def test_until_it_is_logged(text, left):
    assert sorted(due(LEFT, entry("11-19", "take_down", text=text))) == left


def test_what_came_down_before_it_was_published_again_is_due_again():
    down = entry("10-01", "take_down", text="贝壳")

    assert "贝壳" in due(down, LEFT)


def test_the_round_is_in_the_key():
    assert due(LEFT, round=3)["贝壳"].key.endswith("贝壳-3")

"""Entries typed by hand keep their history, whatever they are called by then."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from brokernotes.features.entry_courses import courses_of
from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import EntryRevision

FIRST = LogEntry(day=date(2026, 10, 2), verb="showing", line=9, text="客厅小")
SECOND = replace(FIRST, line=10, text="喜欢")
MINTED = replace(FIRST, line=12, id="3ecc0cccc")


def change(day, before, after):
    when = datetime.fromisoformat(f"2026-11-{day:02d}T10:00")
    known = after or before
    return EntryRevision(
        when=when, committed=when, author="王敏", email="", commit=f"{day}", path="客源/a.md",
        note="C-7K2PQM", entry=known.id, before=before, after=after,
    )  # fmt: skip


def test_two_entries_of_one_day_without_ids_are_two():
    came = [change(1, None, FIRST), change(2, None, SECOND)]

    assert courses_of([SECOND, FIRST], came) == ([[came[1]], [came[0]]], [])


def test_an_id_minted_later_changes_nothing():
    came = change(1, None, FIRST)

    assert courses_of([MINTED], [came]) == ([[came]], [])


def test_an_entry_with_an_id_is_followed_through_minting_change_and_return():
    altered = replace(MINTED, text="很大")
    course = [
        change(1, None, FIRST),
        change(2, MINTED, altered),
        change(3, altered, None),
        change(4, None, MINTED),
    ]

    assert courses_of([MINTED], course) == ([course], [])


def test_what_stands_no_more_is_among_the_others():
    course = [change(1, None, FIRST), change(2, FIRST, None)]

    assert courses_of([SECOND], course) == ([[]], [course])


@pytest.mark.parametrize("other", [replace(MINTED, id="3ecc0cccd"), replace(FIRST, text="别的")])
def test_another_entry_has_another_history(other):
    came = change(1, None, MINTED)

    assert courses_of([other], [came]) == ([[]], [[came]])

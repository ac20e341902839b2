"""What was written down long after its time."""

from datetime import date, datetime

import pytest

from brokernotes.features.late_entries import late_by, late_entries
from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import EntryRevision, FieldRevision

WRITTEN = datetime(2026, 11, 12, 10, 0)
COMMON = {"committed": WRITTEN, "author": "李航", "email": "", "path": "a.md", "note": "L-1"}


def entry(day: int, minutes: int | None = None, **more: object) -> LogEntry:
    return LogEntry(day=date(2026, 11, day), verb="call", line=1, minutes=minutes, **more)


@pytest.mark.parametrize(
    ("told", "days"),
    [
        (entry(12, 9 * 60), None),
        (entry(11, 10 * 60), None),  # exactly a day
        (entry(11, 9 * 60 + 59), 1),
        (entry(11), None),  # without a time: the end of its day
        (entry(10), 1),
        (entry(1, 600), 11),
        (entry(13), None),
        (entry(1, box="planned"), None),
        (entry(1, box="done"), 10),
    ],
)
def test_late_is_more_than_a_day_after_its_time(told, days):
    late = late_by(told, WRITTEN)

    assert (late.days if late else None) == days


def revision(**more: object) -> EntryRevision:
    values = {"when": WRITTEN, "commit": "c1", "entry": "x", "after": entry(1)} | more
    return EntryRevision(**COMMON, **values)


@pytest.mark.parametrize(
    "more",
    [{"before": entry(1)}, {"after": None}, {"is_merge": True}, {"is_start": True},
     {"after": entry(12, 600)}],
)  # fmt: skip
def test_only_what_was_first_written_then_counts(more):
    assert list(late_entries([revision(**more)])) == []
    assert len(list(late_entries([revision()]))) == 1


def test_what_came_with_its_note_was_kept_in_a_pocket():
    made = FieldRevision(**COMMON, when=WRITTEN, commit="c1", key="path", old=None, new="a.md")
    found = list(late_entries([made, revision(), revision(commit="c2")]))

    assert [one.came_with_note for one in found] == [True, False]

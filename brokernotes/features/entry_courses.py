"""What became of each entry of a log: its revisions, whatever it was called at the time.

Entries typed by hand have no id until `check --fix` mints one, and several of them may share a
day. They are told apart by what they say.
"""

from __future__ import annotations

from collections.abc import Sequence

from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import EntryRevision, Revision

Course = list[EntryRevision]  # of one entry, the oldest first


def courses_of(
    entries: Sequence[LogEntry], revisions: Sequence[Revision]
) -> tuple[list[Course], list[Course]]:
    """The course of each entry that stands, and of those that stand no more.

    Args:
        entries: of a note, as they stand.
        revisions: of that note, the oldest first.

    Returns:
        One course an entry, in their order, empty where git tells nothing; and the others.
    """
    courses = _courses(revisions)
    found = [_taken(courses, entry) for entry in entries]
    return found, courses


def _courses(revisions: Sequence[Revision]) -> list[Course]:
    courses: list[Course] = []
    by_id: dict[str, Course] = {}
    for one in revisions:
        if not isinstance(one, EntryRevision):
            continue
        course = one.entry and by_id.get(one.entry)
        if not course and one.before is not None:
            course = next((course for course in courses if _says(course, one.before)), None)
        if not course:
            course = []
            courses.append(course)
        course.append(one)
        if one.entry:
            by_id[one.entry] = course
    return courses


def _taken(courses: list[Course], entry: LogEntry) -> Course:
    """The course of an entry, which is taken out of the others."""
    for is_meant in (_is_named, _says):
        for at, course in enumerate(courses):
            if is_meant(course, entry):
                return courses.pop(at)
    return []


def _is_named(course: Course, entry: LogEntry) -> bool:
    return entry.id is not None and course[-1].entry == entry.id


def _says(course: Course, entry: LogEntry | None) -> bool:
    """Whether an entry is what a course of one without an id, or of that id, came to."""
    last = course[-1].after
    if last is None or entry is None or (last.id and entry.id and last.id != entry.id):
        return False
    is_alike = (last.day, last.minutes, last.verb) == (entry.day, entry.minutes, entry.verb)
    return is_alike and _bare(last) == _bare(entry)


def _bare(entry: LogEntry) -> LogEntry:
    return replace(entry, id=None, line=0, column=0)

"""What became of each entry of a log: its revisions, whatever it was called at the time.

Entries typed by hand have no id until `check --fix` mints one, and several of them may share a
day. They are told apart by what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    for one in revisions:
        if not isinstance(one, EntryRevision):
            continue
        named = (course for course in courses if one.entry and course[-1].entry == one.entry)
        spoken = (course for course in courses if _says(course, one.before))
        course = next(named, None) or (next(spoken, None) if one.before else None)
        if course is None:
            courses.append([one])
        else:
            course.append(one)
    return courses


def _taken(courses: list[Course], entry: LogEntry) -> Course:
    """The course of an entry, which is taken out of the others."""
    named = (at for at, one in enumerate(courses) if entry.id and one[-1].entry == entry.id)
    spoken = (at for at, one in enumerate(courses) if _says(one, entry))
    at = next(named, next(spoken, None))
    return [] if at is None else courses.pop(at)


def _says(course: Course, entry: LogEntry | None) -> bool:
    """Whether an entry is what a course of one without an id, or of that id, came to."""
    last = course[-1].after
    if last is None or entry is None or (last.id and entry.id and last.id != entry.id):
        return False
    return _bare(last) == _bare(entry)


def _bare(entry: LogEntry) -> LogEntry:
    return replace(entry, id=None, line=0, column=0)

"""What a note said on an earlier day, and who made it, as its history tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from brokernotes.model.revisions import FieldRevision, Plain, Revision, Typed


def value_on(revisions: Sequence[Revision], key: str, day: date) -> Plain:
    """The value a field had at the end of a day.

    A note is often committed, or imported, after what it tells of; before its first commit it
    counts as saying what it said then.

    Args:
        revisions: of the note, the oldest first.
        key: of the field.
        day: in the vault's zone.

    Returns:
        None: it was not set, or could not be read.
    """
    steps = [one for one in revisions if isinstance(one, FieldRevision) and one.key == key]
    until = [one for one in steps if one.when.date() <= day]
    if until:
        return _readable(until[-1].new)
    if not steps:
        return None
    first = steps[0]
    was_there = first.commit == revisions[0].commit
    return _readable(first.new if was_there else first.old)


def _readable(value: Plain) -> Plain:
    return None if isinstance(value, Typed) else value


def made_by(revisions: Sequence[Revision], created: date | None) -> str | None:
    """Email of who committed a note first.

    Args:
        revisions: of the note, the oldest first.
        created: the day the note says it was made; a commit on another day, such as of a whole
            vault that is imported, says nothing of who made it.

    Returns:
        None: nobody knows.
    """
    first = next((one for one in revisions if isinstance(one, FieldRevision)), None)
    if first is None or not first.is_new_note or first.is_start or first.commit is None:
        return None
    if created is not None and abs((first.when.date() - created).days) > 1:
        return None
    return first.email or None

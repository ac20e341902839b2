"""`KEY=VALUE` as typed on the command line, and what is said when it cannot be read."""

from __future__ import annotations

import re

from brokernotes.errors import ArgumentError, FieldError, UsageError
from brokernotes.features.spoken_numbers import hint_of_share
from brokernotes.language import N_
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.problems import PROBLEMS
from brokernotes.model.schema import Field, Schema
from brokernotes.model.source_text import narrow
from brokernotes.notes.convert import likely_word

__all__ = ["ArgumentError", "Assignment", "find_row", "parse_assignment", "refused_value"]

_SHAPE = lazy_pattern(r"\s*([^=]*?)\s*(\+=|-=|=)\s*(.*?)\s*", re.DOTALL)


class Assignment(NamedTuple):
    """One `KEY=VALUE`.

    Attributes:
        typed: the whole argument.
        key: as typed.
        operator: `=`, `+=` (add to a list) or `-=` (take from it).
        value: as typed, without spaces around it; empty: to be cleared.
        offset: of the value in `typed`.
    """

    typed: str
    key: str
    operator: str
    value: str
    offset: int


def parse_assignment(typed: str) -> Assignment:
    """Read one `KEY=VALUE`, `KEY+=VALUE`, `KEY-=VALUE` or `KEY=`.

    Args:
        typed: the argument; full-width signs are read.

    Raises:
        UsageError: it has no `=`, or nothing before it.
    """
    found = _SHAPE.fullmatch(narrow(typed))
    if not found or not found[1]:
        raise UsageError(
            N_("{argument} is not KEY=VALUE"),
            hint=N_("Write the key, `=` and the value, such as price=598; `KEY=` clears it."),
            argument=typed,
        )
    start, end = found.span(3)
    return Assignment(typed, typed[slice(*found.span(1))], found[2], typed[start:end], start)


def find_row(assignment: Assignment, note_type: str, schema: Schema) -> Field:
    """The field an assignment means.

    Raises:
        ArgumentError: notes of this type have no such field.
    """
    row = schema.find_field(note_type, assignment.key)
    if row is not None:
        return row
    words = [word for one in schema.fields(note_type).values() for word in (one.key, one.zh)]
    likely = likely_word(assignment.key, words)
    start = assignment.typed.find(assignment.key)
    raise ArgumentError(
        N_("{type} notes have no field {key}"),
        assignment.typed,
        (start, start + len(assignment.key)),
        hint=N_("Did you mean {likely}?") if likely else "",
        type=note_type,
        key=assignment.key,
        likely=likely,
    )


def refused_value(
    assignment: Assignment, error: FieldError, note_type: str | None = None
) -> ArgumentError:
    """What is said of a value that cannot be read.

    Args:
        assignment: it stands in.
        error: what is wrong; its positions are in the value.
        note_type: of the note; None: it is no field of a note.
    """
    start = assignment.offset + error.offset
    end = len(assignment.typed.rstrip()) if error.length is None else start + error.length
    params = {"value": assignment.value, **error.params, "key": assignment.key}
    params["type"] = note_type or "log"
    message, hint = _words(error.code)
    hint = hint_of_share(error, assignment.value) or hint
    for name, param in params.items():
        if isinstance(param, list | tuple):
            params[name] = " · ".join(str(one) for one in param)
    return ArgumentError(
        message, assignment.typed, (start, max(end, start + 1)), hint=hint, **params
    )


def _words(code: str) -> tuple[str, str]:
    if code == "time-ambiguous":  # in a note it is read with a warning; here it is not used
        hint = N_("Write two digits for the hour, such as 15:00, or say 上午 or 下午.")
        return N_("{key}: “{value}” does not say which half of the day"), hint
    if code == "bad-date":
        hint = N_("Say a day such as 2026-08-20, 8月20日, 下周三, next wednesday or +3d.")
        return PROBLEMS[code].message, hint
    if code == "bad-time":  # a span, which the log has, is no moment
        return PROBLEMS[code].message, N_("Say the hour, such as 14:30, 下午2点半 or 3pm.")
    if code == "date-ambiguous":
        hint = N_("Write the month in words or the year first: 8月9日, Aug 9, 2026-08-09.")
        return N_("{key}: “{value}” may be two days"), hint
    if code == "unset-word":
        return N_("{key}: “{value}” is no value"), N_("Write `{key}=` to leave it empty.")
    kind = PROBLEMS[code]
    return kind.message, kind.hint

"""What a key of a query is in SQL: a column of the index, or what follows from some of them."""

from __future__ import annotations

from brokernotes.model.grading import LEAST_POINTS, POINTS, USUAL_POINTS
from brokernotes.model.query_keys import COMPUTED, is_derived
from brokernotes.model.schema import Field

_OF_NOTE = {"id": "note.id", "type": "note.type", "title": "note.title"}


def column(row: Field) -> str:
    """The value of a field as an SQL expression over `note` and, as `t`, its type's table.

    A list is JSON; what is not set is NULL. Only names of the field table become text of the
    statement: a brokerage's own are ASCII letters, digits and `_`.
    """
    if row.key in _OF_NOTE:
        return _OF_NOTE[row.key]
    if is_derived(row):
        if row.key in COMPUTED:
            return f"computed('{row.key}', note.path)"
        return _DERIVED[row.key]
    return f't."{row.key}"'


def _client_grade() -> str:
    points = " + ".join(
        f"CASE t.{key} "
        + " ".join(f"WHEN '{value}' THEN {worth}" for value, worth in table.items())
        + f" ELSE {USUAL_POINTS} END"
        for key, table in POINTS
    )
    steps = " ".join(f"WHEN {points} >= {least} THEN '{grade}'" for grade, least in LEAST_POINTS)
    return f"coalesce(t.grade_override, CASE {steps} END)"


_DERIVED = {
    "path": "note.path",
    "text": "NULL",
    "links": (
        "nullif((SELECT json_group_array(DISTINCT link.target) FROM link"
        " WHERE link.n = note.n), '[]')"
    ),
    "problems": (
        "(SELECT count(*) FROM problem WHERE problem.n = note.n AND NOT is_off(problem.code))"
    ),
    "problem": (
        "nullif((SELECT json_group_array(DISTINCT problem.code) FROM problem"
        " WHERE problem.n = note.n AND NOT is_off(problem.code)), '[]')"
    ),
    "last_contact": (
        "coalesce((SELECT max(json_extract(occurrence.data, '$.last_contact')) FROM occurrence"
        " WHERE occurrence.n = note.n), (SELECT day FROM contact WHERE contact.n = note.n))"
    ),
    "layout": "t.bedrooms || '室' || ifnull(t.living_rooms || '厅', '')",
    "grade": _client_grade(),
}

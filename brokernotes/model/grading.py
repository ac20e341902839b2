"""A client's grade: what urgency, motivation, money and cooperation add up to (seed)."""

from __future__ import annotations

# By field the ids that count 3 and 1; everything else, unknown included, counts 2.
POINTS: tuple[tuple[str, dict[str, int]], ...] = (
    ("urgency", {"high": 3, "low": 1}),
    ("motivation", {"strong": 3, "weak": 1}),
    ("budget_ready", {"ready": 3, "gathering": 1}),
    ("cooperation", {"anytime": 3, "hard": 1}),
)
USUAL_POINTS = 2
# The least points of a grade, the best first.
LEAST_POINTS = (("A", 11), ("B", 9), ("C", 6), ("D", 0))


def grade_of_points(points: int) -> str:
    """A–D."""
    return next(grade for grade, least in LEAST_POINTS if points >= least)

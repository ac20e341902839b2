"""The catalogue of problems: one code, one message, wherever it is found.

Codes are stable: rules name them to change a severity, programs bind to them.
`docs/problems.md` is generated from this catalogue and from the gallery under
`tests/problems/`.
"""

from __future__ import annotations

import functools

from brokernotes.errors import Position, Problem
from brokernotes.model.problems.kinds import ProblemKind, all_kinds

__all__ = ["PROBLEMS", "ProblemKind", "problem"]

PROBLEMS: dict[str, ProblemKind]


@functools.cache
def _problems() -> dict[str, ProblemKind]:
    return {kind.code: kind for kind in all_kinds()}


def __getattr__(name: str) -> dict[str, ProblemKind]:
    """`PROBLEMS`, by code; most commands meet no problem and need not load it."""
    if name == "PROBLEMS":
        return _problems()
    raise AttributeError(name)


def problem(code: str, position: Position, /, **params: object) -> Problem:
    """A problem of a catalogued code, with that code's severity.

    Raises:
        KeyError: the code is not catalogued.
    """
    return Problem(position, code, params, _problems()[code].severity)

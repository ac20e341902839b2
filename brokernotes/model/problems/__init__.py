"""The catalogue of problems: one code, one message, wherever it is found.

Codes are stable: rules name them to change a severity, programs bind to them.
`docs/problems.md` is generated from this catalogue and from the gallery under
`tests/problems/`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from brokernotes.errors import Position, Problem

if TYPE_CHECKING:
    from brokernotes.model.problems.kinds import ProblemKind

__all__ = ["PROBLEMS", "ProblemKind", "problem"]

PROBLEMS: dict[str, ProblemKind]


@functools.cache
def _problems() -> dict[str, ProblemKind]:
    from brokernotes.model.problems.kinds import all_kinds

    return {kind.code: kind for kind in all_kinds()}


def __getattr__(name: str) -> Any:
    """`PROBLEMS`, by code; most commands meet no problem and need not load what it takes."""
    if name == "PROBLEMS":
        return _problems()
    if name == "ProblemKind":
        from brokernotes.model.problems.kinds import ProblemKind

        return ProblemKind
    raise AttributeError(name)


def problem(code: str, position: Position, /, **params: object) -> Problem:
    """A problem of a catalogued code, with that code's severity.

    Raises:
        KeyError: the code is not catalogued.
    """
    return Problem(position, code, params, _problems()[code].severity)

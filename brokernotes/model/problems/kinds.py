"""What the catalogue knows of one code, and the rooms the codes stand in."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from brokernotes.errors import Severity
from brokernotes.light_dataclasses import dataclass

ROOMS = (
    "frontmatter", "notes", "values", "log", "vault", "rules", "sharing", "publishing", "history",
    "deals",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemKind:
    """One kind of problem.

    Attributes:
        code: lower-case words joined by `-`.
        severity: what it counts as unless the rules say otherwise.
        message: English source string; its `{name}` places are the problem's params.
        hint: what to do, likewise; empty when the message says it all.
        likely: the hint where the param `likely` names what was probably meant.
        fixable: whether `check --fix` mends it, where what was meant is certain.
        asked: whether it does so only for `--only CODE`, since something is given up.
        about: why it matters, for the documentation.
        origin: the law or rule behind it, source string; empty: it needs none.
        option: of `check`, without which it is not asked; empty: always.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    likely: str = ""
    fixable: bool = False
    asked: bool = False
    about: str
    origin: str = ""
    option: str = ""


def all_kinds() -> Iterator[ProblemKind]:
    """Every kind, room by room."""
    for room in ROOMS:
        yield from import_module(f"brokernotes.model.problems.{room}").KINDS

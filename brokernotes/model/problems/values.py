"""Problems of values."""

from __future__ import annotations

from brokernotes.model.problems.kinds import ProblemKind

KINDS: tuple[ProblemKind, ...] = ()

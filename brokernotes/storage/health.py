"""What `doctor` finds: each a sentence, how bad it is, and the mend."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from brokernotes.light_dataclasses import dataclass, field


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"  # good to know; nothing fails
    TROUBLE = "trouble"  # something fails, or will


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        area: what it belongs to, such as `git`.
        code: stable, for programs.
        level: how much it matters.
        message: English source string with `{name}` places.
        mend: what to type or do, likewise; empty: nothing.
        params: what stands in the places.
    """

    area: str
    code: str
    level: Level
    message: str
    mend: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class Report:
    """Collects the findings of one area.

    Args:
        area: their name.
    """

    def __init__(self, area: str) -> None:
        self.area = area
        self.findings: list[Finding] = []

    def ok(self, code: str, message: str, /, **params: object) -> None:
        """Something is as it should be."""
        self.findings.append(Finding(self.area, code, Level.OK, message, "", params))

    def note(self, code: str, message: str, mend: str = "", /, **params: object) -> None:
        """Something is good to know."""
        self.findings.append(Finding(self.area, code, Level.NOTE, message, mend, params))

    def trouble(self, code: str, message: str, mend: str, /, **params: object) -> None:
        """Something fails, or will."""
        self.findings.append(Finding(self.area, code, Level.TROUBLE, message, mend, params))

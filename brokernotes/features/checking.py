"""What is wrong in one note, and in the vault as a whole."""

from __future__ import annotations

from datetime import date

from brokernotes.errors import Problem
from brokernotes.model.rules import Rules
from brokernotes.notes.note import Note


def check_note(note: Note, rules: Rules, today: date) -> tuple[list[Problem], date | None]:
    """Check one note beyond what reading it already found.

    Args:
        note: as read.
        rules: of the brokerage.
        today: for what depends on it.

    Returns:
        The problems, and the day from which they must be asked again.
    """
    return [], None

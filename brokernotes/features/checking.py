"""What is wrong in one note, and in the vault as a whole: the lists of checks, run."""

from __future__ import annotations

from datetime import date

from brokernotes.errors import Problem
from brokernotes.features.card_checks import check_cards
from brokernotes.features.note_checks import CHECKS, DATED_CHECKS
from brokernotes.features.vault_checks import VAULT_CHECKS, VaultFacts
from brokernotes.model.rules import Rules
from brokernotes.notes.note import Note


def check_note(note: Note, rules: Rules, today: date) -> tuple[list[Problem], date | None]:
    """Check one note beyond what reading it already found.

    Args:
        note: as read.
        rules: of the brokerage.
        today: for what depends on it.

    Returns:
        The problems, and the day from which they must be asked again; None: they stand
        until the note changes.
    """
    problems = check_cards(note)
    type_ = note.record.type
    for check in CHECKS[type_]:
        problems.extend(check(note))
    stale: date | None = None
    for dated in DATED_CHECKS[type_]:
        found, day = dated(note, today)
        problems.extend(found)
        if day is not None and (stale is None or day < stale):
            stale = day
    if type_ == "deal":
        from brokernotes.features.deal_checks import check_deal

        found, day = check_deal(note, rules, today)
        problems.extend(found)
        stale = min((one for one in (stale, day) if one is not None), default=None)
    return problems, stale


def check_vault(facts: VaultFacts) -> list[Problem]:
    """Check what no single note shows.

    Args:
        facts: as fetched from the index and the journal.
    """
    return [found for check in VAULT_CHECKS for found in check(facts)]

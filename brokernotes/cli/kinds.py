"""The kinds of notes as people name them."""

from __future__ import annotations

from brokernotes.errors import UsageError
from brokernotes.language import N_
from brokernotes.model.schema import NOTE_TYPES, find_note_type


def parse_kind(word: str) -> str:
    """The type of note a word names.

    Raises:
        UsageError: none.
    """
    found = find_note_type(word)
    if found is None:
        raise UsageError(
            N_("{word} is no kind of note: say one of {kinds}"),
            word=word,
            kinds=" · ".join(f"{kind.id} {kind.words[2]}" for kind in NOTE_TYPES),
        )
    return found

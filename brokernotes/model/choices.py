"""A value of a vocabulary: an id for programs, a Chinese and an English word for people.

Any of the three is read, case aside.
"""

from __future__ import annotations

from brokernotes.light_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a vocabulary.

    Attributes:
        id: what JSON, the index and the rules say.
        zh: what a Chinese vault says.
        en: what an English vault says.
        words: other spellings that are read.
    """

    id: str
    zh: str
    en: str
    words: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The word a vault of this language writes."""
        return self.zh if language == "zh" else self.en

    def spellings(self) -> tuple[str, ...]:
        """Everything that is read as this value."""
        return (self.id, self.zh, self.en, *self.words)


def choices(table: str) -> tuple[Choice, ...]:
    """Read `id zh en` lines; further words follow, `_` stands for a space in English."""
    rows = (line.split() for line in table.strip().splitlines())
    return tuple(
        Choice(row[0], row[1], row[2].replace("_", " "), tuple(row[3:])) for row in rows if row
    )

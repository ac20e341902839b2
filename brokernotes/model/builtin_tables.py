"""The field table and the words this program knows without being told, loaded when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brokernotes.model.choices import Choice
    from brokernotes.model.schema import Field
    from brokernotes.model.verbs import LogKey, Verb

Vocabularies = Mapping[str, tuple["Choice", ...]]


class BuiltinTables:
    """The tables that a `Schema` answers from. A brokerage's own are over it (`notes.rulebook`).

    Short commands ask for few of them, and making two hundred fields and a thousand words takes
    as long as their work.
    """

    def fields(self) -> Iterable[Field]:
        """Every row of the field table, one for each type of note."""
        from brokernotes.model.fields import FIELDS

        return FIELDS

    def closed(self) -> Vocabularies:
        """Values of the enums by vocabulary."""
        from brokernotes.model.enums import CLOSED

        return CLOSED

    def open(self) -> Vocabularies:
        """Values of the terms by vocabulary."""
        from brokernotes.model.terms import OPEN

        return OPEN

    def verbs(self) -> Iterable[Verb]:
        """Verbs of the log."""
        from brokernotes.model.verbs import VERBS

        return VERBS

    def log_keys(self) -> Iterable[LogKey]:
        """Keys of the log's fields."""
        from brokernotes.model.verbs import LOG_KEYS

        return LOG_KEYS

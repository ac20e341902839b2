"""Edits of notes while a change of status is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from brokernotes.features.lifecycle_scene import Aim, Scene, Told
from brokernotes.language import language
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.records import LogEntry, Record


class NoteEdit(NamedTuple):
    """What becomes of one note.

    Attributes:
        ref: of the note.
        sets: keys and values, as somebody would type them; an empty value clears.
        entries: appended to its log, without ids.
    """

    ref: str
    sets: tuple[tuple[str, str], ...] = ()
    entries: tuple[LogEntry, ...] = ()


@dataclass(slots=True)
class Work:
    """Edits by note while they are worked out."""

    aim: Aim
    scene: Scene
    told: Told
    sets: dict[str, dict[str, str]] = field(default_factory=dict)
    entries: dict[str, list[LogEntry]] = field(default_factory=dict)

    def set(self, record: Record, key: str, value: str) -> None:
        """Give a field another value; an empty one clears it."""
        self.sets.setdefault(record.ref, {})[key] = value
        self.entries.setdefault(record.ref, [])

    def log(self, record: Record, verb: str, links: Sequence[Record] = (), **said: Any) -> None:
        """Append an entry: `text`, `fields`, `children` and `agent` as `LogEntry` has them."""
        at = self.told.at
        said.setdefault("agent", self.told.agent)
        entry = LogEntry(
            day=at.day,
            minutes=at.minutes,
            verb=verb,
            line=0,
            links=tuple(one.name for one in links),
            **said,
        )
        self.entries.setdefault(record.ref, []).append(entry)

    def say(self, message: str, **params: object) -> str:
        """A sentence in the vault's language, as entries say it."""
        return language(self.scene.language).text(message, **params)

    @property
    def day(self) -> str:
        """On which it happens."""
        return self.told.at.day.isoformat()

    def edits(self) -> list[NoteEdit]:
        """One edit a note, in the order they were begun."""
        refs = dict.fromkeys((*self.sets, *self.entries))
        return [
            NoteEdit(
                ref,
                tuple(self.sets.get(ref, {}).items()),
                tuple(self.entries.get(ref, ())),
            )
            for ref in refs
        ]

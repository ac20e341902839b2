"""What a note says, as values: what the features work on.

One `Record` serves the five types of note: its values are keyed by the field
table, so a field that a brokerage adds is as good as a built-in one and no field
is declared twice (`docs/decisions.md`). The getters give the types back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from brokernotes.light_dataclasses import dataclass, field

# A value by its field's kind: text, enum and term ids, links and phones are str;
# a link is its target as typed, without brackets, alias and heading.
Scalar = str | int | float | bool | date | datetime
Value = Scalar | tuple[Scalar, ...]
Values = Mapping[str, Value]

_NUMBERS = (int, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One entry of a note's log.

    Attributes:
        day: when.
        minutes: since midnight; None: no time given.
        box: `planned`, `done`, `cancelled`, or None: it happened.
        verb: id of its verb, `""` for a tasks-plugin line without one.
        id: of the entry, lower case; None: typed by hand and not yet minted.
        agent: who wrote it, as typed after `@`; None: the note's own agent.
        links: targets as typed, in order.
        fields: by log key id; other Dataview keys by their own name as text. A moment taken
            back (`[下次:: 无]`) is `none`, a change of status the two ids.
        text: what stands beside, as shown to people. Links before its first word are not
            repeated in it; later ones are, by their alias.
        children: the lines under it, verbatim.
        line: 1-based, of its first line.
        column: where its date begins.
        duration: minutes, from a time range; the field `duration` otherwise.
    """

    day: date
    verb: str
    line: int
    minutes: int | None = None
    box: str | None = None
    id: str | None = None
    agent: str | None = None
    links: tuple[str, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    children: tuple[str, ...] = ()
    column: int = 1
    duration: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is planned and still to do."""
        return self.box == "planned"

    @property
    def is_happened(self) -> bool:
        """Whether it took place: no box, or ticked."""
        return self.box is None or self.box == "done"

    @property
    def said(self) -> str:
        """The text as people read it alone: without what joined it to a link before it."""
        return self.text.lstrip(" ，,、。；;:：")

    @property
    def stamp(self) -> str:
        """`20260820T1430`, or `20260820`: what stands for the id of an entry without one."""
        day = self.day.strftime("%Y%m%d")
        if self.minutes is None:
            return day
        return f"{day}T{self.minutes // 60:02d}{self.minutes % 60:02d}"

    @property
    def moment(self) -> tuple[date, int]:
        """Sorts entries by time; an entry without one stands at the end of its day."""
        return self.day, 24 * 60 if self.minutes is None else self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One note as values.

    Attributes:
        path: relative to the vault, with `/`.
        type: one of the five note types.
        id: of the note; None: not minted yet.
        values: by key; a key that is absent is unset or unreadable.
        invalid: keys whose value could not be read.
        entries: of the log, in the file's order.
    """

    path: str
    type: str
    id: str | None
    values: Values
    entries: tuple[LogEntry, ...] = ()
    invalid: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The id, else the path: what stands for the note in keys."""
        return self.id or self.path

    @property
    def name(self) -> str:
        """The file's name without folder and `.md`: what links say."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def title(self) -> str:
        """What people call it: the title, else the name without a trailing id."""
        title = self.values.get("title")
        if isinstance(title, str) and title:
            return title
        if self.id and self.name.endswith("-" + self.id[2:]):
            return self.name[: -len(self.id) + 1]
        return self.name

    def text(self, key: str) -> str | None:
        """A text, enum id, term, link or phone; the first of a list."""
        value = self.values.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            value = value[0] if value else None
        return value if isinstance(value, str) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of the same, empty when unset."""
        value = self.values.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, tuple):
            return tuple([item for item in value if isinstance(item, str)])
        return ()

    def number(self, key: str) -> int | float | None:
        """A number in its field's unit."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return None
        return value if isinstance(value, _NUMBERS) else None

    def day(self, key: str) -> date | None:
        """A date; of a datetime its day."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    def moment(self, key: str) -> date | datetime | None:
        """A datetime in the vault's zone, without offset, or the bare date that was given."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def flag(self, key: str) -> bool:
        """A yes or no; unset is no."""
        return self.values.get(key) is True

"""The facts of a dispute, as values: entries, their commits, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from brokernotes.features.late_entries import late_by
from brokernotes.features.roles import Role
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.records import LogEntry
from brokernotes.model.roles import FIRST_SHOWING_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit, as far as it bears on an entry.

    Attributes:
        id: its full id; None: what it says is not committed yet.
        when: the author's clock; committed: the committer's. Both in the vault's zone.
        committed: see `when`.
        author: name.
        email: of the author.
        by_tool: whether a command of this program made it.
        made_note: whether the same commit brought the whole note, as an import does.
        is_start: whether history begins there, so that who made it is not known.
    """

    id: str | None
    when: datetime
    committed: datetime
    author: str = ""
    email: str = ""
    by_tool: bool = False
    made_note: bool = False
    is_start: bool = False

    @property
    def is_known(self) -> bool:
        """Whether git says when it was made: it is committed, within this copy's history."""
        return self.id is not None and not self.is_start


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """What became of an entry after it was first committed.

    Attributes:
        commit: that did it.
        old: its lines before.
        new: its lines after; None: it was removed.
    """

    commit: Commit
    old: str
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry that bears on the dispute.

    Attributes:
        note: id of the note it stands in, else its path.
        title: of that note.
        ref: of the entry in it: its id, else its stamp.
        entry: as it stands now; as it stood last, where it is gone.
        agent: id of whose it is; a name where there is no such note; "": nobody's.
        is_named: whether the entry names the agent by `@`; else it is counted as theirs whose
            the note was that day.
        state: `stands`, `planned`, `cancelled`, `corrected`, `tombstone` or `gone`.
        joins: whether it joins client and listing; else it is a contact with the client alone.
        first: the commit that first had it; None: not known.
        alterations: what became of it later, the oldest first.
    """

    note: str
    title: str
    ref: str
    entry: LogEntry
    agent: str = ""
    is_named: bool = False
    state: str = "stands"
    joins: bool = True
    first: Commit | None = None
    alterations: tuple[Alteration, ...] = ()

    @property
    def typed(self) -> datetime:
        """The moment that was typed; a day without a time counts as its end."""
        day = self.entry.day
        start = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # in the vault's zone
        minutes = 24 * 60 if self.entry.minutes is None else self.entry.minutes
        return start + timedelta(minutes=minutes)

    @property
    def late(self) -> timedelta | None:
        """How long after it git first had it, where that makes it 补录; None: it is none."""
        if self.first is None or not self.first.is_known:
            return None
        return late_by(self.entry, self.first.committed)

    @property
    def is_uncommitted(self) -> bool:
        """Whether only the file has it, not git."""
        return self.first is not None and self.first.id is None

    @property
    def counts(self) -> bool:
        """Whether it stands and took place."""
        return self.state == "stands" and self.entry.is_happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """When a note came into being, as git knows it.

    Attributes:
        note: id, else path.
        title: of the note.
        created: what the note itself says.
        commit: that brought it; None: git does not know.
    """

    note: str
    title: str
    created: date | None
    commit: Commit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything at once.

    Attributes:
        items: every entry that joins the two, by the moment that was typed, gone ones included.
        contact: the first contact that reached the client, about whatever it was, as typed.
        showing: the first showing of the listing to the client, as typed.
        contact_in_git: the contact that git had first, where that is another one.
        showing_in_git: the showing that git had first, where that is another one.
        slips: entries with the number of a signed slip, by time.
        made: when the notes were made.
        roles: by role id.
        showing_days: how long a first showing is worth its role.
        has_history: whether git could be asked.
    """

    items: tuple[Item, ...]
    contact: Item | None = None
    showing: Item | None = None
    contact_in_git: Item | None = None
    showing_in_git: Item | None = None
    slips: tuple[Item, ...] = ()
    made: tuple[Made, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    showing_days: int = FIRST_SHOWING_DAYS
    has_history: bool = False

    @property
    def late(self) -> tuple[Item, ...]:
        """Those written more than a day after what they tell."""
        return tuple(item for item in self.items if item.late is not None)

    @property
    def altered(self) -> tuple[Item, ...]:
        """Those that were changed or removed after they were committed."""
        return tuple(item for item in self.items if item.alterations)

"""What became of a note: one change of a field or of a log entry, and who made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.records import LogEntry, Value

# A value as JSON has it: text, number, yes or no, a list of such; dates as ISO text.
Plain = str | int | float | bool | Sequence["Plain"] | Mapping[str, "Plain"] | None

PATH = "path"  # of the note's file: None before it was made and after it was deleted
BODY = "body"  # what stands outside front matter and log: the lines that went and that came


class Typed(str):
    """A value as it was typed, which could not be read as its field's kind."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What every change has.

    Attributes:
        when: the author's clock, in the vault's zone; of what is not committed, when the file was
            last written.
        committed: the committer's clock; it differs where a commit was made anew.
        author: name; empty where this is not known, as in a clone that lacks older commits.
        email: of the author.
        commit: its full id; None: not committed yet.
        operation: id of the command's operation; None: by hand, or by another program.
        subject: first line of the commit's message.
        path: of the note after the change, before it where it was deleted.
        note: its id; None: it had none.
        is_merge: whether a merge did it, beyond what the branches had done.
        is_start: whether it stood so where this clone's history begins: nobody knows since when.
    """

    when: datetime
    committed: datetime
    author: str
    email: str
    commit: str | None
    operation: str | None = None
    subject: str = ""
    path: str
    note: str | None = None
    is_merge: bool = False
    is_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRevision(Revision):
    """One field got another value.

    Attributes:
        key: of the field table; as spelled where it is unknown there. `path` and `body` besides.
        old: as JSON has it; None: it was not set; `Typed`: it could not be read.
        new: likewise.
    """

    key: str
    old: Plain
    new: Plain

    @property
    def is_new_note(self) -> bool:
        """Whether it says that the note was made."""
        return self.key == PATH and self.old is None

    @property
    def is_deleted_note(self) -> bool:
        """Whether it says that the note was deleted."""
        return self.key == PATH and self.new is None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRevision(Revision):
    """One log entry came, changed or went.

    Attributes:
        entry: its id; None: it had none.
        before: as read; None: it was not there.
        after: likewise; None: it is gone.
        old: its lines as they stood.
        new: likewise.
    """

    entry: str | None
    before: LogEntry | None = None
    after: LogEntry | None = None
    old: str | None = None
    new: str | None = None

    @property
    def is_removed(self) -> bool:
        """Whether the entry is gone."""
        return self.after is None

    @property
    def ref(self) -> str:
        """Its id, else its stamp."""
        known = self.after or self.before
        return self.entry or (known.stamp if known else "")


@dataclass(slots=True)
class Changes:
    """What one commit did to one note.

    Attributes:
        fields: key, value before, value after.
        entries: id, lines before, lines after.
    """

    fields: list[tuple[str, Plain, Plain]] = field(default_factory=list)
    entries: list[tuple[str | None, str | None, str | None]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.entries)


def plain_value(value: Value) -> Plain:
    """A value of a record as JSON has it."""
    if isinstance(value, tuple):
        return [plain_value(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes" if not value.second else "seconds")
    return value.isoformat() if isinstance(value, date) else value

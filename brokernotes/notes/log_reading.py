"""What reading a note's body gives, and what its entries are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.records import LogEntry
from brokernotes.notes.block import Finding
from brokernotes.notes.links import LinkUse


@dataclass(frozen=True, slots=True)
class Section:
    """One log section.

    Attributes:
        line: 1-based, of its heading.
        end: 1-based, of its last line that is not blank; the heading's when there is none.
        is_empty: whether nothing stands in it.
        follower: 1-based, of the heading that ends it; None: the end of the note does.
    """

    line: int
    end: int
    is_empty: bool
    follower: int | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that should not stand in a finished note, such as a conflict marker.

    Attributes:
        line: 1-based.
        column: 1-based.
        end_column: one past its last code point.
        text: as it stands there.
    """

    line: int
    column: int
    end_column: int
    text: str


@dataclass(slots=True)
class LogReading:
    """What a body says.

    Attributes:
        entries: of all log sections, in the file's order.
        findings: about the log.
        links: of the whole body, outside code and comments.
        sections: log sections in order.
        spans: first and last line of each entry, children included; 1-based, as `entries`.
        conflicts: merge conflict markers, wherever they stand.
        leftovers: template code outside code blocks.
        unclosed: line of a block that is never closed; None: all are.
        hidden_heading: line of a log heading inside a block; None: there is none.
    """

    entries: list[LogEntry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    links: list[LinkUse] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    conflicts: list[Leftover] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    unclosed: int | None = None
    hidden_heading: int | None = None


def entry_refs(entries: Iterable[LogEntry]) -> list[str]:
    """What each entry is called: its id, else its stamp, with `-2` for the second of one stamp.

    An id that stands at two entries names neither.
    """
    entries = list(entries)
    ids = Counter(entry.id for entry in entries)
    return [
        entry.id if entry.id is not None and ids[entry.id] == 1 else stamp
        for entry, stamp in zip(entries, _stamps(entries), strict=True)
    ]


def _stamps(entries: Iterable[LogEntry]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for entry in entries:
        stamp = entry.stamp
        seen[stamp] += 1
        yield stamp if seen[stamp] == 1 else f"{stamp}-{seen[stamp]}"


def entry_ref(entries: Iterable[LogEntry], ref: str) -> int | None:
    """The index of the entry that an id or stamp names; None: there is no such, or two."""
    entries = list(entries)
    wanted = ref.removeprefix("^")
    named = [index for index, entry in enumerate(entries) if entry.id == wanted.lower()]
    if named:
        return named[0] if len(named) == 1 else None
    return next((index for index, one in enumerate(_stamps(entries)) if one == wanted), None)

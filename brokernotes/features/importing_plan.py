"""What an import knows, how it is done, and what it will do: a step for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from brokernotes.errors import RefusedError
from brokernotes.features.importing_merge import Difference, Digests
from brokernotes.features.importing_rows import Cells, Entry, Placed
from brokernotes.light_dataclasses import NamedTuple, dataclass, field

ADD, UPDATE, SKIP, CONFLICT, REFUSE = "add", "update", "skip", "conflict", "refuse"
STATUS = "status"
ACTIONS = (ADD, UPDATE, SKIP, CONFLICT, REFUSE)


class KnownNote(NamedTuple):
    """A note of the vault.

    Attributes:
        path: relative to the vault.
        id: None: not minted.
        title: what people call it.
        values: as the index has them.
    """

    path: str
    id: str | None
    title: str
    values: Mapping[str, object]

    @property
    def ref(self) -> str:
        """The id, else the path."""
        return self.id or self.path


@dataclass(slots=True)
class Memory:
    """What an import knows of the last one of the same sheet.

    Attributes:
        base: digests of what the file said, by note.
        prints: the note of a row that nothing else identifies.
    """

    base: dict[str, Digests] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)


class Known(NamedTuple):
    """What the vault has when an import begins.

    Attributes:
        notes: of the type.
        memory: of the last import of the sheet.
    """

    notes: Iterable[KnownNote]
    memory: Memory


@dataclass(slots=True)
class Step:
    """What becomes of one row, or of several about the same.

    Attributes:
        entry: what the row says.
        action: one of `ACTIONS`.
        ref: id of the note, else its path; empty: none.
        path: of the note.
        title: of it.
        before: the note as it stands; None: it is new.
        after: the note as it shall stand.
        changes: of an update.
        conflicts: where note and file disagree.
        kept: values that a person changed since, which stay.
    """

    entry: Entry
    action: str
    ref: str = ""
    path: str = ""
    title: str = ""
    before: str | None = None
    after: str = ""
    changes: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    kept: int = 0


@dataclass(slots=True)
class Plan:
    """What an import will do.

    Attributes:
        steps: by row.
        made: notes of communities that rows name and nobody has.
        memory: for the next import of the sheet.
    """

    steps: list[Step] = field(default_factory=list)
    made: list[Step] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)

    def counts(self) -> dict[str, int]:
        """How many steps there are of each action."""
        found = dict.fromkeys(ACTIONS, 0)
        for step in self.steps:
            found[step.action] += 1
        return found

    @property
    def findings(self) -> list[Placed]:
        """Everything about cells and rows, by row."""
        found = [one for step in self.steps for one in step.entry.findings]
        return sorted(found, key=lambda one: (one.row, one.column))


class Order(NamedTuple):
    """How an import is done.

    Attributes:
        note_type: of the notes.
        keys: what identifies; None: as usual.
        prefer: `file`, `note` or empty.
        read: the text of a note; raises BrokernotesError.
        progress: wraps the rows, given with their number.
        move: gives a listing's note another status, with all that this brings: given path, text
            with the status before, id of the status and the keys that came with it; raises
            RefusedError.
        guard: of notes as they stand and shall stand, by path, those that may not be written, and
            why.
    """

    note_type: str
    keys: Sequence[tuple[str, ...]] | None
    prefer: str
    read: Callable[[str], str]
    progress: Callable[[Sequence[Cells]], Iterable[Cells]]
    move: Callable[[str, str, str, frozenset[str]], str]
    guard: Callable[[Mapping[str, tuple[str | None, str]]], Mapping[str, RefusedError]]

"""A dictated line, and what becomes of it: filed, proposed, or a question.

Nothing is guessed. A line is certain when whom it is about is the only candidate, what was
done is said, and no part contradicts another; what risks money or changes a field is proposed;
everything else stays where it is, with the question that would settle it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from brokernotes.features.log_making import Moment
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.records import LogEntry

CERTAIN, PROPOSED, QUESTION = "certain", "proposed", "question"


class Append(NamedTuple):
    """A new entry in a note's log.

    Attributes:
        ref: of the note.
        entry: without id, links by file name.
        sets: keys and values of the note that change with it, as typed.
    """

    ref: str
    entry: LogEntry
    sets: tuple[tuple[str, str], ...] = ()


class Tick(NamedTuple):
    """A planned entry ticked off, or called off.

    Attributes:
        ref: of the note.
        entry: the planned entry.
        entry_ref: its id or stamp.
        mark: `x` or `-`.
        text: what is added.
        fields: likewise, by log key id.
        actually: when it really was, if not as planned.
        agent: the colleague who did it, by name; None: whoever says so.
    """

    ref: str
    entry: LogEntry
    entry_ref: str
    mark: str
    text: str = ""
    fields: Mapping[str, object] = MappingProxyType({})
    actually: Moment | None = None
    agent: str | None = None


class NewClient(NamedTuple):
    """A client note that is made.

    Attributes:
        title: of it.
        values: keys and values, as typed.
        day: they got in touch.
        rest: what was said beside the values.
    """

    title: str
    values: tuple[tuple[str, str], ...]
    day: date
    rest: str = ""


Action = Append | Tick | NewClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of one line.

    Attributes:
        kind: `certain`, `proposed` or `question`.
        code: why it is not certain; "" when it is.
        said: the words the question is about.
        candidates: refs of the notes it may be about, in the order they are offered.
        actions: what is filed, at once or after a yes.
        day: the day the line was said.
    """

    kind: str
    code: str = ""
    said: str = ""
    candidates: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    day: date
    conflicts: tuple[str, ...] = field(default=())

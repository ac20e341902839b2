"""What an agent holds, and what changes when somebody else takes it over.

An agent who leaves takes her knowledge along; the notes stay. Whose they are is one field, so
taking over is changing it everywhere at once, with a word in every log (ours).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.records import Record

# What is handed over: the keys that say who does the work from now on. What somebody has earned
# (who entered, surveyed, showed first) stays hers.
KEYS: Mapping[str, tuple[str, ...]] = {
    "client": ("agent",),
    "listing": ("agent", "maintainer", "key_holder"),
    "deal": ("agent",),
}
# Roles of a listing that stay, where a field names who earned them.
EARNED = ("entry_agent", "surveyor", "document_agent", "exclusive_agent")
ONLY_KEY = ("key_holder",)  # the keys of a note of which only the key is with her
DONE_DEALS = frozenset({"completed", "cancelled"})  # hers for good: commission is read from them
_STAGES = (
    "closing", "under_contract", "negotiating", "active", "lead", "nurture", None, "past_client",
    "paused", "inactive",
)  # fmt: skip
_STATUSES = (
    "deposit", "for_sale", "for_lease", "sale_or_lease", "paused", "expired", None, "sold_by_us",
    "leased_by_us", "sold_by_others", "leased_by_others",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that is to be done.

    Attributes:
        kind: of the occurrence: `promise`, `planned`, `revisit`, …
        due: the day; None: nothing to count from, so it is today.
        at: the exact time.
        text: why, in the reader's words.
        said: what the entry behind it says.
        entry: id or stamp of the log entry behind it.
    """

    kind: str
    due: date | None
    at: datetime | None = None
    text: str = ""
    said: str = ""
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One note of hers.

    Attributes:
        ref: its id, else its path.
        path: of the note.
        type: of the note.
        title: what people call it.
        keys: of `KEYS` that name her.
        state: stage or status; None: not said.
        grade: A–D; None: not known.
        steps: what is to be done about it, the earliest first.
        has_key: whether a key of it is hers to keep.
        key_no: number of that key.
        keys_at: where the key is.
        published: where it is still advertised.
    """

    ref: str
    path: str
    type: str
    title: str
    keys: tuple[str, ...]
    state: str | None = None
    grade: str | None = None
    steps: tuple[Step, ...] = ()
    has_key: bool = False
    key_no: str | None = None
    keys_at: str | None = None
    published: tuple[str, ...] = ()

    @property
    def next(self) -> Step | None:
        """What comes first; None: nothing."""
        return self.steps[0] if self.steps else None

    def of_kind(self, kind: str) -> list[Step]:
        """Its steps of one kind."""
        return [step for step in self.steps if step.kind == kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Everything an agent holds.

    Attributes:
        held: her notes, clients by stage and grade, listings by status, then deals.
        elsewhere: notes of colleagues in whose logs she planned or promised something.
        team: titles of the colleagues who answer to her, by id.
    """

    held: tuple[Held, ...]
    elsewhere: tuple[Held, ...] = ()
    team: Mapping[str, str] = field(default_factory=dict)

    def of_type(self, note_type: str) -> list[Held]:
        """Her notes of one type; those of which she only keeps the key are left out."""
        return [one for one in self.held if one.type == note_type and one.keys != ONLY_KEY]

    @property
    def with_key(self) -> list[Held]:
        """The listings whose key is with her."""
        return [one for one in self.held if one.has_key]

    @property
    def published(self) -> list[Held]:
        """The listings that are still advertised."""
        return [one for one in self.held if one.published and "agent" in one.keys]

    def steps(self, kind: str) -> list[tuple[Held, Step]]:
        """Promises or plans, by day."""
        found = [(one, step) for one in (*self.held, *self.elsewhere) for step in one.of_kind(kind)]
        return sorted(found, key=lambda pair: (pair[1].due or date.min, pair[0].ref))


def held_keys(record: Record, agent: str, id_of: Callable[[str], str | None]) -> tuple[str, ...]:
    """The keys of a note that name an agent and go over with it.

    Args:
        record: of the note.
        agent: id, else path, of the agent's note.
        id_of: id of the note a link's target means.
    """
    if record.type == "deal" and record.text("stage") in DONE_DEALS:
        return ()
    named = ((key, record.text(key)) for key in KEYS.get(record.type, ()))
    return tuple(key for key, target in named if target and (id_of(target) or target) == agent)


def sort_held(held: Iterable[Held]) -> tuple[Held, ...]:
    """Clients by stage and grade, listings by status and grade, then deals by their next step."""
    return tuple(sorted(held, key=_order))


def _order(one: Held) -> tuple[object, ...]:
    types = ("client", "listing", "deal")
    orders: Mapping[str, Sequence[str | None]] = {"client": _STAGES, "listing": _STATUSES}
    order = orders.get(one.type, ())
    place = order.index(one.state) if one.state in order else len(order)
    due = one.next.due if one.next and one.next.due else date.max
    return types.index(one.type), place, one.grade or "Z", due, one.title, one.ref

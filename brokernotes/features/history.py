"""What history tells a broker: how long a price or a state stood, and what changed lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from brokernotes.light_dataclasses import NamedTuple, dataclass, replace
from brokernotes.model.money import RENT_BELOW
from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import (
    BODY,
    PATH,
    EntryRevision,
    FieldRevision,
    Plain,
    Revision,
    Typed,
)

__all__ = [
    "BODY",
    "PATH",
    "EntryRevision",
    "FieldRevision",
    "Plain",
    "Revision",
    "Span",
    "Typed",
    "spans_of",
]


_WAN = 10_000  # 元


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time in which a field had one value.

    Attributes:
        value: as JSON has it; None: it was not set.
        since: the day it got the value.
        until: the day it got another; None: it has it still.
        days: from the one to the other, else to today.
        change: of a number, to the value before, as a fraction; None: there is nothing to compare.
        revision: that gave it the value; None: only the log tells of it.
        entry: of the log that does.
    """

    value: Plain
    since: date
    until: date | None
    days: int
    change: float | None
    revision: FieldRevision | None
    entry: LogEntry | None = None

    @property
    def number(self) -> float | None:
        """The value of a price; None: it is none."""
        return _number(self.value)


class _Step(NamedTuple):
    value: Plain
    day: date
    revision: FieldRevision | None = None
    entry: LogEntry | None = None


def spans_of(
    revisions: Sequence[Revision],
    key: str,
    today: date,
    *,
    entries: Sequence[LogEntry] = (),
    begun: date | None = None,
) -> list[Span]:
    """How a field went, the oldest value first; what stood before it was ever set is left out.

    Of the time before git has the note, its log tells: changes of status, and of prices where
    they name the price.

    Args:
        revisions: of one note, the oldest first.
        key: of the field.
        today: to which the last value's days are counted.
        entries: of the note's log.
        begun: since when the first value stood, where that is typed; None: since it was committed.
    """
    steps = [
        _Step(one.new, one.when.date(), one)
        for one in revisions
        if isinstance(one, FieldRevision) and one.key == key
    ]
    if steps and _came_along(steps[0], revisions):
        steps = _with_log(steps, key, entries, begun)
    while steps and steps[0].value is None:
        del steps[0]
    found: list[Span] = []
    before: Plain = None
    for at, (value, since, revision, entry) in enumerate(steps):
        until = steps[at + 1].day if at + 1 < len(steps) else None
        found.append(
            Span(
                value=value,
                since=since,
                until=until,
                days=max(((until or today) - since).days, 0),
                change=_change(before, value),
                revision=revision,
                entry=entry,
            )
        )
        before = value if _number(value) is not None else before
    return found


def _came_along(first: _Step, revisions: Iterable[Revision]) -> bool:
    """Whether a first value was there when git first had the note, and not only set later."""
    made = next(
        (one for one in revisions if isinstance(one, FieldRevision) and one.is_new_note), None
    )
    was_set = first.revision is not None and first.revision.old is None
    return made is None or not was_set or first.revision.commit == made.commit  # type: ignore[union-attr]


def _with_log(
    steps: list[_Step], key: str, entries: Sequence[LogEntry], begun: date | None
) -> list[_Step]:
    """What the log tells of the time before the first commit stands before what git tells."""
    if not steps or steps[0].revision is None or steps[0].value is None:
        return steps
    first, *rest = steps
    told: list[_Step] = []
    for entry in sorted(entries, key=lambda one: one.moment):
        old, new = _told(entry, key)
        if new is None or entry.day >= first.day or not entry.is_happened:
            continue
        if not told and old is not None and begun is not None and begun < entry.day:
            told.append(_Step(old, begun, None, entry))
        told.append(_Step(new, entry.day, None, entry))
    if not told:
        day = begun if begun is not None and begun < first.day else first.day
        return [first._replace(day=day), *rest]
    if told[-1].value == first.value:
        told[-1] = told[-1]._replace(revision=first.revision)
        return [*told, *rest]
    return [*told, first, *rest]


def _told(entry: LogEntry, key: str) -> tuple[Plain, Plain]:
    """The value of a field before and after an entry; None: it does not say."""
    status = entry.fields.get("status")
    if key == "status" and isinstance(status, tuple) and len(status) == 2:
        return str(status[0]), str(status[1])
    amount = entry.fields.get("amount")
    if (
        entry.verb == "price_change"
        and key in ("price", "rent")
        and isinstance(amount, int | float)
    ):
        # The log's amounts are in 万元, rents in 元; which of the two it was, its size says.
        is_rent = amount < RENT_BELOW
        if is_rent == (key == "rent"):
            return None, round(amount * _WAN) if is_rent else amount
    return None, None


def _number(value: Plain) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None  # type: ignore[return-value]


def _change(before: Plain, now: Plain) -> float | None:
    old, new = _number(before), _number(now)
    return (new - old) / old if old and new is not None else None


# -- what changed lately

PRICE_KEYS = ("price", "rent", "expected_price", "reserve_price")
# In the order in which they are told.
NEWS = (
    "price_cut", "price_rise", "price_set", "status", "new_note", "deleted_note",
    "entry_removed", "entry_altered", "entry_added",
)  # fmt: skip
STATUS_KEYS = ("status", "stage")


@dataclass(frozen=True, slots=True)
class News:
    """Something that changed, and what kind of news it is.

    Attributes:
        kind: one of `NEWS`.
        revision: that tells it.
    """

    kind: str
    revision: FieldRevision | EntryRevision


def news_of(revisions: Sequence[Revision]) -> list[News]:
    """What of many changes people want to hear of, by kind, in time.

    A field that went back and forth is told once: from what it was at first to what it is; a note
    that is new tells nothing of its fields, and one that is gone nothing of what went with it.

    Args:
        revisions: of any notes, the oldest first.
    """
    made = {
        _note(one): one.commit
        for one in revisions
        if isinstance(one, FieldRevision) and one.is_new_note
    }
    last = {
        _note(one): one for one in revisions if isinstance(one, FieldRevision) and one.key == PATH
    }
    gone = {(note, one.commit) for note, one in last.items() if one.new is None}
    lasting = [
        one
        for one in revisions
        if (_note(one), one.commit) not in gone
        or (isinstance(one, FieldRevision) and one.key == PATH)
    ]
    found = [*_field_news(lasting, made), *_entry_news(lasting, made)]
    found.sort(key=lambda one: NEWS.index(one.kind))
    return found


def _note(one: Revision) -> str:
    return one.note or one.path


def _field_news(revisions: Sequence[Revision], made: Mapping[str, str | None]) -> Iterable[News]:
    first: dict[tuple[str, str], FieldRevision] = {}
    last: dict[tuple[str, str], FieldRevision] = {}
    for one in revisions:
        if isinstance(one, FieldRevision):
            first.setdefault((_note(one), one.key), one)
            last[_note(one), one.key] = one
    for at, one in last.items():
        old = first[at].old
        if at[1] == PATH:
            if (old is None) != (one.new is None):
                yield News("new_note" if old is None else "deleted_note", one)
        elif at[0] in made or old == one.new:
            continue
        elif at[1] in PRICE_KEYS or at[1] in STATUS_KEYS:
            yield News(_field_kind(at[1], old, one.new), _from(one, old))


def _field_kind(key: str, old: Plain, new: Plain) -> str:
    if key in STATUS_KEYS:
        return "status"
    change = _change(old, new)
    return "price_set" if change is None else "price_cut" if change < 0 else "price_rise"


def _from(one: FieldRevision, old: Plain) -> FieldRevision:
    return replace(one, old=old) if one.old != old else one


def _entry_news(revisions: Sequence[Revision], made: Mapping[str, str | None]) -> Iterable[News]:
    for one in revisions:
        if not isinstance(one, EntryRevision):
            continue
        if one.before is None:
            if _note(one) not in made or made[_note(one)] != one.commit:  # else it came along
                yield News("entry_added", one)
        elif one.after is None:
            yield News("entry_removed", one)
        elif one.before.box == one.after.box:
            yield News("entry_altered", one)

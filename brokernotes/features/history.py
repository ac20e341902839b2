"""What history tells a broker: how long a price or a state stood, and what changed lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time in which a field had one value.

    Attributes:
        value: as JSON has it; None: it was not set.
        since: the day it got the value.
        until: the day it got another; None: it has it still.
        days: from the one to the other, else to today.
        change: of a number, to the value before, as a fraction; None: there is nothing to compare.
        revision: that gave it the value.
    """

    value: Plain
    since: date
    until: date | None
    days: int
    change: float | None
    revision: FieldRevision

    @property
    def number(self) -> float | None:
        """The value of a price; None: it is none."""
        return _number(self.value)


def spans_of(revisions: Iterable[Revision], key: str, today: date) -> list[Span]:
    """How a field went, the oldest value first; what stood before it was ever set is left out.

    Args:
        revisions: of one note, the oldest first.
        key: of the field.
        today: to which the last value's days are counted.
    """
    steps = [one for one in revisions if isinstance(one, FieldRevision) and one.key == key]
    found: list[Span] = []
    before: Plain = None
    for at, one in enumerate(steps):
        since = one.when.date()
        until = steps[at + 1].when.date() if at + 1 < len(steps) else None
        if not found and one.new is None:
            continue
        days = max(((until or today) - since).days, 0)
        change = _change(before, one.new)
        found.append(
            Span(value=one.new, since=since, until=until, days=days, change=change, revision=one)
        )
        before = one.new if _number(one.new) is not None else before
    return found


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
    that is new tells nothing of its fields.

    Args:
        revisions: of any notes, the oldest first.
    """
    made = {
        _note(one): one.commit
        for one in revisions
        if isinstance(one, FieldRevision) and one.is_new_note
    }
    found = [*_field_news(revisions, made), *_entry_news(revisions, made)]
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

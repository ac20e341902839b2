"""Classification: notes counted by the values of one field within another's (seed)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from brokernotes.errors import ArgumentError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass
from brokernotes.model.measures import render_number
from brokernotes.model.schema import Field, Kind, Schema

# How wide a class of numbers is unless somebody says, by unit; whole numbers are classes of one.
STEPS: Mapping[str, float] = {
    "万元": 100, "元/月": 1000, "元": 10_000, "㎡": 30, "元/㎡": 10_000, "元/㎡/月": 1, "年": 10,
}  # fmt: skip
SPANS = {
    "year": "year", "年": "year", "quarter": "quarter", "季": "quarter", "季度": "quarter",
    "month": "month", "月": "month", "day": "day", "日": "day", "天": "day",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One field that notes are classified by.

    Attributes:
        field: whose values are the classes.
        step: how wide a class of numbers is; None: every number is one.
        span: of days: `year`, `quarter`, `month` or `day`.
    """

    field: Field
    step: float | None = None
    span: str = "month"


@dataclass(frozen=True, slots=True)
class Branch:
    """One class.

    Attributes:
        key: of the field; "" for the whole.
        value: an id, a text, a number, a month (`2026-11`), or a span of numbers (`300..400`: from
            300 to below 400); None: not set.
        count: notes in it; one with several values counts in each of their classes.
        branches: its own classes.
    """

    key: str
    value: Any
    count: int
    branches: tuple[Branch, ...] = ()


def usual_level(field: Field) -> Level:
    """A field with classes of the usual width."""
    return Level(field, STEPS.get(field.unit or "") if field.kind is Kind.NUMBER else None)


def stepped(field: Field, step: str, text: str, place: tuple[int, int], code: str) -> Level:
    """A field with classes of a width somebody chose: `price/50`, `created/year`.

    Args:
        field: whose values are counted.
        step: what stands behind the slash.
        text: what was typed, and `place` where the step stands in it, for the message.
        place: start and end.
        code: language of the message.

    Raises:
        ArgumentError: it is no step of this field.
    """
    if field.kind in (Kind.DATE, Kind.DATETIME):
        span = SPANS.get(step.lower())
        if span:
            return Level(field, span=span)
        hint = N_("Write one of year, quarter, month, day.")
    elif field.kind in (Kind.NUMBER, Kind.INT):
        try:
            number = float(step)
        except ValueError:
            number = 0
        if 0 < number < 1e12:
            return Level(field, number)
        hint = N_("Write a number above 0, such as price/50.")
    else:
        hint = N_("Only numbers and days are counted in steps.")
    raise ArgumentError(
        N_("“{step}” is no step of {label}"),
        text,
        (place[0], max(place[1], place[0] + 1)),
        hint=hint,
        step=step,
        label=field.label(code),
    )


def told_level(level: Level) -> str:
    """A level as rules and `--by` say it; what is usual for its field is not said."""
    field, usual = level.field, usual_level(level.field)
    if level == usual:
        return field.key
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return f"{field.key}/{level.span}"
    return f"{field.key}/{_amount(level.step or 1)}"


def classify(
    rows: Iterable[Sequence[Any]],
    levels: Sequence[Level],
    schema: Schema,
    named: Callable[[Field, Any], str] = lambda _, value: str(value),
) -> Branch:
    """The classes of some notes, those of the first level outermost.

    Args:
        rows: of each note its value of each level's field, as JSON speaks of it.
        levels: in the order they are asked for.
        schema: choices come in their vocabulary's order.
        named: what a class is called: by it those of one size are sorted.
    """
    paths: list[tuple[int, tuple[Any, ...]]] = []
    count = 0
    for count, row in enumerate(rows, 1):
        classes = [_classes(level, value) for level, value in zip(levels, row, strict=True)]
        paths.extend((count, path) for path in product(*classes))
    return Branch("", None, count, _branches(paths, 0, levels, schema, named))


def _branches(
    paths: list[tuple[int, tuple[Any, ...]]],
    depth: int,
    levels: Sequence[Level],
    schema: Schema,
    named: Callable[[Field, Any], str],
) -> tuple[Branch, ...]:
    if depth == len(levels):
        return ()
    field = levels[depth].field
    parts: dict[Any, list[tuple[int, tuple[Any, ...]]]] = {}
    for note, path in paths:
        parts.setdefault(path[depth], []).append((note, path))
    branches = [
        Branch(
            field.key,
            value,
            len({note for note, _ in part}),
            _branches(part, depth + 1, levels, schema, named),
        )
        for value, part in parts.items()
    ]
    order = _order(field, schema, named)
    return tuple(sorted(branches, key=order))


def _order(
    field: Field, schema: Schema, named: Callable[[Field, Any], str]
) -> Callable[[Branch], tuple[Any, ...]]:
    """Choices by their vocabulary, numbers and days upwards, the rest by size; unset last."""
    vocabulary = schema.vocabulary(field)
    places = {id_: place for place, id_ in enumerate(vocabulary.by_id)} if vocabulary else {}

    def order(branch: Branch) -> tuple[Any, ...]:
        value = branch.value
        if value is None:
            return (2,)
        if value in places:
            return (0, places[value])
        if isinstance(value, int | float):
            return (0, value)
        if field.kind is Kind.NUMBER:
            return (0, float(str(value).partition("..")[0]))
        if field.kind in (Kind.DATE, Kind.DATETIME):
            return (0, str(value))
        return (1, -branch.count, named(field, value))

    return order


def _classes(level: Level, value: Any) -> list[Any]:
    """The classes a note is in: one for each value of a list."""
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(value)) or [None]
    if value is None:
        return [None]
    if level.field.kind in (Kind.DATE, Kind.DATETIME):
        return [_span_of(str(value), level.span)]
    if level.step is not None and isinstance(value, int | float):
        low = value // level.step * level.step
        return [f"{_amount(low)}..{_amount(low + level.step)}"]
    return [value]


def _amount(value: float) -> str:
    return render_number(round(value, 6))


def _span_of(day: str, span: str) -> str:
    if span == "quarter":
        found = date.fromisoformat(day[:10])
        return f"{found.year}Q{(found.month + 2) // 3}"
    return day[: {"year": 4, "month": 7, "day": 10}[span]]

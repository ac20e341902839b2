"""The course of a price or a state: each value, since when, for how long, and a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.cli.console import Column
from brokernotes.cli.width import width
from brokernotes.features.history import STATUS_KEYS, Revision, Span, Typed, spans_of
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.cli.revision_cells import RevisionCells
    from brokernotes.model.records import LogEntry
    from brokernotes.model.schema import Field
    from brokernotes.storage.queries import NoteRow

_CHART = 30  # columns of the longest bar
_LEAST = 46  # columns that stand before it


def show_course(
    app: App,
    cells: RevisionCells,
    found: Sequence[Revision],
    field: Field,
    first: date | None,
    limit: int | None,
    form: str,
) -> None:
    """Print how a field went, the oldest value first.

    Args:
        app: of the run.
        cells: show revisions.
        found: of one note, the oldest first.
        field: which.
        first: only values that stood on this day or later.
        limit: at most so many, the last ones.
        form: one of the formats.
    """
    entries, begun = _typed(app, found)
    spans = spans_of(found, field.key, app.today, entries=entries, begun=begun)
    if first is not None:
        spans = [one for one in spans if one.until is None or one.until >= first]
    spans = spans[-limit:] if limit else spans
    rows = [_row(cells, field, one) for one in spans]
    if form != "table":
        keys = ("since", "until", "days", "old", "new", "change", "when", "author", "commit",
                "operation", "entry")  # fmt: skip
        app.console.rows(rows, [Column(key, key) for key in keys], form)
        return
    _print_table(app, cells, field, spans, rows)
    _conclude(app, cells, field, spans)


def _print_table(
    app: App, cells: RevisionCells, field: Field, spans: Sequence[Span], rows: list[dict[str, Any]]
) -> None:
    """The values below one another, each with its bar."""
    text = app.text
    for row, span, bar in zip(rows, spans, _bars(app, spans), strict=True):
        is_older = span.revision is not None and span.revision.is_start
        row["since"] = ("≤ " if is_older else "") + span.since.isoformat()
        row["value"] = (
            cells.value(field, span.value, reveals=False) if span.value is not None else "–"
        )
        row["moved"] = "" if span.change is None else f"{span.change:+.1%}"
        row["who"] = _who(app, cells, span)
        row["bar"] = bar
    label = field.label(app.language.code) + (f"({field.unit})" if field.unit else "")
    columns = [
        Column("since", text(N_("Since"))),
        Column("value", label, right=field.key not in STATUS_KEYS),
        Column("moved", text(N_("Moved")), right=True),
        Column("days", text(N_("Days")), right=True),
        Column("who", text(N_("Who")), least=6),
        Column("bar", "", style="dim"),
    ]
    app.console.rows(rows, columns, "table")


def _row(cells: RevisionCells, field: Field, span: Span) -> dict[str, Any]:
    revision, entry = span.revision, span.entry
    row: dict[str, Any] = {"key": field.key, "new": span.value}
    if revision is not None:
        row = cells.plain(revision)
    row |= {"since": span.since.isoformat(), "days": span.days}
    row["until"] = span.until.isoformat() if span.until else None
    if span.change is not None:
        row["change"] = round(span.change, 4)
    if entry is not None:
        row["entry"] = entry.id or entry.stamp
    return row


def _who(app: App, cells: RevisionCells, span: Span) -> str:
    if span.entry is not None:
        return span.entry.agent or app.text(N_("as the log says"))
    return cells.who(span.revision) if span.revision is not None else ""


def _typed(app: App, found: Sequence[Revision]) -> tuple[Sequence[LogEntry], date | None]:
    """The log of the note as it stands, and since when it was on the market, as typed."""
    queries = app.vault.queries
    rows: list[NoteRow] = []
    if found:
        id_, path = found[-1].note, found[-1].path
        rows = (queries.by_id(id_) if id_ else []) or queries.by_path(path)
    if not rows:
        return (), None
    record = app.vault.open(rows[0].path).note.record
    return record.entries, record.day("listed") or record.day("created")


def _bars(app: App, spans: Sequence[Span]) -> list[str]:
    """A bar a value: of a price as long as the price, of a state as its days."""
    if not app.console.is_terminal:
        return [""] * len(spans)
    numbers = [one.number for one in spans if one.number is not None]
    if numbers:
        low, spread = min(numbers), max(numbers) - min(numbers)
        sizes = [0 if one.number is None else _part(one.number - low, spread) for one in spans]
    else:
        longest = max((one.days for one in spans), default=0) or 1
        sizes = [one.days / longest if one.value is not None else 0 for one in spans]
    room = max(min(app.console.width - _LEAST, _CHART), 6)
    sign = "█" if app.console.can_say("█") else "#"
    return [sign * max(round(size * room / width(sign)), 1 if size else 0) for size in sizes]


def _part(above: float, spread: float) -> float:
    """Prices lie close together: a third of each bar is what they have in common."""
    return 1 / 3 + 2 / 3 * above / spread if spread else 1


def _conclude(app: App, cells: RevisionCells, field: Field, spans: Sequence[Span]) -> None:
    """The sum: how far the price went, or how long it was in each state."""
    if not spans:
        app.console.say(app.text(N_("nothing was changed")))
        return
    prices = [one for one in spans if one.number is not None]
    if len(prices) > 1:
        start, end = prices[0].number or 0, prices[-1].number or 0
        moved = (end - start) / start if start else 0
        cuts = sum(1 for one in prices if one.change is not None and one.change < 0)
        app.console.say(
            app.text(
                N_("{start} → {end} ({moved}) in {days} days; price cuts: {cuts}"),
                start=cells.value(field, start, reveals=False),
                end=cells.value(field, end, reveals=False),
                moved=f"{moved:+.1%}",
                days=sum(one.days for one in prices),
                cuts=cuts,
            )
        )
    elif field.key in STATUS_KEYS:
        _conclude_states(app, cells, field, spans)


def _conclude_states(app: App, cells: RevisionCells, field: Field, spans: Sequence[Span]) -> None:
    from brokernotes.model.lifecycle import ACTIVE

    days: dict[str, int] = {}
    for one in spans:
        if one.value is not None and not isinstance(one.value, Typed):
            shown = cells.value(field, one.value, reveals=False)
            days[shown] = days.get(shown, 0) + one.days
    parts = [f"{shown} {count}" for shown, count in days.items()]
    app.console.say(app.text(N_("days in each: {parts}"), parts=parts))
    if field.key == "status":
        market = sum(one.days for one in spans if one.value in ACTIVE)
        app.console.say(app.text(N_("days on the market: {days}"), days=market))

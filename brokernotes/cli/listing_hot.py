"""`list listings --hot`: what is shown most, what is new and sells fast, what is in focus."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.cells import Cells
from brokernotes.features.hot import FAST, FOCUS, SHOWN, Home, Hot, Limits, Showing, hot_list
from brokernotes.language import N_
from brokernotes.model.days import days_after
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.query_tree import And, Condition, Or, Tree
from brokernotes.storage.query import Ask

if TYPE_CHECKING:
    from brokernotes.model.schema import Field
    from brokernotes.storage.query import Computed

MOST_SHOWN = (
    N_("no. {rank} in {days} days: {count} showing"),
    N_("no. {rank} in {days} days: {count} showings"),
)
WHY = {FAST: N_("new, sells fast"), FOCUS: N_("in focus until {day}")}
HOT_KEYS = ("hot", "rank", "showings", "clients", "last_showing", "why")
HOT_SHOWN = ("price", "rent", "community")  # of a table, between title and why
_KEYS = ("fast_sale", "focus_until", "listed", "created")


def hot_rows(
    app: App,
    where: Tree,
    fields: Sequence[Field] | None,
    limit: int | None,
    computed: Computed | None,
) -> list[dict[str, Any]]:
    """The hot list in the shape of `list`, with what `HOT_KEYS` names.

    Args:
        app: of the run.
        where: conditions its listings meet, beside being on the market.
        fields: to tell beside id and title; None: every field that is set.
        limit: at most so many.
        computed: see `cli.querying.computed_for`.
    """
    active = Or(tuple(Condition("status", "is", status) for status in sorted(ACTIVE_STATUSES)))
    keys = None if fields is None else [*_KEYS, *(field.key for field in fields)]
    ask = Ask(type="listing", where=And((active, where)), keys=keys, computed=computed)
    queries = app.fresh.queries
    rows = {row.ref: (row, values) for row, values in queries.listed(ask)}
    limits = _limits(app)
    first = days_after(app.today, 1 - limits.days)
    showings = [Showing(*one[:4]) for one in app.vault.encounters.showings(first, app.today)]
    homes = [_home(ref, values) for ref, (_, values) in rows.items()]
    cells = Cells(app)
    told = []
    for hot in hot_list(homes, showings, app.today, limits)[:limit]:
        row, values = rows[hot.key]
        if fields is None:
            shape = cells.whole(row, values)
        else:
            shape = {"id": row.id, "title": row.title, **cells.chosen(fields, values)}
        told.append(shape | _why_json(app, hot, values))
    return told


def _limits(app: App) -> Limits:
    rules = app.vault.rules.other["hot"]
    return Limits(*(int(str(rules[key])) for key in ("top", "days", "new_days")))


def _home(ref: str, values: dict[str, Any]) -> Home:
    since = values.get("listed") or values.get("created")
    until = values.get("focus_until")
    return Home(
        key=ref,
        id=ref,
        is_fast=bool(values.get("fast_sale")),
        since=_day(since),
        focus_until=_day(until),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _why_json(app: App, hot: Hot, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "hot": list(hot.why),
        "rank": hot.rank,
        "showings": hot.showings,
        "clients": hot.clients,
        "last_showing": hot.last.isoformat() if hot.last else None,
        "why": why(app, hot, values),
    }


def why(app: App, hot: Hot, values: dict[str, Any]) -> str:
    """Why a listing is hot, in words."""
    told = []
    for reason in hot.why:
        if reason == SHOWN:
            days = _limits(app).days
            told.append(app.language.plural(*MOST_SHOWN, hot.showings, rank=hot.rank, days=days))
        else:
            told.append(app.text(WHY[reason], day=values.get("focus_until")))
    if hot.showings and SHOWN not in hot.why:
        told.append(
            app.language.plural(N_("{count} showing"), N_("{count} showings"), hot.showings)
        )
    return "；".join(told) if app.language.code == "zh" else "; ".join(told)

"""What `deal` alone shows: every deal that is under way, its next step, and what is open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from brokernotes.cli.app import App
from brokernotes.cli.console import Column, Row
from brokernotes.cli.deal_finding import Deal, negotiation_of, under_way
from brokernotes.cli.deal_page import label
from brokernotes.features.deals_fees import fees_of, yuan
from brokernotes.features.deals_offers import money_shown
from brokernotes.features.milestones import next_step
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text


def show_deals(app: App, *, as_json: bool) -> None:
    """List the deals that are not over, of the agent who asks if that is known.

    Args:
        app: of the run.
        as_json: for programs.
    """
    rows = [_row(app, deal) for deal in under_way(app)]
    rows.sort(key=lambda row: (row["next_on"] is None, row["next_on"] or "", row["path"]))
    columns = [
        Column("id", app.text(N_("Id")), style="dim"),
        Column("title", app.text(N_("Title")), least=16),
        Column("stage", app.text(N_("Stage")), shown=lambda row: _word(app, "deal_stage", row)),
        Column(
            "next",
            app.text(N_("Next step")),
            shown=lambda row: _next(app, row),
            style=lambda row: "error" if row["late"] else "",
        ),
        Column("gap", app.text(N_("Gap")), right=True, shown=_gap),
        Column("fees_open", app.text(N_("Fees open")), right=True, shown=_fees),
    ]
    app.console.rows(rows, columns, "json" if as_json else "table")
    if not rows and not as_json:
        app.console.say(app.text(N_("no deal is under way")))


def _row(app: App, deal: Deal) -> dict[str, Any]:
    coming = next_step(deal.steps)
    found = negotiation_of(app, deal)
    gap = found.gap if found else None
    fees_open = sum((fee.open for fee in fees_of(deal.record)), Decimal(0))
    return {
        "id": deal.row.id,
        "path": deal.row.path,
        "title": mask_phones_in_text(deal.row.title),
        "stage": deal.record.text("stage"),
        "next": coming.step.id if coming else None,
        "next_on": coming.day.isoformat() if coming and coming.day else None,
        "late": coming.is_late(app.today) if coming else False,
        "gap": None if gap is None else float(gap),
        "fees_open": float(fees_open),
    }


def _word(app: App, vocabulary: str, row: Row) -> str:
    return label(app, vocabulary, row["stage"]) if row["stage"] else ""


def _next(app: App, row: Row) -> str:
    if row["next"] is None:
        return ""
    late = app.text(N_("late")) if row["late"] else ""
    words = (label(app, "deal_step", row["next"]), row["next_on"] or "", late)
    return " ".join(word for word in words if word)


def _gap(row: Row) -> str:
    return money_shown(Decimal(str(row["gap"]))) if row["gap"] else ""


def _fees(row: Row) -> str:
    return yuan(Decimal(str(row["fees_open"]))) if row["fees_open"] else ""

"""Deals in the shape programs bind to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from brokernotes.cli.app import App
from brokernotes.cli.deal_finding import Deal, negotiation_of
from brokernotes.cli.deal_page import PEOPLE, closed_on
from brokernotes.features.deals_fees import Fee, fees_of
from brokernotes.features.deals_offers import Negotiation
from brokernotes.features.milestones import Milestone, next_step
from brokernotes.model.milestones import template_of
from brokernotes.model.phones import mask_phones_in_text


def deal_json(app: App, deal: Deal) -> dict[str, Any]:
    """A deal in the shape programs bind to."""
    record, queries = deal.record, app.vault.queries
    coming = next_step(deal.steps) if record.text("stage") != "cancelled" else None
    return {
        "id": deal.row.id,
        "path": deal.row.path,
        "title": mask_phones_in_text(deal.row.title),
        "stage": record.text("stage"),
        "template": template_of(record),
        "listing": deal.listing.ref if deal.listing else None,
        **{
            key: [queries.id_of(target) or target for target in record.texts(key)]
            for key, _ in PEOPLE
        },
        "next": coming.step.id if coming else None,
        "steps": [_step_json(app, one) for one in deal.steps],
        "offers": offers_json(negotiation_of(app, deal)),
        "fees": [_fee_json(app, fee) for fee in fees_of(record)],
    }


def _step_json(app: App, one: Milestone) -> dict[str, Any]:
    return {
        "step": one.step.id,
        "key": one.step.field,
        "day": one.day.isoformat() if one.day else None,
        "done": one.is_done,
        "needed": one.is_needed,
        "late": one.is_late(app.today),
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "office": one.step.office,
        "office_closed": closed_on(one, app.today),
        "who": list(one.step.who),
        "missing": list(one.missing),
        "papers_origin": one.step.origin,
    }


def offers_json(found: Negotiation | None) -> dict[str, Any] | None:
    """Offers in the shape programs bind to; amounts in 万元."""
    if found is None:
        return None
    return {
        "buyer": _number(found.buyer),
        "seller": _number(found.seller),
        "asked": found.asked,
        "gap": _number(found.gap),
        "gaps": [_number(gap) for gap in found.gaps],
        "rounds": found.rounds,
        "entries": [
            {"day": one.day.isoformat(), "side": one.side, "amount": _number(one.amount)}
            for one in found.offers
        ],
    }


def _fee_json(app: App, fee: Fee) -> dict[str, Any]:
    return {
        "side": fee.side,
        "due": _number(fee.due),
        "due_on": fee.due_on.isoformat() if fee.due_on else None,
        "received": _number(fee.received),
        "received_on": fee.received_on.isoformat() if fee.received_on else None,
        "open": _number(fee.open),
        "late": fee.is_late(app.today),
    }


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)

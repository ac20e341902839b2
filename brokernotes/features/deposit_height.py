"""How high a deposit is against what it is paid for: more than a fifth has no effect as one.

What it is paid for is what the deal agreed on; where the deal says neither price nor rent, what
the listing asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brokernotes.errors import Problem
from brokernotes.features.lifecycle_scene import OPEN_STAGES
from brokernotes.model.problems import problem
from brokernotes.model.records import Record
from brokernotes.notes.note import Note

DEPOSIT_SHARE = 0.2  # found: Civil Code, article 586


def check_deposit_height(note: Note) -> Iterator[Problem]:
    """Find a deposit above a fifth of the price, or of the rent of the whole term.

    A lease of unknown term has no such limit.
    """
    deal = note.record
    if deal.text("stage") == "cancelled":
        return
    is_lease = deal.text("transaction") == "lease"
    for code, found in (
        ("deposit-too-high", _above(deal, price=deal.number("price"))),
        ("lease-deposit-too-high", _above(deal, rent=deal.number("rent")) if is_lease else None),
    ):
        if found is not None:
            yield problem(code, note.at("deposit_amount"), **found)


def above_asking(deal: Record, listing: Record) -> Mapping[str, object] | None:
    """What a deposit exceeds of a listing's terms, where the deal agreed on none.

    Args:
        deal: that binds the listing.
        listing: of the deal.

    Returns:
        Params of the problem `deposit-above-asking`; None: it does not, or the deal has terms.
    """
    if deal.text("stage") not in OPEN_STAGES or {"price", "rent"} & deal.values.keys():
        return None
    if (deal.text("transaction") or listing.text("transaction")) == "lease":
        found = _above(deal, rent=listing.number("rent"))
    else:
        found = _above(deal, price=listing.number("price"))
    if found is None:
        return None
    return {"value": found["value"], "limit": found["limit"], "listing": listing.title}


def _above(
    deal: Record, *, price: float | None = None, rent: float | None = None
) -> dict[str, object] | None:
    """A deposit and the limit it is above; None: it is not, or nobody can say."""
    amount, months = deal.number("deposit_amount"), deal.number("lease_months")
    if amount is None or deal.text("deposit_kind") == "booking":
        return None
    if price is not None:
        worth, terms = price * 10_000, {"price": price}
    elif rent is not None and months is not None:
        worth, terms = rent * months, {"rent": rent, "months": months}
    else:
        return None
    limit = worth * DEPOSIT_SHARE
    return {"value": amount, **terms, "limit": round(limit)} if amount > limit else None

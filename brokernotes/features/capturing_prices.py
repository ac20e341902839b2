"""Amounts of a dictated line in the units of a listing."""

from __future__ import annotations

from brokernotes.features.capturing_lore import Home
from brokernotes.features.capturing_verbs import PriceChange
from brokernotes.model.spoken import Amount


def in_wan(amount: Amount, home: Home | None) -> int | float:
    """An amount in 万元; a bare number about what is only let is 元."""
    if home is not None and home.price is None and home.rent and not amount.is_yuan:
        return _plain(amount.number / 10_000)
    return amount.wan()


def new_price(change: PriceChange, home: Home) -> tuple[str, float, float]:
    """The key that changes, its new value in its own unit, and that in 万元."""
    is_rent = change.of_rent
    if is_rent is None:
        is_rent = home.price is None and home.rent is not None
    amount: float = change.amount.number if is_rent else change.amount.wan()
    now = (home.rent if is_rent else home.price) or 0
    if change.relation == "less":
        amount = now - amount
    elif change.relation == "more":
        amount = now + amount
    amount = _plain(amount)
    return ("rent" if is_rent else "price"), amount, _plain(amount / 10_000) if is_rent else amount


def _plain(number: float) -> int | float:
    number = round(number, 6)
    return int(number) if float(number).is_integer() else number

"""Whole 分 handed out by shares, so that none is lost and none invented."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def allot(cents: int, shares: Sequence[Fraction]) -> list[int]:
    """Hand out whole 分 by shares: each gets its part rounded down, the rest goes by remainder.

    Args:
        cents: at least 0.
        shares: none negative, not all of them 0; only their proportion counts.

    Returns:
        One amount a share, less than a 分 from the exact one; they add up to `cents`. Of equal
        remainders the first one wins.
    """
    whole = sum(shares)
    exact = [cents * share / whole for share in shares]
    amounts = [int(amount) for amount in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (amounts[i] - exact[i], i))
    for i in by_remainder[: cents - sum(amounts)]:
        amounts[i] += 1
    return amounts

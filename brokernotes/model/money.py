"""Money as people type it: `620`, `620万`, `¥6,200,000元`, `5500元/月`, `1.2亿`."""

from __future__ import annotations

import re

from brokernotes.model.measures import (
    DASH,
    NUMBER,
    has_too_many_digits,
    plain_number,
    refuse_unset,
    render_number,
    scaled,
)
from brokernotes.model.source_text import LONGEST_VALUE, SourceText

RENT_BELOW = 5  # 万元: no home is sold for less, so it is a rent (as the field table has prices)
_AREA = "(?:平方米|平米|平|m2)"
# What may follow the amount, by the field's unit.
_PERIODS = {
    "万元": "(?!)",
    "元": "(?!)",
    "元/月": "/ {0,3}月",
    "元/㎡": f"/ {{0,3}}{_AREA}",
    "元/㎡/月": f"/ {{0,3}}{_AREA}(?: {{0,3}}/ {{0,3}}月)?",
}
MONEY_UNITS = frozenset(_PERIODS)
_EXPONENTS = {"元": 0, "千": 3, "k": 3, "万": 4, "w": 4, "百万": 6, "千万": 7, "亿": 8}
_UNIT = "(?:百万|千万|亿|万|千)元?|元|[kw](?![a-z])"


def parse_money(
    text: str, unit: str, *, low: float | None = None, high: float | None = None
) -> int | float:
    """An amount of money, in the field's unit.

    Args:
        text: `[¥]NUMBER[UNIT][/PERIOD]`; without a unit the field's own is meant.
        unit: of the field: 万元, 元, 元/月, 元/㎡ or 元/㎡/月.
        low: the least that is plausible, in that unit.
        high: the most that is plausible, in that unit.

    Returns:
        An int when whole, else the float nearest to what was typed.

    Raises:
        FieldError: `bad-money`; `implausible`, with both readings; `unset-word`
            for 面议 待定 暂无; `range-in-value` with its two ends.
    """
    value = plain_number(text)
    if value is not None and (low is None or value >= low) and (high is None or value <= high):
        return value
    typed = SourceText(text)
    refuse_unset(typed)
    if len(typed.text) > LONGEST_VALUE:
        raise typed.error("bad-money", unit=unit)
    amount = f"(?:¥ {{0,3}})?({NUMBER})(?: {{0,3}}({_UNIT}))?(?: {{0,3}}{_PERIODS[unit]})?"
    found = re.match(amount, typed.text, re.IGNORECASE)
    if not found or found.end() < len(typed.text):
        _refuse_range(typed, amount, unit)
        raise typed.error("bad-money", found.end() if found else 0, unit=unit)
    if has_too_many_digits(found[1]):
        raise typed.error("bad-money", unit=unit)
    value = _in_unit(found[1], found[2], unit)
    if (low is not None and value < low) or (high is not None and value > high):
        limits = {"low": "…" if low is None else low, "high": "…" if high is None else high}
        raise typed.error("implausible", **_readings(found[1], found[2], unit), **limits)
    return value


def _in_unit(digits: str, typed_unit: str | None, unit: str) -> int | float:
    own = 4 if unit == "万元" else 0
    return scaled(digits, _exponent(typed_unit, own) - own)


def _exponent(typed_unit: str | None, own: int) -> int:
    """The power of ten a unit stands for; `own` is that of the field."""
    if typed_unit is None:
        return own
    return _EXPONENTS[typed_unit.lower().removesuffix("元") or "元"]


def _readings(digits: str, typed_unit: str | None, unit: str) -> dict[str, object]:
    """What the number was read as, and what else it may have been meant as.

    A price typed in 元 and one typed in 万 differ by four zeros, which is
    nearly always what an implausible amount is about.
    """
    plain = digits.replace(",", "")
    read_unit = typed_unit or ("万元" if unit == "万元" else "元")
    other_unit = "元" if _exponent(read_unit, 0) >= 4 else "万元"
    return {
        "reading": plain + read_unit,
        "amount": _in_unit(digits, typed_unit, unit),
        "other": plain + other_unit,
        "other_amount": _in_unit(digits, other_unit, unit),
        "unit": unit,
    }


def _refuse_range(typed: SourceText, amount: str, unit: str) -> None:
    """Say so where two amounts stand; one unit after both counts for both."""
    ends = re.fullmatch(f"{amount} {{0,3}}{DASH} {{0,3}}{amount}", typed.text, re.IGNORECASE)
    if not ends or has_too_many_digits(ends[1]) or has_too_many_digits(ends[3]):
        return
    low = _in_unit(ends[1], ends[2] or ends[4], unit)
    high = _in_unit(ends[3], ends[4], unit)
    if low < high:
        raise typed.error("range-in-value", low=low, high=high, unit=unit)


def render_money(value: int | float, unit: str) -> str:
    """An amount with its unit, as people read it: `620 万元`."""
    return f"{render_number(value)} {unit}"

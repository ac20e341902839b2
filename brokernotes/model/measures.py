"""Numbers as people type them: counts, areas, and numbers with a known suffix.

Nothing is guessed from the size of a number, and the whole value must match.
"""

from __future__ import annotations

import re

from brokernotes.errors import FieldError
from brokernotes.model.source_text import LONGEST_VALUE, SourceText, clipped

# Three-digit groups or none, one point with digits on both sides; never `nan`, `1_000`, `1e3`.
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![0-9.,])"
DASH = "(?:[-~〜–—]{1,2}|至|到)"
UNSET_WORDS = frozenset(("面议", "待定", "暂无"))
_MOST_DIGITS = 15  # what a float and a spreadsheet keep exactly
_SUFFIXES = {
    "㎡": "平方米|平米|平方|平|m2|sqm",
    "分钟": "分钟|分|minutes|minute|mins|min",
    "小时": "小时|hours|hour|h",
    "天": "天|日|days|day|d",
    "月": "个月|月|months|month",
    "年": "年|years|year",
    "室": "室|房|间",
    "厅": "厅",
    "卫": "卫",
    "层": "层|楼",
    "人": "个人|人|位",
}


def scaled(digits: str, exponent: int = 0) -> int | float:
    """A plain number times a power of ten: an int when whole, else the nearest float.

    Args:
        digits: matched by `NUMBER`.
        exponent: of ten.
    """
    whole, _, fraction = digits.replace(",", "").partition(".")
    number, exponent = int(whole + fraction), exponent - len(fraction)
    if exponent >= 0:
        return number * int(10**exponent)
    divisor = int(10**-exponent)
    quotient, rest = divmod(number, divisor)
    return number / divisor if rest else quotient


def has_too_many_digits(digits: str) -> bool:
    """Whether a number is longer than a float can keep."""
    return len(digits.replace(",", "").replace(".", "").strip("0")) > _MOST_DIGITS


def plain_number(text: str) -> int | float | None:
    """The number of ASCII digits with at most one point, or None: the fast path of every kind."""
    if len(text) > _MOST_DIGITS or not text.isascii():
        return None
    if text.isdigit():
        return int(text)
    whole, point, fraction = text.partition(".")
    if not point or not whole.isdigit() or not fraction.isdigit():
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def parse_int(text: str, unit: str = "", *, low: int | None = None, high: int | None = None) -> int:
    """A whole number.

    Args:
        text: such as `3`, `-1`, `３` or, with a unit, `3室`.
        unit: a suffix that may stand after the number; empty: none.
        low: the least it may be.
        high: the most it may be.

    Raises:
        FieldError: `bad-int`, `out-of-range`, `range-in-value` or `unset-word`.
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        value = int(text)
    else:
        typed = SourceText(text)
        found = _whole(typed, "-?[0-9]{1,15}", unit, "bad-int")
        value = int(found[1])
    check_range(value, text, low, high)
    return value


def parse_number(
    text: str, unit: str = "", *, low: float | None = None, high: float | None = None
) -> int | float:
    """A number, with or without its unit.

    Args:
        text: such as `2.8`, `1,200`, `-3` or `45分钟`.
        unit: a suffix that may stand after the number; empty: none.
        low: the least it may be, in the unit.
        high: the most it may be, in the unit.

    Returns:
        An int when whole, else a float.

    Raises:
        FieldError: `bad-number`, `out-of-range`, `range-in-value` or `unset-word`.
    """
    return _number(text, unit, "bad-number", (low, high))


def parse_area(text: str, *, low: float | None = None, high: float | None = None) -> int | float:
    """An area in ㎡.

    Args:
        text: such as `118.5`, `118.5㎡`, `118.5平` or `118.5 平方米`.
        low: the least it may be, in ㎡.
        high: the most it may be, in ㎡.

    Returns:
        Square metres: an int when whole, else a float.

    Raises:
        FieldError: `bad-area`, `out-of-range`, `range-in-value` or `unset-word`.
    """
    return _number(text, "㎡", "bad-area", (low, high))


def render_number(value: int | float) -> str:
    """A number as it is written into a note: digits and at most one point, never an exponent.

    Args:
        value: finite.
    """
    if isinstance(value, int):
        return str(value)
    if value.is_integer():
        return str(int(value))
    shown = repr(value)
    digits, exponent, power = shown.partition("e")
    if not exponent:
        return shown
    decimals = len(digits.partition(".")[2]) - int(power)
    return f"{value:.{decimals}f}"


def refuse_unset(typed: SourceText) -> None:
    """Say so where a word stands for "not known yet" instead of a value."""
    if typed.text in UNSET_WORDS:
        raise typed.error("unset-word")


def check_range(value: float, text: str, low: float | None, high: float | None) -> None:
    """Refuse a number outside its field's range.

    Raises:
        FieldError: `out-of-range`.
    """
    if (low is not None and value < low) or (high is not None and value > high):
        start = len(text) - len(text.lstrip())
        raise FieldError(
            "out-of-range",
            offset=start,
            length=len(text.strip()),
            value=clipped(text.strip()),
            low="…" if low is None else low,
            high="…" if high is None else high,
        )


def _number(
    text: str, unit: str, code: str, limits: tuple[float | None, float | None]
) -> int | float:
    value = plain_number(text)
    if value is None:
        typed = SourceText(text)
        sign = "" if code == "bad-area" else "-?"
        digits = _whole(typed, sign + NUMBER, unit, code)[1]
        if has_too_many_digits(digits):
            raise typed.error(code)
        value = -scaled(digits[1:]) if digits.startswith("-") else scaled(digits)
    check_range(value, text, *limits)
    return value


def _whole(typed: SourceText, number: str, unit: str, code: str) -> re.Match[str]:
    """The match of a whole value, its number as group 1."""
    refuse_unset(typed)
    text = typed.text
    if len(text) > LONGEST_VALUE:
        raise typed.error(code)
    suffix = _suffix(unit)
    found = re.match(f"({number})(?: {{0,3}}(?:{suffix}))?", text, re.IGNORECASE)
    if found and found.end() == len(text):
        return found
    pattern = (
        rf"({number}) {{0,3}}(?:{suffix})? {{0,3}}{DASH} {{0,3}}({number}) {{0,3}}(?:{suffix})?"
    )
    pair = re.fullmatch(pattern, text, re.IGNORECASE)
    if pair:
        low, high = (
            -scaled(end[1:]) if end.startswith("-") else scaled(end) for end in pair.groups()
        )
        if low < high:
            raise typed.error("range-in-value", low=low, high=high, unit=unit)
    raise typed.error(code, found.end() if found else 0)


def _suffix(unit: str) -> str:
    """A pattern of what may stand after a number of this unit."""
    if not unit:
        return "(?!)"
    return _SUFFIXES.get(unit) or re.escape(SourceText(unit).text)

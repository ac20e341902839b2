"""Amounts as they are dictated: 两万五千五, 七百一, `5万`, `6,000`, `1.2亿`."""

from __future__ import annotations

import re

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "〇": 0,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_CHINESE = lazy_pattern("[零〇一二两三四五六七八九十百千万亿]{1,16}")
_TYPED = lazy_pattern(
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?P<part>\.[0-9]{1,6})?(?![0-9])"
    r"(?: ?(?P<unit>百万|千万|亿|万|千|w(?![a-z])|k(?![a-z])))?(?P<more>[0-9](?![0-9.])|半)?",
    re.IGNORECASE,
)
_TYPED_UNITS = {"千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "百万": 1_000_000,
                "千万": 10_000_000, "亿": 100_000_000}  # fmt: skip
_YUAN = lazy_pattern(" ?(?:元|块钱?)")


class Amount(NamedTuple):
    """A number as it was said.

    Attributes:
        number: what it comes to.
        is_yuan: whether a unit was said (万, 亿, 元), so that the number is in 元; otherwise it
            is in whatever the thing it measures is spoken of.
        end: the place after it.
    """

    number: int | float
    is_yuan: bool
    end: int

    def wan(self) -> int | float:
        """In 万元, where a bare number means that."""
        return self.number if not self.is_yuan else _plain(self.number / 10_000)


def match_amount(text: str, pos: int) -> Amount | None:
    """The amount that begins at a place in a text; None: there is none.

    Args:
        text: in plain width.
        pos: where it would begin.
    """
    typed = _TYPED.match(text, pos)
    if typed:
        unit = _TYPED_UNITS.get((typed["unit"] or "").lower(), 1)
        number = float(typed["digits"].replace(",", "") + (typed["part"] or "")) * unit
        end = typed.end()
        if typed["more"] and unit > 1:  # 5万5
            number += (5 if typed["more"] == "半" else int(typed["more"])) * unit / 10
        elif typed["more"]:
            end -= 1
        return _said(text, _plain(number), unit >= 10_000, end)
    chinese = _CHINESE.match(text, pos)
    if not chinese:
        return None
    value = parse_spoken(chinese[0])
    if value is None:
        return None
    return _said(text, value, any(unit in chinese[0] for unit in _LARGE), chinese.end())


def parse_spoken(text: str) -> int | None:
    """A Chinese numeral; a last digit without its unit is of the next lower one: 七百一 is 710.

    Args:
        text: of the characters 零 to 九, 两, 十, 百, 千, 万, 亿.

    Returns:
        The number; None where the characters do not make one.
    """
    total = section = 0
    digit: int | None = None
    last, after_zero = 1, False
    for character in text:
        if character in _DIGITS:
            if digit:  # two digits in a row are no number but an enumeration
                return None
            digit, after_zero = _DIGITS[character], after_zero or character in "零〇"
            continue
        if character in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[character]
            last = _UNITS[character]
        else:
            section += digit or 0
            if not section:
                return None
            total = (
                (total + section) * _LARGE[character]
                if character == "亿"
                else (total + section * _LARGE[character])
            )
            section, last = 0, _LARGE[character]
        digit, after_zero = None, False
    if digit is not None:
        section += digit * (last // 10 if last >= 100 and not after_zero else 1)
    return total + section


def _said(text: str, number: int | float, is_yuan: bool, end: int) -> Amount:
    unit = _YUAN.match(text, end)
    return Amount(number, is_yuan or bool(unit), unit.end() if unit else end)


def _plain(number: float) -> int | float:
    number = round(number, 6)
    return int(number) if float(number).is_integer() else number

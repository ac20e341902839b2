"""Spans of days as they are said: 本月, 上周, `this quarter`, `2026-11`, 最近30天.

What can be asked for, never what a note may hold: they mean other days to
everybody who reads them later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.numerals import NUMERAL, parse_numeral
from brokernotes.model.relative import MONTH, add_months, month_number
from brokernotes.model.source_text import LONGEST_VALUE, SourceText
from brokernotes.model.when import parse_when

_SIDES = {"上": -1, "本": 0, "这": 0, "今": 0, "下": 1, "last": -1, "this": 0, "next": 1}
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "月": "m", "年": "y"}
_CHINESE_DIGITS = "一二三四"


class Period(NamedTuple):
    """A span of days, both ends included."""

    first: date
    last: date


def parse_period(text: str, now: datetime) -> Period | datetime:
    """A span of days, or a moment.

    Args:
        text: a year, month or quarter (`2026`, `2026-11`, 11月, `Q3`, 2026年三季度); the week,
            month, quarter or year before, of or after today (上周, 本月, `next quarter`, 去年);
            最近30天, `last 30 days`, 未来7天, `next 2 weeks`; else a day or a moment as
            `parse_when` reads it.
        now: the present moment in the vault's zone.

    Raises:
        FieldError: as `parse_when`.
    """
    typed = SourceText(text)
    if len(typed.text) <= LONGEST_VALUE:
        said = " ".join(typed.text.lower().split())
        for pattern, period_of in _FORMS:
            found = re.fullmatch(pattern, said)
            if found:
                try:
                    period = period_of(found, now.date())
                except (OverflowError, ValueError):
                    break
                if period:
                    return period
    day = parse_when(text, now)
    return day if isinstance(day, datetime) else Period(day, day)


def _month_of(day: date, months: int = 1) -> Period:
    """So many months from the first of a day's month."""
    first = day.replace(day=1)
    return Period(first, add_months(first, months) - timedelta(days=1))


def _year(found: re.Match[str], today: date) -> Period:
    word = found["word"]
    side = next((shift for begun, shift in _SIDES.items() if word.startswith(begun)), None)
    if word in _YEARS:
        year = today.year + _YEARS[word]
    else:
        year = int(word) if side is None else today.year + side
    return Period(date(year, 1, 1), date(year, 12, 31))


def _month(found: re.Match[str], today: date) -> Period:
    return _month_of(date(int(found["year"] or today.year), int(found["month"]), 1))


def _named_month(found: re.Match[str], today: date) -> Period:
    return _month_of(date(int(found["year"] or today.year), month_number(found["name"]), 1))


def _quarter(found: re.Match[str], today: date) -> Period:
    said = found["quarter"]
    number = _CHINESE_DIGITS.index(said) + 1 if said in _CHINESE_DIGITS else int(said)
    return _month_of(date(int(found["year"] or today.year), 3 * number - 2, 1), 3)


def _beside(found: re.Match[str], today: date) -> Period:
    """The week, month or quarter before, of or after today."""
    said = found["side"]
    shift = _SIDES[said] if said.isascii() else _SIDES[said[0]] * len(said)
    unit = found["unit"]
    if unit in ("周", "星期", "礼拜", "week"):
        monday = today + timedelta(days=7 * shift - today.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit in ("月", "month"):
        return _month_of(add_months(today.replace(day=1), shift))
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return _month_of(add_months(first, 3 * shift), 3)


def _stretch(found: re.Match[str], today: date) -> Period | None:
    """So many days before or after today, today included."""
    number = parse_numeral(found["number"])
    if number is None:
        return None
    sign = 1 if found["way"] in ("未来", "接下来", "今后", "next") else -1
    unit = _UNITS.get(found["unit"], found["unit"][0])
    if unit in "my":
        end = add_months(today, sign * number * (12 if unit == "y" else 1))
    else:
        end = today + timedelta(days=sign * number * (7 if unit == "w" else 1))
    return Period(min(today, end), max(today, end))


_YEAR = "(?P<year>[12][0-9]{3})"
_FORMS: tuple[tuple[str, Callable[[re.Match[str], date], Period | None]], ...] = (
    ("(?P<word>[12][0-9]{3}) ?年?", _year),
    ("(?P<word>前年|去年|今年|本年|明年|后年|(?:last|this|next) year)", _year),
    (rf"{_YEAR}[-/.年] ?(?P<month>[0-9]{{1,2}}) ?月?", _month),
    ("(?P<year>)(?P<month>[0-9]{1,2}) ?月份?", _month),
    (rf"{MONTH}(?: {_YEAR})?", _named_month),
    (rf"(?:{_YEAR} ?[-/年]? ?)?q(?P<quarter>[1-4])", _quarter),
    (rf"(?:{_YEAR} ?年? ?)?第?(?P<quarter>[一二三四1-4])季度?", _quarter),
    ("(?P<side>上{1,2}|本|这|下{1,2})个?(?P<unit>周|星期|礼拜|月|季度?)", _beside),
    ("(?P<side>last|this|next) (?P<unit>week|month|quarter)", _beside),
    (
        f"(?P<way>最近|近|过去|未来|接下来|今后)的?(?P<number>[0-9]{{1,4}}|{NUMERAL}) ?"
        "个?(?P<unit>天|日|周|星期|礼拜|月|年)内?",
        _stretch,
    ),
    (
        "(?P<way>last|past|next) (?P<number>[0-9]{1,4}) (?P<unit>days?|weeks?|months?|years?)",
        _stretch,
    ),
)  # fmt: skip

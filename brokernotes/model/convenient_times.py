"""Times that suit somebody, as people say them: 双休, 下午, 19点以后, evening, 10:00-20:00."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.days import WEEKDAYS

DAY = 24 * 60  # minutes

_WEEKEND = ("双休", "周末", "weekend")
_WEEKDAY = ("工作日", "平日", "weekday")
_DAYS = {
    **{f"{start}{word}": at for start in ("周", "星期", "礼拜")
       for at, word in enumerate("一二三四五六日")},
    **{f"{start}天": 6 for start in ("周", "星期", "礼拜")},
    **{word: at for at, word in enumerate(WEEKDAYS)},
}  # fmt: skip
# Parts of the day, from minute to minute (ours).
_PARTS = {
    "上午": (6 * 60, 12 * 60), "早上": (6 * 60, 10 * 60), "中午": (11 * 60, 14 * 60),
    "下午": (12 * 60, 18 * 60), "傍晚": (16 * 60, 20 * 60), "晚上": (18 * 60, DAY),
    "下班": (17 * 60 + 30, DAY),
    "morning": (6 * 60, 12 * 60), "noon": (11 * 60, 14 * 60), "afternoon": (12 * 60, 18 * 60),
    "evening": (18 * 60, DAY),
}  # fmt: skip
_HOUR = r"([01]?[0-9]|2[0-4])(?:[:：]([0-5][0-9])|点半?|时)?"
_RANGE = lazy_pattern(rf"(?<![0-9]){_HOUR} ?[-–—~到至] ?{_HOUR}(?![0-9])")
_AFTER = lazy_pattern(
    r"(?:(?<=after )|(?<=from ))([01]?[0-9]|2[0-4])(?::([0-5][0-9]))?(?![0-9])"
    r"|(?<![0-9])([01]?[0-9]|2[0-4])(?:[:：]([0-5][0-9])|点)[之以]?后"
)
_BEFORE = lazy_pattern(
    r"(?:(?<=before )|(?<=until ))([01]?[0-9]|2[0-4])(?::([0-5][0-9]))?(?![0-9])"
    r"|(?<![0-9])([01]?[0-9]|2[0-4])(?:[:：]([0-5][0-9])|点)[之以]?前"
)


def suits(times: Iterable[str], day: date, minutes: Iterable[int]) -> bool:
    """Whether a day and times of it are among those somebody named; unknown words forbid nothing.

    Args:
        times: as typed: 下午, 双休, 周三, evening, 19点以后, `10:00-20:00`.
        day: the day.
        minutes: since midnight.
    """
    days: set[int] = set()
    parts: list[tuple[int, int]] = []
    for said in times:
        text = said.lower()
        if any(word in text for word in _WEEKEND):
            days |= {5, 6}
        if any(word in text for word in _WEEKDAY):
            days |= {0, 1, 2, 3, 4}
        days |= {at for word, at in _DAYS.items() if word in text}
        clocks = [*_clock_parts(text)]
        # 晚上7点以后: the clock says it better than the word beside it.
        parts += clocks or [span for word, span in _PARTS.items() if word in text]
    if days and day.weekday() not in days:
        return False
    return not parts or all(any(a <= one < b for a, b in parts) for one in minutes)


def _clock_parts(text: str) -> Iterator[tuple[int, int]]:
    """Parts of the day that a text names by the clock."""
    late = 12 * 60 if any(word in text for word in ("下午", "晚上", "傍晚", "pm")) else 0
    for found in _RANGE.finditer(text):
        start, end = _minutes(found[1], found[2], late), _minutes(found[3], found[4], late)
        if start < end:
            yield start, end
    for found in _AFTER.finditer(text):
        yield _minutes(found[1] or found[3], found[2] or found[4], late), DAY
    for found in _BEFORE.finditer(text):
        yield 0, _minutes(found[1] or found[3], found[2] or found[4], late)


def _minutes(hour: str, minute: str | None, late: int) -> int:
    """Since midnight; of the afternoon where words beside it say so: 晚上7点."""
    at = int(hour) * 60 + int(minute or 0)
    return at + late if at < 12 * 60 and late else at


__all__ = ["DAY", "suits"]

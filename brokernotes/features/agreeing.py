"""Whether somebody knows of a showing, and agreed to it: what settles `confirm_showing`.

An entry settles it that names its day and time, as `evening` writes it (确认 11-22 15:00), up to
two weeks before; and, from the day before on, one in which the person was reached and the text
says that the showing stands (确认时间和集合点) without naming another time. What is not certain
does not count: to ask once more costs a message, a closed door costs a client (ours).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.days import days_after
from brokernotes.model.numerals import parse_numeral
from brokernotes.model.records import LogEntry

CONFIRMING = frozenset({"call", "wechat", "sms", "meeting", "followup", "revisit"})
_SENT = frozenset({"wechat", "sms"})  # reach nobody until it is said
_ANSWERED = frozenset({"reached", "replied"})
_UNHEARD = frozenset({"no_answer", "dead_number", "wrong_number", "refused"})
_LONGEST = 14  # days

_AGREED = lazy_pattern(
    r"确认|约好|说好|讲好|定好|敲定|说定|没问题|准时|答应|同意"
    r"|\b(?:confirm(?:s|ed)?|agree[sd]?|will be there)\b",
    re.IGNORECASE,
)
_ABOUT = lazy_pattern(
    r"看|时间|集合|见面|碰头|开门|到场|过来|\b(?:showing|viewing|visit|meet(?:ing)?|time|come)\b",
    re.IGNORECASE,
)
_OPEN = lazy_pattern(
    r"未|没(?!问题)|不|别|取消|改|再|待|等|[?？吗]|\b(?:not|cancel\w*|postpone\w*|later|again|wait\w*)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_CLOCK = lazy_pattern(r"(\d{1,2})[:：](\d{2})")
_HOUR = lazy_pattern(r"(\d{1,2}|[一二两三四五六七八九十]{1,3})点")
_DATE = lazy_pattern(r"(\d{1,2})(?:-|月)(\d{1,2})(?!\d)")
_WEEK = "一二三四五六日"
_WEEKDAY = lazy_pattern(r"(?:周|星期|礼拜)([一二三四五六日天])")


def is_told(log: Iterable[LogEntry], day: date, minutes: int | None) -> bool:
    """Whether a log says that a showing was confirmed.

    Args:
        log: of the client's or the listing's note.
        day: of the showing.
        minutes: since midnight; None: no time is said.
    """
    clock = f" {minutes // 60:02}:{minutes % 60:02}" if minutes is not None else ""
    said = f"{day:%m-%d}{clock}"
    first = days_after(day, -_LONGEST)
    return any(
        first <= entry.day <= day
        and _is_heard(entry)
        and (said in entry.text or _stands(entry, day, minutes))
        for entry in log
    )


def _is_heard(entry: LogEntry) -> bool:
    return (
        entry.verb in CONFIRMING
        and entry.is_happened
        and entry.fields.get("outcome") not in _UNHEARD
    )


def _stands(entry: LogEntry, day: date, minutes: int | None) -> bool:
    """Whether somebody was reached lately enough, and said that the showing stands."""
    text = entry.text
    is_lately = day - entry.day <= timedelta(days=1) and (
        entry.day < day or minutes is None or (entry.minutes or 0) <= minutes
    )
    is_answered = (
        entry.verb not in _SENT
        or entry.fields.get("outcome") in _ANSWERED
        or "from" in entry.fields
    )
    return bool(
        is_lately
        and is_answered
        and _AGREED.search(text)
        and _ABOUT.search(text)
        and not _OPEN.search(text)
        and not _is_of_another_time(text, entry.day, day, minutes)
    )


def _is_of_another_time(text: str, today: date, day: date, minutes: int | None) -> bool:
    """Whether a text names a day or a time, and none of those it names is the showing's."""
    dates = {(int(found[1]), int(found[2])) for found in _DATE.finditer(text)}
    weekdays = {_WEEK.index(found[1].replace("天", "日")) for found in _WEEKDAY.finditer(text)}
    if dates and (day.month, day.day) not in dates:
        return True
    if weekdays and day.weekday() not in weekdays:
        return True
    if "后天" in text and day - today < timedelta(days=2):
        return True
    if minutes is None:
        return False
    clocks = {int(found[1]) * 60 + int(found[2]) for found in _CLOCK.finditer(text)}
    hours = {parse_numeral(found[1].replace("两", "二")) for found in _HOUR.finditer(text)}
    if clocks:
        return minutes not in clocks
    return bool(hours) and (minutes // 60) % 12 not in {(hour or 0) % 12 for hour in hours}

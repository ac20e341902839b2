"""A moment so far from now: 半小时后, `in an hour`, `+90min`, 两小时前."""

from __future__ import annotations

import re

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.numerals import NUMERAL, parse_numeral

_HOUR, _MINUTE = "(?P<hour>h|hours?|hrs?)", "(?:min|mins|minutes?)"
_COUNT = "(?P<count>[0-9]{1,4}|an?|one|two|three|half an?)"
_ENGLISH = lazy_pattern(
    rf"(?:(?:\+ ?|in +){_COUNT} ?(?:{_HOUR}|{_MINUTE})"
    rf"|(?P<late>[0-9]{{1,4}}|an?|one|two|three|half an?) +(?:(?P<hours>hours?|hrs?)|{_MINUTE})"
    " +(?:(?P<ago>ago)|later|from now))",
    re.IGNORECASE,
)
_CHINESE = lazy_pattern(
    f"(?P<count>[0-9]{{1,4}}|{NUMERAL}|(?=半))(?P<first>半)?个?(?P<half>半)?"
    "(?P<unit>小时|钟头|分钟|刻钟) ?[之以]?(?P<side>[后前])"
)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def match_from_now(text: str) -> int | None:
    """Minutes from now, negative for what is past.

    Args:
        text: the whole of what is said, in plain width.

    Returns:
        None where it says something else.
    """
    found = _ENGLISH.fullmatch(text)
    if found:
        count = (found["count"] or found["late"]).lower()
        size = 60 if found["hour"] or found["hours"] else 1
        minutes = (
            size // 2 if count.startswith("half") else size * (_WORDS.get(count) or int(count))
        )
        return -minutes if found["ago"] else minutes
    found = _CHINESE.fullmatch(text)
    if found is None:
        return None
    size = {"分钟": 1, "刻钟": 15}.get(found["unit"], 60)
    halves = 1 if found["first"] or found["half"] else 0
    number = parse_numeral(found["count"]) if found["count"] else 0
    if number is None:
        return None
    minutes = number * size + halves * size // 2
    return -minutes if found["side"] == "前" else minutes

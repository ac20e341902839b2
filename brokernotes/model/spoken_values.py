"""Numbers of a value in digits where somebody wrote them in words: 四百八十万 is 480万.

Notes hold digits; what is typed on the command line may be said as it is spoken.
"""

from __future__ import annotations

import re

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.measures import render_number
from brokernotes.model.source_text import narrow
from brokernotes.model.spoken import parse_spoken

# Not behind a digit: in 5百万 the characters are a unit.
_NUMERAL = lazy_pattern("(?<![0-9. ])[零〇一二两三四五六七八九十百千万亿]{1,16}(?![0-9])")
_COINS = lazy_pattern("(?<=[0-9万千]) ?块钱?")
_SHARE = lazy_pattern("(?:[0-9.]{1,5}|[一二两三四五六七八九十半]{1,3}) ?(?:成半?|%)")
_LONGEST = 60


def in_digits(text: str) -> str | None:
    """A value with digits for its Chinese numerals, 万 kept as a unit; None: it says none.

    Args:
        text: such as `四百八十万`, `三百到四百万`, `一百二十平`, `4500块`.
    """
    if text.isascii() or len(text) > _LONGEST:
        return None
    plain = narrow(text)
    said = _COINS.sub("元", _NUMERAL.sub(_digits, plain))
    return said if said != plain else None


def is_share(text: str) -> bool:
    """Whether a value is a part of something, not an amount: 5成, 三成, 50%."""
    return _SHARE.fullmatch(narrow(text).strip()) is not None


def _digits(found: re.Match[str]) -> str:
    value = parse_spoken(found[0])
    if value is None:
        return found[0]
    if "万" in found[0] or "亿" in found[0]:
        return f"{render_number(value / 10_000)}万"
    return str(value)

"""Small numbers written in Chinese characters, as dictation leaves them."""

from __future__ import annotations

NUMERAL = "[零一二两三四五六七八九十]{1,3}"  # a pattern of what `parse_numeral` is worth trying on
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}


def parse_numeral(text: str) -> int | None:
    """The value of ASCII digits, or of a Chinese numeral from 零 to 九十九.

    Args:
        text: such as `12`, `十二`, `两` or `二十三`.

    Returns:
        The number, or None where the characters do not make one.
    """
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 15 else None
    if text[0] == "零":
        text = text[1:] or text  # 零五, said of minutes
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text)
    upper = _DIGITS.get(tens, 0) if tens else 1
    lower = _DIGITS.get(ones, 0) if ones else 0
    if (tens and not upper) or (ones and not lower):
        return None
    return upper * 10 + lower


def to_numeral(number: int) -> str:
    """A number from 0 to 99 as it is said: 十二, 二十三."""
    names = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return names[ones]
    return (names[tens] if tens > 1 else "") + "十" + (names[ones] if ones else "")

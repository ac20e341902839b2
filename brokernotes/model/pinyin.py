"""The letters Chinese words begin with: `ygxc` for 阳光新城, as people type to find a name."""

from __future__ import annotations

from bisect import bisect_right

ANY = "?"  # stands for a character whose sound is not known here

# The 3,755 commonest characters stand in GB 2312 in the order of their sound; the first of each
# letter is enough. Source: GB/T 2312-1980, level 1.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_LAST = "座"
_STARTS = [first.encode("gb2312") for first in _FIRST]
_END = _LAST.encode("gb2312")


def initials(text: str) -> str:
    """The first letters of a text's characters, letters and digits as they are.

    Args:
        text: such as `阳光新城 3室`.

    Returns:
        `ygxc3s`: lower case, without spaces and marks; `?` for a rare character.
    """
    return "".join(_initial(character) for character in text if character.isalnum())


def begins_with_initials(text: str, typed: str) -> bool:
    """Whether the initials of a text begin so; `?` is any letter.

    Args:
        text: a name.
        typed: ASCII letters and digits.
    """
    known = initials(text)
    return len(known) >= len(typed) and all(
        known[at] in (letter, ANY) for at, letter in enumerate(typed.lower())
    )


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower()
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ANY
    return _LETTERS[bisect_right(_STARTS, code) - 1] if _STARTS[0] <= code <= _END else ANY

"""The table of how Chinese characters sound, taken from pypinyin, which the program does without.

Importing pypinyin takes half a second, and a name of twelve characters a quarter of a
millisecond; reading this table takes some milliseconds, and only where somebody types letters.
"""

from __future__ import annotations

from collections import defaultdict

from pypinyin import Style, pinyin

PATH = "brokernotes/model/syllables.txt"
_FIRST, _LAST = 0x4E00, 0x9FA5


def syllables_table() -> str:
    """One line a syllable: its letters, a space, every character of GBK that may sound so."""
    sounding: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(_FIRST, _LAST + 1):
        character = chr(code)
        if not _is_gbk(character):
            continue
        (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True)
        for one in sorted({_typed(reading) for reading in readings}):
            if one.isascii() and one.isalpha():
                sounding[one].append(character)
    return "".join(f"{one} {''.join(sounding[one])}\n" for one in sorted(sounding))


def _typed(syllable: str) -> str:
    """A syllable as it is typed: lü as lv."""
    return syllable.replace("ü", "v").replace("ê", "e").lower()


def _is_gbk(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False

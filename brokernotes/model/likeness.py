"""Names that look or sound like one that was typed amiss: 李女氏 for 李女士, `yanguang`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from heapq import nlargest

from brokernotes.model.pinyin import syllables

MOST = 3  # that are worth naming
_LEAST = 0.7  # likeness: two of three characters are not enough, three of four are
_SHORTEST = 2  # one character is like half of everything
_NEARLY = 2  # letters of a syllable whose last one may be missing
_LOOKED_AT = 200  # names that share most sounds with what was typed


def most_alike(typed: str, names: Sequence[str]) -> list[int]:
    """Which names are most like a typed one, the likest first.

    Args:
        typed: folded.
        names: folded.

    Returns:
        Places in `names`: more than `MOST`, since one note may have several names.
    """
    typed = typed.strip()
    if len(typed) < _SHORTEST:
        return []
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        places.setdefault(name, []).append(at)
    rated = ((likeness(typed, name), name) for name in _candidates(typed, places))
    found = sorted((-rate, name) for rate, name in rated if rate >= _LEAST)
    return [at for _, name in found[: 4 * MOST] for at in places[name][: 4 * MOST]]


def _candidates(typed: str, names: Iterable[str]) -> list[str]:
    """The names with most of the sounds that were typed, whatever their order."""
    is_common = _common_letters(typed) if typed.isascii() else _common_sounds(typed)

    def common(name: str) -> float:
        shared = sum(map(is_common, set(name)))
        return shared - len(name) / 100  # of as many, the shorter name

    return nlargest(_LOOKED_AT, names, common)


def _common_sounds(typed: str) -> Callable[[str], bool]:
    sounds = {sound for character in typed for sound in syllables(character)}
    return functools.cache(lambda character: not sounds.isdisjoint(syllables(character)))


def _common_letters(typed: str) -> Callable[[str], bool]:
    """A letter that was typed, or a character whose whole syllable was, or nearly."""
    return functools.cache(
        lambda character: any(
            sound in typed or (len(sound) > _NEARLY and sound[:-1] in typed)
            for sound in syllables(character)
        )
    )


def likeness(typed: str, name: str) -> float:
    """How like two names are, from 0 to 1; the name's words count each by itself too.

    Args:
        typed: folded, Chinese or the letters of it.
        name: folded.
    """
    return max((_ratio(typed, word) for word in {name, *name.split()}), default=0.0)


def _ratio(typed: str, word: str) -> float:
    if typed.isascii() and not word.isascii():
        word = _spelled(word, typed)
    else:
        typed = "".join(_homophone(character, word) for character in typed)
    return SequenceMatcher(None, typed, word, autojunk=False).ratio()


def _homophone(character: str, word: str) -> str:
    """The character of a word that sounds like another one; else that other one."""
    if character in word or character.isascii():
        return character
    sounds = frozenset(syllables(character))
    return next((one for one in word if not sounds.isdisjoint(syllables(one))), character)


def _spelled(word: str, typed: str) -> str:
    """The letters of a word, as many syllables as were typed."""
    spelled = ""
    for character in word:
        sounds = syllables(character)
        spelled += next((one for one in sounds if one in typed), sounds[0])
        if len(spelled) >= len(typed):
            break
    return spelled

"""Names that look or sound like one that was typed amiss: 李女氏 for 李女士, `yanguang`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from brokernotes.model.pinyin import syllables

MOST = 3  # that are worth naming
_LEAST = 0.7  # likeness: two of three characters are not enough, three of four are
_SHORTEST = 2  # one character is like half of everything
_COMMON = 0.5  # of what was typed, before the slower look


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
    rated = ((likeness(typed, names[at]), at) for at in _candidates(typed, names))
    found = sorted(
        ((rate, at) for rate, at in rated if rate >= _LEAST),
        key=lambda one: (-one[0], names[one[1]]),
    )
    return [at for _, at in found[: 4 * MOST]]


def _candidates(typed: str, names: Sequence[str]) -> Iterator[int]:
    """Names with enough of the sounds that were typed, whatever their order."""
    if typed.isascii():
        letters = set(typed)
        first = typed[0]
        for at, name in enumerate(names):
            if (name and any(first == sound[0] for sound in syllables(name[0]))) or (
                name.isascii() and len(letters & set(name)) >= _COMMON * len(letters)
            ):
                yield at
        return
    sounds = {sound for character in typed for sound in syllables(character)}
    least = _COMMON * len(typed)
    for at, name in enumerate(names):
        common = sum(not sounds.isdisjoint(syllables(character)) for character in set(name))
        if common >= least:
            yield at


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

"""How Chinese sounds, as people type it to find a name: `ygxc`, `yangguang` for 阳光新城.

A character may be typed as its whole syllable or as its first letter; of the last one
any beginning will do. Which syllables a character has stands in `syllables.txt`, which is
made from pypinyin's table (MIT) by `docs/generate.py` and read when first asked for.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Collection, Iterable, Iterator

_TABLE = os.path.join(os.path.dirname(__file__), "syllables.txt")  # noqa: PTH118, PTH120
LEAST = 2  # letters: one is sooner a slip than a name


def is_typed_sound(text: str) -> bool:
    """Whether a text may be how a name sounds: ASCII letters and digits, a letter among them."""
    return len(text) >= LEAST and text.isascii() and text.isalnum() and not text.isdigit()


def sounds_like(name: str, typed: str, *, anywhere: bool = False) -> bool:
    """Whether a name may be meant by letters.

    Args:
        name: such as `阳光新城 3室`; spaces and marks in it are passed over.
        typed: ASCII letters and digits, `ygxc3`, `yangguangxin`.
        anywhere: whether it may begin at any character, not at the first alone.
    """
    readings = [syllables(character) for character in name if character.isalnum()]
    typed = typed.lower()
    return any(
        _fits(readings, start, typed)
        for start in range(len(readings) if anywhere else min(1, len(readings)))
        if any(syllable[0] == typed[0] for syllable in readings[start])
    )


def names_sounding(names: Collection[str], typed: str) -> set[str]:
    """Those of many names that may be meant by letters, from any character on.

    Two neighbours of which the first begins as the letters do, and the second as one of the others,
    are looked for by a pattern: most names have none, which is found out in a tenth of the time.

    Args:
        names: those.
        typed: as for `sounds_like`, two letters at least.
    """
    typed = typed.lower()
    known = set[str]().union(*names)
    first = {one for one in known if one.isalnum() and _begins_in(one, typed[0])}
    later = {one for one in known if one.isalnum() and _begins_in(one, typed[1:])}
    alone = {one for one in first if any(said.startswith(typed) for said in syllables(one))}
    gap = {one for one in known if not one.isalnum()}
    then = f"{_one_of(gap)}*{_one_of(later)}" if gap else _one_of(later)
    may_be = re.compile(f"{_one_of(alone)}|{_one_of(first)}{then}").search
    return {name for name in set(names) if may_be(name) and sounds_like(name, typed, anywhere=True)}


def _begins_in(character: str, letters: str) -> bool:
    return any(said[0] in letters for said in syllables(character))


def _one_of(characters: Iterable[str]) -> str:
    listed = re.escape("".join(characters))
    return f"[{listed}]" if listed else "(?!)"


def sound_alike(one: str, other: str) -> bool:
    """Whether two words sound alike, character by character, as one slips for another in typing.

    `zh` and `z`, `ing` and `in` count as one sound: half of China does not tell them apart.
    """
    return len(one) == len(other) and all(
        a == b or not _blurred(a).isdisjoint(_blurred(b)) for a, b in zip(one, other, strict=True)
    )


@functools.cache
def _blurred(character: str) -> frozenset[str]:
    if character.isascii():
        return frozenset((character.lower(),))
    return frozenset(
        one[0] + one[2:].removesuffix("g") if one[1:2] == "h" else one.removesuffix("g")
        for one in syllables(character)
        if one != "?"
    )


def _fits(readings: list[tuple[str, ...]], start: int, typed: str) -> bool:
    """Whether letters spell the characters from one on, as far as the letters go."""
    places = {0}  # how much of the letters may be used up
    for at in range(start, len(readings)):
        reached: set[int] = set()
        for place in places:
            for end in _ends(readings[at], typed, place):
                if end == len(typed):
                    return True
                reached.add(end)
        if not reached:
            return False
        places = reached
    return False


def _ends(readings: tuple[str, ...], typed: str, place: int) -> Iterator[int]:
    rest = typed[place:]
    for syllable in readings:
        if rest.startswith(syllable):
            yield place + len(syllable)
        elif syllable.startswith(rest):
            yield len(typed)  # the last one need not be finished
        if rest[0] == syllable[0]:
            yield place + 1


@functools.cache
def syllables(character: str) -> tuple[str, ...]:
    """What a character may sound like; `?` where that is not known."""
    if character.isascii():
        return (character.lower(),)
    return _table().get(character, ("?",))


@functools.cache
def _table() -> dict[str, tuple[str, ...]]:
    with open(_TABLE, encoding="utf-8") as file:  # noqa: PTH123
        lines = file.read().splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        syllable, _, characters = line.partition(" ")
        own = (syllable,)
        for character in characters:
            found[character] = found[character] + own if character in found else own
    return found

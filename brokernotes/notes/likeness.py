"""The word somebody probably meant: near by its letters, or by its sound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brokernotes.model.query_keys import is_derived
from brokernotes.model.schema import Field, fold

# How alike two words must be for one to be offered in place of the other; a little less
# will do where they begin alike.
_NEAR, _NEAR_FROM_START = 0.65, 0.6
_START = 3
_LEAST = 2  # characters; one alone sounds like a hundred


def likely_word(word: str, words: list[str]) -> str | None:
    """The known word a typo most likely meant; None: none is near.

    Near is a slip of the keys, or, in Chinese, the wrong characters of an input method: the
    same sounds (`在手` for `在售`), or the bare initials (`zs`) where they are one word's alone.
    """
    import difflib

    by_fold = {fold(known): known for known in words}
    typed = fold(word)
    for found in difflib.get_close_matches(typed, by_fold, n=3, cutoff=_NEAR_FROM_START):
        near = difflib.SequenceMatcher(None, found, typed).ratio() >= _NEAR
        if near or found[:_START] == typed[:_START]:
            return by_fold[found]
    return _likely_by_sound(typed, by_fold)


def likely_key(word: str, rows: Iterable[Field]) -> str | None:
    """The key of a query a typo most likely meant: rather one that notes have than a derived one.

    Args:
        word: as typed.
        rows: the fields it may mean.
    """
    standing: list[str] = []
    derived: list[str] = []
    for row in rows:
        (derived if is_derived(row) else standing).extend((row.key, row.zh, *row.also))
    return likely_word(word, standing) or likely_word(word, derived)


def _likely_by_sound(typed: str, by_fold: Mapping[str, str]) -> str | None:
    from brokernotes.model.pinyin import is_typed_sound, sound_alike, sounds_like

    if len(typed) < _LEAST:
        return None
    chinese = [one for one in by_fold if not one.isascii()]
    if is_typed_sound(typed):
        same = [one for one in chinese if len(one) <= len(typed) and sounds_like(one, typed)]
    else:
        # One character at least must stand as it is: rare sounds make strange pairs.
        same = [
            one
            for one in chinese
            if any(a == b for a, b in zip(one, typed, strict=False)) and sound_alike(one, typed)
        ]
    return by_fold[same[0]] if len(same) == 1 else None

"""Text as it is searched, and names as file systems compare them."""

from __future__ import annotations

import functools
import unicodedata

# What Chinese prose is full of. Replaced first, most texts are in compatibility form already,
# which is found out twenty times as fast as it is made.
_OFTEN = {
    wide: unicodedata.normalize("NFKC", wide) for wide in "，：；！？（）～％／＋－＝＆＃．…　㎡²"
}
NAMES_MARK = "\x1f"  # between other names of a note, where they stand in one line


def fold_text(text: str) -> str:
    """The form in which texts are searched: NFKC, casefolded."""
    if text.isascii():
        return text.lower()
    for wide, plain in _OFTEN.items():
        if wide in text:
            text = text.replace(wide, plain)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.casefold()


# Of a district or a neighborhood: 浦东, 浦东区 and 浦东新区 are one.
_KINDS_OF_PLACE = ("新区", "区", "板块", "商圈", " new area", " district")


@functools.lru_cache(1024)  # a few places, named by every client and listing
def fold_place(place: str) -> str:
    """The form in which districts and neighborhoods are compared."""
    folded = fold_text(place).strip()
    for ending in _KINDS_OF_PLACE:
        if len(folded) > len(ending) + 1 and folded.endswith(ending):
            return folded.removesuffix(ending)
    return folded


def sort_key(value: object) -> bytes | float | None:
    """By what a text is sorted: Chinese by sound, as far as its commonest characters go.

    GB 18030 keeps the order of GB 2312, whose first level is sorted by sound.
    """
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    if text.isascii():
        return text.lower().encode()
    return text.casefold().encode("gb18030", "replace")


def fold(name: str) -> str:
    """The key under which names collide: NFC and casefold.

    macOS and Windows take two names of one key for the same file.
    """
    if name.isascii():
        return name.lower()
    folded = unicodedata.normalize("NFC", name).casefold()
    return unicodedata.normalize("NFC", folded)

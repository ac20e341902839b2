"""How wide text is on a terminal, where Chinese characters take two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = 2  # columns between two cells
LEAST = 8  # a column that gives way keeps this much


def width(text: str) -> int:
    """Columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 1


def cut(text: str, columns: int) -> str:
    """A text that takes at most so many columns; what is left out shows as `…`."""
    if width(text) <= columns:
        return text
    kept, room = [], columns - 1
    for character in text:
        room -= _character_width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """A text that takes exactly so many columns."""
    text = cut(text, columns)
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def fit(cells: Sequence[Sequence[str]], shrinking: Sequence[bool], total: int) -> list[int]:
    """Column widths that fit a line.

    Args:
        cells: texts by row, the header included.
        shrinking: which columns give way, in proportion to what they ask.
        total: columns of the terminal.

    Returns:
        One width a column; 0 for a column that is empty in every row but the header.
    """
    wanted = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    for index, column in enumerate(zip(*cells, strict=True)):
        if not any(column[1:]):
            wanted[index] = 0
    shown = sum(1 for size in wanted if size)
    excess = sum(wanted) + GAP * (shown - 1) - total
    while excess > 0:
        candidates = [i for i, gives in enumerate(shrinking) if gives and wanted[i] > LEAST]
        if not candidates:
            break
        widest = max(candidates, key=lambda i: wanted[i])
        wanted[widest] -= 1
        excess -= 1
    return wanted


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most so many columns; Chinese text breaks between characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, room = "", columns
        for word in _words(paragraph):
            size = width(word)
            if size > room and line:
                lines.append(line.rstrip())
                line, room = indent, columns - width(indent)
                word = word.lstrip()
                size = width(word)
            line += word
            room -= size
        lines.append(line.rstrip())
    return lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    for character in text:
        opens = not words or character == " " or _character_width(character) == 2
        if opens or _character_width(words[-1][-1]) == 2:
            # Closing punctuation never begins a line.
            if words and character in "，。、；：！？）》」』”’…,.;:!?)":
                words[-1] += character
            else:
                words.append(character)
        else:
            words[-1] += character
    return words


def visible(text: str) -> str:
    r"""A text without power over the terminal: control and bidi characters as `\xNN`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if character == "\n" or not _is_control(character) else _escaped(character)
        for character in text
    )


def _is_control(character: str) -> bool:
    if character == "\t":
        return False
    category = unicodedata.category(character)
    is_bidi = character in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return category == "Cc" or is_bidi


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")

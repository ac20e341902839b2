"""How wide text is on a terminal, where Chinese characters take two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = 2  # columns between two cells


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


def fit(cells: Sequence[Sequence[str]], least: Sequence[int], total: int) -> list[int]:
    """Column widths that fit a line.

    Args:
        cells: texts by row, the header included.
        least: columns that each keeps at least; 0: it never gives way.
        total: columns of the terminal.

    Returns:
        One width a column; 0 for a column that is empty in every row but the header.
    """
    by_column = list(zip(*cells, strict=True))
    wanted = [max(width(cell) for cell in column) if any(column[1:]) else 0 for column in by_column]
    excess = sum(wanted) + GAP * (sum(1 for size in wanted if size) - 1) - total
    while excess > 0:
        giving = [i for i, keeps in enumerate(least) if keeps and wanted[i] > keeps]
        if not giving:
            break
        wanted[max(giving, key=lambda i: wanted[i])] -= 1
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

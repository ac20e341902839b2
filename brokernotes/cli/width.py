"""How wide text is on a terminal, where Chinese characters take two columns."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence

_JOINER, _COLOURED = "\u200d", "\ufe0f"
_FIRST_PICTURE = 0x203C
GAP = 2  # columns between two cells
HEADING = 6  # columns of a heading that are always kept
CLOSING = "，。、；：！？）》」』”’…,.;:!?)"
OPENING = "（《「『“‘(["
LONGEST_FIELD = 24  # columns of a `[key: value]` that is not parted at a line's end


def width(text: str) -> int:
    """Columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(columns for _, columns in _clusters(text))


@functools.cache
def _character_width(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 0 if "\u1160" <= character <= "\u11ff" else 1  # vowels and ends of a Korean syllable


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """What a terminal draws in one place, and its columns.

    Signs that join emoji into one picture, colour its skin or ask for its coloured form belong to
    the character before them.
    """
    held, columns, joins = "", 0, False
    for character in text:
        size = _character_width(character)
        is_skin = "\U0001f3fb" <= character <= "\U0001f3ff" and columns == 2
        if held and (joins or not size or is_skin):
            held += character
            if character == _COLOURED and columns == 1 and ord(held[0]) >= _FIRST_PICTURE:
                columns = 2
        else:
            if held:
                yield held, columns
            held, columns = character, size
        joins = character == _JOINER and columns == 2
    if held:
        yield held, columns


def cut(text: str, columns: int) -> str:
    """A text that takes at most so many columns; what is left out shows as `…`."""
    if width(text) <= columns:
        return text
    kept, room = [], columns - 1
    for cluster, size in _clusters(text):
        room -= size
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """A text that takes exactly so many columns."""
    text = cut(text, columns)
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def fit(cells: Sequence[Sequence[str]], least: Sequence[int], total: int) -> list[int]:
    """Column widths that fit a line.

    First headers give way to what stands under them, then the columns that may, then
    columns are left out from the right.

    Args:
        cells: texts by row, the header included.
        least: columns that each keeps at least; 0: it never gives way.
        total: columns of the terminal.

    Returns:
        One width a column; 0 for a column that is not shown: empty but for its header, or
        without room.
    """
    wanted, needed = [], []
    for column in zip(*cells, strict=True):
        body = max((width(cell) for cell in column[1:]), default=0)
        wanted.append(max(body, width(column[0])) if body else 0)
        needed.append(max(body, min(HEADING, width(column[0]))) if body else 0)
    for bounds in (needed, [keeps or need for keeps, need in zip(least, needed, strict=True)]):
        _shrink(wanted, bounds, total)
    while _excess(wanted, total) > 0 and sum(1 for size in wanted if size) > 2:
        wanted[max(i for i, size in enumerate(wanted) if size)] = 0
    _shrink(wanted, [min(size, 1) for size in wanted], total)
    return wanted


def roomy(cells: Sequence[Sequence[str]], extra: Sequence[bool], total: int) -> list[int]:
    """The columns to show: those that must be, then extra ones as far as they fit uncut.

    Args:
        cells: texts by row, the header included.
        extra: whether a column is only for terminals with room to spare.
        total: columns of the terminal.
    """
    sizes = []
    for column in zip(*cells, strict=True):
        is_empty = not any(column[1:])
        sizes.append(0 if is_empty else max(map(width, column)))
    room = total - sum(
        size + GAP for size, more in zip(sizes, extra, strict=True) if size and not more
    )
    shown = [i for i, more in enumerate(extra) if not more]
    for i, more in enumerate(extra):
        if more and sizes[i]:
            room -= sizes[i] + GAP
            if room + GAP < 0:
                break
            shown.append(i)
    return sorted(shown)


def _excess(widths: Sequence[int], total: int) -> int:
    return sum(widths) + GAP * (sum(1 for size in widths if size) - 1) - total


def _shrink(widths: list[int], bounds: Sequence[int], total: int) -> None:
    """Take columns from the widest that are above their bound until the line fits."""
    for _ in range(max(_excess(widths, total), 0)):
        giving = [i for i, size in enumerate(widths) if size > bounds[i]]
        if not giving:
            return
        widths[max(giving, key=lambda i: widths[i])] -= 1


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most so many columns; Chinese text breaks between characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, room = "", columns
        for word in _whole_fields(_words(paragraph)):
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
            # Closing punctuation never begins a line, opening punctuation never ends one.
            if words and (character in CLOSING or words[-1][-1] in OPENING):
                words[-1] += character
            else:
                words.append(character)
        else:
            words[-1] += character
    return words


def _whole_fields(words: Sequence[str]) -> Iterator[str]:
    """Words, with what stands in square brackets as one unless it is long."""
    held = ""
    for word in words:
        held += word
        is_open = held.lstrip().startswith("[") and "]" not in held
        if not is_open or width(held) > LONGEST_FIELD:
            yield held
            held = ""
    if held:
        yield held


def visible(text: str) -> str:
    r"""A text without power over the terminal: control and bidi characters as `\xNN`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if character == "\n" or not _is_control(character) else _escaped(character)
        for character in text
    )


def on_one_line(text: str) -> str:
    """A text as `visible` shows it, without ends of lines and tabs, whose width nobody knows."""
    return visible(text).replace("\t", " ").replace("\n", " ")


def _is_control(character: str) -> bool:
    if character == "\t":
        return False
    category = unicodedata.category(character)
    is_bidi = character in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return category in ("Cc", "Zl", "Zp") or is_bidi


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")

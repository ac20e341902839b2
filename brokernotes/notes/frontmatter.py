"""Reading front matter: where it stands, and what it says.

Notes are read by the ten thousand, so the flat blocks that this tool and
Obsidian write go through a reader of lines that knows only those (`strict`);
whatever it does not fully understand goes to libyaml (`yaml_fallback`). Both
give the same, which a fuzz test proves.
"""

from __future__ import annotations

from collections.abc import Collection

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.notes.block import Block, Finding, Place, Scalar, Split, Value
from brokernotes.notes.strict import read_strictly

__all__ = ["Block", "Finding", "Place", "Scalar", "Split", "Value", "read_block", "split"]

BOM = "\ufeff"

_DELIMITER = lazy_pattern(r"---[ \t]*(?:\r?\n|\Z)")


def split(text: str) -> Split:
    """Find the front matter of a note.

    Behind an optional byte order mark, line 1 is `---` and then only spaces or
    tabs, ended by LF, CRLF or the end of the text; the closing line likewise.

    Args:
        text: the whole note.

    Returns:
        Where block and body stand.
    """
    bom = text.startswith(BOM)
    origin = 1 if bom else 0
    opening = _DELIMITER.match(text, origin)
    if opening is None:
        return Split("none", origin, origin, origin, 1, bom, _first_newline(text))
    start = opening.end()
    newline = "\r\n" if text.endswith("\r\n", 0, start) else "\n"
    end, body = _find_closing(text, start)
    if end >= 0:
        return Split("block", start, end, body, 2 + count_lines(text, start, body), bom, newline)
    from brokernotes.notes.yaml_recovery import end_of_run

    end = end_of_run(text, start)
    if end == start:
        return Split("unclosed", start, start, origin, 1, bom, newline)
    return Split("unclosed", start, end, end, 2 + count_lines(text, start, end), bom, newline)


def read_block(text: str, known: Collection[str] | None = None) -> Block:
    """Read the front matter of a note.

    Nothing here raises, whatever the text: what is wrong is a finding, and one
    bad line never loses the others.

    Args:
        text: the whole note.
        known: spellings of keys the schema knows; what is typed with full-width
            punctuation is read where they show what was meant.

    Returns:
        Texts and lines by key; places are worked out when asked for.
    """
    parts = split(text)
    if parts.kind == "block":
        block = Block(text, parts)
        inner = text[parts.start : parts.end]
        if read_strictly(inner, block.values, block.lines):
            return block
    elif parts.kind == "none" and text[parts.start : parts.start + 1] not in (
        " ", "\t", "\r", "\n", "-",
    ):  # fmt: skip
        return Block(text, parts)
    from brokernotes.notes.yaml_fallback import read_leniently

    return read_leniently(text, parts, known or ())


def count_lines(text: str, start: int, end: int) -> int:
    """Line breaks (LF, CRLF, CR) between two offsets."""
    breaks = text.count("\n", start, end)
    if (returns := text.count("\r", start, end)) != 0:
        breaks += returns - text.count("\r\n", start, end)
    return breaks


def _find_closing(text: str, start: int) -> tuple[int, int]:
    """Offsets of the closing line and of what follows it; (-1, -1) without one.

    Looking for a line break and three dashes is a walk over the lines that may
    close, and each of them is looked at once, so the work grows with the text.
    """
    breaks = "\n---", "\r---"
    found = [text.find(mark, start - 1) for mark in breaks]
    while found != [-1, -1]:
        which = 1 if found[0] < 0 or 0 <= found[1] < found[0] else 0
        line = found[which] + 1
        if closing := _DELIMITER.match(text, line):
            return line, closing.end()
        found[which] = text.find(breaks[which], line)
    return -1, -1


def _first_newline(text: str) -> str:
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"

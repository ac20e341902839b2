"""What in a note's body is not to be read: code, math, comments.

Blocks hide whole lines, spans a stretch of one line. A fence within a list item
ends with the item, as Markdown has it, so a pasted child line cannot swallow
the entries after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple

SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000"
HIDDEN = "\x00"  # stands for every masked code point, so positions stay

_MARKS = ("```", "~~~", "$$", "%%", "<!--")
_FENCE = lazy_pattern(r"([ \t]*+)((?:[-*+] +|[0-9]{1,9}[.)] +)*+)(`{3,}+(?=[^`]*$)|~{3,}+)")
_QUOTED_FENCE = lazy_pattern(r" {0,3}> ?(`{3,}+(?=[^`]*$)|~{3,}+)")
_LIST_ITEM = lazy_pattern(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_SPAN_MARKS = lazy_pattern(r"\\.|`++|%%|<!--", re.DOTALL)
_TICKS = lazy_pattern("`+")
_ITEM_CONTENT = 2  # columns: where the content of a `- ` item begins


class Blocks(NamedTuple):
    """The blocks of a body.

    Attributes:
        hidden: indices of the lines they take, delimiters included.
        unclosed: index of the line that opens a block which nothing closes; None: all close.
        mark: what opened that block.
    """

    hidden: frozenset[int] = frozenset()
    unclosed: int | None = None
    mark: str = ""


_NO_BLOCKS = Blocks()


class _Open(NamedTuple):
    """A block that is open: what opened it, where, and what else than its mark ends it."""

    mark: str
    line: int
    item: bool = False  # a line to the left of the list item's content ends it
    quote: bool = False  # a line outside the quote ends it


def holds(text: str, mark: str) -> bool:
    """Whether a mark of several characters stands in a text; hardly any text has its first one.

    One character is found three times as fast as several.
    """
    return mark[0] in text and mark in text


def find_blocks(body: str, lines: list[str]) -> Blocks:
    """Find the lines of a body that code, math and comment blocks hide.

    Args:
        body: the whole body; lets a body without any mark cost next to nothing.
        lines: its lines without their ends.
    """
    if not any(holds(body, mark) for mark in _MARKS):
        return _NO_BLOCKS
    hidden: set[int] = set()
    block: _Open | None = None
    in_list = False
    for index, line in enumerate(lines):
        if block and _ends_with_its_container(block, line):
            block = None
        if block:
            hidden.add(index)
            if _closes(block, line):
                block = None
            continue
        block = _opened(line, index, in_list)
        if block:
            hidden.add(index)
        if line.strip(SPACES):
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and line[0] in SPACES)
    unclosed = block.line if block else None
    return Blocks(frozenset(hidden), unclosed, block.mark if block else "")


def mask_spans(line: str) -> str:
    """A line of the same length whose code spans and comments are hidden.

    Only what closes on its line counts; a backslash keeps a mark from opening.
    """
    if "`" not in line and "%%" not in line and "<!--" not in line:
        return line
    ticks = _tick_runs(line)
    pieces: list[str] = []
    done = pos = 0
    hopeless: set[str] = set()
    while found := _SPAN_MARKS.search(line, pos):
        mark, pos = found[0], found.end()
        if mark[0] == "\\" or mark in hopeless:
            continue
        end = _span_end(line, mark, pos, ticks)
        if end < 0:
            hopeless.add(mark)
            continue
        pieces += (line[done : found.start()], HIDDEN * (end - found.start()))
        done = pos = end
    pieces.append(line[done:])
    return "".join(pieces)


def _tick_runs(line: str) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for found in _TICKS.finditer(line):
        runs.setdefault(len(found[0]), []).append(found.start())
    return runs


def _span_end(line: str, mark: str, pos: int, ticks: dict[int, list[int]]) -> int:
    """Where a span ends whose mark ends at pos; -1: nowhere on this line."""
    if mark[0] == "`":
        starts = ticks.get(len(mark), [])
        at = bisect_left(starts, pos)
        return starts[at] + len(mark) if at < len(starts) else -1
    closing = "-->" if mark == "<!--" else mark
    at = line.find(closing, pos)
    return at + len(closing) if at >= 0 else -1


def _opened(line: str, index: int, in_list: bool) -> _Open | None:
    """The block that a line opens and does not close itself."""
    bare = line.lstrip(SPACES)
    if "```" in line or "~~~" in line:
        fence = _FENCE.match(line)
        if fence:
            indent = len(fence[1].expandtabs(4))
            item = bool(fence[2]) or (in_list and indent >= _ITEM_CONTENT)
            return _Open(fence[3], index, item=item) if item or indent < 4 else None
        quoted = _QUOTED_FENCE.match(line)
        if quoted:
            return _Open(quoted[1], index, quote=True)
    if bare.startswith("$$") and "$$" not in bare[2:]:
        return _Open("$$", index)
    if bare.startswith("%%") and bare.count("%%") % 2:
        return _Open("%%", index)
    if bare.startswith("<!--") and "-->" not in bare[4:]:
        return _Open("<!--", index)
    return None


def _ends_with_its_container(block: _Open, line: str) -> bool:
    if block.item:
        bare = line.lstrip(SPACES)
        return bool(bare) and len(line[: -len(bare)].expandtabs(4)) < _ITEM_CONTENT
    return block.quote and not line.lstrip(" ").startswith(">")


def _closes(block: _Open, line: str) -> bool:
    mark = block.mark
    if mark[0] in "`~":
        bare = line.lstrip(SPACES + ">" if block.quote else SPACES).rstrip(SPACES)
        return len(bare) >= len(mark) and not bare.strip(mark[0])
    return ("-->" if mark == "<!--" else mark) in line

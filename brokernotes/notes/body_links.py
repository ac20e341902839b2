"""Links, conflict markers and template leftovers in the lines of a body."""

from __future__ import annotations

from collections.abc import Iterator

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.notes.links import LinkUse, link_target
from brokernotes.notes.log_body import MARKDOWN_LINK, WIDE_LINK, WIKILINK, is_note_link
from brokernotes.notes.log_reading import Leftover
from brokernotes.notes.masking import mask_spans

_CONFLICT = lazy_pattern(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
_LEFTOVER = lazy_pattern(r"\{\{[^{}]*+\}\}|<%(?:(?!<%|%>).)*+%>")
_ANY_LINK = lazy_pattern(
    rf"(!?)(?:{WIKILINK.pattern}|{WIDE_LINK.pattern}|(?:{MARKDOWN_LINK.pattern}))"
)
_NEED_CARE = ("`", "\\", "](", "【【", "%%", "<!--")


def read_links(line: str, number: int) -> Iterator[LinkUse]:
    """The links of one line to notes and, embedded, to anything.

    Args:
        line: without its end.
        number: of the line, 1-based.
    """
    for mark in _NEED_CARE:
        if mark in line:
            yield from _read_carefully(line, number)
            return
    for found in WIKILINK.finditer(line):
        start, inner = found.start(), found[1]
        target = inner.partition("|")[0].partition("#")[0].strip().removesuffix(".md")
        if target and "://" not in target:
            yield LinkUse(target, number, start + 1, "", line[start - 1 : start] == "!")


def _read_carefully(line: str, number: int) -> Iterator[LinkUse]:
    """The same where code spans, comments, escapes or other kinds of links may stand."""
    for found in _ANY_LINK.finditer(mask_spans(line)):
        start = found.start() + len(found[1])
        is_embed = bool(found[1])
        if _is_escaped(line, found.start()):
            if not is_embed:
                continue
            is_embed = False
        typed = line[start : found.end()]
        if typed[-1] == ")" and not is_embed and not is_note_link(typed):
            continue
        target = link_target(typed)
        if target and "://" not in target:
            yield LinkUse(target, number, start + 1, "", is_embed)


def find_conflict(line: str, number: int) -> Leftover | None:
    """The conflict marker of a merge that a line is."""
    return Leftover(number, 1, len(line) + 1, line) if _CONFLICT.match(line) else None


def find_leftovers(line: str, number: int) -> Iterator[Leftover]:
    """Template code of a line, outside code spans."""
    for found in _LEFTOVER.finditer(mask_spans(line)):
        yield Leftover(number, found.start() + 1, found.end() + 1, found[0])


def _is_escaped(line: str, at: int) -> bool:
    count = 0
    while at > count and line[at - 1 - count] == "\\":
        count += 1
    return count % 2 == 1

"""Headings of a note's body, and which of them begin a log section."""

from __future__ import annotations

import functools
import re

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.notes.masking import SPACES

TITLES = {"zh": "跟进记录", "en": "Log"}
_TITLE = "(?:跟进记录|跟进|log|follow-ups)"
_ATX = lazy_pattern(
    rf"(?P<indent> {{0,3}})(?P<signs>#{{1,6}}|＃{{1,6}})(?P<gap>[{SPACES}]*+)(?P<title>.*)$"
)
_LOG_TITLE = lazy_pattern(rf"{_TITLE}(?:[{SPACES}]++#+)?+[{SPACES}]*+$", re.IGNORECASE)
_NEAR_TITLE = lazy_pattern(
    rf"[^\w{SPACES}]*+[{SPACES}]*+(?:[一二三四五六七八九十0-9]{{1,2}}[、.．][{SPACES}]*+)?"
    rf"(?:\*\*|__)?(?:跟进[记纪]录|跟进|follow-?ups?(?: log)?|log)(?:\*\*|__)?[{SPACES}]*+"
    rf"(?:[（(【\[][^（(【\[]{{0,20}}[)）】\]]|[0-9]{{1,4}}[年月]?|[:：])*+(?:\*\*|__)?"
    rf"[{SPACES}#]*+$",
    re.IGNORECASE,
)
_BOLD = lazy_pattern(
    rf"[{SPACES}]{{0,3}}(?:\*\*|__)(?!\*)(.{{1,40}}?)(?:\*\*|__)[:：]?[{SPACES}]*+$"
)
_SETEXT = lazy_pattern(rf" {{0,3}}(?:(=+)|-+)[{SPACES}]*+$")
_BOLD_LEVEL = 6  # any real heading ends what stands under a bold line


class Heading(NamedTuple):
    """A heading, or a line that stands for one.

    Attributes:
        level: 1–6.
        is_log: whether it begins a log section.
        is_near: whether only leniency reads it as the log's.
        lines: how many it takes.
    """

    level: int
    is_log: bool = False
    is_near: bool = False
    lines: int = 1


def find_heading(before: str, line: str, after: str) -> Heading | None:
    """The heading a line is; text that is bold or underlined only where it names the log.

    Args:
        before: the line before; empty: none.
        line: not empty.
        after: the line after.
    """
    first = line[0]
    if first in "#＃" or (first == " " and line.lstrip(" ")[:1] == "#"):
        return _atx_heading(line)
    if first in "*_ " and ("**" in line or "__" in line):
        return _bold_heading(line)
    if after[:1] in ("=", "-") and not before.strip(SPACES):
        return _setext_heading(line, after)
    return None


@functools.lru_cache(500)  # `## 跟进记录` stands in every note
def _atx_heading(line: str) -> Heading | None:
    """Also `##title` without its space, or `＃＃`, but only where that names the log."""
    found = _ATX.match(line)
    if not found:
        return None
    level = len(found["signs"])
    title = found["title"]
    is_wide = found["signs"][0] == "＃"
    if _LOG_TITLE.match(title):
        is_near = is_wide or bool(found["indent"]) or found["gap"][:1] not in (" ", "\t")
        return Heading(level, True, is_near)
    if _NEAR_TITLE.match(title):
        return Heading(level, True, True)
    return Heading(level) if not is_wide and (found["gap"] or not title) else None


def _bold_heading(line: str) -> Heading | None:
    found = _BOLD.match(line)
    return Heading(_BOLD_LEVEL, True, True) if found and _NEAR_TITLE.match(found[1]) else None


def _setext_heading(line: str, under: str) -> Heading | None:
    found = _SETEXT.match(under)
    if not found or not _NEAR_TITLE.match(line):
        return None
    return Heading(1 if found[1] else 2, True, True, 2)


def plain_title(line: str) -> str:
    """A heading's own words, for messages."""
    return line.strip(SPACES + "#*_")

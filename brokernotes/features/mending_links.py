"""Mends of links: by the file's name, as Obsidian follows them."""

from __future__ import annotations

from collections.abc import Iterator

from brokernotes.errors import Problem
from brokernotes.features.mending import Tools
from brokernotes.features.mending_places import line_at, offset_of
from brokernotes.notes.links import link_target
from brokernotes.notes.log_body import MARKDOWN_LINK, WIDE_LINK, WIKILINK
from brokernotes.notes.note import Note
from brokernotes.notes.value_edits import Edit

_UNSAFE = frozenset('"\\[]|#\r\n')


def by_name(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """Let a link say the file's name, and show what it showed."""
    target, name = str(found.params["target"]), str(found.params["name"])
    start = offset_of(note, found.position)
    _, line_end, line = line_at(note, found.position.line)
    if not _UNSAFE.isdisjoint(name) or (not found.params.get("key") and "|" in line[:1]):
        return
    quote = note.text[start : start + 1] if note.text[start : start + 1] in ("'", '"') else ""
    start += len(quote)
    for pattern in (WIKILINK, WIDE_LINK, MARKDOWN_LINK):
        link = pattern.match(note.text, start, line_end)
        if link:
            end = link.end()
            break
    else:
        end = start + len(target)
        if not found.params.get("key") or note.text[start:end] != target:
            return
    typed = note.text[start:end]
    if link_target(typed) != target:
        return
    new = _link(typed, target, name, by_alias=found.code == "link-by-alias")
    is_bare = bool(found.params.get("key")) and not quote
    yield start, end, f'"{new}"' if is_bare else new


def _link(typed: str, target: str, name: str, *, by_alias: bool) -> str:
    """The wikilink that stands for a link as typed."""
    heading = shown = ""
    if typed[:1] == "[" and typed[1:2] != "[":
        shown = typed[1 : typed.index("](")]
    elif typed[:1] in ("[", "【"):
        inner, _, shown = typed[2:-2].partition("|")
        heading = inner[inner.index("#") :] if "#" in inner else ""
    shown = shown or (target if by_alias else "")
    return f"[[{name}{heading}|{shown}]]" if shown and shown != name else f"[[{name}{heading}]]"

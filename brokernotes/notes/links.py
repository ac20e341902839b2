"""Wikilinks and Markdown links: what they lead to, and how names are compared."""

from __future__ import annotations

import functools

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold

_NOT_IN_LABEL = lazy_pattern(r"[\[\]|\r\n\x00]")  # it would end the link, or its line


class LinkUse(NamedTuple):
    """One link in a note.

    Attributes:
        target: as typed, without brackets, alias and heading.
        line: 1-based.
        column: 1-based, of the opening bracket or of the bare value.
        key: of the front matter field it stands in; "" in the body.
        is_embed: an attachment is as good as a note there.
    """

    target: str
    line: int
    column: int
    key: str = ""
    is_embed: bool = False


def link_target(text: str) -> str:
    """What a link leads to: file name, path or id, without `.md`, alias and heading.

    `[[x|shown]]`, `【【x】】`, `[shown](x.md)` with percent codes, and a bare `x` are read.
    """
    if (text[:2], text[-2:]) in (("[[", "]]"), ("【【", "】】")):
        inner = text[2:-2]
    elif text.startswith("[") and text.endswith(")") and "](" in text:
        from urllib.parse import unquote

        inner = unquote(text[text.index("](") + 2 : -1].strip("<>"))
    else:
        inner = text
    if "|" in inner:
        inner = inner.partition("|")[0].removesuffix("\\")
    if "#" in inner:
        inner = inner.partition("#")[0]
    return inner.strip().removesuffix(".md")


def link_shown(text: str) -> str:
    """What a link shows to people: its alias, else its target's last part."""
    if text.startswith("[[") and "|" in text:
        return text[2:-2].partition("|")[2].strip()
    return link_target(text).rpartition("/")[2]


def wikilink(name: str, shown: str | None = None) -> str:
    """A wikilink by file name, with an alias where it says more to people."""
    label = link_label(shown or "")
    return f"[[{name}|{label}]]" if label and shown != name else f"[[{name}]]"


def link_label(title: str) -> str:
    """A title as a link can show it: what would end the link is a space there."""
    return " ".join(_NOT_IN_LABEL.sub(" ", title).split())


@functools.lru_cache(8192)  # the same names are looked up from many notes
def link_fold(target: str) -> str:
    """The form in which link targets and names are compared: last part, NFC, case aside."""
    if "/" in target:
        target = target.rpartition("/")[2]
    return fold(target)


def obsidian_uri(vault: str, path: str, *, block: str | None = None) -> str:
    """The address at which Obsidian opens a note.

    Args:
        vault: the vault's name: its folder's.
        path: of the note, relative to the vault.
        block: id of a log entry to jump to.
    """
    from urllib.parse import quote

    file = path.removesuffix(".md") + (f"#^{block}" if block else "")
    return f"obsidian://open?vault={quote(vault, safe='')}&file={quote(file, safe='')}"

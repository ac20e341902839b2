"""What `find` found as a person sees it: a note's name, and below it the line."""

from __future__ import annotations

from collections.abc import Sequence

from brokernotes.cli.app import App
from brokernotes.cli.find_telling import Hit, masked
from brokernotes.cli.width import cut, visible, width
from brokernotes.features import finding
from brokernotes.language import N_
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.phones import mask_phones_in_text

_LINK = lazy_pattern(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
_ENTRY_ID = lazy_pattern(r" \^[0-9A-Za-z-]+\s*$")
_INDENT = "  "


class FindPage:
    """What was found, for a person's eyes: a note's name, and below it the line."""

    def __init__(self, app: App, words: Sequence[str], *, reveal: bool) -> None:
        self._app = app
        self._console = app.console
        self._words = words
        self._reveal = reveal

    def print(self, hits: Sequence[Hit], left: int) -> None:
        """Print the hits, and how many notes more there are."""
        with self._console.paged():
            for hit in hits:
                self._head(hit)
                if hit.excerpt and hit.excerpt.key != "title":
                    self._line(hit.note.type, hit.excerpt, hit.more)
            if left:
                one, many = N_("{count} more note"), N_("{count} more notes")
                more = self._app.language.plural(one, many, left)
                self._console.print(self._console.styled(more, "dim"))

    def _head(self, hit: Hit) -> None:
        note = hit.note
        ref = visible(note.id or note.path)
        called = note.title if self._reveal else mask_phones_in_text(note.title)
        title = cut(visible(called), max(self._console.width - width(ref) - 2, 8))
        shown = self._marked(title, "bold")
        self._console.print(f"{shown}  {self._console.styled(ref, 'dim')}")

    def _line(self, note_type: str, excerpt: finding.Excerpt, more: int) -> None:
        text = _plain(excerpt.text)
        if excerpt.key:
            text = self._value(note_type, excerpt.key, text)
        if not finding.spans(text, self._words):
            text = excerpt.text.strip()
        if not self._reveal:
            text = masked(self._app, note_type, excerpt.key, text)
        text = visible(" ".join(text.split()))
        rest = f"  +{more}" if more else ""
        room = self._console.width - width(_INDENT) - width(rest)
        line = self._marked(_around(text, self._words, room), "")
        self._console.print(_INDENT + line + (self._console.styled(rest, "dim") if rest else ""))

    def _value(self, note_type: str, key: str, text: str) -> str:
        """A value with its field's label before it."""
        field = self._app.vault.rules.schema.find_field(note_type, key)
        value = text.removeprefix(key).lstrip(" :：").strip("\"'")
        label = field.label(self._app.language.code) if field else key
        return f"{label}: {value}"

    def _marked(self, text: str, style: str) -> str:
        """A text with the words in it made to stand out."""
        shown, at = "", 0
        for start, end, _ in sorted(finding.spans(text, self._words)):
            if start >= at:
                shown += self._console.styled(text[at:start], style) if start > at else ""
                shown += self._console.styled(text[start:end], "match")
                at = end
        return shown + (self._console.styled(text[at:], style) if text[at:] else "")


def _plain(line: str) -> str:
    """A line without what marks it as Markdown: bullet, entry's id, targets of links."""
    text = _LINK.sub(r"\1", _ENTRY_ID.sub("", line)).strip()
    return text[2:] if text[:2] in ("- ", "* ", "+ ") else text


def _around(text: str, words: Sequence[str], columns: int) -> str:
    """The part of a text around the first word that fits into so many columns."""
    if width(text) <= columns:
        return text
    places = finding.spans(text, words)
    start = min((begin for begin, _, _ in places), default=0)
    end = next((finish for begin, finish, _ in places if begin == start), 0)
    if width(text[:end]) < columns:
        return cut(text, columns)
    head, room = start, columns // 3
    while head and width(text[head - 1 : start]) <= room:
        head -= 1
    while head and width(text[head - 1 :]) < columns:
        head -= 1
    return cut("…" + text[head:], columns)

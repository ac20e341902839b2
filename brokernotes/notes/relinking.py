"""Links of a text that lead to one note, respelled because the note has another name.

Only the name inside a link changes, and a label that was the old title: folder, `.md`,
heading, block id, percent codes and spaces stay as they are typed. Code, comments and
links to other notes are left alone, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from brokernotes.errors import RefusedError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.notes.block import Value
from brokernotes.notes.body_links import read_links
from brokernotes.notes.editing import replace_value
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.links import link_label, link_target
from brokernotes.notes.log_body import MARKDOWN_LINK, WIDE_LINK, WIKILINK
from brokernotes.notes.masking import find_blocks
from brokernotes.notes.names import is_note_id

NEVER_LINKS = frozenset(("id", "type", "title", "aliases", "former_ids"))
_LINE_END = lazy_pattern(r"(\r\n|\r|\n)")
_ANY = lazy_pattern(f"{WIKILINK.pattern}|{WIDE_LINK.pattern}|{MARKDOWN_LINK.pattern}")
_BARE_PART = lazy_pattern(r"[^、，,;；]+")
_BASE_LINK = lazy_pattern(
    r"(?P<call>\b(?:link|file|hasLink)\( *)(?P<quote>\\?[\"'])(?P<target>[^\"'\\\n]+)(?P=quote)"
)


class Called(NamedTuple):
    """What a note is called.

    Attributes:
        name: of its file, without folder and `.md`.
        title: what people call it.
    """

    name: str
    title: str


class Relinking(NamedTuple):
    """One note's new name, for everybody who links to it.

    Attributes:
        leads: whether a link's target leads to the note.
        old: what it was called.
        new: what it is called now.
    """

    leads: Callable[[str], bool]
    old: Called
    new: Called

    def note(self, text: str, link_keys: Collection[str] = ()) -> str:
        """The text of a Markdown file with its links respelled.

        Args:
            text: the whole file.
            link_keys: keys, as spelled there, whose bare values are links too.

        Raises:
            RefusedError: a link stands in front matter that cannot be edited.
        """
        block = read_block(text)
        body = self._body(text[block.split.body :])
        text = text[: block.split.body] + body
        for key, value in block.values.items():
            if key not in NEVER_LINKS and value:
                new = self._value(value, is_link=key in link_keys)
                if new != value:
                    text = replace_value(text, key, new)
        return text

    def base(self, text: str) -> str:
        """The text of an Obsidian base with the names in its formulas respelled."""

        def respelled(found: re.Match[str]) -> str:
            target = found["target"]
            new = self._path(target) if self._is_meant(target) else target
            return f"{found['call']}{found['quote']}{new}{found['quote']}"

        return _ANY.sub(lambda found: self._link(found[0]), _BASE_LINK.sub(respelled, text))

    def _body(self, body: str) -> str:
        parts = _LINE_END.split(body)
        lines = parts[::2]
        hidden = find_blocks(body, lines).hidden
        for index, line in enumerate(lines):
            if index not in hidden and ("[[" in line or "](" in line or "【【" in line):
                parts[2 * index] = self._line(line)
        return "".join(parts)

    def _line(self, line: str) -> str:
        for use in reversed(list(read_links(line, 1))):
            start = use.column - 1
            found = _ANY.match(line, start)
            if found:
                line = line[:start] + self._link(found[0]) + line[found.end() :]
        return line

    def _value(self, value: Value, *, is_link: bool) -> Value:
        if isinstance(value, list):
            return [self._text(item, is_link=is_link) for item in value]
        return self._text(value, is_link=is_link) if value else value

    def _text(self, text: str, *, is_link: bool) -> str:
        if "[[" in text or "](" in text or "【【" in text:
            return _ANY.sub(lambda found: self._link(found[0]), text)
        if not is_link:
            return text
        if self._is_meant(text.strip()):
            return text.replace(text.strip(), self._path(text.strip()))
        return _BARE_PART.sub(lambda found: self._bare(found[0]), text)

    def _bare(self, part: str) -> str:
        bare = part.strip()
        return part.replace(bare, self._path(bare)) if bare and self._is_meant(bare) else part

    def _link(self, typed: str) -> str:
        """One link, brackets and all."""
        target = link_target(typed)
        if not target or "://" in target or not self._is_meant(target):
            return typed
        if typed[:2] in ("[[", "【【"):
            return typed[:2] + self._wiki(typed[2:-2]) + typed[-2:]
        label, between, address = typed[1:].partition("](")
        if not address[:-1].strip("<>").partition("#")[0].lower().endswith(".md"):
            return typed
        return f"[{self._label(label)}{between}{self._address(address[:-1])})"

    def _is_meant(self, target: str) -> bool:
        """Whether a target leads to the note by a name, which can be out of date."""
        bare = target.partition("#")[0].strip().removesuffix(".md")
        return not is_note_id(bare) and self.leads(bare)

    def _wiki(self, inner: str) -> str:
        target, bar, label = inner.partition("|")
        escape = "\\" if bar and target.endswith("\\") else ""
        target = target.removesuffix("\\") if escape else target
        return f"{self._path(target)}{escape}{bar}{self._label(label)}"

    def _path(self, target: str) -> str:
        """A target with its last part respelled; folder, `.md`, `#…` and spaces stay."""
        path, hash_, anchor = target.partition("#")
        bare = path.strip()
        end = ".md" if bare.endswith(".md") else ""
        folder, slash, _ = bare.rpartition("/")
        before = path[: len(path) - len(path.lstrip())]
        after = path[len(path.rstrip()) :] if bare else ""
        return f"{before}{folder}{slash}{self.new.name}{end}{after}{hash_}{anchor}"

    def _address(self, address: str) -> str:
        """The target of a Markdown link; what was in percent codes stays so."""
        from urllib.parse import quote, unquote

        if address.startswith("<") and address.endswith(">"):
            return f"<{self._path(address[1:-1])}>"
        path, hash_, anchor = address.partition("#")
        folder, slash, last = path.rpartition("/")
        is_encoded = last.isascii() and not unquote(last).isascii()
        name = self.new.name
        encoded = (
            quote(name) if is_encoded else re.sub(r"[ %()<>]", lambda one: quote(one[0]), name)
        )
        return f"{folder}{slash}{encoded}{last[-3:]}{hash_}{anchor}"

    def _label(self, label: str) -> str:
        bare = label.strip()
        # A title with brackets is shown without them.
        if not bare or link_label(bare) not in (link_label(one) for one in self.old):
            return label
        is_title = link_label(bare) == link_label(self.old.title)
        return label.replace(bare, link_label(self.new.title if is_title else self.new.name))


def respelled_note(relinking: Relinking, text: str, link_keys: Collection[str] = ()) -> str | None:
    """A note's text with its links respelled; None: they stand where nothing can be edited."""
    try:
        return relinking.note(text, link_keys)
    except RefusedError:
        return None

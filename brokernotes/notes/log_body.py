"""What follows an entry's verb: colleague, links, fields, text and id, as people type them."""

from __future__ import annotations

import re

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.verbs import Verb
from brokernotes.notes.block import Finding
from brokernotes.notes.links import link_shown, link_target
from brokernotes.notes.log_fields import KEY, ParsedField, close_of, read_field
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.masking import SPACES, mask_spans

# Before these a backslash is the writer's, and is not shown.
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~：，【】（）［］")
_TOKEN = lazy_pattern(r"[\\@\[【［(（^]")
WIKILINK = lazy_pattern(r"\[\[([^\[\]\x00]++)\]\]")
WIDE_LINK = lazy_pattern(r"【【([^【】\[\]\x00]++)】】")
MARKDOWN_LINK = lazy_pattern(r"\[[^\[\]]*+\]\((?:<[^<>]*+>|[^()<>]*+(?:\([^()]*+\)[^()<>]*+)*+)\)")
_ID = lazy_pattern(r"\^([A-Za-z0-9-]++)")
_ENDS_NAME = frozenset(SPACES + "，,。:：[【(（@")
_AFTER_ID = frozenset(SPACES + "[【［(（")
_BEFORE_ID = frozenset(SPACES + "]】］)）")


@dataclass(slots=True)
class Body:
    """What stands after the verb.

    Attributes:
        text: as shown to people; links after the first word by their alias.
    """

    agent: str | None = None
    links: list[str] = field(default_factory=list)
    fields: dict[str, object] = field(default_factory=dict)
    text: str = ""
    id: str | None = None


def is_note_link(markdown_link: str) -> bool:
    """Whether a Markdown link leads to a note of the vault, not to the web or a picture."""
    inner = markdown_link[markdown_link.index("](") + 2 : -1].strip("<>")
    return "://" not in inner and inner.partition("#")[0].lower().endswith(".md")


def unescape(text: str) -> str:
    """A text without the backslashes that keep it from being read as something else."""
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", _unescaped, text, flags=re.DOTALL)


def _unescaped(found: re.Match[str]) -> str:
    return found[1] if found[1] in ESCAPABLE else found[0]


class BodyReader:
    """Reads the rest of one line.

    Args:
        line: without its end.
        number: of the line, 1-based, for findings.
        start: 0-based, behind the verb.
        book: of the brokerage.
        contact: the verb, of which a word at the start of the text may say the outcome; None: no
            contact. What goes without saying (电话 通了) stays in the text.
    """

    def __init__(
        self, line: str, number: int, start: int, book: LogBook, *, contact: Verb | None
    ) -> None:
        self.line = line
        self.number = number
        self.start = start
        self.book = book
        self.contact = contact
        self.masked = mask_spans(line)
        self.findings: list[Finding] = []
        self.body = Body()
        self._parts: list[str] = []  # of the text, between what was cut out
        self._run: list[str] = []  # pieces of the part that is being read
        self._has_text = False
        self._text_at = -1  # 0-based, of the text's first code point; -1: it was escaped
        self._end = len(line)
        self._readable = self.masked
        self._closes: dict[str, dict[int, int]] = {}

    def read(self) -> tuple[Body, list[Finding]]:
        """Read it; nothing raises, whatever stands there."""
        self._take_last_id()
        self._readable = self.masked[: self._end]
        pos = self.start
        while found := _TOKEN.search(self._readable, pos):
            self._keep(pos, found.start())
            pos = self._token(found[0], found.start())
        self._keep(pos, self._end)
        self._cut()
        self.body.text = " ".join(self._parts)
        if self.contact is not None:
            self._take_outcome()
        return self.body, self.findings

    def report(self, code: str, start: int, end: int, **params: object) -> None:
        """Report a stretch of the line."""
        self.findings.append(Finding(code, self.number, start + 1, end + 1, params))

    def _token(self, token: str, pos: int) -> int:
        """Read what begins at pos and return where it ends; at least one code point on."""
        if token == "\\":
            return self._escape(pos)
        if token == "@":
            end = self._agent(pos)
        elif token == "^":
            end = self._misplaced_id(pos)
        else:
            end = self._link(token, pos) or self._field(token, pos)
        if end:
            return end
        self._keep(pos, pos + 1)
        return pos + 1

    def _keep(self, start: int, end: int) -> None:
        """Take a stretch of the line into the text."""
        if start >= end:
            return
        piece = self.line[start:end]
        if not self._has_text:
            bare = piece.lstrip(SPACES)
            if bare:
                self._has_text = True
                self._text_at = end - len(bare)
        self._run.append(piece)

    def _cut(self) -> None:
        """End a part of the text: what stands here is not of it."""
        part = "".join(self._run).strip(SPACES)
        self._run.clear()
        if part:
            self._parts.append(part)

    def _escape(self, pos: int) -> int:
        after = self.line[pos + 1 : min(pos + 2, self._end)]
        if after and (after in ESCAPABLE or (not self._has_text and after not in SPACES)):
            self._run.append(after)
            self._has_text = True
            return pos + 2
        self._keep(pos, pos + 1)
        return pos + 1

    def _agent(self, pos: int) -> int:
        before = self.line[pos - 1 : pos]
        if self.body.agent is not None or (before.isascii() and before.isalnum()):
            return 0
        linked = WIKILINK.match(self._readable, pos + 1)
        if linked and link_target(linked[0]):
            self._cut()
            self.body.agent = link_target(linked[0])
            return linked.end()
        name = self.book.find_agent_at(self._readable, pos + 1)
        if name:
            self._cut()
            self.body.agent = name
            return pos + 1 + len(name)
        end = pos + 1
        while end < self._end and self.line[end] not in _ENDS_NAME:
            end += 1
        if end > pos + 1 and self.book.agents:
            name = self.line[pos + 1 : end]
            self.report("unknown-agent", pos, end, name=name, likely=self.book.likely_agent(name))
        return 0

    def _link(self, token: str, pos: int) -> int:
        if token not in "[【":
            return 0
        pattern = WIKILINK if token == "[" else WIDE_LINK
        found = pattern.match(self._readable, pos)
        is_markdown = not found and token == "["
        if is_markdown:
            found = MARKDOWN_LINK.match(self._readable, pos)
        if not found:
            return 0
        typed = self.line[pos : found.end()]
        target = link_target(typed)
        is_plain = is_markdown and not is_note_link(typed)
        if self._run and self.line[pos - 1] == "!" and not _is_escaped(self.line, pos - 1):
            is_plain = True  # an embed: a picture or a note shown in place
        if is_plain or not target:
            self._keep(pos, found.end())
            return found.end()
        if token == "【":
            self.report("lenient-link", pos, found.end(), written=f"[[{found[1]}]]")
        self.body.links.append(target)
        if self._has_text:
            shown = typed[1 : typed.index("](")] if is_markdown else link_shown(f"[[{found[1]}]]")
            self._run.append(shown)
        else:
            self._cut()
        return found.end()

    def _field(self, token: str, pos: int) -> int:
        key = KEY.match(self._readable, pos + 1)
        if not key:
            return 0
        close = close_of(self._closes, self._readable, token, pos)
        if close < key.end():
            return 0
        typed = unescape(self.line[key.end() : close].strip(SPACES))
        try:
            parsed = read_field(key, typed, self.book)
        except FieldError as error:
            self._bad_value(key, error, key.end(), close)
            self._cut()
            return close + 1
        if parsed is None:
            return 0
        self._cut()
        if parsed.name:
            self._add(parsed, pos, close + 1, is_lenient=token not in "[(" or key[2] != "::")
        return close + 1

    def _add(self, parsed: ParsedField, start: int, end: int, *, is_lenient: bool) -> None:
        if parsed.name in self.body.fields:
            self.report("field-twice", start, end, key=parsed.label)
            return
        self.body.fields[parsed.name] = parsed.value
        if parsed.warning:
            self.report(parsed.warning, start, end, key=parsed.label, value=parsed.typed,
                        reading=str(parsed.value))  # fmt: skip
        if is_lenient:
            self.report("lenient-field", start, end, written=f"[{parsed.label}:: {parsed.typed}]")

    def _bad_value(self, key: re.Match[str], error: FieldError, start: int, end: int) -> None:
        line = self.line
        while start < end and line[start] in SPACES:
            start += 1
        while end > start and line[end - 1] in SPACES:
            end -= 1
        self.report(error.code, start, end, **error.params)

    def _take_last_id(self) -> None:
        """Take the id at the end of the line, and leave it out of what is read."""
        bare = self.masked.rstrip(SPACES)
        at = bare.rfind("^", self.start)
        found = _ID.fullmatch(bare, at) if at >= 0 else None
        if not found or _is_escaped(self.line, at):
            return
        before = self.line[at - 1]
        if before not in SPACES:
            if (before.isascii() and before.isalnum()) or self._is_within_brackets(at):
                return
            if before not in _BEFORE_ID and len(found[1]) < 4:
                return  # 元^2 is arithmetic
            self.report("id-misplaced", at, found.end(), id=found[1].lower())
        self.body.id = found[1].lower()
        self._end = at

    def _is_within_brackets(self, at: int) -> bool:
        return self.masked.rfind("[", 0, at) > self.masked.rfind("]", 0, at)

    def _misplaced_id(self, pos: int) -> int:
        found = _ID.match(self._readable, pos)
        if self.body.id is not None or not found or self.line[pos - 1] not in _BEFORE_ID:
            return 0
        if found.end() < self._end and self.line[found.end()] not in _AFTER_ID:
            return 0
        self._cut()
        self.body.id = found[1].lower()
        self.report("id-misplaced", pos, found.end(), id=self.body.id)
        return found.end()

    def _take_outcome(self) -> None:
        if self._text_at < 0 or "outcome" in self.body.fields:
            return
        found = self.book.find_outcome(self.body.text)
        if found and self.contact is not None and found[0] != self.contact.outcome:
            id_, word = found
            self.body.fields["outcome"] = id_
            key = self.book.schema.log_keys["outcome"]
            label = self.book.schema.vocabularies["outcome"].label(id_, self.book.language)
            self.report("outcome-word", self._text_at, self._text_at + len(word), word=word,
                        written=f"[{self.book.label(key)}:: {label}]")  # fmt: skip


def _is_escaped(line: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    count = 0
    while at > count and line[at - 1 - count] == "\\":
        count += 1
    return count % 2 == 1

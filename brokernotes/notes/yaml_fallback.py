"""Reading what the strict reader leaves: all of YAML that front matter may hold, by libyaml.

When the block does not parse as a whole, `yaml_recovery` reads it key by key.
"""

from __future__ import annotations

from collections.abc import Collection

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.notes.block import Block, Place, Split
from brokernotes.notes.yaml_nodes import Node, UnreadableError, parse
from brokernotes.notes.yaml_values import Values

MAX_BLOCK_BYTES = 64 * 1024  # ours: a hundred times what a full note needs

_ODD_BREAKS = "\u0085\u2028\u2029"
# What libyaml refuses or takes for a line end: each is read as a space, and reported.
ODD = lazy_pattern(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_CONFLICT = lazy_pattern(
    r"(?:\A|[\r\n])(?:(?:<{7}|>{7}|\|{7})(?:[ \r\n]|\Z)|={7}[ \t]*(?:[\r\n]|\Z))"
)
_KEY_LINE = lazy_pattern(r"(?:\A|(?<=[\r\n]))[^\s#\-\[\]{}:：]+[:：]")
_LATE_BLOCK = lazy_pattern(r"\s+(---)[ \t]*\r?\n[^\s:：]+[:：]")


def read_leniently(text: str, split: Split, known: Collection[str]) -> Block:
    """Read a block the strict reader does not take.

    Args:
        text: the whole note.
        split: where its block stands.
        known: spellings of keys the schema knows.

    Returns:
        The block, its findings in the order of their places.
    """
    reader = Reader(text, split, known)
    reader.read()
    reader.block.findings.sort(key=lambda finding: finding[1:3])
    return reader.block


class Reader(Values):
    """Fills a block from nodes; one is made for one note.

    Attributes:
        in_conflict: whether what is read stands between conflict markers, where a key
            that is there twice is no news.
    """

    def __init__(self, text: str, split: Split, known: Collection[str]) -> None:
        inner = text[split.start : split.end]
        copy = text[: split.start] + ODD.sub(" ", inner)
        self.places: dict[str, Place] = {}
        super().__init__(Block(text, split, self.places), copy, known)
        self.in_conflict = False
        self._folded: dict[str, str] = {}

    def read(self) -> None:
        """Read the whole block, key by key if need be."""
        split = self.block.split
        if split.kind == "none":
            self._read_absence(split.start)
            return
        inner = self.copy[split.start : split.end]
        if len(inner) > MAX_BLOCK_BYTES // 4 and (size := _bytes(inner)) > MAX_BLOCK_BYTES:
            self.forbid("front-matter-too-big")
            opening = 1 if split.bom else 0
            params = {"size": size, "limit": MAX_BLOCK_BYTES}
            self.report("front-matter-too-big", opening, opening + 3, **params)
            return
        if split.kind == "unclosed":
            opening = 1 if split.bom else 0
            self.report("unclosed-front-matter", opening, opening + 3)
        self._report_odd(split)
        if _CONFLICT.search(inner):
            self._read_by_key(None)
            return
        try:
            root = parse(inner, split.start)
        except UnreadableError as error:
            self._read_by_key(error)
            return
        if root is not None:
            self._read_root(root)

    def forbid(self, reason: str) -> None:
        """Say why the block may not be edited; the first reason stands."""
        self.block.reason = self.block.reason or reason

    def add(self, key: Node, value: Node) -> None:
        """Take over one key and its value."""
        if key.kind != "scalar" or not key.text or self._is_explicit(key):
            self.forbid("complex-key")
            self.report("complex-key", key.start, key.end, text=self.raw(key) or "?")
            if key.kind != "scalar" or not key.text:
                return
        if key.feature or key.text == "<<":
            self.report_feature(key, key.text)
        if self.is_taken(key.text, key.start, key.end):
            return
        text, place = self.value(key, self._colon_behind(key.end), value)
        self.block.values[key.text] = text
        self.places[key.text] = place

    def is_taken(self, key: str, start: int, end: int) -> bool:
        """Whether a key stands here a second time; what is only like another is reported."""
        line = self.block.line_of(start)
        if key in self.block.lines:
            if not self.in_conflict:
                self.forbid("duplicate-key")
                first = self.block.lines[key]
                self.report("duplicate-key", start, end, key=key, other=key, first_line=first)
            return True
        self.block.lines[key] = line
        other = self._folded.setdefault(key.casefold(), key)
        if other != key:
            self.forbid("key-case")
            first = self.block.lines[other]
            self.report("key-case", start, end, key=key, other=other, first_line=first)
        return False

    def _colon_behind(self, at: int) -> int:
        while self.copy[at : at + 1] in (" ", "\t"):
            at += 1
        return at

    def _read_by_key(self, error: UnreadableError | None, *, is_scalar: bool = False) -> None:
        from brokernotes.notes.yaml_recovery import read_by_key

        read_by_key(self, error, is_scalar=is_scalar)

    def _read_root(self, root: Node) -> None:
        if root.kind == "list":
            self.forbid("front-matter-not-map")
            self.report("front-matter-not-map", root.start, root.end)
            return
        if root.kind == "scalar":
            self._read_by_key(UnreadableError(root.start), is_scalar=True)
            return
        line = self.block.line_starts()[self.block.line_of(root.start) - 1]
        if root.flow:
            self.forbid("flow-root")
        elif line != root.start and not self._is_explicit(root):
            self.forbid("indented-root")
        elif self._is_suspect(root):
            self._read_by_key(UnreadableError(root.start))
            return
        if root.feature:
            self.report_feature(root, "")
        pairs = iter(root.children)
        for key, value in zip(pairs, pairs, strict=True):
            self.add(key, value)

    def _is_suspect(self, root: Node) -> bool:
        """Whether YAML was content but a key was swallowed: by a full-width colon, or by quotes.

        Quoted text and brackets may run over lines that start in column 1, which
        YAML 1.2 forbids and libyaml allows: two forgotten quotes then hide all keys between.
        """
        keys = root.children[::2]
        starts = {key.start for key in keys}
        for key in keys:
            at = key.text.find("：")
            is_wide = at > 0 and key.text[:at].rstrip() in self.known
            if key.style == "plain" and (is_wide or key.text != key.text.rstrip()):
                return True
        lines = _KEY_LINE.finditer(self.copy, self.block.split.start)
        return any(line.start() not in starts for line in lines)

    def _is_explicit(self, key: Node) -> bool:
        """Whether a key stands behind `? `."""
        before = self.copy[max(0, key.start - 200) : key.start].rstrip(" \t")
        return before.endswith("?") and before[-2:-1] in ("", "\n", "\r", " ")

    def _read_absence(self, start: int) -> None:
        """Report what was meant for front matter and is none."""
        text = self.block.source
        line = text[start : self.block.line_end(start)]
        if line.strip() == "---" and line[:3] == "---":
            self.forbid("bad-delimiter")
            self.report("bad-delimiter", start, start + 3)
        elif late := _LATE_BLOCK.match(text, start):
            self.report("front-matter-not-first", late.start(1), late.end(1))

    def _report_odd(self, split: Split) -> None:
        """Report characters that are read as spaces, one kind a line."""
        seen = set()
        for odd in ODD.finditer(self.block.source, split.start, split.end):
            code = "odd-line-break" if odd[0] in _ODD_BREAKS else "control-character"
            place = self.block.line_of(odd.start()), code
            if place not in seen:
                seen.add(place)
                self.report(code, odd.start(), odd.end(), character=f"U+{ord(odd[0]):04X}")


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))

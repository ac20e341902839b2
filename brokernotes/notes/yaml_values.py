"""From YAML's nodes to the texts and lists a note may hold, with what is wrong in them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.notes.block import Block, Place, Scalar, Value
from brokernotes.notes.strict import NULLS
from brokernotes.notes.yaml_nodes import Node

_COMMENT = lazy_pattern(r"[ \t]+(#[^\r\n]*)")
_Kind = Literal["empty", "scalar", "flow", "block", "map"]


class Values:
    """Makes values of nodes and reports on the way.

    Attributes:
        block: where findings go.
        copy: the note up to the block's end, what YAML must not see replaced one for one.
        known: spellings of keys the schema knows.
    """

    def __init__(self, block: Block, copy: str, known: Collection[str]) -> None:
        self.block = block
        self.copy = copy
        self.known = known

    def report(self, code: str, start: int, end: int, /, **params: object) -> None:
        """Note a finding between two offsets of the note."""
        self.block.findings.append(self.block.finding(code, start, end, **params))

    def report_feature(self, node: Node, key: str) -> None:
        """Report an anchor, alias, tag or merge; the block is then left alone by writers."""
        self.block.reason = self.block.reason or "yaml-feature"
        text = self.raw(node).split("\n", 1)[0]
        self.report("yaml-feature", node.start, node.end, key=key, text=text)

    def raw(self, node: Node) -> str:
        """A node's source, without the line breaks that end a block of text."""
        return self.copy[node.start : self._scalar(node).end]

    def value(self, key: Node, colon: int, value: Node) -> tuple[Value, Place]:
        """The text, list or None of one key, and its place.

        Args:
            key: its node.
            colon: offset of the colon behind it.
            value: the value's node.
        """
        scalars: list[Scalar] = []
        text: Value
        kind: _Kind
        if value.kind == "list" and not self._is_link(value):
            kind = "flow" if value.flow else "block"
            if value.feature:
                self.report_feature(value, key.text)
            text = [item for node in value.children for item in self.item(key.text, node, scalars)]
            if value.flow and key.text in self.known:
                text = self._split_full_width(key.text, value, text, scalars)
        else:
            text = self.scalar(key.text, value)
            kind = "scalar" if value.kind == "scalar" or text is not None else "map"
            scalars.append(self._scalar(value))
        start, end = value.start, self._scalar(value).end
        if value.kind == "scalar" and start == end:
            kind, start, end, scalars = "empty", colon + 1, colon + 1, []
        return text, Place(key.start, key.end, colon, kind, start, end, scalars)

    def item(self, key: str, node: Node, scalars: list[Scalar]) -> list[str]:
        """The text of one item, or nothing if it is empty; its place is added to scalars."""
        text = self.scalar(key, node, is_item=True)
        if not text:
            return []
        scalars.append(self._scalar(node))
        return [text]

    def scalar(self, key: str, node: Node, *, is_item: bool = False) -> str | None:
        """The text of a scalar, or the source of what stands where a scalar should."""
        if node.kind != "scalar":
            return self._nested(key, node, is_item=is_item)
        if node.feature:
            self.report_feature(node, key)
            text: str | None = self.raw(node)
        else:
            text = None if node.style == "plain" and node.text in NULLS else node.text
        if text:
            self.check_template(text, key, node.start, node.end)
        if node.style == "plain":
            self._check_comment(key, node)
        return text

    def check_template(self, text: str, key: str, start: int, end: int) -> bool:
        """Report what a template left behind; whether it did."""
        at = text.find("{{")
        is_end = text.lstrip("- \t").startswith("%>")
        if (at >= 0 and text.find("}}", at) > 0) or "<%" in text or is_end:
            self.report("template-leftover", start, end, key=key, text=text.strip())
            return True
        return False

    def _nested(self, key: str, node: Node, *, is_item: bool) -> str | None:
        """A list or map where a scalar is due: its source if it stands on one line."""
        raw = self.raw(node)
        text = raw if raw and "\n" not in raw and "\r" not in raw else None
        if not node.flow and not is_item:
            text = None
        if text and self.check_template(text, key, node.start, node.end):
            return text
        if text and self._is_link(node):
            self.report("unquoted-link", node.start, node.end, key=key, text=text)
        else:
            code = "nested-map" if node.kind == "map" else "nested-list"
            self.report(code, node.start, node.end, key=key)
        return text

    def _is_link(self, node: Node) -> bool:
        """Whether a list in a list is a `[[link]]` that lacks its quotes."""
        if node.kind != "list" or not node.flow or len(node.children) != 1:
            return False
        raw, inner = self.raw(node), node.children[0]
        return inner.kind == "list" and raw[:2] == "[[" and raw[-2:] == "]]" and "\n" not in raw

    def _check_comment(self, key: str, node: Node) -> None:
        """Report text behind ` #`; behind an empty value, `# so` is a comment and `#so` is lost."""
        found = _COMMENT.match(self.copy, node.end)
        if found is None:
            return
        text = found[1].rstrip()
        if node.text or text[1:2] not in ("", " "):
            start = found.start(1)
            self.report("comment-in-value", start, start + len(text), key=key, text=text)

    def _split_full_width(
        self, key: str, node: Node, items: list[str], scalars: list[Scalar]
    ) -> list[str]:
        """Part the items of `[浦东，徐汇]`, which YAML takes for one."""
        parts: list[str] = []
        places: list[Scalar] = []
        for text, scalar in zip(items, scalars, strict=True):
            if (
                "，" not in text
                or scalar.style != "plain"
                or scalar.end - scalar.start != len(text)
            ):
                parts.append(text)
                places.append(scalar)
                continue
            self.report("full-width-comma", scalar.start, scalar.end, key=key, text=text)
            start = scalar.start
            for part in text.split("，"):
                if bare := part.strip():
                    begin = start + len(part) - len(part.lstrip())
                    parts.append(bare)
                    places.append(Scalar(begin, begin + len(bare), "plain"))
                start += len(part) + 1
        scalars[:] = places
        return parts

    def _scalar(self, node: Node) -> Scalar:
        end = node.end
        if node.style == "block":
            end = node.start + len(self.copy[node.start : end].rstrip())
        return Scalar(node.start, end, node.style)

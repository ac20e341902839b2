"""The text of `brokernotes.yaml` as nodes with places, and what is wrong with it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from brokernotes.errors import Position, Problem
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.problems import problem
from brokernotes.model.schema import fold
from brokernotes.notes.yaml_nodes import Node, UnreadableError, parse

MAX_BYTES = 64 * 1024  # as for a note's front matter
MAX_DEPTH = 8  # words of a value of an own field stand on the seventh level
_SHOWN = 40  # code points of the file that a message repeats

# What YAML forbids, and the line ends that only YAML takes for such.
_INVISIBLE = lazy_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINE_END = lazy_pattern("\r\n|\n|\r")


class RulesSource:
    """One file of rules: its nodes, and the problems found so far.

    Args:
        text: the whole file.
        path: relative to the vault.

    Attributes:
        problems: in the order they were found.
    """

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._text = text.removeprefix("\ufeff")
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(self._text))]

    def pairs(self) -> Node | None:
        """The whole file as one map; None: nothing in it can be read.

        Where YAML cannot read the whole, every group of lines that starts in the
        first column is read alone, so that one bad line costs one setting.
        """
        size = len(self._text.encode("utf-8", "surrogatepass"))
        if size > MAX_BYTES:
            self.report("rules-too-big", None, size=size, limit=MAX_BYTES)
            return None
        text = self._visible()
        if text.startswith(("---\n", "---\r")):
            text = "#" + text[1:]  # a document's start is all it could say
        root = _simple(text)
        if root is None:
            root = self._yaml(text)
            self._refuse_features(root)
        return root

    def _visible(self) -> str:
        found = list(_INVISIBLE.finditer(self._text))
        if not found:
            return self._text
        for hit in found[:20]:  # a binary file has thousands
            character = hit.group()
            name = unicodedata.name(character, f"U+{ord(character):04X}")
            self.report("rules-control-character", hit.span(), name=name)
        return _INVISIBLE.sub(" ", self._text)

    def _yaml(self, text: str) -> Node:
        empty = Node("map", 0, 0)
        try:
            root = parse(text, depth=MAX_DEPTH)
        except UnreadableError as error:
            if error.too_deep:
                self.report("rules-too-deep", (error.index, error.index + 1), limit=MAX_DEPTH)
                return empty
            return self._groups(text, error.index)
        if root is None or root.kind == "map":
            return root or empty
        return self._groups(text, root.start)

    def _groups(self, text: str, failed: int) -> Node:
        """Every top-level group of lines read alone."""
        root = Node("map", 0, len(text))
        before = len(self.problems)
        for start, end in self._group_spans(text):
            try:
                node = parse(text[start:end], start, depth=MAX_DEPTH)
            except UnreadableError as error:
                self.report("rules-syntax", self._line_span(max(start, min(error.index, end - 1))))
                continue
            if node is None:
                continue
            if node.kind == "map":
                root.children.extend(node.children)
            else:
                span = self._line_span(node.start)
                self.report("rules-not-a-pair", span, text=text[span[0] : span[1]][:_SHOWN])
        if len(self.problems) == before:
            self.report("rules-syntax", self._line_span(failed))
        return root

    def _group_spans(self, text: str) -> Iterator[tuple[int, int]]:
        bounds = [
            start for start in self._starts if start < len(text) and text[start] not in " \t#\r\n"
        ]
        return zip(bounds, [*bounds[1:], len(text)], strict=True)

    def _line_span(self, index: int) -> tuple[int, int]:
        """From the first character that is no space, at or after `index`, to the line's end."""
        line = bisect_right(self._starts, index) - 1
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        end = self._starts[line] + len(self._text[self._starts[line] : end].rstrip())
        return min(index, end), end

    def _refuse_features(self, root: Node) -> None:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node.feature:
                text = self._text[node.start : node.end].split(None, 1)[0][:_SHOWN]
                span = (node.start, node.start + len(text))
                self.report("rules-yaml-feature", span, text=text)
            waiting.extend(reversed(node.children))

    def report(self, code: str, where: Node | tuple[int, int] | None, /, **params: object) -> None:
        """Add a problem.

        Args:
            code: catalogued in `model.problems.rules`.
            where: a node, a span of offsets, or None for the file.
            **params: the places of its message and hint.
        """
        span = (where.start, where.end) if isinstance(where, Node) else where or (0, 0)
        self.problems.append(problem(code, self._position(*span), **params))

    def _position(self, start: int, end: int) -> Position:
        line = bisect_right(self._starts, start)
        first = self._starts[line - 1]
        same_line = end > start and bisect_right(self._starts, end - 1) == line
        return Position(self.path, line, start - first + 1, end - first + 1 if same_line else None)

    def line(self, node: Node) -> int:
        """The 1-based line a node begins in."""
        return bisect_right(self._starts, node.start)

    def map_pairs(self, node: Node, key: str) -> Iterator[tuple[Node, str, Node]]:
        """The pairs of a map that are new in it: key node, key, value node.

        What is no map, a key that is no word, and a key that came before are reported.
        """
        if node.kind != "map":
            self.report("rules-not-a-map", node, key=key)
            return
        seen: dict[str, Node] = {}
        for key_node, value in zip(node.children[::2], node.children[1::2], strict=True):
            name = key_node.text
            if key_node.kind != "scalar":
                self.report("rules-not-one-value", key_node, key=key)
            elif fold(name) in seen:
                first = self.line(seen[fold(name)])
                self.report("rules-duplicate-key", key_node, key=name, line=first)
            else:
                seen[fold(name)] = key_node
                yield key_node, name, value

    def unknown(self, node: Node, key: str, words: Sequence[str]) -> None:
        """Report a key that is not a setting, with the one that was most likely meant."""
        likely = near(key.rpartition(".")[2], words)
        known = likely or ", ".join(words)
        self.report("rules-unknown-key", node, key=key, known=known, likely=likely)


def near(word: str, words: Sequence[str]) -> str:
    """The word a typo most likely meant; empty: none is near."""
    import difflib

    found = difflib.get_close_matches(fold(word), [fold(known) for known in words], n=1)
    return next((known for known in words if found and fold(known) == found[0]), "")


def is_unset(node: Node) -> bool:
    """Whether a value is empty, so that the default holds."""
    return node.kind == "scalar" and node.style == "plain" and node.text in ("", "~", "null")


def _simple(text: str) -> Node | None:
    """Read a file of nothing but comments and `key: word` lines; None: it holds more.

    Most vaults never say more, and YAML alone would take longer to load than
    everything else that a command loads.
    """
    root = Node("map", 0, len(text))
    start = 0
    for line in text.split("\n"):
        if line and line[0] != "#":
            key, colon, value = line.partition(": ")
            plain = value.replace("/", "").replace("_", "")
            if not (colon and key.isascii() and key.isalpha() and plain.isascii()):
                return None
            if not plain.isalnum() or value in ("null", "Null", "NULL"):
                return None
            at = start + len(key) + 2
            root.children.append(Node("scalar", start, start + len(key), key))
            root.children.append(Node("scalar", at, at + len(value), value))
        start += len(line) + 1
    return root

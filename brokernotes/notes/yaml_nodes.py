"""libyaml's events as small nodes, with a guard against what front matter never holds.

Nodes are made from events one by one rather than by `yaml.compose`: depth is
then bounded before anything nests, nothing is ever expanded, and it is quicker.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, Literal

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.notes.block import Style

MAX_DEPTH = 6  # collections inside collections, the block itself included (ours)

_STARTS = frozenset(("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"))
_ENDS = frozenset(("SequenceEndEvent", "MappingEndEvent"))
_STYLES: dict[str, Style] = {"'": "single", '"': "double", "|": "block", ">": "block"}


class UnreadableError(Exception):
    """YAML cannot read this text.

    Attributes:
        index: offset in the note where it noticed.
        too_deep: whether it nests deeper than notes may.
    """

    def __init__(self, index: int, *, too_deep: bool = False) -> None:
        super().__init__(index)
        self.index = index
        self.too_deep = too_deep


@dataclass(slots=True)
class Node:
    """A scalar, list or map.

    Attributes:
        start: offset in the note, an anchor or tag included.
        end: one past the last character; for block lists and maps, of their last child.
        text: of a scalar, after YAML's unquoting.
        style: of a scalar.
        flow: whether a list or map is written in brackets.
        feature: whether it bears an anchor or tag, or is an alias.
        children: items; of a map key, value, key, value.
    """

    kind: Literal["scalar", "list", "map"]
    start: int
    end: int
    text: str = ""
    style: Style = "plain"
    flow: bool = False
    feature: bool = False
    children: list[Node] = field(default_factory=list)


def parse(
    text: str, base: int = 0, gap: int | None = None, *, depth: int = MAX_DEPTH
) -> Node | None:
    """Read one YAML document.

    Args:
        text: what to read; no character in it may be one that YAML forbids.
        base: offset of the text in the note.
        gap: index of one character in the text that the note does not have.
        depth: how deep collections may nest, the root included.

    Returns:
        Its root; None when there is nothing but comments.

    Raises:
        UnreadableError: it is not YAML, more than one document, or too deep.
    """

    def place(index: int) -> int:
        return base + index - (1 if gap is not None and index > gap else 0)

    # ValueError: the pure-Python reader lets escapes such as "\UFFFFFFFF" reach chr().
    failures = (_yaml().YAMLError, ValueError, RecursionError)
    try:
        return _root(_events(text), place, depth)
    except failures as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        # libyaml has a limit of its own, and its scanner reads ahead of the events.
        too_deep = "nesting depth" in str(getattr(error, "problem", ""))
        raise UnreadableError(place(mark.index if mark else 0), too_deep=too_deep) from None


@functools.cache
def _yaml() -> Any:
    import yaml

    return yaml


def _events(text: str) -> Iterator[Any]:
    yaml = _yaml()
    loader = getattr(yaml, "CBaseLoader", None) or yaml.BaseLoader
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    return events


def _root(events: Iterator[Any], place: Callable[[int], int], depth: int) -> Node | None:
    root: Node | None = None
    stack: list[Node] = []
    for event in events:
        kind = type(event).__name__
        if kind in _ENDS:
            _close(stack.pop(), place(event.end_mark.index))
            continue
        if kind not in _STARTS:
            if getattr(event, "explicit", False):  # `--- x`, `...`, a second document
                raise UnreadableError(place(event.start_mark.index))
            continue
        node = _node(kind, event, place)
        if stack:
            stack[-1].children.append(node)
        else:
            root = node
        if node.kind != "scalar":
            stack.append(node)
            if len(stack) > depth:
                raise UnreadableError(node.start, too_deep=True)
    return root


def _node(kind: str, event: Any, place: Callable[[int], int]) -> Node:
    start, end = place(event.start_mark.index), place(event.end_mark.index)
    if kind == "AliasEvent":
        return Node("scalar", start, end, feature=True)
    feature = event.anchor is not None or event.tag is not None
    if kind == "ScalarEvent":
        event.value.encode()  # a lone surrogate from an escape is no text
        style = _STYLES.get(event.style or "", "plain")
        return Node("scalar", start, end, event.value, style, feature=feature)
    shape: Literal["list", "map"] = "list" if kind == "SequenceStartEvent" else "map"
    return Node(shape, start, end, flow=bool(event.flow_style), feature=feature)


def _close(node: Node, end: int) -> None:
    """Set where a collection ends; libyaml ends block collections at the next token."""
    node.end = end if node.flow else max(node.end, node.children[-1].end if node.children else 0)

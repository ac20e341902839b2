"""Writing one list of `brokernotes.yaml`: nothing else of the file changes, no comment is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.notes.rulebook import RULES_FILE, checked_rules
from brokernotes.notes.rulebook_source import RulesSource, is_unset
from brokernotes.notes.yaml_nodes import Node

_NOT_CERTAIN = N_("{key} of brokernotes.yaml cannot be written without changing something else")
_BY_HAND = N_("Write it by hand: `{line}`.")
_LINE_END = re.compile("\r\n|\n|\r")

Edit = tuple[int, int, str]  # offsets, and what stands between them afterwards


class _Place(NamedTuple):
    """A file of rules and the setting in it that is to be written."""

    text: str
    section: str
    key: str
    items: Sequence[str]

    @property
    def value(self) -> str:
        """The list in brackets."""
        return f"[{', '.join(self.items)}]"

    @property
    def newline(self) -> str:
        """As the file ends its lines."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def line_end(self, at: int) -> int:
        """Where the line ends that an offset lies in."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def line_start(self, at: int) -> int:
        """Where it begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def refused(self) -> RefusedError:
        """Why nothing is written, and what a person may write."""
        return RefusedError(
            _NOT_CERTAIN,
            hint=_BY_HAND,
            key=f"{self.section}.{self.key}",
            line=f"{self.section}: {{{self.key}: {self.value}}}",
        )


def set_list(text: str, section: str, key: str, items: Sequence[str]) -> str:
    """Give one list of a section other items.

    Args:
        text: the whole file.
        section: at the top of it, such as `classify`.
        key: in the section.
        items: plain words, at least one.

    Returns:
        The whole file; the very same text if it says so already.

    Raises:
        RefusedError: the file's shape does not allow it, or a comment would be lost.
    """
    plain, problems = checked_rules(text)
    wanted = {**plain, section: {**plain.get(section, {}), key: list(items)}}
    if plain == wanted:
        return text
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    place = _Place(text.removeprefix(bom), section, key, items)
    start, end, new = _edit(place)
    changed = bom + place.text[:start] + new + place.text[end:]
    after, others = checked_rules(changed)
    lost = place.text[start:end].count("#") - new.count("#")
    if (
        after != wanted
        or lost > 0
        or [one.code for one in others] != [one.code for one in problems]
    ):
        raise place.refused()
    return changed


def _edit(place: _Place) -> Edit:
    source = RulesSource(place.text, RULES_FILE)
    root = source.pairs()
    for key_node, name, value in source.map_pairs(root, "") if root is not None else ():
        if name == place.section:
            return _in_section(place, source, key_node, value)
    end = len(place.text)
    before = "" if not end or place.line_start(end) == end else place.newline
    line = f"{place.section}:{place.newline}  {place.key}: {place.value}{place.newline}"
    return end, end, before + line


def _in_section(place: _Place, source: RulesSource, key_node: Node, section: Node) -> Edit:
    if is_unset(section):
        end = place.line_end(key_node.end)
        return end, end, f"{place.newline}  {place.key}: {place.value}"
    if section.kind != "map":
        raise place.refused()
    for node, name, value in source.map_pairs(section, place.section):
        if name == place.key:
            return _in_value(place, node, value)
    pair = f"{place.key}: {place.value}"
    if section.flow:
        at = section.start + 1
        return at, at, pair + (", " if section.children else "")
    first, last = section.children[0], section.children[-1]
    at = place.line_end(max(last.end, section.children[-2].end))
    indent = place.text[place.line_start(first.start) : first.start]
    return at, at, place.newline + indent + pair


def _in_value(place: _Place, key_node: Node, value: Node) -> Edit:
    if is_unset(value):
        at = place.text.index(":", key_node.end) + 1
        return at, at, f" {place.value}"
    if value.kind == "list" and not value.flow:
        return _in_lines(place, value)
    return value.start, value.end, place.value


def _in_lines(place: _Place, value: Node) -> Edit:
    """Change the lines of a list that differ, and leave the others as they are."""
    old = [node.text for node in value.children]
    kept = 0
    while kept < min(len(old), len(place.items)) and old[kept] == place.items[kept]:
        kept += 1
    first = value.children[0]
    head = place.text[place.line_start(first.start) : first.start]
    new = [head + item for item in place.items[kept:]]
    if kept == len(old):
        at = place.line_end(value.children[-1].end)
        return at, at, "".join(place.newline + line for line in new)
    start = place.line_start(value.children[kept].start)
    end = place.line_end(value.children[-1].end)
    if not new:  # the end of the line before goes with them
        start = place.line_end(value.children[kept - 1].end)
    return start, end, place.newline.join(new)

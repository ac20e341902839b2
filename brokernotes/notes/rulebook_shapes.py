"""Kinds of setting in `brokernotes.yaml`, and how each is read.

A shape turns a node into a plain value (str, int, float, bool, list, dict, so
that JSON can hold it) or reports what is wrong and gives None: the default
then holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from brokernotes.light_dataclasses import dataclass
from brokernotes.model.choices import Choice
from brokernotes.model.schema import fold
from brokernotes.notes.rulebook_source import RulesSource, is_unset
from brokernotes.notes.yaml_nodes import Node

Plain = dict[str, Any]


class Shape(Protocol):
    """One kind of setting."""

    def read(self, node: Node, key: str, source: RulesSource) -> Any:
        """The plain value of a node.

        Args:
            node: what stands in the file, not empty.
            key: dotted, for messages.
            source: takes the problems.

        Returns:
            None when it is not of this shape.
        """


def _scalar(node: Node, key: str, source: RulesSource) -> str | None:
    if node.kind == "scalar":
        return node.text.strip()
    source.report("rules-not-one-value", node, key=key)
    return None


class Text:
    """Any words."""

    def read(self, node: Node, key: str, source: RulesSource) -> str | None:
        """The words as they stand."""
        return _scalar(node, key, source)


class Word:
    """One of a few words.

    Args:
        values: by spelling; the first spelling of a value is the one messages name.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {fold(word): value for word, value in values.items()}
        self._shown = {value: word for word, value in reversed([*values.items()])}

    @classmethod
    def of(cls, *words: str) -> Word:
        """Words that mean themselves."""
        return cls({word: word for word in words})

    @classmethod
    def choice(cls, choices: tuple[Choice, ...]) -> Word:
        """Values of a vocabulary, in any of their spellings."""
        return cls({word: choice.id for choice in choices for word in choice.spellings()})

    def find(self, word: str) -> Any:
        """The value of a spelling; None: there is none."""
        return self._values.get(fold(word))

    @property
    def words(self) -> list[str]:
        """One spelling of each value."""
        return list(reversed(self._shown.values()))

    def read(self, node: Node, key: str, source: RulesSource) -> Any:
        """The value its spelling stands for."""
        text = _scalar(node, key, source)
        if text is None:
            return None
        value = self.find(text)
        if value is None:
            choices = ", ".join(self.words)
            source.report("rules-choice", node, key=key, choices=choices, value=text)
        return value


FLAG = Word({"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False})


@dataclass(frozen=True)
class Number:
    """A number between two others, both allowed."""

    low: float
    high: float
    whole: bool = False

    def read(self, node: Node, key: str, source: RulesSource) -> int | float | None:
        """The number; an int where it has no decimal point."""
        text = _scalar(node, key, source)
        if text is None:
            return None
        value = _number(text, self.whole)
        if value is not None and self.low <= value <= self.high:
            return value
        code = "rules-whole-number" if self.whole else "rules-number"
        source.report(code, node, key=key, low=self.low, high=self.high, value=text)
        return None


def _number(text: str, whole: bool) -> int | float | None:
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not text.isascii() or len(text) > 15:
        return None
    if digits.isdigit():
        return sign * int(digits)
    before, _, after = digits.partition(".")
    if whole or not (before.isdigit() and after.isdigit()):
        return None
    return sign * float(digits)


def whole(low: int, high: int) -> Number:
    """A whole number between two others."""
    return Number(low, high, whole=True)


class Clock:
    """A time of day."""

    def read(self, node: Node, key: str, source: RulesSource) -> int | None:
        """Minutes since midnight."""
        text = _scalar(node, key, source)
        if text is None:
            return None
        hours, _, minutes = text.replace("：", ":").partition(":")
        digits = len(hours) in (1, 2) and len(minutes) == 2 and (hours + minutes).isascii()
        if digits and (hours + minutes).isdigit() and int(hours) < 24 and int(minutes) < 60:
            return int(hours) * 60 + int(minutes)
        source.report("rules-clock", node, key=key, value=text)
        return None


class Zone:
    """A time zone by its IANA name."""

    def read(self, node: Node, key: str, source: RulesSource) -> str | None:
        """The name, when this computer knows the zone."""
        from zoneinfo import ZoneInfo

        text = _scalar(node, key, source)
        if text is None:
            return None
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones
            source.report("rules-timezone", node, value=text)
            return None
        return text


@dataclass(frozen=True)
class Many:
    """A list of one shape; an item that is wrong is left out.

    Attributes:
        of: the shape of its items.
        size: how many they must be; None: any number.
        alone: whether one item may stand without a list.
    """

    of: Shape
    size: int | None = None
    alone: bool = False

    def read(self, node: Node, key: str, source: RulesSource) -> list[Any] | None:
        """The items that could be read."""
        if node.kind != "list" and not (self.alone and node.kind == "scalar"):
            source.report("rules-not-a-list", node, key=key)
            return None
        nodes = node.children if node.kind == "list" else [node]
        if self.size is not None and len(nodes) != self.size:
            source.report("rules-list-length", node, key=key, wanted=self.size, count=len(nodes))
            return None
        items = [self.of.read(child, key, source) for child in nodes if not is_unset(child)]
        kept = [item for item in items if item is not None]
        return None if self.size is not None and len(kept) != self.size else kept


@dataclass(frozen=True)
class Group:
    """Settings by fixed names.

    Attributes:
        shapes: by name.
    """

    shapes: Mapping[str, Shape]

    def read(self, node: Node, key: str, source: RulesSource) -> Plain:
        """What could be read, by name; empty values are left out."""
        found: Plain = {}
        for key_node, name, value in source.map_pairs(node, key):
            dotted = f"{key}.{name}" if key else name
            shape = self.shapes.get(name)
            if shape is None:
                source.unknown(key_node, dotted, list(self.shapes))
            elif not is_unset(value):
                plain = shape.read(value, dotted, source)
                if plain is not None:
                    found[name] = plain
        return found


@dataclass(frozen=True)
class Table:
    """Values of one shape by words of a vocabulary, in any spelling.

    Attributes:
        names: turns a spelling into the name the value is kept under.
        of: the shape of the values.
    """

    names: Word
    of: Shape

    def read(self, node: Node, key: str, source: RulesSource) -> Plain:
        """What could be read, by name."""
        found: Plain = {}
        for key_node, word, value in source.map_pairs(node, key):
            name = self.names.find(word)
            if name is None:
                source.unknown(key_node, f"{key}.{word}", self.names.words)
            elif not is_unset(value):
                plain = self.of.read(value, f"{key}.{word}", source)
                if plain is not None:
                    found[name] = plain
        return found


@dataclass(frozen=True)
class Shares:
    """Percentages by words of a vocabulary, which add up to 100.

    Attributes:
        names: turns a spelling into the name a share is kept under.
    """

    names: Word

    def read(self, node: Node, key: str, source: RulesSource) -> Plain | None:
        """The shares by name; none where one is wrong, for then the others are, too."""
        before = len(source.problems)
        found = Table(self.names, Number(0, 100)).read(node, key, source)
        if len(source.problems) > before:
            return None
        total = sum((Decimal(str(share)) for share in found.values()), Decimal())
        if found and total != 100:
            source.report("rules-shares-sum", node, key=key, total=f"{total.normalize():f}")
            return None
        return found


@dataclass(frozen=True)
class FreeTable:
    """Values of one shape by any words."""

    of: Shape

    def read(self, node: Node, key: str, source: RulesSource) -> Plain:
        """What could be read, by word."""
        found: Plain = {}
        for _, word, value in source.map_pairs(node, key):
            plain = None if is_unset(value) else self.of.read(value, f"{key}.{word}", source)
            if plain is not None:
                found[word] = plain
        return found


class Checks:
    """Severities by problem code."""

    def read(self, node: Node, key: str, source: RulesSource) -> Plain:
        """What could be read, by code."""
        from brokernotes.model.problems import PROBLEMS
        from brokernotes.notes.rulebook_source import near

        severity = Word.of("error", "warning", "hint", "off")
        found: Plain = {}
        for key_node, code, value in source.map_pairs(node, key):
            if code not in PROBLEMS:
                known = near(code, list(PROBLEMS))
                source.report("rules-unknown-code", key_node, code=code, known=known or "-")
            elif not is_unset(value):
                plain = severity.read(value, f"{key}.{code}", source)
                if plain is not None:
                    found[code] = plain
        return found

"""The section `deals` of `brokernotes.yaml`: a city's order of the steps, and own papers."""

from __future__ import annotations

from typing import Any

from brokernotes.light_dataclasses import dataclass
from brokernotes.model.enums import CLOSED
from brokernotes.model.milestones import FIXED
from brokernotes.model.terms import OPEN
from brokernotes.notes.rulebook_shapes import Group, Many, Plain, Shape, Table, Text, Word
from brokernotes.notes.rulebook_source import RulesSource, is_unset
from brokernotes.notes.yaml_nodes import Node

_STEPS = Word.choice(CLOSED["deal_step"])
_TEMPLATES = Word.choice(CLOSED["deal_template"])
_PAPERS = Word.choice(OPEN["paper"])


@dataclass(frozen=True)
class _Order:
    """Steps in the order a city takes them: each once, deposit and signing among them."""

    def read(self, node: Node, key: str, source: RulesSource) -> list[str] | None:
        """Ids of the steps; None where one of them is wrong, since half an order misleads."""
        before = len(source.problems)
        steps = Many(_STEPS).read(node, key, source)
        if steps is None or len(source.problems) > before:
            return None
        seen: set[str] = set()
        for child in node.children:
            if is_unset(child):
                continue
            step = _STEPS.find(child.text.strip())
            if step in seen:
                source.report("rules-step-twice", child, key=key, value=child.text.strip())
                return None
            seen.add(step)
        missing = [one.zh for one in CLOSED["deal_step"] if one.id in FIXED and one.id not in seen]
        if missing:
            source.report("rules-step-missing", node, key=key, steps=missing)
            return None
        return steps


@dataclass(frozen=True)
class _Paper:
    """A paper: a known one by any of its words, any other by its own."""

    def read(self, node: Node, key: str, source: RulesSource) -> Any:
        """Its id, or the word itself."""
        text = Text().read(node, key, source)
        return None if text is None else _PAPERS.find(text) or text


@dataclass(frozen=True)
class _Cities:
    """Orders by city, then by template."""

    def read(self, node: Node, key: str, source: RulesSource) -> Plain:
        """What could be read."""
        found: Plain = {}
        for _, city, value in source.map_pairs(node, key):
            if not is_unset(value):
                found[city] = Table(_TEMPLATES, _Order()).read(value, f"{key}.{city}", source)
        return found


_SHAPES: dict[str, Shape] = {
    "city": Text(),
    "cities": _Cities(),
    "papers": Table(_STEPS, Many(_Paper(), alone=True)),
}


@dataclass(frozen=True)
class Deals:
    """The whole section; a city that is named must have its order."""

    def read(self, node: Node, key: str, source: RulesSource) -> Plain:
        """What could be read, by name."""
        found = Group(_SHAPES).read(node, key, source)
        city, cities = found.get("city"), found.get("cities", {})
        if city is not None and city not in cities:
            for name, value in zip(node.children[::2], node.children[1::2], strict=True):
                if name.text == "city":
                    known = ", ".join(cities) or "-"
                    source.report("rules-city-without-order", value, city=city, known=known)
            del found["city"]
        return found

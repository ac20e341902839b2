"""What channels cost, in `brokernotes.yaml`: an amount a month, from when, until when.

channels:
  安居客: {source: 端口, monthly: 1800, from: 2026-01, until: 2026-06}
  短视频:
    - {monthly: 500, from: 2026-01, until: 2026-03}
    - {monthly: 800, from: 2026-04}
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

from brokernotes.notes.rulebook_shapes import Group, Number, Text
from brokernotes.notes.rulebook_source import RulesSource, is_unset
from brokernotes.notes.yaml_nodes import Node

_DAY = re.compile(r"([12][0-9]{3})[-/.年]([01]?[0-9])(?:[-/.月]([0-3]?[0-9])日?|月)?")


class Day:
    """A day, or the first or last one of a month.

    Args:
        is_end: whether a month means its last day.
    """

    def __init__(self, *, is_end: bool) -> None:
        self._is_end = is_end

    def read(self, node: Node, key: str, source: RulesSource) -> str | None:
        """The day in ISO form."""
        text = node.text.strip() if node.kind == "scalar" else ""
        found = _DAY.fullmatch(text)
        if found is not None:
            year, month = int(found[1]), int(found[2])
            try:
                last = monthrange(year, month)[1]
                day = int(found[3]) if found[3] else last if self._is_end else 1
                return date(year, month, day).isoformat()
            except ValueError:  # no such month or day
                pass
        source.report("rules-month", node, key=key, value=text or "[ ]")
        return None


_COST = Group(
    {
        "source": Text(),
        "monthly": Number(0, 100_000_000),
        "from": Day(is_end=False),
        "until": Day(is_end=True),
    }
)
_NEEDED = ("monthly", "from")


class Costs:
    """What one channel costs: one span of time, or several."""

    def read(self, node: Node, key: str, source: RulesSource) -> list[dict[str, Any]] | None:
        """The spans that could be read."""
        nodes = node.children if node.kind == "list" else [node]
        found = [self._span(one, key, source) for one in nodes if not is_unset(one)]
        return [one for one in found if one is not None] or None

    def _span(self, node: Node, key: str, source: RulesSource) -> dict[str, Any] | None:
        before = len(source.problems)
        cost = _COST.read(node, key, source)
        missing = [name for name in _NEEDED if name not in cost]
        if missing:
            if len(source.problems) == before:
                source.report("rules-needs", node, key=key, needs=missing)
            return None
        if cost.get("until", cost["from"]) < cost["from"]:
            source.report("rules-period", node, key=key, first=cost["from"], last=cost["until"])
            return None
        return cost

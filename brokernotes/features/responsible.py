"""Who answers for a note: its agent, and whoever leads them."""

from __future__ import annotations

from collections.abc import Mapping


def is_responsible(viewer: str | None, agent: str | None, supervisors: Mapping[str, str]) -> bool:
    """Whether a note is someone's to know about.

    Args:
        viewer: id of the agent who looks; None: nobody in particular, who may read the files.
        agent: id of the note's agent; None: it has none, so it is everybody's.
        supervisors: of each agent the one above, by id.
    """
    if viewer is None or agent is None:
        return True
    seen: set[str] = set()
    above: str | None = agent
    while above is not None and above not in seen:
        if above == viewer:
            return True
        seen.add(above)
        above = supervisors.get(above)
    return False

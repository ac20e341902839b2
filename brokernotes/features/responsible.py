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


def sees_owner(
    viewer: str | None,
    listing: Mapping[str, object],
    agent: str | None,
    supervisors: Mapping[str, str],
    mode: str,
) -> bool:
    """Whether someone may know what a listing's owner has in mind (seed: 私盘).

    Args:
        viewer: id of the agent who looks; None: nobody in particular.
        listing: its values.
        agent: id of its agent, who holds it.
        supervisors: of each agent the one above, by id.
        mode: `sharing.mode` of the rules, for a listing that does not say.
    """
    is_private = (listing.get("sharing") or mode) == "private"
    return not is_private or is_responsible(viewer, agent, supervisors)

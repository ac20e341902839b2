"""A proposal as WeChat text: what is pasted into a chat, short, without Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brokernotes.features.proposals import Proposal, ProposedHome, names_of

# Characters a home: what is read on a phone without opening it; a Chinese one says as much as two
# of English (ours).
MOST = {"zh": 500, "en": 1000}
# What gives way where there is little room, in this order, and how much of it stays.
_GIVES_WAY = (("points", 0), ("fits", 1), ("taxes", 0), ("unknowns", 0), ("shortcomings", 1))


def wechat(proposal: Proposal) -> str:
    """The text, without a line end at its end."""
    blocks = [proposal.opening]
    for home, name in zip(proposal.homes, names_of(proposal), strict=True):
        blocks.append(_home(proposal, home, name))
    blocks.append(_labelled(proposal, "next", [proposal.next_step]))
    blocks.append("\n".join(filter(None, (proposal.sender, f"{proposal.day} {proposal.remark}"))))
    return "\n\n".join(blocks)


def _home(proposal: Proposal, home: ProposedHome, name: str) -> str:
    """One home, within `MOST`: highlights give way first, shortcomings last."""
    lines = list(_lines(proposal, home, name))
    parts = {
        "points": list(home.points),
        "fits": list(home.fits),
        "shortcomings": list(home.shortcomings),
        "unknowns": list(home.unknowns),
        "taxes": [one.text for one in home.taxes],
    }
    most = MOST[proposal.language]
    while True:
        told = [_labelled(proposal, key, things) for key, things in parts.items() if things]
        said = "\n".join((*lines, *told))
        if len(said) <= most:
            return said
        longer = [key for key, fewest in _GIVES_WAY if len(parts[key]) > fewest]
        if not longer:
            return said[: most - 1] + "…"
        parts[longer[0]].pop()


def _lines(proposal: Proposal, home: ProposedHome, name: str) -> Iterator[str]:
    yield name
    joint = "，" if proposal.language == "zh" else ", "
    yield joint.join(filter(None, (home.price, home.unit_price, home.against)))
    if home.brief:
        yield " · ".join(home.brief)


def _labelled(proposal: Proposal, key: str, things: Sequence[str]) -> str:
    is_chinese = proposal.language == "zh"
    colon, joint = ("：", "；") if is_chinese else (": ", "; ")
    return f"{proposal.labels[key]}{colon}{joint.join(things)}"

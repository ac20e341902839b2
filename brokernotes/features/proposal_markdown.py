"""A proposal as Markdown: for a mail, or to be edited before it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brokernotes.features.proposals import Proposal, ProposedHome, names_of

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown(proposal: Proposal) -> str:
    """The text, with a line end at its end."""
    return "\n".join(_lines(proposal)).rstrip("\n") + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield from (f"# {_plain(proposal.title)}", "", _plain(proposal.opening), "")
    names = list(map(_plain, names_of(proposal)))
    if proposal.comparison:
        yield from (f"## {proposal.labels['comparison']}", "")
        yield _row(["", *names])
        yield _row(["---"] * (len(names) + 1))
        for label, cells in proposal.comparison:
            yield _row([_plain(label), *map(_plain, cells)])
        yield ""
    for home, name in zip(proposal.homes, names, strict=True):
        yield from _home(proposal, home, name)
    yield from (f"## {proposal.labels['next']}", "", _plain(proposal.next_step), "", "---", "")
    if proposal.sender:
        yield from (_plain(proposal.sender), "")
    yield f"{proposal.day} {_plain(proposal.remark)}"


def _home(proposal: Proposal, home: ProposedHome, name: str) -> Iterator[str]:
    yield from (f"## {name}", "")
    joint = "，" if proposal.language == "zh" else ", "
    yield f"**{_plain(home.price)}**" + _plain(
        "".join(joint + one for one in (home.unit_price, home.against) if one)
    )
    yield from ("", _plain(" · ".join((home.place, *home.brief) if home.place else home.brief)), "")
    for key, things in (
        ("points", home.points), ("fits", home.fits), ("shortcomings", home.shortcomings),
        ("unknowns", home.unknowns),
    ):  # fmt: skip
        yield from _section(proposal, key, things)
    colon = "：" if proposal.language == "zh" else ": "
    yield from _section(
        proposal, "facts", [f"{fact.label}{colon}{fact.value}" for fact in home.facts]
    )
    sides = ("（", "）") if proposal.language == "zh" else (" (", ")")
    taxes = [f"{one.text}{sides[0]}{one.source}{sides[1]}" for one in home.taxes]
    yield from _section(proposal, "taxes", taxes)


def _section(proposal: Proposal, key: str, things: Sequence[str]) -> Iterator[str]:
    if things:
        yield from (f"### {proposal.labels[key]}", "")
        for thing in things:
            yield f"- {_plain(thing)}"
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """A text that Markdown takes as it stands."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))

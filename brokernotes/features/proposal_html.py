"""A proposal as one HTML file: photos and style inside, nothing fetched from anywhere."""

from __future__ import annotations

import math
from itertools import pairwise

from brokernotes.features.paper import box, escape, footer, header, page
from brokernotes.features.proposals import Proposal, ProposedHome, names_of

_COLUMNS = 3  # homes beside each other: more cannot be read on a phone (ours)


def proposal_page(proposal: Proposal) -> str:
    """The page."""
    parts = [header(proposal.title, proposal.opening), _comparison(proposal)]
    names = names_of(proposal)
    parts += [_home(proposal, home, name) for home, name in zip(proposal.homes, names, strict=True)]
    parts += [
        f"<section><h2>{escape(proposal.labels['next'])}</h2>"
        f"<p>{escape(proposal.next_step)}</p></section>",
        footer(proposal.sender, proposal.day, proposal.remark),
    ]
    return page(proposal.language, proposal.title, "\n".join(filter(None, parts)))


def _comparison(proposal: Proposal) -> str:
    if not proposal.comparison:
        return ""
    count = len(proposal.homes)
    tables = math.ceil(count / _COLUMNS)
    cuts = [at * count // tables for at in range(tables + 1)]
    found = "".join(_table(proposal, start, end) for start, end in pairwise(cuts))
    return f"<section><h2>{escape(proposal.labels['comparison'])}</h2>{found}</section>"


def _table(proposal: Proposal, start: int, end: int) -> str:
    """Some homes beside each other."""
    names = "".join(f"<th>{escape(name)}</th>" for name in names_of(proposal)[start:end])
    rows = "".join(
        f"<tr><th>{escape(label)}</th>"
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells[start:end])}</tr>"
        for label, cells in proposal.comparison
    )
    return (
        f'<table class="compare"><thead><tr><th></th>{names}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _home(proposal: Proposal, home: ProposedHome, name: str) -> str:
    labels = proposal.labels
    unit = " · ".join(filter(None, (home.unit_price, home.against)))
    parts = [
        f"<h2>{escape(name)}</h2>",
        f'<p class="place">{escape(home.place)}</p>' if home.place else "",
        f'<p class="price">{escape(home.price)}</p>',
        f'<p class="unit">{escape(unit)}</p>' if unit else "",
        _photos(proposal, home),
        f'<ul class="brief">{"".join(f"<li>{escape(one)}</li>" for one in home.brief)}</ul>',
        '<div class="boxes">',
        box("fits", labels["fits"], home.fits),
        box("shortcomings", labels["shortcomings"], home.shortcomings),
        box("points", labels["points"], home.points),
        box("unknowns", labels["unknowns"], home.unknowns),
        "</div>",
        _facts(proposal, home),
        _taxes(proposal, home),
    ]
    return f'<section class="home">{"".join(parts)}</section>'


def _photos(proposal: Proposal, home: ProposedHome) -> str:
    """The photos; their files' names are not told, for anything may stand in one."""
    if not home.photos:
        return ""
    label = escape(proposal.labels["photo"])
    images = "".join(
        f'<img alt="{label} {number}" src="{photo.uri}">'
        for number, photo in enumerate(home.photos, 1)
    )
    return f'<div class="photos">{images}</div>'


def _facts(proposal: Proposal, home: ProposedHome) -> str:
    if not home.facts:
        return ""
    rows = "".join(
        f"<tr><th>{escape(fact.label)}</th><td>{escape(fact.value)}</td></tr>"
        for fact in home.facts
    )
    return (
        f"<h3>{escape(proposal.labels['facts'])}</h3>"
        f'<div class="two"><table class="facts"><tbody>{rows}</tbody></table></div>'
    )


def _taxes(proposal: Proposal, home: ProposedHome) -> str:
    if not home.taxes:
        return ""
    items = "".join(
        f"<li>{escape(one.text)}<small>{escape(one.source)}</small></li>" for one in home.taxes
    )
    return f'<h3>{escape(proposal.labels["taxes"])}</h3><ul class="taxes">{items}</ul>'

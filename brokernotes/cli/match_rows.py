"""What `match` says to programs: one row a match, in JSON with all its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brokernotes.cli.app import App
from brokernotes.cli.console import Column
from brokernotes.cli.match_market import Market
from brokernotes.features.matching import Aside, Match
from brokernotes.features.matching_findings import explanation, questions, shortcomings, unasked
from brokernotes.features.matching_texts import MatchVoice, has, note, wants
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.storage.queries import NoteRow


def other_side(match: Match, row: NoteRow) -> tuple[str, str, str]:
    """Id, path and title of who or what is found."""
    side = match.home if row.type == "client" else match.want
    return side.ref, side.path, mask_phones_in_text(side.title)


def match_json(match: Match, row: NoteRow, voice: MatchVoice, market: Market) -> dict[str, Any]:
    """A match with all its parts.

    Args:
        match: the match.
        row: whose ranking it is.
        voice: in which words.
        market: knows through whom to go.
    """
    ref, path, title = other_side(match, row)
    through = market.through(path)
    return {
        "id": ref if ref != path else None,
        "path": path,
        "title": title,
        "score": match.score,
        "verdict": match.verdict,
        "criteria": [
            {
                "key": one.key,
                "verdict": one.verdict,
                "wants": wants(one, match, voice),
                "has": has(one, match, voice) or None,
                "note": note(one, match, voice),
                "weight": one.weight,
                "points": round(one.points, 2),
                "hard": one.is_hard,
                **({"term": one.term} if one.term else {}),
            }
            for one in match.criteria
        ],
        "shortcomings": shortcomings(match, voice),
        "questions": questions(match, voice),
        "unasked": unasked(match),
        **({"through": through} if through else {}),
    }


def aside_json(aside: Aside, row: NoteRow, voice: MatchVoice, market: Market) -> dict[str, Any]:
    """Likewise one that is not recommended, with the reason."""
    told = {"aside": aside.reason} | ({"aside_on": aside.day} if aside.day else {})
    return match_json(aside.match, row, voice, market) | told


def plain_rows(
    shown: Sequence[Match], row: NoteRow, voice: MatchVoice, market: Market
) -> list[dict[str, Any]]:
    """For tables of programs: the parts as words; who must be asked by name."""
    rows = []
    for one in shown:
        told = match_json(one, row, voice, market)
        told["criteria"] = explanation(one, voice)
        if "through" in told:
            told["through"] = market.named(told["through"])
        rows.append(told)
    return rows


def columns(app: App, rows: Sequence[dict[str, Any]], *, explains: bool) -> list[Column]:
    """Of a table for programs.

    Args:
        app: of the run.
        rows: as `plain_rows` has them.
        explains: whether every criterion is told.
    """
    goes_through = any("through" in one for one in rows)
    text = app.text
    return [
        Column("score", text(N_("Score")), right=True),
        Column("verdict", text(N_("Verdict"))),
        Column("id", text(N_("Id"))),
        Column("title", text(N_("Title"))),
        *([Column("criteria", text(N_("Criteria")))] if explains else ()),
        Column("shortcomings", text(N_("Shortcomings"))),
        Column("questions", text(N_("Find out"))),
        *([Column("through", text(N_("Through")))] if goes_through else ()),
    ]

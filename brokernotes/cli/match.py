"""`match`: which listings suit a client, which clients a listing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.features.matching import Aside, Match, Ranking, judge, rank
from brokernotes.features.matching_texts import (
    MatchVoice,
    has,
    note,
    questions,
    shortcomings,
    unasked,
    wants,
)
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.match_market import Market
    from brokernotes.storage.queries import NoteRow


@command(
    "match",
    N_(
        "Rank what suits REF, best first: listings for a client, clients for a listing, by one and "
        "the same score.\n\n"
        "Each criterion fits, is near (and how far), misses, or is not known and becomes a "
        "question: nothing that nobody asked counts as a no. What is missing is named, and what to "
        "find out before it is recommended. What the client has seen or rejected, what is reserved "
        "and her own home stand apart with the reason. --near adds what misses one hard "
        "criterion; --explain shows every criterion with its weight.\n\n"
        "--all is for the evening: for every client who looks for something (yours, if it is "
        "known who you are) the listings that came, came back or became cheaper since --since, "
        "else since the last day before today on which anything was committed, as `changes` "
        "has it. A "
        "home that a client has seen comes up again only where it became cheaper."
    ),
    N_("Examples: `brokernotes match 潘先生 --explain`, `brokernotes match --all --since -7d`"),
)
@click.argument("ref", metavar="[REF]", required=False, shell_complete=offers("refs"))
@click.option("--all", "is_all", is_flag=True, help=N_("Every client's new fits."))
@click.option("--since", metavar="DATE", help=N_("With --all: what is new since DATE."))
@click.option(
    "--top", type=click.IntRange(1), metavar="N", help=N_("At most N; the rules say how many.")
)
@click.option("--near", is_flag=True, help=N_("Also what misses one hard criterion."))
@click.option("--explain", "explains", is_flag=True, help=N_("Show every criterion."))
@listing_options
@common_options
@pass_app
def match_command(
    app: App,
    ref: str | None,
    is_all: bool,
    since: str | None,
    top: int | None,
    near: bool,
    explains: bool,
    form: str,
) -> None:
    """Rank what suits a client or a listing."""
    if is_all or ref is None:
        _match_all(app, ref, since, top, form, is_all=is_all, others=near or explains)
        return
    if since:
        raise click.UsageError(app.text(N_("--since goes with --all")))
    from brokernotes.cli.match_market import Market

    row = app.fresh.resolve(ref, ("client", "listing"))
    market = Market(app)
    ranking = _ranking(market, row)
    most = top or _usual_top(app)
    shown = [*ranking.matches, *(ranking.nearly if near else ())][:most]
    voice = MatchVoice(language=app.language, schema=app.vault.rules.schema, named=market.named)
    if form == "table" and app.console.is_terminal:
        from brokernotes.cli.match_page import MatchPage

        with app.console.paged():
            page = MatchPage(app, voice, row, market, explains=explains)
            page.print(ranking, shown)
        return
    rows = [_json(one, row, voice, market) for one in shown]
    if form in ("json", "jsonl"):
        rows += [_aside_json(one, row, voice, market) for one in ranking.asides]
    app.console.rows(rows, _columns(app), form)
    if form == "table" and not rows:
        app.console.say(app.text(N_("Nothing suits yet.")))
        tell_nearly(app, len(ranking.nearly), app.console.say)


def _match_all(
    app: App,
    ref: str | None,
    since: str | None,
    top: int | None,
    form: str,
    *,
    is_all: bool,
    others: bool,
) -> None:
    from brokernotes.cli.history import past_day
    from brokernotes.cli.match_news import show_all

    if not is_all or ref is not None or others:
        raise click.UsageError(
            app.text(N_("say either a client or listing, or --all with --since and --top"))
        )
    show_all(app, past_day(app, since) if since else None, top or _usual_top(app), form)


def _ranking(market: Market, row: NoteRow) -> Ranking:
    settings = market.settings
    if row.type == "client":
        want = market.want(row)
        history = market.history(row)
        return rank((judge(want, home, settings) for home in market.homes()), history.against)
    home = market.home(row)
    history = market.history(row)
    return rank((judge(want, home, settings) for want in market.wants()), history.against)


def _usual_top(app: App) -> int:
    top = app.vault.rules.other["match"]["top"]
    return top if isinstance(top, int) else 5


def tell_nearly(app: App, count: int, say: Callable[[str], None]) -> None:
    """Say how many miss one hard criterion and are not shown."""
    if count:
        say(
            app.language.plural(
                N_("{count} misses one hard criterion: --near shows it"),
                N_("{count} miss one hard criterion: --near shows them"),
                count,
            )
        )


def other_side(match: Match, row: NoteRow) -> tuple[str, str, str]:
    """Id, path and title of who or what is found."""
    side = match.home if row.type == "client" else match.want
    return side.ref, side.path, side.title


def _json(match: Match, row: NoteRow, voice: MatchVoice, market: Market) -> dict[str, Any]:
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


def _aside_json(aside: Aside, row: NoteRow, voice: MatchVoice, market: Market) -> dict[str, Any]:
    told = {"aside": aside.reason} | ({"aside_on": aside.day} if aside.day else {})
    return _json(aside.match, row, voice, market) | told


def _columns(app: App) -> list[Column]:
    return [
        Column("score", app.text(N_("Score")), right=True),
        Column("verdict", app.text(N_("Verdict"))),
        Column("id", app.text(N_("Id"))),
        Column("title", app.text(N_("Title"))),
        Column("shortcomings", app.text(N_("Shortcomings"))),
        Column("questions", app.text(N_("Find out"))),
    ]

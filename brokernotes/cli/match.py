"""`match`: which listings suit a client, which clients a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.features.matching import ACTIVE_STAGES, RESERVED, Ranking, judge, rank
from brokernotes.features.matching_criteria import asks_something
from brokernotes.features.matching_sides import SALE
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.language import N_
from brokernotes.model.enums import ACTIVE_STATUSES

if TYPE_CHECKING:
    from brokernotes.cli.match_market import Market
    from brokernotes.features.matching_sides import Want
    from brokernotes.storage.queries import NoteRow


@command(
    "match",
    N_(
        "Rank what suits REF, best first: listings for a client, clients for a listing, by one and "
        "the same score.\n\n"
        "Each criterion fits, is near (and how far), misses, or is not known and becomes a "
        "question: nothing that nobody asked counts as a no. What is missing is named, and what to "
        "find out before it is recommended. What the client has seen or rejected, what is reserved "
        "or seized, and her own home stand apart with the reason. --near adds what misses one hard "
        "criterion, at most as many again; --explain shows every criterion with its points and "
        "its weight.\n\n"
        "--all is for the evening: for every client who looks for something (yours, if it is "
        "known who you are) the listings that came, came back or became cheaper since --since, "
        "else since the last day before today on which anything was committed, as `changes` "
        "has it. A "
        "home that a client has seen comes up again only where it became cheaper. Of a client who "
        "is new, or asks for something else than before, it is every home that did not suit before."
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
    from brokernotes.cli.match_rows import aside_json, columns, match_json, plain_rows

    row = app.fresh.resolve(ref, ("client", "listing"))
    market = Market(app)
    ranking = _ranking(market, row, near=near)
    most = top or _usual_top(app)
    shown = [*ranking.matches[:most], *(ranking.nearly[:most] if near else ())]
    _say_if_not_looking(app, market, row)
    voice = MatchVoice(language=app.language, schema=app.vault.rules.schema, named=market.named)
    if form in ("json", "jsonl"):
        told = [match_json(one, row, voice, market) for one in shown]
        told += [aside_json(one, row, voice, market) for one in ranking.asides]
        app.console.rows(told, [], form)
        return
    from brokernotes.cli.match_page import MatchPage

    page = MatchPage(app, voice, row, market, explains=explains)
    if form == "table" and app.console.is_terminal:
        with app.console.paged():
            page.print(ranking, shown, most)
        return
    rows = plain_rows(shown, row, voice, market)
    app.console.rows(rows, columns(app, rows, explains=explains), form)
    if form == "table":
        page.say_the_rest(ranking, shown, most)


def _say_if_not_looking(app: App, market: Market, row: NoteRow) -> None:
    """Say of whoever asks for no home now, and of what is not on offer, that it is so."""
    words = app.vault.rules.schema.vocabularies
    code = app.language.code
    if row.type == "client":
        want = market.want(row)
        stage = want.facts.get("stage")
        if stage not in ACTIVE_STAGES:
            said = N_("{title} looks for nothing now (stage: {word})")
            word = words["client_stage"].label(str(stage), code)
            app.console.say(app.text(said, title=row.title, word=word))
        if not want.sides:
            app.console.say(app.text(N_("{title} looks for no home"), title=row.title))
        elif not asks_something(want, market.settings):
            _say_what_to_ask(app, want)
        if SALE in want.sides and want.facts.get("eligibility") == "ineligible":
            app.console.say(app.text(N_("{title} may not buy here for now"), title=row.title))
        return
    status = market.home(row).status
    if status not in (None, RESERVED, *ACTIVE_STATUSES):
        said = N_("{title} is not on the market (status: {word})")
        word = words["listing_status"].label(str(status), code)
        app.console.say(app.text(said, title=row.title, word=word))


def _say_what_to_ask(app: App, want: Want) -> None:
    """Say of whom nothing is known what to ask before anything is recommended."""
    from brokernotes.features.topic_sentences import ASKED

    sums = {SALE: "budget_max", "lease": "rent_max"}
    keys = [*(sums[side] for side in want.sides), "districts", "bedrooms_min"]
    said = N_("nothing is known of what {title} wants, so every home is as good; ask: {fields}")
    fields = [app.text(ASKED[key]) for key in keys]
    app.console.say(app.text(said, title=want.title, fields=fields))


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


def _ranking(market: Market, row: NoteRow, *, near: bool) -> Ranking:
    settings = market.settings
    if row.type == "client":
        want = market.want(row)
        history = market.history(row)
        found = (judge(want, home, settings) for home in market.homes())
        return rank(found, history.against, tells_near=near)
    home = market.home(row)
    history = market.history(row)
    wants = market.wants(besides=market.buyers(row))
    found = (judge(want, home, settings) for want in wants)
    return rank(found, history.against, tells_near=near)


def _usual_top(app: App) -> int:
    top = app.vault.rules.other["match"]["top"]
    return top if isinstance(top, int) else 5

"""`due`: what to do today, most pressing first, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.due_telling import tell_due
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.querying import matching
from brokernotes.cli.texts import command
from brokernotes.errors import FieldError, UsageError
from brokernotes.language import N_
from brokernotes.model.occurrences import KINDS

DUE_KINDS = (*KINDS, "dormant")


@command(
    "due",
    N_(
        "Say what to do today, most pressing first: money at risk, promises, showings and their "
        "feedback, new clients, then whom the cadence asks for. One line a person; no more than "
        "a day holds.\n\n"
        "A QUERY keeps the rows about clients, listings and deals that meet it, as `list` reads "
        "it; notes of a kind that has no such field do not meet KEY:VALUE.\n\n"
        "It speaks for you when it knows who you are (`--agent`, BROKERNOTES_AGENT, "
        "`git config brokernotes.agent`, or the agent note with your git email), else for all."
    ),
    N_(
        "Examples: `brokernotes due --agent 王敏 --until +3d --explain`, "
        "`brokernotes due '区域:浦东 -stage:新客' -n 5`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("query", metavar="[QUERY]...", nargs=-1, shell_complete=offers("due_query"))
@click.option("--until", metavar="DATE", help=N_("Also what falls due up to DATE."))
@click.option("--kind", type=click.Choice(DUE_KINDS), help=N_("Only of this kind."))
@click.option("--all", "show_all", is_flag=True, help=N_("Everybody's, without the daily limit."))
@click.option("--explain", is_flag=True, help=N_("Say which rule gave each date, and its origin."))
@click.option("-n", "limit", type=click.IntRange(1), metavar="N", help=N_("At most N rows."))
@listing_options
@common_options
@pass_app
def due_command(
    app: App,
    query: Sequence[str],
    until: str | None,
    kind: str | None,
    show_all: bool,
    explain: bool,
    limit: int | None,
    form: str,
) -> None:
    """Say what to do today."""
    last = _day(app, until) if until else None
    paths = matching(app, query, explains=explain) if query else None
    tell_due(
        app, until=last, kind=kind, show_all=show_all, paths=paths, explain=explain, limit=limit,
        form=form,
    )  # fmt: skip


def _day(app: App, text: str) -> date:
    from brokernotes.model.when import parse_when

    try:
        found = parse_when(text, app.now)
    except FieldError as error:
        raise UsageError(
            N_("{value} is no date such as 2026-11-25, +3d or 明天"), value=text
        ) from error
    return found.date() if isinstance(found, datetime) else found

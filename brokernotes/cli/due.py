"""`due`: what to do today, most pressing first, and why."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.querying import matching
from brokernotes.cli.texts import command
from brokernotes.errors import FieldError, UsageError
from brokernotes.language import N_
from brokernotes.model.occurrences import KINDS
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.features.ranking import DueItem
    from brokernotes.features.reasons import Voice
    from brokernotes.model.occurrences import Occurrence

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
    items = due_items(app, until=last, kind=kind, show_all=show_all, paths=paths)
    shown = items if limit is None else items[:limit]
    if form == "table" and app.console.is_terminal:
        from brokernotes.cli.due_page import DuePage

        with app.console.paged():
            page = DuePage(app, explain=explain)
            page.print(shown, left=len(items) - len(shown), is_part=paths is not None)
        return
    voice = due_voice(app)
    rows = [due_json(item, voice, explain=explain) for item in shown]
    app.console.rows(rows, _columns(app), form)


def due_items(
    app: App,
    *,
    until: date | None = None,
    kind: str | None = None,
    show_all: bool = False,
    paths: Collection[str] | None = None,
) -> list[DueItem]:
    """What is due for whoever asks; `paths`: about these notes only."""
    from brokernotes.features.ranking import Asked
    from brokernotes.joint import due_of

    asked = Asked(
        now=app.now,
        agent=None if show_all else app.agent,
        until=until,
        show_all=show_all,
        kind=kind,
        paths=paths,
    )
    return due_of(app.fresh, asked)


def _day(app: App, text: str) -> date:
    from brokernotes.model.when import parse_when

    try:
        found = parse_when(text, app.now)
    except FieldError as error:
        raise UsageError(
            N_("{value} is no date such as 2026-11-25, +3d or 明天"), value=text
        ) from error
    return found.date() if isinstance(found, datetime) else found


def due_voice(app: App) -> Voice:
    """In which words this run says why something is due."""
    from brokernotes.features.reasons import Voice

    queries = app.vault.queries

    @functools.cache
    def named(name: str) -> str:
        n = queries.resolve(name).n
        if n is None:
            return name
        row = queries.note(n)
        return "" if row.type == "agent" else row.title

    return Voice(language=app.language, today=app.today, schema=app.vault.rules.schema, named=named)


def due_json(item: DueItem, voice: Voice, *, explain: bool = False) -> dict[str, Any]:
    """A row in the shape programs bind to; what looks like a phone in its texts is masked."""
    from brokernotes.features import reasons

    shape: dict[str, Any] = {"key": item.key}
    if item.kind != "overflow":
        shape |= {"id": item.id, "path": item.path, "title": item.title}
    shape |= {
        "kind": item.kind,
        "due": item.due.isoformat(),
        "overdue_days": item.overdue_days,
        "agent": item.agent,
    }
    if item.at:
        shape["at"] = item.at.isoformat()
    if item.channel:
        shape["channel"] = item.channel
    if item.last_contact:
        shape["last_contact"] = item.last_contact.isoformat()
        shape["last_text"] = mask_phones_in_text(item.last_text)
    shape |= {
        "reason": mask_phones_in_text(reasons.item_reason(item, voice)),
        "reason_code": item.reason,
        "params": dict(item.params),
        "reasons": [_reason_json(one, voice, explain=explain) for one in item.reasons],
        "brief": [mask_phones_in_text(line) for line in reasons.brief(item, voice)],
    }
    if item.more:
        shape["more"] = item.more
    return shape


def _reason_json(one: Occurrence, voice: Voice, *, explain: bool) -> dict[str, Any]:
    from brokernotes.features import reasons

    shape = {
        "key": one.key,
        "id": one.note if one.note != one.path else None,
        "path": one.path,
        "kind": one.kind,
        "due": one.due.isoformat() if not one.undated else voice.today.isoformat(),
        "reason": mask_phones_in_text(reasons.reason(one, voice)),
        "reason_code": one.reason,
        "params": dict(one.params),
    }
    return shape | ({"explain": reasons.explain(one, voice)} if explain else {})


def _columns(app: App) -> list[Column]:
    return [
        Column("due", app.text(N_("Due"))),
        Column("overdue_days", app.text(N_("Overdue")), right=True),
        Column("kind", app.text(N_("Kind"))),
        Column("id", app.text(N_("Id"))),
        Column("title", app.text(N_("Title"))),
        Column("agent", app.text(N_("Agent"))),
        Column("reason", app.text(N_("Reason"))),
    ]

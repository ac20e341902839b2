"""`report commission`: what each colleague gets of the deals of a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from brokernotes.casework import Past, case_of, world_of
from brokernotes.cli.app import App, pass_app
from brokernotes.cli.commission_telling import SplitTelling, money, number
from brokernotes.cli.console import Column
from brokernotes.cli.history import reading_bar
from brokernotes.cli.options import common_options, listing_options
from brokernotes.cli.report import period_options
from brokernotes.cli.texts import command
from brokernotes.features.commission import Split, split_fee
from brokernotes.features.commission_sentences import MISSING, PARTS, REMARKS
from brokernotes.features.commission_terms import yuan
from brokernotes.features.roles import derive_roles
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.query import Ask

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

KEYS = ("stage", "signed_on", "cancelled_on")


class Share(NamedTuple):
    """What somebody gets of one deal.

    Attributes:
        agent: id, or the name as typed; empty: the firm.
        cents: in 分.
    """

    agent: str
    cents: int


@command(
    "commission",
    N_(
        "Tell what each colleague gets of the deals that were signed in a period, as `commission` "
        "shares each of them; without --since and --until of all there are.\n\n"
        "Cancelled deals are left out. A deal that cannot be shared yet is named, and counts for "
        "nobody."
    ),
    N_(
        "Examples: `brokernotes report commission --since -365d`, "
        "`brokernotes report 分佣 --basis due --json`"
    ),
)
@click.option(
    "--basis",
    type=click.Choice(("received", "due")),
    help=N_("Share what came in, or what is due; else as the rules say."),
)
@period_options
@listing_options
@common_options
@pass_app
def run(app: App, basis: str | None, since: date | None, until: date | None, form: str) -> None:
    """Tell what each colleague gets."""
    shares: list[Share] = []
    refused: list[str] = []
    past = Past(app.fresh, app.today)
    app.vault.history.progress = reading_bar(app)
    for row in _signed(app, since or date.min, until or date.max):
        case = case_of(app.vault, row, app.today, past)
        roles = derive_roles(case)
        world = world_of(app.vault, case, past)
        found = split_fee(case, roles, app.vault.rules, world, basis=basis)
        if isinstance(found, Split):
            shares += [Share(one.agent, one.cents) for one in found.totals()]
            shares += [Share("", one.cents) for one in found.lines if not one.agent]
        else:
            telling = SplitTelling(app, row, roles.values())
            reasons = [telling.sentence(MISSING, one.code, one.params) for one in found]
            title = f"{row.title}  {row.ref}"
            said = N_("{title} is not shared: {reasons}")
            refused.append(app.text(said, title=title, reasons=reasons))
    _tell(app, shares, form)
    if not past.is_known:
        app.console.say(app.text(REMARKS["now"]))
    for line in refused:
        app.console.say(line)


def _signed(app: App, since: date, until: date) -> Iterator[NoteRow]:
    for row, values in app.vault.queries.listed(Ask(type="deal", keys=KEYS)):
        day = values.get("signed_on")
        is_off = values.get("stage") == "cancelled" or values.get("cancelled_on")
        if day and not is_off and since <= date.fromisoformat(day[:10]) <= until:
            yield row


def _tell(app: App, shares: list[Share], form: str) -> None:
    titles = app.vault.queries.titles({one.agent for one in shares})
    firm = app.text(PARTS["platform"])
    rows: list[dict[str, Any]] = []
    for agent in dict.fromkeys(one.agent for one in shares):
        own = [one.cents for one in shares if one.agent == agent]
        rows.append({
            "agent": agent or None,
            "name": titles.get(agent, agent) or firm,
            "deals": len(own),
            "amount": number(yuan(sum(own))),
        })  # fmt: skip
    rows.sort(key=lambda row: (row["agent"] is None, -row["amount"], row["name"]))
    if form == "table" and app.console.is_terminal:
        total = number(yuan(sum(one.cents for one in shares)))
        sums = {"agent": None, "name": app.text(N_("Sum")), "deals": None, "amount": total}
        rows = [*rows, sums] if rows else []
        if not rows:
            app.console.print(app.text(N_("No deal of this period has been shared.")))
    columns = [
        Column("agent", app.text(N_("Id"))),
        Column("name", app.text(N_("Agent"))),
        Column("deals", app.text(N_("Number of deals")), right=True),
        Column("amount", "元", lambda row: money(round(row["amount"] * 100)), right=True),
    ]
    app.console.rows(rows, columns, form)

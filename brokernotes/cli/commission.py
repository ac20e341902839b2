"""`commission`: a deal's fee shared among those who earned it, every line explained."""

from __future__ import annotations

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column
from brokernotes.cli.history import reading_bar
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.cli.viewing import kept_of, say_kept
from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace

_KEYS = ("part", "side", "agent", "name", "percent", "amount", "why")


@command(
    "commission",
    N_(
        "Share the fee of a DEAL among those who earned it: who, for what, why, how much, exact to "
        "the cent.\n\n"
        "Roles come from the logs (`show DEAL` tells them), percentages from `commission` in "
        "brokernotes.yaml; another firm's part is taken out first. A private listing's holder has "
        "a fixed share instead of all the listing's roles. What is missing is named, with the "
        "command that adds it, and nothing is shared until it is there."
    ),
    N_(
        "Examples: `brokernotes commission D-TY2CKJ`, "
        "`brokernotes commission 冯阿姨 --basis due --json`"
    ),
)
@click.argument("deal", metavar="DEAL", shell_complete=offers("refs"))
@click.option(
    "--basis",
    type=click.Choice(("received", "due")),
    help=N_("Share what came in, or what is due; else as the rules say."),
)
@listing_options
@common_options
@pass_app
def commission_command(app: App, deal: str, basis: str | None, form: str) -> None:
    """Share a deal's fee."""
    from brokernotes.casework import Past, case_of, world_of
    from brokernotes.cli.commission_page import SplitPage
    from brokernotes.features.commission import Split, split_fee
    from brokernotes.features.commission_terms import Remark
    from brokernotes.features.roles import derive_roles

    vault = app.fresh
    row = vault.resolve(deal, ("deal",))
    vault.history.progress = reading_bar(app)
    past = Past(vault, app.today)
    case = case_of(vault, row, app.today, past)
    roles = derive_roles(case)
    found = split_fee(case, roles, vault.rules, world_of(vault, case, past), basis=basis)
    if isinstance(found, Split) and not past.is_known:
        found = replace(found, remarks=(*found.remarks, Remark("now", {})))
    page = SplitPage(app, row, roles.values())
    notes = [row, *(vault.resolve(one.ref) for one in (case.listing, *case.clients) if one)]
    if not isinstance(found, Split):
        if form == "json":
            missing = [page.missing_json(one) for one in found]
            app.console.json(page.head() | {"missing": missing} | kept_of(app, notes))
        say_kept(app, notes)
        raise RefusedError(
            N_("{title}: the fee cannot be shared yet"),
            reasons=page.missing_lines(found),
            title=f"{row.title}  {row.ref}",
        )
    if form == "json":
        app.console.json(page.json(found) | kept_of(app, notes))
        return
    say_kept(app, notes)
    if form == "table" and app.console.is_terminal:
        page.print(found)
    else:
        rows = [page.line_json(line) for line in found.lines]
        columns = page.columns if form == "table" else [Column(key, key) for key in _KEYS]
        app.console.rows(rows, columns, form)
        page.say(found)

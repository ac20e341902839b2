"""`evidence`: what settles a dispute over a client and a listing, with commit times."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from brokernotes.casework import Past, case_of, same_person
from brokernotes.cli.app import App, pass_app
from brokernotes.cli.evidence_page import EvidencePage
from brokernotes.cli.history import reading_bar
from brokernotes.cli.options import common_options, offers
from brokernotes.cli.pointing import pointing
from brokernotes.cli.texts import command
from brokernotes.cli.viewing import say_kept
from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.features.evidence import Question, gather
from brokernotes.features.roles import Role, derive_roles
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from brokernotes.model.records import Record
    from brokernotes.model.revisions import Revision
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Vault


@command(
    "evidence",
    N_(
        "Gather what settles a dispute over a CLIENT and a LISTING: the first contact, the first "
        "showing, the number of the signed slip, every entry of either note that joins the two, "
        "whose it is, the time that was typed beside the time git first had it, and what was "
        "changed or removed since. An entry written more than a day late is marked. Other "
        "notes with the client's phone are read along.\n\n"
        "It says what this proves and what it does not. Without git there are no commit times, "
        "and it says so. `--format md` is a page to print or to send."
    ),
    N_(
        "Examples: `brokernotes evidence 李女士 L-C4XB3T`, "
        "`brokernotes evidence C-BYY1MQ L-C4XB3T --format md`"
    ),
)
@click.argument("client", metavar="CLIENT", shell_complete=offers("refs"))
@click.argument("listing", metavar="LISTING", shell_complete=offers("refs"))
@click.option(
    "--format", "form", type=click.Choice(("text", "md", "json")), default="text",
    show_default=True, help=N_("For people, to print, or for programs."),
    callback=lambda ctx, _, value: ctx.params.get("form") or value,
)  # fmt: skip
@click.option(
    "--json", is_flag=True, expose_value=False, help=N_("Short for --format json."),
    callback=lambda ctx, _, asked: ctx.params.update(form="json") if asked else None,
)  # fmt: skip
@common_options
@pass_app
def evidence_command(app: App, client: str, listing: str, form: str) -> None:
    """Gather the facts and print them."""
    with pointing(app):
        vault = app.fresh
        rows = _both(vault, client, listing)
        question, roles, reason = _question(app, vault, *rows)
        page = EvidencePage(app, rows, gather(question, roles), reason)
    page.show(form)
    if form != "json":
        say_kept(app, page.rows)


def _both(vault: Vault, one: str, other: str) -> tuple[NoteRow, NoteRow]:
    """The client and the listing, in whichever order they were named.

    Raises:
        UsageError: both are of one kind.
    """
    first = vault.resolve(one, ("client", "listing"))
    wanted = "listing" if first.type == "client" else "client"
    second = vault.resolve(other, (wanted,))
    return (first, second) if first.type == "client" else (second, first)


def _question(
    app: App, vault: Vault, client: NoteRow, listing: NoteRow
) -> tuple[Question, dict[str, Role], str]:
    """What evidence is gathered from, the roles, and why git could not be asked, if so."""
    clients = [client, *same_person(vault, client)]
    deals = _deals(vault, clients, listing)
    rows = (*clients, listing, *deals)
    records = {row.ref: vault.open(row.path).note.record for row in rows}
    histories, reason = _histories(app, vault, rows)
    bought = max((*deals, listing), key=lambda row: _agreed(records[row.ref]))
    case = case_of(vault, bought, app.today, Past(vault, app.today))
    question = Question(
        clients=[records[row.ref] for row in clients],
        listing=records[listing.ref],
        deals=[records[row.ref] for row in deals],
        today=app.today,
        id_of=case.id_of,
        agent_of=case.agent_of,
        assumed=vault.rules.schema.assumed_outcomes,
        showing_days=vault.rules.first_showing_days,
        histories=histories,
    )
    roles = derive_roles(case if deals else replace(case, clients=question.clients))
    return question, dict(roles), reason


def _agreed(record: Record) -> date:
    """Where several deals are about both, the latest tells the roles; without any the listing."""
    days = (record.day(key) for key in ("deposit_date", "created") if record.type == "deal")
    return next((day for day in days if day), date.min)


def _histories(
    app: App, vault: Vault, rows: Sequence[NoteRow]
) -> tuple[Mapping[str, Sequence[Revision]] | None, str]:
    vault.history.progress = reading_bar(app)
    try:
        return {row.ref: vault.history.of(row) for row in rows}, ""
    except (RefusedError, SystemRefusedError) as error:
        return None, app.text(error.message, **error.params)


def _deals(vault: Vault, clients: Sequence[NoteRow], listing: NoteRow) -> list[NoteRow]:
    """The deals that name the listing and one of the clients."""
    queries = vault.queries
    wanted = {row.n for row in clients}
    found = []
    for row in queries.of_types(("deal",), sys.maxsize):
        values = queries.values(row)
        is_listing = queries.resolve(str(values.get("listing", ""))).n == listing.n
        buyers = {queries.resolve(str(one)).n for one in values.get("buyer") or ()}
        if is_listing and buyers & wanted:
            found.append(row)
    return found

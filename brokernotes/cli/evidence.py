"""`evidence`: what settles a dispute over a client and a listing, with commit times."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.evidence_page import EvidencePage
from brokernotes.cli.history import reading_bar
from brokernotes.cli.options import common_options, offers
from brokernotes.cli.pointing import pointing
from brokernotes.cli.texts import command
from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.features.evidence import Question, gather
from brokernotes.features.roles import Case, Role, derive_roles, first_showing
from brokernotes.language import N_
from brokernotes.model.phones import parse_phone
from brokernotes.storage.neighbours import stored_colleagues

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
        question, reason = _question(app, vault, *rows)
        page = EvidencePage(app, rows, gather(question, _roles(question)), reason)
    page.show(form)


def _both(vault: Vault, one: str, other: str) -> tuple[NoteRow, NoteRow]:
    """The client and the listing, in whichever order they were named.

    Raises:
        UsageError: both are of one kind.
    """
    first = vault.resolve(one, ("client", "listing"))
    wanted = "listing" if first.type == "client" else "client"
    second = vault.resolve(other, (wanted,))
    return (first, second) if first.type == "client" else (second, first)


def _question(app: App, vault: Vault, client: NoteRow, listing: NoteRow) -> tuple[Question, str]:
    """What evidence is gathered from, and why git could not be asked; empty: it could."""
    queries = vault.queries
    clients = [client, *_same_person(vault, client)]
    deals = _deals(vault, clients, listing)
    rows = (*clients, listing, *deals)
    records = {row.ref: vault.open(row.path).note.record for row in rows}
    histories, reason = _histories(app, vault, rows)
    question = Question(
        clients=[records[row.ref] for row in clients],
        listing=records[listing.ref],
        deals=[records[row.ref] for row in deals],
        today=app.today,
        id_of=queries.id_of,
        agent_of=stored_colleagues(vault.index.db).id_of,
        assumed=vault.rules.schema.assumed_outcomes,
        showing_days=vault.rules.first_showing_days,
        histories=histories,
    )
    return question, reason


def _histories(
    app: App, vault: Vault, rows: Sequence[NoteRow]
) -> tuple[Mapping[str, Sequence[Revision]] | None, str]:
    vault.history.progress = reading_bar(app)
    try:
        return {row.ref: vault.history.of(row) for row in rows}, ""
    except (RefusedError, SystemRefusedError) as error:
        return None, app.text(error.message, **error.params)


def _same_person(vault: Vault, client: NoteRow) -> list[NoteRow]:
    """Other clients' notes with a phone of this one: the same person, taken down twice."""
    record = vault.open(client.path).note.record
    found: dict[int, NoteRow] = {}
    phones = [parse_phone(text) for text in record.texts("phone")]
    for number in (phone.number for phone in phones if phone.identifies):
        for row in vault.queries.by_phone(number):
            if row.type == "client" and row.n != client.n:
                found[row.n] = row
    return list(found.values())


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


def _roles(question: Question) -> dict[str, Role]:
    """The roles that follow: of the latest deal, else of the listing with the first showing."""
    latest = sorted(
        question.deals, key=lambda one: one.day("deposit_date") or one.day("created") or date.min
    )
    deal: Record | None = latest[-1] if latest else None
    case = Case(
        listing=question.listing,
        today=question.today,
        id_of=question.id_of,
        agent_of=question.agent_of,
        deal=deal,
        clients=question.clients,
        first_showing_days=question.showing_days,
    )
    roles = dict(derive_roles(case))
    shown = first_showing(case) if deal is None else None
    if shown is not None:
        name = shown.entry.agent or shown.record.text("agent") or ""
        roles["first_showing_agent"] = Role(
            role="first_showing_agent",
            agent=case.agent(name) if name else "",
            why="entry",
            day=shown.entry.day,
            note=shown.record.ref,
            entry=shown.entry.id or shown.entry.stamp,
            verb=shown.entry.verb,
        )
    return roles

"""`report receivables`: fees that are due and not there, and deposits past their signing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.commission_telling import SIDES, money, number
from brokernotes.cli.console import Column
from brokernotes.cli.options import common_options, listing_options
from brokernotes.cli.texts import command
from brokernotes.errors import UsageError
from brokernotes.features.commission_terms import yuan
from brokernotes.features.receivables import Owed, Receivable, by_age, by_agent, receivables
from brokernotes.language import N_
from brokernotes.model.records import Record, Value
from brokernotes.storage.neighbours import stored_colleagues
from brokernotes.storage.query import Ask

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

DAYS = (
    "cancelled_on", "expected_signing", "signed_on", "fee_buyer_due_on", "fee_seller_due_on",
)  # fmt: skip
KEYS = (
    "stage", "agent", "closing_agent", "deposit_amount", *DAYS,
    "fee_buyer_due", "fee_buyer_received", "fee_seller_due", "fee_seller_received",
)  # fmt: skip
KINDS = {"deposit": N_("deposit"), "fee": N_("fee")}
AGES = {
    "91-": N_("over 90 days"),
    "61-90": N_("61 to 90 days"),
    "31-60": N_("31 to 60 days"),
    "0-30": N_("up to 30 days"),
    "ahead": N_("not due yet"),
    "undated": N_("no date"),
}


@command(
    "receivables",
    N_(
        "Tell what is outstanding: deposits whose day of signing has passed, and the fees that are "
        "due and not there, the oldest first.\n\n"
        "A side owes what is due of it, less what came in; from the day its note says, else from "
        "the signing. Cancelled deals owe nothing. --mine keeps to "
        "the deals of whoever asks."
    ),
    N_("Examples: `brokernotes report receivables`, `brokernotes report 应收 --json`"),
)
@click.option("--mine", is_flag=True, help=N_("Only what is yours to collect."))
@listing_options
@common_options
@pass_app
def run(app: App, mine: bool, form: str) -> None:
    """Tell what is outstanding."""
    vault = app.fresh
    if mine and app.agent is None:
        raise UsageError(
            N_("--mine: nobody says who is asking"),
            hint=N_("Say `--agent NAME`, or let git's user.email be that of your note."),
        )
    found = receivables(
        _deals(vault.queries.listed(Ask(type="deal", keys=("title", *KEYS)))),
        app.today,
        stored_colleagues(vault.index.db).id_of,
    )
    if mine:
        found = [one for one in found if one.agent and one.agent == app.agent]
    page = _Page(app, found)
    if form == "table" and app.console.is_terminal:
        page.print()
    else:
        app.console.rows(page.rows, page.columns, form)


def _deals(listed: Iterable[tuple[NoteRow, dict[str, Any]]]) -> Iterable[Record]:
    """The deals as records, of no more than what is asked of them."""
    for row, told in listed:
        values: dict[str, Value] = {
            key: date.fromisoformat(value[:10]) if key in DAYS else value
            for key, value in told.items()
            if value is not None
        }
        yield Record(path=row.path, type="deal", id=row.id, values={**values, "title": row.title})


class _Page:
    """What is outstanding, ready to be told."""

    def __init__(self, app: App, found: Sequence[Receivable]) -> None:
        self.app = app
        self.found = found
        self._titles = app.vault.queries.titles({one.agent for one in found})

    def _named(self, agent: str) -> str:
        return self._titles.get(agent, agent)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One a receivable, in the shape programs bind to."""
        return [
            {
                "kind": one.kind,
                "id": one.deal.id,
                "path": one.deal.path,
                "title": one.deal.title,
                "side": one.side or None,
                "amount": number(yuan(one.cents)),
                "due": one.due.isoformat() if one.due else None,
                "days": one.days,
                "age": one.age,
                "agent": one.agent or None,
                "name": self._named(one.agent) or None,
            }
            for one in self.found
        ]

    @property
    def columns(self) -> list[Column]:
        """Of the table, and the keys of CSV."""
        text = self.app.text
        return [
            Column("kind", text(N_("Kind")), lambda row: text(KINDS[row["kind"]])),
            Column("id", text(N_("Id"))),
            Column("title", text(N_("Deal")), least=8),
            Column("side", text(N_("Side")), lambda row: text(SIDES.get(row["side"], ""))),
            Column("amount", "元", lambda row: money(round(row["amount"] * 100)), right=True),
            Column("due", text(N_("Due"))),
            Column("days", text(N_("Days")), right=True, style=_style),
            Column("name", text(N_("Agent"))),
        ]

    def print(self) -> None:
        """The tables, and what they add up to."""
        console, text = self.app.console, self.app.text
        if not self.found:
            console.print(text(N_("Nothing is outstanding.")))
            return
        console.rows(self.rows, self.columns, "table")
        fees = [one for one in self.found if one.kind == "fee"]
        if not fees:
            return
        total = sum(one.cents for one in fees)
        console.print()
        console.print(text(N_("Fees outstanding: {amount} 元"), amount=money(total)))
        for sums, names in (
            (by_age(fees), {age: text(said) for age, said in AGES.items()}),
            (by_agent(fees), {one.agent: self._named(one.agent) for one in fees}),
        ):
            console.print()
            self._print_sums(sums, {**names, "": text(N_("nobody"))})

    def _print_sums(self, sums: Sequence[Owed], names: dict[str, str]) -> None:
        rows = [
            {"name": names[one.name], "items": one.items, "amount": money(one.cents)}
            for one in sums
        ]
        columns = [
            Column("name", ""),
            Column("amount", "元", right=True),
            Column("items", self.app.text(N_("Items")), right=True),
        ]
        self.app.console.rows(rows, columns, "table")


def _style(row: Any) -> str:
    return "error" if row["days"] is not None and row["days"] > 30 else ""

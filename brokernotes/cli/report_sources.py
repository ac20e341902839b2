"""`report sources`: where clients and listings come from, what comes of them, what that cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.cells import Cells
from brokernotes.cli.console import Column, Row
from brokernotes.cli.options import common_options, listing_options
from brokernotes.cli.report import period_options
from brokernotes.cli.texts import command
from brokernotes.errors import UsageError
from brokernotes.features.hot import Showing, of_somebody
from brokernotes.features.sources import Channel, Closing, Lead, Period, Tally, summed, tally
from brokernotes.language import N_
from brokernotes.model.measures import render_number
from brokernotes.model.query_keys import query_fields
from brokernotes.storage.query import Ask

SIDES = {"client": N_("Clients"), "listing": N_("Listings")}
KEYS = {
    "client": ("source", "source_name", "inquired_at", "created"),
    "listing": ("source", "listed", "created"),
    "deal": (
        "listing", "buyer", "stage", "signed_on", "deposit_date", "fee_buyer_received",
        "fee_buyer_received_on", "fee_seller_received", "fee_seller_received_on",
    ),
}  # fmt: skip
PER = ("lead", "showing", "deal")


@command(
    "sources",
    N_(
        "Tell where clients and listings come from (`source`, and for clients `source_name`), and "
        "what comes of them: showings that took place (one a client, listing and day), deals "
        "signed, fees received; and what each channel cost, where `channels` of brokernotes.yaml "
        "says so: in all, and for one client, showing and deal.\n\n"
        "--since and --until choose who came in, what was shown, signed, received and paid for in "
        "that time; without --since that is everything, and channels cost from their own "
        "beginning. Names stand below their source and are parts of it."
    ),
    N_(
        "Examples: `brokernotes report sources --since 2026-01`, "
        "`brokernotes report 来源 --side client --since 上个月 --until 上个月 --format csv`"
    ),
)
@click.option(
    "--side", type=click.Choice(tuple(SIDES)), help=N_("Only of clients, or only of listings.")
)
@period_options
@listing_options
@common_options
@pass_app
def run(app: App, side: str | None, since: date | None, until: date | None, form: str) -> None:
    """Tell the sources."""
    last = until or app.today
    if since is not None and since > last:
        raise UsageError(N_("{since} is after {until}"), since=since, until=last)
    page = _Page(app, Period(since, last))
    page.print([side] if side else list(SIDES), form)


class _Page:
    """The report, over everything the vault says.

    Args:
        app: of the run.
        period: what is counted.
    """

    def __init__(self, app: App, period: Period) -> None:
        self._app = app
        self._period = period
        self._cells = Cells(app)
        self._notes = {kind: self._read(kind) for kind in KEYS}
        self._showings = app.fresh.encounters.showings(period.first, period.last)

    def _read(self, note_type: str) -> dict[str, dict[str, Any]]:
        """The notes of a type by id, with what is asked of them; ids for links."""
        fields = query_fields(self._app.vault.rules.schema, note_type)
        asked = [fields[key] for key in KEYS[note_type]]
        found = self._app.fresh.queries.listed(Ask(type=note_type, keys=KEYS[note_type]))
        return {row.ref: self._cells.chosen(asked, values) for row, values in found}

    def tallies(self, side: str) -> list[Tally]:
        """What came of each source of a side."""
        counting = of_somebody(Showing(*one[:4]) for one in self._showings)
        showings = {(one.client, one.listing, one.day) for one in counting}
        seen = [
            (lead, day)
            for client, listing, day in sorted(showings, key=str)
            if (lead := client if side == "client" else listing) is not None
        ]
        channels = [channel for one, channel in self._channels() if one == side]
        return tally(self._leads(side), seen, self._closings(side), channels, self._period)

    def _leads(self, side: str) -> list[Lead]:
        keys = ("inquired_at", "created") if side == "client" else ("listed", "created")
        return [
            Lead(
                ref,
                note["source"],
                note.get("source_name"),
                _day(next((note[key] for key in keys if note[key]), None)),
            )
            for ref, note in self._notes[side].items()
        ]

    def _closings(self, side: str) -> Iterator[Closing]:
        payer = "buyer" if side == "client" else "seller"
        for ref, deal in self._notes["deal"].items():
            if deal["stage"] == "cancelled":
                continue
            leads = (deal["buyer"] or ()) if side == "client" else (deal["listing"],)
            signed = _day(deal["signed_on"])
            fee = deal[f"fee_{payer}_received"]
            paid = _day(deal[f"fee_{payer}_received_on"]) or signed
            yield Closing(
                ref,
                tuple(one for one in leads if one),
                signed,
                ((fee, paid),) if fee else (),
                is_signed=signed is not None,
            )

    def _channels(self) -> Iterator[tuple[str, Channel]]:
        """What channels cost, each with the side it serves."""
        told = self._app.vault.rules.other["channels"]
        vocabularies = self._app.vault.rules.schema.vocabularies
        for word, spans in told.items():
            for span in spans if isinstance(spans, tuple) else ():
                source = span.get("source") or word
                side, id_ = "client", None
                for one in SIDES:
                    id_ = vocabularies[f"{one}_source"].find(source)
                    if id_ is not None:
                        side = one
                        break
                is_whole = id_ is not None and not span.get("source")
                first, last = _day(span["from"]), _day(span.get("until"))
                assert first is not None
                channel = Channel(
                    id_ if id_ is not None else span.get("source"),
                    None if is_whole else word,
                    span["monthly"],
                    first,
                    last,
                )
                yield side, channel

    # -- telling it

    def print(self, sides: Sequence[str], form: str) -> None:
        """Every side's sources."""
        rows: list[dict[str, Any]] = []
        is_table = form == "table"
        for side in sides:
            tallies = self.tallies(side)
            for one in tallies:
                shape = self._row(side, one)
                if form == "json":
                    shape["names"] = [self._row(side, name) for name in one.names]
                rows.append(shape)
                if form != "json":
                    rows += [self._row(side, name) for name in one.names]
            if is_table and len(tallies) > 1:
                rows.append(self._row(side, summed(tallies)) | {"is_sum": True})
        columns = _plain_columns()
        if is_table:
            columns = self._columns(sides, any(row["cost"] is not None for row in rows))
        self._app.console.rows(rows, columns, form)
        if is_table and not rows:
            self._app.console.say(self._app.text(N_("nothing came in, and nothing was paid for")))

    def _row(self, side: str, one: Tally) -> dict[str, Any]:
        return {
            "side": side,
            "source": one.source,
            "source_name": one.name,
            "leads": one.leads,
            "showings": one.showings,
            "deals": one.deals,
            "fees": _number(one.fees),
            "cost": _number(one.cost),
            "cost_per_lead": _number(one.per(one.leads)),
            "cost_per_showing": _number(one.per(one.showings)),
            "cost_per_deal": _number(one.per(one.deals)),
        }

    def _columns(self, sides: Sequence[str], has_cost: bool) -> list[Column]:
        text = self._app.text
        figures = {
            "leads": N_("In"), "showings": N_("Shown"), "deals": N_("Closed"),
            "fees": N_("Fees"), "cost": N_("Cost"), "cost_per_lead": N_("each"),
            "cost_per_showing": N_("/shown"), "cost_per_deal": N_("/deal"),
        }  # fmt: skip
        first = Column("side", text(N_("Kind")), shown=lambda row: text(SIDES[row["side"]]))
        return [
            *([first] if len(sides) > 1 else []),
            Column("source", text(N_("Source")), shown=self._source, least=8),
            *(
                Column(key, text(label), shown=_figure(key), right=True)
                for key, label in figures.items()
                if has_cost or not key.startswith("cost")
            ),
        ]

    def _source(self, row: Row) -> str:
        if row.get("is_sum"):
            return self._app.text(N_("in all"))
        if row["source_name"] is not None:
            return f"  {row['source_name']}" if row["source"] else str(row["source_name"])
        if row["source"] is None:
            return self._app.text(N_("(not noted)"))
        vocabulary = self._app.vault.rules.schema.vocabularies[f"{row['side']}_source"]
        return vocabulary.label(str(row["source"]), self._app.language.code)


def _plain_columns() -> list[Column]:
    keys = ("side", "source", "source_name", "leads", "showings", "deals", "fees", "cost")
    return [Column(key, key) for key in (*keys, *(f"cost_per_{one}" for one in PER))]


def _figure(key: str) -> Callable[[Row], str]:
    def shown(row: Row) -> str:
        value = row[key]
        if value is not None and key.startswith("cost"):
            value = round(value)  # programs have it to the 分
        return "" if value is None else render_number(value)

    return shown


def _number(value: Decimal | None) -> int | float | None:
    """An amount as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None

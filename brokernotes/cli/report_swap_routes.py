"""`report swap-routes`: where those who sell in an estate buy next."""

from __future__ import annotations

from typing import Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.cells import Cells
from brokernotes.cli.console import Column, Row
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.swap_gathering import SwapNotes
from brokernotes.cli.texts import command
from brokernotes.features.swap_chains import Chain, chains_of
from brokernotes.features.swap_routes import Route, find_moves, routes_of
from brokernotes.language import N_
from brokernotes.model.query_keys import query_fields

ON_OFFER = ("for_sale", "sale_or_lease")
HOW = {
    "deal": (N_("{count} sold and bought"), N_("{count} sold and bought")),
    "demand": (N_("{count} is looking"), N_("{count} are looking")),
    "said": (N_("{count} says so"), N_("{count} say so")),
}


@command(
    "swap-routes",
    N_(
        "Tell where those who sell in an estate buy next, so that the next ones can be served and "
        "deals chained. What counts, surest first: a sale and a purchase of one person within two "
        "years; what an owner who sells looks for as a client; `swap_route` of the listing. Who is "
        "known in several ways counts once.\n\n"
        "With an ESTATE only the ways from it and to it. --chains lists deals that hang together: "
        "who sells in one buys in the next. People are named to those who answer for them."
    ),
    N_("Examples: `brokernotes report swap-routes`, `brokernotes report 换房路线 阳光花园 --json`"),
)
@click.argument("estate", metavar="[ESTATE]", required=False, shell_complete=offers("refs"))
@click.option("--chains", "tells_chains", is_flag=True, help=N_("List the chains of deals."))
@listing_options
@common_options
@pass_app
def run(app: App, estate: str | None, tells_chains: bool, form: str) -> None:
    """Tell the swap routes."""
    chosen = app.fresh.resolve(estate, ("community",)).ref if estate else None
    page = _Page(app, chosen)
    if tells_chains:
        page.print_chains(form)
    else:
        page.print_routes(form)


class _Page:
    """The report, over everything the vault says.

    Args:
        app: of the run.
        estate: the only one of interest; None: any.
    """

    def __init__(self, app: App, estate: str | None) -> None:
        self._app = app
        self._estate = estate
        self._cells = Cells(app)
        self._said = SwapNotes(app)
        self._notes, self._titles = self._said.notes, self._said.titles
        self.sales = [*self._said.sales()]

    def _routes(self) -> list[Route]:
        said = self._said
        moves = find_moves(said.homes(), said.buyers(), self.sales, said.places())
        found = routes_of(moves)
        if self._estate is None:
            return found
        return [one for one in found if self._estate in (one.start, one.goal)]

    def _chains(self) -> list[Chain]:
        found = chains_of(self.sales)
        if self._estate is None:
            return found
        return [one for one in found if self._estate in {sale.estate for sale in one.sales}]

    # -- who may see what

    def _may_name(self, person: str) -> bool:
        known = self._notes["client"].get(person) or self._notes["listing"].get(person)
        return known is not None and self._said.is_mine(known)

    # -- telling it

    def _place(self, place: str | None) -> str:
        if place is None:
            return self._app.text(N_("(not known)"))
        return str(self._titles.get(place, place))

    def _on_offer(self) -> dict[str, int]:
        """How many homes are for sale in each estate."""
        found: dict[str, int] = {}
        for home in self._notes["listing"].values():
            if home["status"] in ON_OFFER and home["community"]:
                found[home["community"]] = found.get(home["community"], 0) + 1
        return found

    def print_routes(self, form: str) -> None:
        """The routes; on paper the chains of deals below them."""
        offers = self._on_offer()
        rows = [self._route_row(route, offers) for route in self._routes()]
        text = self._app.text
        columns = [
            Column(
                "from_title", text(N_("From")), shown=lambda row: self._place(row["from"]), least=8
            ),
            Column("to_title", text(N_("To")), shown=lambda row: self._place(row["to"]), least=8),
            Column("people", text(N_("People")), right=True),
            Column("how", text(N_("Known from")), shown=self._how, least=10),
            Column("purposes", text(N_("For")), shown=self._purposes, least=4),
            Column("for_sale", text(N_("On offer")), right=True),
            Column("named", text(N_("Who")), shown=self._who, least=8),
        ]
        if form in ("csv", "tsv"):
            keys = ("from", "from_title", "to", "to_title", "people", "deal", "demand", "said")
            columns = [Column(key, key) for key in (*keys, "purposes", "for_sale", "named")]
        self._app.console.rows(rows, columns, form)
        if form == "table" and not rows:
            self._app.console.say(text(N_("no note says where an owner buys next")))
        elif form == "table" and self._app.console.is_terminal:
            self._print_chains_below()

    def _route_row(self, route: Route, offers: dict[str, int]) -> dict[str, Any]:
        return {
            "from": route.start,
            "from_title": self._place(route.start) if route.start else None,
            "to": route.goal,
            "to_title": self._place(route.goal) if route.goal else None,
            "people": route.count,
            **{how: route.by_how().get(how, 0) for how in HOW},
            "purposes": list(route.purposes()),
            "for_sale": offers.get(route.goal or "", 0)
            if route.goal in self._notes["community"]
            else None,
            "named": [move.person for move in route.moves if self._may_name(move.person)],
        }

    def _how(self, row: Row) -> str:
        plural = self._app.language.plural
        told = [plural(*HOW[how], row[how]) for how in HOW if row[how]]
        return " · ".join(told)

    def _purposes(self, row: Row) -> str:
        field = query_fields(self._app.vault.rules.schema, "client")["purpose"]
        return self._cells.shown(field, row["purposes"])

    def _who(self, row: Row) -> str:
        names = [str(self._titles[person]) for person in row["named"]]
        hidden = row["people"] - len(names)
        if hidden:
            plural = self._app.language.plural
            names.append(
                plural(N_("{count} of a colleague's"), N_("{count} of colleagues'"), hidden)
            )
        return ("、" if self._app.language.code == "zh" else ", ").join(names)

    # -- chains

    def print_chains(self, form: str) -> None:
        """The chains of deals, one row each."""
        chains = self._chains()
        rows = [self._chain_row(chain) for chain in chains]
        text = self._app.text
        columns = [
            Column("length", text(N_("Deals")), right=True),
            Column("estates", text(N_("Chain")), shown=self._chain_text, least=20),
        ]
        if form in ("csv", "tsv"):
            columns = [Column(key, key) for key in ("length", "deals", "days", "estates", "people")]
        self._app.console.rows(rows, columns, form)
        if form == "table" and not rows:
            self._app.console.say(text(N_("no deals hang together")))

    def _chain_row(self, chain: Chain) -> dict[str, Any]:
        return {
            "length": len(chain.sales),
            "deals": [sale.id for sale in chain.sales],
            "days": [sale.day.isoformat() if sale.day else None for sale in chain.sales],
            "estates": [sale.estate for sale in chain.sales],
            "people": [person if self._may_name(person) else None for person in chain.people],
        }

    def _chain_text(self, row: Row) -> str:
        parts = [self._place(row["estates"][0])]
        for person, estate in zip(row["people"], row["estates"][1:], strict=True):
            name = self._titles[person] if person else self._app.text(N_("a colleague's client"))
            parts.append(f"→ {self._place(estate)} ({name})")
        return " ".join(parts)

    def _print_chains_below(self) -> None:
        chains = self._chains()
        console = self._app.console
        if not chains:
            return
        console.print()
        console.print(console.styled(self._app.text(N_("Chains of deals")), "dim"))
        for chain in chains:
            console.print("  " + console.text(self._chain_text(self._chain_row(chain))))

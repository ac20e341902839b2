"""What the notes of a vault say of who leaves which estate and buys where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from brokernotes.cli.app import App
from brokernotes.cli.cells import Cells
from brokernotes.features.prime import is_only_let
from brokernotes.features.responsible import is_responsible, sees_owner
from brokernotes.features.swap_chains import Sale
from brokernotes.features.swap_routes import Buyer, Home, Places
from brokernotes.model.query_keys import query_fields
from brokernotes.storage.query import Ask

KEYS = {
    "listing": (
        "community", "owner", "swap_route", "transaction", "status", "agent", "sharing",
    ),
    "client": (
        "intents", "stage", "communities", "neighborhoods", "districts", "purpose", "sell_first",
        "agent",
    ),
    "deal": (
        "listing", "seller", "buyer", "transaction", "stage", "signed_on", "deposit_date", "agent",
    ),
    "community": ("aliases", "district", "neighborhood"),
    "agent": ("supervisor",),
}  # fmt: skip


class SwapNotes:
    """Notes by type and id, with what is asked of them.

    Args:
        app: of the run.

    Attributes:
        notes: by type and REF; links are ids.
        titles: of each note by its REF.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._cells = Cells(app)
        self._viewer = app.agent
        self.notes = {kind: self._read(kind) for kind in KEYS}
        self.titles = {
            ref: one["title"] for rows in self.notes.values() for ref, one in rows.items()
        }
        self._bosses = {
            ref: one["supervisor"] for ref, one in self.notes["agent"].items() if one["supervisor"]
        }

    def _read(self, note_type: str) -> dict[str, dict[str, Any]]:
        """The notes of a type by id, with what is asked of them; ids for links."""
        fields = query_fields(self._app.vault.rules.schema, note_type)
        asked = [fields[key] for key in KEYS[note_type]]
        found = self._app.fresh.queries.listed(Ask(type=note_type, keys=KEYS[note_type]))
        return {
            row.ref: {"title": row.title, **self._cells.chosen(asked, values)}
            for row, values in found
        }

    def sales(self) -> Iterable[Sale]:
        """Every sale that was not called off."""
        for ref, deal in self.notes["deal"].items():
            day = deal["signed_on"] or deal["deposit_date"]
            is_open = deal["stage"] in (None, "offer") and not day  # nobody is bound yet
            if deal["transaction"] == "lease" or deal["stage"] == "cancelled" or is_open:
                continue
            home = self.notes["listing"].get(deal["listing"] or "", {})
            yield Sale(
                id=ref,
                home=deal["listing"],
                estate=home.get("community"),
                sellers=tuple(deal["seller"] or ()),
                buyers=tuple(deal["buyer"] or ()),
                day=date.fromisoformat(day[:10]) if day else None,
            )

    def homes(self) -> Iterable[Home]:
        """Every listing, with what the viewer may know of its owner."""
        for ref, home in self.notes["listing"].items():
            yield Home(
                id=ref,
                estate=home["community"],
                owners=tuple(home["owner"] or ()),
                is_for_sale=not is_only_let(home),
                route=home["swap_route"] if self._may_see_owner(home) else None,
            )

    def buyers(self) -> Iterable[Buyer]:
        """Every client."""
        for ref, client in self.notes["client"].items():
            intents = client["intents"] or ()
            yield Buyer(
                id=ref,
                is_looking="buy" in intents and client["stage"] not in ("inactive", "past_client"),
                places=tuple(
                    client["communities"] or client["neighborhoods"] or client["districts"] or ()
                ),
                purpose=client["purpose"],
                sells_first=client["sell_first"],
            )

    def places(self) -> Places:
        """What the words of notes may mean."""
        found: dict[str, str] = {}
        for client in self.notes["client"].values():
            for key in ("districts", "neighborhoods"):
                found |= {place: place for place in client[key] or ()}
        for ref, estate in self.notes["community"].items():
            for place in (estate["district"], estate["neighborhood"]):
                if place:
                    found[place] = place
            found |= dict.fromkeys((estate["title"], *(estate["aliases"] or ())), ref)
        return Places(found)

    def _may_see_owner(self, home: dict[str, Any]) -> bool:
        mode = str(self._app.vault.rules.other["sharing"]["mode"])
        return sees_owner(self._viewer, home, home["agent"], self._bosses, mode)

    def is_mine(self, note: dict[str, Any]) -> bool:
        """Whether the viewer answers for a note."""
        return is_responsible(self._viewer, note["agent"], self._bosses)

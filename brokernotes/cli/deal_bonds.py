"""Deals and offers in `show`: a listing names its deals and what buyers bid, a client theirs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.deal_finding import OVER, Deal, negotiation_of, offers_of_client, read_deal
from brokernotes.cli.deal_json import offers_json
from brokernotes.cli.deal_page import clauses, fee_lines, gap_line, label
from brokernotes.cli.owner_words import OwnerWords
from brokernotes.features.deals_offers import Negotiation, asking_of, negotiation
from brokernotes.features.milestones import next_step
from brokernotes.language import N_
from brokernotes.storage.deals import clients_linking, deals_about

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened


class Bonds:
    """What deals say of one note.

    Args:
        app: of the run.
        row: the note.
        opened: as it stands on the disk.
    """

    def __init__(self, app: App, row: NoteRow, opened: Opened) -> None:
        self._app = app
        self._row = row
        vault = app.vault
        if row.type == "deal":
            self.deals = [read_deal(app, row, opened)]
        elif row.type in ("listing", "client"):
            found = deals_about(vault.index.db, vault.queries, row)
            self.deals = [read_deal(app, one, vault.open(one.path)) for one in found]
        else:
            self.deals = []

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """What is shown under which heading; without what is empty."""
        told: list[tuple[str, list[str]]] = []
        if self._row.type == "deal":
            (deal,) = self.deals
            told.append((N_("Next step"), list(self._next(deal))))
            told.append((N_("Fees"), [line.text for line in fee_lines(self._app, deal)]))
        else:
            told.append((N_("Deals"), [self._line(deal) for deal in self.deals]))
        offers = [line for _, line in self._offer_lines()]
        if self._row.type == "listing":
            offers += self._owner_words.unclear()
        told.append((N_("Offers"), offers))
        return ((title, lines) for title, lines in told if lines)

    def json(self) -> dict[str, Any]:
        """Keys beside the note's own."""
        shape: dict[str, Any] = {}
        if self._row.type != "deal" and self.deals:
            shape["deals"] = [deal.row.ref for deal in self.deals]
        offers = [
            {"with": other, **(offers_json(found) or {})}
            for other, _, found in self._negotiations()
        ]
        if offers:
            shape["offers"] = offers
        return shape

    def _next(self, deal: Deal) -> Iterator[str]:
        coming = next_step(deal.steps)
        if coming is None or deal.record.text("stage") in OVER:
            return
        day = coming.day.isoformat() if coming.day else self._app.text(N_("no day yet"))
        yield f"{label(self._app, 'deal_step', coming.step.id)} {day}"

    def _line(self, deal: Deal) -> str:
        record = deal.record
        words = [f"{deal.row.title}  {deal.row.ref}"]
        stage = record.text("stage")
        if stage:
            words.append(label(self._app, "deal_stage", stage))
        words += self._next(deal)
        return clauses(self._app, words)

    def _offer_lines(self) -> Iterator[tuple[str, str]]:
        for other, title, found in self._negotiations():
            line = gap_line(self._app, found)
            is_own = self._row.type == "deal"
            yield other, line if is_own else f"{title}: {line}"

    def _negotiations(self) -> Iterator[tuple[str, str, Negotiation]]:
        """The id and title of the other side, and where the two stand; of deals that go on."""
        seen: set[int] = set()
        for deal in self.deals:
            buyers = self._numbers(deal.record.texts("buyer"))
            seen |= buyers
            # Of a client's note only what they bid themselves: nobody sees another's offers.
            is_over = deal.record.text("stage") in OVER and self._row.type != "deal"
            if is_over or (self._row.type == "client" and self._row.n not in buyers):
                continue
            found = negotiation_of(self._app, deal)
            if found is None:
                continue
            if self._row.type == "client":
                other = deal.listing
                yield (other.ref if other else deal.row.ref), (other or deal.row).title, found
            else:
                names = [self._app.vault.queries.note(n) for n in sorted(buyers)]
                first = names[0] if names else deal.row
                yield first.ref, first.title, found
        if self._row.type == "listing":
            yield from self._without_deal(seen)

    def _without_deal(self, seen: set[int]) -> Iterator[tuple[str, str, Negotiation]]:
        """Buyers who have bid and of whom there is no deal yet."""
        vault = self._app.vault
        values = vault.queries.values(self._row)
        is_lease = values.get("transaction") == "lease"
        asking = asking_of(values, is_lease=is_lease)
        for client in clients_linking(vault.index.db, vault.queries, self._row):
            if client.n in seen:
                continue
            offers = offers_of_client(self._app, client, self._row)
            if offers:
                offers += self._owner_words.to((client.n,))
            found = negotiation(offers, asking)
            if found is not None:
                yield client.ref, client.title, found

    @functools.cached_property
    def _owner_words(self) -> OwnerWords:
        return OwnerWords(self._app, self._row)

    def _numbers(self, targets: tuple[str, ...]) -> set[int]:
        found = (self._app.vault.queries.resolve(target).n for target in targets)
        return {n for n in found if n is not None}

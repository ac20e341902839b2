"""`report showings`: what was shown by whom, how it was received, what came of it."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.cells import Cells
from brokernotes.cli.console import Column, Row
from brokernotes.cli.options import common_options, listing_options
from brokernotes.cli.report import period_options
from brokernotes.cli.texts import command
from brokernotes.errors import UsageError
from brokernotes.features.contacts import has_feedback
from brokernotes.features.corrections import counting
from brokernotes.features.responsible import is_responsible
from brokernotes.features.showing_tallies import IN_TIME, LATE, MISSING, Shown, Tally, tally
from brokernotes.language import N_
from brokernotes.model.measures import render_number
from brokernotes.model.query_keys import query_fields
from brokernotes.model.verbs import SHOWING_VERBS
from brokernotes.storage.neighbours import Colleagues, stored_colleagues
from brokernotes.storage.query import Ask

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.storage.queries import NoteRow

AXES = ("agent", "client", "listing", "estate")
OFFERS = frozenset({"offer", "counter_offer", "deposit", "sign"})
PAID = frozenset({"deposit", "signed", "closing", "completed"})
KEYS = {
    "client": ("agent",),
    "listing": ("community", "agent"),
    "deal": ("listing", "buyer", "stage"),
    "community": (),
    "agent": ("supervisor",),
}
MOST_OBJECTIONS = 3


@command(
    "showings",
    N_(
        "Tell what was shown (one a client, home and day), second looks among it, how much of it "
        "has feedback the same day, later and not at all, the mean interest, what was objected "
        "to, and of how many pairs of client and home came an offer and a deposit.\n\n"
        "--by says whose: the agents', each client's, listing's or estate's. Clients are named to "
        "those who answer for them."
    ),
    N_(
        "Examples: `brokernotes report showings --since 2026-11`, "
        "`brokernotes report 带看 --by estate --since 上个月 --until 上个月 --format csv`"
    ),
)
@click.option(
    "--by", "axis", type=click.Choice(AXES), default="agent", show_default=True,
    help=N_("Of whom or what."),
)  # fmt: skip
@period_options
@listing_options
@common_options
@pass_app
def run(app: App, axis: str, since: date | None, until: date | None, form: str) -> None:
    """Tell the showings."""
    last = until or app.today
    if since is not None and since > last:
        raise UsageError(N_("{since} is after {until}"), since=since, until=last)
    page = _Page(app, since or date.min, min(last, app.today))
    page.print(axis, form)


class _Page:
    """The report, over everything the vault says.

    Args:
        app: of the run.
        first: the first day that counts.
        last: the last.
    """

    def __init__(self, app: App, first: date, last: date) -> None:
        self._app = app
        self._first, self._last = first, last
        self._queries = app.fresh.queries
        self._cells = Cells(app)
        self._notes = {kind: self._read(kind) for kind in KEYS}
        self._bosses = {
            ref: one["supervisor"] for ref, one in self._notes["agent"].items() if one["supervisor"]
        }
        self._ids: dict[str, str | None] = {}

    def _read(self, note_type: str) -> dict[str, dict[str, Any]]:
        """The notes of a type by id, with what is asked of them; ids for links."""
        fields = query_fields(self._app.vault.rules.schema, note_type)
        asked = [fields[key] for key in KEYS[note_type]]
        found = self._queries.listed(Ask(type=note_type, keys=KEYS[note_type]))
        return {
            row.ref: {"title": row.title, **self._cells.chosen(asked, values)}
            for row, values in found
        }

    # -- what the logs say

    def _shown(self) -> Iterator[Shown]:
        for row in self._app.vault.encounters.logs(self._first, self._last):
            entries = counting(self._app.vault.open(row.path).note.record.entries, self._app.today)
            for entry in entries:
                if (
                    entry.verb in SHOWING_VERBS
                    and entry.is_happened
                    and self._first <= entry.day <= self._last
                ):
                    yield from self._of_entry(row, entry, entries)

    def _of_entry(
        self, row: NoteRow, entry: LogEntry, entries: Sequence[LogEntry]
    ) -> Iterator[Shown]:
        linked = [ref for link in entry.links if (ref := self._ref(link))]
        refs = [row.ref, *linked]
        homes = [ref for ref in refs if ref in self._notes["listing"]]
        clients: list[str | None] = [ref for ref in refs if ref in self._notes["client"]]
        for home in dict.fromkeys(homes):
            feedback = self._feedback(entry, home, entries)
            told = feedback or entry
            objections = told.fields.get("objections")
            interest = told.fields.get("interest")
            for client in dict.fromkeys(clients or [None]):
                yield Shown(
                    home,
                    client,
                    self._agent(row, entry),
                    self._notes["listing"][home]["community"],
                    entry.day,
                    entry.verb == "second_showing",
                    interest if isinstance(interest, int) else None,
                    tuple(objections) if isinstance(objections, tuple | list) else (),
                    MISSING if feedback is None else IN_TIME if feedback.day == entry.day else LATE,
                    self._offered(home, entry, entries) or self._has_deal(client, home, {"offer"}),
                    self._has_deal(client, home, PAID),
                )

    def _feedback(self, entry: LogEntry, home: str, entries: Sequence[LogEntry]) -> LogEntry | None:
        """The entry that says how a home was received: its own, or a later one about it."""
        if has_feedback(entry):
            return entry
        later = [
            one for one in entries
            if has_feedback(one) and one.is_happened and one.moment >= entry.moment
            and one.verb not in SHOWING_VERBS
            and (not one.links or home in map(self._ref, one.links))
        ]  # fmt: skip
        return min(later, key=lambda one: one.moment, default=None)

    def _offered(self, home: str, entry: LogEntry, entries: Sequence[LogEntry]) -> bool:
        return any(
            one.verb in OFFERS and one.is_happened and one.moment >= entry.moment
            and home in map(self._ref, one.links)
            for one in entries
        )  # fmt: skip

    def _has_deal(self, client: str | None, home: str, stages: Collection[str]) -> bool:
        return any(
            deal["listing"] == home and client in (deal["buyer"] or ()) and deal["stage"] in stages
            for deal in self._notes["deal"].values()
        )

    def _agent(self, row: NoteRow, entry: LogEntry) -> str | None:
        if entry.agent:
            return self._colleagues.id_of(entry.agent)
        agent: str | None = self._notes.get(row.type, {}).get(row.ref, {}).get("agent")
        return agent

    @functools.cached_property
    def _colleagues(self) -> Colleagues:
        return stored_colleagues(self._app.vault.index.db)

    def _ref(self, link: str) -> str | None:
        if link not in self._ids:
            n = self._queries.resolve(link).n
            self._ids[link] = None if n is None else self._queries.note(n).ref
        return self._ids[link]

    # -- telling it

    def print(self, axis: str, form: str) -> None:
        """The rows of one axis."""
        found = tally(self._shown(), lambda one: getattr(one, axis))
        rows = [self._row(one, axis) for one in found]
        text = self._app.text
        columns = [
            Column("title", text(HEADS[axis]), shown=self._title, least=8),
            Column("showings", text(N_("Shown")), right=True),
            Column("second", text(N_("2nd")), right=True),
            Column("feedback", text(N_("Heard")), shown=_feedback_text),
            Column("interest", text(N_("1–5")), right=True, shown=_interest),
            Column("objections", text(N_("Objections")), shown=self._objections, least=8),
            Column("offers", text(N_("Offers")), right=True),
            Column("deposits", text(N_("Dep.")), right=True),
            Column("conversion", text(N_("Rate")), right=True, shown=_conversion),
        ]
        if form in ("csv", "tsv"):
            keys = ("id", "title", "showings", "second", "in_time", "late", "missing", "interest",
                    "pairs", "offers", "deposits", "conversion")  # fmt: skip
            columns = [Column(key, key) for key in (*keys, "objections")]
            rows = [{**row, "objections": _counted(row)} for row in rows]
        self._app.console.rows(rows, columns, form)
        if form == "table" and not rows:
            self._app.console.say(text(N_("nothing was shown in that time")))
        elif form == "table" and self._app.console.is_terminal:
            self._app.console.say(
                text(
                    N_(
                        "Heard: the same day/later/none. Rate: deposits among the clients with "
                        "a home."
                    )
                )
            )

    def _row(self, one: Tally, axis: str) -> dict[str, Any]:
        kind = "community" if axis == "estate" else axis
        note = self._notes[kind].get(one.ref or "")
        hidden = axis == "client" and note is not None and not self._is_mine(note)
        return {
            "id": one.ref,
            "title": None if hidden or note is None else note["title"],
            "agent": note["agent"] if hidden and note else None,
            "showings": one.showings,
            "second": one.second,
            **one.feedback,
            "interest": one.interest,
            "objections": dict(one.objections),
            "pairs": one.pairs,
            "offers": one.offers,
            "deposits": one.deposits,
            "conversion": round(one.deposits / one.pairs, 3) if one.pairs else None,
        }

    def _is_mine(self, note: dict[str, Any]) -> bool:
        return is_responsible(self._app.agent, note["agent"], self._bosses)

    def _title(self, row: Row) -> str:
        if row["title"]:
            return str(row["title"])
        if row["agent"]:
            name = self._notes["agent"].get(row["agent"], {}).get("title", row["agent"])
            return self._app.text(N_("a client of {name}"), name=name)
        return str(row["id"] or self._app.text(N_("(not known)")))

    def _objections(self, row: Row) -> str:
        vocabulary = self._app.vault.rules.schema.vocabularies["objection"]
        code = self._app.language.code
        words = [
            f"{vocabulary.label(word, code)} {count}" for word, count in row["objections"].items()
        ]
        return ("、" if code == "zh" else ", ").join(words[:MOST_OBJECTIONS])


HEADS = {
    "agent": N_("Agent"), "client": N_("Client"), "listing": N_("Listing"), "estate": N_("Estate"),
}  # fmt: skip


def _counted(row: Row) -> list[str]:
    """Every objection by its id, for a sheet: `price 2`, `light 1`."""
    return [f"{word} {count}" for word, count in row["objections"].items()]


def _feedback_text(row: Row) -> str:
    return f"{row[IN_TIME]}/{row[LATE]}/{row[MISSING]}"


def _interest(row: Row) -> str:
    return "" if row["interest"] is None else render_number(row["interest"])


def _conversion(row: Row) -> str:
    return "" if row["conversion"] is None else f"{row['conversion']:.0%}"

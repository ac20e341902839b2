"""A tour before it is written down: its stops in order, and what is to be known of each."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.persons_called import person_called
from brokernotes.cli.tour_notes import TourNotes, pin_of
from brokernotes.cli.writers import agent_of, my_note
from brokernotes.features.calling import find_call
from brokernotes.features.evening import ALONE
from brokernotes.features.log_making import Moment
from brokernotes.features.responsible import is_responsible
from brokernotes.features.routes import Pin, Stop, in_route_order, is_elsewhere, starts
from brokernotes.features.sharing import sight
from brokernotes.features.showings import (
    NOTE,
    Busy,
    Finding,
    Sight,
    find_clashes,
    find_client,
    find_listing,
    signed_slip,
)
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.days import WEEKDAYS
from brokernotes.model.verbs import SHOWING_VERBS
from brokernotes.sharing_map import SharingFacts

if TYPE_CHECKING:
    from brokernotes.model.occurrences import Occurrence
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened


class Placed(NamedTuple):
    """A note on the tour.

    Attributes:
        row: of the note. begin: minutes after the first. travels: whether one drives there.
    """

    row: NoteRow
    begin: int
    travels: bool


class Tour:
    """What is planned, against everything the vault says.

    Args:
        app: of the run; the vault is locked.
        opened: the note the entries go into.
        verb: id.
        moment: of the first.
        length: minutes of each.
    """

    def __init__(self, app: App, opened: Opened, verb: str, moment: Moment, length: int) -> None:
        self._app = app
        self._queries = app.vault.queries
        self._notes = TourNotes(app.vault.queries)
        self._sharing = SharingFacts(app.vault)
        self._opened = opened
        self._verb = verb
        self._moment = moment
        self._length = length
        self._row = self._queries.by_path(opened.path)[0]
        self._is_showing = verb in SHOWING_VERBS
        me = my_note(app)
        self._agent = me.ref if me else agent_of(app, opened)

    # -- the way

    def stops(self, links: Sequence[NoteRow], place: str | None, *, in_order: bool) -> list[Placed]:
        """The notes in their order, with the minutes each begins after the first."""
        by_ref = {row.ref: row for row in links}
        way = [self._stop(row) for row in links]
        if self._is_showing and self._moment.minutes is not None and not in_order:
            way = in_route_order(way, self._meeting_place(place))
        travel = self._app.vault.rules.travel if self._is_showing else 0
        begin = starts(way, self._length, travel)
        before = [None, *way]
        return [
            Placed(by_ref[stop.ref], at, last is not None and is_elsewhere(last, stop))
            for stop, at, last in zip(way, begin, before, strict=False)
        ]

    def _stop(self, row: NoteRow) -> Stop:
        if row.type != "listing":
            return Stop(row.ref)
        values = self._notes.values(row)
        estate = self._notes.estate(values)
        pin = pin_of(values) or (pin_of(self._notes.values(estate)) if estate else None)
        return Stop(row.ref, estate.ref if estate else None, pin)

    def _meeting_place(self, place: str | None) -> Pin | None:
        """Where the estate lies that a place names; None: it names none."""
        if not place:
            return None
        from brokernotes.storage.query import Ask

        estates = self._queries.listed(Ask(type="community", keys=["location"]))
        named = [(len(row.title), values) for row, values in estates if row.title in place]
        return pin_of(max(named, key=lambda one: one[0])[1]) if named else None

    # -- what is to be known

    def findings(self, stops: Sequence[Placed]) -> list[Finding]:
        """Everything to be known before it is written down, what speaks against it first."""
        found = [*self._clashes(stops)]
        if self._is_showing:
            homes = [stop for stop in stops if stop.row.type == "listing"]
            if self._row.type == "listing":
                homes.append(Placed(self._row, 0, travels=False))
            for home in homes:
                found += find_listing(self._sight(home), self._app.now)
            found += self._seen(homes)
            found += self._slips(homes)
            found += self._people(stops)
        elif called := person_called(self._app, self._row, self._moment.day):
            when = self._moment.day, self._moment.minutes
            found += find_call(called, self._verb, when, self._agent, self._app.vault.rules)
        found.sort(key=lambda one: one.severity == NOTE)
        return found

    def _sight(self, stop: Placed) -> Sight:
        at = self._moment.later(stop.begin)
        log = self._app.vault.open(stop.row.path).note.record.entries
        values = self._notes.values(stop.row)
        return Sight(stop.row.ref, at.day, at.minutes, values, log, self._holder(stop.row))

    def _holder(self, row: NoteRow) -> str | None:
        """Who holds a listing that is private to the agent; None: it is not, or nobody is named."""
        shared = self._sharing.listings.get(row.n)
        if shared is None:
            return None
        seen = sight(shared, self._agent, self._sharing.house, self._sharing.over)
        return None if seen.is_whole else seen.holder

    def _clients(self, stops: Iterable[Placed]) -> list[NoteRow]:
        rows = [self._row, *(stop.row for stop in stops)]
        return [row for row in rows if row.type == "client"]

    def _people(self, stops: Sequence[Placed]) -> Iterator[Finding]:
        """Whether the time suits the clients and the agent."""
        last = self._moment.later(stops[-1].begin) if stops else self._moment
        for row in self._clients(stops):
            values = self._notes.values(row)
            for one in find_client(values, self._moment.day, self._moment.minutes, last.minutes):
                yield one._replace(params={**one.params, "ref": row.ref})
        rest = self._notes.values(agent[0]) if (agent := self._notes.rows(self._agent)) else {}
        if rest.get("rest_day") == WEEKDAYS[self._moment.day.weekday()]:
            day = self._moment.day.isoformat()
            yield Finding("rest-day", NOTE, params={"ref": self._agent, "date": day})

    def _seen(self, homes: Sequence[Placed]) -> Iterator[Finding]:
        if self._verb != "showing":
            return
        for client in self._clients(homes):
            days = {
                one.listing: one.day.isoformat()
                for one in self._app.vault.encounters.about(client)
                if one.is_showing and one.client == client.ref
            }
            for home in homes:
                if home.row.ref in days:
                    yield Finding("seen", NOTE, home.row.ref, {"date": days[home.row.ref]})

    def _slips(self, homes: Sequence[Placed]) -> Iterator[Finding]:
        """Where a client has signed for a home already, so that no slip is needed."""
        for client in self._clients(homes):
            log = self._app.vault.open(client.path).note.record.entries
            for home in homes:
                slip = signed_slip(log, self._notes.ref, home.row.ref, self._app.today)
                if slip is not None:
                    yield Finding("slip-signed", NOTE, home.row.ref, {"slip": slip})

    def _clashes(self, stops: Sequence[Placed]) -> Iterator[Finding]:
        """Only what needs somebody to be there clashes: a call can be made at any time."""
        if self._verb in ALONE or self._moment.minutes is None:
            return iter(())
        wanted = [self._wanted(stop) for stop in stops] or [self._wanted(None)]
        days = [busy.day for busy, _ in wanted]
        taken = [
            self._busy(one)
            for one in self._queries.planned(min(days), max(days))
            if one.at is not None and one.params.get("verb") not in ALONE
        ]
        refs = {ref for busy, _ in wanted for ref in busy.refs}
        who = {row.ref: row.type for ref in refs for row in self._notes.rows(ref)}
        if not self._is_showing:
            who = {ref: kind for ref, kind in who.items() if kind != "listing"}
        return find_clashes(wanted, taken, who)

    def _wanted(self, stop: Placed | None) -> tuple[Busy, str | None]:
        at = self._moment.later(stop.begin if stop else 0)
        start = at.minutes or 0
        refs = {self._row.ref, *([stop.row.ref] if stop else []), *([self._agent or ""])}
        home = stop.row.ref if stop and stop.row.type == "listing" else None
        return Busy(at.day, start, start + self._length, frozenset(refs - {""})), home

    def _busy(self, one: Occurrence) -> Busy:
        at = one.at
        assert at is not None
        links = [ref for link in one.links if (ref := self._notes.ref(link))]
        start = at.hour * 60 + at.minute
        length = one.minutes or self._app.vault.rules.duration
        return Busy(
            one.due,
            start,
            start + length,
            frozenset({one.note, *links, *([one.agent] if one.agent else [])}),
            self._who_else(one, links),
            f"{one.note}:{one.entry}",
            str(one.params.get("verb", "")),
        )

    def _who_else(self, one: Occurrence, links: Sequence[str]) -> str:
        """Whom another plan concerns; of a colleague's client only whose it is."""
        rows = [row for ref in (one.note, *links) for row in self._notes.rows(ref)]
        titles = []
        for row in rows:
            holder = self._notes.ref(str(self._notes.values(row).get("agent") or ""))
            if row.type == "client" and not is_responsible(self._agent, holder, self._bosses):
                name = self._queries.titles([holder or ""]).get(holder or "", "")
                titles.append(self._app.text(N_("a client of {name}"), name=name))
            else:
                titles.append(row.title)
        return " → ".join(titles)

    @functools.cached_property
    def _bosses(self) -> dict[str, str]:
        from brokernotes.storage.query import Ask

        agents = self._queries.listed(Ask(type="agent", keys=["supervisor"]))
        bosses = {row.ref: str(values.get("supervisor") or "") for row, values in agents}
        return {ref: found for ref, boss in bosses.items() if (found := self._notes.ref(boss))}

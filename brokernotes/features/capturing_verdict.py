"""From the parts of a line to what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from brokernotes.features.capturing import (
    CERTAIN,
    PROPOSED,
    QUESTION,
    Action,
    Append,
    Tick,
    Verdict,
)
from brokernotes.features.capturing_clients import read_new_client
from brokernotes.features.capturing_entries import FEEDBACK, entry_fields, moment_of, one_each
from brokernotes.features.capturing_fields import CONTRADICTION, BadValueError, Tail
from brokernotes.features.capturing_homes import choose
from brokernotes.features.capturing_lore import Home, Lore, Person, unlinked
from brokernotes.features.capturing_parts import Parts
from brokernotes.features.capturing_people import choose_people, everybody, owned_by, seen_by
from brokernotes.features.capturing_plans import as_feedback, clashes, tickable
from brokernotes.features.capturing_prices import new_price
from brokernotes.features.capturing_scan import Scanner
from brokernotes.features.capturing_times import surely
from brokernotes.features.capturing_verbs import ABOUT_LISTINGS, MONEY, WITH_AMOUNT
from brokernotes.features.log_making import Moment
from brokernotes.light_dataclasses import replace
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.measures import render_number
from brokernotes.model.records import LogEntry
from brokernotes.model.verbs import SHOWING_VERBS

_OF_SHOWINGS = ("no-listing-said", "history")
_STATUS_VERBS = frozenset({"take_down", "status"})


def capture(text: str, day: date, lore: Lore, answer: str = "") -> Verdict:
    """Read one dictated line.

    Args:
        text: the line without its bullet.
        day: it was said.
        lore: of the vault.
        answer: what a person answered to its question, such as a name.
    """
    text, answer = unlinked(text), unlinked(answer)
    client = read_new_client(f"{answer} {text}" if answer else text, day, lore)
    if client is not None:
        return client
    parts = Scanner(answer, day, lore).scan()[0] if answer else None
    parts, tail = Scanner(text, day, lore, parts).scan()
    return _Judge(parts, tail, day, lore).verdict()


class _AskError(Exception):
    """Ends the judging of a line with a question."""

    def __init__(self, code: str, candidates: Iterable[str] = (), said: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.candidates = tuple(candidates)
        self.said = said


class _Judge:
    """Judges one line.

    Args:
        parts: what it says.
        tail: the words beside that.
        day: it was said.
        lore: of the vault.
    """

    def __init__(self, parts: Parts, tail: Tail, day: date, lore: Lore) -> None:
        self.parts = parts
        self.tail = tail
        self.day = day
        self.lore = lore
        self.doubts: list[str] = []

    def verdict(self) -> Verdict:
        """What becomes of the line."""
        try:
            actions = self._actions()
        except _AskError as ask:
            return Verdict(
                kind=QUESTION, code=ask.code, said=ask.said, candidates=ask.candidates, day=self.day
            )
        except BadValueError as bad:
            return Verdict(kind=QUESTION, code=bad.code, said=bad.said, day=self.day)
        if self._agent is not None:
            self.doubts.append("colleague")
        kind = PROPOSED if self.doubts else CERTAIN
        code = self.doubts[0] if self.doubts else ""
        return Verdict(kind=kind, code=code, actions=actions, day=self.day)

    def _actions(self) -> tuple[Action, ...]:
        parts = self.parts
        if parts.unknown and not parts.people:
            raise _AskError("unknown-person", said=parts.unknown)
        if len(parts.coworkers) > 1:
            raise _AskError("which-colleague", said=parts.coworker_words)
        if parts.several:
            raise _AskError("several-people", everybody(parts, self.lore))
        if parts.other_day:
            raise BadValueError(parts.other_day, CONTRADICTION)
        if not parts.has_anybody:
            raise _AskError("who", said=parts.phone)
        for wanted in parts.homes:
            if not wanted.homes:
                raise _AskError("no-listing", said=wanted.said or wanted.community)
        person = self._person()
        self.tail.read()
        if parts.cancels:
            return self._called_off(person)
        verb = self._verb()
        if verb is None:
            raise _AskError("no-verb", self._whom(person))
        at, is_planned = moment_of(parts, self.tail, self.day, self.lore)
        if is_planned:
            self.tail.read_place()
            if any(key in self.tail.fields for key in (*FEEDBACK, "outcome")):
                raise _AskError("future", self._whom(person), at.shown)
        elif person is not None:
            tick = self._tick(person, verb, at)
            if tick is not None:
                return (tick,)
        self._doubt_dates(at, is_planned=is_planned)
        if person is not None and not self._is_about_listing(person, verb):
            return self._of_client(person, verb, at, is_planned=is_planned)
        return self._of_listing(person, verb, at, is_planned=is_planned)

    # -- who and what

    @property
    def _agent(self) -> str | None:
        """The colleague who did it, by name; None: whoever says so."""
        found = [one for one in self.parts.coworkers if one.id != self.lore.me]
        return found[0].name if found else None

    def _whom(self, person: Person | None) -> tuple[str, ...]:
        if person is not None:
            return (person.ref,)
        homes = [*self.parts.owned, *(h for wanted in self.parts.homes for h in wanted.homes)]
        return tuple(home.ref for home in homes[:1]) if len(homes) == 1 else ()

    def _person(self) -> Person | None:
        """The one client who is meant; None: the line names none."""
        people = choose_people(self.parts, self.lore)
        if len(people) > 1:
            raise _AskError("which-person", (one.ref for one in people))
        return people[0] if people else None

    def _verb(self) -> str | None:
        parts = self.parts
        if parts.price:
            if parts.verb not in (None, "price_change"):
                parts.kept.insert(0, parts.verb_words)
            return "price_change"
        if parts.verb is None and parts.is_feedback:
            return "followup"
        return parts.verb

    def _is_about_listing(self, person: Person, verb: str) -> bool:
        """Whether a line that names a client belongs into a listing's log."""
        parts, owned = self.parts, owned_by(person, self.lore)
        described = [home for wanted in parts.homes for home in wanted.homes]
        if verb in ABOUT_LISTINGS:
            return bool(described or owned)
        tells_mind = "expected_price" in self.tail.fields or "reserve_price" in self.tail.fields
        if not owned or verb in SHOWING_VERBS:
            return parts.is_owner
        if not described:
            return tells_mind or parts.is_owner
        return any(home.ref in owned for home in described)

    def _homes(self, person: Person | None, verb: str, *, for_owner: bool) -> list[Home]:
        """One listing for each that was described."""
        seen = seen_by(person, self.lore) if person else frozenset()
        own = owned_by(person, self.lore) if person and for_owner else frozenset()
        for_buyers = not for_owner and not self.parts.is_owner
        found: list[Home] = []
        for wanted in self.parts.homes:
            chosen = choose(wanted, self.lore, seen, own, for_buyers=for_buyers)
            if len(chosen.homes) != 1:
                raise _AskError("which-listing", (home.ref for home in chosen.homes), wanted.said)
            if chosen.by_history and verb == "showing":
                self.doubts.append("history")
            found.append(chosen.homes[0])
        return list(dict.fromkeys(found))

    def _of_owner(self, person: Person | None) -> list[Home]:
        """The listings of the owner who was named."""
        owned = list(self.parts.owned)
        if person is not None:
            owned = [home for home in self.lore.homes.values() if person.ref in home.owners]
        if not owned:
            return []
        described = self._described()
        fitting = [home for home in owned if home.ref in described] if described else owned
        if len(fitting) != 1:
            raise _AskError("which-listing", (home.ref for home in fitting or owned))
        return fitting

    # -- when

    def _doubt_dates(self, at: Moment, *, is_planned: bool) -> None:
        said = self.parts.said
        if said is not None and said.is_loose and surely(said, self.day) is None:
            self.doubts.append("which-day")
        elif said is not None and said.is_rough and is_planned:
            self.doubts.append("rough-day")
        if self.parts.is_arranged and not is_planned and "which-day" not in self.doubts:
            self.doubts.append("which-day")
        promise = self.tail.fields.get("next")
        if isinstance(promise, date):
            day = promise.date() if isinstance(promise, datetime) else promise
            if day < at.day:
                raise BadValueError(day.isoformat())

    # -- planned entries that stand already

    def _tick(self, person: Person, verb: str, at: Moment) -> Tick | None:
        """The planned entry of that day that a line tells the end of."""
        described = self._described()
        text, fields = self._text(), self.tail.fields
        fitting = [
            (ref, entry)
            for ref, entry in tickable(self.lore.log_of(person.ref), "x", text, fields)
            if entry.day == at.day
            and (entry.verb == verb or {entry.verb, verb} <= SHOWING_VERBS)
            and (not described or described & self.lore.linked(entry))
        ]
        if len(fitting) != 1 or len(self.parts.homes) > 1:
            if len(fitting) > 1 and not described:
                raise _AskError("which-plan", (person.ref,))
            return None
        ref, entry = fitting[0]
        added = {key: value for key, value in fields.items() if entry.fields.get(key) != value}
        actually = at if at.minutes is not None and at.minutes != entry.minutes else None
        return Tick(person.ref, entry, ref, "x", text, added, actually, self._agent)

    def _described(self) -> set[str]:
        """Refs of the listings that may be meant."""
        return {home.ref for wanted in self.parts.homes for home in wanted.homes}

    def _called_off(self, person: Person | None) -> tuple[Action, ...]:
        """What was planned is called off or moved."""
        if person is None:
            raise _AskError("who")
        said, described = self.parts.said, self._described()
        day = said.day if said else None
        text = " ".join(filter(None, (self.parts.cancels, self._text())))
        fitting = [
            (ref, entry)
            for ref, entry in tickable(self.lore.log_of(person.ref), "-", text, self.tail.fields)
            if (entry.day == day if day else entry.day >= self.day)
            and (not described or described & self.lore.linked(entry))
        ]
        if not fitting:
            raise _AskError("no-plan", (person.ref,))
        if len(fitting) > 1:
            raise _AskError("which-plan", (person.ref,))
        ref, entry = fitting[0]
        off = Tick(person.ref, entry, ref, "-", text, dict(self.tail.fields))
        if not self.parts.is_move:
            return (off,)
        return off, self._moved(person, ref, replace(entry, text=entry.text.removesuffix(text)))

    def _moved(self, person: Person, ref: str, entry: LogEntry) -> Append:
        moved = self.parts.moved
        day = moved.day if moved else None
        if moved is None or (day is None and moved.minutes is None):
            raise _AskError("no-date", (person.ref,))
        minutes = moved.minutes if moved.minutes is not None else entry.minutes
        later = replace(
            entry, day=day or entry.day, minutes=minutes, id=None, children=(), line=0, column=1,
            box="planned", text=entry.text.rstrip(" —"),
        )  # fmt: skip
        self._doubt_clash(person.ref, later, self.lore.linked(entry), besides=ref)
        return Append(person.ref, later)

    def _doubt_clash(
        self, note: str, entry: LogEntry, homes: frozenset[str], besides: str = ""
    ) -> None:
        if clashes(self.lore, note, entry, homes, besides):
            self.doubts.append("clash")

    # -- entries

    def _text(self) -> str:
        return " ".join(filter(None, (*self.parts.kept, self.tail.rest())))

    def _of_client(
        self, person: Person, verb: str, at: Moment, *, is_planned: bool
    ) -> tuple[Action, ...]:
        homes = self._homes(person, verb, for_owner=False)
        fields = entry_fields(self.parts, self.tail, homes, verb, for_owner=False)
        if verb in MONEY:
            self.doubts.insert(0, "money")
        elif verb in _STATUS_VERBS:
            self.doubts.insert(0, "status")
        if (verb in SHOWING_VERBS or verb in WITH_AMOUNT) and not homes:
            self.doubts.append("no-listing-said")
        if len(homes) > 1 and any(key in fields for key in FEEDBACK):
            self.doubts.append("feedback-of-several")
        first = self._entry(verb, at, fields, is_planned=is_planned)
        is_tour = is_planned and verb in SHOWING_VERBS
        entries = one_each(first, homes, self.lore.gap, self.lore.travel if is_tour else 0)
        if is_tour and any(home.status and home.status not in ACTIVE_STATUSES for home in homes):
            self.doubts.append("not-on-offer")
        if not is_planned:
            log = self.lore.log_of(person.ref)
            entries = [as_feedback(entry, log, self.lore) for entry in entries]
            if verb in SHOWING_VERBS and all(one.verb == "note" for one in entries):
                self.doubts = [one for one in self.doubts if one not in _OF_SHOWINGS]
        if is_planned:
            for entry, home in zip(entries, [*homes, *[None] * (not homes)], strict=True):
                self._doubt_clash(person.ref, entry, frozenset({home.ref} if home else ()))
        return tuple(Append(person.ref, entry) for entry in entries)

    def _of_listing(
        self, person: Person | None, verb: str, at: Moment, *, is_planned: bool
    ) -> tuple[Action, ...]:
        is_owned = bool(self.parts.owned) or person is not None
        homes = self._of_owner(person) if is_owned else []
        homes = homes or self._homes(person, verb, for_owner=is_owned or verb in ABOUT_LISTINGS)
        if not homes:
            raise _AskError("which-listing")
        fields = entry_fields(self.parts, self.tail, homes, verb, for_owner=True)
        if verb in MONEY:
            self.doubts.insert(0, "money")
        elif verb in _STATUS_VERBS:
            self.doubts.insert(0, "status")
        speaks_to_owner = is_owned or self.parts.is_owner or verb in ABOUT_LISTINGS
        known = self.lore.schema.verbs.get(verb)
        if not speaks_to_owner and known is not None and known.contact:
            self.doubts.append("no-client")
        sets: tuple[tuple[str, str], ...] = ()
        if self.parts.price:
            self.doubts.insert(0, "price")
            key, value, amount = new_price(self.parts.price, homes[0])
            sets, fields = ((key, render_number(value)),), {**fields, "amount": amount}
        entries = [self._entry(verb, at, fields, is_planned=is_planned)] * len(homes)
        if is_planned:
            for entry, home in zip(entries, homes, strict=True):
                self._doubt_clash(home.ref, entry, frozenset({home.ref}))
        return tuple(
            Append(home.ref, entry, sets) for home, entry in zip(homes, entries, strict=True)
        )

    def _entry(
        self, verb: str, at: Moment, fields: dict[str, object], *, is_planned: bool
    ) -> LogEntry:
        """The entry, without its listings."""
        said = self.parts.said
        return LogEntry(
            day=at.day,
            minutes=at.minutes,
            verb=verb,
            line=0,
            fields=fields,
            text=self._text(),
            agent=self._agent,
            box="planned" if is_planned else None,
            duration=said.duration if said and at.minutes is not None else None,
        )

"""What an evening is about: showings without feedback, and tomorrow's appointments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.width import wrap
from brokernotes.language import N_, Language, language
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.days import days_after
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.features.capturing_lore import Lore
    from brokernotes.features.evening import Appointment, Party
    from brokernotes.model.occurrences import Occurrence
    from brokernotes.model.records import LogEntry


NOTHING_MISSING = N_("nothing is missing")
NOTHING_PLANNED = N_("no appointments")


class Owed(NamedTuple):
    """A showing whose feedback is missing."""

    occurrence: Occurrence
    entry: LogEntry
    entry_ref: str


class Lists:
    """What there is in the second and third part of the sitting.

    Args:
        app: of the run.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    def lore(self) -> Lore:
        """What is known now, fetched anew: the part before may have written."""
        from brokernotes.cli.dictation import lore_of

        self.app.vault.refresh(self.app.today)
        return lore_of(self.app, self.app.today)

    def head(self, title: str) -> None:
        """The title of a part."""
        console = self.app.console
        self.app.fresh  # noqa: B018  # what is wrong with the vault is said first
        console.print(console.styled(self.app.text(title), "bold"))

    # -- what there is

    def owed(self, lore: Lore) -> list[Owed]:
        """Showings that nobody said anything about."""
        from brokernotes.features.evening import feedback_due
        from brokernotes.notes.logbook import entry_ref, entry_refs

        app = self.app
        occurrences = app.vault.queries.occurrences(app.today, app.agent)
        found = []
        for one in feedback_due(occurrences, app.now, app.agent):
            log = lore.log_of(one.note)
            index = entry_ref(log, one.entry or "")
            if index is not None:
                found.append(Owed(one, log[index], entry_refs(log)[index]))
        # Of one that was ticked off the feedback is due later than the showing was.
        return sorted(found, key=lambda owed: (owed.entry.day, owed.entry.minutes or 0))

    def appointments(self, lore: Lore) -> list[Appointment]:
        """What is planned for tomorrow."""
        from brokernotes.features.evening import as_tours, planned_on

        app, tomorrow = self.app, days_after(self.app.today, 1)
        occurrences = app.vault.queries.occurrences(tomorrow, app.agent)
        planned = planned_on(occurrences, tomorrow, app.agent)
        return as_tours(self._appointment(one, lore) for one in planned)

    def _appointment(self, one: Occurrence, lore: Lore) -> Appointment:
        from brokernotes.features.evening import Appointment, Party

        queries = self.app.vault.queries
        refs = [*([one.note] if one.note in lore.homes else []), *_homes(one.links, lore)]
        parties: list[Party] = []
        if one.note in lore.people:
            values = queries.values(queries.by_path(one.path)[0])
            name = str(values.get("salutation") or lore.people[one.note].title)
            links = [lore.homes[ref].name for ref in refs]
            parties.append(Party("client", one.note, name, links[0] if links else ""))
        keys: list[str] = []
        for ref in dict.fromkeys(refs):
            home = lore.homes[ref]
            values = queries.values((queries.by_id(ref) or queries.by_path(ref))[0])
            if values.get("occupant") == "tenant":
                parties.append(Party("tenant", ref, "", home=home.title))
            parties.append(Party("owner", ref, _bare_name(home.owner_name), home=home.title))
            where = self._keys(values)
            keys.append(where)
        return Appointment(
            key=one.key,
            note=one.note,
            title=one.title,
            verb=str(one.params.get("verb", "")),
            day=one.due,
            minutes=one.at.hour * 60 + one.at.minute if one.at else None,
            place=one.place,
            listings=tuple(lore.homes[ref].title for ref in dict.fromkeys(refs)),
            keys=tuple(key for key in keys if key),
            parties=tuple(parties),
        )

    def _keys(self, values: dict[str, Any]) -> str:
        """Where the keys are, and their number."""
        keys = values.get("keys")
        if not keys:
            return ""
        vocabulary = self.app.vault.rules.schema.vocabularies["keys"]
        words = (vocabulary.label(str(keys), self.app.language.code), values.get("key_no"))
        return " ".join(str(word) for word in words if word)

    # -- for programs, and without a terminal

    def json(self) -> dict[str, Any]:
        """Both lists."""
        from brokernotes.features.evening import is_confirmed, message

        lore = self.lore()
        voice = self.vault_language()
        feedback = [
            {
                "key": owed.occurrence.key,
                "id": owed.occurrence.note,
                "path": owed.occurrence.path,
                "title": owed.occurrence.title,
                "entry": owed.entry_ref,
                "day": owed.entry.day.isoformat(),
                "verb": owed.entry.verb,
                "box": owed.entry.box,
                "listings": [ref for ref in map(lore.ref_of, owed.entry.links) if ref],
            }
            for owed in self.owed(lore)
        ]
        confirmations = [
            {
                "key": one.key,
                "id": one.note,
                "title": one.title,
                "day": one.day.isoformat(),
                "time": None if one.minutes is None else _clock(one.minutes),
                "verb": one.verb,
                "place": one.place or None,
                "keys": list(one.keys),
                "with": [
                    {
                        "role": party.role,
                        "id": party.ref,
                        "name": party.name or None,
                        "message": message(one, party, voice),
                        "confirmed": is_confirmed(lore.log_of(party.ref), one),
                    }
                    for party in one.parties
                ],
            }
            for one in self.appointments(lore)
        ]
        return {"feedback": feedback, "confirmations": confirmations}

    def print(self) -> None:
        """Both lists, for people."""
        from brokernotes.features.evening import message

        lore, console = self.lore(), self.app.console
        console.print()
        self.head(N_("Feedback"))
        owed = self.owed(lore)
        for showing in owed:
            self._wrapped(self.owed_line(showing, lore))
        if not owed:
            console.print(self.app.text(NOTHING_MISSING))
        console.print()
        self.head(N_("Tomorrow"))
        appointments = self.appointments(lore)
        if not appointments:
            console.print(self.app.text(NOTHING_PLANNED))
        for one in appointments:
            self._wrapped(self.appointment_line(one))
            for party in self.open_parties(one, lore):
                console.print(console.text(
                    f"  {self.role(party)}: {message(one, party, self.vault_language())}"
                ))  # fmt: skip

    def _wrapped(self, line: str) -> None:
        console = self.app.console
        room = console.width if console.is_terminal else len(line) * 2 + 1
        for part in wrap(console.text(line), room, " " * 13):
            console.print(part)

    def owed_line(self, owed: Owed, lore: Lore) -> str:
        """One of them in a line."""
        entry = owed.entry
        clock = f" {_clock(entry.minutes)}" if entry.minutes is not None else ""
        titles = "、".join(lore.homes[ref].title for ref in _homes(entry.links, lore))
        verb = lore.schema.verbs[entry.verb].label(self.app.language.code)
        parts = (f"{entry.day:%m-%d}{clock}", verb, owed.occurrence.title, titles, entry.said)
        return mask_phones_in_text("  ".join(part for part in parts if part))

    def appointment_line(self, one: Appointment) -> str:
        """One of them in a line."""
        from brokernotes.features.evening import shown_moment

        known = self.app.vault.rules.schema.verbs.get(one.verb)
        verb = known.label(self.app.language.code) if known else one.verb
        keys = ""
        if one.keys:
            keys = self.app.text(N_("keys: {keys}"), keys="、".join(one.keys))
        parts = (shown_moment(one), verb, one.title, "、".join(one.listings), one.place, keys)
        return mask_phones_in_text("  ".join(dict.fromkeys(part for part in parts if part)))

    def role(self, party: Party) -> str:
        """Who somebody is: 业主 周先生."""
        word = {"client": N_("client"), "owner": N_("owner"), "tenant": N_("tenant")}[party.role]
        name = f" {party.name}" if party.name else ""
        return f"{self.app.text(word)}{name}"

    def open_parties(self, one: Appointment, lore: Lore) -> list[Party]:
        """Those who are still to be told."""
        from brokernotes.features.evening import is_confirmed

        return [
            party for party in one.parties if not is_confirmed(lore.log_of(party.ref), one)
        ]  # fmt: skip

    def vault_language(self) -> Language:
        """In which messages and entries are written."""
        return language(self.app.vault.rules.language)


def _homes(links: Iterable[str], lore: Lore) -> list[str]:
    """Refs of the listings that links lead to."""
    return [ref for link in links if (ref := lore.ref_of(link)) and ref in lore.homes]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _bare_name(name: str) -> str:
    """An owner's name without what stands behind it in brackets."""
    return name.partition("（")[0].partition("(")[0].strip()

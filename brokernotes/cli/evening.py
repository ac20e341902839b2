"""`evening`: the day closed in one sitting, inbox, feedback and tomorrow's appointments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, writing_options
from brokernotes.cli.texts import command
from brokernotes.cli.writers import Flags, conclude, may_ask, shown_path, vault_text, writing
from brokernotes.errors import BrokernotesError
from brokernotes.language import N_, language
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.features.capturing import Action
    from brokernotes.features.capturing_lore import Lore
    from brokernotes.features.evening import Appointment, Party
    from brokernotes.model.occurrences import Occurrence
    from brokernotes.model.records import LogEntry


@command(
    "evening",
    N_(
        "Close the day in one sitting: the inbox, then the showings of the last week that nobody "
        "said anything about, then whom to confirm tomorrow's appointments with, each with a "
        "sentence that can be sent.\n\n"
        "Every question can be skipped with Enter; Ctrl-C keeps what was done. Without a terminal "
        "it prints the three lists."
    ),
    N_("Examples: `brokernotes evening`, `brokernotes evening --json`"),
)
@writing_options
@common_options
@pass_app
def evening_command(app: App, dry_run: bool, commit: bool | None, as_json: bool) -> None:
    """Close the day."""
    from brokernotes.cli.inbox import file_inbox, lines_json

    flags = Flags(dry_run, commit, as_json)
    evening = _Evening(app, flags)
    if as_json:
        app.console.json({"inbox": lines_json(app), **evening.json()})
        return
    evening.head(N_("Inbox"))
    if dry_run or not may_ask(app):
        file_inbox(app, flags._replace(dry_run=dry_run), yes=False)
        evening.print()
        return
    file_inbox(app, flags, yes=False)
    evening.ask_feedback()
    evening.ask_confirmations()


class _Owed(NamedTuple):
    """A showing whose feedback is missing."""

    occurrence: Occurrence
    entry: LogEntry
    entry_ref: str


class _Evening:
    """The second and third part of the sitting.

    Args:
        app: of the run.
        flags: of the command.
    """

    def __init__(self, app: App, flags: Flags) -> None:
        self.app = app
        self.flags = flags

    def _lore(self) -> Lore:
        from brokernotes.cli.dictation import lore_of

        self.app.vault.refresh(self.app.today)
        return lore_of(self.app, self.app.today)

    def head(self, title: str) -> None:
        """The title of a part."""
        console = self.app.console
        self.app.fresh  # noqa: B018  # what is wrong with the vault is said first
        console.print(console.styled(self.app.text(title), "bold"))

    # -- what there is

    def _owed(self, lore: Lore) -> list[_Owed]:
        from brokernotes.features.evening import feedback_due
        from brokernotes.notes.logbook import entry_ref, entry_refs

        app = self.app
        occurrences = app.vault.queries.occurrences(app.today, app.agent)
        found = []
        for one in feedback_due(occurrences, app.now, app.agent):
            log = lore.log_of(one.note)
            index = entry_ref(log, one.entry or "")
            if index is not None:
                found.append(_Owed(one, log[index], entry_refs(log)[index]))
        return found

    def _appointments(self, lore: Lore) -> list[Appointment]:
        from datetime import timedelta

        from brokernotes.features.evening import planned_on

        app, tomorrow = self.app, self.app.today + timedelta(days=1)
        occurrences = app.vault.queries.occurrences(tomorrow, app.agent)
        return [self._appointment(one, lore)
                for one in planned_on(occurrences, tomorrow, app.agent)]  # fmt: skip

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
                parties.append(Party("tenant", ref, ""))
            parties.append(Party("owner", ref, _bare_name(home.owner_name)))
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

        lore = self._lore()
        voice = self._vault_language()
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
            for owed in self._owed(lore)
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
                        "confirmed": is_confirmed(lore.log_of(party.ref), one, voice),
                    }
                    for party in one.parties
                ],
            }
            for one in self._appointments(lore)
        ]
        return {"feedback": feedback, "confirmations": confirmations}

    def print(self) -> None:
        """Both lists, for people."""
        from brokernotes.features.evening import message

        lore, console = self._lore(), self.app.console
        console.print()
        self.head(N_("Feedback"))
        for owed in self._owed(lore):
            console.print(console.text(self._owed_line(owed, lore)))
        console.print()
        self.head(N_("Tomorrow"))
        for one in self._appointments(lore):
            console.print(console.text(self._appointment_line(one)))
            for party in self._open_parties(one, lore):
                console.print(console.text(
                    f"  {self._role(party)}: {message(one, party, self._vault_language())}"
                ))  # fmt: skip

    def _owed_line(self, owed: _Owed, lore: Lore) -> str:
        entry = owed.entry
        clock = f" {_clock(entry.minutes)}" if entry.minutes is not None else ""
        titles = "、".join(lore.homes[ref].title for ref in _homes(entry.links, lore))
        verb = lore.schema.verbs[entry.verb].label(self.app.language.code)
        parts = (f"{entry.day:%m-%d}{clock}", verb, owed.occurrence.title, titles, entry.said)
        return mask_phones_in_text("  ".join(part for part in parts if part))

    def _appointment_line(self, one: Appointment) -> str:
        from brokernotes.features.evening import shown_moment

        known = self.app.vault.rules.schema.verbs.get(one.verb)
        verb = known.label(self.app.language.code) if known else one.verb
        keys = ""
        if one.keys:
            keys = self.app.text(N_("keys: {keys}"), keys="、".join(one.keys))
        parts = (shown_moment(one), verb, one.title, "、".join(one.listings), one.place, keys)
        return mask_phones_in_text("  ".join(dict.fromkeys(part for part in parts if part)))

    def _role(self, party: Party) -> str:
        word = {"client": N_("client"), "owner": N_("owner"), "tenant": N_("tenant")}[party.role]
        name = f" {party.name}" if party.name else ""
        return f"{self.app.text(word)}{name}"

    def _open_parties(self, one: Appointment, lore: Lore) -> list[Party]:
        from brokernotes.features.evening import is_confirmed

        voice = self._vault_language()
        return [
            party for party in one.parties
            if not is_confirmed(lore.log_of(party.ref), one, voice)
        ]  # fmt: skip

    def _vault_language(self) -> Any:
        return language(self.app.vault.rules.language)

    # -- with a person

    def ask_feedback(self) -> None:
        """Each showing without a word, one by one."""
        lore = self._lore()
        owed = self._owed(lore)
        self.app.console.print()
        self.head(N_("Feedback"))
        if not owed:
            self.app.console.say(self.app.text(N_("nothing is missing")))
            return
        answers: list[Action] = []
        try:
            for one in owed:
                action = self._feedback(one, lore)
                if action is not None:
                    answers.append(action)
        finally:
            self._file(answers, N_("feedback: {count}"))

    def _feedback(self, owed: _Owed, lore: Lore) -> Action | None:
        from brokernotes.features.capturing_fields import BadValueError
        from brokernotes.features.evening import feedback_action, settles

        app = self.app
        app.console.say("")
        app.console.say(self._owed_line(owed, lore))
        asked = app.text(N_("How was it? (interest 3, liked it, too expensive, call Tuesday …)"))
        said = ""
        while True:
            more = click.prompt(asked, default="", show_default=False, err=True).strip()
            if not more:
                if not said:
                    return None
                return feedback_action(said, owed.entry, owed.occurrence.note, owed.entry_ref, lore)
            said = f"{said} {more}".strip()
            try:
                action = feedback_action(
                    said, owed.entry, owed.occurrence.note, owed.entry_ref, lore
                )
            except BadValueError as bad:
                app.console.say(app.text(N_("“{said}” cannot be read"), said=bad.said))
                said = ""
                continue
            if settles(action):
                return action
            asked = app.text(N_("And how much do they want it, 1 to 5? (interest 3)"))

    def ask_confirmations(self) -> None:
        """Tomorrow's appointments, one party after the other."""
        from brokernotes.features.evening import confirmation, message

        app, lore = self.app, self._lore()
        voice = self._vault_language()
        waiting = [
            (one, party) for one in self._appointments(lore)
            for party in self._open_parties(one, lore)
        ]  # fmt: skip
        app.console.print()
        self.head(N_("Tomorrow"))
        if not waiting:
            app.console.say(app.text(N_("nothing to confirm")))
            return
        told: list[Action] = []
        before = None
        try:
            for one, party in waiting:
                if one is not before:
                    app.console.say("")
                    app.console.say(self._appointment_line(one))
                    before = one
                app.console.say(f"  {self._role(party)}: {message(one, party, voice)}")
                how = click.prompt(
                    app.text(N_("w: sent by WeChat, c: called, Enter: later")),
                    default="", show_default=False, show_choices=False, err=True,
                    type=click.Choice(["", "w", "c"]),
                )  # fmt: skip
                if how:
                    verb = "wechat" if how == "w" else "call"
                    told.append(confirmation(one, party, verb, app.now, voice))
        finally:
            self._file(told, N_("confirmed: {count}"))

    def _file(self, actions: list[Action], subject: str) -> None:
        """Write what was answered, in one commit."""
        from brokernotes.cli.filing import Filing

        app = self.app
        if not actions:
            return
        with writing(app):
            filing = Filing(app)
            made = []
            for action in actions:
                try:
                    made.append(filing.carry_out(action))
                except BrokernotesError as error:
                    app.console.say(app.text(error.message, **error.params))
            draft = filing.finish()
            conclude(app, draft, self.flags, vault_text(app, subject, count=len(made)))
        for one in made:
            entry = f"{one.entry}\t" if one.entry else ""
            app.console.print(app.console.text(f"{entry}{shown_path(app, one.path)}"))


def _homes(links: Iterable[str], lore: Lore) -> list[str]:
    """Refs of the listings that links lead to."""
    return [ref for link in links if (ref := lore.ref_of(link)) and ref in lore.homes]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _bare_name(name: str) -> str:
    """An owner's name without what stands behind it in brackets."""
    return name.partition("（")[0].partition("(")[0].strip()

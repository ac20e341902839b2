"""`evening`: the day closed in one sitting, inbox, feedback and tomorrow's appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.evening_lists import NOTHING_MISSING, Lists, Owed
from brokernotes.cli.options import common_options, writing_options
from brokernotes.cli.texts import command
from brokernotes.cli.writers import Flags, conclude, may_ask, shown_path, vault_text, writing
from brokernotes.errors import BrokernotesError
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.features.capturing import Action
    from brokernotes.features.capturing_lore import Lore


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
    lists = Lists(app)
    if as_json:
        app.console.json({"inbox": lines_json(app), **lists.json()})
        return
    lists.head(N_("Inbox"))
    if dry_run or not may_ask(app):
        file_inbox(app, flags._replace(dry_run=dry_run), yes=False)
        lists.print()
        return
    file_inbox(app, flags, yes=False)
    sitting = _Sitting(app, lists, flags)
    sitting.ask_feedback()
    sitting.ask_confirmations()


class _Sitting:
    """The questions of the second and third part.

    Args:
        app: of the run.
        lists: what there is to ask.
        flags: of the command.
    """

    def __init__(self, app: App, lists: Lists, flags: Flags) -> None:
        self.app = app
        self.lists = lists
        self.flags = flags

    def ask_feedback(self) -> None:
        """Each showing without a word, one by one."""
        lore = self.lists.lore()
        owed = self.lists.owed(lore)
        self.app.console.print()
        self.lists.head(N_("Feedback"))
        if not owed:
            self.app.console.say(self.app.text(NOTHING_MISSING))
            return
        answers: list[Action] = []
        try:
            for one in owed:
                action = self._feedback(one, lore)
                if action is not None:
                    answers.append(action)
        finally:
            self._file(answers, N_("feedback: {count}"))

    def _feedback(self, owed: Owed, lore: Lore) -> Action | None:
        from brokernotes.features.capturing_fields import BadValueError
        from brokernotes.features.evening import feedback_action, settles

        app = self.app
        app.console.say("")
        app.console.say(self.lists.owed_line(owed, lore))
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

        app, lore = self.app, self.lists.lore()
        voice = self.lists.vault_language()
        waiting = [
            (one, party) for one in self.lists.appointments(lore)
            for party in self.lists.open_parties(one, lore)
        ]  # fmt: skip
        app.console.print()
        self.lists.head(N_("Tomorrow"))
        if not waiting:
            app.console.say(app.text(N_("nothing to confirm")))
            return
        told: list[Action] = []
        before = None
        try:
            for one, party in waiting:
                if one is not before:
                    app.console.say("")
                    app.console.say(self.lists.appointment_line(one))
                    before = one
                app.console.say(f"  {self.lists.role(party)}: {message(one, party, voice)}")
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

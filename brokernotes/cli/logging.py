"""`log`, `plan`, `done` and `cancel`: what happened, what is going to, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.entry_logging import Asked, log_entry
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.log_entries import read_piped
from brokernotes.cli.options import (
    common_options,
    entry_field_options,
    offers,
    writing_options,
)
from brokernotes.cli.planned import Outcome, change_box_of, entry_asked, note_and_entry
from brokernotes.cli.texts import command
from brokernotes.cli.verb_list import verbs_option
from brokernotes.cli.writers import Flags, pointing, writing
from brokernotes.language import N_


@command(
    "log",
    N_(
        "Append an entry to the log of a note, and print its id and the note's path.\n\n"
        "Words after VERB are its text, whatever they begin with; `-` reads it from standard "
        "input. `--set` gives fields of the entry, such as 结果=未接 or interest=3. Of an offer, a "
        "listing and an amount may come first: `offer L-C4XB3T 580`."
    ),
    N_(
        "Examples: `brokernotes log C-BYY1MQ 电话 没人接 --set 结果=未接 --next +3d`, "
        "`brokernotes log '李女士 浦东三房' 带看 嫌客厅小 --with L-C4XB3T --at '昨天 14:30'`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.argument(
    "words", metavar="VERB [TEXT]...", nargs=-1, required=True,
    shell_complete=offers("verb_words"),
)  # fmt: skip
@click.option("--at", metavar="WHEN", help=N_("When it happened; else now."))
@click.option("--with", "others", multiple=True, metavar="REF", help=N_("A note it concerns too."))
@entry_field_options
@verbs_option
@writing_options
@common_options
@pass_app
def log_command(
    app: App,
    ref: str,
    words: Sequence[str],
    at: str | None,
    others: Sequence[str],
    settings: Sequence[str],
    promised: str | None,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Append an entry to a note's log."""
    asked = Asked(ref, words, at, others, settings, promised)
    log_entry(app, asked, Flags(dry_run, commit, as_json))


@command(
    "cancel",
    N_(
        "Call off a planned entry; the words after it say why.\n\n"
        "ENTRY is REF:ID, or the ID alone where no other note has it; an entry without an id is "
        "REF:20260820T1430. Nothing that stands in the entry changes."
    ),
    N_(
        "Examples: `brokernotes cancel C-BYY1MQ:3egq4185b 业主临时有事`, "
        "`brokernotes cancel 3egq4185b`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("entry", metavar="ENTRY")
@click.argument("words", metavar="[TEXT]...", nargs=-1)
@writing_options
@common_options
@pass_app
def cancel_command(
    app: App,
    entry: str,
    words: Sequence[str],
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Call off a planned entry."""
    asked = entry_asked(app, entry)
    said, rest = read_piped(app, words)
    with pointing(app), writing(app):
        found = note_and_entry(app, asked)
        outcome = Outcome(" ".join(said), rest)
        change_box_of(app, found, "-", outcome, Flags(dry_run, commit, as_json))

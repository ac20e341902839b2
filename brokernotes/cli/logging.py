"""`log`, `plan`, `done` and `cancel`: what happened, what is going to, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.log_entries import (
    append,
    author_of,
    check_corrected,
    entry_fields,
    happened,
    is_about_rent,
    notes_and_text,
    read_piped,
)
from brokernotes.cli.options import (
    common_options,
    entry_field_options,
    offers,
    writing_options,
)
from brokernotes.cli.persons_called import warn_of_colleague
from brokernotes.cli.planned import Outcome, change_box_of, entry_asked, note_and_entry
from brokernotes.cli.texts import command
from brokernotes.cli.verb_list import verbs_option
from brokernotes.cli.writers import Flags, name_of, open_note, pointing, writing
from brokernotes.features.deals_offers import OFFER_VERBS, take_offer
from brokernotes.features.lifecycle import DEEDS
from brokernotes.features.log_making import (
    find_verb,
    take_outcome,
)
from brokernotes.language import N_
from brokernotes.model.records import LogEntry
from brokernotes.notes.log_writing import child_lines


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
    flags = Flags(dry_run, commit, as_json)
    with pointing(app):
        verb, count = find_verb(words, app.vault.rules.schema)
        text, rest = read_piped(app, words[count:])
        moment = happened(app, at)
        with writing(app) as vault:
            fields = entry_fields(app, settings, promised, moment)
            row = vault.resolve(ref)
            opened = open_note(app, row)
            check_corrected(opened, fields)
            links = [vault.resolve(other) for other in others]
            if verb.id in OFFER_VERBS:
                named, text = notes_and_text(app, text)
                links += named
            said, fields = take_outcome(" ".join(text), fields, verb, vault.reader.log_book)
            if verb.id in OFFER_VERBS:
                lease = is_about_rent(app, row, links)
                said, fields = take_offer(said, fields, verb.id, is_lease=lease)
            entry = LogEntry(
                day=moment.day,
                minutes=moment.minutes,
                verb=verb.id,
                line=0,
                agent=author_of(app, opened),
                links=tuple(dict.fromkeys(name_of(link) for link in links)),
                fields=fields,
                text=said,
                children=child_lines(rest),
            )
            warn_of_colleague(app, opened, entry)
            append(app, opened, [entry], flags, N_("{verb} {title}"))
            if verb.id == "counter_offer" and row.type == "listing" and not as_json:
                from brokernotes.cli.owner_words import say_to_whom

                say_to_whom(app, row, links, moment.day)
            if verb.id in DEEDS and not as_json:
                app.console.say(
                    app.text(
                        N_("This changed no status: `brokernotes status LISTING {verb}` does."),
                        verb=verb.label(app.language.code),
                    )
                )


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

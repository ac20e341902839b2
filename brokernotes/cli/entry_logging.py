"""What `log` does: an entry is read from words and appended to a note.

Nothing here needs Click, so that `cli.plain_logging` can do it before it is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence

from brokernotes.cli.app import App
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
from brokernotes.cli.writers import Flags, name_of, open_note, pointing, writing
from brokernotes.features.log_making import find_verb, take_outcome
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import LogEntry
from brokernotes.model.verbs import DEEDS, OFFER_VERBS
from brokernotes.notes.log_writing import child_lines


class Asked(NamedTuple):
    """What `log` was asked for, as it was typed.

    Attributes:
        ref: the note.
        words: the verb, and the text.
        at: when it happened; None: now.
        others: refs of notes it concerns too.
        settings: fields of the entry.
        promised: when to be in touch next; None: nothing was said.
    """

    ref: str
    words: Sequence[str]
    at: str | None = None
    others: Sequence[str] = ()
    settings: Sequence[str] = ()
    promised: str | None = None


def log_entry(app: App, asked: Asked, flags: Flags) -> None:
    """Append an entry to a note's log, and tell its id.

    Args:
        app: of the run.
        asked: the entry.
        flags: of the command.
    """
    with pointing(app):
        verb, count = find_verb(asked.words, app.vault.rules.schema)
        text, rest = read_piped(app, asked.words[count:])
        moment = happened(app, asked.at)
        with writing(app) as vault:
            fields = entry_fields(app, asked.settings, asked.promised, moment)
            row = vault.resolve(asked.ref)
            opened = open_note(app, row)
            check_corrected(opened, fields)
            links = [vault.resolve(other) for other in asked.others]
            if verb.id in OFFER_VERBS:
                named, text = notes_and_text(app, text)
                links += named
            said, fields = take_outcome(" ".join(text), fields, verb, vault.reader.log_book)
            if verb.id in OFFER_VERBS:
                from brokernotes.features.deals_offers import take_offer

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
            if verb.contact and opened.note.record.type in ("client", "listing"):
                from brokernotes.cli.persons_called import warn_of_colleague

                warn_of_colleague(app, opened, entry)
            append(app, opened, [entry], flags, N_("{verb} {title}"))
            if verb.id == "counter_offer" and row.type == "listing" and not flags.as_json:
                from brokernotes.cli.owner_words import say_to_whom

                say_to_whom(app, row, links, moment.day)
            if verb.id in DEEDS and not flags.as_json:
                app.console.say(
                    app.text(
                        N_("This changed no status: `brokernotes status LISTING {verb}` does."),
                        verb=verb.label(app.language.code),
                    )
                )

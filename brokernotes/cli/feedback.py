"""`done`: what came of a planned entry, or of a whole tour, and what the owner was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.festival_done import Greeted, named_greeting, tick_off_greetings
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.log_entries import entry_fields, happened, read_piped
from brokernotes.cli.options import (
    common_options,
    entry_field_options,
    writing_options,
)
from brokernotes.cli.planned import (
    FoundEntry,
    Outcome,
    change_box_of,
    entry_asked,
    note_and_entry,
    refuse_future,
    stands,
)
from brokernotes.cli.texts import command
from brokernotes.cli.writers import (
    Flags,
    conclude,
    outcome,
    pointing,
    shown_path,
    tell,
    vault_text,
    writing,
)
from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.log_making import EntryRef, Moment, option_value, parse_entry_ref
from brokernotes.language import N_
from brokernotes.model.records import LogEntry
from brokernotes.notes.names import is_entry_id

if TYPE_CHECKING:
    from brokernotes.features.capturing import Append

MINTED = 9  # characters of an entry's id
FEEDBACK = ("interest", "reaction", "objections", "slip")


class _Said(NamedTuple):
    """What was said of a tour.

    Attributes:
        text: of its last entry. rest: the lines after it.
        fields: of every entry; `next` of the last alone.
        owner: what the owners were told; None: nothing.
        moment: now.
    """

    text: str
    rest: str
    fields: Mapping[str, object]
    owner: str | None
    moment: Moment


@command(
    "done",
    N_(
        "Tick off a planned entry, and add what came of it.\n\n"
        "ENTRY is REF:ID, or the ID alone where no other note has it; an entry without an id is "
        "REF:20260820T1430. Nothing that stands in the entry changes. A festival, such as "
        "New Year's Day, is ticked off in your own note, once everybody was greeted.\n\n"
        "Several ENTRYs of one tour are ticked off in one go: interest, reaction, objections and "
        "slip stand in each, the text and the next date in the last. --owner writes what the "
        "owner was told into the log of the listing, as a contact that reached them."
    ),
    N_(
        "Examples: `brokernotes done C-BYY1MQ:3egq4185b 婆婆点头了 --interest 4 --next +2d`, "
        "`brokernotes done 3egq4185b --reaction 放弃 --objections 采光 --owner 客户嫌暗，价格没谈`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("entry", metavar="ENTRY")
@click.argument("words", metavar="[ENTRY]... [TEXT]...", nargs=-1)
@click.option("--interest", metavar="1-5", help=N_("How much they want it."))
@click.option(
    "--reaction", metavar="WORD", help=N_("like, consider or reject: what they say of it.")
)
@click.option(
    "--objections", metavar="WORDS", help=N_("What they do not like, such as price or light.")
)
@click.option("--slip", metavar="NUMBER", help=N_("Number of the signed showing slip."))
@click.option("--owner", metavar="TEXT", help=N_("What the owner was told, into their log."))
@click.option("--at", metavar="WHEN", help=N_("When it really was, if not as planned."))
@entry_field_options
@writing_options
@common_options
@pass_app
def done_command(
    app: App,
    /,
    entry: str,
    words: Sequence[str],
    owner: str | None,
    at: str | None,
    settings: Sequence[str],
    promised: str | None,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
    **feedback: str | None,
) -> None:
    """Tick off a planned entry."""
    if greeted := named_greeting(entry):
        others = [owner, promised, *feedback.values()]
        if any(one is not None for one in others):
            raise UsageError(N_("of a festival only the text, --at and --set are said"))
        _greet(app, greeted, words, (at, settings), Flags(dry_run, commit, as_json))
        return
    asked = [entry_asked(app, entry)]
    while len(asked) <= len(words) and (more := _entry(words[len(asked) - 1])):
        asked.append(more)
    said, rest = read_piped(app, words[len(asked) - 1 :])
    if at and len(asked) > 1:
        raise UsageError(N_("--at is said of one entry; tick the others off apart"))
    flags = Flags(dry_run, commit, as_json)
    with pointing(app):
        moment = happened(app, at)
        with writing(app):
            fields = entry_fields(app, settings, promised, moment)
            _add_feedback(app, fields, feedback)
            found = [note_and_entry(app, one) for one in asked]
            is_new = told_later(found[0], " ".join(said), fields, moment) is not None
            if len(found) == 1 and owner is None and not is_new:
                said_of_it = Outcome(" ".join(said), rest, fields, moment if at else None)
                change_box_of(app, found[0], "x", said_of_it, flags)
                return
            actually = moment if at else None
            _tick_off(app, found, _Said(" ".join(said), rest, fields, owner, moment), actually,
                      flags)  # fmt: skip


def _greet(
    app: App, greeted: Greeted, words: Sequence[str], more: tuple[str | None, Sequence[str]],
    flags: Flags,
) -> None:  # fmt: skip
    """Tick off the greetings of a festival."""
    at, settings = more
    said, rest = read_piped(app, words)
    with pointing(app):
        moment = happened(app, at)
        with writing(app):
            fields = entry_fields(app, settings, None, moment)
            tick_off_greetings(app, greeted, (" ".join(said), rest), moment, flags, fields)


def _entry(word: str) -> EntryRef | None:
    """The entry a word names; None: it is text."""
    try:
        asked = parse_entry_ref(word)
    except UsageError:
        return None
    is_stamp = len(asked.id) >= 13 and asked.id[:8].isdigit() and asked.id[8] in "Tt"
    is_minted = len(asked.id) == MINTED and asked.id[0].isdigit() and is_entry_id(asked.id.lower())
    is_named = is_minted or (is_stamp and asked.ref is not None)
    return asked if is_named else None


def _add_feedback(app: App, fields: dict[str, object], feedback: Mapping[str, str | None]) -> None:
    """The options that are fields of the entry.

    Raises:
        UsageError: one is said by `--set`, too, or is no value of it.
    """
    for key in FEEDBACK:
        typed = feedback.get(key)
        if typed is None:
            continue
        if key in fields:
            raise UsageError(N_("{key} is given twice"), key=f"--{key}")
        fields[key] = option_value(key, typed, app.vault.reader.log_book, app.now)
    if "next" in fields:  # stands last, as people say it
        fields["next"] = fields.pop("next")


def _tick_off(
    app: App,
    found: Sequence[FoundEntry],
    said: _Said,
    actually: Moment | None,
    flags: Flags,
) -> None:
    """Tick off every entry and tell the owners, in one draft.

    Raises:
        RefusedError: an entry is called off, or still to come; or there is no owner to tell.
    """
    from brokernotes.cli.filing import Filing
    from brokernotes.features.capturing import Append, Tick

    filing = Filing(app)
    told = []
    for place, one in enumerate(found):
        is_last = place == len(found) - 1
        fields = {key: value for key, value in said.fields.items() if is_last or key != "next"}
        text, rest = (said.text, said.rest.splitlines()) if is_last else ("", [])
        action: Append | Tick | None = told_later(one, text, fields, said.moment)
        if action is None:
            if stands(app, one, "x"):
                continue
            refuse_future(app, one, "x")
            action = Tick(one.row.ref, one.entry, one.ref, "x", text, fields, actually)
        made = filing.carry_out(action, rest)
        if made.is_new:
            id_ = one.ref if isinstance(action, Tick) else made.entry
            told.append(f"{id_}\t{shown_path(app, one.row.path)}")
    owners = []
    if said.owner is not None:
        listings = _listings(app, found)
        if not listings:
            raise RefusedError(N_("the entry names no listing whose owner could be told"))
        to_owner = LogEntry(
            day=said.moment.day,
            minutes=said.moment.minutes,
            verb="followup",
            line=0,
            fields={"owner_outcome": "reached"},
            text=said.owner,
        )
        owners = [filing.carry_out(Append(ref, to_owner)) for ref in listings]
    schema, code = app.vault.rules.schema, app.vault.rules.language
    verb = schema.verbs.get(found[0].entry.verb)
    word = verb.label(code) if verb else ""
    subject = vault_text(app, N_("done: {verb} {title}"), verb=word, title=found[0].row.title)
    draft = filing.finish()
    written = conclude(app, draft, flags, subject)
    shape = outcome(app, written, found[0].row, found[0].ref)
    shape["entries"] = [one.ref for one in found]
    shape["owner"] = [{"id": one.id, "path": one.path, "entry": one.entry} for one in owners]
    told += [f"{one.entry}\t{shown_path(app, one.path)}" for one in owners if one.is_new]
    tell(app, flags, draft, shape, told)


def told_later(
    found: FoundEntry, text: str, fields: Mapping[str, object], now: Moment
) -> Append | None:
    """The feedback on an entry that is done already, as a note of its own; None: none is owed.

    Entries are never altered; `due` asks for feedback until such a note gives it.
    """
    from brokernotes.features.capturing import Append
    from brokernotes.features.contacts import has_feedback

    entry = found.entry
    said = LogEntry(
        day=now.day, minutes=now.minutes, verb="note", line=0, links=entry.links,
        fields=dict(fields), text=text,
    )  # fmt: skip
    is_owed = entry.box not in ("planned", "cancelled") and not has_feedback(entry)
    if not is_owed or not has_feedback(said):
        return None
    return Append(found.row.ref, said)


def _listings(app: App, found: Sequence[FoundEntry]) -> list[str]:
    """Refs of the homes that were shown."""
    queries = app.vault.queries
    refs: dict[str, None] = {}
    for one in found:
        rows = [one.row]
        for link in one.entry.links:
            n = queries.resolve(link).n
            if n is not None:
                rows.append(queries.note(n))
        refs |= dict.fromkeys(row.ref for row in rows if row.type == "listing")
    return list(refs)

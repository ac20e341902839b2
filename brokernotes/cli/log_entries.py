"""Log entries between the command line and the note: what is read, written and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from random import SystemRandom
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.writers import (
    Flags,
    agent_of,
    conclude,
    my_note,
    name_of,
    outcome,
    shown_path,
    tell,
    vault_text,
)
from brokernotes.errors import NotFoundError, UsageError
from brokernotes.features.assignments import parse_assignment
from brokernotes.features.log_making import (
    Moment,
    log_fields,
    moment_of,
    option_value,
    parse_moment_option,
)
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from brokernotes.notes.appending import append_entry
from brokernotes.notes.log_sections import TITLES
from brokernotes.notes.log_writing import render_entry
from brokernotes.notes.names import mint_entry_id
from brokernotes.storage.drafts import Draft

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened


# -- what is read


def read_piped(app: App, words: Sequence[str]) -> tuple[list[str], str]:
    """The words of an entry; for a last word `-` what standard input holds.

    Returns:
        The words, and the lines after the text's first.

    Raises:
        UsageError: `-` with nothing, or what is no text, piped in.
    """
    if not words or words[-1] != "-":
        return list(words), ""
    if sys.stdin.isatty() and app.no_input:
        raise UsageError(N_("`-` reads standard input, and nothing is piped into it"))
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(N_("standard input is not UTF-8")) from error
    lines = text.strip().splitlines()
    if not lines:
        raise UsageError(N_("standard input is empty; nothing was written"))
    return [*words[:-1], *lines[:1]], "\n".join(lines[1:])


def happened(app: App, at: str | None) -> Moment:
    """When something happened; now, unless `--at` says otherwise.

    Raises:
        UsageError: it is no moment, or still to come.
    """
    moment = parse_moment_option(at, app.now, "--at")
    if moment.is_after(app.now):
        raise UsageError(
            N_("{when} is still to come"),
            hint=N_("`brokernotes plan` writes down what is going to happen."),
            when=moment.shown,
        )
    return moment


def entry_fields(
    app: App, settings: Sequence[str], promised: str | None, moment: Moment
) -> dict[str, object]:
    """The fields of `--set` and `--next`.

    Raises:
        UsageError: one of them cannot be read, or is given twice.
    """
    book = app.vault.reader.log_book
    fields = log_fields([parse_assignment(one) for one in settings], book, app.now)
    if promised is not None:
        if "next" in fields:
            raise UsageError(N_("{key} is given twice"), key="--next")
        fields["next"] = option_value("next", promised, book, app.now)
    promise = fields.get("next")
    if promise is not None and not isinstance(promise, str):
        day = moment_of(promise).day  # type: ignore[arg-type]  # a moment by its key
        if day < moment.day:
            raise UsageError(
                N_("the next contact, {next}, would be before this one, {when}"),
                next=day.isoformat(),
                when=moment.day.isoformat(),
            )
    return fields


def check_corrected(opened: Opened, fields: Mapping[str, object]) -> None:
    """Make sure that the entry a correction names is there.

    Raises:
        NotFoundError: it is not.
    """
    corrected = fields.get("corrects")
    entries = opened.note.record.entries
    if corrected is not None and all(entry.id != corrected for entry in entries):
        raise NotFoundError(
            N_("{path} has no entry {entry}"), path=opened.path, entry=str(corrected)
        )


def notes_and_text(app: App, words: Sequence[str]) -> tuple[list[NoteRow], list[str]]:
    """The notes that words name exactly, up to the first that names none, and the rest.

    Raises:
        AmbiguousError: a word names more than one note.
    """
    rows: list[NoteRow] = []
    for index, word in enumerate(words):
        row = _find_exact(app, word)
        if row is None:
            return rows, list(words[index:])
        if row not in rows:
            rows.append(row)
    return rows, []


def is_about_rent(app: App, row: NoteRow, links: Sequence[NoteRow]) -> bool:
    """Whether an offer in a note is one for a lease: the note, else what it links, is let."""
    for one in (row, *links):
        values = app.vault.queries.values(one)
        if one.type in ("deal", "listing"):
            transaction = values.get("transaction")
            if transaction in ("sale", "lease"):
                return bool(transaction == "lease")
            return "rent" in values and "price" not in values
    return False


def _find_exact(app: App, word: str) -> NoteRow | None:
    """By id, path, file name, title or alias, by estate and rooms; a colleague's name is text."""
    from brokernotes.storage.refs import find_described

    queries = app.vault.queries
    if word.endswith(".md"):
        found = queries.by_path(word.replace("\\", "/").removeprefix("./"))
        if found:
            return found[0]
    resolved = queries.resolve(word.removeprefix("[[").removesuffix("]]").partition("|")[0])
    numbers = resolved.candidates if resolved.n is None else (resolved.n,)
    rows = [row for row in map(queries.note, numbers) if row.type != "agent"]
    rows = rows or find_described(queries, word, whole=True)
    return app.vault.one_of(word, rows) if rows else None


# -- who


def author_of(app: App, opened: Opened) -> str | None:
    """The name behind `@`: only where who is asking is known and not the note's agent."""
    me = my_note(app)
    if me is None or me.id == agent_of(app, opened):
        return None
    return me.title if me.title in app.vault.reader.log_book.agents else name_of(me)


# -- what is written


def append(
    app: App,
    opened: Opened,
    entries: Sequence[LogEntry],
    flags: Flags,
    subject: str,
    more: Callable[[Sequence[str]], Mapping[str, object]] = lambda _: {},
) -> None:
    """Append entries to one note, all in one write, and tell their ids.

    Args:
        app: of the run; the vault is locked.
        opened: the note.
        entries: without ids.
        flags: of the command.
        subject: of the commit, with `{verb}` and `{title}`.
        more: what programs are told besides, from the ids of the entries.
    """
    draft = Draft(app.vault, app.now)
    minted, findings = draft_entries(app, draft, opened, entries)
    rules, title = app.vault.rules, opened.note.record.title
    verb = rules.schema.verbs[entries[0].verb].label(rules.language)
    written = conclude(app, draft, flags, vault_text(app, subject, verb=verb, title=title))
    row = app.vault.queries.by_path(opened.path)[0]
    shape = outcome(app, written, row, minted[0][0])
    if len(minted) > 1:
        shape["entries"] = [id_ for id_, _ in minted]
    shape |= more([id_ for id_, _ in minted])
    path = shown_path(app, opened.path)
    told = [(id_, path, *_planned_at(app, entry)) for id_, entry in minted]
    tell(app, flags, draft, shape, ["\t".join(one) for one in told])
    if findings:
        app.console.say(
            app.text(
                N_("The log of {path} is followed by other text; `brokernotes check` says more."),
                path=path,
            )
        )


def draft_entries(
    app: App, draft: Draft, opened: Opened, entries: Sequence[LogEntry]
) -> tuple[list[tuple[str, LogEntry]], bool]:
    """Mint an id for each entry and put all of them into the draft.

    Returns:
        Each id with its entry, and whether something was found about the log.
    """
    rules, book = app.vault.rules, app.vault.reader.log_book
    moment = app.now.replace(tzinfo=rules.zone)
    heading = f"## {TITLES[rules.language]}"
    text = opened.note.text
    taken = {entry.id for entry in opened.note.record.entries if entry.id}
    minted: list[tuple[str, LogEntry]] = []
    has_findings = False
    for entry in entries:
        id_ = mint_entry_id(moment, SystemRandom(), taken)
        taken.add(id_)
        lines = render_entry(replace(entry, id=id_), book, lambda name: _title(app, name))
        appended = append_entry(text, lines, heading=heading, book=book)
        text, has_findings = appended.text, bool(appended.findings)
        draft.entries.append((opened.path, id_, lines))
        minted.append((id_, entry))

    def again(other: str) -> str:
        for _, _, lines in draft.entries:
            other = append_entry(other, lines, heading=heading, book=book).text
        return other

    draft.change(opened.source, text, again)
    return minted, has_findings


def _title(app: App, name: str) -> str | None:
    """What people call the note of a file name."""
    n = app.vault.queries.resolve(name).n
    return None if n is None else app.vault.queries.note(n).title


def _planned_at(app: App, entry: LogEntry) -> tuple[str, ...]:
    """When a planned entry is and where it leads: each of several begins later than the last."""
    if not entry.is_open:
        return ()
    titles = [_title(app, link) or link for link in entry.links]
    return (Moment(entry.day, entry.minutes).shown, *titles)

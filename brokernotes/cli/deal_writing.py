"""A change of a deal's note, written in one commit: its fields, its log, what comes next."""

from __future__ import annotations

from random import SystemRandom
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.deal_finding import Deal, read_deal
from brokernotes.cli.deal_page import label
from brokernotes.cli.writers import (
    Flags,
    conclude,
    field_writer,
    outcome,
    shown_path,
    tell,
    vault_text,
)
from brokernotes.features.assignments import Assignment
from brokernotes.features.log_making import Moment
from brokernotes.features.milestones import next_step
from brokernotes.features.note_changes import change_fields
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.model.records import LogEntry
from brokernotes.notes.appending import append_entry, change_box
from brokernotes.notes.log_sections import TITLES
from brokernotes.notes.log_writing import render_entry
from brokernotes.notes.names import mint_entry_id
from brokernotes.storage.drafts import Draft

if TYPE_CHECKING:
    from brokernotes.model.milestones import Step


class DealChange(NamedTuple):
    """What becomes of a deal's note.

    Attributes:
        fields: `KEY=VALUE`.
        entry: to be appended, without id; None: none.
        ticked: planned entries by reference, each with the mark for its box.
    """

    fields: tuple[str, ...]
    entry: LogEntry | None = None
    ticked: tuple[tuple[str, str], ...] = ()


def write_change(  # what one commit says
    app: App,
    deal: Deal,
    change: DealChange,
    flags: Flags,
    subject: str,
    step: Step | None = None,
    planned: Moment | None = None,
) -> None:
    """Write a change of a deal in one commit, and tell what comes next.

    Args:
        app: of the run; the vault is locked.
        deal: as it stands on the disk.
        change: what becomes of its note.
        flags: of the command.
        subject: of the commit, with `{step}` and `{title}`.
        step: what it is about; None: the deal as a whole.
        planned: when the step is to be; None: it happened.
    """
    draft = Draft(app.vault, app.now)
    lines, id_ = _entry_lines(app, deal, change)

    def changed(text: str) -> str:
        return _changed(app, deal, change, lines, text)

    draft.change(deal.opened.source, changed(deal.opened.note.text), changed)
    if id_ is not None:
        draft.entries.append((deal.row.path, id_, lines))
    schema, code = app.vault.rules.schema, app.vault.rules.language
    word = schema.vocabularies["deal_step"].label(step.id, code) if step else ""
    written = conclude(app, draft, flags, vault_text(app, subject, step=word, title=deal.row.title))
    shape = outcome(app, written, deal.row, id_)
    when = f"{label(app, 'deal_step', step.id)} {planned.shown}" if step and planned else None
    told = ["\t".join(filter(None, (id_, shown_path(app, deal.row.path), when)))]
    after = app.vault.reader.read(deal.row.path, changed(deal.opened.note.text))
    coming = next_step(read_deal(app, deal.row, deal.opened._replace(note=after)).steps)
    shape["next"] = coming.step.id if coming else None
    tell(app, flags, draft, shape, told)
    if step is not None and planned is None and coming is not None and not flags.as_json:
        day = f" {coming.day.isoformat()}" if coming.day else ""
        app.console.say(
            app.text(N_("next: {step}{day}"), step=label(app, "deal_step", coming.step.id), day=day)
        )


def _entry_lines(app: App, deal: Deal, change: DealChange) -> tuple[str, str | None]:
    """The lines of the new entry, and its id."""
    if change.entry is None:
        return "", None
    rules = app.vault.rules
    taken = {entry.id for entry in deal.record.entries if entry.id}
    id_ = mint_entry_id(app.now.replace(tzinfo=rules.zone), SystemRandom(), taken)
    return render_entry(
        replace(change.entry, id=id_), app.vault.reader.log_book, lambda _: None
    ), id_


def _assignment(key: str, value: str) -> Assignment:
    return Assignment(f"{key}={value}", key, "=", value, len(key) + 1)


def _changed(app: App, deal: Deal, change: DealChange, lines: str, text: str) -> str:
    """A text of the deal's note with the change made on it."""
    reader = app.vault.reader
    assignments = [_assignment(*one.split("=", 1)) for one in change.fields]
    text, _ = change_fields(reader.read(deal.row.path, text), assignments, field_writer(app))
    for ref, mark in change.ticked:
        text = change_box(text, ref, mark, book=reader.log_book)
    if lines:
        heading = f"## {TITLES[app.vault.rules.language]}"
        text = append_entry(text, lines, heading=heading, book=reader.log_book).text
    return text

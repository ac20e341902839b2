"""A change of a deal's note, written in one commit: its fields, its log, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.deal_finding import Deal, read_deal
from brokernotes.cli.deal_page import label
from brokernotes.cli.note_edits import NoteEdits
from brokernotes.cli.writers import Flags, conclude, outcome, shown_path, tell, vault_text
from brokernotes.features.assignments import Assignment
from brokernotes.features.log_making import Moment
from brokernotes.features.milestones import next_step
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.records import LogEntry
from brokernotes.notes.appending import change_box

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
    filing, path = NoteEdits(app), deal.row.path
    filing.put(path, [_assignment(*one.split("=", 1)) for one in change.fields])
    for ref, mark in change.ticked:
        filing.rework(path, _ticking(app, ref, mark))
    _, ids = filing.put(path, (), [change.entry] if change.entry else ())
    draft, id_ = filing.finish(), ids[0] if ids else None
    schema, code = app.vault.rules.schema, app.vault.rules.language
    word = schema.vocabularies["deal_step"].label(step.id, code) if step else ""
    written = conclude(app, draft, flags, vault_text(app, subject, step=word, title=deal.row.title))
    shape = outcome(app, written, deal.row, id_)
    when = f"{label(app, 'deal_step', step.id)} {planned.shown}" if step and planned else None
    told = ["\t".join(filter(None, (id_, shown_path(app, deal.row.path), when)))]
    after = deal.opened._replace(note=filing.note(path))
    coming = next_step(read_deal(app, deal.row, after).steps)
    shape["next"] = coming.step.id if coming else None
    tell(app, flags, draft, shape, told)
    if step is not None and planned is None and coming is not None and not flags.as_json:
        day = f" {coming.day.isoformat()}" if coming.day else ""
        app.console.say(
            app.text(N_("next: {step}{day}"), step=label(app, "deal_step", coming.step.id), day=day)
        )


def _assignment(key: str, value: str) -> Assignment:
    return Assignment(f"{key}={value}", key, "=", value, len(key) + 1)


def _ticking(app: App, ref: str, mark: str) -> Callable[[str], str]:
    """A step that gives the box of a planned entry another mark."""
    book = app.vault.reader.log_book
    return lambda text: change_box(text, ref, mark, book=book)

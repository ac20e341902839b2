"""`history`: what became of a note, who did it, when and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.errors import AmbiguousError, FieldError, NotFoundError, UsageError
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.revision_cells import RevisionCells
    from brokernotes.features.history import Revision
    from brokernotes.model.schema import Field
    from brokernotes.storage.git_history_reading import Progress, Tell
    from brokernotes.storage.queries import NoteRow

_LOG_WORDS = ("log", "跟进", "跟进记录", "日志")


@command(
    "history",
    N_(
        "Tell what became of a note, from git's history: every field and every log entry, who "
        "changed it, when, and whether by a command or by hand. Newest first, like `git log`; "
        "renames are followed, and a note that was deleted is found by its id, path or file "
        "name. What is not committed yet stands on top.\n\n"
        "With KEY only that field, or `log`, or the entry of that id. Of a price, a rent or a "
        "status it is the course, oldest first: since when each value stood, for how many days, "
        "and how much the price moved; of the time before git has the note its log and the day of "
        "listing tell."
    ),
    N_("Examples: `brokernotes history L-W4AY13 rent`, `brokernotes history 李女士 --since -30d`"),
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.argument("key", metavar="[KEY]", required=False)
@click.option("--since", metavar="DATE", help=N_("Only what was done on DATE or later."))
@click.option("-n", "limit", type=click.IntRange(1), metavar="N", help=N_("At most N changes."))
@click.option("--reveal", is_flag=True, help=N_("Show phones unmasked."))
@listing_options
@common_options
@pass_app
def history_command(
    app: App, ref: str, key: str | None, since: str | None, limit: int | None, reveal: bool,
    form: str,
) -> None:  # fmt: skip
    """Tell what became of a note."""
    from brokernotes.cli.revision_cells import RevisionCells, revealing

    first = past_day(app, since) if since else None
    row, note = _find(app, ref)
    history = app.vault.history
    history.progress = reading_bar(app)
    found = history.of(note)
    cells = RevisionCells(app, revealing(app, [row] if row else [], reveal=reveal))
    field = _field(app, cells, found, key) if key else None
    if field is not None and _has_course(field):
        from brokernotes.cli.history_course import show_course

        show_course(app, cells, found, field, first, limit, form)
        return
    if key:
        found = _about(found, key, field)
    if first is not None:
        found = [one for one in found if one.when.date() >= first]
    found = found[::-1][:limit]
    from brokernotes.cli.history_page import show_revisions

    show_revisions(app, cells, found, form)


def past_day(app: App, text: str) -> date:
    """A day as typed; of a moment its day.

    Raises:
        UsageError: it is none.
    """
    from brokernotes.model.when import parse_when

    try:
        found = parse_when(text, app.now)
    except FieldError as error:
        raise UsageError(
            N_("{value} is no date such as 2026-11-01, -30d or 昨天"), value=text
        ) from error
    return found.date() if isinstance(found, datetime) else found


def reading_bar(app: App) -> Progress:
    """Shows on a terminal that history is being read, when it takes long."""

    def bar(count: Callable[[], int]) -> Tell:
        if not app.console.err.isatty():
            return lambda _: None
        return app.console.meter(count(), app.text(N_("Reading git's history")))

    return bar


def _find(app: App, ref: str) -> tuple[NoteRow | None, NoteRow | str]:
    """The note a REF means; one that is no more by what history calls it.

    Raises:
        NotFoundError: there is and was no such note.
        AmbiguousError: several were called so.
    """
    vault = app.fresh
    try:
        row = vault.resolve(ref)
    except NotFoundError as error:
        gone = vault.history.known(ref)
        if not gone:
            raise
        if len(gone) > 1:
            raise AmbiguousError(
                N_("{ref} may mean {count} notes"),
                hint=N_("Say the id."),
                candidates=tuple(f"{id_ or ''}  {path}".strip() for id_, path in gone),
                ref=ref,
                count=len(gone),
            ) from error
        ((id_, path),) = gone
        return None, id_ or path
    return row, row


def _field(app: App, cells: RevisionCells, found: Sequence[Revision], key: str) -> Field | None:
    """The field a KEY means; None: it is none of the table's, but history has it.

    Raises:
        UsageError: there is nothing of that name.
    """
    note_type = cells.type_of(found[-1]) if found else "listing"
    field = app.vault.rules.schema.find_field(note_type, key)
    if field is None and not _about(found, key, None):
        raise UsageError(
            N_("{key} is no field of this note, and no log entry of it"),
            hint=N_("Say a field such as price or 状态, `log`, or the id of an entry."),
            key=key,
        )
    return field


def _about(found: Sequence[Revision], key: str, field: Field | None) -> list[Revision]:
    """The revisions of one field, of the log, or of one entry."""
    from brokernotes.features.history import EntryRevision, FieldRevision

    wanted = field.key if field else key
    entry = key.lower().lstrip("^")
    return [
        one
        for one in found
        if (isinstance(one, FieldRevision) and one.key == wanted)
        or (
            isinstance(one, EntryRevision)
            and field is None
            and (entry in _LOG_WORDS or one.ref.lower() == entry)
        )
    ]


def _has_course(field: Field) -> bool:
    from brokernotes.features.history import PRICE_KEYS, STATUS_KEYS

    return field.key in PRICE_KEYS or field.key in STATUS_KEYS

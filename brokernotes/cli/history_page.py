"""The changes of a note as a page: commit by commit on a terminal, a line each when piped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from brokernotes.cli.console import Column
from brokernotes.cli.width import pad, width, wrap
from brokernotes.features.history import PATH, EntryRevision, FieldRevision, Revision
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.cli.revision_cells import RevisionCells

_WIDEST = 16  # columns of what was changed


def show_revisions(app: App, cells: RevisionCells, found: Sequence[Revision], form: str) -> None:
    """Print revisions, newest first, in one of the formats."""
    if form != "table":
        keys = ("when", "author", "email", "commit", "operation", "subject", "id", "path", "key",
                "entry", "old", "new")  # fmt: skip
        rows = [cells.plain(one) for one in found]
        app.console.rows(rows, [Column(key, key) for key in keys], form)
        return
    lines = list(_lines(app, cells, found))
    if app.console.is_terminal:
        with app.console.paged():
            _show_page(app, lines)
    else:
        shown = ("when", "who", "what", "change", "how", "commit")
        app.console.rows(lines, [Column(key, key) for key in shown], form)
    if not found:
        app.console.say(app.text(N_("nothing was changed")))


def _show_page(app: App, lines: Sequence[dict[str, str]]) -> None:
    """A heading a commit, and under it what it changed."""
    console = app.console
    heading = ("when", "who", "how", "commit")
    columns = min(max((width(line["what"]) for line in lines), default=0), _WIDEST)
    is_first = True
    for head, changes in groupby(lines, key=lambda line: tuple(line[key] for key in heading)):
        if not is_first:
            console.print()
        is_first = False
        when, *rest = (console.text(one) for one in head if one)
        console.print(f"{console.styled(when, 'bold')}  {'  '.join(rest)}")
        for line in changes:
            what = console.styled(pad(line["what"], columns), "dim")
            room = max(console.width - columns - 4, 20)
            first, *more = wrap(console.text(line["change"]), room)
            console.print(f"  {what}  {first}")
            for one in more:
                console.print(" " * (columns + 4) + one)


def _lines(app: App, cells: RevisionCells, found: Sequence[Revision]) -> Iterator[dict[str, str]]:
    """One line a change; a note that was made or deleted is one, with all it said."""
    whole: dict[tuple[str | None, str], list[Revision]] = {}
    for one in found:
        if isinstance(one, FieldRevision) and (one.is_new_note or one.is_deleted_note):
            whole[one.commit, one.path] = []
    for one in found:
        if (one.commit, one.path) in whole:
            whole[one.commit, one.path].append(one)
    for one in found:
        with_it = whole.get((one.commit, one.path))
        if with_it and not (isinstance(one, FieldRevision) and one.key == PATH):
            continue
        yield {
            "when": cells.at(one),
            "who": cells.who(one),
            "what": cells.what(one),
            "change": _made(app, with_it) if with_it else cells.change(one),
            "how": cells.how(one),
            "commit": (one.commit or "")[:8],
        }


def _made(app: App, found: Sequence[Revision]) -> str:
    entries = sum(isinstance(one, EntryRevision) for one in found)
    fields = app.language.plural(
        N_("{count} field"), N_("{count} fields"), len(found) - entries - 1
    )
    log = app.language.plural(N_("{count} log entry"), N_("{count} log entries"), entries)
    is_new = any(isinstance(one, FieldRevision) and one.is_new_note for one in found)
    message = N_("new note: {fields}, {log}") if is_new else N_("note deleted: {fields}, {log}")
    return app.text(message, fields=fields, log=log)

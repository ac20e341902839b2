"""`edit`: a note in the editor of one's choice, checked when the editor is closed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.note_problems import (
    Counted,
    problem_shapes_of,
    problems_of_text,
    show_problems,
)
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.planned import note_or_entry
from brokernotes.cli.texts import command
from brokernotes.cli.writers import (
    Flags,
    conclude,
    may_ask,
    outcome,
    shown_path,
    tell,
    vault_text,
    writing,
)
from brokernotes.errors import (
    ChangedMeanwhileError,
    RefusedError,
    Severity,
)
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.drafts import Draft

if TYPE_CHECKING:
    from brokernotes.storage.editors import Copy, Editor
    from brokernotes.storage.queries import NoteRow

AT_ONCE = 1.0  # seconds: nobody has opened, looked at and closed a note by then
_KEPT = N_("What you typed is kept in {copy}.")


class _Session(NamedTuple):
    """One note in an editor."""

    app: App
    row: NoteRow
    editor: Editor
    copy: Copy
    tells: bool


@command(
    "edit",
    N_(
        "Open a note in your editor, check what you wrote, and put it in the note.\n\n"
        "The editor is $BROKERNOTES_EDITOR, $VISUAL, $EDITOR, git's core.editor, else the "
        "system's own. What you typed is never thrown away: where it cannot be written, the "
        "place it is kept at is said. REF:ID begins at that entry of the log."
    ),
    N_("Examples: `brokernotes edit L-C4XB3T`, `brokernotes edit '李女士 浦东三房' --line 12`"),
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.option(
    "--line", type=click.IntRange(min=1), metavar="N", help=N_("Begin at this line of the note.")
)
@writing_options
@common_options
@pass_app
def edit_command(
    app: App, ref: str, line: int | None, dry_run: bool, commit: bool | None, as_json: bool
) -> int:
    """Edit a note, and check it."""
    row, entry = note_or_entry(app, ref)
    begin = line or (entry.line if entry else None)
    return edit_note(app, row, Flags(dry_run, commit, as_json), begin)


def edit_note(
    app: App, row: NoteRow, flags: Flags, line: int | None = None, *, tells: bool = True
) -> int:
    """Have a person edit a note.

    Args:
        app: of the run; the vault's lock is not held.
        row: the note.
        flags: of the command.
        line: to begin at.
        tells: whether the path is printed; else it was already.

    Returns:
        The exit code: 1 where errors stand in what was written.
    """
    from brokernotes.storage.editors import find_editor

    editor = find_editor(app.environ, app.vault.repository)
    session = _Session(app, row, editor, _begin(app, row), tells)
    try:
        return _edit(session, flags, line)
    except BaseException:
        _keep(session)
        raise


def _edit(session: _Session, flags: Flags, line: int | None) -> int:
    from brokernotes.storage.reading import text_of

    app, row, copy = session.app, session.row, session.copy
    was_quick = _run(session, line)
    while True:
        data = copy.read()
        if data == copy.base:
            return _nothing_changed(session, flags, was_quick=was_quick)
        text, unreadable, _ = text_of(row.path, data)
        problems = problems_of_text(app, row.path, text, unreadable)
        show_problems(app, problems)
        if not (problems and may_ask(app) and _wants_again(app, problems)):
            break
        _run(session, problems[0][0].position.line)
    _write(session, data, flags, problems)
    return 1 if any(severity == "error" for _, severity in problems) else 0


def _keep(session: _Session) -> None:
    """Say where the text is that did not reach the note; drop a copy nobody changed."""
    copy = session.copy
    if copy.is_changed:
        session.app.console.say(session.app.text(_KEPT, copy=copy.path))
    else:
        copy.discard()


def _begin(app: App, row: NoteRow) -> Copy:
    """A copy of the note as it stands, or the one an earlier edit left."""
    from brokernotes.storage.editors import Copy

    source = app.vault.open(row.path).source
    if not source.data and source.problems:
        raise RefusedError(
            N_("{path} cannot be edited here"),
            hint=N_("`brokernotes check` says what is wrong with it."),
            path=shown_path(app, row.path),
        )
    for copy in reversed(Copy.kept(app.vault.cache, row.ref)):
        if copy.read() == source.data:  # it got there some other way
            copy.discard()
            continue
        app.console.say(
            app.text(N_("An earlier edit never reached the note: {copy}"), copy=copy.path)
        )
        if may_ask(app) and click.confirm(app.text(N_("Go on with it?")), default=True, err=True):
            return copy
    return Copy.begin(app.vault.cache, row.ref, row.path.rpartition("/")[2], source.data)


def _run(session: _Session, line: int | None) -> bool:
    """Let the person edit; whether the editor came back at once.

    Raises:
        UsageError: there is no such editor.
        RefusedError: the editor failed.
    """
    from brokernotes.storage.editors import run_editor

    began = time.monotonic()
    code = run_editor(session.editor, session.copy.path, line, session.app.environ)
    if code:
        raise RefusedError(
            N_("the editor {name} failed with exit code {code}; nothing was written"),
            name=session.editor.name,
            code=code,
        )
    return time.monotonic() - began < AT_ONCE


def _nothing_changed(session: _Session, flags: Flags, *, was_quick: bool) -> int:
    from brokernotes.storage.drafts import Written

    app, row, copy = session.app, session.row, session.copy
    if was_quick:
        app.console.say(
            app.text(
                N_(
                    "{name} came back at once. If its window is still open, save, then run "
                    "`brokernotes edit {ref}` again; the text is {copy}"
                ),
                name=session.editor.name,
                ref=row.ref,
                copy=copy.path,
            )
        )
    else:
        copy.discard()
    if flags.as_json:
        app.console.json({**outcome(app, Written(), row), "problems": []})
    else:
        app.console.say(app.text(N_("nothing changed")))
    return 0


def _wants_again(app: App, problems: Sequence[Counted]) -> bool:
    has_error = problems[0][1] is Severity.ERROR
    return click.confirm(app.text(N_("Edit again?")), default=has_error, err=True)


def _write(session: _Session, data: bytes, flags: Flags, problems: Sequence[Counted]) -> None:
    """Put the text in the note, with what others wrote there meanwhile.

    Raises:
        ChangedMeanwhileError: both changed the same lines.
    """
    from brokernotes.storage.editors import merged

    app, copy = session.app, session.copy
    with writing(app) as vault:
        row = vault.resolve(session.row.ref)
        source = vault.open(row.path).source
        text = merged(vault.repository, copy.base, data, source.data)
        if text is None:
            raise ChangedMeanwhileError(
                N_("{path} has changed since you opened it, in the same place"),
                hint=N_("Nothing was written; `brokernotes edit` goes on with what you typed."),
                path=shown_path(app, row.path),
            )
        draft = Draft(vault, app.now)
        draft.replace(source, text)
        subject = vault_text(app, N_("edited: {title}"), title=row.title)
        written = conclude(app, draft, flags, subject)
        if text != data and not flags.as_json:
            app.console.say(app.text(N_("What others wrote there meanwhile is kept.")))
    if flags.dry_run:
        app.console.say(app.text(_KEPT, copy=copy.path))
    else:
        copy.discard()
    shape = outcome(app, written, row)
    shape["problems"] = problem_shapes_of(app, problems)
    tell(app, flags, draft, shape, [shown_path(app, row.path)] if session.tells else [])

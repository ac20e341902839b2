"""`rename`: a note's file and title, and every link that leads to it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.texts import command
from brokernotes.cli.writers import (
    Flags,
    conclude,
    open_note,
    outcome,
    shown_path,
    tell,
    vault_text,
    writing,
)
from brokernotes.errors import RefusedError
from brokernotes.features.renaming import new_names, own_text
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold
from brokernotes.notes.note import Note
from brokernotes.notes.relinking import Called, Relinking, respelled_note
from brokernotes.storage.backlinks import Linking, find_linking
from brokernotes.storage.drafts import Draft
from brokernotes.storage.queries import NoteRow
from brokernotes.storage.reading import read_text
from brokernotes.storage.vault import Opened


class _Rename(NamedTuple):
    """One rename under way."""

    app: App
    row: NoteRow
    opened: Opened
    relinking: Relinking
    draft: Draft
    left: list[str]  # files whose links cannot be edited


@command(
    "rename",
    N_(
        "Give a note another name: its file, its title, and every link to it in notes, other "
        "Markdown files and bases. The old name becomes an alias.\n\n"
        "All of it happens or nothing. Where the file's name ends in the note's id, it still does."
    ),
    N_(
        "Examples: `brokernotes rename L-C4XB3T 阳光花园 3室2厅 带车位`, "
        "`brokernotes rename '李女士 浦东三房' '李女士 静安两房' --dry-run`"
    ),
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.argument("name", metavar="NAME...", nargs=-1, required=True)
@writing_options
@common_options
@pass_app
def rename_command(
    app: App,
    ref: str,
    name: Sequence[str],
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Rename a note."""
    flags = Flags(dry_run, commit, as_json)
    with writing(app) as vault:
        row = vault.resolve(ref)
        opened = open_note(app, row)
        linking = find_linking(vault, row)
        new = new_names(opened.note, " ".join(name))
        path = row.path[: row.path.rfind("/") + 1] + new.name + ".md"
        _refuse_collision(app, row, path, linking)
        old = Called(opened.note.record.name, opened.note.record.title)
        queries = vault.queries
        relinking = Relinking(lambda target: queries.resolve(target).n == row.n, old, new)
        rename = _Rename(app, row, opened, relinking, Draft(vault, app.now), [])
        _plan_own(rename, path)
        _plan_links(rename, linking)
        subject = vault_text(app, N_("renamed: {old} → {title}"), old=old.title, title=new.title)
        written = conclude(app, rename.draft, flags, subject)
        shape = {**outcome(app, written, row), "path": path, "from": row.path}
        shape["paths"] = list(written.paths)
        shape["left"] = rename.left
        tell(app, flags, rename.draft, shape, [shown_path(app, path)] if written.paths else [])
        _tell_rest(rename, flags)


def _refuse_collision(app: App, row: NoteRow, path: str, linking: Linking) -> None:
    """Names that are equal on some system are one: links could not tell them apart."""
    wanted = fold(path.rpartition("/")[2])
    taken = [one for one in linking.names if fold(one.rpartition("/")[2]) == wanted]
    # By another's title or alias people link to that one; a file of the name would take over.
    n = app.vault.queries.resolve(wanted.removesuffix(".md")).n
    if n is not None:
        taken.append(app.vault.queries.note(n).path)
    for other in taken:
        if other != row.path:
            raise RefusedError(
                N_("{path} is called so already"),
                hint=N_("Nothing was renamed; choose another name."),
                path=shown_path(app, other),
            )


def _plan_own(rename: _Rename, path: str) -> None:
    """The note itself: title, aliases, links to itself, and its file."""
    vault, note = rename.app.vault, rename.opened.note

    def renamed(text: str) -> str:
        read = vault.reader.read(note.path, text)
        return rename.relinking.note(own_text(read, rename.relinking.new), _link_keys(read))

    rename.draft.move(rename.opened.source, path, renamed(note.text), renamed)


def _plan_links(rename: _Rename, linking: Linking) -> None:
    """The links of every other file."""
    vault, relinking = rename.app.vault, rename.relinking
    for path in linking.notes:
        opened = vault.open(path)
        keys = _link_keys(opened.note)
        text = respelled_note(relinking, opened.note.text, keys)
        _plan_file(rename, opened, text, keys)
    for path in linking.texts:
        opened = vault.open(path)
        _plan_file(rename, opened, respelled_note(relinking, opened.note.text), ())
    for path in linking.bases:
        source = read_text(vault.root, path)
        if source.is_exact:
            rename.draft.change(source, relinking.base(source.text), relinking.base)


def _plan_file(rename: _Rename, opened: Opened, text: str | None, keys: Sequence[str]) -> None:
    if text == opened.note.text:
        return
    if text is None or not opened.source.is_exact or opened.source.is_torn:
        rename.left.append(opened.path)
        return
    rename.draft.change(opened.source, text, lambda other: rename.relinking.note(other, keys))


def _link_keys(note: Note) -> tuple[str, ...]:
    """Keys, as the note spells them, whose values are links with or without brackets."""
    return tuple(dict.fromkeys(note.spelled(use.key) for use in note.links if use.key))


def _tell_rest(rename: _Rename, flags: Flags) -> None:
    app, draft = rename.app, rename.draft
    for path in rename.left:
        app.console.say(
            app.text(
                N_("{path} is left as it is; its links lead there by the old name, an alias now"),
                path=shown_path(app, path),
            )
        )
    if flags.as_json:
        return
    if not draft.changes:
        title = rename.relinking.new.title
        app.console.say(app.text(N_("{title} is called so already; nothing changed"), title=title))
    elif not flags.dry_run and (count := len(draft.changes) - 1):
        one, many = N_("the links of {count} file follow"), N_("the links of {count} files follow")
        app.console.say(app.language.plural(one, many, count))

"""A note that is to be: its id, its place, and its whole text, made from the vault's template."""

from __future__ import annotations

import os
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.writers import my_note, name_of
from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.language import N_
from brokernotes.model.schema import LETTER_OF_TYPE, NOTE_TYPES
from brokernotes.notes.links import wikilink

if TYPE_CHECKING:
    from brokernotes.features.note_making import Given


def made_note(app: App, note_type: str, title: str, given: Given) -> tuple[str, str, str]:
    """The id, path and text of a new note.

    Args:
        app: of the run; the vault is locked.
        note_type: of it.
        title: of it.
        given: its values.

    Raises:
        RefusedError: the vault's template cannot be filled in.
    """
    from brokernotes.features.note_making import NewNote, note_text
    from brokernotes.notes.names import mint_id

    vault = app.vault
    id_ = mint_id(LETTER_OF_TYPE[note_type], SystemRandom(), _Taken(app))
    note = NewNote(note_type, id_, title, given, app.now.replace(microsecond=0))
    name = _free_name(app, note)
    if note_type == "agent":
        note = note._replace(agent=wikilink(name, title))
    elif me := my_note(app):
        note = note._replace(agent=wikilink(name_of(me), me.title))
    template, source = note_template_of(app, note_type)
    try:
        text = note_text(note, template, vault.rules.language)
    except RefusedError as error:
        if source is None:
            raise
        raise RefusedError(
            N_("the template {path} cannot be filled in: {reason}"),
            path=source,
            reason=app.text(error.message, **error.params),
        ) from error
    return id_, f"{note_folder(app, note_type)}/{name}.md", text


class _Taken:
    """Ids that cannot be minted: of any type, since file names end in the six characters only."""

    def __init__(self, app: App) -> None:
        self._queries = app.vault.queries

    def __contains__(self, id_: object) -> bool:
        found = self._queries.resolve(f"#{str(id_)[2:]}")
        return found.n is not None or bool(found.candidates)


def _free_name(app: App, note: Any) -> str:
    """The file's name; with the id behind it where the plain one is taken."""
    from brokernotes.features.note_making import file_name
    from brokernotes.model.folding import fold
    from brokernotes.notes.names import safe_name

    name = file_name(note, app.vault.rules.language)
    if fold(name) in {fold(known) for known in app.vault.queries.names()}:
        name = safe_name(note.title, f"-{note.id[2:]}")
    return name


def note_template_of(app: App, note_type: str) -> tuple[str, str | None]:
    """The vault's template and its path, else the built-in one."""
    from brokernotes.notes.templates import note_template, template_name
    from brokernotes.storage.reading import read_text

    rules = app.vault.rules
    for code in (rules.language, "en" if rules.language == "zh" else "zh"):
        path = f"templates/{template_name(note_type, code)}"
        try:
            source = read_text(app.vault.root, path)
        except NotFoundError:
            continue
        if source.is_exact and source.text.strip():
            return source.text, path
    return note_template(note_type, rules.language, rules.schema), None


def note_folder(app: App, note_type: str) -> str:
    """The folder of the vault's language; the other one where only that exists."""
    from brokernotes.model.folding import fold

    kind = next(one for one in NOTE_TYPES if one.id == note_type)
    there = {fold(name): name for name in os.listdir(app.vault.root)}  # noqa: PTH208
    code = app.vault.rules.language
    for name in (kind.folders[code], *kind.folders.values()):
        if fold(name) in there:
            return there[fold(name)]
    return kind.folders[code]

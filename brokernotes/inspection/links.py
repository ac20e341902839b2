"""Links that lead elsewhere than a reader or their field thinks, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from brokernotes.errors import FieldError, Position
from brokernotes.features.vault_checks import FoundLink
from brokernotes.model.phones import parse_phone
from brokernotes.model.schema import Kind, Schema
from brokernotes.storage import check_queries
from brokernotes.storage.resolver import BY_ID, BY_NAME

if TYPE_CHECKING:
    from brokernotes.notes.note import Note
    from brokernotes.storage.vault import Vault

NoteAt = Callable[[str], "Note"]  # the note at a path, as it stands on the disk


def wanted_types(schema: Schema) -> dict[tuple[str, str], tuple[str, ...]]:
    """The types of note each link field is meant for, by note type and key."""
    return {
        (row.note_type, row.key): row.link
        for row in schema.all_fields()
        if row.kind is Kind.LINK and row.link
    }


def found_links(vault: Vault) -> Iterator[FoundLink]:
    """Links to a note of the wrong type, and those that Obsidian would not follow."""
    queries, db = vault.queries, vault.index.db
    wanted = wanted_types(vault.rules.schema)
    types = dict(db.execute("SELECT path, type FROM note").fetchall())
    for row in check_queries.links_of_wrong_type(db, wanted):
        meant = wanted[types[row.path], row.key]
        yield FoundLink(
            row.path, row.target, row.key, row.places, "name", (row.target,), row.type, meant
        )
    for row in check_queries.links_not_by_name(db):
        found = queries.resolve(row.target)
        if found.n is not None and found.rank == BY_NAME:
            continue  # a path tells two files of one name apart
        numbers = found.candidates if found.n is None else (found.n,)
        notes = check_queries.notes_by_number(db, numbers)
        names = _names([path for path, _ in notes.values()])
        by = "id" if found.rank == BY_ID else "alias"
        other, meant = "", wanted.get((types[row.path], row.key), ())
        if found.n is not None and meant and notes[found.n][1] not in meant:
            other = notes[found.n][1]
        yield FoundLink(row.path, row.target, row.key, row.places, by, names, other, meant)


def _names(paths: list[str]) -> tuple[str, ...]:
    """File names of notes; with the folder where two have one name."""
    names = [path.rpartition("/")[2].removesuffix(".md") for path in sorted(paths)]
    if len(set(names)) < len(names):
        names = [path.removesuffix(".md") for path in sorted(paths)]
    return tuple(names)


def locator(note_at: NoteAt) -> Callable[[str, str, str | None], Position]:
    """Finds places by reading notes again; only notes with problems are asked for."""

    def at(path: str, key: str, item: str | None) -> Position:
        note = note_at(path)
        raw = note.block.values.get(note.spelled(key))
        if item is None or not isinstance(raw, list):
            return note.at(key)
        for index, text in enumerate(raw):
            if item in (text, _digits(text)):
                return note.at(key, index)
        return note.at(key)

    return at


def _digits(text: str) -> str | None:
    try:
        return parse_phone(text).number
    except FieldError:
        return None

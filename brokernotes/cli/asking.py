"""Asking the person at the terminal which of several notes is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App
from brokernotes.cli.cells import shown_value
from brokernotes.cli.width import fit, pad, visible
from brokernotes.errors import AmbiguousError, NotFoundError
from brokernotes.language import N_
from brokernotes.model.folding import fold_text
from brokernotes.model.pinyin import is_typed_sound, sounds_like

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

SHOWN = 20  # more are narrowed down by a part of the name
GAP = 2  # columns between two texts
LEAST_TITLE = 16  # columns
TOLD = {
    "client": ("stage", "grade"),
    "listing": ("status", "price", "rent"),
    "deal": ("stage",),
    "community": ("district",),
    "agent": ("role", "store"),
}


def choose_note(app: App, error: AmbiguousError) -> None:
    """Let the person choose one of the notes of a REF; the vault remembers it for the run.

    Raises:
        NotFoundError: none was chosen.
        Abort: the person left with Ctrl-C or Ctrl-D.
    """
    queries = app.vault.queries
    rows = [row for path in error.paths for row in queries.by_path(path)]
    left = rows
    app.console.say(app.text(error.message, **error.params))
    while len(left) != 1:
        _show(app, left)
        answer = click.prompt(
            app.text(N_("Which? Its number or a part of its name; Enter for none")),
            default="", show_default=False, err=True,
        ).strip()  # fmt: skip
        if answer in ("", "q", "Q"):
            raise NotFoundError(
                N_("nothing was done: {ref} may mean {count} notes, and none was chosen"),
                ref=error.ref,
                count=len(error.paths),
            )
        narrowed = _numbered(left, answer) or _called(left, answer) or _called(rows, answer)
        if not narrowed:
            app.console.say(app.text(N_("none of them is called {text}"), text=answer))
        left = narrowed or left
    app.vault.choose(error.ref, error.paths, left[0].path)


def _numbered(rows: Sequence[NoteRow], answer: str) -> list[NoteRow]:
    """The note of a number that is shown."""
    is_shown = answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= SHOWN
    return list(rows[int(answer) - 1 : int(answer)]) if is_shown else []


def _called(rows: Sequence[NoteRow], answer: str) -> list[NoteRow]:
    """The notes with an answer in what is shown of them, or that sound so."""
    part = fold_text(answer)
    named = [row for row in rows if part in fold_text(f"{row.title} {row.id or ''} {row.path}")]
    if named or not is_typed_sound(answer):
        return named
    return [row for row in rows if sounds_like(row.title, answer, anywhere=True)]


def _show(app: App, rows: Sequence[NoteRow]) -> None:
    lines = [
        (str(at), row.title, row.id or "", row.path.rpartition("/")[0], _about(app, row))
        for at, row in enumerate(rows[:SHOWN], 1)
    ]
    cells = [tuple(map(visible, line)) for line in lines]
    widths = fit([("",) * 5, *cells], [0, LEAST_TITLE, 0, 4, 4], app.console.width - GAP)
    for number, *texts in cells:
        parts = [pad(number, widths[0], right=True)]
        parts += [pad(text, size) for text, size in zip(texts, widths[1:], strict=True) if size]
        app.console.say(f"{' ' * GAP}{(' ' * GAP).join(parts)}".rstrip())
    if len(rows) > SHOWN:
        more = app.language.plural(
            N_("{count} more note"), N_("{count} more notes"), len(rows) - SHOWN
        )
        app.console.say(f"{' ' * GAP}{more}")


def _about(app: App, row: NoteRow) -> str:
    """What tells a note from its like: a status, a price, when one was last in touch."""
    return " · ".join(_told(app, row))


def _told(app: App, row: NoteRow) -> Iterator[str]:
    schema, queries = app.vault.rules.schema, app.vault.queries
    values, code = queries.values(row), app.language.code
    for key in TOLD[row.type]:
        if key in values:
            field = schema.fields(row.type)[key]
            said = shown_value(app, schema, field, values[key])
            yield f"{field.label(code)} {said}" if key in ("price", "rent", "grade") else said
    days = [one.last_contact for one in queries.occurrences_of(row.n) if one.last_contact]
    if days:
        yield app.text(N_("last contact {date}"), date=max(days))

"""An argument with something wrong in it, shown with the place underlined."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from brokernotes.cli.app import App
from brokernotes.cli.width import visible, width
from brokernotes.errors import ArgumentError, UsageError


@contextlib.contextmanager
def pointing(app: App) -> Iterator[None]:
    """Show the argument something is wrong with, and underline the place."""
    try:
        yield
    except ArgumentError as error:
        from brokernotes.features.problem_texts import spoken

        argument = visible(error.argument.replace("\n", " "))
        before = width(visible(error.argument[: error.start]))
        marks = width(visible(error.argument[error.start : error.end]))
        params = spoken(error.params, app.language, app.vault.rules.schema)
        raise UsageError(
            "{what}\n  {argument}\n  {marks}",
            hint="{advice}" if error.hint else "",
            what=app.text(error.message, **params),
            advice=app.text(error.hint, **params),
            argument=argument,
            marks=" " * before + "^" * max(marks, 1),
        ) from error

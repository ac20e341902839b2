"""A step over several files that an earlier command began: what became of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App


def tell_of_finished(app: App) -> None:
    """Say on standard error which interrupted steps this run brought to their end."""
    for done in app.vault.finished:
        app.console.say(
            app.text(N_("An earlier command was interrupted; it is finished now: {subject}"),
                     subject=done.subject)
        )  # fmt: skip
        for path, _ in done.left:
            app.console.say(
                app.text(N_("{path} was changed meanwhile and is left as it is."), path=path)
            )
        if done.kept:
            app.console.say(
                app.text(N_("What should stand there is kept in {path}."), path=done.kept)
            )
    app.vault.finished.clear()

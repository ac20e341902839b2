"""Whether a person can be asked which note is meant, and the command run again when they said."""

from __future__ import annotations

import sys
from collections.abc import Callable

from brokernotes.cli.app import App
from brokernotes.errors import AmbiguousError


def may_ask(app: App) -> bool:
    """Whether a person is there to answer."""
    return not app.no_input and sys.stdin.isatty() and sys.stderr.isatty()


def until_certain(app: App, work: Callable[[], object]) -> object:
    """Run a command; where a REF means several notes and a person is there, ask, and again.

    So the question is asked while the vault is not locked, and for every command alike.
    """
    while True:
        try:
            return work()
        except AmbiguousError as error:
            if not error.paths or app.vault.has_written or not may_ask(app):
                raise
            from brokernotes.cli.asking import choose_note
            from brokernotes.cli.texts import use_language

            use_language(app)
            choose_note(app, error)

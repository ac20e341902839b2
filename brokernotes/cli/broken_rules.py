"""Rules with errors in them: said by every command, and reason enough to write nothing.

`check` shows them with their places, and is not asked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from brokernotes.errors import Severity, VaultError
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.errors import Problem

_SHOWN = 3


def tell_of_rules(app: App) -> None:
    """Say which settings are not in force."""
    found = [one for one in app.vault.rules_problems if one.severity is Severity.ERROR]
    for one in found[:_SHOWN]:
        app.console.say(_sentence(app, one))
    if found:
        app.console.say(app.text(N_("Other settings hold; `brokernotes check` says more.")))


def refuse_unread_rules(app: App) -> None:
    """Write nothing by rules that are not the brokerage's: another language, no secrets.

    Raises:
        VaultError: the rules, or a part of them nobody knows, could not be read.
    """
    if not app.vault.rules_problems:
        return
    from brokernotes.model.problems.rules import FILE

    unread = {kind.code for kind in FILE if kind.severity is Severity.ERROR}
    unread |= {"unreadable", "not-utf8", "file-too-big"}
    for one in app.vault.rules_problems:
        if one.code in unread:
            raise VaultError(
                N_("{problem}; until that is mended nothing is written"),
                hint=N_("`brokernotes check` says more."),
                problem=_sentence(app, one),
            )


def _sentence(app: App, found: Problem) -> str:
    from brokernotes.features.problem_texts import worded

    at = found.position
    return f"{at.path}:{at.line}:{at.column}: {worded(found, app.language).message}"

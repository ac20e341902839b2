"""`--verbs`: every verb of the log, with the words that are read as it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from brokernotes.cli.app import App
from brokernotes.language import N_
from brokernotes.model.schema import fold


def _show_verbs(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if not is_wanted or ctx.resilient_parsing:
        return
    app: App = ctx.find_root().obj
    code = app.language.code
    joint = "、" if code == "zh" else ", "
    for verb in app.vault.rules.schema.verbs.values():
        first = verb.label(code)
        words = {fold(word): word for word in reversed(verb.spellings())}
        others = [word for key, word in reversed(words.items()) if key != fold(first)]
        said = app.text(N_("{verb}: {words}"), verb=first, words=joint.join(others))
        app.console.print(app.console.text(said))
    ctx.exit()


def verbs_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that lists verbs in place of writing."""
    return click.option(
        "--verbs",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_verbs,
        help=N_("List the verbs and their spellings, and write nothing."),
    )(function)

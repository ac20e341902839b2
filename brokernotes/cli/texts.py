"""Help in the reader's language: Click's own words and ours."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from brokernotes.language import LOCALE_FOLDER, N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App

# Click translates these through gettext; they stand here so that our catalogue has them.
CLICK_MESSAGES = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Missing argument {param_hint}."),
    N_("No such option {name}."),
    N_("No such option: {name}"),
    N_("default: {default}"),
    N_("required"),
    N_("Did you mean {possibility}?"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} requires an argument."),
    N_("Got unexpected extra argument ({args})"),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
)


def use_language(app: App) -> None:
    """Let Click speak the run's language, as far as the catalogue goes."""
    gettext.bindtextdomain("brokernotes", LOCALE_FOLDER)
    gettext.textdomain("brokernotes")
    from brokernotes.errors import BrokernotesError

    try:
        code = app.language.code
    except BrokernotesError:
        return
    # gettext knows its language only from the environment of the process.
    os.environ["LANGUAGE"] = code


class _Translated:
    """Translates the help of a command when it is shown."""

    help: str | None
    epilog: str | None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own help."""
        text = _spoken(ctx, self.help or "")
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in text.split("\n\n"):
                if paragraph.startswith("\b\n"):
                    for line in paragraph.split("\n")[1:]:
                        formatter.write_text(line)
                else:
                    formatter.write_text(" ".join(paragraph.split()))
                formatter.write_paragraph()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples."""
        if self.epilog:
            formatter.write_paragraph()
            for line in _spoken(ctx, self.epilog).split("\n"):
                formatter.write_text(line)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters, their help translated."""
        params: list[click.Parameter] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if isinstance(param, click.Option) and param.help:
                param.help = _spoken(ctx, param.help)
        return params


def _spoken(ctx: click.Context, text: str) -> str:
    app: App | None = ctx.find_root().obj
    return app.text(text) if app is not None and text else text


class TranslatedCommand(_Translated, click.Command):
    """A command whose help speaks the reader's language."""


class TranslatedGroup(_Translated, click.Group):
    """A group whose help speaks the reader's language."""

    command_class = TranslatedCommand


def command(
    name: str, help_text: str, examples: str, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a command: its name, what it does, two real examples."""
    return click.command(
        name,
        cls=settings.pop("cls", TranslatedCommand),
        help=help_text,
        epilog=examples,
        **settings,
    )

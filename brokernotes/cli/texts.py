"""Help in the reader's language: Click's own words and ours, laid out for wide characters."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.width import width, wrap
from brokernotes.language import LOCALE_FOLDER, N_, NP_

if TYPE_CHECKING:
    from brokernotes.cli.app import App

# Click translates these through gettext; they stand here so that our catalogue has them.
CLICK_MESSAGES = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("No such option {name!r}."),
    N_("No such option: {name}"),  # of Click before 8.4
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Error: {message}"),  # of a prompt
    N_("Error: invalid input"),
)
CLICK_PLURALS = (
    NP_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    NP_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NP_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NP_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
# Click has no translations for these.
NUMBERS = (N_("integer range"), N_("integer"))
PLACEHOLDERS = {
    "[OPTIONS]": N_("[OPTIONS]"),
    "COMMAND [ARGS]...": N_("COMMAND [ARGS]..."),
    "[COMMAND] [ARGS]...": N_("[COMMAND] [ARGS]..."),
}


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


def usage_message(app: App, error: click.UsageError) -> str:
    """What is wrong with a command line, as one sentence; Click glues this one together."""
    param = error.param if isinstance(error, click.MissingParameter) else None
    if isinstance(param, click.Argument) and not error.message:
        name = param.human_readable_name
        return app.text(N_("Missing argument {param_hint}."), param_hint=name)
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(app, error)
    message = error.format_message()
    if isinstance(error, click.BadParameter):
        for name in NUMBERS:
            message = message.replace(name, app.text(name))
    # Click parts its sentences by a space, which Chinese does not have.
    return message.replace("。 ", "。")


def _no_such_option(app: App, error: click.NoSuchOption) -> str:
    """That there is no such option, and the one that was probably meant; Click goes by letters."""
    from brokernotes.cli.likely_options import likely_option

    params = error.ctx.command.get_params(error.ctx) if error.ctx is not None else []
    options = [one for one in params if isinstance(one, click.Option) and not one.hidden]
    likely = likely_option(error.option_name, [name for one in options for name in one.opts])
    message = app.text(N_("there is no option {name}"), name=f"`{error.option_name}`")
    if likely is None:
        return message
    joint = "；" if app.language.code == "zh" else "; "
    return message + joint + app.text(N_("did you mean {likely}?"), likely=f"`{likely}`")


class _Page(click.HelpFormatter):
    """Help whose lines are measured in columns: Chinese characters take two."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, indented."""
        margin = " " * self.current_indent
        for line in wrap(text, self.width - self.current_indent):
            self.write(f"{margin}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms and what they mean, in two columns."""
        rows = list(rows)
        first = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        margin = " " * (self.current_indent + first)
        for term, meaning in rows:
            lines = wrap(meaning, max(self.width - len(margin), 10))
            terms = _broken(term, self.width - self.current_indent)
            for line in terms[:-1]:
                self.write(f"{'':{self.current_indent}}{line}\n")
            head = f"{'':{self.current_indent}}{terms[-1]}"
            if width(head) + col_spacing <= len(margin):
                head += " " * (len(margin) - width(head)) + lines.pop(0)
            self.write(head.rstrip() + "\n")
            for line in lines:
                self.write(f"{margin}{line}\n")


def _broken(term: str, columns: int) -> list[str]:
    """An option with too many choices for one line."""
    lines = [""]
    for part in term.replace("|", "|\0").split("\0"):
        if lines[-1] and width(lines[-1] + part) > columns:
            lines.append("    ")
        lines[-1] += part
    return lines


class _HelpContext(click.Context):
    formatter_class = _Page


def _show_help(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if is_wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


class _Translated:
    """Translates the help of a command when it is shown."""

    context_class: type[click.Context] = _HelpContext
    help: str | None
    epilog: str | None
    add_help_option: bool
    _help_option: click.Option | None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, without Click's sentence: gettext takes our whole catalogue apart for one."""
        names = self.get_help_option_names(ctx)  # type: ignore[attr-defined]
        if self._help_option is None and names and self.add_help_option:
            self._help_option = click.Option(
                [*names, "wants_help"], is_flag=True, expose_value=False, is_eager=True,
                help="Show this message and exit.", callback=_show_help,
            )  # fmt: skip
        return self._help_option

    def make_parser(self, ctx: click.Context) -> Any:
        """The parser of Click, which finds `-n` at once.

        It looks among the long options first and makes an error in vain, for whose sentence
        gettext takes our whole catalogue apart.
        """
        parser = super().make_parser(ctx)  # type: ignore[misc]
        parser._long_opt = {**parser._short_opt, **parser._long_opt}
        return parser

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the command's name."""
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [_spoken(ctx, PLACEHOLDERS.get(piece, "")) or piece for piece in pieces]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own help."""
        text = _spoken(ctx, self.help or "")
        with formatter.indentation():
            for paragraph in text.split("\n\n"):
                formatter.write_paragraph()
                formatter.write_text(" ".join(paragraph.split()))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands of a group."""
        rows = [option_row(ctx, param) for param in self.get_params(ctx)]  # type: ignore[attr-defined]
        with formatter.section(_spoken(ctx, N_("Options"))):
            formatter.write_dl([row for row in rows if row is not None])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples: ours are told as `Examples: …` with each command in backticks."""
        if not self.epilog:
            return
        epilog = _spoken(ctx, self.epilog)
        with formatter.section(epilog.partition("`")[0].strip(" :：")):
            # Not wrapped, so that they can be copied.
            for example in example_lines(epilog):
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


def example_lines(epilog: str) -> list[str]:
    """The commands of `Examples: …`, which stand in backticks."""
    return epilog.split("`")[1::2]


def option_row(ctx: click.Context, param: click.Parameter) -> tuple[str, str] | None:
    """An option and its meaning, translated; None: it is not shown."""
    row = None if isinstance(param, click.Argument) else param.get_help_record(ctx)
    if row is None or not isinstance(param, click.Option):
        return row
    term, meaning = row
    if "--help" in param.opts:  # Click made it, in the language of the first to ask
        return term, _spoken(ctx, N_("Show this message and exit."))
    source = param.help or ""
    return term, _spoken(ctx, source) + meaning.removeprefix(source)


def _spoken(ctx: click.Context, text: str) -> str:
    app: App | None = ctx.find_root().obj
    return app.text(text) if app is not None and text else text


class TranslatedCommand(_Translated, click.Command):
    """A command whose help speaks the reader's language."""


class TranslatedGroup(_Translated, click.Group):
    """A group whose help speaks the reader's language."""

    command_class = TranslatedCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


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

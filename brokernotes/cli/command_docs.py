"""The reference of the command line, from the commands' own help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from brokernotes.cli.app import App
from brokernotes.cli.main import COMMANDS, cli
from brokernotes.cli.texts import TranslatedGroup, example_lines, option_row
from brokernotes.language import N_, Language
from brokernotes.language import language as language_of

_INTRO = N_(
    "Generated from the commands' own help, which `brokernotes COMMAND --help` shows; do not edit. "
    "Names of kinds, keys, values and verbs are read in Chinese and English everywhere. A REF is "
    "an id, the beginning of one, a path, a name or a part of it, its initials in pinyin, an "
    "alias or a phone."
)
_EXIT_CODES = (
    (0, N_("done, clean, or an empty list")),
    (1, N_("findings of error severity, or refused by a rule")),
    (2, N_("an option, query or value")),
    (3, N_("no vault, broken rules, or a newer format")),
    (4, N_("no such note or agent, or more than one")),
    (5, N_("changed meanwhile, or a conflict")),
    (70, N_("internal error; `--debug` shows where")),
    (74, N_("the system refused to read or write")),
    (130, N_("interrupted")),
)


def commands_page(language: str) -> str:
    """Every command with its options and examples.

    Args:
        language: `zh` or `en`.
    """
    words = language_of(language)
    app = App({"BROKERNOTES_LANG": language})
    app.language_option = language
    root = click.Context(cli, info_name="brokernotes", obj=app, **cli.context_settings)
    lines = [f"# {words.text(N_('The command line'))}", "", words.text(_INTRO), ""]
    lines += [f"- [`{name}`](#{name}) — {words.text(line)}" for name, (_, line) in COMMANDS.items()]
    lines += ["", f"## {words.text(N_('Options of every command'))}", ""]
    lines += _table(root, words, root.command.get_params(root))
    for name in COMMANDS:
        command = cli.get_command(root, name)
        if command is None:
            raise LookupError(name)
        lines += _command(name, command, root, words, level=2)
    lines += ["", f"## {words.text(N_('Exit codes'))}", ""]
    lines += [f"| {words.text(N_('Code'))} | {words.text(N_('What it means'))} |", "|---|---|"]
    lines += [f"| {code} | {words.text(meaning)} |" for code, meaning in _EXIT_CODES]
    return "\n".join(lines) + "\n"


def _command(
    name: str, command: click.Command, above: click.Context, words: Language, level: int
) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=above, obj=above.obj)
    yield from ("", f"{'#' * level} {name}", "", "```text")
    yield f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    yield "```"
    for paragraph in words.text(command.help or "").split("\n\n"):
        yield from ("", " ".join(paragraph.split()))
    help_option = command.get_help_option(context)
    params = [one for one in command.get_params(context) if one is not help_option]
    if any(option_row(context, one) for one in params):
        yield from ("", *_table(context, words, params))
    if command.epilog:
        shown = "\n".join(f"$ {line}" for line in example_lines(words.text(command.epilog)))
        yield from ("", "```console", shown, "```")
    if isinstance(command, TranslatedGroup):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is None:
                raise LookupError(below)
            yield from _command(below, found, context, words, level + 1)


def _table(
    context: click.Context, words: Language, params: Iterable[click.Parameter]
) -> Iterator[str]:
    yield f"| {words.text(N_('Option'))} | {words.text(N_('What it does'))} |"
    yield "|---|---|"
    for row in (option_row(context, one) for one in params):
        if row is not None:
            yield f"| `{_cell(row[0])}` | {_cell(row[1])} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

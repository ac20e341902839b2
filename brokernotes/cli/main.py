"""The root group: commands, loaded when they are called."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

import click

from brokernotes import __version__
from brokernotes.cli.app import App
from brokernotes.cli.boundary import bounded
from brokernotes.cli.choosing import until_certain
from brokernotes.cli.console import COLOURS
from brokernotes.cli.texts import TranslatedGroup, use_language
from brokernotes.language import LANGUAGES, N_

# name → module and the line `--help` shows, so that neither needs the module
COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("init", N_("Make a vault.")),
    "new": ("writing", N_("Make a note from its template.")),
    "import": ("importing", N_("Make notes of the rows of a spreadsheet.")),
    "check": ("check", N_("Report every problem of every note.")),
    "list": ("listing", N_("List notes by a query.")),
    "tree": ("tree", N_("Count notes by one field within another.")),
    "find": ("find", N_("Find notes by any text in them.")),
    "show": ("show", N_("Show one note with what the tool knows of it.")),
    "path": ("places", N_("Print where a note's file is.")),
    "open": ("places", N_("Open a note in Obsidian.")),
    "edit": ("edit", N_("Edit a note in your editor, then check it.")),
    "set": ("writing", N_("Change fields of a note.")),
    "status": ("status", N_("Say where a listing stands, or take its next step.")),
    "rename": ("rename", N_("Rename a note and every link to it.")),
    "log": ("logging", N_("Append an entry to a note's log.")),
    "plan": ("planning", N_("Write down what is going to happen.")),
    "done": ("feedback", N_("Tick off a planned entry.")),
    "cancel": ("logging", N_("Call off a planned entry.")),
    "deal": ("deal", N_("Show how far a deal is, and say how it goes on.")),
    "inbox": ("inbox", N_("File what was dictated outdoors.")),
    "evening": ("evening", N_("Close the day: inbox, feedback, tomorrow's appointments.")),
    "match": ("match", N_("Rank what suits a client, or whom a listing suits.")),
    "propose": ("propose", N_("Write a proposal of listings for a client.")),
    "due": ("due", N_("Say what to do today, most pressing first, and why.")),
    "history": ("history", N_("Tell what became of a note, by whom and when.")),
    "changes": ("changes", N_("Say what changed since the last working day.")),
    "ical": ("ical", N_("Write the follow-up calendar that phones show.")),
    "watch": ("watch", N_("Keep index, problems and calendar current while people edit.")),
    "commission": ("commission", N_("Share a deal's fee, every line explained.")),
    "report": ("report", N_("Tell what the notes say as a whole.")),
    "evidence": ("evidence", N_("Gather what settles a dispute over client and listing.")),
    "handover": ("handover", N_("Show what an agent holds; hand it over.")),
    "fmt": ("fmt", N_("Write front matter as Obsidian writes it.")),
    "index": ("index", N_("Bring the index up to date.")),
    "export": ("export", N_("Write what other programs read.")),
    "doctor": ("doctor", N_("Say what is wrong with vault, git and computer, and the mend.")),
}

# Seldom needed: a beginning that one other command shares with them alone is that command's.
SELDOM = frozenset(("fmt", "doctor"))
OPTIONS_WITH_VALUE = ("-C", "--vault", "--agent", "--as", "--lang")


class RootGroup(TranslatedGroup):
    """Commands by name, loaded when they are called; unambiguous prefixes count."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command by its name or an unambiguous beginning of it."""
        name = cmd_name
        if name not in COMMANDS:
            begun = _begun(name)
            if len(begun) != 1:
                return None
            name = begun[0]
        module = import_module(f"brokernotes.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not name.startswith("-"):
            begun = _begun(name)
            app: App = ctx.obj
            if begun:
                raise click.UsageError(
                    app.text(N_("{name} may be {names}"), name=name, names=", ".join(begun)), ctx
                )
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, 1)
            hint = app.text(N_("; did you mean {name}?"), name=near[0]) if near else ""
            raise click.UsageError(
                app.text(N_("there is no command {name}"), name=name) + hint, ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        app: App = ctx.obj
        rows = [(name, app.text(line)) for name, (_, line) in COMMANDS.items()]
        with formatter.section(app.text(N_("Commands"))):
            formatter.write_dl(rows)


def _begun(name: str) -> list[str]:
    """The commands that a beginning may mean."""
    begun = [known for known in COMMANDS if known.startswith(name)]
    daily = [known for known in begun if known not in SELDOM]
    return daily if len(daily) == 1 else begun


@click.group(
    cls=RootGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=N_(
        "Run a real-estate brokerage in plain text: clients, listings, follow-ups and the "
        "calendar, as Markdown notes in git."
    ),
    epilog=N_("Examples: `brokernotes init demo --demo`, `brokernotes due`"),
    no_args_is_help=True,
)
@click.option("-C", "--vault", metavar="DIR", help=N_("The vault; else the folder you are in."))
@click.option("--agent", metavar="AGENT", help=N_("Whose business it is: name or id."))
@click.option(
    "--as", "viewer", metavar="AGENT", help=N_("Show only what AGENT may see (private listings).")
)
@click.option("--lang", type=click.Choice(LANGUAGES), help=N_("Language of the messages."))
@click.option(
    "--color",
    type=click.Choice(COLOURS),
    help=N_("Colour: on a terminal (auto, and NO_COLOR is heeded), always, or never."),
)
@click.option("--no-pager", is_flag=True, help=N_("Never show long lists through a pager."))
@click.option("--no-input", is_flag=True, help=N_("Never ask anything."))
@click.option("--debug", is_flag=True, help=N_("Show the traceback of an internal error."))
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    help=N_("The version."),
    callback=lambda ctx, _, asked: _show_version(ctx) if asked else None,
)
@click.pass_context
def cli(
    ctx: click.Context,
    vault: str | None,
    agent: str | None,
    viewer: str | None,
    lang: str | None,
    color: str | None,
    no_pager: bool,
    no_input: bool,
    debug: bool,
) -> None:
    """Hold the options that every command shares."""
    app: App = ctx.obj
    if viewer:
        from brokernotes.cli.viewing import allow

        called = cli.get_command(ctx, ctx.invoked_subcommand or "")
        allow(called.name if called is not None and called.name else "")
        app.as_option = viewer
    app.vault_option = vault or app.vault_option
    app.agent_option = agent or app.agent_option
    app.language_option = lang or app.language_option
    app.colour_option = color or app.colour_option
    app.no_pager = no_pager or app.no_pager
    app.no_input = no_input
    app.debug = debug


def _show_version(ctx: click.Context) -> None:
    click.echo(f"brokernotes {__version__}")
    ctx.exit(0)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    _open_closed_streams()
    args = list(sys.argv[1:] if argv is None else argv)
    app = App(os.environ)
    _peek_language(app, args)
    sys.exit(run(app, args))


def _open_closed_streams() -> None:
    """Give a process that began without a stream (`>&-`, some schedulers) one that leads nowhere.

    This comes first, or the next file to be opened would take the number of the stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _peek_language(app: App, args: list[str]) -> None:
    """Learn the language before Click does: its own messages need it."""
    for at, word in enumerate(args):
        if word == "--lang" and at + 1 < len(args):
            app.language_option = args[at + 1]
        elif word.startswith("--lang="):
            app.language_option = word.partition("=")[2]
        elif word in ("-C", "--vault") and at + 1 < len(args):
            app.vault_option = args[at + 1]
        elif word.startswith("--vault="):
            app.vault_option = word.partition("=")[2]


def run(app: App, args: list[str]) -> int:
    """Run one command.

    Returns:
        The exit code; see `brokernotes.errors` and `docs/commands.md`.
    """
    return bounded(app, lambda: _run(app, args))


def ended_early(error: BaseException, args: list[str]) -> int:
    """The exit code of a command that ended so before Click was loaded; it is said."""
    app = App(os.environ)
    _peek_language(app, args)

    def fail() -> int:
        raise error

    if isinstance(error, KeyboardInterrupt):
        sys.stderr.write("\n")  # as Click does: the terminal shows ^C
    return bounded(app, fail)


def _run(app: App, args: list[str]) -> int:
    use_language(app)
    if "_BROKERNOTES_COMPLETE" in os.environ:
        from brokernotes.cli.shells import register

        register()
    result = until_certain(
        app, lambda: cli.main(args=args, prog_name="brokernotes", standalone_mode=False, obj=app)
    )
    sys.stdout.flush()
    return result if isinstance(result, int) else 0

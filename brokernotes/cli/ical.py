"""`ical`: the follow-up calendar, as files that any phone or program reads."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.ical_choices import CALENDARS, DETAILS
from brokernotes.cli.ical_sync import (
    PULL_LINE,
    PUSH_LINE,
    SYNC_LINE,
    pull_command,
    push_command,
    sync_command,
)
from brokernotes.cli.options import PLACE, common_options
from brokernotes.cli.texts import TranslatedCommand, TranslatedGroup, command
from brokernotes.errors import Severity, SystemRefusedError
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.features.calendar_lint import LintFinding

SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.HINT: N_("hint"),
}
CHECK_LINE = N_("Report what calendar programs trip over in a file, ours or anybody's.")
SERVE_LINE = N_("Serve the calendars as subscriptions, at secret addresses on this computer.")
COMMANDS = (
    ("check FILE…", CHECK_LINE),
    ("serve", SERVE_LINE),
    ("push", PUSH_LINE),
    ("pull", PULL_LINE),
    ("sync", SYNC_LINE),
)
PORT = 5233  # beside Radicale's 5232


class _IcalGroup(TranslatedGroup):
    """`ical` itself writes; what it can do besides is listed in the reader's language."""

    command_class = TranslatedCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands."""
        app: App = ctx.find_root().obj
        with formatter.section(app.text(N_("Commands"))):
            formatter.write_dl([(name, app.text(line)) for name, line in COMMANDS])


@command(
    "ical",
    N_(
        "Write the follow-up calendar (RFC 5545), for you when it knows who you are, else for "
        "all. Three files, since a phone has one colour and one alert switch for each: "
        "showings.ics (what is planned, signings, ends of entrustments and leases), "
        "followups.ics, greetings.ics. Default: calendar/ in the vault, which git ignores.\n\n"
        "Today is what `due` shows; what is overdue stands there too, with its true date in the "
        "text. What did not change stays byte-identical, from one day to the next."
    ),
    N_(
        "Examples: `brokernotes ical --agent 王敏`, `brokernotes ical -o work.ics --detail minimal`"
    ),
    cls=_IcalGroup,
    invoke_without_command=True,
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR/",
    type=PLACE,
    help=N_("One calendar into FILE (`-`: standard output), or the three into DIR/."),
)
@click.option(
    "--vdir", metavar="DIR", type=PLACE, help=N_("One file an item, for khal and vdirsyncer.")
)
@click.option(
    "--calendar",
    "chosen",
    type=click.Choice(CALENDARS),
    multiple=True,
    help=N_("Only this one; may be repeated."),
)
@click.option(
    "--detail",
    type=click.Choice(DETAILS),
    default="normal",
    show_default=True,
    help=N_("How much of the notes it tells; full: phones, doors, numbers of keys as well."),
)
@click.option("--reveal", is_flag=True, help=N_("Show phones unmasked."))
@click.option("--dry-run", is_flag=True, help=N_("Show the diff, write nothing."))
@click.option("--json", "as_json", is_flag=True, help=N_("Tell the outcome as JSON."))
@common_options
@pass_app
@click.pass_context
def ical_command(
    ctx: click.Context,
    app: App,
    output: str | None,
    vdir: str | None,
    chosen: tuple[str, ...],
    detail: str,
    reveal: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the calendar."""
    if ctx.invoked_subcommand is not None:
        return
    from brokernotes.cli.ical_writing import DEFAULT_FOLDER, CalendarWriter

    writer = CalendarWriter(app, chosen or CALENDARS, detail=detail, reveals=reveal)
    if output == "-":
        _print_bytes(writer.one_calendar())
        return
    with writer.locked():
        if output is not None or vdir is None:
            writer.write_files(output, dry_run=dry_run)
        if vdir is not None:
            writer.write_vdir(vdir, dry_run=dry_run)
    if detail == "full" and not dry_run:
        from brokernotes.cli.full_detail import say_where_it_stands

        files = () if output is None and vdir is not None else (output or DEFAULT_FOLDER,)
        say_where_it_stands(app, (*files, *((vdir,) if vdir is not None else ())))
    if dry_run:
        app.console.out.write(writer.diff())
    elif as_json:
        app.console.json([outcome.shape() for outcome in writer.outcomes])
    else:
        for outcome in writer.outcomes:
            app.console.print(outcome.line(app.language))


def _print_bytes(data: bytes) -> None:
    """Bytes as they are: a calendar's lines end with CRLF on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@ical_command.command(  # type: ignore[attr-defined, untyped-decorator]
    "check",
    help=CHECK_LINE,
    epilog=N_(
        "Examples: `brokernotes ical check calendar/showings.ics`, "
        "`brokernotes ical check --json calendar/*.ics`"
    ),
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=N_("For programs."))
@common_options
@pass_app
def check_command(app: App, files: tuple[str, ...], as_json: bool) -> int:
    """Report what is wrong with calendar files."""
    from brokernotes.features.calendar_lint import lint

    found = [(name, each) for name in files for each in lint(_read(name))]
    if as_json:
        app.console.json([_finding_shape(app, name, each) for name, each in found])
    else:
        for name, each in found:
            app.console.print(app.console.text(_finding_line(app, name, each)))
        _tell_sum(app, len(files), [each for _, each in found])
    return 1 if any(each.severity is Severity.ERROR for _, each in found) else 0


@ical_command.command(  # type: ignore[attr-defined, untyped-decorator]
    "serve",
    help=N_(
        "Serve the calendars as subscriptions, at secret addresses on this computer.\n\n"
        "Each calendar has an address of its own, with a token in it that nobody guesses. It is "
        "printed the first time, on a terminal only; --show prints it again, --rotate makes new "
        "ones, also while it is being served. A reader gets the calendar as it is at that moment, "
        "and nothing where it did not change. A phone does not reach this computer's own "
        "127.0.0.1: for phones put a proxy with HTTPS in front and say its address with --url.\n\n"
        "It serves you when it knows who you are, else all. --all-agents serves each colleague a "
        "calendar of their own, with what they may see and nothing else (as --as does)."
    ),
    epilog=N_(
        "Examples: `brokernotes ical serve --agent 王敏`, "
        "`brokernotes ical serve --all-agents --url https://calendar.example.com`"
    ),
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
    help=N_("Where it listens; 0: at any that is free."),
)  # fmt: skip
@click.option(
    "--host", default="127.0.0.1", show_default=True,
    help=N_("At which address of this computer; others than its own are reached from outside."),
)  # fmt: skip
@click.option("--url", metavar="URL", help=N_("What the addresses begin with, behind a proxy."))
@click.option(
    "--detail", type=click.Choice(DETAILS),
    help=N_("How much of the notes they tell, as with `ical`."),
)  # fmt: skip
@click.option("--all-agents", "everyone", is_flag=True, help=N_("Calendars for each colleague."))
@click.option("--show", "shows", is_flag=True, help=N_("Print the addresses and end."))
@click.option("--rotate", is_flag=True, help=N_("Make new addresses, print them and end."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print the addresses as JSON."))
@common_options
@pass_app
@click.pass_context
def serve_command(
    ctx: click.Context,
    app: App,
    port: int,
    host: str,
    url: str | None,
    detail: str | None,
    everyone: bool,
    shows: bool,
    rotate: bool,
    as_json: bool,
) -> None:
    """Serve the calendars, or print their addresses."""
    from brokernotes.cli.ical_serve import serve, show

    if shows or rotate:
        show(app, url=url, everyone=everyone, rotate=rotate, as_json=as_json)
        return
    if as_json:
        raise click.UsageError(app.text(N_("--json goes with --show or --rotate")))
    above = ctx.parent.params["detail"] if ctx.parent is not None else "normal"
    serve(app, host=host, port=port, url=url, detail=detail or above, everyone=everyone)


for _command in (push_command, pull_command, sync_command):
    ical_command.add_command(_command)  # type: ignore[attr-defined]


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).expanduser().read_bytes()
    except OSError as error:
        raise SystemRefusedError(
            N_("cannot read {path}: {reason}"), path=name, reason=error.strerror or str(error)
        ) from error


def _finding_line(app: App, name: str, found: LintFinding) -> str:
    severity = app.text(SEVERITIES[found.severity])
    message = app.text(found.message, **found.params)
    return f"{name}:{found.line}: {severity}[{found.code}] {message}"


def _finding_shape(app: App, name: str, found: LintFinding) -> dict[str, Any]:
    return {
        "path": name.replace(os.sep, "/"),
        "line": found.line,
        "severity": str(found.severity),
        "code": found.code,
        "params": dict(found.params),
        "message": app.text(found.message, **found.params),
    }


def _tell_sum(app: App, files: int, found: list[LintFinding]) -> None:
    """How many of each, last; a clean file is said to be clean."""
    language = app.language
    errors = sum(each.severity is Severity.ERROR for each in found)
    read = language.plural(N_("{count} file"), N_("{count} files"), files)
    if not found:
        app.console.say(app.text(N_("{files}: nothing wrong"), files=read))
        return
    app.console.say(
        app.text(
            N_("{files}: {errors}, {warnings}"),
            files=read,
            errors=language.plural(N_("{count} error"), N_("{count} errors"), errors),
            warnings=language.plural(
                N_("{count} warning"), N_("{count} warnings"), len(found) - errors
            ),
        )
    )

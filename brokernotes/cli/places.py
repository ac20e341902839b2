"""`path` and `open`: where a note's file is, and the note in Obsidian."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, offers
from brokernotes.cli.shown import shown_path
from brokernotes.cli.texts import command
from brokernotes.errors import NotFoundError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.notes.links import obsidian_uri

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.storage.queries import NoteRow


@command(
    "path",
    N_(
        "Print where the file of each REF is, from the folder you are in, for other programs.\n\n"
        "REF:ID is the note of that entry of a log, and with --json its line. All are found, or "
        "none is printed."
    ),
    N_("Examples: `brokernotes path '李女士 浦东三房'`, `brokernotes path -0 L-C4XB3T C-BYY1MQ`"),
)
@click.argument("refs", metavar="REF...", nargs=-1, required=True, shell_complete=offers("refs"))
@click.option("-0", "--null", is_flag=True, help=N_("End each with NUL, for xargs -0."))
@click.option("--json", "as_json", is_flag=True, help=N_("Tell the outcome as JSON."))
@common_options
@pass_app
def path_command(app: App, refs: tuple[str, ...], null: bool, as_json: bool) -> None:
    """Print paths."""
    found = [_meant(app, ref) for ref in refs]
    if as_json:
        app.console.json([_place(row, entry) for row, entry in found])
        return
    # Not through the console: a path is for programs, to the last byte.
    end = "\0" if null else "\n"
    app.console.out.write("".join(shown_path(app, row.path) + end for row, _ in found))


def _meant(app: App, ref: str) -> tuple[NoteRow, LogEntry | None]:
    """The note of a REF, or of REF:ID with its entry; what reads logs is loaded for that alone."""
    try:
        return app.fresh.resolve(ref), None
    except NotFoundError:
        from brokernotes.cli.planned import note_or_entry

        return note_or_entry(app, ref)


def _place(row: NoteRow, entry: LogEntry | None) -> dict[str, object]:
    place: dict[str, object] = {"id": row.id, "path": row.path}
    return place | {"entry": entry.id, "line": entry.line} if entry else place


@command(
    "open",
    N_(
        "Open a note in Obsidian; REF:ID goes to that entry of its log.\n\n"
        "Where there is no screen, or over SSH, the address is printed instead."
    ),
    N_("Examples: `brokernotes open L-C4XB3T`, `brokernotes open C-BYY1MQ:3egq4185b --print`"),
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.option("--print", "only_print", is_flag=True, help=N_("Print the address, open nothing."))
@click.option("--json", "as_json", is_flag=True, help=N_("Tell the outcome as JSON."))
@common_options
@pass_app
def open_command(app: App, ref: str, only_print: bool, as_json: bool) -> None:
    """Open a note in Obsidian."""
    from brokernotes.cli.planned import note_or_entry

    row, entry = note_or_entry(app, ref)
    block = entry.id if entry else None
    address = obsidian_uri(app.vault.name, row.path, block=block)
    opens = not only_print and _has_screen(app)
    if opens and click.launch(address):
        raise SystemRefusedError(
            N_("the system knows no program for {address}"),
            hint=N_("Is Obsidian installed? `--print` prints the address."),
            address=address,
        )
    if as_json:
        app.console.json({"id": row.id, "path": row.path, "uri": address, "opened": opens})
    elif not opens:
        app.console.out.write(f"{address}\n")


def _has_screen(app: App) -> bool:
    environ = app.environ
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))

"""`watch`: keeps index, problems and calendar current while people edit."""

from __future__ import annotations

import contextlib
import time

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.ending import EndedError, ended_by_signals
from brokernotes.cli.options import PLACE, common_options
from brokernotes.cli.texts import command
from brokernotes.language import N_

FORMATS = ("text", "jsonl")
DETAILS = ("minimal", "normal", "full")


@command(
    "watch",
    N_(
        "Keep the index, the list of problems and the calendar current while people edit, in "
        "Obsidian or anything else. It says which problems came and which are gone as soon as a "
        "note is saved, writes the calendar when it changes and when a day begins (00:05), and "
        "is quiet otherwise. Other commands are faster while it runs.\n\n"
        "It runs until Ctrl-C, or until the system ends it; docs/watching.md tells how to have "
        "the system start it."
    ),
    N_("Examples: `brokernotes watch`, `brokernotes watch --agent 王敏 -o work.ics`"),
)
@click.option(
    "--poll",
    is_flag=True,
    help=N_("Look at the files every second or so: for network and cloud disks."),
)
@click.option("--no-ical", is_flag=True, help=N_("Write no calendar."))
@click.option(
    "-o", "--output", "outputs", metavar="FILE|DIR/", type=PLACE, multiple=True,
    help=N_("Where the calendar goes, as with `ical`; may be repeated."),
)  # fmt: skip
@click.option(
    "--detail", type=click.Choice(DETAILS), default="normal", show_default=True,
    help=N_("How much of the notes the calendar tells."),
)  # fmt: skip
@click.option("--once", is_flag=True, help=N_("Look once and leave: for a scheduler."))
@click.option("-v", "--verbose", is_flag=True, help=N_("A line for every look that found news."))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help=N_("For people, or a JSON document a line for editors."),
)  # fmt: skip
@common_options
@pass_app
def watch_command(
    app: App,
    poll: bool,
    no_ical: bool,
    outputs: tuple[str, ...],
    detail: str,
    once: bool,
    verbose: bool,
    form: str,
) -> int:
    """Keep everything current."""
    from brokernotes.cli.watch_calendars import CalendarKeeper, write_calendars
    from brokernotes.cli.watch_looking import Looking
    from brokernotes.cli.watch_news import News
    from brokernotes.cli.watch_standby import StandbyKeeper
    from brokernotes.storage.locking import watch_lock
    from brokernotes.storage.watch import Clocks, Watcher

    if no_ical and outputs:
        raise click.UsageError(app.text(N_("--no-ical does not go with -o")))
    calendars: tuple[str | None, ...] = () if no_ical else outputs or (None,)
    vault = app.vault  # a vault that is not there is said before anything is watched
    with watch_lock(vault.cache):
        if calendars and app.agent_option:
            _ = app.agent  # a name that is nobody's is said now, not with every calendar
        if calendars and detail == "full":
            from brokernotes.cli.full_detail import say_where_it_stands
            from brokernotes.cli.ical_writing import DEFAULT_FOLDER

            say_where_it_stands(app, [output or DEFAULT_FOLDER for output in calendars])
        news = News(app, form=form, is_verbose=verbose, is_short=once)
        standby = StandbyKeeper(vault.root, app.environ, time.monotonic)
        looking = Looking(app, news, CalendarKeeper(news, calendars, detail), standby)
        try:
            if once:
                write_calendars(looking.look_once(), news, calendars, detail)
                return 0
            watcher = Watcher(
                vault.root,
                vault.cache,
                clocks=Clocks(time.monotonic, time.time),
                look=looking.look,
                tell=news.talk,
                polls=poll,
            )
            with contextlib.suppress(EndedError, BrokenPipeError), ended_by_signals():
                watcher.run()
        finally:
            looking.close()
    return 0

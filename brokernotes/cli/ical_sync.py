"""`ical push`, `pull` and `sync`: the calendars on a server, and what phones do to them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.ical_choices import CALENDARS, DETAILS
from brokernotes.cli.options import common_options, writing_options
from brokernotes.cli.outcomes import written_json
from brokernotes.cli.texts import TranslatedCommand
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass

if TYPE_CHECKING:
    from brokernotes.cli.caldav_filing import PhoneFiling
    from brokernotes.cli.caldav_session import Session
    from brokernotes.cli.writers import Flags
    from brokernotes.storage.drafts import Written

PUSH_LINE = N_("Put the calendars on a CalDAV server, as far as they differ there.")
PULL_LINE = N_("Take into the notes what was done on the phone.")
SYNC_LINE = N_("Both: first from the phone, then to it.")


def _server_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Where the calendars are, and which."""
    for option in reversed(
        (
            click.option("--url", metavar="URL", help=N_("Address of the calendar server.")),
            click.option("--user", metavar="NAME", help=N_("Who one is there.")),
            click.option(
                "--password-command",
                "command",
                metavar="COMMAND",
                help=N_("A command that prints the password."),
            ),
            click.option(
                "--calendar",
                "chosen",
                type=click.Choice(CALENDARS),
                multiple=True,
                help=N_("Only this one; may be repeated."),
            ),
            click.option(
                "--detail",
                type=click.Choice(DETAILS),
                default="normal",
                show_default=True,
                help=N_("How much of the notes they tell, as with `ical`."),
            ),
        )
    ):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which calendars, where."""

    url: str | None
    user: str | None
    command: str | None
    chosen: tuple[str, ...]
    detail: str


@click.command(
    "push",
    cls=TranslatedCommand,
    help=N_(
        "Put the calendars on a CalDAV server, as far as they differ there.\n\n"
        "Follow-ups are tasks that a phone ticks off, showings and greetings are events, each in "
        "a calendar of its own, which is made where there is none. What was ticked, written or "
        "moved on the phone stays, and `ical pull` takes it into the notes. What was deleted there "
        "comes back.\n\n"
        "The server is named by --url, by BROKERNOTES_CALDAV_URL or by `git config "
        "brokernotes.caldavUrl`, the user likewise. The password comes from "
        "BROKERNOTES_CALDAV_PASSWORD, from the command that --password-command or `git config "
        "brokernotes.caldavPasswordCommand` names, from the keyring, or from you; never from the "
        "vault."
    ),
    epilog=N_(
        "Examples: `brokernotes ical push --agent 王敏`, "
        "`brokernotes ical push --url https://dav.example.com --user wang --dry-run`"
    ),
)
@_server_options
@click.option("--dry-run", is_flag=True, help=N_("Say what would be sent, send nothing."))
@click.option("--json", "as_json", is_flag=True, help=N_("Tell the outcome as JSON."))
@common_options
@pass_app
def push_command(app: App, /, dry_run: bool, as_json: bool, **server: Any) -> int:
    """Put the calendars on the server."""
    return _run(app, _Asked(**server), (dry_run, None, as_json), takes=False, sends=True)


@click.command(
    "pull",
    cls=TranslatedCommand,
    help=N_(
        "Take into the notes what was done on the phone: a ticked task is the contact that was "
        "due, words below the line in an item are an entry of their own, a moved day is the new "
        "promise or the new plan. What was made on the phone goes to the note it is certainly "
        "about, else to the inbox.\n\n"
        "Each comes once, also on another computer. What only the notes can move, such as a "
        "signing, is told and keeps its day. Nothing that is deleted on the phone is deleted in "
        "the notes."
    ),
    epilog=N_("Examples: `brokernotes ical pull --dry-run`, `brokernotes ical pull --json`"),
)
@_server_options
@writing_options
@common_options
@pass_app
def pull_command(
    app: App, /, dry_run: bool, commit: bool | None, as_json: bool, **server: Any
) -> int:
    """Take in what was done on the phone."""
    return _run(app, _Asked(**server), (dry_run, commit, as_json), takes=True, sends=False)


@click.command(
    "sync",
    cls=TranslatedCommand,
    help=N_(
        "Both: first from the phone, as `ical pull`, then to it, as `ical push`, whose help says "
        "where the server is named."
    ),
    epilog=N_(
        "Examples: `brokernotes ical sync`, "
        "`brokernotes ical sync --password-command 'pass show caldav'`"
    ),
)
@_server_options
@writing_options
@common_options
@pass_app
def sync_command(
    app: App, /, dry_run: bool, commit: bool | None, as_json: bool, **server: Any
) -> int:
    """Both ways."""
    return _run(app, _Asked(**server), (dry_run, commit, as_json), takes=True, sends=True)


def _run(
    app: App, asked: _Asked, given: tuple[bool, bool | None, bool], *, takes: bool, sends: bool
) -> int:
    from brokernotes.cli.caldav_account import find_account
    from brokernotes.cli.caldav_page import CaldavPage
    from brokernotes.cli.caldav_sending import Sending
    from brokernotes.cli.caldav_session import Session
    from brokernotes.cli.full_detail import FULL, say_where_it_stands
    from brokernotes.cli.writers import Flags

    flags = Flags(*given)
    if app.as_option:
        from brokernotes.cli.viewing import SHOWING
        from brokernotes.errors import UsageError

        raise UsageError(
            N_("{command} does not go with --as, which only shows: use it with {commands}"),
            command="ical sync" if takes and sends else "ical pull" if takes else "ical push",
            commands=", ".join(sorted(SHOWING - {"ical"})),
        )
    account = find_account(app, url=asked.url, user=asked.user, command=asked.command)
    session = Session(app, account, asked.chosen or CALENDARS, asked.detail)
    with _remembered(session, dry_run=flags.dry_run):
        session.connect(makes=sends and not flags.dry_run)
        session.note_unreadable()
        filing, written, diff = _taken(app, session, flags) if takes else (None, None, "")
        sending = None
        if sends:
            now = app.now.replace(tzinfo=app.vault.rules.zone)
            sending = Sending(session, now)
            sending.send_all(dry_run=flags.dry_run)
    if asked.detail == FULL and sends and not flags.dry_run:
        say_where_it_stands(app, (account.url,))
    page = CaldavPage(app, session, filing, sending)
    if flags.as_json:
        app.console.json(_written_shape(written, diff, flags) | page.shape())
    else:
        page.print()
    return 1 if any(not one.is_warning for one in session.troubles) else 0


@contextlib.contextmanager
def _remembered(session: Session, *, dry_run: bool) -> Iterator[None]:
    """Keep what is known of the server, also of a run that breaks off."""
    try:
        yield
    finally:
        session.server.close()
        if not dry_run:
            session.keep()


def _taken(app: App, session: Session, flags: Flags) -> tuple[PhoneFiling, Written, str]:
    """What the phone did, written into the notes."""
    from brokernotes.cli.caldav_filing import PhoneFiling
    from brokernotes.cli.writers import conclude, vault_text, writing

    with writing(app):
        session.notes.read()
        filing = PhoneFiling(app, session)
        draft = filing.file_all()
        count = len(filing.filed)
        subject = vault_text(app, N_("from the phone: {count}"), count=count)
        written = conclude(app, draft, flags, subject)
    if not flags.dry_run:
        filing.remember()
        session.notes.read()
    return filing, written, draft.diff() if flags.dry_run and flags.as_json else ""


def _written_shape(written: Written | None, diff: str, flags: Flags) -> dict[str, Any]:
    if written is None:
        return {}
    shape = written_json(written)
    if flags.dry_run:
        shape["diff"] = diff
    return shape

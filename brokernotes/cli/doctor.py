"""`doctor`: vault, git, clock, encodings, disk, in plain words, each with its mend."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.boundary import app_text
from brokernotes.cli.options import common_options
from brokernotes.cli.texts import command
from brokernotes.cli.width import pad, wrap
from brokernotes.errors import BrokernotesError
from brokernotes.language import N_
from brokernotes.storage.health import Finding, Level, Report

WORDS = {
    Level.OK: N_("ok"),
    Level.NOTE: N_("notice"),
    Level.TROUBLE: N_("trouble"),
}
STYLES = {Level.OK: "good", Level.NOTE: "warning", Level.TROUBLE: "error"}
AREAS = {
    "vault": N_("Vault"),
    "git": N_("Git"),
    "calendar": N_("Calendar"),
    "obsidian": N_("Obsidian"),
    "disk": N_("Disk"),
    "machine": N_("Computer"),
}
_ENDLESS = 10_000  # columns where nobody's terminal ends the line
_Looking = Callable[[], Sequence[Finding]]


@command(
    "doctor",
    N_(
        "Look at vault, rules, caches, git, clock, encodings, disk and Obsidian's settings, and "
        "say in plain words what is well, what is good to know, and what is wrong, each with the "
        "mend. Nothing is written, and nothing is asked of the network without `--online`.\n\n"
        "The exit code is 1 when something is wrong."
    ),
    N_("Examples: `brokernotes doctor`, `brokernotes doctor --online`"),
)
@click.option("--online", is_flag=True, help=N_("Also ask whether git's remotes answer."))
@click.option("--json", "as_json", is_flag=True, help=N_("For programs."))
@common_options
@pass_app
def doctor_command(app: App, online: bool, as_json: bool) -> int:
    """Look at everything."""
    findings: list[Finding] = []
    for area, look in _looks(app, online=online):
        findings += _guarded(area, look)
    if as_json:
        app.console.json([_shape(app, one) for one in findings])
    else:
        _show(app, findings)
    return 1 if any(one.level is Level.TROUBLE for one in findings) else 0


def _looks(app: App, *, online: bool) -> Iterator[tuple[str, _Looking]]:
    """What is looked at, in the order in which it is told."""
    from brokernotes.storage import health_machine as machine
    from brokernotes.storage import health_vault as vaults

    now = _now(app)
    streams = machine.Streams(app.console.out.encoding or "", "")
    if _vault_of(app) is None:
        yield "vault", lambda: _no_vault(app)
        yield "machine", lambda: machine.look_at_machine(None, now, streams)
        return
    vault = app.vault
    yield "vault", lambda: vaults.look_at_vault(vault)
    yield "vault", lambda: _agent(app)
    yield "git", lambda: _git(app, online=online)
    yield "calendar", lambda: vaults.look_at_calendar(vault.root, now)
    yield (
        "obsidian",
        lambda: vaults.look_at_obsidian(vault.root, _wanted_types(app), _templates(app)),
    )
    folders = vaults.count_folders(vault.root)
    yield "disk", lambda: machine.look_at_disk(vault.root, folders)
    yield "machine", lambda: machine.look_at_machine(vault.rules.zone, now, streams)
    yield "machine", lambda: _standby(app)


def _guarded(area: str, look: _Looking) -> Sequence[Finding]:
    """What a look finds; one that fails is a finding too."""
    try:
        return look()
    except BrokernotesError as error:
        reason = str(error)
    except (OSError, sqlite3.Error, ValueError) as error:
        reason = str(error)
    report = Report(area)
    report.trouble(
        f"{area}-unknown",
        N_("this could not be looked at: {reason}"),
        N_("`git status` says more.") if area == "git" else N_("`brokernotes check` may say more."),
        reason=reason,
    )
    return report.findings


def _standby(app: App) -> list[Finding]:
    """What is to be said of the process that stands by while a vault is watched."""
    from brokernotes.cli.standby_asking import stands_by

    report = Report("machine")
    answers = stands_by(app.environ)
    if answers:
        report.ok("standby", N_("`watch` runs, and commands that only read are answered at once"))
    elif answers is not None:
        report.note(
            "standby-other",
            N_("`watch` runs, but answers no commands of this program as it is started here"),
            N_("Start `brokernotes watch` anew; it is of another version, or hangs."),
        )
    return report.findings


def _vault_of(app: App) -> object | None:
    try:
        return app.vault
    except BrokernotesError:
        return None


def _no_vault(app: App) -> list[Finding]:
    """Why there is no vault."""
    try:
        app.vault  # noqa: B018 (it says why)
    except BrokernotesError as error:
        report = Report("vault")
        report.trouble("vault-none", error.message, error.hint, **error.params)
        return report.findings
    return []


def _now(app: App) -> datetime:
    """The present moment; in the vault's zone where there is one."""
    zone: tzinfo = UTC
    if _vault_of(app) is not None:
        zone = app.vault.rules.zone
        if app.environ.get("BROKERNOTES_NOW"):
            return app.now.replace(tzinfo=zone)
    return datetime.fromtimestamp(time.time(), zone)


def _git(app: App, *, online: bool) -> list[Finding]:
    from brokernotes.storage.health_git import look_at_git

    vault = app.vault
    return look_at_git(vault.repository, vault.commits, _now(app).timestamp(), online=online)


def _agent(app: App) -> list[Finding]:
    """Who is asking, as far as git and the environment say."""
    report = Report("vault")
    asked = app.agent_option or app.environ.get("BROKERNOTES_AGENT")
    asked = asked or app.vault.repository_config("brokernotes.agent")
    email = app.vault.repository_config("user.email")
    if asked:
        report.ok("agent", N_("you are {name}"), name=asked)
    elif email:
        _agent_of(app, email, report)
    else:
        report.note(
            "agent-unknown",
            N_("nobody says which agent you are; `due` and `ical` speak for all"),
            N_('`git config brokernotes.agent "…"` in the vault'),
        )
    return report.findings


def _agent_of(app: App, email: str, report: Report) -> None:
    """Which agent an address means, as the notes of agents say."""
    found = _agents_with(app, email)
    if len(found) == 1:
        report.ok("agent", N_("you are {name}, by your email in git"), name=found[0])
        return
    report.note(
        "agent-unknown",
        N_("{count} agents have your email in git, {email}; `due` and `ical` speak for all")
        if found
        else N_("no agent has your email in git, {email}; `due` and `ical` speak for all"),
        N_('`git config brokernotes.agent "…"` in the vault'),
        count=len(found), email=email,
    )  # fmt: skip


def _agents_with(app: App, email: str) -> list[str]:
    """What agents with an address are called."""
    if not app.vault.index.is_new:
        queries = app.vault.queries
        return [queries.by_id(id_)[0].title for id_ in queries.agents_by_email(email)]
    # The next command makes the index; here nothing is made, and few notes are read.
    from brokernotes.model.field_names import type_of_path
    from brokernotes.notes.note import NoteReader
    from brokernotes.storage.reading import read_text
    from brokernotes.storage.walking import scan

    vault, found = app.vault, []
    reader = NoteReader(vault.rules, ())
    for path in sorted(scan(vault.root).notes):
        if type_of_path(path) == "agent":
            record = reader.read(path, read_text(vault.root, path).text).record
            if (record.text("email") or "").casefold() == email.casefold():
                found.append(record.title)
    return found


def _wanted_types(app: App) -> str | None:
    from brokernotes.errors import NotFoundError
    from brokernotes.features.field_table import merge_types
    from brokernotes.storage.reading import read_text

    try:
        there = read_text(app.vault.root, ".obsidian/types.json").text
    except NotFoundError:
        there = ""
    try:
        return merge_types(there, app.vault.rules.schema)
    except BrokernotesError:
        return None


def _templates(app: App) -> dict[str, tuple[str, str]]:
    from brokernotes.features.obsidian import templates_by_path

    return templates_by_path(app.vault.rules.language, app.vault.rules.schema)


def _shape(app: App, found: Finding) -> dict[str, object]:
    shape: dict[str, object] = {
        "area": found.area,
        "code": found.code,
        "level": found.level.value,
        "params": dict(found.params),
        "message": app_text(app, found.message, **found.params),
    }
    if found.mend:
        shape["mend"] = app_text(app, found.mend, **found.params)
    return shape


def _show(app: App, findings: Sequence[Finding]) -> None:
    """One line a finding, its mend under it; what is wrong is counted at the end."""
    console = app.console
    words = {level: app_text(app, word) for level, word in WORDS.items()}
    wide = max(len(word.encode("gbk", "replace")) for word in words.values())
    area = ""
    for one in findings:
        if one.area != area:
            area = one.area
            console.print(console.styled(app_text(app, AREAS[area]), "bold"))
        mark = console.styled(pad(words[one.level], wide), STYLES[one.level])
        text = console.text(app_text(app, one.message, **one.params))
        indent = " " * (wide + 4)
        room = max(console.width - len(indent), 20) if console.is_terminal else _ENDLESS
        lines = wrap(text, room)
        if one.mend:
            mend = console.text(app_text(app, one.mend, **one.params))
            lines += wrap(f"→ {mend}", room, "  ")
        console.print(f"  {mark}  {lines[0]}")
        for line in lines[1:]:
            console.print(indent + line)
    count = sum(one.level is Level.TROUBLE for one in findings)
    if count:
        one_, many = N_("{count} thing is wrong"), N_("{count} things are wrong")
        console.say(app_text(app, one_ if count == 1 else many, count=count))
    else:
        console.say(app_text(app, N_("Nothing is wrong.")))

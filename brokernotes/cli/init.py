"""`init`: an empty vault, or an invented brokerage."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, language_of_locale, pass_app
from brokernotes.cli.options import common_options
from brokernotes.cli.texts import command
from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.language import LANGUAGES, N_
from brokernotes.storage.roots import RULES_FILE

if TYPE_CHECKING:
    from brokernotes.storage.git import Repository

# What may stand in a folder that becomes a vault: none of it is overwritten.
HARMLESS = frozenset({".git", ".gitignore", ".gitattributes", ".obsidian", ".DS_Store"})


@command(
    "init",
    N_(
        "Make a vault in DIR (default: here): rules, templates, Obsidian settings and a git "
        "repository. `--demo` fills it with an invented brokerage dated around today.\n\n"
        "Refuses a folder it would overwrite."
    ),
    N_("Examples: `brokernotes init my-brokerage`, `brokernotes init demo --demo`"),
)
@click.argument("folder", metavar="[DIR]", default=".")
@click.option(
    "--language",
    "vault_language",
    type=click.Choice(LANGUAGES),
    help=N_("Language of folders, values and templates."),
)
@click.option("--demo", is_flag=True, help=N_("Fill it with an invented brokerage (in Chinese)."))
@common_options
@pass_app
def init_command(app: App, folder: str, vault_language: str | None, demo: bool) -> None:
    """Make a vault."""
    root = Path(folder).expanduser().resolve()
    if app.language_option is None and vault_language is not None:
        app.language_option = vault_language
    spoken = vault_language or app.language_option or language_of_locale(app.environ)
    spoken = "zh" if demo else spoken
    _refuse_to_overwrite(root)
    files = _demo_files(app) if demo else {}
    files = {**_starter(spoken, files.get(RULES_FILE)), **files}
    _write(root, files)
    committed = _commit(app, root, spoken)
    _tell(app, root, demo=demo, committed=committed)


def _refuse_to_overwrite(root: Path) -> None:
    around = next((one for one in root.parents if (one / RULES_FILE).exists()), None)
    if around is not None:
        raise RefusedError(
            N_("{path} lies in the vault {root}, which would take its notes for its own"),
            hint=N_("Name a folder outside it; nothing was written."),
            path=str(root),
            root=str(around),
        )
    if not root.exists():
        return
    if not root.is_dir():
        raise RefusedError(N_("{path} is a file, not a folder"), path=str(root))
    if (root / RULES_FILE).exists():
        raise RefusedError(N_("{path} is a vault already"), path=str(root))
    found = sorted(one.name for one in root.iterdir() if one.name not in HARMLESS)
    if found:
        raise RefusedError(
            N_("{path} is not empty: {names}"),
            hint=N_("Name a new folder; nothing was written."),
            path=str(root),
            names=", ".join(found[:3]) + (" …" if len(found) > 3 else ""),
        )


def _starter(spoken: str, rules: str | None) -> dict[str, str]:
    """What every vault has; settings and templates know the fields that the rules add."""
    from brokernotes.features.obsidian import starter_files
    from brokernotes.model.rules import builtin_schema
    from brokernotes.notes.rulebook import read_rules

    schema = read_rules(rules)[0].schema if rules else builtin_schema()
    return dict(starter_files(spoken, schema))


def _demo_files(app: App) -> dict[str, str]:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from brokernotes.features.demo import shift_demo
    from brokernotes.storage.shipped import read_shipped

    given = app.environ.get("BROKERNOTES_NOW")
    zone = ZoneInfo("Asia/Shanghai")
    today = date.fromisoformat(given[:10]) if given else datetime.now(zone).date()
    return shift_demo(read_shipped("vault"), today)


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write the files that are not there; those that are stay as they are."""
    try:
        for path, text in sorted(files.items()):
            target = root / path
            if target.exists():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise SystemRefusedError(
            N_("cannot write in {path}: {reason}"), path=str(root), reason=error.strerror
        ) from error


def _commit(app: App, root: Path, spoken: str) -> bool:
    """Put the new vault under git, with a first commit where git knows the user."""
    from brokernotes.language import language
    from brokernotes.storage.git import GitRefusedError, Place, Repository, init_repository

    try:
        repository = Repository.find(str(root), environ=app.environ)
        if repository.place is Place.NONE or _is_ignored(repository):
            repository = init_repository(str(root), environ=app.environ)
        if repository.place is not Place.ROOT or repository.user() is None:
            return False
        repository.run("add", "--all", "--", ".")
        subject = language(spoken).text(N_("A new vault"))
        repository.run("commit", "--quiet", "--no-verify", "--message", subject)
    except GitRefusedError as error:
        reason = app.text(error.message, **error.params)
        app.console.say(app.text(N_("no first commit: {reason}"), reason=reason))
        return False
    return True


def _is_ignored(repository: Repository) -> bool:
    """Whether the repository around the new vault does not want it: then it is its own."""
    if repository.root == repository.top:
        return False
    asked = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "--")
    return bool(repository.run(*asked, repository.prefix.rstrip("/")).out)


def _tell(app: App, root: Path, *, demo: bool, committed: bool) -> None:
    console = app.console
    shown = os.path.relpath(root)
    shown = str(root) if shown.startswith("..") else shown
    console.print(app.text(N_("A vault in {path}."), path=shown))
    if not committed:
        console.print(app.text(N_("Nothing is committed yet: git keeps what you commit.")))
    console.print()
    console.print(app.text(N_("Next:")))
    prefix = "" if shown == "." else f"-C {shown} "
    steps = [
        (f"brokernotes {prefix}due", N_("what to do today")),
        (f"brokernotes {prefix}check", N_("what is wrong in the notes")),
    ]
    if not demo:
        steps = [
            (f"brokernotes {prefix}new agent NAME", N_("yourself")),
            (f"brokernotes {prefix}new client", N_("the first client")),
            *steps,
        ]
    width = max(len(line) for line, _ in steps)
    for line, why in steps:
        console.print(f"  {line.ljust(width)}  {app.text(why)}")
    console.print(f"  {app.text(N_('or open the folder as a vault in Obsidian'))}")

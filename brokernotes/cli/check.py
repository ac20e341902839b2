"""`check`: every problem of every note, in one run."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, offers
from brokernotes.cli.texts import command
from brokernotes.errors import NotFoundError, Problem, Severity, UsageError
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault

_RANK = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}
Counted = tuple[Problem, Severity]
_MOST_TRIED = 500  # notes: what is tried out takes milliseconds each, and is remembered
FORMATS = ("text", "json", "jsonl", "sarif", "github")


@command(
    "check",
    N_(
        "Report every problem of every note: values that cannot be read or contradict each other, "
        "links that lead nowhere, two notes for one person or home, log lines that are no "
        "entries. Codes are explained in docs/problems.md; the rules may change their severity. "
        "The exit code is 1 when there is an error.\n\n"
        "`--fix` mends what is certain: a few characters, and only where the note then says the "
        "same with one problem less. `--staged` checks what git is about to commit: as a hook, "
        "`brokernotes check --staged --severity error`. Programs read JSON, code hosts SARIF or "
        "`github`.\n\n"
        "`--publishable` asks another question: which listings may be advertised, and what stands "
        "in the way, each with the law or rule behind it. It looks at those on the market or "
        "still advertised, or at the PATHs and REFs that are named.\n\n"
        "`--history` also looks at git's history: log entries that somebody removed or altered, by "
        "hand or in a merge, and notes that were deleted with their log. It says who and in which "
        "commit."
    ),
    N_("Examples: `brokernotes check`, `brokernotes check --publishable`"),
)
@click.argument("paths", metavar="[PATH]…", nargs=-1)
@click.option("--fix", is_flag=True, help=N_("Mend what is certain, then report what is left."))
@click.option(
    "--only", "only", metavar="CODE", multiple=True, help=N_("Only this code; may be repeated."),
    shell_complete=offers("problem_codes"),
)  # fmt: skip
@click.option(
    "--ask", is_flag=True, help=N_("With --fix: ask about what was probably meant, one by one.")
)
@click.option("--staged", is_flag=True, help=N_("Check what is staged in git, not the files."))
@click.option(
    "--publishable", is_flag=True, help=N_("Whether listings may be advertised, and why not.")
)
@click.option(
    "--history", is_flag=True, help=N_("Also what git's history shows: entries that are gone.")
)
@click.option("--dry-run", is_flag=True, help=N_("With --fix: show the diff, write nothing."))
@click.option(
    "--commit/--no-commit", default=None, help=N_("Commit what --fix did, or leave that to you.")
)
@click.option(
    "--severity", "least", type=click.Choice([one.value for one in Severity]), default="hint",
    show_default=True, help=N_("Show only these and worse."),
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help=N_("For people, or for programs."),
    callback=lambda ctx, _, value: ctx.params.get("form") or value,
)  # fmt: skip
@click.option(
    "--json", is_flag=True, expose_value=False, help=N_("Short for --format json."),
    callback=lambda ctx, _, asked: ctx.params.update(form="json") if asked else None,
)  # fmt: skip
@common_options
@pass_app
def check_command(
    app: App,
    paths: tuple[str, ...],
    fix: bool,
    only: tuple[str, ...],
    ask: bool,
    staged: bool,
    publishable: bool,
    history: bool,
    dry_run: bool,
    commit: bool | None,
    least: str,
    form: str,
) -> int:
    """Report every problem, after mending what can be."""
    from brokernotes.inspection.problems import problems_of

    if publishable:
        if fix or staged:
            raise click.UsageError(
                app.text(N_("--publishable goes with neither --fix nor --staged"))
            )
        _refuse(app, only, fix=fix, staged=staged, dry_run=dry_run)
        return _check_publishable(app, paths, only, least, form)
    if history and staged:
        raise click.UsageError(app.text(N_("--history looks at commits, --staged at none yet")))
    wanted = [vault_path(app, path) for path in paths]
    _refuse(app, only, fix=fix, staged=staged, dry_run=dry_run)
    if ask:
        from brokernotes.cli.writers import may_ask

        if not fix or dry_run or not may_ask(app):
            raise click.UsageError(
                app.text(N_("--ask goes with --fix, without --dry-run, and wants a terminal"))
            )
    if staged:
        from brokernotes.cli.check_staged import staged_problems

        vault, found = staged_problems(app)
    else:
        if fix:
            from brokernotes.cli.check_fix import mend

            asked = Fix(wanted, only, dry_run, commit, form in ("json", "jsonl"))
            if mend(app, asked) or dry_run:
                return 0
            if ask:
                from brokernotes.cli.check_ask import ask as ask_about

                ask_about(app, asked)
        vault = app.vault
        vault.refresh(app.today, app.console.progress)
        if history:
            from brokernotes.cli.history import reading_bar

            vault.history.progress = reading_bar(app)
        found = problems_of(vault, app.today, history=history)
    found = [
        one for one in found if is_wanted(one[0], wanted) and (not only or one[0].code in only)
    ]
    shown = [one for one in found if _RANK[one[1]] >= _RANK[Severity(least)]]
    _show(app, vault, shown, form)
    _summarise(app, vault, found)
    return 1 if any(severity == "error" for _, severity in found) else 0


def _check_publishable(
    app: App, asked: Sequence[str], only: Sequence[str], least: str, form: str
) -> int:
    """Report what stands in the way of advertising listings."""
    from brokernotes.cli.check_publishable import judge, tell_judged

    judged = judge(app, asked)
    found = [one for one in judged.found if not only or one[0].code in only]
    shown = [one for one in found if _RANK[one[1]] >= _RANK[Severity(least)]]
    _show(app, app.vault, shown, form)
    tell_judged(app, judged, form)
    return 1 if any(severity == "error" for _, severity in found) else 0


class Fix:
    """What `--fix` was asked for.

    Attributes:
        wanted: files and folders, relative to the vault; none: everything.
        only: codes; none: all that need no judgement.
        dry_run: show the diff, write nothing.
        commit: None: as the rules say.
        as_json: whether the diff is told as JSON.
    """

    __slots__ = ("as_json", "commit", "dry_run", "only", "wanted")

    def __init__(
        self,
        wanted: Sequence[str],
        only: Collection[str],
        dry_run: bool,
        commit: bool | None,
        as_json: bool,
    ) -> None:
        self.wanted = wanted
        self.only = only
        self.dry_run = dry_run
        self.commit = commit
        self.as_json = as_json


def _refuse(app: App, only: Sequence[str], *, fix: bool, staged: bool, dry_run: bool) -> None:
    """Refuse options that do not go together, and codes that are none.

    Raises:
        UsageError: they are.
    """
    if dry_run and not fix:
        raise click.UsageError(app.text(N_("--dry-run goes with --fix")))
    if fix and staged:
        raise click.UsageError(
            app.text(N_("--fix mends files, and --staged looks at none; use one of the two"))
        )
    if not only:
        return
    from brokernotes.model.problems import PROBLEMS

    for code in only:
        if code in PROBLEMS:
            continue
        import difflib

        near = difflib.get_close_matches(code, PROBLEMS, 1)
        raise UsageError(
            N_("there is no code {code}"),
            hint=N_("Did you mean {near}?") if near else N_("docs/problems.md lists them."),
            code=code,
            near=near[0] if near else "",
        )


def vault_path(app: App, path: str) -> str:
    """A path as typed, relative to the vault; empty for the vault itself.

    Raises:
        NotFoundError: there is no such file or folder in the vault.
    """
    root = app.vault.root
    outside = False
    for start in (os.getcwd(), root):  # noqa: PTH109
        place = os.path.realpath(os.path.dirname(os.path.join(start, path)))  # noqa: PTH118, PTH120
        place = os.path.normpath(os.path.join(place, os.path.basename(path)))  # noqa: PTH118, PTH119
        if not os.path.lexists(place):
            continue
        relative = os.path.relpath(place, root)
        if relative != os.pardir and not relative.startswith(os.pardir + os.sep):
            return "" if relative == os.curdir else relative.replace(os.sep, "/")
        outside = True
    named = _folder_of_kind(root, path)
    if named is not None:
        return named
    if outside:
        raise NotFoundError(
            N_("{path} is not in the vault {root}"),
            hint=N_("`--vault DIR` names another vault."),
            path=path,
            root=root,
        )
    raise NotFoundError(N_("there is no {path} in the vault"), path=path)


def _folder_of_kind(root: str, path: str) -> str | None:
    """The folder that `clients` or `客源` names where it is called by the other word."""
    from brokernotes.model.schema import NOTE_TYPES, TYPE_OF_FOLDER

    first, slash, rest = path.replace(os.sep, "/").rstrip("/").partition("/")
    kind = TYPE_OF_FOLDER.get(first) or TYPE_OF_FOLDER.get(first.lower())
    for one in NOTE_TYPES:
        for name in one.folders.values() if one.id == kind else ():
            if os.path.lexists(os.path.join(root, name, rest)):  # noqa: PTH118
                return name + slash + rest
    return None


def is_wanted(found: Problem, wanted: Sequence[str]) -> bool:
    """Whether a problem lies in one of the files or folders that were named; none: all do."""
    if not wanted:
        return True
    return is_within(found.position.path, wanted)


def is_within(path: str, wanted: Sequence[str]) -> bool:
    """Whether a path is one of some, or lies in one of them; empty: the vault itself."""
    return any(not one or path == one or path.startswith(one + "/") for one in wanted)


def _show(app: App, vault: Vault, found: Sequence[Counted], form: str) -> None:
    if form == "text":
        from brokernotes.cli.check_page import CheckPage

        CheckPage(app, vault.root).show(found)
        return
    from brokernotes.cli.check_reports import show_report

    show_report(app, vault, found, form)


def _summarise(app: App, vault: Vault, found: Sequence[Counted]) -> None:
    """The last line, beside the result: how many of each, in how many files."""
    language = app.language
    if not found:
        app.console.say(app.text(N_("No problems.")))
        return
    counts = {severity: sum(1 for _, one in found if one == severity) for severity in Severity}
    parts = [
        language.plural(one, many, counts[severity])
        for severity, one, many in (
            (Severity.ERROR, N_("{count} error"), N_("{count} errors")),
            (Severity.WARNING, N_("{count} warning"), N_("{count} warnings")),
            (Severity.HINT, N_("{count} hint"), N_("{count} hints")),
        )
        if counts[severity]
    ]
    files = len({one.position.path for one, _ in found})
    line = app.text(
        N_("{counts} in {files}"),
        counts=app.text(N_(", ")).join(parts),
        files=language.plural(N_("{count} file"), N_("{count} files"), files),
    )
    if vault is app.vault and not vault.is_newer:
        from brokernotes.mends import mendable

        mends = mendable(vault, found, app.today, _MOST_TRIED)
        if mends is None:
            line += app.text(N_("; `--fix` mends many of them"))
        elif mends:
            line += app.text(N_("; `--fix` mends {count}"), count=len(mends))
    app.console.say(line)

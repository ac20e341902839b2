"""`check`: every problem of every note, in one run."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options
from brokernotes.cli.texts import command
from brokernotes.errors import NotFoundError, Problem, Severity
from brokernotes.language import N_

_RANK = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}
Counted = tuple[Problem, Severity]
FORMATS = ("text", "json")


@command(
    "check",
    N_(
        "Report every problem of every note: values that cannot be read or contradict each other, "
        "links that lead nowhere, two notes for one person or home, log lines that are no "
        "entries. Codes are explained in docs/problems.md; the rules may change their severity. "
        "The exit code is 1 when there is an error."
    ),
    N_("Examples: `brokernotes check`, `brokernotes check 客源 --fix`"),
)
@click.argument("paths", metavar="[PATH]…", nargs=-1)
@click.option("--fix", is_flag=True, help=N_("Add missing ids and put lost log entries back."))
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
    dry_run: bool,
    commit: bool | None,
    least: str,
    form: str,
) -> int:
    """Report every problem, after mending what can be."""
    from brokernotes.inspection import problems_of

    wanted = [_vault_path(app, path) for path in paths]
    if dry_run and not fix:
        raise click.UsageError(app.text(N_("--dry-run goes with --fix")))
    if fix:
        from brokernotes.cli.check_fix import mend

        mend(app, wanted, dry_run=dry_run, commit=commit)
        if dry_run:
            return 0
    vault = app.vault
    vault.refresh(app.today, app.console.progress)
    found = [one for one in problems_of(vault, app.today) if is_wanted(one[0], wanted)]
    shown = [one for one in found if _RANK[one[1]] >= _RANK[Severity(least)]]
    if form == "json":
        _show_json(app, shown)
    else:
        from brokernotes.cli.check_page import CheckPage

        CheckPage(app).show(shown)
    _summarise(app, found)
    return 1 if any(severity == "error" for _, severity in found) else 0


def _vault_path(app: App, path: str) -> str:
    """A path as typed, relative to the vault; empty for the vault itself.

    Raises:
        NotFoundError: there is no such file or folder in the vault.
    """
    root = app.vault.root
    for start in (os.getcwd(), root):  # noqa: PTH109
        place = os.path.realpath(os.path.dirname(os.path.join(start, path)))  # noqa: PTH118, PTH120
        place = os.path.normpath(os.path.join(place, os.path.basename(path)))  # noqa: PTH118, PTH119
        relative = os.path.relpath(place, root)
        if os.path.lexists(place) and not relative.startswith(os.pardir):
            return "" if relative == os.curdir else relative.replace(os.sep, "/")
    raise NotFoundError(N_("there is no {path} in the vault"), path=path)


def is_wanted(found: Problem, wanted: Sequence[str]) -> bool:
    """Whether a problem lies in one of the files or folders that were named; none: all do."""
    if not wanted:
        return True
    path = found.position.path
    return any(not one or path == one or path.startswith(one + "/") for one in wanted)


def _show_json(app: App, found: Sequence[Counted]) -> None:
    from brokernotes.features.problem_texts import problem_json

    app.console.json([_masked(problem_json(one, how, app.language)) for one, how in found])


def _masked(shape: dict[str, object]) -> dict[str, object]:
    """A problem's shape with the telephone and card numbers in its texts masked."""
    from brokernotes.cli.check_page import masked_text

    message = str(shape["message"])

    def mask(value: object) -> object:
        if isinstance(value, str):
            return masked_text(value, beside=message)
        if isinstance(value, list):
            return [mask(item) for item in value]
        if isinstance(value, dict):
            return {key: mask(item) for key, item in value.items()}
        return value

    return {key: value if key == "path" else mask(value) for key, value in shape.items()}


def _summarise(app: App, found: Sequence[Counted]) -> None:
    """The last line, beside the result: how many of each, in how many files."""
    from brokernotes.model.problems import PROBLEMS

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
    mendable = sum(1 for one, _ in found if one.code in MENDED and PROBLEMS[one.code].fixable)
    if mendable:
        line += app.text(N_("; `--fix` mends {count}"), count=mendable)
    app.console.say(line)


MENDED = frozenset(("missing-id", "missing-entry-id", "entry-missing"))

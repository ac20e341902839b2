"""`index`: what every command does by itself, on its own."""

from __future__ import annotations

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options
from brokernotes.cli.texts import command
from brokernotes.language import N_


@command(
    "index",
    N_(
        "Bring the index up to date and say what changed. Every command does so by itself; the "
        "index is a cache outside the vault and may be deleted at any time."
    ),
    N_("Examples: `brokernotes index`, `brokernotes index --verify`"),
)
@click.option("--rebuild", is_flag=True, help=N_("Read every note anew."))
@click.option(
    "--verify", is_flag=True, help=N_("Compare the index with a fresh one; exit 1 if they differ.")
)
@click.option("--json", "as_json", is_flag=True, help=N_("Tell the outcome as JSON."))
@common_options
@pass_app
def index_command(app: App, rebuild: bool, verify: bool, as_json: bool) -> int:
    """Bring the index up to date."""
    vault = app.vault
    if rebuild:
        vault.index.rebuild()
    result = vault.refresh(app.today, app.console.progress)
    counts = vault.queries.counts()
    differs = vault.index_differences(app.today) if verify else []
    if as_json:
        app.console.json(
            {
                "added": len(result.added),
                "modified": len(result.modified),
                "removed": len(result.removed),
                "notes": counts,
                "path": vault.index.path,
                **({"differences": differs} if verify else {}),
            }
        )
        return 1 if differs else 0
    _tell(app, result.added, result.modified, result.removed, counts)
    for line in differs:
        app.console.print(app.text(N_("differs from the notes: {what}"), what=line))
    if verify and not differs:
        app.console.print(app.text(N_("the index says what the notes say")))
    return 1 if differs else 0


def _tell(
    app: App, added: list[str], modified: list[str], removed: list[str], counts: dict[str, int]
) -> None:
    language = app.language
    total = sum(counts.values())
    app.console.print(
        app.text(
            N_("{added} added, {modified} modified, {removed} removed"),
            added=len(added),
            modified=len(modified),
            removed=len(removed),
        )
    )
    app.console.print(language.plural(N_("{count} note"), N_("{count} notes"), total))
    where = app.vault.index.path
    app.console.print(
        app.text(N_("kept in {path}"), path=where) if where else app.text(N_("kept in memory"))
    )

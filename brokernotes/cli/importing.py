"""`import`: clients, listings and the rest out of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.kinds import parse_kind
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.outcomes import finish
from brokernotes.cli.texts import command
from brokernotes.cli.writers import Flags, may_ask, vault_text, writing
from brokernotes.errors import ChangedMeanwhileError, RefusedError, UsageError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple

if TYPE_CHECKING:
    from brokernotes.cli.importing_vault import Import
    from brokernotes.features.importing_plan import Plan
    from brokernotes.storage.drafts import Draft, Written
    from brokernotes.storage.sheets import Sheet


class Wishes(NamedTuple):
    """The options of the command that are not every writer's."""

    kind: str
    maps: tuple[str, ...]
    sheet: str | None
    encoding: str | None
    header: int | None
    key: str | None
    settings: tuple[str, ...]
    prefer: str
    communities: bool


@command(
    "import",
    N_(
        "Make notes of the rows of a spreadsheet, and bring them up to date when the sheet comes "
        "again.\n\n"
        "FILE is CSV, TSV or .xlsx; encoding, delimiter and the row with the headings are found "
        "out. Which column becomes which field is guessed from Chinese and English headings, "
        "shown, and kept in `imports/` for the next time; `--map COLUMN=KEY` corrects it, "
        "`--map COLUMN=` leaves a column out. What has no field stays in the note's text.\n\n"
        "A row whose phone, door or name is known belongs to the note that is there. Values the "
        "file changed since the last import are taken over; what a person changed in the note "
        "stays; where both did, the note stays and the conflict is told. The same file again "
        "changes nothing."
    ),
    N_(
        "Examples: `brokernotes import 房源表.xlsx --kind listing --dry-run`, "
        "`brokernotes import clients.csv --kind 客源 --map 心理价位=budget --map 序号=`"
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@click.option(
    "--kind", metavar="KIND", required=True, shell_complete=offers("kinds"),
    help=N_("What the rows are: client, listing, community, agent, deal."),
)  # fmt: skip
@click.option(
    "--map", "maps", multiple=True, metavar="COLUMN=KEY",
    help=N_("A column's field, `text`, or nothing; or a mapping file. May be repeated."),
)  # fmt: skip
@click.option("--sheet", metavar="NAME", help=N_("The workbook's sheet, by name or number."))
@click.option("--encoding", metavar="NAME", help=N_("Of a text file, such as gbk or utf-16."))
@click.option(
    "--header", type=click.IntRange(1), metavar="ROW", help=N_("The row with the headings.")
)
@click.option(
    "--key", metavar="KEY,…", help=N_("What tells rows apart, such as phone or building,room.")
)
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE",
    help=N_("A value for rows that say none, such as stage=lead. May be repeated."),
)  # fmt: skip
@click.option(
    "--prefer", type=click.Choice(("file", "note")), default=None,
    help=N_("Who is right where note and file disagree."),
)  # fmt: skip
@click.option(
    "--create-communities/--no-create-communities", "communities", default=True,
    help=N_("Make notes of estates that listings name and nobody has."),
)  # fmt: skip
@click.option("--yes", is_flag=True, help=N_("Do not ask whether the columns are right."))
@writing_options
@common_options
@pass_app
def import_command(
    app: App,
    file: str,
    kind: str,
    maps: tuple[str, ...],
    sheet: str | None,
    encoding: str | None,
    header: int | None,
    key: str | None,
    settings: tuple[str, ...],
    prefer: str | None,
    communities: bool,
    yes: bool,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> int:
    """Make notes of the rows of a spreadsheet."""
    from brokernotes.cli import importing_page as page
    from brokernotes.cli.importing_vault import open_import, plan_import
    from brokernotes.storage.sheets import read_sheet

    wishes = Wishes(
        parse_kind(kind), maps, sheet, encoding, header, key, settings, prefer or "", communities
    )
    flags = Flags(dry_run, commit, as_json)
    found = read_sheet(file, encoding=encoding, sheet=sheet)
    _refuse_empty(found)
    opened = open_import(app, found, wishes)
    if not as_json:
        page.show_columns(app, opened, whole=dry_run)
    _refuse_unknown(opened)
    asks = not (yes or dry_run or as_json or opened.saved) and may_ask(app)
    if asks and not click.confirm(app.text(N_("Import it like this?")), default=True, err=True):
        app.console.say(app.text(N_("Nothing was imported.")))
        return 0
    with writing(app):
        plan = plan_import(app, opened, wishes)
        draft = _draft(app, opened, plan)
        written = _write(app, opened, plan, draft, flags)
    page.show_result(app, opened, plan, written, flags)
    counts = plan.counts()
    return 1 if counts["conflict"] or counts["refuse"] else 0


def _refuse_empty(sheet: Sheet) -> None:
    if not sheet.rows:
        raise RefusedError(
            N_("{path} holds no rows"),
            hint=N_("Its sheets are: {sheets}. `--sheet` names one.") if sheet.sheets else "",
            path=sheet.path,
            sheets=list(sheet.sheets),
        )


def _refuse_unknown(opened: Import) -> None:
    """A file of which nothing is understood is another file than the one that was meant."""
    from brokernotes.features.importing_words import OUT, TEXT

    if all(column.target in (OUT, TEXT) for column in opened.columns):
        raise RefusedError(
            N_("no column of {path} is known; nothing was imported"),
            hint=N_("Is row {row} the one with the headings? Else `--header` and `--map` help."),
            path=opened.sheet.path,
            row=opened.header,
        )


def _draft(app: App, opened: Import, plan: Plan) -> Draft:
    """Every change: new notes first, what is remembered of the file last."""
    from brokernotes.storage.drafts import Draft
    from brokernotes.storage.imports import (
        mapping_path,
        memory_path,
        read_kept,
        render_mapping,
        render_memory,
    )
    from brokernotes.storage.reading import read_text

    draft = Draft(app.vault, app.now)
    for step in (*plan.made, *(one for one in plan.steps if one.before is None and one.after)):
        draft.create(step.path, step.after)
    for step in plan.steps:
        if step.before is not None and step.after != step.before:
            note = read_text(app.vault.root, step.path)
            if note.text != step.before:  # saved while the rows were planned
                raise ChangedMeanwhileError(
                    N_("{path} has changed since it was read"),
                    hint=N_("Nothing was written; try again."),
                    path=step.path,
                )
            draft.change(note, step.after)
    comment = vault_text(
        app,
        N_("Which column becomes which field; `text` keeps it in the note, nothing leaves it out."),
    )
    kept = {
        memory_path(opened.mapping.name): render_memory(plan.memory.base, plan.memory.prints),
        mapping_path(opened.mapping.name): render_mapping(opened.mapping, comment),
    }
    for path, text in kept.items():
        source = read_kept(app.vault.root, path)
        if source is None:
            draft.create(path, text)
        elif path == memory_path(opened.mapping.name) or not opened.is_unchanged:
            draft.change(source, text)
    return draft


def _write(app: App, opened: Import, plan: Plan, draft: Draft, flags: Flags) -> Written | None:
    if flags.dry_run:
        from brokernotes.cli.sharing_guard import refuse_breaches

        refuse_breaches(app, draft)
        return None
    total = len(draft.changes)
    bar = app.console.progress([""] * total, total, app.text(N_("Writing notes")))
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        while done < count and next(bar, None) is not None:
            done += 1

    draft.progress = tell
    subject = vault_text(
        app, N_("import {name}: {added} added, {updated} updated"), name=opened.mapping.name,
        added=len(plan.made) + plan.counts()["add"],
        updated=sum(step.before is not None and step.after != step.before for step in plan.steps),
    )  # fmt: skip
    written = finish(app, draft, subject=subject, dry_run=False, commit=flags.commit)
    for _ in bar:
        pass
    return written


def parse_maps(maps: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """`COLUMN=KEY` pairs, and the mapping files among them.

    Raises:
        UsageError: one is neither.
    """
    pairs, files = [], []
    for one in maps:
        column, equals, key = one.rpartition("=")
        if equals:
            if not column.strip():
                raise UsageError(
                    N_("{argument} is not COLUMN=KEY"),
                    hint=N_("Write the heading, `=` and the field, such as 报价=price."),
                    argument=one,
                )
            pairs.append((column.strip(), key.strip()))
        else:
            files.append(one)
    return pairs, files


def progress_of(app: App, items: Sequence[Any]) -> Iterator[Any]:
    """Items, with the console's bar."""
    bar = app.console.progress([""] * len(items), len(items), app.text(N_("Reading rows")))
    for item, _ in zip(items, bar, strict=True):
        yield item

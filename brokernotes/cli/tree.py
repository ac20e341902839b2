"""`tree`: notes counted by one field within another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.cells import Cells
from brokernotes.cli.console import Column
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.kinds import parse_kind
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.pointing import pointing
from brokernotes.cli.querying import computed_for, explain, field_named, pieces, read_words
from brokernotes.cli.texts import command
from brokernotes.cli.width import cut, pad, visible, width
from brokernotes.errors import ArgumentError, UsageError, VaultError
from brokernotes.features.classifying import Branch, Level, classify, stepped, usual_level
from brokernotes.language import N_
from brokernotes.model.query_keys import find_query_field
from brokernotes.model.schema import NOTE_TYPES, Field
from brokernotes.storage.query import Ask

# What branches are drawn with: on, last, past, none.
BOXES = ("├─ ", "└─ ", "│  ", "   ")
ASCII = ("|-- ", "`-- ", "|   ", "    ")


@command(
    "tree",
    N_(
        "Count the notes of a KIND that meet a QUERY (see `list`), by one field within another: "
        "as many levels as you like, in your order.\n\n"
        "Without --by they are those of `classify` in brokernotes.yaml, where --save writes them. "
        "A field of several values counts a note in each. Numbers are counted in steps (KEY/STEP, "
        "such as price/50), days by month (KEY/year, KEY/quarter, KEY/month, KEY/day). JSON nests; "
        "JSON lines, CSV and TSV have one row for each path to the last level."
    ),
    N_(
        "Examples: `brokernotes tree listings 状态:在售 --by district,price/200,layout`, "
        "`brokernotes tree 客源 --by 阶段,意图 --format csv`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("kind", metavar="KIND", shell_complete=offers("kinds"))
@click.argument("query", metavar="[QUERY]...", nargs=-1, shell_complete=offers("query"))
@click.option(
    "--by", metavar="KEY,…", shell_complete=offers("field_keys"),
    help=N_("The levels, the outermost first."),
)  # fmt: skip
@click.option(
    "--save", "saves", is_flag=True,
    help=N_("Write the levels of --by into brokernotes.yaml: they hold without --by from then on."),
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help=N_("With --save: show the diff, write nothing."))
@click.option(
    "--commit/--no-commit", default=None, help=N_("With --save: commit it, or leave that to you.")
)
@click.option("--explain", "explains", is_flag=True, help=N_("Say how the query was read."))
@listing_options
@common_options
@pass_app
def tree_command(
    app: App,
    kind: str,
    query: Sequence[str],
    by: str | None,
    saves: bool,
    dry_run: bool,
    commit: bool | None,
    explains: bool,
    form: str,
) -> None:
    """Count notes by one field within another."""
    note_type = parse_kind(kind)
    if saves and not by:
        raise UsageError(N_("--save needs --by: which levels shall be saved?"))
    if (dry_run or commit is not None) and not saves:
        raise UsageError(N_("--dry-run and --commit belong to --save"))
    tree = read_words(app, note_type, query)
    levels = _asked_levels(app, note_type, by) if by else _usual_levels(app, note_type)
    if saves:
        from brokernotes.cli.saving_levels import save_levels

        save_levels(app, note_type, levels, dry_run=dry_run, commit=commit)
        if dry_run:
            return
    if explains:
        explain(app, note_type, tree)
    keys = list(dict.fromkeys(level.field.key for level in levels))
    computed = computed_for(app, [tree], keys)
    ask = Ask(type=note_type, where=tree, keys=keys, computed=computed)
    found = app.fresh.queries.listed(ask)
    cells = Cells(app)
    rows = [
        [cells.plain(level.field, values.get(level.field.key)) for level in levels]
        for _, values in found
    ]
    root = classify(rows, levels, app.vault.rules.schema, cells.shown)
    fields = [level.field for level in levels]
    if form == "json":
        app.console.json(_nested(root, fields, cells)["branches"])
    elif form == "table":
        _draw(app, note_type, root, fields, cells)
    else:
        columns = [*(Column(key, key) for key in keys), Column("count", "count")]
        app.console.rows(list(_paths(root, {})), columns, form)


def _asked_levels(app: App, note_type: str, text: str) -> list[Level]:
    """The levels of `--by`.

    Raises:
        UsageError: no such field, or no such step; shown with the place.
    """
    found: list[Level] = []
    with pointing(app):
        for start, piece in pieces(text):
            key, slash, step = piece.partition("/")
            field = field_named(app, note_type, text, start, key, "--by")
            place = start + len(key) + 1, start + len(piece)
            if slash:
                found.append(stepped(field, step, text, place, app.language.code))
            else:
                found.append(usual_level(field))
        if not found:
            raise ArgumentError(N_("--by names no field"), text or " ", (0, 1))
    return found


def _usual_levels(app: App, note_type: str) -> list[Level]:
    """The levels the rules name, each a key or KEY/STEP.

    Raises:
        VaultError: notes of this type have no such field, or it has no such step.
    """
    rules = app.vault.rules
    levels = []
    for told in rules.classification(note_type):
        key, slash, step = told.partition("/")
        field = find_query_field(rules.schema, note_type, key)
        if field is None:
            raise VaultError(
                N_("brokernotes.yaml: classify.{type} names {key}, which no such note has"),
                type=note_type,
                key=key,
            )
        try:
            code = app.language.code
            levels.append(stepped(field, step, told, (0, 0), code) if slash else usual_level(field))
        except ArgumentError as error:
            raise VaultError(
                N_("brokernotes.yaml: classify.{type} names {key}, which is no step of {label}"),
                hint=error.hint,
                type=note_type,
                key=told,
                label=field.label(app.language.code),
            ) from error
    return levels


def _nested(branch: Branch, fields: Sequence[Field], cells: Cells) -> dict[str, Any]:
    shape: dict[str, Any] = {"key": branch.key, "value": branch.value}
    if fields and branch.branches:
        rest = fields[1:]
        shape["branches"] = [
            _labelled(_nested(one, rest, cells), one, fields[0], cells) for one in branch.branches
        ]
    elif not branch.key:
        shape["branches"] = []
    return shape


def _labelled(shape: dict[str, Any], branch: Branch, field: Field, cells: Cells) -> dict[str, Any]:
    """A class with what people call it and its size, before its own classes."""
    inner = shape.pop("branches", None)
    shape["label"] = _label(field, branch.value, cells)
    shape["count"] = branch.count
    return shape if inner is None else shape | {"branches": inner}


def _paths(branch: Branch, above: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in branch.branches:
        here = {**above, one.key: one.value}
        if one.branches:
            yield from _paths(one, here)
        else:
            yield {**here, "count": one.count}


def _label(field: Field, value: Any, cells: Cells) -> str | None:
    return None if value is None else cells.shown(field, value)


def _draw(app: App, note_type: str, root: Branch, fields: Sequence[Field], cells: Cells) -> None:
    console = app.console
    marks = BOXES if console.can_say("".join(BOXES)) else ASCII
    kind = app.language.label(next(one.folders for one in NOTE_TYPES if one.id == note_type))
    lines = [("", kind, root.count)]
    unset = app.text(N_("(not set)"))

    def grow(branch: Branch, depth: int, margin: str) -> None:
        for number, one in enumerate(branch.branches, 1):
            is_last = number == len(branch.branches)
            label = _label(fields[depth], one.value, cells)
            unit = fields[depth].unit if ".." in str(one.value or "") else None
            said = unset if label is None else label + (f" {unit}" if unit else "")
            lines.append((margin + marks[is_last], console.text(said), one.count))
            grow(one, depth + 1, margin + marks[2 + is_last])

    grow(root, 0, "")
    room = console.width - 8 if console.is_terminal else 10_000
    size = min(max(width(mark + said) for mark, said, _ in lines), room)
    most = max(len(str(count)) for _, _, count in lines)
    with console.paged():
        for number, (mark, said, count) in enumerate(lines):
            label = pad(cut(visible(said), size - width(mark)), size - width(mark))
            style = "bold" if not number else ""
            figure = console.styled(f"{count:>{most}}", style)
            console.print(f"{console.styled(mark, 'dim')}{console.styled(label, style)}  {figure}")

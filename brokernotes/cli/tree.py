"""`tree`: notes counted by one field within another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.cells import Cells
from brokernotes.cli.console import Column
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.listing import parse_kind
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.pointing import pointing
from brokernotes.cli.querying import due_by_path, explain, field_named, pieces, read_words
from brokernotes.cli.texts import command
from brokernotes.cli.width import cut, pad, visible, width
from brokernotes.errors import ArgumentError, VaultError
from brokernotes.features.classifying import SPANS, Branch, Level, classify, usual_level
from brokernotes.language import N_
from brokernotes.model.query_keys import find_query_field
from brokernotes.model.schema import NOTE_TYPES, Field, Kind
from brokernotes.storage.query import Ask

# What branches are drawn with: on, last, past, none.
BOXES = ("├─ ", "└─ ", "│  ", "   ")
ASCII = ("|-- ", "`-- ", "|   ", "    ")


@command(
    "tree",
    N_(
        "Count the notes of a KIND that meet a QUERY (see `list`), by one field within another: "
        "as many levels as you like, in your order.\n\n"
        "Without --by they are those of `classify` in brokernotes.yaml. A field of several values "
        "counts a note in each. Numbers are counted in steps (KEY/STEP, such as price/50), days by "
        "month (KEY/year, KEY/quarter, KEY/month, KEY/day). JSON nests; JSON lines, CSV and TSV "
        "have one row for each path to the last level."
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
@click.option("--explain", "explains", is_flag=True, help=N_("Say how the query was read."))
@listing_options
@common_options
@pass_app
def tree_command(
    app: App, kind: str, query: Sequence[str], by: str | None, explains: bool, form: str
) -> None:
    """Count notes by one field within another."""
    note_type = parse_kind(kind)
    tree = read_words(app, note_type, query)
    levels = _asked_levels(app, note_type, by) if by else _usual_levels(app, note_type)
    if explains:
        explain(app, note_type, tree)
    keys = list(dict.fromkeys(level.field.key for level in levels))
    due = due_by_path(app, [tree], keys)
    found = app.fresh.queries.listed(Ask(type=note_type, where=tree, keys=keys, due=due))
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
            found.append(_stepped(app, field, step, text, place) if slash else usual_level(field))
        if not found:
            raise ArgumentError(N_("--by names no field"), text or " ", (0, 1))
    return found


def _stepped(app: App, field: Field, step: str, text: str, place: tuple[int, int]) -> Level:
    if field.kind in (Kind.DATE, Kind.DATETIME):
        span = SPANS.get(step.lower())
        if span:
            return Level(field, span=span)
        hint = N_("Write one of year, quarter, month, day.")
    elif field.kind in (Kind.NUMBER, Kind.INT):
        try:
            number = float(step)
        except ValueError:
            number = 0
        if 0 < number < 1e12:
            return Level(field, number)
        hint = N_("Write a number above 0, such as price/50.")
    else:
        hint = N_("Only numbers and days are counted in steps.")
    raise ArgumentError(
        N_("“{step}” is no step of {label}"),
        text,
        (place[0], max(place[1], place[0] + 1)),
        hint=hint,
        step=step,
        label=field.label(app.language.code),
    )


def _usual_levels(app: App, note_type: str) -> list[Level]:
    """The levels the rules name.

    Raises:
        VaultError: notes of this type have no such field.
    """
    rules = app.vault.rules
    levels = []
    for key in rules.classification(note_type):
        field = find_query_field(rules.schema, note_type, key)
        if field is None:
            raise VaultError(
                N_("brokernotes.yaml: classify.{type} names {key}, which no such note has"),
                type=note_type,
                key=key,
            )
        levels.append(usual_level(field))
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

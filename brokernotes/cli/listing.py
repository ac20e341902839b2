"""`list`: notes by a query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.cells import Cells
from brokernotes.cli.console import Column
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.kinds import parse_kind
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.querying import computed_for, explain, parse_keys, parse_orders, read_words
from brokernotes.cli.texts import command
from brokernotes.cli.width import width
from brokernotes.errors import UsageError
from brokernotes.language import N_
from brokernotes.model.query_keys import query_fields
from brokernotes.model.query_tree import Tree
from brokernotes.model.schema import Field, Kind
from brokernotes.storage.query import Ask, Order

# What a table shows of each type of note; JSON, CSV and TSV have every field that is set.
WIDE = 100  # columns of a terminal whose headings have room for units
SHOWN = {
    "client": ("stage", "intents", "budget_max", "rent_max", "districts", "agent"),
    "listing": ("status", "grade", "price", "rent", "gross_area", "community", "agent"),
    "deal": ("stage", "transaction", "price", "rent", "expected_signing", "agent"),
    "community": ("district", "neighborhood", "avg_price"),
    "agent": ("role", "store", "supervisor", "left"),
}
# What a wide terminal has room for besides.
BESIDES = {
    "client": ("grade", "last_contact", "next_followup", "urgency", "bedrooms_min", "must_have"),
    "listing": ("layout", "district", "last_contact", "next_followup", "floor_band", "decoration"),
    "deal": ("listing", "buyer", "seller", "signed_on"),
    "community": ("developer", "year_built", "features", "schools"),
    "agent": ("service_areas", "rest_day", "joined"),
}
# What stands above a column; the whole label takes more room than what is under it.
SHORT = {
    "gross_area": N_("Area"), "budget_max": N_("Budget"), "rent_max": N_("Rent"),
    "transaction": N_("Type"), "expected_signing": N_("Signing"),
}  # fmt: skip
# Live business first; then the title, by sound.
ORDER = {
    "client": ("stage",),
    "listing": ("status", "grade"),
    "deal": ("stage",),
    "community": ("district",),
    "agent": (),
}


@command(
    "list",
    N_(
        "List the notes of a KIND (client, listing, deal, community, agent, or the Chinese word) "
        "that meet a QUERY.\n\n"
        "Words of a QUERY are searched in the whole note; all of them must be met. KEY:VALUE asks "
        "of a field: equal for choices, a member of lists, a part of texts; KEY=VALUE exactly "
        "that, KEY!=VALUE not that. price>=300, price:300..400, gross_area>=90 and rent<8000 "
        "compare; listed>-30d and next_followup<=today count days; KEY:none and KEY:any ask "
        "whether it is set. Parentheses, or, not and -WORD combine. Keys and values are read in "
        "Chinese and English."
    ),
    N_(
        "Examples: `brokernotes list listings '区域:浦东 价格:300..600 bedrooms>=2 -status:定金' "
        "--sort -price`, `brokernotes list 客源 'stage:磋商 or 预算>=500' --fields 标题,预算 "
        "--json`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("kind", metavar="KIND", shell_complete=offers("kinds"))
@click.argument("query", metavar="[QUERY]...", nargs=-1, shell_complete=offers("query"))
@click.option(
    "--sort", "sorts", multiple=True, metavar="KEY", shell_complete=offers("sort_keys"),
    help=N_("Sort by KEY, by -KEY the largest first; several with commas. What is unset is last."),
)  # fmt: skip
@click.option(
    "--fields", metavar="KEY,…", shell_complete=offers("field_keys"),
    help=N_("Show these fields, in every format."),
)  # fmt: skip
@click.option("-n", "limit", type=click.IntRange(1), metavar="N", help=N_("At most N notes."))
@click.option(
    "--hot", "is_hot", is_flag=True,
    help=N_("The hot list: most shown this week, new ones that sell fast, those in focus."),
)  # fmt: skip
@click.option("--explain", "explains", is_flag=True, help=N_("Say how the query was read."))
@listing_options
@common_options
@pass_app
def list_command(
    app: App,
    kind: str,
    query: Sequence[str],
    sorts: Sequence[str],
    fields: str | None,
    limit: int | None,
    is_hot: bool,
    explains: bool,
    form: str,
) -> None:
    """List notes by a query."""
    note_type = parse_kind(kind)
    tree = read_words(app, note_type, query)
    orders = parse_orders(app, note_type, sorts)
    chosen = parse_keys(app, note_type, fields, "--fields") if fields else None
    if explains:
        explain(app, note_type, tree)
    if is_hot:
        _list_hot(app, note_type, tree, orders, chosen, limit, form)
        return
    shown = _shown(app, note_type, form) if chosen is None else chosen
    ask = Ask(
        type=note_type,
        where=tree,
        keys=None if shown is None else [field.key for field in shown],
        order=orders or [Order(key=key) for key in ORDER[note_type]],
        limit=limit,
        computed=computed_for(app, [tree], [one.key for one in (*(shown or ()), *orders)]),
    )
    cells = Cells(app)
    found = app.fresh.queries.listed(ask)
    rows = [
        cells.whole(row, values) if chosen is None else cells.asked(row, chosen, values)
        for row, values in found
    ]
    if chosen is None and shown is not None:  # derived fields stand in tables only
        for line, (_, values) in zip(rows, found, strict=True):
            line.update((key, value) for key, value in values.items() if key not in line)
    columns = _columns(app, note_type, chosen or shown, rows, cells, is_chosen=chosen is not None)
    if form in ("csv", "tsv") and chosen is not None and any("hidden" in row for row in rows):
        columns.append(Column("hidden", "hidden"))
    app.console.rows(rows, columns, form)
    if not rows and form == "table":
        app.console.say(app.text(N_("no note meets that")))


def _list_hot(
    app: App,
    note_type: str,
    tree: Tree,
    orders: Sequence[Order],
    chosen: Sequence[Field] | None,
    limit: int | None,
    form: str,
) -> None:
    """List what is hot, the most shown first.

    Raises:
        UsageError: these are no listings, or it is to be sorted otherwise.
    """
    from brokernotes.cli.listing_hot import HOT_KEYS, HOT_SHOWN, hot_rows

    if note_type != "listing":
        raise UsageError(N_("--hot lists listings only"))
    if orders:
        raise UsageError(N_("--hot has its own order; leave --sort away"))
    known = query_fields(app.vault.rules.schema, note_type)
    shown = chosen
    if shown is None and form == "table":
        shown = [known[key] for key in HOT_SHOWN]
    computed = computed_for(app, [tree], [field.key for field in shown or ()])
    rows = hot_rows(app, tree, shown, limit, computed)
    is_chosen = chosen is not None
    columns = _columns(app, note_type, shown, rows, Cells(app), is_chosen=is_chosen)
    if form == "table":
        columns.append(Column("why", app.text(N_("Why")), least=20))
    else:
        columns += [Column(key, key) for key in HOT_KEYS]
    app.console.rows(rows, columns, form)
    if not rows and form == "table":
        app.console.say(app.text(N_("nothing is hot")))


def _shown(app: App, note_type: str, form: str) -> list[Field] | None:
    """The fields a table shows; None: all, for the other formats."""
    if form != "table":
        return None
    known = query_fields(app.vault.rules.schema, note_type)
    more = BESIDES[note_type] if app.console.is_terminal else ()
    return [known[key] for key in (*SHOWN[note_type], *more)]


def _columns(
    app: App,
    note_type: str,
    shown: Sequence[Field] | None,
    rows: Sequence[Any],
    cells: Cells,
    *,
    is_chosen: bool,
) -> list[Column]:
    if shown is None:
        keys = app.vault.rules.schema.fields(note_type)
        set_keys = {key for row in rows for key in row}
        rest = [key for key in keys if key in set_keys and key not in ("id", "type", "title")]
        last = ["hidden"] if "hidden" in set_keys else []
        return [Column(key, key) for key in ("id", "type", "path", "title", *rest, *last)]
    columns: list[Column] = []
    if not is_chosen:
        columns.append(Column("id", app.text(N_("Id")), style="dim"))
        columns.append(Column("title", app.text(N_("Title")), least=16))
    for field in shown:
        columns.append(
            Column(
                field.key,
                _heading(field, app, is_short=not is_chosen),
                shown=lambda row, field=field: _shown_cell(app, cells, field, row),  # type: ignore[misc]
                least=_least(field),
                right=field.kind in (Kind.NUMBER, Kind.INT),
                is_extra=not is_chosen and field.key in BESIDES[note_type],
            )
        )
    return columns


def _shown_cell(app: App, cells: Cells, field: Field, row: Any) -> str:
    """A value as people read it; one that is kept from the viewer is named as that."""
    if field.key in row.get("hidden", ()):
        from brokernotes.cli.viewing import instead

        return instead(app, field.note_type)
    return cells.shown(field, row.get(field.key))


def _least(field: Field) -> int:
    """Columns of a field that may give way to others."""
    if field.key in ("title", "path"):
        return 16
    if field.many or field.kind in (Kind.TEXT, Kind.LINK):
        return 6
    return 8 if field.kind is Kind.ENUM else 0  # `for sale`, `active`; few are longer


def _heading(field: Field, app: App, *, is_short: bool) -> str:
    """A short heading: on a terminal of the usual width its figures need the room."""
    label = field.label(app.language.code)
    if is_short and field.key in SHORT:
        label = app.text(SHORT[field.key])
    elif app.language.code == "zh":
        label = min((label, *(word for word in field.also if not word.isascii())), key=width)
    return f"{label}({field.unit})" if field.unit and app.console.width >= WIDE else label

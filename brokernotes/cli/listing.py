"""`list`: notes by their fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column, plain_cell
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.cli.width import width
from brokernotes.errors import FieldError, UsageError
from brokernotes.language import N_
from brokernotes.model.schema import NOTE_TYPES, Field, Kind, Schema, find_note_type

if TYPE_CHECKING:
    from brokernotes.storage.queries import Condition, NoteRow

# What a table shows of each type of note; JSON, CSV and TSV have every field that is set.
WIDE = 100  # columns of a terminal whose headings have room for units
SHOWN = {
    "client": ("stage", "intents", "budget_max", "rent_max", "districts", "agent"),
    "listing": ("status", "grade", "price", "rent", "gross_area", "community", "agent"),
    "deal": ("stage", "transaction", "price", "rent", "expected_signing", "agent"),
    "community": ("district", "neighborhood", "avg_price"),
    "agent": ("role", "store", "supervisor", "left"),
}


@command(
    "list",
    N_(
        "List the notes of a KIND (client, listing, deal, community, agent, or the Chinese word) "
        "that meet every QUERY.\n\n"
        "A QUERY is KEY:VALUE: equal for choices, a member for lists, a part for text, "
        "`300..400`, `>=300` or `<=400` for numbers and dates, `none` and `any` for unset and "
        "set. Keys and values are read in Chinese and English."
    ),
    N_(
        "Examples: `brokernotes list listings status:在售 price:300..600`, "
        "`brokernotes list 客源 stage:磋商 --json`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("kind", metavar="KIND", shell_complete=offers("kinds"))
@click.argument("query", metavar="[QUERY]...", nargs=-1, shell_complete=offers("query"))
@click.option("-n", "limit", type=click.IntRange(1), metavar="N", help=N_("At most N notes."))
@listing_options
@common_options
@pass_app
def list_command(app: App, kind: str, query: Sequence[str], limit: int | None, form: str) -> None:
    """List notes by their fields."""
    note_type = parse_kind(kind)
    vault = app.fresh
    conditions = [parse_condition(word, note_type, app) for word in query]
    found = vault.queries.listed(note_type, conditions, limit)
    rows = [to_json(app, row, values) for row, values in found]
    app.console.rows(rows, _columns(app, note_type, rows, form), form)
    if not rows and form == "table":
        app.console.say(app.text(N_("no note meets that")))


def parse_kind(word: str) -> str:
    """The type of note a word names.

    Raises:
        UsageError: none.
    """
    found = find_note_type(word)
    if found is None:
        raise UsageError(
            N_("{word} is no kind of note: say one of {kinds}"),
            word=word,
            kinds=" · ".join(f"{kind.id} {kind.words[2]}" for kind in NOTE_TYPES),
        )
    return found


def parse_condition(word: str, note_type: str, app: App) -> Condition:
    """One `KEY:VALUE` of a query.

    Raises:
        UsageError: no such key, or no such value.
    """
    from brokernotes.notes.convert import likely_word
    from brokernotes.storage.queries import Condition

    at = min((i for i in (word.find(":"), word.find("：")) if i > 0), default=-1)
    comparison = next((mark for mark in (">=", "<=", "=") if word.find(mark) > 0), None)
    if at < 0 and comparison is None:
        raise UsageError(N_("{word} is not KEY:VALUE, such as status:在售"), word=word)
    if comparison is not None and (at < 0 or word.find(comparison) < at):
        key, _, value = word.partition(comparison)
        value = value if comparison == "=" else comparison + value
    else:
        key, value = word[:at], word[at + 1 :]
    schema = app.vault.rules.schema
    field = schema.find_field(note_type, key.strip())
    if field is None:
        likely = likely_word(key, list(schema.fields(note_type)))
        raise UsageError(
            N_("{type} notes have no field {key}"),
            hint=N_("Did you mean {likely}?") if likely else "",
            type=note_type,
            key=key,
            likely=likely,
        )
    how, found = _comparison(field, value.strip(), app)
    return Condition(field.key, how, found)


def _comparison(field: Field, value: str, app: App) -> tuple[str, object]:
    if value in ("none", "无", "any", "有") and field.kind is not Kind.BOOL:
        return ("none" if value in ("none", "无") else "any"), None
    if field.kind in (Kind.NUMBER, Kind.INT, Kind.DATE, Kind.DATETIME):
        return _ordered(field, value, app)
    if field.kind is Kind.BOOL:
        return "is", int(bool(_convert(field, value, app)))
    if field.kind is Kind.ENUM or (field.kind is Kind.TERM and field.many):
        return ("has" if field.many else "is"), _convert(field, value, app)
    if field.kind is Kind.TERM:
        return "is", _convert(field, value, app)
    return "contains", value


def _ordered(field: Field, value: str, app: App) -> tuple[str, object]:
    for mark, how in ((">=", "from"), ("<=", "to")):
        if value.startswith(mark):
            return how, _plain(_convert(field, value.removeprefix(mark), app))
    if ".." in value:
        low, high = value.split("..", 1)
        span = tuple(_plain(_convert(field, end, app)) if end else None for end in (low, high))
        return "between", span
    found = _plain(_convert(field, value, app))
    return ("starts", found) if field.kind is Kind.DATETIME else ("is", found)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _convert(field: Field, value: str, app: App) -> object:
    from brokernotes.notes.convert import converter

    rules = app.vault.rules
    try:
        return converter(field, rules.schema, rules.zone)(value)
    except FieldError as error:
        from brokernotes.model.problems import PROBLEMS

        kind = PROBLEMS[error.code]
        params = {"key": field.key, "value": value, "type": field.note_type, **error.params}
        raise UsageError(kind.message, hint=kind.hint, **params) from error


def to_json(app: App, row: NoteRow, values: dict[str, Any]) -> dict[str, Any]:
    """A note in the shape programs bind to: ids for links, phones masked."""
    schema = app.vault.rules.schema
    shape: dict[str, Any] = {
        "id": row.id, "type": row.type, "path": row.path, "title": row.title,
    }  # fmt: skip
    for field in schema.fields(row.type).values():
        if field.key in values and field.key not in shape:
            shape[field.key] = _json_value(app, field, values[field.key])
    if row.invalid:
        shape["invalid"] = list(row.invalid)
    return shape


def _json_value(app: App, field: Field, value: Any) -> Any:
    if isinstance(value, list):
        return [_json_value(app, field, item) for item in value]
    if field.kind is Kind.LINK:
        return app.vault.queries.id_of(value) or value
    if field.kind is Kind.PHONE:
        from brokernotes.model.values import mask_phone

        return mask_phone(value)
    return value


def _columns(app: App, note_type: str, rows: Sequence[Any], form: str) -> list[Column]:
    schema = app.vault.rules.schema
    fields = schema.fields(note_type)
    if form in ("csv", "tsv"):
        keys = [key for key in fields if any(key in row for row in rows)]
        rest = [key for key in keys if key not in ("id", "type", "title")]
        return [Column(key, key) for key in ("id", "type", "path", "title", *rest)]
    columns = [
        Column("id", app.text(N_("Id")), style="dim"),
        Column("title", app.text(N_("Title")), least=16),
    ]
    for key in SHOWN[note_type]:
        field = fields[key]
        columns.append(
            Column(
                key,
                _heading(field, app),
                shown=lambda row, field=field: shown_value(  # type: ignore[misc]
                    app, schema, field, row.get(field.key)
                ),
                least=6 if field.kind in (Kind.TEXT, Kind.LINK) else 0,
                right=field.kind in (Kind.NUMBER, Kind.INT),
            )
        )
    return columns


def _heading(field: Field, app: App) -> str:
    """A short heading: on a terminal of the usual width its figures need the room."""
    label = field.label(app.language.code)
    if app.language.code == "zh":
        label = min((label, *field.also), key=width)
    return f"{label}({field.unit})" if field.unit and app.console.width >= WIDE else label


def shown_value(app: App, schema: Schema, field: Field, value: Any) -> str:
    """A value as people read it: words for ids, titles for links."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        joint = "、" if app.language.code == "zh" else ", "
        return joint.join(shown_value(app, schema, field, item) for item in value)
    vocabulary = schema.vocabulary(field)
    if vocabulary is not None:
        return vocabulary.label(str(value), app.language.code)
    if field.kind is Kind.LINK:
        return app.vault.queries.titles([value]).get(value, str(value))
    if field.kind is Kind.BOOL:
        return app.text(N_("yes") if value else N_("no"))
    if field.kind is Kind.DATETIME:
        return str(value).replace("T", " ")
    return plain_cell(value)

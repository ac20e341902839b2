"""Bases views that a new vault starts with; from then on they are their owner's.

A `.base` is YAML with expressions in it. Every expression is written between
single quotes, names properties as `note["…"]`, and asks whether a value is
there before it uses it; dates are subtracted as numbers, since what date minus
date gives differs between versions of Obsidian.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.schema import NOTE_TYPES, Schema, Vocabulary

_DAY = 86_400_000  # milliseconds
_NOTES_ONLY = ('file.ext == "md"', '!file.inFolder("templates")')


@dataclass(frozen=True, slots=True)
class View:
    """One table of a `.base` file.

    Attributes:
        name: shown on its tab.
        filters: expressions that must all hold.
        order: columns: keys, `file.name` or `formula.x`.
        sort: column it is sorted by.
        descending: the largest first.
        group: key it is grouped by.
    """

    name: str
    filters: tuple[str, ...]
    order: tuple[str, ...]
    sort: str
    descending: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """One `.base` file.

    Attributes:
        types: of the notes it shows.
        views: its tabs.
        formulas: expressions by name.
        labels: column titles by `file.name` or `formula.x`; keys have the field table's.
    """

    types: tuple[str, ...]
    views: tuple[View, ...]
    formulas: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


def note(key: str) -> str:
    """A property in an expression; this spelling is right for every name."""
    return f'note["{key}"]'


def is_one_of(key: str, values: Iterable[str]) -> str:
    """Whether a property is one of some words."""
    words = ", ".join(f'"{value}"' for value in values)
    return f"[{words}].contains({note(key)})"


def days_since(key: str) -> str:
    """Whole days from a date to today; empty without a date."""
    days = f"((number(today()) - number(date({note(key)}))) / {_DAY}).floor()"
    return f'if({note(key)}.isEmpty(), "", {days})'


def within(key: str, start: str | None, end: str) -> str:
    """Whether a date is there, after `start` and not after `end`."""
    day = f"date({note(key)})"
    after = f" && {day} > {start}" if start else ""
    return f"!{note(key)}.isEmpty(){after} && {day} <= {end}"


def views(language: str, schema: Schema) -> dict[str, str]:
    """The `.base` files of a new vault, by path.

    Args:
        language: `zh` or `en`, of names and of the values notes hold.
        schema: for labels.
    """
    zh = language == "zh"
    bases = {
        "房源.base" if zh else "Listings.base": _listings(language, schema),
        "客源.base" if zh else "Clients.base": _clients(language, schema),
        "待跟进.base" if zh else "Follow-ups.base": _followups(zh),
    }
    return {path: render_base(base, language, schema) for path, base in bases.items()}


def _words(vocabulary: Vocabulary, *ids: str) -> list[str]:
    """What notes may say for some values: the words of both languages, and the ids."""
    labels = [vocabulary.label(id_, language) for language in ("zh", "en") for id_ in ids]
    return list(dict.fromkeys([*labels, *ids]))


def _listings(language: str, schema: Schema) -> Base:
    zh = language == "zh"
    status = schema.vocabularies["listing_status"]
    sale = _words(status, "for_sale", "sale_or_lease")
    lease = _words(status, "for_lease", "sale_or_lease")
    active = _words(status, "for_sale", "for_lease", "sale_or_lease")
    per_area = (
        f"if({note('price')} && {note('gross_area')}, "
        f'({note("price")} * 10000 / {note("gross_area")}).round(0), "")'
    )
    columns = ("file.name", "community", "grade", "gross_area")
    return Base(
        ("listing",),
        (
            View(
                "在售" if zh else "For sale",
                (is_one_of("status", sale),),
                (*columns, "price", "formula.per_area", "formula.days", "agent"),
                "formula.days",
                descending=True,
                group="grade",
            ),
            View(
                "在租" if zh else "For lease",
                (is_one_of("status", lease),),
                (*columns, "rent", "formula.days", "agent"),
                "formula.days",
                descending=True,
                group="grade",
            ),
            View(
                "委托将到期" if zh else "Entrustment ending",
                (
                    is_one_of("status", active),
                    within("entrust_until", None, 'today() + "14d"'),
                ),
                ("file.name", "entrust_until", "entrustment", "agent"),
                "entrust_until",
            ),
            View(
                "全部" if zh else "All",
                (),
                ("file.name", "status", "grade", "price", "rent", "community", "agent"),
                "file.name",
            ),
        ),
        {"per_area": per_area, "days": days_since("listed")},
        {
            "file.name": "房源" if zh else "Listing",
            "formula.per_area": "单价(元/㎡)" if zh else "Price (元/㎡)",
            "formula.days": "在售天数" if zh else "Days listed",
        },
    )


def _clients(language: str, schema: Schema) -> Base:
    zh = language == "zh"
    stage = schema.vocabularies["client_stage"]
    active = _words(stage, "lead", "active", "nurture", "negotiating")
    wants = ("districts", "bedrooms_min")
    return Base(
        ("client",),
        (
            View(
                "在谈" if zh else "Active",
                (is_one_of("stage", active),),
                ("file.name", "stage", "budget_max", "rent_max", *wants, "next_followup", "agent"),
                "budget_max",
                descending=True,
                group="stage",
            ),
            View(
                "老客户" if zh else "Past clients",
                (is_one_of("stage", _words(stage, "past_client")),),
                ("file.name", "source", "next_followup", "agent"),
                "file.name",
            ),
            View(
                "全部" if zh else "All",
                (),
                ("file.name", "stage", "intents", "budget_max", *wants, "source", "agent"),
                "file.name",
            ),
        ),
        {},
        {"file.name": "客户" if zh else "Client"},
    )


def _followups(zh: bool) -> Base:
    columns = ("file.name", "type", "next_followup", "formula.overdue", "agent")
    return Base(
        ("client", "listing"),
        (
            View(
                "今天及逾期" if zh else "Today and overdue",
                (within("next_followup", None, "today()"),),
                columns,
                "next_followup",
            ),
            View(
                "未来 7 天" if zh else "Next 7 days",
                (within("next_followup", "today()", 'today() + "7d"'),),
                columns,
                "next_followup",
            ),
        ),
        {"overdue": days_since("next_followup")},
        {
            "file.name": "笔记" if zh else "Note",
            "formula.overdue": "逾期天数" if zh else "Days overdue",
        },
    )


def render_base(base: Base, language: str, schema: Schema) -> str:
    """The text of a `.base` file."""
    lines = ["filters:", "  and:", *(f"    - {_quoted(one)}" for one in _NOTES_ONLY)]
    lines += ["    - or:", *(f"        - {_quoted(one)}" for one in _of_types(base.types))]
    if base.formulas:
        lines.append("formulas:")
        lines += [f"  {name}: {_quoted(text)}" for name, text in base.formulas.items()]
    lines.append("properties:")
    for column in dict.fromkeys(column for view in base.views for column in view.order):
        label = base.labels.get(column) or _label(column, base.types, language, schema)
        lines += [f"  {_property(column)}:", f"    displayName: {_quoted(label)}"]
    lines.append("views:")
    for view in base.views:
        lines += _view(view)
    return "\n".join(lines) + "\n"


def _view(view: View) -> list[str]:
    lines = ["  - type: table", f"    name: {_quoted(view.name)}"]
    if view.filters:
        lines += ["    filters:", "      and:"]
        lines += [f"        - {_quoted(text)}" for text in view.filters]
    if view.group:
        lines += ["    groupBy:", f"      property: {_property(view.group)}"]
        lines.append("      direction: ASC")
    lines += ["    order:", *(f"      - {_property(column)}" for column in view.order)]
    direction = "DESC" if view.descending else "ASC"
    lines += ["    sort:", f"      - property: {_property(view.sort)}"]
    return [*lines, f"        direction: {direction}"]


def _of_types(types: Iterable[str]) -> list[str]:
    """Expressions for the notes of some types: by folder, or by what they say."""
    kinds = [kind for kind in NOTE_TYPES if kind.id in types]
    return [
        expression
        for kind in kinds
        for expression in (
            *(f'file.inFolder("{folder}")' for folder in kind.folders.values()),
            f'{note("type")} == "{kind.id}"',
        )
    ]


def _label(column: str, types: Iterable[str], language: str, schema: Schema) -> str:
    rows = [schema.fields(kind)[column] for kind in types if column in schema.fields(kind)]
    return rows[0].label(language) if rows else column


def _property(column: str) -> str:
    """A column as a base names it; keys are ASCII, so they need no brackets here."""
    return column if "." in column else f"note.{column}"


def _quoted(text: str) -> str:
    """YAML's single quotes: nothing inside them means anything but itself."""
    return "'" + text.replace("'", "''") + "'"

"""The keys a query may name: the field table's, and what is derived from a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brokernotes.model.query_tree import Condition, Tree, leaves
from brokernotes.model.schema import NOTE_TYPES, Field, Kind, Schema, fold

_MINUS = ("-", "－", "−")
_SIGNS = "+＋-－−"
_TYPES = tuple(kind.id for kind in NOTE_TYPES)


def _rows(
    types: tuple[str, ...], key: str, kind: Kind, zh: str, en: str, **more: object
) -> list[Field]:
    return [
        Field(key=key, kind=kind, zh=zh, en=en, note_type=one, **more)  # type: ignore[arg-type]
        for one in types
    ]


# Of them those that depend on the day, on who asks or on other notes: worked out when they are
# asked for, and never stored.
COMPUTED = frozenset(("due", "prime", "tax", "age", "residential", "in_area"))
# What stands in no field: where a note lies, what follows from several fields, what the index
# knows beside. `storage.query_columns` has the SQL of each.
DERIVED: tuple[Field, ...] = (
    *_rows(_TYPES, "path", Kind.TEXT, "路径", "Path", also=("文件", "file")),
    *_rows(_TYPES, "text", Kind.TEXT, "全文", "Text"),
    *_rows(_TYPES, "links", Kind.LINK, "链接", "Links", many=True, link=_TYPES),
    *_rows(_TYPES, "problems", Kind.INT, "问题数", "Problems"),
    *_rows(_TYPES, "problem", Kind.TEXT, "问题", "Problem", many=True),
    *_rows(("client", "listing", "deal"), "due", Kind.DATE, "待办", "Due", also=("到期",)),
    *_rows(("client", "listing"), "last_contact", Kind.DATE, "上次联系", "Last contact"),
    *_rows(("listing",), "layout", Kind.TEXT, "户型", "Layout"),
    *_rows(
        ("listing",),
        "prime",
        Kind.ENUM,
        "优质等级",
        "Prime",
        choices="prime",
        also=("优质", "优劣"),
    ),
    *_rows(
        ("listing",),
        "tax",
        Kind.ENUM,
        "税费年限",
        "Tax",
        choices="tax",
        also=("税费", "满二满五"),
    ),
    *_rows(("listing",), "age", Kind.NUMBER, "楼龄", "Age", unit="年", also=("房龄",)),
    *_rows(("listing",), "residential", Kind.BOOL, "住宅类", "Residential", also=("住宅",)),
    *_rows(("listing",), "in_area", Kind.BOOL, "服务区域内", "In service area", also=("区域内",)),
    *_rows(("client",), "grade", Kind.ENUM, "等级", "Grade", choices="grade", also=("客户等级",)),
)
_BY_TYPE: Mapping[str, Mapping[str, Field]] = {
    one: {row.key: row for row in DERIVED if row.note_type == one} for one in _TYPES
}


def query_fields(schema: Schema, note_type: str) -> dict[str, Field]:
    """Every key that a query about a type of note may name, the field table's first."""
    return {**_BY_TYPE.get(note_type, {}), **schema.fields(note_type)}


def find_query_field(schema: Schema, note_type: str, spelling: str) -> Field | None:
    """The field a key of a query means, in any spelling."""
    found = schema.find_field(note_type, spelling)
    if found is not None:
        return found
    folded = fold(spelling)
    for row in _BY_TYPE.get(note_type, {}).values():
        if folded in (row.key.replace("_", ""), fold(row.zh), fold(row.en), *map(fold, row.also)):
            return row
    return None


def parse_order(typed: str) -> tuple[str, bool]:
    """A key to sort by, and whether the largest comes first: `-price` or `price-`."""
    key = typed.strip(_SIGNS)
    return key, typed[:1] in _MINUS or (typed[:1] not in "+＋" and typed[-1:] in _MINUS)


def computed_keys(trees: Iterable[Tree], keys: Iterable[str] = ()) -> frozenset[str]:
    """Of `COMPUTED` those that queries, or keys that are shown or sorted by, ask for."""
    asked = (leaf.key for tree in trees for leaf in leaves(tree) if isinstance(leaf, Condition))
    return COMPUTED.intersection((*asked, *keys))


def is_derived(row: Field) -> bool:
    """Whether a field stands in no note."""
    return _BY_TYPE[row.note_type].get(row.key) is row

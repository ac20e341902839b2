"""How a row of the field table is written, and what several rows share."""

from __future__ import annotations

from typing import Any

from brokernotes.model.field_help import field_help
from brokernotes.model.schema import Field, Kind

ALL = ("client", "listing", "deal", "community", "agent")
K = Kind
Row = dict[str, Any]
WAN, YUAN, RENT, AREA = "万元", "元", "元/月", "㎡"


def f(key: str, kind: Kind, zh: str, en: str, **special: object) -> Row:
    """One row of the table; note type and help are added by `of`."""
    return {"key": key, "kind": kind, "zh": zh, "en": en, **special}


def of(types: tuple[str, ...], *rows: Row) -> tuple[Field, ...]:
    """The fields of some types of note."""
    return tuple(
        Field(note_type=note_type, help=field_help(note_type, row["key"]), **row)
        for note_type in types
        for row in rows
    )


def with_values(rows: tuple[Row, ...], name: str, **values: object) -> tuple[Row, ...]:
    """Rows that several types of note have, with what one type sets differently, by key."""
    return tuple({**row, name: values[row["key"]]} if row["key"] in values else row for row in rows)


PRICE = {"unit": WAN, "low": 5, "high": 100_000}
MONTHLY = {"unit": RENT, "low": 100, "high": 1_000_000}
IDENTITY = {"confidential": "identity"}
LOCATION = {"confidential": "location"}
OWNER = {"confidential": "owner"}

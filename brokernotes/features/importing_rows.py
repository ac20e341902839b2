"""Rows of a sheet as what notes shall say; rows about the same put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from brokernotes.features.field_writing import Item
from brokernotes.features.importing_body import item_label, text_item
from brokernotes.features.importing_cells import CellReader, Finding, Plain, cell_text
from brokernotes.features.importing_mapping import Column, filled_keys
from brokernotes.features.importing_words import OUT, TEXT
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.schema import Schema


class Cells(NamedTuple):
    """One row below the headings.

    Attributes:
        number: as its file numbers it.
        cells: a formula without a value as its text, named in `formulas`.
        formulas: indices of such cells.
    """

    number: int
    cells: Sequence[Plain]
    formulas: frozenset[int] = frozenset()


_TOTALS = frozenset(("合计", "总计", "小计", "共计", "累计", "总数", "平均", "总合计", "本页合计",
                     "total", "totals", "subtotal", "sum", "average", "grandtotal"))  # fmt: skip
_SPACES_AND_COLONS = re.compile(r"[\s:：]+")


class Placed(NamedTuple):
    """A finding and its place.

    Attributes:
        row: as its file numbers it.
        column: 0-based.
        label: the column's heading; empty: the whole row is meant.
        finding: what it is.
    """

    row: int
    column: int
    label: str
    finding: Finding


@dataclass(slots=True)
class Entry:
    """What a note shall say, by one row or several about the same.

    Attributes:
        rows: their numbers, the first one first.
        values: by key.
        texts: of the note's text, by label.
        open: keys whose cells could not be read, so that nothing is known of them.
        findings: about the cells.
        print: the same for rows with the same cells.
    """

    rows: list[int]
    values: dict[str, list[Item]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    findings: list[Placed] = field(default_factory=list)
    print: str = ""

    def first(self, key: str) -> str:
        """A value as it will be written; empty: none."""
        items = self.values.get(key)
        return items[0].written if items else ""

    def shown(self, key: str) -> str:
        """A value as people read it; empty: none."""
        items = self.values.get(key)
        return items[0].shown if items else ""


class RowReader:
    """Reads the rows of one sheet.

    Args:
        columns: what becomes of each.
        cells: reads one cell.
        schema: of the rules.
        note_type: of the notes.
        defaults: values of keys that a row says nothing of.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        cells: CellReader,
        schema: Schema,
        note_type: str,
        defaults: Mapping[str, list[Item]],
    ) -> None:
        self._columns = columns
        self._cells = cells
        self._fields = schema.fields(note_type)
        self._type = note_type
        self._defaults = defaults
        self._labels = [item_label(column.label) for column in columns]
        self.keys = {
            key for column in columns for key in filled_keys(column.target, note_type)
            if column.target not in (TEXT, OUT)
        }  # fmt: skip
        # What tells whether the row is about renting is read before the prices.
        self._order = sorted(columns, key=lambda one: one.target not in ("intents", "transaction"))

    @property
    def labels(self) -> list[str]:
        """The labels under which the columns' texts stand in a note."""
        return [self._labels[one.at] for one in self._columns if one.target != OUT]

    def is_aside(self, row: Cells) -> bool:
        """Whether a row is a sum of others, or the headings once more."""
        texts = [cell_text(cell).strip() for cell in row.cells]
        filled = [text for text in texts if text]
        if filled and _SPACES_AND_COLONS.sub("", filled[0]).lower() in _TOTALS:
            return True
        heads = {one.at: one.label for one in self._columns}
        return len(filled) > 1 and all(
            " ".join(text.split()) == heads.get(at) for at, text in enumerate(texts) if text
        )

    def read(self, row: Cells) -> Entry:
        """What one row says."""
        import hashlib

        entry = Entry([row.number])
        texts: dict[int, str] = {}
        for column in self._order:
            cell = row.cells[column.at] if column.at < len(row.cells) else None
            if column.target == OUT or cell is None:
                continue
            if column.at in row.formulas:
                params = {"value": cell_text(cell)[:60]}
                self._find(entry, column, row.number, [Finding("cell-formula", params)])
                entry.open.update(filled_keys(column.target, self._type))
                continue
            self._read_cell(entry, texts, column, cell, row.number)
        for index in sorted(texts):
            entry.texts[self._labels[index]] = texts[index]
        if not entry.values and not entry.texts:
            return entry
        for key, items in self._defaults.items():
            entry.values.setdefault(key, items)
        whole = "\x1f".join(cell_text(cell) for cell in row.cells).rstrip("\x1f")
        entry.print = hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=8).hexdigest()
        return entry

    def _read_cell(
        self, entry: Entry, texts: dict[int, str], column: Column, cell: Plain, number: int
    ) -> None:
        reading = self._cells.read(column, cell, is_rent=_is_rent(entry))
        for key, items in reading.values.items():
            row = self._fields[key]
            if key not in entry.values:
                entry.values[key] = items
            elif row.many:
                had = entry.values[key]
                new = [one for one in items if all(one.identity != old.identity for old in had)]
                entry.values[key] = [*had, *new]
        if reading.text:
            item = text_item(reading.text)
            if item:
                texts[column.at] = item
        if reading.findings:
            entry.open.update(
                key for key in filled_keys(column.target, self._type) if key not in reading.values
            )
            self._find(entry, column, number, reading.findings)

    def _find(self, entry: Entry, column: Column, row: int, findings: Sequence[Finding]) -> None:
        for one in findings:
            params = {**one.params, "column": column.label}
            entry.findings.append(Placed(row, column.at, column.label, one._replace(params=params)))

    def unite(self, entry: Entry, other: Entry) -> None:
        """Put a second row about the same to the first, which counts where they differ."""
        first, number = entry.rows[0], other.rows[0]
        entry.rows.append(number)
        entry.findings.append(
            Placed(number, 0, "", Finding("row-twice", {"first": first, "column": ""}))
        )
        entry.findings += other.findings
        for key, items in other.values.items():
            had = entry.values.get(key)
            if had is None:
                entry.values[key] = items
            elif self._fields[key].many:
                new = [one for one in items if all(one.identity != old.identity for old in had)]
                entry.values[key] = [*had, *new]
            elif [one.identity for one in had] != [one.identity for one in items]:
                column = self._column_of(key)
                self._differs(entry, column, number, first)
                entry.texts[_next_label(entry.texts, self._labels[column.at])] = text_item(
                    "、".join(one.shown for one in items)
                )
        for label, text in other.texts.items():
            if entry.texts.setdefault(label, text) != text:
                entry.texts[_next_label(entry.texts, label)] = text

    def _differs(self, entry: Entry, column: Column, row: int, first: int) -> None:
        params = {"first": first, "column": column.label}
        entry.findings.append(Placed(row, column.at, column.label, Finding("row-differs", params)))

    def _column_of(self, key: str) -> Column:
        for column in self._columns:
            if key in filled_keys(column.target, self._type):
                return column
        return self._columns[0]


def _is_rent(entry: Entry) -> bool:
    """Whether a row is about renting and nothing else."""
    wants = {one.identity for one in entry.values.get("intents", ())}
    wants |= {one.identity for one in entry.values.get("transaction", ())}
    return bool(wants) and wants <= {"rent", "lease", "let"}


def _next_label(texts: Mapping[str, str], label: str) -> str:
    number = 2
    while f"{label} ({number})" in texts:
        number += 1
    return f"{label} ({number})"

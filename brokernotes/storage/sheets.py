"""Spreadsheets from elsewhere, as rows of cells: which format a file is, and its limits.

What a file holds is hostile until proven otherwise: sizes are looked at before
anything is unpacked, nothing in it is evaluated, nothing it names is opened.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time

from brokernotes.errors import RefusedError, SystemRefusedError, UsageError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass

MAX_SIZE = 64 * 1024 * 1024  # of the file; 10,000 rows of 30 columns make 3 MB
MAX_ROWS = 100_000  # with something in them
MAX_COLUMNS = 500
MAX_CELL = 32_767  # code points, Excel's own limit
BLANK_END = 10_000  # so many rows without a value end a sheet, whatever its styles say

Value = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula whose value the file does not keep.

    Attributes:
        text: the formula, never evaluated.
    """

    text: str


Cell = Value | Formula


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that has a value.

    Attributes:
        number: of the line it begins on in a text file, of the row in a workbook; 1-based.
        cells: without blank ones at the end.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read of a file.

    Attributes:
        path: as given.
        rows: those that have a value.
        encoding: of a text file; None: a workbook.
        delimiter: between the cells of a text file.
        name: of the workbook's sheet.
        sheets: names of all its sheets.
        is_1904: whether the workbook counts days from 1904.
        is_cut: whether rows were left out behind `BLANK_END` blank ones.
    """

    path: str
    rows: tuple[SheetRow, ...]
    encoding: str | None = None
    delimiter: str | None = None
    name: str | None = None
    sheets: tuple[str, ...] = ()
    is_1904: bool = False
    is_cut: bool = False

    def place(self, row: int, column: int) -> str:
        """A cell as people find it: `FILE:12:5`, or `FILE:Sheet1!E12` in a workbook.

        Args:
            row: as `SheetRow.number`.
            column: 0-based.
        """
        if self.name is None:
            return f"{self.path}:{row}:{column + 1}"
        return f"{self.path}:{self.name}!{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """`A` for 0, `AB` for 27."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheet(path: str, *, encoding: str | None = None, sheet: str | None = None) -> Sheet:
    """Read a CSV, TSV or XLSX file.

    Args:
        path: the file system's.
        encoding: of a text file; None: found out.
        sheet: name or number of a workbook's sheet; None: the first with anything in it.

    Raises:
        NotFoundError: no such sheet.
        RefusedError: it is no such file, too big, or made to harm.
        UsageError: there is no such file; the encoding is not known or not the file's.
        SystemRefusedError: the system does not let it be read.
    """
    data = _read(path)
    if data[:4] == b"PK\x03\x04":
        from brokernotes.storage.sheets_xlsx import read_workbook

        return read_workbook(path, data, sheet)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise RefusedError(
            N_("{path} is an old .xls workbook, or one with a password"),
            hint=N_(
                "Open it in Excel or WPS and choose “Save as”, type .xlsx, without a password; "
                "then import that."
            ),
            path=path,
        )
    from brokernotes.storage.sheets_csv import read_csv

    return read_csv(path, data, encoding)


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > MAX_SIZE else file.read(MAX_SIZE + 1)
    except FileNotFoundError as error:
        raise UsageError(N_("there is no file {path}"), path=path) from error
    except IsADirectoryError as error:
        raise RefusedError(N_("{path} is a folder, not a sheet"), path=path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise SystemRefusedError(
            N_("cannot read {path}: {reason}"), path=path, reason=reason
        ) from error
    if size > MAX_SIZE or len(data) > MAX_SIZE:
        raise too_big(path)
    return data


def too_big(path: str) -> RefusedError:
    """What is said of a file, or what it unpacks to, beyond any client list's size."""
    return RefusedError(
        N_("{path} is too big to be a list of clients or listings"),
        hint=N_("Save the rows you need as a file of their own, as CSV or .xlsx."),
        path=path,
    )


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """A row's cells without the blank ones at its end."""
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return tuple(cells[:end])

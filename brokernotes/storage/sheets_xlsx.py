"""XLSX workbooks through openpyxl, read only.

A workbook is a zip of XML. Before it is unpacked, its parts are counted and their
sizes added up; document types, which can grow without end or name other files, are refused
whatever openpyxl finds to read XML with; macros, links to other
files, pictures and charts are never looked at. A formula's value is the one the
spreadsheet program kept in the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from brokernotes.errors import BrokernotesError, NotFoundError, RefusedError
from brokernotes.language import N_
from brokernotes.storage.sheets import (
    BLANK_END,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Formula,
    Sheet,
    SheetRow,
    is_blank,
    too_big,
    trimmed,
)

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_PARTS = 5_000
MAX_UNPACKED = 256 * 1024 * 1024  # all parts; a million styled rows without a value make 60 MB
MAX_PART = 48 * 1024 * 1024  # each but the sheets, which are streamed
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_READ_PART = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DOCUMENT_TYPE = b"<!DOCTYPE"


def read_workbook(path: str, data: bytes, sheet: str | None) -> Sheet:
    """The rows of one sheet.

    Args:
        path: for messages.
        data: all bytes of the file.
        sheet: name or number; None: the first that has a row.

    Raises:
        RefusedError: it is no workbook, damaged, too big, or made to harm.
        NotFoundError: no such sheet.
    """
    has_formulas = _look_at_parts(path, data)
    try:
        return _read(path, data, sheet, has_formulas)
    except BrokernotesError:
        raise
    except MemoryError as error:
        raise too_big(path) from error
    # openpyxl raises whatever its parts ran into: KeyError, ValueError, TypeError, ParseError.
    except Exception as error:
        raise _no_workbook(path) from error


def _look_at_parts(path: str, data: bytes) -> bool:
    """Refuse what would not fit; whether a sheet holds formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(one.file_size for one in parts) > MAX_UNPACKED:
                raise too_big(path)
            has_formulas = False
            for one in parts:
                if not _READ_PART.fullmatch(one.filename) or "/media/" in one.filename:
                    continue
                is_sheet = _SHEET_PART.fullmatch(one.filename) is not None
                if not is_sheet and one.file_size > MAX_PART:
                    raise too_big(path)
                has_formulas |= _holds_formula(path, archive, one) and is_sheet
            return has_formulas
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _no_workbook(path) from error  # damaged, an unknown packing, or with a password


def _holds_formula(path: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether there is one in a part of XML.

    Raises:
        RefusedError: the part has a document type.
    """
    found, before = False, b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            # UTF-16 is ASCII with zeros between, as far as this goes.
            text = before + chunk.replace(b"\0", b"")
            if _DOCUMENT_TYPE in text:
                raise _no_workbook(path)
            found = found or _FORMULA.search(text) is not None
            before = text[-40:]
    return found


def _read(path: str, data: bytes, sheet: str | None, has_formulas: bool) -> Sheet:
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which nobody asks for
        values = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False, keep_vba=False
        )
        formulas = None
        if has_formulas:
            formulas = load_workbook(
                io.BytesIO(data), read_only=True, data_only=False, keep_links=False
            )
        try:
            return _chosen(path, values, formulas, sheet)
        finally:
            values.close()
            if formulas is not None:
                formulas.close()


def _chosen(path: str, book: Workbook, formulas: Workbook | None, sheet: str | None) -> Sheet:
    names = tuple(one.title for one in book.worksheets)
    if sheet is None:
        visible = [one.title for one in book.worksheets if one.sheet_state == "visible"]
        wanted = visible or list(names)
    else:
        wanted = [_find(path, names, sheet)]
    rows: list[SheetRow] = []
    name, is_cut = "", False
    for name in wanted:
        rows, is_cut = _rows(path, book[name], formulas[name] if formulas else None)
        if rows:
            break
    if not names:
        raise _no_workbook(path)
    if not rows:
        name = wanted[0]
    is_1904 = book.epoch.year == 1904
    return Sheet(path, tuple(rows), name=name, sheets=names, is_1904=is_1904, is_cut=is_cut)


def _find(path: str, names: tuple[str, ...], sheet: str) -> str:
    if sheet in names:
        return sheet
    folded = [name for name in names if name.strip().casefold() == sheet.strip().casefold()]
    if len(folded) == 1:
        return folded[0]
    if sheet.isascii() and sheet.isdigit() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    raise NotFoundError(N_("{path} has no sheet {sheet}"), candidates=names, path=path, sheet=sheet)


def _rows(path: str, sheet: Any, formulas: Any) -> tuple[list[SheetRow], bool]:
    """The rows with a value, and whether the walk ended at a long run of blank ones."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: list[SheetRow] = []
    blank = 0
    for number, cells in _walk(sheet, formulas):
        kept = trimmed(cells)
        if not kept:
            blank += 1
            if blank >= BLANK_END:
                return rows, True
            continue
        blank = 0
        rows.append(SheetRow(number, kept))
        if len(rows) > MAX_ROWS or len(kept) > MAX_COLUMNS:
            raise too_big(path)
    return rows, False


def _walk(sheet: Any, formulas: Any) -> Iterator[tuple[int, list[Cell]]]:
    others = None
    if formulas is not None:
        formulas.reset_dimensions()
        others = iter(formulas.iter_rows(values_only=True))
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_cell(value) for value in values]
        if others is not None:
            # Where only the formula is there, nobody ever calculated it.
            for at, formula in enumerate(next(others, ())):
                if at < len(cells) and is_blank(cells[at]) and formula is not None:
                    text = formula if isinstance(formula, str) else getattr(formula, "text", "")
                    if text and str(text).strip():
                        cells[at] = Formula(str(text))
        yield number, cells


def _cell(value: Any) -> Cell:
    from datetime import date, datetime, time, timedelta

    if value is None or isinstance(value, bool | int | float | date | datetime | time):
        return value
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip() or None


def _no_workbook(path: str) -> RefusedError:
    return RefusedError(
        N_("{path} is no workbook that can be read: damaged, protected, or something else"),
        hint=N_("Open it in Excel or WPS and save it again as .xlsx, or as CSV."),
        path=path,
    )

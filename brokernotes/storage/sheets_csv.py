"""CSV and TSV: which encoding, which delimiter, and the rows with their lines.

The encoding is certain or refused: a byte order mark, else strict UTF-8, else
GB18030, which holds all of GBK and GB2312. Chinese in GBK is never valid UTF-8
but for a freak of a few characters.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from brokernotes.errors import RefusedError, UsageError
from brokernotes.language import N_
from brokernotes.storage.sheets import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Sheet,
    SheetRow,
    too_big,
    trimmed,
)

DELIMITERS = ",\t;|，；"  # those of a text's own commas last
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 60  # records a delimiter is judged by


def read_csv(path: str, data: bytes, encoding: str | None) -> Sheet:
    """The rows of a text file.

    Args:
        path: for messages.
        data: all its bytes.
        encoding: None: found out.

    Raises:
        UsageError: the encoding is not known, or the file is not in it.
        RefusedError: it is no text, or too big.
    """
    text, name = _decoded(path, data, encoding)
    if "\0" in text:
        raise RefusedError(
            N_("{path} is no text: it holds NUL characters"),
            hint=N_("Is it CSV, TSV or .xlsx? `--encoding` names an unusual encoding."),
            path=path,
        )
    delimiter = find_delimiter(text)
    rows: list[SheetRow] = []
    try:
        for number, record in _records(text, delimiter):
            cells = trimmed([_cell(text) for text in record])
            if cells:
                rows.append(SheetRow(number, cells))
                if len(rows) > MAX_ROWS or len(cells) > MAX_COLUMNS:
                    raise too_big(path)
    except csv.Error as error:
        raise RefusedError(
            N_("{path} cannot be read as CSV: a cell is longer than {limit} characters"),
            hint=N_("A quotation mark that is never closed makes the rest of a file one cell."),
            path=path,
            limit=MAX_CELL,
        ) from error
    return Sheet(path, tuple(rows), encoding=name, delimiter=delimiter)


def _decoded(path: str, data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text, and the name of the encoding that was taken."""
    if encoding is not None:
        return _asked(path, data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _asked(path, data, name)
    for name in ("utf-8", "gb18030"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise RefusedError(
        N_("{path} is neither UTF-8 nor GBK text"),
        hint=N_("Is it CSV, TSV or .xlsx? `--encoding` names an unusual encoding."),
        path=path,
    )


def _asked(path: str, data: bytes, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        # Not every codec makes text of bytes: `rot13`, `zip` (a bomb), `base64`.
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError(encoding)
        text = data.decode(name)
    except LookupError as error:
        raise UsageError(
            N_("there is no encoding {encoding}"),
            hint=N_("Usual ones are utf-8, gbk, gb18030, utf-16 and big5."),
            encoding=encoding,
        ) from error
    except UnicodeError as error:
        raise UsageError(
            N_("{path} is not in the encoding {encoding}"), path=path, encoding=encoding
        ) from error
    return text.removeprefix("\ufeff"), name


def find_delimiter(text: str) -> str:
    """What parts the cells: the one that gives the most records the same number of cells.

    Args:
        text: of the whole file.
    """
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        counts: list[int] = []
        try:
            for _, record in _records(text, delimiter, _SAMPLE):
                if any(cell.strip() for cell in record):
                    counts.append(len(record))
        except csv.Error:
            continue
        several = Counter(count for count in counts if count > 1)
        if not several:
            continue
        usual, times = several.most_common(1)[0]
        score = times / len(counts) * min(usual, 8)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str, limit: int | None = None) -> list[tuple[int, list[str]]]:
    """Records with the line each begins on."""
    csv.field_size_limit(MAX_CELL * 4)  # the limit is the process's, and ours alone
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    start = 1
    for record in reader:
        found.append((start, record))
        start = reader.line_num + 1
        if limit is not None and len(found) >= limit:
            break
    return found


def _cell(text: str) -> Cell:
    return text.strip() or None

"""One cell of a sheet: the values it says, and what of it stays text.

Whatever cannot be read as its field asks is a finding and stays in the note's
text, so nothing that stood in the sheet is lost. The values themselves are read
by the same functions as a note's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from brokernotes.errors import FieldError, NotFoundError
from brokernotes.features.field_writing import FieldWriter, Item
from brokernotes.features.importing_mapping import Column
from brokernotes.features.importing_splits import SPLITS, split_phones
from brokernotes.features.importing_words import (
    BUDGET,
    OUT,
    RENT_RANGE,
    TEXT,
    VALUE_WORDS,
)
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.dates import parse_moment
from brokernotes.model.schema import Field, Kind
from brokernotes.model.source_text import narrow
from brokernotes.model.values import render_number

UNSET = frozenset(
    ("-", "--", "—", "——", "/", "\\", "无", "没有", "待定", "暂无", "未知", "不详", "不清楚",
     "未填", "空", "n/a", "na", "#n/a", "null", "none", "nil", "?", "？", "...", "…", "面议")
)  # fmt: skip
_WORTH_KEEPING = frozenset(("面议",))  # no value, but it says something
# 张三 13800138000/13900139000: who it is, and how to reach them.
_OWNER_WITH_PHONES = re.compile(
    r"(?P<name>[^\d+*()（）/、，,;；:：]{1,12}?)[ :：(（/、，,]*"
    r"(?P<phones>(?:\+?86[ -]?)?[01][\d*]{2}[\d* \-+/、，,;；]{6,})[)）]?"
)
_ERROR = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!)")
_TICKS = {"√": "true", "✓": "true", "✔": "true", "☑": "true", "1": "true", "y": "true",
          "×": "false", "✗": "false", "✘": "false", "☒": "false", "0": "false"}  # fmt: skip
_ABOUT = re.compile(
    r"^(?:约|大概|大约|差不多|不超过)\s*|\s*(?:左右|上下|起|净得|净到手|到手|包税|可谈|可议)$"
)
_BARE = re.compile(r"[\d,]+(?:\.\d+)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SERIALS = range(20_000, 80_000)  # 1954 to 2119, in days from 1900
_DAYS_BETWEEN_EPOCHS = 1462
_LONGEST_TEXT = 500  # of a field; what is longer is no field

Plain = str | int | float | bool | date | datetime | time | None


class Finding(NamedTuple):
    """Something about a cell a person should look at.

    Attributes:
        code: of `model.problems`, or of `features.importing_findings`.
        params: the places of its message.
    """

    code: str
    params: Mapping[str, object]


@dataclass(slots=True)
class Reading:
    """What one cell says.

    Attributes:
        values: by key.
        text: what stays in the note's text; empty: nothing.
        findings: about it.
    """

    values: dict[str, list[Item]] = field(default_factory=dict)
    text: str = ""
    findings: list[Finding] = field(default_factory=list)


def cell_text(cell: Plain) -> str:
    """A cell as text: numbers plain, dates ISO, yes and no as `true` and `false`."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell if cell.isprintable() else _CONTROLS.sub(" ", cell)
        return text.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.replace(microsecond=0).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, int):
        return str(cell)
    if cell != cell or cell in (float("inf"), float("-inf")):
        return ""
    if abs(cell) >= 1e15:
        return f"{cell:.15g}"
    return render_number(float(f"{cell:.15g}"))  # the digits a spreadsheet keeps


def is_unset(text: str) -> bool:
    """Whether a text says that there is no value."""
    return text.casefold() in UNSET


class CellReader:
    """Reads cells for notes of one type.

    Args:
        note_type: of the notes.
        writer: reads the values.
        is_1904: whether the workbook counts days from 1904.
    """

    def __init__(self, note_type: str, writer: FieldWriter, *, is_1904: bool = False) -> None:
        self._type = note_type
        self._writer = writer
        self._fields = writer.rules.schema.fields(note_type)
        self._is_1904 = is_1904
        self._known: dict[tuple[object, ...], Reading] = {}

    def read(self, column: Column, cell: Plain, *, is_rent: bool = False) -> Reading:
        """What a cell says.

        Args:
            column: it stands in.
            cell: its value.
            is_rent: whether the row is about renting, so that a price is a rent.
        """
        key = (column.target, column.unit, type(cell), cell, is_rent)
        known = self._known.get(key)
        if known is None:
            known = self._read(column, cell, is_rent=is_rent)
            if len(self._known) < 20_000:
                self._known[key] = known
        return known

    def _read(self, column: Column, cell: Plain, *, is_rent: bool) -> Reading:
        text = cell_text(cell)
        if not text or column.target == OUT:
            return Reading()
        if _ERROR.fullmatch(text):
            return Reading(findings=[Finding("cell-error", {"value": text})])
        target = column.target
        row = self._fields.get(target)
        if is_unset(text) and not self._is_value(row, text):
            return Reading(text=text if text in _WORTH_KEEPING else "")
        if row is None and target not in SPLITS:
            return Reading(text=text)
        if target in (BUDGET, "price") and (is_rent or re.search(r"/\s*月|每月|一个月", text)):
            target = RENT_RANGE if target == BUDGET else "rent"
            row = self._fields.get(target)
        try:
            if target in SPLITS:
                return self._split(target, text, cell, column.unit)
            assert row is not None
            return self._one(row, text, cell, column.unit)
        except FieldError as error:
            return Reading(text=text, findings=[_finding(error, text)])
        except NotFoundError as error:
            code = "link-ambiguous" if error.candidates else "link-unknown"
            return Reading(text=text, findings=[Finding(code, {"value": text})])

    def _is_value(self, row: Field | None, text: str) -> bool:
        if row is None:
            return False
        if row.kind is Kind.BOOL:
            return text in ("无", "没有")
        vocabulary = self._writer.rules.schema.vocabulary(row)
        return vocabulary is not None and vocabulary.find(text) is not None

    # -- several fields of one cell

    def _split(self, target: str, text: str, cell: Plain, unit: str) -> Reading:
        if isinstance(cell, date):
            raise FieldError("cell-date", value=text)
        found = SPLITS[target](narrow(unicodedata.normalize("NFC", text)), unit)
        reading = Reading(text=text if found.rest else "")
        for key, part in found.parts.items():
            row = self._fields[key]
            reading.values[key] = self._writer.read(row, part)
        return reading

    # -- one field

    def _one(self, row: Field, text: str, cell: Plain, unit: str) -> Reading:
        match row.kind:
            case Kind.PHONE:
                return self._phones(row, text, cell)
            case Kind.DATE | Kind.DATETIME:
                return Reading({row.key: self._writer.read(row, self._day(text, cell))})
            case Kind.BIRTHDAY:
                return Reading({row.key: self._writer.read(row, _birthday(text))})
            case Kind.NUMBER | Kind.INT:
                return self._number(row, text, cell, unit)
            case Kind.BOOL:
                word = _TICKS.get(text.casefold(), text)
                return Reading({row.key: self._writer.read(row, word)})
            case Kind.ENUM | Kind.TERM:
                return self._word(row, text)
            case Kind.LINK:
                return Reading({row.key: self._writer.read(row, text)})
        return self._text(row, text, cell)

    def _text(self, row: Field, text: str, cell: Plain) -> Reading:
        if isinstance(cell, date) and row.is_code:
            raise FieldError("cell-date", value=text)  # 3-2 became the second of March
        flat = " ".join(text.split())
        if row.key == "owner_name" and (owner := _OWNER_WITH_PHONES.fullmatch(flat)):
            phones = self._phones(self._fields["owner_phone"], owner["phones"], owner["phones"])
            phones.values[row.key] = self._writer.read(row, owner["name"])
            return phones
        if len(flat) > _LONGEST_TEXT:
            raise FieldError("cell-long", value=flat[:60] + "…")
        if row.many and row.key not in ("aliases", "tags"):
            flat = re.sub(r"\s*[/|\\]\s*|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "、", flat)
        items = self._writer.read(row, flat)
        return Reading({row.key: items}, text=text if "\n" in text else "")

    def _number(self, row: Field, text: str, cell: Plain, unit: str) -> Reading:
        if isinstance(cell, date):
            if row.key.startswith("year_built"):
                return Reading({row.key: self._writer.read(row, str(cell.year))})
            raise FieldError("cell-date", value=text)
        plain = unicodedata.normalize("NFKC", text)
        bare = _ABOUT.sub("", plain).strip()
        rest = text if bare != plain else ""
        if row.key.startswith("year_built"):
            bare = re.sub(r"\s*年(?:代|建|建成|竣工)?$", "", bare)
        elif unit and row.kind is Kind.NUMBER and _BARE.fullmatch(bare):
            bare += unit
        return Reading({row.key: self._writer.read(row, bare)}, text=rest)

    def _word(self, row: Field, text: str) -> Reading:
        known = VALUE_WORDS.get(row.key.removesuffix("s"), VALUE_WORDS.get(row.key, {}))
        word = known.get(text)
        rest = ""
        if word is None and self._finds(row, text):
            word = text
        if word is None:
            bare = _without_ends(row.key, text)
            word = known.get(bare, bare)
        elif word != text and row.kind is Kind.TERM:
            rest = text  # 贝壳 says more than 端口
        if not word:
            return Reading(text=text)
        return Reading({row.key: self._writer.read(row, word)}, text=rest)

    def _finds(self, row: Field, text: str) -> bool:
        vocabulary = self._writer.rules.schema.vocabulary(row)
        return vocabulary is not None and vocabulary.find(text) is not None

    def _phones(self, row: Field, text: str, cell: Plain) -> Reading:
        if isinstance(cell, date):
            raise FieldError("bad-phone", value=text)
        reading = Reading()
        rounded = re.fullmatch(r"(\d)(?:\.(\d+))?[Ee]\+?(\d{1,2})", text)
        if rounded:
            digits = rounded[1] + (rounded[2] or "")
            if len(digits) != int(rounded[3]) + 1:
                raise FieldError("phone-rounded", value=text)
            text = digits
        text = re.sub(r"(?<=\d)\.0+$", "", text)
        if isinstance(cell, int | float) and re.fullmatch(r"[1-9]\d{8,9}", text):
            reading.findings.append(Finding("phone-zero", {"value": text}))
            reading.text = text
        items: list[Item] = []
        for part in split_phones(narrow(text)):
            try:
                read = self._writer.read(row, part)
            except FieldError as error:
                reading.findings.append(_finding(error, part))
                reading.text = text
                continue
            items += [one for one in read if all(one.identity != had.identity for had in items)]
        if items and not row.many and len(items) > 1:
            reading.findings.append(Finding("one-phone", {"count": len(items)}))
            reading.text = text
            items = items[:1]
        if items:
            reading.values[row.key] = items
        return reading

    def _day(self, text: str, cell: Plain) -> str:
        """A date cell as ISO text; never one that is only relative to today."""
        if isinstance(cell, datetime | date):
            return text
        number = cell if isinstance(cell, int | float) else _serial(text)
        if number is not None and not isinstance(number, bool) and int(number) in _SERIALS:
            days = int(number) + (_DAYS_BETWEEN_EPOCHS if self._is_1904 else 0)
            return (date(1899, 12, 30) + timedelta(days=days)).isoformat()
        zone = self._writer.rules.zone
        found = parse_moment(re.sub(r"(?<=\d)\.$", "", text), zone)
        return found.value.isoformat()


def _serial(text: str) -> float | None:
    """Days since 1900 in a text file, as Excel writes a date cell without a date's format."""
    return float(text) if re.fullmatch(r"[2-7]\d{4}(?:\.\d+)?", text) else None


def _birthday(text: str) -> str:
    found = re.fullmatch(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})日?", narrow(text))
    if not found:
        return text
    year = f"{found[1]}-" if found[1] else ""
    return f"{year}{int(found[2]):02}-{int(found[3]):02}"


def _without_ends(key: str, text: str) -> str:
    """A word without what sheets put around it: 朝南, A类, 精装修房."""
    if key == "facing":
        return re.sub(r"^朝|[向方]$", "", text)
    if key in ("grade", "grade_override"):
        return re.sub(r"[级类+\-]?(?:客户|房源)?$", "", text)
    if key in ("intents", "transaction"):
        return re.sub(r"(?:客户|客|房源)$", "", text)
    return re.sub(r"(?<=.)房$", "", text) if key == "decoration" else text


def _finding(error: FieldError, text: str) -> Finding:
    return Finding(error.code, {"value": text, **error.params})


__all__ = ["TEXT", "CellReader", "Finding", "Reading", "cell_text", "is_unset"]

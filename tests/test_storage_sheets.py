"""Sheets as brokers have them, and as nobody should."""

import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from brokernotes.errors import BrokernotesError, NotFoundError, RefusedError, UsageError
from brokernotes.storage import sheets, sheets_xlsx
from brokernotes.storage.sheets import Formula, column_letters, read_sheet
from brokernotes.storage.sheets_csv import find_delimiter

TABLE = "小区,总价\n阳光花园,620万\n"


def cells(sheet):
    return [row.cells for row in sheet.rows]


@pytest.fixture
def csv_file(tmp_path):
    def write(data, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return write


@pytest.fixture
def book(tmp_path):
    def save(*rows, name="list.xlsx", edit=None):
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        if edit:
            edit(workbook)
        path = tmp_path / name
        workbook.save(path)
        return str(path)

    return save


def repacked(path, changes, target=None):
    """The workbook with some of its parts replaced by what a function makes of them."""
    target = target or path
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= {name: change(parts.get(name, b"")) for name, change in changes.items()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_found(csv_file, encoding, told):
    sheet = read_sheet(csv_file(TABLE.encode(encoding)))

    assert cells(sheet) == [("小区", "总价"), ("阳光花园", "620万")]
    assert sheet.encoding == told


def test_utf_16_with_tabs_is_what_excel_calls_unicode_text(csv_file):
    sheet = read_sheet(csv_file("姓名\t电话\r\n李女士\t13800000001\r\n".encode("utf-16")))

    assert cells(sheet) == [("姓名", "电话"), ("李女士", "13800000001")]
    assert sheet.delimiter == "\t"


def test_the_encoding_that_is_asked_for_counts(csv_file):
    path = csv_file("姓名\n陳\n".encode("big5"))

    assert cells(read_sheet(path, encoding="big5")) == [("姓名",), ("陳",)]


@pytest.mark.parametrize("encoding", ["klingon", "zip", "rot13", "base64"])
def test_an_encoding_that_makes_no_text_is_refused(csv_file, encoding):
    with pytest.raises(UsageError, match="encoding"):
        read_sheet(csv_file(TABLE), encoding=encoding)


def test_a_file_that_is_not_in_the_encoding_asked_for_is_refused(csv_file):
    with pytest.raises(UsageError, match="not in the encoding"):
        read_sheet(csv_file(TABLE.encode("gbk")), encoding="utf-8")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xfe\xff", b"a,b\n\0,c\n"]
)
def test_what_is_no_text_is_refused(csv_file, data):
    with pytest.raises(BrokernotesError):
        read_sheet(csv_file(data))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
def test_the_delimiter_is_found(delimiter):
    text = "\n".join(delimiter.join(row) for row in (["小区", "总价", "备注"], ["a", "1", "x"]))

    assert find_delimiter(text) == delimiter


def test_commas_within_cells_are_no_delimiter():
    assert find_delimiter("小区\t备注\n甲\t好,近,新\n乙\t好，近\n") == "\t"
    assert find_delimiter("小区;备注\n甲;好,近\n乙;好\n") == ";"


def test_quoted_line_breaks_belong_to_their_cell_and_lines_are_counted(csv_file):
    sheet = read_sheet(csv_file('小区,备注\n"甲","一\n二"\n\n乙,三\n'))

    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("小区", "备注")), (2, ("甲", "一\n二")), (5, ("乙", "三")),
    ]  # fmt: skip
    assert sheet.place(5, 1) == f"{sheet.path}:5:2"


def test_a_quotation_mark_that_is_never_closed_is_no_bomb(csv_file):
    with pytest.raises(RefusedError, match="longer than"):
        read_sheet(csv_file('小区,备注\n"甲' + "一" * 200_000))


def test_too_many_columns_or_rows_are_refused(csv_file, monkeypatch):
    with pytest.raises(RefusedError, match="too big"):
        read_sheet(csv_file(",".join(map(str, range(501)))))
    monkeypatch.setattr(sheets, "MAX_SIZE", 100)
    with pytest.raises(RefusedError, match="too big"):
        read_sheet(csv_file("a,b\n" * 100))


def test_a_missing_file_a_folder_and_an_old_workbook_are_told(csv_file, tmp_path):
    with pytest.raises(UsageError, match="there is no file"):
        read_sheet(str(tmp_path / "none.csv"))
    with pytest.raises(RefusedError, match="folder"):
        read_sheet(str(tmp_path))
    with pytest.raises(RefusedError, match=r"old \.xls") as error:
        read_sheet(csv_file(bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "old.xls"))
    assert "Save as" in error.value.hint


def test_a_workbook_keeps_kinds_and_places(book):
    sheet = read_sheet(
        book(["店里的"], ["小区", "总价", "日期"], [None], ["甲", 620.5, datetime(2026, 8, 20)])
    )

    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("店里的",)),
        (2, ("小区", "总价", "日期")),
        (4, ("甲", 620.5, datetime(2026, 8, 20))),
    ]
    assert sheet.place(4, 1).endswith(":Sheet!B4")
    assert column_letters(0) == "A"
    assert column_letters(701) == "ZZ"


def test_the_first_sheet_with_rows_is_read_or_the_one_asked_for(book):
    def edit(workbook):
        workbook.create_sheet("客源").append(["姓名"])
        workbook.create_sheet("隐藏").append(["x"])
        workbook["隐藏"].sheet_state = "hidden"

    path = book(edit=edit)

    assert read_sheet(path).name == "客源"
    assert read_sheet(path, sheet="3").name == "隐藏"
    assert read_sheet(path, sheet="客源 ").name == "客源"
    with pytest.raises(NotFoundError) as error:
        read_sheet(path, sheet="房源")
    assert error.value.candidates == ("Sheet", "客源", "隐藏")


def test_formulas_are_never_evaluated(book):
    path = book(["总价", "算"], [1, "=1+1"], [2, '=HYPERLINK("http://x","y")'])
    cached = repacked(
        path,
        {SHEET: lambda data: re.sub(rb"<f>1\+1</f><v ?(?:/>|></v>)", b"<f>1+1</f><v>7</v>", data)},
    )
    sheet = read_sheet(cached)

    assert sheet.rows[1].cells == (1, 7)
    assert sheet.rows[2].cells == (2, Formula('=HYPERLINK("http://x","y")'))


def test_days_since_1904_are_told(book):
    def edit(workbook):
        workbook.epoch = CALENDAR_MAC_1904

    assert read_sheet(book(["a"], edit=edit)).is_1904


def test_a_million_styled_rows_do_not_hang(book):
    path = book(["小区"], ["甲"])
    rows = "".join(f'<row r="{number}" s="1"/>' for number in range(3, 300_000)).encode()
    repacked(path, {SHEET: lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")})
    sheet = read_sheet(path)

    assert cells(sheet) == [("小区",), ("甲",)]
    assert sheet.is_cut


def test_a_zip_bomb_is_looked_at_before_it_is_unpacked(book, monkeypatch):
    monkeypatch.setattr(sheets_xlsx, "MAX_UNPACKED", 1_000_000)
    path = book(["a"])
    repacked(path, {"xl/media/bomb.bin": lambda _: b"\0" * 2_000_000})

    with pytest.raises(RefusedError, match="too big"):
        read_sheet(path)


def test_a_part_of_strings_that_is_too_big_is_refused(book, monkeypatch):
    monkeypatch.setattr(sheets_xlsx, "MAX_PART", 50_000)
    path = book(["a"])
    repacked(path, {"xl/sharedStrings.xml": lambda data: data + b" " * 60_000})

    with pytest.raises(RefusedError, match="too big"):
        read_sheet(path)


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def headed(data, start, coding="utf-8"):
    """An XML part with another beginning."""
    root = data[data.find(b"?>") + 2 if b"?>" in data else 0 :]
    return (start + root).decode().encode(coding)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "before", [b"", b"<!-- <x> " + b"x" * 9000 + b" -->", b'<?xml version="1.0"?>\n']
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_billion_laughs_are_refused_whatever_reads_xml(book, part, before, coding):
    """openpyxl reads with lxml where there is one, which would not refuse them."""
    path = book(["a"])
    repacked(path, {part: lambda data: headed(data, before + LAUGHS, coding)})

    with pytest.raises(RefusedError, match="no workbook"):
        read_sheet(path)


def test_a_document_type_in_a_text_is_a_text(book):
    path = book(["<!DOCTYPE html>", "&a;"])

    assert read_sheet(path).rows[0].cells == ("<!DOCTYPE html>", "&a;")


def test_links_to_other_files_are_not_followed(book):
    path = book(["a"], ["=[1]Sheet1!A1"])
    repacked(path, {"xl/externalLinks/externalLink1.xml": lambda _: b"<externalLink/>"})

    assert read_sheet(path).rows[1].cells == (Formula("=[1]Sheet1!A1"),)


@pytest.mark.parametrize("cut", [10, 200, 2000])
def test_a_damaged_workbook_is_told(book, cut, tmp_path):
    data = (tmp_path / book(["a"], ["b"])).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(data[:-cut])

    with pytest.raises(RefusedError, match="no workbook"):
        read_sheet(str(tmp_path / "cut.xlsx"))


def test_a_zip_that_is_no_workbook_is_told(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hello.txt", "hello")
    (tmp_path / "x.xlsx").write_bytes(stream.getvalue())

    with pytest.raises(RefusedError, match="no workbook"):
        read_sheet(str(tmp_path / "x.xlsx"))

"""What the vault keeps of imports."""

import pytest

from brokernotes.errors import UsageError
from brokernotes.storage.imports import (
    SavedMapping,
    find_mapping,
    new_name,
    parse_mapping,
    parse_memory,
    read_mapping,
    render_mapping,
    render_memory,
)

MAPPING = SavedMapping("房源表", "listing", ("小区", "总价: 万", "#3"), {
    "小区": "community", "总价: 万": "price:元", "#3": "",
})  # fmt: skip


def test_a_mapping_comes_back_as_it_was():
    assert parse_mapping(render_mapping(MAPPING, "which column"), "房源表") == MAPPING


def test_a_mapping_is_found_by_kind_and_headings(tmp_path):
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "a.yaml").write_text("just: text\n")
    (tmp_path / "imports" / "b.yaml").write_text(render_mapping(MAPPING, "x"), "utf-8")

    assert find_mapping(str(tmp_path), "listing", MAPPING.header).name == "b"
    assert find_mapping(str(tmp_path), "client", MAPPING.header) is None
    assert find_mapping(str(tmp_path), "listing", ("小区",)) is None
    assert find_mapping(str(tmp_path / "none"), "listing", ("小区",)) is None


@pytest.mark.parametrize("text", ["", "[", "a: b", "columns: [x]", "columns:\n  - a", "\x00"])
def test_what_is_no_mapping_is_told(tmp_path, text):
    (tmp_path / "m.yaml").write_text(text)

    with pytest.raises(UsageError, match="no mapping"):
        read_mapping(str(tmp_path / "m.yaml"))


def test_names_leave_out_dates_and_are_free(tmp_path):
    assert new_name(str(tmp_path), "房源表-20260820", "listing") == "房源表"
    assert new_name(str(tmp_path), "2026", "listing") == "2026"
    assert new_name(str(tmp_path), "???", "listing") == "listing"
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "房源表.jsonl").touch()
    assert new_name(str(tmp_path), "房源表", "listing") == "房源表-2"


def test_what_a_sheet_said_comes_back_and_damaged_lines_are_passed_over():
    base = {"L-7K2PQM": {"price": "ab", "facing": ["cd"]}, "L-9F3DWA": {}}
    text = render_memory(base, {"print": "L-9F3DWA"})
    damaged = "<<<<<<< ours\n" + text + '{"note": "x"}\n[1]\n{"note"\n'

    assert parse_memory(text) == (base, {"print": "L-9F3DWA"})
    assert parse_memory(damaged) == parse_memory(text)
    assert len(text.splitlines()) == 2

"""What has no field stands in the note's text, and can be found there again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.importing_body import item_label, read_texts, text_item, write_texts
from brokernotes.notes.note import NoteReader
from brokernotes.notes.rulebook import read_rules

READER = NoteReader(read_rules("format: 1\nlanguage: zh\n")[0])
NOTE = """---
id: C-7K2PQM
type: client
---

## 需求

两房

## 跟进记录

- 2026-11-01 10:00 电话 聊了 ^3ack67k2p
"""


def test_the_section_stands_before_the_log():
    text = write_texts(NOTE, {"单价": "5.2万", "备注": "甲\n  乙"}, "zh")

    assert "两房\n\n## 导入\n\n- **单价**：5.2万\n- **备注**：甲\n  乙\n\n## 跟进记录\n" in text
    assert read_texts(text) == {"单价": "5.2万", "备注": "甲\n  乙"}


def test_items_are_changed_and_removed_where_they_stand():
    text = write_texts(NOTE, {"单价": "5.2万", "备注": "甲\n  乙", "朝向": "南"}, "zh")
    text = text.replace("- **朝向**", "我自己的话\n- **朝向**")
    changed = write_texts(text, {"备注": "丙", "单价": None}, "zh")

    assert "## 导入\n\n- **备注**：丙\n我自己的话\n- **朝向**：南\n\n## 跟进记录" in changed


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "没有换行"])
def test_a_note_without_a_log_gets_the_section_at_its_end(end):
    text = write_texts(f"---\nid: A-000001\n---\n{end}", {"备注": "甲"}, "en")

    assert text.endswith("\n\n## Imported\n\n- **备注**: 甲\n")
    assert read_texts(text) == {"备注": "甲"}


def test_windows_line_ends_stay():
    text = write_texts(NOTE.replace("\n", "\r\n"), {"备注": "甲\n  乙"}, "zh")

    assert "\n" not in text.replace("\r\n", "")
    assert read_texts(text) == {"备注": "甲\n  乙"}


def test_a_heading_of_the_log_within_code_is_none():
    hidden = NOTE.replace("两房", "```\n## 跟进记录\n```")

    assert "```\n\n## 导入" in write_texts(hidden, {"备注": "甲"}, "zh")


MARKS = st.lists(
    st.sampled_from(
        [
            *("```", "$$", "%%", "<!--", "-->", "##", " ", "跟进记录", "[[", "]]", "- ", "\n"),
            *("**", "~~~", "{{", "}}", "【【", "】】", "^abc", "\\", "#", "＃＃", "======="),
            *("1. ", "x", "`", "__", "<%", "%>", "[", "](x.md)", "!", "* ", "> ", "---", "+ ", "|"),
            *("2026-11-25 带看", "&", "<<<<<<< x"),
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(MARKS | st.text(max_size=60), MARKS | st.text(min_size=1, max_size=20))
def test_no_cell_changes_what_the_note_means(raw, heading):
    item = text_item(raw)
    label = item_label(heading)
    if not item:
        return
    text = write_texts(NOTE, {label: item}, "zh")
    before, after = READER.read("clients/x.md", NOTE), READER.read("clients/x.md", text)

    assert read_texts(text) == {label: item}
    assert [one.id for one in after.record.entries] == ["3ack67k2p"]
    assert after.links == before.links == []
    assert {found.code for found in after.problems} == {found.code for found in before.problems}
    assert write_texts(text, {label: None}, "zh").count("- **") == 0

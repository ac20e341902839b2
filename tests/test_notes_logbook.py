import pytest

from brokernotes.model.rules import builtin_schema
from brokernotes.notes.logbook import LogBook, entry_ref, entry_refs, read_log

BOOK = LogBook(builtin_schema(), ("王敏",))
ENTRY = "- 2026-08-20 14:30 电话 问学区 ^3afq6m4x9"


def read(body):
    return read_log(body, 0, 1, BOOK)


def codes(reading):
    return [found.code for found in reading.findings if found.code != "missing-entry-id"]


@pytest.mark.parametrize(
    "heading", ["## 跟进记录", "# 跟进", "### Log", "## follow-ups", "## Log ##"]
)
def test_a_log_heading_of_any_level_begins_a_section(heading):
    reading = read(f"{heading}\n\n{ENTRY}\n")

    assert (len(reading.entries), codes(reading)) == (1, [])


@pytest.mark.parametrize(
    "heading",
    ["##跟进记录", "## 跟进记录（8月）", "**跟进记录**", "跟进记录\n---", "Log\n===",
     "## 跟进记录：", "## 📞 跟进记录", "## 三、跟进记录", " ## 跟进记录", "## **跟进记录**",
     "## 跟进纪录", "＃＃ 跟进记录"],
)  # fmt: skip
def test_what_nearly_is_a_log_heading_is_read_with_a_warning(heading):
    reading = read(f"需求\n\n{heading}\n\n{ENTRY}\n")

    assert (len(reading.entries), codes(reading)) == (1, ["near-heading"])


@pytest.mark.parametrize(
    "heading",
    ["## 跟进计划", "## Logistics", "## 需求", "**重点**", "跟进记录", "＃＃ 需求", "＃跟进计划"],
)
def test_other_headings_begin_no_section(heading):
    reading = read(f"{heading}\n\n{ENTRY}\n")

    assert (reading.entries, reading.sections, codes(reading)) == ([], [], [])


def test_a_section_reaches_to_the_next_heading_of_its_level():
    reading = read(
        f"## 跟进记录\n{ENTRY}\n### 8月\n- 2026-08-21 电话\n\n## 印象\n- 2026-08-22 电话\n"
    )

    assert [entry.day.day for entry in reading.entries] == [20, 21]
    assert codes(reading) == ["log-not-last"]
    assert [(s.line, s.end, s.follower) for s in reading.sections] == [(1, 4, 6)]


def test_entries_of_all_log_sections_are_read():
    reading = read(f"## 跟进记录\n{ENTRY}\n# 其他\n## Log\n- 2026-08-21 电话\n")

    assert [entry.line for entry in reading.entries] == [2, 5]
    assert codes(reading) == []


def test_indented_lines_and_blank_lines_between_them_are_children():
    reading = read(f"## Log\n{ENTRY}\n  - 陪同:李四\n\n\t还价\n\n{ENTRY[:-1]}\n文字\n  缩进\n")

    first, second = reading.entries
    assert first.children == ("  - 陪同:李四", "", "\t还价")
    assert second.children == ()
    assert reading.spans == [(2, 5), (7, 7)]


def test_a_child_with_date_and_verb_is_an_entry_of_its_own():
    reading = read(
        f"## Log\n{ENTRY}\n  - 陪同\n  - 2026-08-21 09:00 微信 发了图\n    - 图三张\n"
        "  - 2026-08-22 去吃饭\n"
    )

    outer, inner = reading.entries
    assert outer.children == ("  - 陪同", "  - 2026-08-22 去吃饭")
    assert (inner.verb, inner.children) == ("wechat", ("    - 图三张",))
    assert codes(reading) == ["nested-entry"]


def test_an_entry_indented_less_than_a_child_is_a_sibling():
    reading = read(f"## Log\n{ENTRY}\n - 2026-08-21 微信 好\n")

    assert ([entry.children for entry in reading.entries], codes(reading)) == ([(), ()], [])


def test_what_a_block_hides_is_no_entry_no_link_and_no_heading():
    reading = read(
        f"```\n## Log\n```\n## 跟进记录\n%%\n{ENTRY} [[a]]\n%%\n- 2026-08-21 电话 `[[b]]`\n"
    )

    assert [entry.day.day for entry in reading.entries] == [21]
    assert (reading.links, reading.hidden_heading, reading.unclosed) == ([], 2, None)


def test_an_unclosed_block_is_reported_where_it_opens():
    reading = read(f"## 跟进记录\n{ENTRY}\n\n```\n- 2026-08-21 电话\n")

    assert (len(reading.entries), codes(reading), reading.unclosed) == (1, ["unclosed-block"], 4)


def test_an_unclosed_fence_under_an_entry_does_not_hide_the_next_one():
    reading = read(f"## 跟进记录\n{ENTRY}\n  ```\n  贴的代码\n- 2026-08-21 电话\n")

    assert len(reading.entries) == 2
    assert reading.entries[0].children == ("  ```", "  贴的代码")
    assert codes(reading) == []


def test_two_entries_with_one_id_are_reported_at_the_second():
    reading = read(f"## Log\n{ENTRY}\n{ENTRY}\n")

    assert codes(reading) == ["duplicate-entry-id"]
    assert reading.findings[0].params == {"id": "3afq6m4x9", "other": 2}
    assert (reading.findings[0].line, reading.findings[0].column) == (3, len(ENTRY) - 9)


def test_an_entry_without_id_is_hinted_at():
    assert [found.code for found in read("## Log\n- 2026-08-20 电话\n").findings] == [
        "missing-entry-id"
    ]


def test_lines_are_counted_from_the_body_whatever_ends_them():
    for newline in ("\n", "\r\n", "\r"):
        text = newline.join(["---", "id: x", "---", "## Log", ENTRY, " - 8月1日 看房", ""])
        reading = read_log(text, text.index("## Log"), 4, BOOK)
        assert reading.entries[0].line == 5
        assert reading.entries[0].children == (" - 8月1日 看房",)


def test_links_of_the_whole_body_have_their_places():
    reading = read(
        "见[[a|甲]]和![[b.jpg]] [c](d%20e.md) [f](https://x.y/z.md)\n\\[[g]] [[#h]]\n"
        "## Log\n- 2026-08-20 带看 [[i|j]] [[k]] 好\n- 2026-08-20 带看 `[[l]]` 【【m】】\n"
    )

    assert [(link.target, link.line, link.column, link.is_embed) for link in reading.links] == [
        ("a", 1, 2, False),
        ("b.jpg", 1, 11, True),
        ("d e", 1, 21, False),
        ("i", 4, 17, False),
        ("k", 4, 25, False),
        ("m", 5, 25, False),
    ]


def test_conflict_markers_and_template_code_are_found():
    reading = read("{{title}} `{{no}}`\n<<<<<<< HEAD\na\n=======\n<% tp.x %>\n>>>>>>> b\n")

    assert [found.line for found in reading.conflicts] == [2, 4, 6]
    assert [(found.line, found.text) for found in reading.leftovers] == [
        (1, "{{title}}"),
        (5, "<% tp.x %>"),
    ]


def test_a_line_of_equal_signs_alone_is_no_conflict():
    assert read("标题\n=======\n").conflicts == []


def test_an_entry_is_found_by_id_or_stamp():
    entries = read(f"## Log\n{ENTRY}\n- 2026-08-20 14:30 微信 好\n- 2026-08-20 微信 好\n").entries

    assert entry_refs(entries) == ["3afq6m4x9", "20260820T1430-2", "20260820"]
    assert [entry_ref(entries, ref) for ref in entry_refs(entries)] == [0, 1, 2]
    assert entry_ref(entries, "^3AFQ6M4X9") == 0
    assert entry_ref(entries, "20260820T1430") == 0
    assert entry_ref(entries, "20260821") is None


def test_an_id_of_two_entries_names_neither():
    entries = read("## Log\n- 2026-08-20 14:30 微信 一 ^3a\n- 2026-08-21 微信 二 ^3a\n").entries

    assert entry_refs(entries) == ["20260820T1430", "20260821"]
    assert [entry_ref(entries, ref) for ref in ("3a", "20260821")] == [None, 1]

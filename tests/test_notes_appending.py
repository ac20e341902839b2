import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.model.rules import builtin_schema
from brokernotes.notes.appending import Added, add_entry_id, add_to_entry, append_entry, change_box
from brokernotes.notes.frontmatter import split
from brokernotes.notes.log_writing import child_lines
from brokernotes.notes.logbook import LogBook, read_log
from tests.examples import many

BOOK = LogBook(builtin_schema(), ("王敏",))
NEW = "- 2026-08-21 09:00 电话 新的 ^3new000000"
OLD = "- 2026-08-20 14:30 电话 旧的 ^3afq6m4x9"
PLANNED = "- [ ] 2026-08-25 15:00 带看 [[x]] 东门 [地点:: 东门]  ^3afr4q81c "
FRONT = "---\nid: C-7K2PQM\n# ## 跟进记录\n---\n"


def append(text, lines=NEW):
    return append_entry(text, lines, heading="## 跟进记录", book=BOOK)


def entries(text):
    parts = split(text)
    return read_log(text, parts.body, parts.body_line, BOOK).entries


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"## 跟进记录\n\n{NEW}\n"),
        (FRONT, f"{FRONT}\n## 跟进记录\n\n{NEW}\n"),
        (f"{FRONT}\n需求\n", f"{FRONT}\n需求\n\n## 跟进记录\n\n{NEW}\n"),
        (f"{FRONT}\n需求", f"{FRONT}\n需求\n\n## 跟进记录\n\n{NEW}\n"),
        (f"{FRONT}\n需求\n\n", f"{FRONT}\n需求\n\n## 跟进记录\n\n{NEW}\n"),
        ("## 跟进记录", f"## 跟进记录\n\n{NEW}\n"),
        ("## 跟进记录\n", f"## 跟进记录\n\n{NEW}\n"),
        ("## 跟进记录\n\n", f"## 跟进记录\n\n{NEW}\n"),
        ("## 跟进记录\r\n", f"## 跟进记录\r\n\r\n{NEW}\r\n"),
        ("## 跟进记录\r\n \r\n", f"## 跟进记录\r\n \r\n{NEW}\r\n"),
        ("需求\r\n", f"需求\r\n\r\n## 跟进记录\r\n\r\n{NEW}\r\n"),
        ("## 跟进记录\r", f"## 跟进记录\r\r{NEW}\r"),
        (f"## 跟进记录\n\n{OLD}\n", f"## 跟进记录\n\n{OLD}\n{NEW}\n"),
        (f"## 跟进记录\n\n{OLD}", f"## 跟进记录\n\n{OLD}\n{NEW}\n"),
        (f"## Log\r\n\r\n{OLD}\r\n", f"## Log\r\n\r\n{OLD}\r\n{NEW}\r\n"),
        (f"## Log\n\n{OLD}\r\n  - 甲\r\n", f"## Log\n\n{OLD}\r\n  - 甲\r\n{NEW}\r\n"),
        (f"## Log\n\n{OLD}\n  - 甲\n\n  - 乙\n", f"## Log\n\n{OLD}\n  - 甲\n\n  - 乙\n{NEW}\n"),
        ("## Log\n\n没有记录。\n", f"## Log\n\n没有记录。\n{NEW}\n"),
        (f"## Log\n{OLD}\n```\na\n```\n", f"## Log\n{OLD}\n```\na\n```\n{NEW}\n"),
        (f"## Log\n{OLD}\n\n## Log\n", f"## Log\n{OLD}\n\n## Log\n\n{NEW}\n"),
    ],
)
def test_an_entry_becomes_the_last_line_of_the_file(before, after):
    appended = append(before)

    assert appended.text == after
    assert appended.findings == ()
    assert appended.text.splitlines()[appended.line - 1] == NEW


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"## Log\n\n{OLD}\n  - 甲\n\n# 印象\n好\n",
            f"## Log\n\n{OLD}\n  - 甲\n{NEW}\n\n# 印象\n好\n",
        ),
        ("## Log\n\n## 印象\n", f"## Log\n\n{NEW}\n\n## 印象\n"),
        ("## Log\n## 印象\n", f"## Log\n\n{NEW}\n## 印象\n"),
        (f"## Log\r\n{OLD}\r\n## 印象\r\n", f"## Log\r\n{OLD}\r\n{NEW}\r\n## 印象\r\n"),
    ],
)
def test_an_entry_of_a_section_in_the_middle_stays_in_it_and_is_reported(before, after):
    appended = append(before)

    assert appended.text == after
    assert [found.code for found in appended.findings] == ["log-not-last"]
    assert appended.findings[0].params == {"heading": "印象"}
    assert appended.text.splitlines()[appended.line - 1] == NEW


def test_an_entry_with_lines_under_it_is_appended_whole():
    appended = append(f"## Log\r\n{OLD}\r\n", f"{NEW}\n  - 甲\n  - 乙")

    assert appended.text.endswith(f"{NEW}\r\n  - 甲\r\n  - 乙\r\n")
    assert appended.line == 3
    assert entries(appended.text)[-1].children == ("  - 甲", "  - 乙")


@pytest.mark.parametrize(
    "text", ["```\n## 跟进记录\n", f"## Log\n{OLD}\n%%\n", f"<!--\n## Log\n{OLD}\n"]
)
def test_a_block_that_is_never_closed_refuses_entries(text):
    with pytest.raises(RefusedError, match="never closed"):
        append(text)


def test_a_log_heading_hidden_in_a_block_is_not_answered_by_another():
    with pytest.raises(RefusedError, match="hidden"):
        append("%%\n## 跟进记录\n%%\n")


LINES = st.lists(
    st.sampled_from(["## Log", "## 印象", OLD, NEW, "  - 甲", "", "文字", "```", "%%", " ", "\t",
                     "---", "**跟进记录**", "跟进记录", "===", "1. 2026-08-20 电话", "$$", "> 引"]),
    max_size=9,
)  # fmt: skip


@settings(max_examples=many(400), deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans())
def test_appending_only_inserts_and_adds_exactly_one_entry(lines, newline, is_ended, has_front):
    text = newline.join(lines) + (newline if is_ended else "")
    if has_front:
        text = FRONT.replace("\n", newline if newline != "\r" else "\n") + text
    fresh = NEW.replace("3new", "9new")

    try:
        appended = append(text, fresh)
    except RefusedError:
        return

    end = appended.offset + len(appended.inserted)
    assert appended.text[: appended.offset] + appended.text[end:] == text
    assert appended.inserted.count(fresh) == 1
    before, after = entries(text), entries(appended.text)
    assert len(after) == len(before) + 1
    assert next(entry for entry in after if entry.id == "9new000000").line == appended.line


def test_ticking_off_changes_the_box_and_adds_before_the_id():
    text = f"## Log\r\n{PLANNED}\r\n{OLD}\r\n"
    added = Added("客户嫌吵", {"interest": 2}, child_lines("再看一套"))

    changed = change_box(text, "3afr4q81c", "x", book=BOOK, added=added)

    assert changed == (
        "## Log\r\n- [x] 2026-08-25 15:00 带看 [[x]] 东门 [地点:: 东门] 客户嫌吵 [意向:: 2]  "
        f"^3afr4q81c \r\n  - 再看一套\r\n{OLD}\r\n"
    )


@pytest.mark.parametrize(("mark", "box"), [("x", "done"), ("-", "cancelled")])
def test_an_entry_without_id_is_ticked_by_its_stamp(mark, box):
    text = "## Log\n- [ ] 2026-08-25 15:00 带看\n- [ ] 2026-08-25 15:00 电话\n"

    changed = change_box(text, "20260825T1500-2", mark, book=BOOK)

    assert [entry.box for entry in entries(changed)] == ["planned", box]


@pytest.mark.parametrize(
    "line", ["- [] 2026-08-25 带看", "- [/] 2026-08-25 带看", "- 【 】2026-08-25 带看"]
)
def test_a_box_of_another_kind_is_ticked_too(line):
    assert "- [x]" in change_box(f"## Log\n{line}\n", "20260825", "x", book=BOOK)


@pytest.mark.parametrize("box", ["", "[x] ", "[-] "])
def test_only_planned_entries_are_ticked(box):
    with pytest.raises(RefusedError, match="not planned"):
        change_box(f"## Log\n- {box}2026-08-25 带看\n", "20260825", "x", book=BOOK)


def test_an_entry_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(NotFoundError) as caught:
        change_box(f"## Log\n{PLANNED}\n", "3zzzzzzzz", "x", book=BOOK)

    assert caught.value.candidates == ("3afr4q81c",)


def test_a_field_that_stands_there_is_not_changed():
    with pytest.raises(RefusedError, match="already"):
        change_box(f"## Log\n{PLANNED}\n", "3afr4q81c", "x", book=BOOK,
                   added=Added(fields={"place": "西门"}))  # fmt: skip


def test_a_field_of_the_entry_is_not_written_again():
    text = "## Log\n- [ ] 2026-08-25 带看 [时长:: 45] ^3afr4q81c\n"

    changed = change_box(text, "3afr4q81c", "x", book=BOOK, added=Added("好"))

    assert changed == "## Log\n- [x] 2026-08-25 带看 [时长:: 45] 好 ^3afr4q81c\n"


def test_lines_are_added_under_the_last_child():
    text = f"## Log\n{OLD}\n  - 甲\n\n{NEW}\n"

    changed = add_to_entry(text, "3afq6m4x9", Added(children=child_lines("乙")), book=BOOK)

    assert changed == f"## Log\n{OLD}\n  - 甲\n  - 乙\n\n{NEW}\n"


TEXTS = st.lists(
    st.sampled_from(
        ["好", "@王敏", "[意向:: 3]", "[[a]]", "^abc", "`", "\\", "%%", " ", "，", "没接"]
    ),
    max_size=5,
).map("".join)


@settings(max_examples=many(200), deadline=None)
@given(TEXTS, st.sampled_from([PLANNED, "- [ ] 2026-08-25 带看", "- [ ] 2026-08-25 带看 `a` ^x  "]))
def test_added_text_reads_as_text_and_nothing_else_changes(added, line):
    text = f"## Log\n{line}\n{OLD}\n"
    before = entries(text)[0]

    try:
        changed = change_box(text, before.id or "20260825", "x", book=BOOK, added=Added(added))
    except RefusedError:
        return

    after, other = entries(changed)
    assert after.text == " ".join(part for part in (before.text, added.strip()) if part)
    assert (after.fields, after.links, after.id) == (before.fields, before.links, before.id)
    assert other == entries(text)[1]


@pytest.mark.parametrize(
    ("line", "mended"),
    [("- 2026-08-20 电话", "- 2026-08-20 电话 ^3new000000"),
     ("- 2026-08-20 电话  ", "- 2026-08-20 电话 ^3new000000  "),
     ("- 2026-08-20 电话 [意向:: 3]\u3000", "- 2026-08-20 电话 [意向:: 3] ^3new000000\u3000")],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_id_goes_last_on_its_line(line, mended, newline):
    text = f"a{newline}{line}{newline}  - 甲"

    assert add_entry_id(text, 2, "3new000000") == f"a{newline}{mended}{newline}  - 甲"


@pytest.mark.parametrize(("line", "id_"), [(1, "3new000000"), (9, "x"), (0, "x"), (2, "not an id")])
def test_an_id_is_refused_where_it_has_no_place(line, id_):
    with pytest.raises(RefusedError):
        add_entry_id(f"{OLD}\n- 2026-08-20 电话\n", line, id_)

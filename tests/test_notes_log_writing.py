from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brokernotes.errors import RefusedError
from brokernotes.model.records import LogEntry
from brokernotes.model.rules import builtin_schema
from brokernotes.notes.log_writing import child_lines, parse_entry, render_entry, written_form
from brokernotes.notes.logbook import LogBook, read_log
from tests.examples import many

SCHEMA = builtin_schema()
BOOK = LogBook(SCHEMA, ("王敏", "李航"))
ENGLISH = LogBook(SCHEMA, (), language="en")
CALL = LogEntry(day=date(2026, 8, 20), verb="call", line=1)

PIECES = st.sampled_from(
    ["带看", "没人接", "@王敏", "@", "[", "]", "[[x]]", "[意向:: 3]", "（意向：3）", "^abc", " ",
     "  ", "\\", "`", "%%", "<!--", "-->", "：", "周四", "14:30", "2026-08-20", "20260820 电话",
     "*", "[x](a.md)", "!", "【【x】】", "\u3000", "\n", "\r\n", "\u2028", "\x1b",
     "cancelled", "📅 2026-08-25", "- ", "```", "$$", "## Log"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=7).map("".join) | st.text(max_size=20)
VALUES = TEXTS.filter(lambda value: not set("[]\\") & set(value))
ENTRIES = st.builds(
    LogEntry,
    day=st.dates(),
    verb=st.sampled_from(["call", "deposit", "showing", "note"]),
    line=st.just(1),
    minutes=st.none() | st.integers(0, 1439),
    box=st.sampled_from([None, "planned", "done", "cancelled"]),
    id=st.none() | st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True),
    agent=st.none() | st.sampled_from(["王敏", "李 四", "x"]),
    links=st.lists(st.sampled_from(["阳光 1-7K2PQM", "a", "x/y"]), max_size=2).map(tuple),
    fields=st.fixed_dictionaries(
        {},
        optional={
            "outcome": st.sampled_from(["reached", "sent"]),
            "interest": st.integers(1, 5),
            "place": VALUES,
            "next": st.dates() | st.datetimes().map(lambda at: at.replace(microsecond=0)),
            "status": st.just(("for_sale", "deposit")),
            "own key": VALUES,
        },
    ),
    text=TEXTS,
    children=TEXTS.map(child_lines),
    duration=st.none() | st.integers(1, 600),
)


@settings(max_examples=many(500), deadline=None, suppress_health_check=list(HealthCheck))
@given(ENTRIES, st.sampled_from([BOOK, ENGLISH]))
def test_what_is_written_is_read_back(entry, book):
    lines = render_entry(entry, book)

    read = parse_entry(lines, book)
    assert read is not None
    assert replace(read, column=0) == written_form(entry)


def test_an_entry_is_written_in_its_canonical_form():
    entry = replace(
        CALL,
        verb="showing",
        minutes=870,
        box="planned",
        id="3afq6m4x9",
        agent="王敏",
        links=("阳光花园 3室2厅-7K2PQM",),
        fields={"interest": 3, "next": datetime(2026, 8, 25, 15), "objections": ("price", "朝向")},
        text="嫌客厅小,可谈(急)",
        children=child_lines("陪同:李四\n还价 580 万"),
    )

    assert render_entry(entry, BOOK, {"阳光花园 3室2厅-7K2PQM": "阳光花园 3室2厅"}.get) == (
        "- [ ] 2026-08-20 14:30 带看 @王敏 [[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]] "
        "嫌客厅小,可谈(急) [意向:: 3] [下次:: 2026-08-25 15:00] [顾虑:: 价格、朝向] ^3afq6m4x9\n"
        "  - 陪同:李四\n  - 还价 580 万"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@王敏 说好", r"\@王敏 说好"),
        ("面积 10^6", r"面积 10\^6"),
        ("见 [意向:: 3]", r"见 \[意向:: 3]"),
        ("见（意向：3）", r"见\（意向：3）"),
        ("[[x]] 好", r"\[[x]] 好"),
        ("没人接", r"\没人接"),
        ("邮箱 a@b.com (妻子: 李) [A] 5%", "邮箱 a@b.com (妻子: 李) [A] 5%"),
        ("一行\n两行\r\n三行", "一行 两行 三行"),
        ("一行\u2028两行\x0b\x85三行", "一行 两行 三行"),
        ("\x00零\x1b[31m红\x7f\t格", "零[31m红\t格"),
    ],
)
def test_only_what_would_be_read_as_something_else_is_escaped(text, written):
    assert render_entry(replace(CALL, text=text), BOOK) == f"- 2026-08-20 电话 {written}"


def test_control_characters_reach_no_line_of_an_entry():
    entry = replace(
        CALL, fields={"place": "东\x07门"}, children=child_lines("甲\x00乙\u2028丙\n\x1b")
    )

    assert render_entry(entry, BOOK) == "- 2026-08-20 电话 [地点:: 东门]\n  - 甲乙\n  - 丙"


def test_unbalanced_brackets_in_a_value_are_refused():
    with pytest.raises(RefusedError, match="brackets"):
        render_entry(replace(CALL, fields={"place": "东门]"}), BOOK)


@pytest.mark.parametrize(
    "changes",
    [{"verb": "unheard_of"}, {"id": "no id"}, {"links": ("a]]b",)}, {"children": ("not indented",)},
     {"children": ("  - 2026-08-20 电话",)}, {"children": ("  ```",)}],
)  # fmt: skip
def test_what_cannot_be_read_back_is_refused(changes):
    with pytest.raises(RefusedError):
        render_entry(replace(CALL, **changes), BOOK)


def test_a_verb_that_the_text_would_lengthen_is_kept_apart():
    entry = replace(CALL, verb="deposit", text="cancelled by the buyer")

    assert render_entry(entry, ENGLISH) == r"- 2026-08-20 Deposit \cancelled by the buyer"


@given(TEXTS)
def test_any_text_becomes_lines_under_an_entry(text):
    children = "\n".join(child_lines(text))

    reading = read_log(f"## Log\n- 2026-08-20 电话\n{children}\n- 2026-08-21 电话\n", 0, 1, BOOK)

    assert len(reading.entries) == 2
    assert "\n".join(reading.entries[0].children) == children

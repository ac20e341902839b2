from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.model.problems import PROBLEMS
from brokernotes.model.rules import builtin_schema
from brokernotes.notes.block import Finding
from brokernotes.notes.log_entry import read_leniently, read_strictly
from brokernotes.notes.logbook import LogBook, read_log
from tests.examples import many
from tests.log_lines import TYPED_LINES
from tests.patience import patience

BOOK = LogBook(builtin_schema(), ("王敏", "李航", "王敏霞"))
ANYBODY = LogBook(builtin_schema())
DEFAULTS: dict[str, object] = {
    "minutes": None, "box": None, "id": None, "agent": None, "links": (), "fields": {},
    "text": "", "duration": None,
}  # fmt: skip

PIECES = (
    "带看", "电话", "Price change", "Price", "Showing", "@王敏", "@王敏霞", "@老张", "@", "[", "]",
    "[[x]]", "[[x|y]]", "[[x#y]]", "[[ ]]", "[[x.md]]", "![[x]]", "【【x】】", "[意向:: 3]",
    "[意向:: 3 ]", "[意向:: 9]", "[下次:: 2026-08-25]", "[下次:: 无]", "[地点:: a: b]", "[own:: 1]",
    "（意向：3）", "(意向:: 3)", "(a)", "：", ":", "，", "*", " ", "  ", "\t", "\u3000", "\u00a0",
    "^3ack67k2p", "^", "^AbC", "\\", "`", "%%", "<!--", "-->", "没人接", "拒绝", "sent", "周四",
    "14:30", "14:30-15:00", "下午2点", "嫌小", "\x00", "📅 2026-08-25", "[a](b.md)",
)  # fmt: skip
HEADS = (
    "- 2026-08-20 14:30 带看 ", "- [ ] 2026-08-20 电话 ", "- [x] 2026-08-20 Call ",
    "- 2026-08-20 ", "- 2026-02-30 带看 ", "- [X] 2026-08-20 带看 ", "- 2026-08-20 25:00 带看 ",
)  # fmt: skip


@pytest.mark.parametrize(("line", "expected", "codes"), TYPED_LINES)
def test_a_line_as_people_type_it_is_read_as_meant(line, expected, codes):
    reading = read_log(f"## 跟进记录\n\n{line}\n", 0, 1, BOOK)

    found = [finding.code for finding in reading.findings if finding.code != "missing-entry-id"]
    assert found == codes
    assert len(reading.entries) == (expected is not None)
    if expected is not None:
        entry = reading.entries[0]
        assert entry.day == date(2026, 8, 20)
        assert {key: getattr(entry, key) for key in DEFAULTS} | {"verb": entry.verb} == {
            **DEFAULTS,
            **expected,
        }


def test_every_finding_of_typed_lines_fills_its_message():
    for line, _, _ in TYPED_LINES:
        for finding in read_log(f"## 跟进记录\n\n{line}\n", 0, 1, BOOK).findings:
            kind = PROBLEMS[finding.code]
            assert kind.message.format_map(finding.params)
            assert not kind.hint or kind.hint.format_map(finding.params)


def test_findings_point_at_what_they_name():
    line = "- 2026-08-20 微信 @老张 【意向：3】[意向:: 4] 没人接^3ack67k2p"

    found = read_log(f"## Log\n{line}\n", 0, 1, BOOK).findings

    assert {
        finding.code: line[finding.column - 1 : finding.end_column - 1] for finding in found
    } == {
        "id-misplaced": "^3ack67k2p",
        "unknown-agent": "@老张",
        "lenient-field": "【意向：3】",
        "field-twice": "[意向:: 4]",
    }


def test_the_offered_spelling_reads_as_the_same_entry_without_a_finding():
    for line, expected, codes in TYPED_LINES:
        if expected is None or codes != ["entry-spelling"]:
            continue
        before = read_log(f"## 跟进记录\n\n{line}\n", 0, 1, BOOK)
        finding = before.findings[0]
        mended = line[: finding.column - 1] + str(finding.params["written"])
        mended += line[finding.end_column - 1 :]
        after = read_log(f"## 跟进记录\n\n{mended}\n", 0, 1, BOOK)
        assert [found.code for found in after.findings] == ["missing-entry-id"], mended
        assert [entry.text for entry in after.entries] == [entry.text for entry in before.entries]
        assert after.entries[0].minutes == before.entries[0].minutes


def test_without_known_colleagues_a_name_reaches_to_the_next_space():
    findings: list[Finding] = []

    entry = read_leniently("- 2026-08-20 微信 @张三丰 问学区", 1, ANYBODY, findings)

    assert entry is not None
    assert (entry.agent, entry.text, findings) == ("张三丰", "问学区", [])


def test_a_line_of_the_tool_takes_the_fast_path():
    for line in (
        "- 2026-08-18 09:10 微信 @王敏 问学区 [结果:: 已回复] ^3ack67k2p",
        "- 2026-08-20 14:30 带看 [[阳光 3室-7K2PQM|阳光 3室]] 嫌小（急） [意向:: 3] ^3afq6m4x9",
        "- [ ] 2026-08-25 15:00 带看 [[a]] [[b]] 东门集合 [地点:: 东门] [时长:: 45] ^3afr4q81c",
        "- 2026-08-25 电话",
    ):
        assert read_strictly(line, 1, BOOK) is not None, line


@settings(max_examples=many(1500), deadline=None)
@given(
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8),
    st.sampled_from(["", " "]),
    st.sampled_from([BOOK, ANYBODY]),
)
def test_fast_and_lenient_reader_agree(head, pieces, joint, book):
    line = head + joint.join(pieces)

    strict = read_strictly(line, 7, book)

    if strict is not None:
        findings: list[Finding] = []
        assert read_leniently(line, 7, book, findings) == strict
        assert findings == []


@settings(max_examples=many(600), deadline=None)
@given(
    st.lists(st.sampled_from((*PIECES, *HEADS, "\n", "\r\n", "  ", "## Log\n", "```")), max_size=30)
)
def test_nothing_raises_whatever_stands_in_a_body(pieces):
    text = "## 跟进记录\n" + "".join(pieces)

    reading = read_log(text, 0, 1, BOOK)

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in reading.findings:
        assert 1 <= finding.column <= finding.end_column <= len(lines[finding.line - 1]) + 11


@pytest.mark.parametrize(
    "unit",
    ["[", "[a::", "(a::", "[[", "[a](", "`", "``x", "%%", "<!--", "@", "@a", "^", "\\", "【", "*",
     "，", " ", "：", "周四", "[[a]]", "(", "[a](()", "{{", "<%", "没人接"],
)  # fmt: skip
def test_work_grows_with_the_line_and_not_with_its_square(unit):
    line = "- 2026-08-20 带看 x " + unit * (60_000 // len(unit))

    with patience():
        assert read_log(f"## Log\n{line}\n", 0, 1, BOOK).entries

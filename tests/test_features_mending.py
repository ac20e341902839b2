"""Each mend changes the characters it must, and is not made where what was meant is not certain."""

from __future__ import annotations

import random
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import Position
from brokernotes.features.mending import Asked, Tools, mend_note
from brokernotes.model.problems import PROBLEMS, problem
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader
from tests.examples import many

CODES = frozenset(code for code, kind in PROBLEMS.items() if kind.fixable)
PATH = "clients/li.md"
HEAD = "id: C-9F3DWA\ntype: client\ncreated: 2026-08-01\n"
LOG = "## 跟进记录\n\n"
ENTRY = "- 2026-08-18 09:10 电话 问学区 ^3ack67k2p\n"


def tools() -> Tools:
    rules = Rules()
    return Tools(
        reader=NoteReader(rules, ("王敏",)),
        rules=rules,
        today=date(2026, 11, 21),
        moment=datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
        random=random.Random(1),
        taken=set(),
    )


def mended(text, codes=CODES, beyond=(), path=PATH):
    return mend_note(path, text, tools(), Asked(codes, beyond))


def front(lines):
    return f"---\n{HEAD}{lines}---\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("等级：A\n预算上限：６５０\n", "等级: A\nbudget_max: 650\n"),
        ("Stage: 在看\n", "stage: 在看\n"),
        ("阶段:　在看 # 周二\n", "stage: 在看 # 周二\n"),
        ("phone:\n  - 02158881234\n  - '13800138000'\n",
         "phone:\n  - \"02158881234\"\n  - '13800138000'\n"),
        ("districts: 浦东、静安\n", "districts:\n  - 浦东\n  - 静安\n"),
        ("phone: 13800138000、13900139000\n",
         'phone:\n  - "13800138000"\n  - "13900139000"\n'),
        ("budget_max: 400-650万 # 全款\n", "budget_max: 650 # 全款\nbudget_min: 400\n"),
        ("budget_min: 400~650\nbudget_max:\n", "budget_min: 400\nbudget_max: 650\n"),
        ("budget_min: 400\nbudget_max: 400-650\n", "budget_min: 400\nbudget_max: 650\n"),
        ("面积下限: 90-120㎡\n", "area_min: 90\narea_max: 120\n"),
    ],
)  # fmt: skip
def test_front_matter_is_mended_in_place(before, after):
    assert mended(front(before)).text == front(after)


@pytest.mark.parametrize(
    "lines",
    [
        "budget_max: 400-650\nbudget_min: 300\n",  # which of the two holds?
        "next_followup: 下周三\n",
        "next_followup: 03/04/2026\n",
        "stage: 在看吗\n",
        "budget_max: 面议\n",
        "title: 李女士 # 浦东三房\n",
        "price: 1\nprice: 2\n",
        "districts: [浦东, [静安]]\n",
        "birthday: 1985-06-08 周一\n",
    ],
)
def test_what_only_a_person_knows_stays(lines):
    text = front(lines)

    assert mended(text).text == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- 2026年8月18日 9：10 电话：问学区\n", "- 2026-08-18 09:10 电话 问学区\n"),
        ("• 2026/8/18 下午2点半 带看 【【garden】】 嫌小【意向：3】\n",
         "- 2026-08-18 14:30 带看 [[garden]] 嫌小 [意向:: 3]\n"),
        ("- [] 2026-12-18 带看 [[garden]]\n", "- [ ] 2026-12-18 带看 [[garden]]\n"),
        ("- 2026-08-18 09:10 电话 没人接，改天\n",
         "- 2026-08-18 09:10 电话 [结果:: 未接] ，改天\n"),
    ],
)  # fmt: skip
def test_entries_are_written_as_other_programs_expect_them(before, after):
    text = f"---\n{HEAD}---\n\n{LOG}"
    codes = CODES - {"missing-entry-id"}

    assert mended(text + before, codes).text == text + after


def test_nested_entries_come_to_the_line_s_start_with_what_is_under_them():
    text = f"---\n{HEAD}---\n\n{LOG}{ENTRY}"
    nested = "  - 2026-08-20 14:30 到店 ^3afq6m4x9\n    - 陪同:李四\n"
    plain = "- 2026-08-20 14:30 到店 ^3afq6m4x9\n  - 陪同:李四\n"

    assert mended(text + nested).text == text + plain


def test_a_nested_entry_that_would_take_a_neighbour_s_lines_stays():
    text = f"---\n{HEAD}---\n\n{LOG}{ENTRY}  - 2026-08-20 14:30 到店 ^3afq6m4x9\n  - 还价 580 万\n"

    assert mended(text).text == text


@pytest.mark.parametrize("heading", ["## 跟进记录（8月）", "## 2026年跟进"])
def test_a_heading_that_says_more_stays(heading):
    text = f"---\n{HEAD}---\n\n{heading}\n\n{ENTRY}"

    assert mended(text).text == text


@pytest.mark.parametrize(
    "heading", ["**跟进记录**", "跟进记录\n----", "＃＃ 跟进记录", "## 跟进纪录："]
)
def test_a_heading_that_is_only_spelled_otherwise_is_written_plainly(heading):
    text = f"---\n{HEAD}---\n\n{heading}\n\n{ENTRY}"

    assert mended(text).text == f"---\n{HEAD}---\n\n{LOG}{ENTRY}"


def test_the_log_moves_behind_what_follows_it():
    text = f"---\n{HEAD}---\n\n{LOG}{ENTRY}\n## 印象\n\n爽快。"

    assert mended(text).text == f"---\n{HEAD}---\n\n## 印象\n\n爽快。\n\n{LOG}{ENTRY}"


def test_crlf_and_byte_order_mark_stay():
    text = (
        "\ufeff" + front("阶段: 在看\n").replace("\n", "\r\n") + f"\r\n{LOG}".replace("\n", "\r\n")
    )
    text = text.replace("\r\r", "\r") + "- 2026年8月18日 电话 问学区\r\n"

    after = mended(text, CODES - {"missing-entry-id"}).text

    assert after == text.replace("阶段", "stage").replace("2026年8月18日", "2026-08-18")


@pytest.mark.parametrize(
    ("typed", "code", "after"),
    [
        ("[[阳光]]", "link-by-alias", "[[阳光花园|阳光]]"),
        ("[[阳光|这里]]", "link-by-alias", "[[阳光花园|这里]]"),
        ("[[阳光#户型]]", "link-by-alias", "[[阳光花园#户型|阳光]]"),
        ("[这里](阳光.md)", "link-by-alias", "[[阳光花园|这里]]"),
        ("[[阳光]]", "link-by-id", "[[阳光花园]]"),
        ("[[阳光|这里]]", "link-by-id", "[[阳光花园|这里]]"),
    ],
)
def test_a_link_says_the_file_s_name_and_shows_what_it_showed(typed, code, after):
    entry = "- 2026-08-18 带看 嫌 {} 吵 ^3ack67k2p\n"
    body = f"---\n{HEAD}---\n\n看过 [[阳光山庄]]。\n\n{LOG}{entry}"
    found = problem(code, Position(PATH, 11, 19), target="阳光", key=None, name="阳光花园")

    assert mended(body.format(typed), {code}, [found]).text == body.format(after)


def test_a_bare_link_in_front_matter_gets_brackets_and_quotes():
    text = front("referred_by: 王\n")
    found = problem(
        "link-by-alias", Position(PATH, 5, 14), target="王", key="referred_by", name="王敏"
    )

    assert mended(text, {found.code}, [found]).text == front('referred_by: "[[王敏|王]]"\n')


@pytest.mark.parametrize(
    "text",
    [
        "---\u3000\nname: x\n---\n",  # nothing says that it is a note's front matter
        "\n---\n客厅: 大\n---\n正文\n",
        "---\nid: C-9F3DWA\n\n备注: 正文也像键\n",
        "---\nid: C-9F3DWA\ntype: client\n正文紧跟着\n",
    ],
)
def test_front_matter_is_uncovered_only_where_it_is_certain(text):
    assert mended(text, CODES - {"missing-id"}).text == text


def test_what_is_uncovered_is_mended_too():
    text = "---\u3000\nid：C-9F3DWA\ntype: client\n阶段: 在看\ncreated: 2026-08-01\n---\n"

    assert mended(text).text == (
        "---\nid: C-9F3DWA\ntype: client\nstage: 在看\ncreated: 2026-08-01\n---\n"
    )


def test_one_problem_alone_can_be_mended():
    text = front("阶段: 在看\n紧急: 高\n")
    note = tools().reader.read(PATH, text)
    first = next(one for one in note.problems if one.code == "key-spelling")

    after = mend_note(PATH, text, tools(), Asked(CODES, (), first.position)).text

    assert after == text.replace("阶段", "stage")


@pytest.mark.parametrize("part", ["阶段: 在看\n", ""])
def test_a_note_in_conflict_is_left_to_a_person(part):
    marks = (
        "<<<<<<< ours\n- 2026年8月18日 电话 a\n=======\n- 2026年8月18日 电话 b\n>>>>>>> theirs\n"
    )
    text = front(part) + f"\n{LOG}{marks}"

    after = mended(text)

    assert after.text == text
    assert after.left
    assert all("conflict" in str(error) for error in after.refused.values())


LINES = st.sampled_from(
    [
        "阶段: 在看", "Stage: 在看", "等级：A", "预算上限：６５０", "budget_min: 300-400",
        "phone: 02158881234", "districts: 浦东、静安", "title: 他说: 要", "remark: @王敏",
        'remark: "没关', "自己的: 0301", "budget_max: 面议", "next_followup: 下周三",
        "districts: [浦东，静安]", "birthday: ０６-０８", "referred_by: [[王敏]]", "remark: a # b",
        "\tx", "- 孤儿", "urgency:高", "created: 2026-13-01", "created: 2026-08-01",
        "id: C-9F3DWA", "type: 客户", "urgency:\n\t- 高", "remark: a\u2028b",
    ]
)  # fmt: skip
BODY = st.sampled_from(
    [
        "## 跟进记录", "##跟进记录", "**跟进**", "# 印象", "", "正文 [[王敏]]", "```",
        "- 2026-08-18 09:10 电话 问", "- 2026年8月18日 9：10 电话 没人接",
        "  - 2026-08-20 到店 看 ^3afq6m4x9", "  - 孩子", "    - 孙子", "- [] 2026-12-01 带看 [[x]]",
        "- [?] 2026-12-01 带看", "• 2026/8/1 电话：问【意向：3】 【【x】】",
        "- 2026-08-18 电话 ^3ack67k2p 问学区", "- 2026-08-18 电话^3ack67k2q", "8月3日 电话",
        "\u30002026-8-3 电话 a", "- 2026-08-18 周一 微信 @王敏 [下次:: 明天] ok", "%%",
        "跟进记录\n---", "1. 2026-08-18 电话 x",
    ]
)  # fmt: skip


def stripped(entry):
    return (
        entry.day, entry.minutes, entry.verb, entry.box, entry.agent, entry.links, entry.duration,
        dict(entry.fields), tuple(line.strip() for line in entry.children if line.strip()),
    )  # fmt: skip


@settings(max_examples=many(150))
@given(
    st.lists(LINES, max_size=7, unique_by=lambda line: line[:3]),
    st.lists(BODY, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
)
def test_mending_says_the_same_with_fewer_problems_and_then_is_done(lines, body, newline):
    text = "\n".join(["---", *lines, "---", *body, ""]).replace("\n", newline)
    kit = tools()

    once = mend_note(PATH, text, kit, Asked(CODES))
    twice = mend_note(PATH, once.text, kit, Asked(CODES))

    old, old_problems = kit.read(PATH, text)
    new, new_problems = kit.read(PATH, once.text)
    assert twice.text == once.text
    assert not twice.done
    assert len(new_problems) <= len(old_problems)
    assert [stripped(one) for one in old.record.entries] == [
        stripped(one) for one in new.record.entries
    ]
    values = dict(new.record.values)
    assert {key: values.get(key) for key in old.record.values} == dict(old.record.values)
    assert old.block.values.get("自己的") == new.block.values.get("自己的")
    if old.record.id:
        assert new.record.id == old.record.id
    kept = [one for one in new_problems if one.code in CODES]
    assert len(once.left) == len(kept)

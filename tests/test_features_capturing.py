"""Dictated lines: every one of the two tables, and what holds for any line."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.features.capturing import CERTAIN, PROPOSED, Append, Tick
from brokernotes.features.capturing_verdict import capture
from tests.dictated_lines import Reader, drawing, table
from tests.drawing import DrawnVault
from tests.examples import many

TABLES = [
    row for name in ("lines.txt", "lines-second.txt", "lines-third.txt") for row in table(name)
]
DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    drawn = DrawnVault(tmp_path_factory.mktemp("dictated"))
    drawn.draw(drawing())
    found = Reader(drawn)
    yield found
    found.close()


@pytest.mark.parametrize(("line", "expected"), TABLES, ids=[line for line, _ in TABLES])
def test_a_dictated_line_becomes_what_the_table_says(reader, line, expected):
    assert reader.said(line) == expected


def test_the_tables_hold_as_many_lines_as_they_should():
    chinese = [line for line, _ in TABLES if not line.isascii()]
    assert len(TABLES) >= 150
    assert len(chinese) >= 120
    assert len(table("lines-second.txt")) >= 30
    assert max(Counter(line for line, _ in TABLES).values()) == 1


@pytest.mark.parametrize(
    ("line", "answer", "expected"),
    [
        ("王先生 今天带看江月庭四房", "王先生 求租",
         ["= N20001 | 2026-11-21 带看 [[FFFFF1]]"]),
        ("郭总 带看映月湾两房 嫌旧", "BBBBB3", ["= N50001 | 2026-11-21 带看 [[BBBBB3]] 嫌旧"]),
        ("上次问烟道的那个又来电话了 还是老问题", "魏先生 电话",
         ["= N50002 | 2026-11-21 电话 上次问烟道的那个又来电话了 还是老问题"]),
        ("李女士 嫌客厅小 意向3", "带看阳光花园三房",
         ["= N10001 | 2026-11-21 带看 [[AAAAA1]] 嫌客厅小 [意向:: 3]"]),
        ("张先生 12000009999 求租 一房 3000", "新客",
         ["= new | 称呼 张先生 电话 12000009999 意图 求租 租金上限 3000 最少几室 1 |"]),
        ("理女士 今天电话 问首付", "李女士 浦东三房",
         ["= N10001 | 2026-11-21 电话 理女士 问首付"]),
    ],
)  # fmt: skip
def test_an_answer_settles_a_question(reader, line, answer, expected):
    assert reader.said(line, answer) == expected


def test_relative_days_count_from_the_day_the_line_was_said(reader):
    verdict = capture("李女士 昨天 电话 明天再联系", date(2026, 11, 20), reader.lore)

    assert verdict.kind == CERTAIN
    (action,) = verdict.actions
    assert action.entry.day == date(2026, 11, 19)
    assert action.entry.fields["next"] == date(2026, 11, 21)


SAID = """
    李女士 王先生 曹小姐 阳光花园 三房 两房 映月湾 今天 昨天 明天 周二 下午两点半 3点
    带看 电话 微信 意向3 意向9 喜欢 放弃 没人接 心理价580 降到598 定金5万 业主反馈 取消
    改到 新客 求租 12000001111 12000002001 和 、 ， 。 再联系 三天后 嫌贵 没看成 不看了
    看 带 业主 [意向::3] ^3abc @李航 [[阳光花园]] ` ~~ → 的 了 两万五千五 Ms Li called
    """
WORDS = st.sampled_from(SAID.split())
ANY = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=9).map(" ".join),
                st.lists(WORDS, max_size=9).map("".join))  # fmt: skip


@settings(max_examples=many(150))
@given(line=ANY, answer=st.one_of(st.just(""), ANY))
def test_any_line_is_read_and_never_filed_without_somebody_and_something(reader, line, answer):
    verdict = capture(line, DAY, reader.lore, answer)

    if verdict.kind in (CERTAIN, PROPOSED):
        assert verdict.actions
        for action in verdict.actions:
            if isinstance(action, Append | Tick):
                assert action.ref in reader.lore.people or action.ref in reader.lore.homes
                assert action.entry.verb
    else:
        assert verdict.code

from datetime import date, datetime

import pytest

from brokernotes.features.empty_followups import Limits, Touch, find_signs, limits_of, says_nothing
from brokernotes.model.records import LogEntry

LIMITS = Limits()


def touch(text="问了价格，先生说再降五万才看", day=3, minutes=600, **more):
    about = {key: more.pop(key) for key in ("note", "agent", "outcome", "written") if key in more}
    about = {"note": "C-1", "agent": "A-1", "outcome": "reached"} | about
    at = date(2026, 11, day)
    entry = LogEntry(day=at, verb="call", line=1, minutes=minutes, text=text, **more)
    return Touch(ref=f"{about['note']}:{at:%d}{minutes}", entry=entry, **about)


def kinds(touches, limits=LIMITS):
    return [sign.kind for sign in find_signs(touches, limits)]


def test_the_same_words_count_whatever_marks_stand_between_them():
    texts = (
        "客户在考虑，下周再看",
        "客户在考虑 下周再看",
        "客户在考虑。下周再看！",
        "客户在考虑，下周再看",
    )
    said = [touch(text, day, note=f"C-{day}") for day, text in enumerate(texts, 3)]

    (sign,) = find_signs(said, LIMITS)

    assert (sign.kind, len(sign.touches), sign.of) == ("same-text", 4, 4)
    assert kinds(said[:3]) == []


def test_the_same_words_of_two_agents_are_two_matters():
    said = [touch(day=day, agent=f"A-{day % 2}", note=f"C-{day}") for day in range(3, 9)]

    assert kinds(said) == []


def test_missed_calls_close_together_are_a_burst_and_spread_out_they_are_none():
    close = [touch("", 3, 600 + 5 * n, note=f"C-{n}", outcome="no_answer") for n in range(4)]
    apart = [touch("", 3, 600 + 6 * n, note=f"C-{n}", outcome="no_answer") for n in range(4)]

    assert kinds(close) == ["unanswered"]
    assert kinds(apart) == []


def test_follow_ups_of_earlier_days_written_at_once_are_a_batch():
    at = datetime(2026, 11, 12, 21, 0)
    late = [touch(f"各说各的事情第{n}件", n, note=f"C-{n}", written=at) for n in range(3, 8)]

    (sign,) = find_signs(late, LIMITS)

    assert sign.kind == "late-batch"
    assert (sign.first, sign.last) == (date(2026, 11, 3), date(2026, 11, 7))


def test_what_was_written_on_its_day_is_no_batch_however_much_it_is():
    at = datetime(2026, 11, 3, 21, 0)
    same_day = [
        touch(f"各说各的事情第{n}件", 3, 600 + n, note=f"C-{n}", written=at) for n in range(9)
    ]

    assert kinds(same_day) == []


def test_nothing_is_a_batch_where_git_does_not_know():
    assert kinds([touch(f"各说各的事情第{n}件", n, note=f"C-{n}") for n in range(3, 9)]) == []


def test_three_people_in_one_minute_are_told_and_three_entries_of_one_are_not():
    people = [touch(f"各说各的事情第{n}件", note=f"C-{n}") for n in range(3)]
    person = [touch(f"各说各的事情第{n}件") for n in range(3)]

    assert kinds(people) == ["same-minute"]
    assert kinds(person) == []


@pytest.mark.parametrize(
    ("text", "more", "nothing"),
    [
        ("", {}, True),
        ("已跟进", {}, True),
        ("客户无变化", {}, True),
        ("正常回访", {}, True),
        ("保持联系中", {}, True),
        ("问了价格", {}, True),
        ("先生出差，下周三回来再约", {}, False),
        ("已跟进", {"links": ("阳光花园 3室2厅",)}, False),
        ("已跟进", {"fields": {"interest": 4}}, False),
        ("已跟进", {"fields": {"next": date(2026, 11, 20)}}, True),
        ("", {"children": ("  - 太太想要南北通透",)}, False),
    ],
)
def test_a_follow_up_that_says_nothing(text, more, nothing):
    assert says_nothing(touch(text, **more), LIMITS.short) is nothing


def test_three_in_a_row_without_a_topic_are_told_and_a_topic_between_ends_the_row():
    empty = ["已跟进", "无变化", "", "正常回访"]
    row = [touch(text, day) for day, text in enumerate(empty, 3)]
    broken = [*row[:2], touch(day=9), *[touch(t, 10 + n) for n, t in enumerate(empty[2:])]]

    assert kinds(row) == ["no-topic"]
    assert kinds(broken) == []


def test_whom_nobody_reached_can_be_told_nothing():
    assert kinds([touch("没接", day, outcome="no_answer") for day in range(3, 9)]) == []


def test_what_is_nobodys_is_nobodys_matter():
    assert kinds([touch("已跟进", day, agent="") for day in range(3, 9)]) == []


def test_the_rules_say_from_how_many_on():
    limits = limits_of({"same_text": 2, "no_topic": "many"})

    assert (limits.same_text, limits.no_topic) == (2, 3)
    assert kinds([touch(day=3), touch(day=4)], limits) == ["same-text"]

"""What a full-text search finds, in which order, and the line that it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.finding import (
    BODY,
    CALLED,
    EXACT,
    FIELD,
    LOG,
    NAMED,
    PHONE,
    SOUNDS,
    Candidate,
    Rank,
    Sought,
    digits_of,
    excerpts,
    parse_sought,
    rank,
    spans,
)
from brokernotes.model.folding import fold_text

NOTE = """\
---
title: 李女士 浦东三房
districts:
  - 浦东
must_have: 电梯
---
第一印象：爽快

## 跟进记录

- 2026-08-18 09:10 微信 问学区 ^3ack67k2p
- 2026-08-20 14:30 带看 嫌客厅小，学区一般 ^3afq6m4x9
"""


def candidate(aliases=(), **more):
    names = "\x1f".join(aliases)
    head = f"李女士 浦东三房\nc-9f3dwa\n{names}\n李女士 浦东三房-9f3dwa\nc-9f3dwa\n小李\n浦东\n电梯"
    body = fold_text(NOTE.partition("must_have: 电梯\n---\n")[2])
    return Candidate(head.encode(), body.encode(), **more)


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        (["学区", "电梯"], Sought(("学区", "电梯"))),
        (["学区 电梯"], Sought(("学区", "电梯"))),
        (['"学区 房"', "-三房"], Sought(("学区 房",), ("三房",))),
        (["“嫌 小”"], Sought(("嫌 小",))),
        (["ＡＢＣ"], Sought(("abc",))),
        (["学区\u3000电梯", "学区"], Sought(("学区", "电梯"))),
        (["120 0000 1111"], Sought(("12000001111",))),
        (["+86", "120", "0000", "1111"], Sought(("12000001111",))),
        (["021-5555 1234"], Sought(("02155551234",))),
        (["2026 2027 2028"], Sought(("2026", "2027", "2028"))),
        (["-", '""', '"'], Sought(())),
    ],
)
def test_words_are_read_as_typed(typed, sought):
    found = parse_sought(typed)

    assert found == sought or (sought == Sought(()) and not set(found.words) - {"-", '"'})


@pytest.mark.parametrize(
    ("word", "digits"),
    [
        ("12000001111", "12000001111"),
        ("120-0000-1111", "12000001111"),
        ("+86 120 0000 1111", "12000001111"),
        ("120", None),
        ("12000001111a", None),
    ],
)
def test_a_phone_is_known_by_its_digits(word, digits):
    assert digits_of(word) == digits


@pytest.mark.parametrize(
    ("words", "score"),
    [
        (["李女士 浦东三房"], EXACT),
        (["c-9f3dwa"], EXACT),
        (["浦东"], NAMED),
        (["小李"], CALLED),
        (["pudong"], SOUNDS),
        (["lns"], SOUNDS),
        (["电梯"], FIELD),
        (["9f3dwa"], FIELD),
        (["李李"], BODY),
        (["学区"], LOG),
        (["爽快"], BODY),
        (["浦东", "学区"], LOG),
    ],
)
def test_the_word_that_fits_worst_decides(words, score):
    assert rank(candidate(aliases=("小李", "李姐")), words).score == score


def test_the_better_word_and_the_newest_entry_break_ties():
    assert rank(candidate(), ["学区"]) == Rank(LOG, LOG, "2026-08-20")
    assert rank(candidate(), ["李女士", "学区"]) > rank(candidate(), ["学区"])


def test_a_note_of_a_phone_is_what_was_meant():
    assert rank(candidate(phones=frozenset({"12000001111"})), ["120-0000-1111"]).score == PHONE


def test_the_line_with_most_words_then_the_newest_entry_is_shown_first():
    lines = excerpts(NOTE, ["学区", "浦东"])

    assert [(one.line, one.column, one.day, one.key) for one in lines] == [
        (12, 28, "2026-08-20", ""),
        (11, 24, "2026-08-18", ""),
        (4, 5, "", "districts"),
        (2, 12, "", "title"),
    ]
    assert excerpts(NOTE, ["嫌客厅", "学区"])[0].line == 12


def test_positions_are_those_of_the_file_whatever_the_width():
    assert spans("ＡＢＣ ㎡ 花园", ["花园", "abc"]) == [(6, 8, "花园"), (0, 3, "abc")]


def test_the_name_of_a_key_is_nothing_that_is_found():
    assert [one.line for one in excerpts(NOTE, ["t"])] == []
    assert [one.line for one in excerpts(NOTE.replace("电梯", "t"), ["t"])] == [5]


@given(st.text(max_size=60), st.text(min_size=1, max_size=4))
def test_every_word_in_a_line_is_found_and_nothing_else(line, word):
    folded = fold_text(word).strip()
    if not folded:
        return
    found = spans(line, [folded])

    assert bool(found) == (folded in fold_text(line))
    assert all(0 <= start < end <= len(line) for start, end, _ in found)


@given(st.lists(st.text(max_size=10), max_size=4))
def test_any_words_are_read(typed):
    assert all(word and word == word.strip() for word in parse_sought(typed).words)


@given(st.text(max_size=200), st.text(min_size=1, max_size=3))
def test_any_file_is_read(text, word):
    for one in excerpts(text, [fold_text(word)]):
        assert 1 <= one.column <= len(one.text)

"""`find` as it is typed, and what it may not show."""

import json

import pytest

DRAWING = """
    -- clients/land.md --
    ---
    id: C-9F3DWA
    type: client
    title: 座机户
    phone:
      - 5555-1234 妻子
    must_have: 电梯
    ---
    第一行 a.*b[c 记的
    -- clients/wang.md --
    ---
    id: C-9F3DW0
    type: client
    title: 王女士
    phone: 120 0000 3333
    ---
    """


@pytest.fixture
def found(vault):
    drawn = vault(DRAWING)

    def told(*words):
        done = drawn.run("find", *words, "--json")
        assert done.exit == 0, done.err
        return json.loads(done.out)

    told.vault = drawn
    return told


def test_a_number_of_a_phone_field_is_masked_whatever_it_looks_like(found):
    assert [one["excerpt"] for one in found("5555")] == ["  - ****34 妻子"]
    assert [one["excerpt"] for one in found("5555", "--reveal")] == ["  - 5555-1234 妻子"]


@pytest.mark.parametrize(
    "words", [("12000003333",), ("120 0000 3333",), ("+86", "120", "0000", "3333")]
)
def test_a_phone_is_found_however_it_is_spaced(found, words):
    assert [(one["id"], one["where"]) for one in found(*words)] == [("C-9F3DW0", "phone")]


@pytest.mark.parametrize("word", ["a.*b[c", "[c", ".*", "行 a"])
def test_signs_of_patterns_are_signs(found, word):
    assert [one["id"] for one in found(f'"{word}"')] == ["C-9F3DWA"]


@pytest.mark.parametrize("words", [("-电梯",), ("--", "-a"), ("--", "-电梯", "-座机户")])
def test_words_that_must_not_stand_there_are_not_enough(found, words):
    done = found.vault.run("--lang", "en", "find", *words)

    assert done.exit == 2
    assert "say at least one word" in done.err


def test_a_word_without_another(found):
    assert [one["id"] for one in found("-电梯", "女士")] == ["C-9F3DW0"]
    assert [one["id"] for one in found("client", "妻子", "-电梯")] == []


LONG = """
    -- clients/zhao.md --
    ---
    id: C-7K2PQM
    type: client
    title: 赵女士
    must_have: 大客厅
    ---
    She wants a large living
    room with a view.

    ## 跟进记录

    - 2026-11-01 10:00 电话 说客厅要大 ^3ack67k2p
    """


def test_a_phrase_may_go_on_in_the_next_line(vault):
    drawn = vault(LONG)
    for phrase in ('"living room"', '"large living room with"'):
        (one,) = json.loads(drawn.run("find", phrase, "--json").out)
        assert (one["id"], one["line"], one["where"]) == ("C-7K2PQM", 7, "body")
    assert one["excerpt"] == "She wants a large living"
    assert one["column"] == 13
    assert json.loads(drawn.run("find", '"room living"', "--json").out) == []


def test_the_line_shown_is_of_the_place_that_counts(vault):
    (one,) = json.loads(vault(LONG).run("find", "客厅", "--json").out)

    assert (one["where"], one["key"], one["line"], one["more"]) == ("field", "must_have", 5, 1)


def test_where_is_the_place_of_the_line_shown(vault):
    drawn = vault(
        LONG.replace("说客厅要大", "说大客厅要带阳台").replace("大客厅\n", "大客厅，阳台\n", 1)
    )
    drawn.write(
        "clients/zhao.md",
        drawn.read("clients/zhao.md").replace("must_have: ", "must_have: 阳台\nbackground: "),
    )
    (one,) = json.loads(drawn.run("find", "客厅", "阳台", "--json").out)

    assert (one["score"], one["where"], one["key"]) == (50, "field", "background")
    drawn.write("clients/zhao.md", drawn.read("clients/zhao.md").replace("大客厅，阳台", "大客厅"))
    (one,) = json.loads(drawn.run("find", "客厅", "阳台", "--json").out)
    assert (one["score"], one["where"], one["day"]) == (50, "log", "2026-11-01")
    (one,) = json.loads(drawn.run("find", "赵女士", "--json").out)
    assert (one["score"], one["where"], one["key"]) == (100, "title", "title")


def test_a_phrase_that_must_not_stand_there_may_go_on_in_the_next_line_too(vault):
    drawn = vault(LONG)

    assert json.loads(drawn.run("find", "赵女士", '-"living room"', "--json").out) == []
    assert json.loads(drawn.run("find", "赵女士", '-"room living"', "--json").out)

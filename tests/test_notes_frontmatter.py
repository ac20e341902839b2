"""Where front matter stands, what it says, and where its values are."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.model.problems import PROBLEMS
from brokernotes.notes.frontmatter import read_block, split
from tests.examples import many
from tests.frontmatter_notes import LISTING, PIECES, blocks, note
from tests.patience import patience

ANYTHING = st.text(st.characters(), max_size=60)  # lone surrogates too


def parts(text: str) -> tuple[str, str, str]:
    found = split(text)
    return found.kind, text[found.start : found.end], text[found.body :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: 1\n---\nbody\n", ("block", "a: 1\n", "body\n")),
        ("\ufeff---\na: 1\n---\n", ("block", "a: 1\n", "")),
        ("--- \t\r\na: 1\r\n--- \r\nbody", ("block", "a: 1\r\n", "body")),
        ("---\n---\n", ("block", "", "")),
        ("---\n---", ("block", "", "")),
        ("---\na: 1\n---", ("block", "a: 1\n", "")),
        ("---\na: 1\r---\nb", ("block", "a: 1\r", "b")),
        ("---\na: |\n  ---\n---\nb\n---\nc", ("block", "a: |\n  ---\n", "b\n---\nc")),
        ("---\na: 1\n----\n--- x\n---\n", ("block", "a: 1\n----\n--- x\n", "")),
        ("# a\n---\nb: 1\n---\n", ("none", "", "# a\n---\nb: 1\n---\n")),
        ("\n---\nb: 1\n---\n", ("none", "", "\n---\nb: 1\n---\n")),
        ("----\na: 1\n---\n", ("none", "", "----\na: 1\n---\n")),
        ("---\ra: 1\r---\r", ("none", "", "---\ra: 1\r---\r")),
        ("", ("none", "", "")),
        ("---", ("unclosed", "", "---")),
        ("---\na: 1\n- 2\n\n# b\nc: d\n", ("unclosed", "a: 1\n- 2\n", "\n# b\nc: d\n")),
        ("---\nhello\nworld\n", ("unclosed", "", "---\nhello\nworld\n")),
    ],
)
def test_delimiters_are_found_by_lines(text, expected):
    assert parts(text) == expected


def test_the_body_knows_its_line_and_the_newline_is_the_first_one():
    assert split("---\r\na: 1\r\n---\r\nb")[4:] == (4, False, "\r\n")
    assert split("\ufeff---\na: 1\r\n---\r\nb")[4:] == (4, True, "\n")
    assert split("a\r\nb\n")[4:] == (1, False, "\r\n")


def test_a_note_of_the_format_is_read_as_texts_with_lines():
    block = read_block(note(LISTING))

    assert block.values["owner_phone"] == "13800138000"
    assert block.values["community"] == "[[阳光花园]]"
    assert block.values["facing"] == ["南", "北"]
    assert block.values["next_followup"] is None
    assert block.lines["facing"] == 10
    assert block.findings == []
    assert block.editable
    assert block.body_line == 17


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("comment", ["", "# a full line\n", "remark: |\n  x\n"])
def test_places_are_code_points_whichever_reader_took_the_block(newline, comment):
    text = note(LISTING + comment + "last: [学区, 满五]\n").replace("\n", newline)
    block = read_block("\ufeff" + text)

    assert block.where("title") == (4, 8, 17)
    assert block.where("title", offset=5, length=2) == (4, 13, 15)
    assert block.where("title", offset=5) == (4, 13, 17)
    assert block.where("community") == (5, 12, 22)
    assert block.where("community", offset=2, length=4) == (5, 15, 19)
    assert block.where("facing", 1) == (12, 5, 6)
    assert block.where("facing") == (11, 3, 6)
    assert block.where("last", 1)[1:] == (12, 14)
    assert block.where("next_followup") == block.where_key("next_followup") == (15, 1, 14)
    assert block.style("community") == "double"
    assert block.style("price") == "plain"
    assert block.style("facing", 0) == "plain"


def test_a_text_with_escapes_is_placed_as_a_whole():
    block = read_block(note("remark: \"a\\tb\"\nother: 'it''s'\n"))

    assert block.values == {"remark": "a\tb", "other": "it's"}
    assert block.where("remark", offset=2, length=1) == (2, 9, 15)
    assert block.where("other", offset=3, length=1) == (3, 8, 15)
    assert block.style("other") == "single"


def test_a_text_over_several_lines_is_placed_on_its_first():
    block = read_block(note("remark: |\n  第一\n  第二\nlong: a\n  b\n"))

    assert block.values == {"remark": "第一\n第二\n", "long": "a b"}
    assert block.where("remark") == (2, 9, 10)
    assert block.style("remark") == "block"
    assert block.where("long", offset=2) == (5, 7, 8)


def test_comments_are_given_with_their_key():
    block = read_block(note('a: "1" # why\nb:  # list\n  - 2\nc: [1] # d\ne: 5\nf: x#y\n'))

    assert [block.comment(key) for key in block.values] == ["# why", "# list", "# d", None, None]
    assert block.findings == []


def test_a_key_that_is_not_there_has_no_place():
    with pytest.raises(KeyError):
        read_block(note(LISTING)).where("prize")


@settings(max_examples=many(300), deadline=None)
@given(
    st.one_of(
        ANYTHING,
        blocks().map(note),
        st.lists(st.sampled_from(PIECES), max_size=20).map("".join).map(note),
        ANYTHING.map(note),
    ),
    st.sampled_from([None, {"等级", "price", "k"}]),
)
def test_nothing_raises_and_every_place_is_in_the_text(text, known):
    block = read_block(text, known)

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in block.findings:
        kind = PROBLEMS[finding.code]
        kind.message.format_map(finding.params)
        kind.hint.format_map(finding.params)
        assert 1 <= finding.column <= finding.end_column <= len(lines[finding.line - 1]) + 1
    for key, value in block.values.items():
        assert block.lines[key] == block.where_key(key)[0]
        for item in range(len(value)) if isinstance(value, list) else [None]:
            line, column, end = block.where(key, item, 1, 1)
            assert 1 <= column <= end <= len(lines[line - 1]) + 1
        block.comment(key)
    assert block.recovered <= set(block.values)
    assert block.editable or block.reason


HOSTILE = [
    "a\n", "a:\n", "k: @x\n", "- @\n", "[", "a: [", "{", "\t\n", "{{", "<<<<<<< \n", "a: &a [x]\n",
    "'", 'a: "', "? ", "- ", "a: ", "a:\u2028", "\n---x", "\r---x", "---", "--- \r", " ", "\r", "#",
    "[[a],", "[a #\n,", "：", "a：", "a:\u3000", "- [", "\\", "<%\n", "|\n", "\ufeff", "- - ",
]  # fmt: skip


def calls_made(text: str) -> int:
    """How many functions, of Python and of C, are called to read a note."""
    count = 0

    def note_call(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note_call)
    try:
        read_block(text, {"a"})
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("closing", ["\n---\n", ""])
@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_with_the_text_and_not_with_its_square(piece, closing):
    small, large = (f"---\n{piece * (size // len(piece))}{closing}" for size in (500, 4_000))
    read_block(small, {"a"})  # imports are no part of it

    # Eight times the text; squares would make it sixty-four.
    assert calls_made(large) <= 10 * calls_made(small) + 500


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_largest_block_that_is_read_ends_soon(piece):
    with patience():
        read_block(f"---\n{piece * (20_000 // len(piece))}\n---\n", {"a"})


@pytest.mark.parametrize("piece", ["\n---x", "\r---x", " ", "\n", "--- \r", "---", "a: 1\n", "\r"])
def test_a_long_body_is_walked_once(piece):
    with patience():
        split(f"---\n{piece * 400_000}")

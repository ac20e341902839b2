"""A write changes one value's characters, or it is refused."""

from __future__ import annotations

import frontmatter
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brokernotes.errors import RefusedError
from brokernotes.notes.editing import add_block, quote_value, rename_key, replace_value
from brokernotes.notes.frontmatter import read_block, split
from brokernotes.notes.yaml_text import render_block, render_double, render_scalar
from tests.examples import many
from tests.frontmatter_notes import LISTING, blocks, note

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.sampled_from(["620", "0301", "true", "no", "[[x]]", "a: b", "#x", "a #b", "- x",
    "2026-08-20",
                     "浦东", "", " x ", '"', "'", "\\", "x\ny", "12:30", "null", "@王敏",
                     "a, b", "]"]),
)  # fmt: skip
LISTS = st.lists(TEXTS.filter(lambda text: text != ""), max_size=4)
VALUES = st.one_of(st.none(), TEXTS, LISTS)


def edited(block: str, key: str, value, **options) -> str:
    text = replace_value(note(block), key, value, **options)
    assert text.startswith("---\n")
    assert text.endswith("---\n# 阳光花园\n")
    return text[4 : -len("---\n# 阳光花园\n")]


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: 1\n", "2", "a: 2\n"),
        ("a:   1  \n", "2", "a:   2  \n"),
        ("a: 1\n", None, "a:\n"),
        ("a: 1  \n", None, "a:\n"),
        ("a: 1 # why\n", "2", "a: 2 # why\n"),
        ('a: "1"  # why\n', None, "a:  # why\n"),
        ('a: "1" # why\n', "x y", 'a: "x y" # why\n'),
        ("a: '1'\n", 'say "no"', "a: 'say \"no\"'\n"),
        ("a: '1'\n", "it's", "a: 'it''s'\n"),
        ("a: '1'\n", "x\ny", 'a: "x\\ny"\n'),
        ("a: x\n", "[[张三]]", 'a: "[[张三]]"\n'),
        ("a: [[x]]\n", "[[张三]]", 'a: "[[张三]]"\n'),
        ("a: {{date}}\n", "2026-08-20", "a: 2026-08-20\n"),
        ("a: x\n", "2026-08-20T14:30:00", "a: 2026-08-20T14:30:00\n"),
        ("a: x\n", "y: z", 'a: "y: z"\n'),
        ("a: x\n", "0301", 'a: "0301"\n'),
        ("a: ~\n", "x", "a: x\n"),
        ("a:\n", "x", "a: x\n"),
        ("a:  \n", "x", "a: x\n"),
        ("a: # why\n", "x", 'a: "x" # why\n'),
        ("a: |\n  x\n  y\nb: 1\n", "z", "a: z\nb: 1\n"),
        ("a: x\n  y\nb: 1\n", "z", "a: z\nb: 1\n"),
        ("a:\n  x\nb: 1\n", "z", "a:\n  z\nb: 1\n"),
        ("a:\n  x\nb: 1\n", None, "a:\nb: 1\n"),
        ("a: x\n", ["y", "z"], "a:\n  - y\n  - z\n"),
        ('a: "x" # why\nb: 1\n', ["y"], "a: # why\n  - y\nb: 1\n"),
        ("a:\n", ["[[y]]", "#z"], 'a:\n  - "[[y]]"\n  - "#z"\n'),
        ("a: x\n", [], "a: []\n"),
        ("a: []\n", ["y"], "a:\n  - y\n"),
        ("a: [x, y] # why\n", ["y", "z, w"], 'a: [y, "z, w"] # why\n'),
        ("a: [x, \"y\", 'z'] # why\n", ["x", "y", "z", "w"], "a: [x, \"y\", 'z', w] # why\n"),
        ("a: ['x', y]\n", ["y", "w"], "a: [y, 'w']\n"),
        ("a: [x, y] # why\n", "z", 'a: "z" # why\n'),
        ("a: [x, y]\n", None, "a:\n"),
        ("a: [x, y]\n", [], "a: []\n"),
        ("a: [\n  x,\n  y\n]\nb: 1\n", ["z"], "a: [z]\nb: 1\n"),
        ("a:\n  - x\n  - y\nb: 1\n", "z", "a: z\nb: 1\n"),
        ("a:\n  - x\n  - y\nb: 1\n", None, "a:\nb: 1\n"),
        ("a:\n  - x\n  - y\nb: 1\n", [], "a: []\nb: 1\n"),
        ("a:\n  - x\n  - y\n", ["x", "y", "z"], "a:\n  - x\n  - y\n  - z\n"),
        ("a:\n- x\n-   y # c\nb: 1\n", ["z", "x", "y"], "a:\n- z\n- x\n-   y # c\nb: 1\n"),
        ("a:\n  - x # c\n  - y\n  - z\n", ["x", "z"], "a:\n  - x # c\n  - z\n"),
        ("a:\n    - 'x'\n    - y\n", ["x", "w"], "a:\n    - 'x'\n    - 'w'\n"),
        ("a:\n  - x\n  - \"y\"\n", ["y", "x"], "a:\n  - \"y\"\n  - x\n"),
        ("a:\n  -\n  - x\n", ["y"], "a:\n  -\n  - y\n"),
        ("a:\n  -\nb: 1\n", ["y"], "a:\n  - y\nb: 1\n"),
        ("a: # why\n  - x\n", "y", 'a: "y" # why\n'),
    ],
)  # fmt: skip
def test_only_the_value_changes_and_its_form_stays_where_it_can(before, value, after):
    assert edited(before, "a", value) == after


def test_codes_are_quoted_on_request():
    assert edited("a: 1\n", "a", "13800138000", quote=True) == 'a: "13800138000"\n'
    assert edited("a:\n", "a", ["13800138000"], quote=True) == 'a:\n  - "13800138000"\n'
    assert edited("a: [1]\n", "a", ["2"], quote=True) == 'a: ["2"]\n'


@pytest.mark.parametrize(
    ("block", "value", "after"),
    [
        ("a: 1\n", "x", "a: 1\nb: x\n"),
        ("a: 1\n", ["x"], "a: 1\nb:\n  - x\n"),
        ("", "x", "b: x\n"),
        ("a: 1\n# end\n\n", "x", "a: 1\n# end\n\nb: x\n"),
        ("a: |\n  x\n\n", "x", "a: |\n  x\n\nb: x\n"),
        ("a: 1\n", None, "a: 1\nb:\n"),
        ("a: 1\n", [], "a: 1\nb: []\n"),
    ],
)
def test_a_new_key_goes_on_the_last_line(block, value, after):
    if value is None:
        after = block
    assert edited(block, "b", value) == after


@pytest.mark.parametrize("key", ["等级", "my key"])
def test_keys_are_written_as_they_are_spelled(key):
    assert edited("a: 1\n", key, "x") == f"a: 1\n{key}: x\n"


def test_a_value_that_stands_there_changes_nothing():
    for block, value in [
        ("a: '1'\n", "1"),
        ("a: ~\n", None),
        ("a: [ x ]\n", ["x"]),
        ("a:\n- x\n", ["x"]),
    ]:
        text = note(block)
        assert replace_value(text, "a", value) is text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeff---\na: 1\n---\n", "\ufeff---\na: 2\n---\n"),
        ("---\r\na: 1\r\n---\r\nb\n\rc", "---\r\na: 2\r\n---\r\nb\n\rc"),
        ("--- \na: 1\n---", "--- \na: 2\n---"),
        ("---\na: 1\r\nb: x\n---\n---\n", "---\na: 2\r\nb: x\n---\n---\n"),
    ],
)
def test_frame_and_line_ends_stay(before, after):
    assert replace_value(before, "a", "2") == after


def test_new_lines_end_like_the_line_before():
    text = "---\r\na: 1\r\nb: 2\n---\n"

    assert replace_value(text, "a", ["x", "y"]) == "---\r\na:\r\n  - x\r\n  - y\r\nb: 2\n---\n"
    assert replace_value(text, "c", ["x"]) == "---\r\na: 1\r\nb: 2\nc:\n  - x\n---\n"
    assert replace_value("---\r\n---\r\n", "c", "x") == "---\r\nc: x\r\n---\r\n"


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ("{a: 1}\n", "braces"),
        ("  a: 1\n", "indented"),
        ("? a\n: 1\n", "?"),
        ("a: 1\na: 2\n", "twice"),
        ("a: 1\nA: 2\n", "case"),
        ("b: 1\nb: 2\na: 1\n", "twice"),
        ("- a\n", "no `key: value`"),
        ("a\n", "no `key: value`"),
        ("b: @x\na: 1\n", "mend"),
        ("<<<<<<< x\na: 1\n=======\na: 2\n>>>>>>> y\n", "conflict"),
        ("a: &x 1\n", "anchors"),
        ("a:\n  b: c\n", "keys of its own"),
        ("a:\n  - x # why\n  - y\n", "comment"),
        ("a:\n  - x\n  # why\n  - y\n", "comment"),
        ("a: [\n  x, # why\n  y\n]\n", "comment"),
        ("a: | # why\n  x\n", "comment"),
        ("a: # why\n  x\n", "comment"),
    ],
)
def test_what_is_not_certain_is_refused(block, why):
    with pytest.raises(RefusedError) as refused:
        replace_value(note(block), "a", ["z"])
    assert why in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(
    "text", ["# a\n", "", "---\na: 1\n", "---\u3000\na: 1\n---\n", "\n---\na: 1\n---\n"]
)
def test_a_note_without_front_matter_is_refused(text):
    with pytest.raises(RefusedError):
        replace_value(text, "a", "1")


@pytest.mark.parametrize(
    ("key", "value"), [("a", "\ud800"), ("a", ["x", ""]), ("A", "1"), ("", "1"), ("x\n", "\ud800")]
)
def test_what_would_not_come_back_is_refused(key, value):
    with pytest.raises(RefusedError):
        replace_value(note("a: 1\n"), key, value)


def test_front_matter_is_added_before_the_text():
    assert add_block("# a\r\n", [("id", "C-1"), ("tel", "138")], quoted={"tel"}) == (
        '---\r\nid: C-1\r\ntel: "138"\r\n---\r\n# a\r\n'
    )
    assert add_block("\ufeff# a") == "\ufeff---\n---\n# a"
    for text in (note("a: 1\n"), "---\na: 1\n", "\n---\na: 1\n---\n"):
        with pytest.raises(RefusedError):
            add_block(text)


def test_a_value_can_be_quoted_without_changing_it():
    assert quote_value(note("a: 0301 # c\n"), "a") == note('a: "0301" # c\n')
    assert quote_value(note("a: [1, 02]\n"), "a", 1) == note('a: [1, "02"]\n')
    assert quote_value(note("a: [[x]]\n"), "a") == note('a: "[[x]]"\n')
    assert quote_value(note("a:\n"), "a") == note("a:\n")


def test_a_key_can_be_spelled_another_way():
    assert rename_key(note("等级: A # c\nb: 1\n"), "等级", "grade") == note("grade: A # c\nb: 1\n")
    with pytest.raises(RefusedError):
        rename_key(note("等级: A\ngrade: B\n"), "等级", "grade")
    with pytest.raises(RefusedError):
        rename_key(note("等级: A\ngrade: B\n"), "等级", "Grade")


def judged(text: str) -> dict[str, object]:
    """What PyYAML, with every scalar as text, makes of a note."""
    parts = split(text)
    return yaml.load(text[parts.start : parts.end], Loader=yaml.CBaseLoader) or {}


@settings(max_examples=many(150), deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), VALUES, max_size=5))
def test_a_written_block_reads_back_here_and_by_pyyaml(values):
    text = render_block(values.items()) + "body\n"

    block = read_block(text)
    assert block.values == values
    assert block.editable
    plain = {key: "" if value is None else value for key, value in values.items()}
    assert judged(text) == plain


@settings(max_examples=many(250), deadline=None)
@given(
    blocks(), VALUES, st.booleans(), st.sampled_from(["price", "title", "等级", "tags", "a", "new"])
)
def test_a_write_changes_that_key_alone_or_nothing(block, value, quote, key):
    text = note(block)
    before = read_block(text)
    if before.values and key not in before.values and key != "new":
        key = list(before.values)[len(block) % len(before.values)]
    try:
        written = replace_value(text, key, value, quote=quote)
    except RefusedError:
        return
    after = read_block(written)
    assert after.values.get(key) == value
    assert written[after.body_offset :] == text[before.body_offset :]
    for other in before.values:
        if other != key:
            old, new = before.place(other), after.place(other)
            assert after.values[other] == before.values[other]
            assert written[new.key_start : new.end] == text[old.key_start : old.end]
    odd = {"control-character", "odd-line-break"}
    if isinstance(value, str) and odd.isdisjoint(finding.code for finding in after.findings):
        assert judged(written)[key] == value
    assert replace_value(written, key, value, quote=quote) is written


@settings(max_examples=many(150), deadline=None)
@given(blocks(), TEXTS)
def test_a_text_put_back_gives_the_note_as_it_was(block, value):
    text = note(block)
    before = read_block(text)
    assume(before.editable)
    for key, old in before.values.items():
        place = before.place(key)
        source = text[place.start : place.end]
        if place.kind != "scalar" or source not in (
            render_double(str(old)),
            render_scalar(str(old)),
        ):
            continue
        try:
            there = replace_value(text, key, value)
        except RefusedError:
            continue
        back = replace_value(there, key, old)
        assert read_block(back).values == before.values
        if read_block(there).style(key) == before.style(key):
            assert back == text


def test_python_frontmatter_reads_what_was_written():
    text = replace_value(note(LISTING), "facing", ["东", "[[x]]"])
    metadata = frontmatter.loads(text, Loader=yaml.BaseLoader).metadata

    assert metadata["facing"] == ["东", "[[x]]"]
    assert metadata["owner_phone"] == "13800138000"


def test_every_value_of_a_real_note_can_be_changed_and_put_back():
    text = note(LISTING)
    for key, value in read_block(text).values.items():
        if value is None:
            continue
        other = [*value, "东"] if isinstance(value, list) else "x"
        assert replace_value(replace_value(text, key, other), key, value) == text

"""What the strict reader takes, it reads exactly as libyaml does."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.notes.block import Block
from brokernotes.notes.frontmatter import split
from brokernotes.notes.strict import NULLS, find_place, read_strictly
from brokernotes.notes.yaml_fallback import read_leniently
from tests.examples import many
from tests.frontmatter_notes import BLOCKS, LISTING, PIECES, blocks, note


def read(block: str) -> Block | None:
    text = note(block)
    parts = split(text)
    if parts.kind != "block":
        return None
    strict = Block(text, parts)
    if not read_strictly(text[parts.start : parts.end], strict.values, strict.lines):
        assert strict.values == {}
        assert strict.lines == {}
        return None
    return strict


def assert_equal_to_libyaml(block: str) -> None:
    strict = read(block)
    if strict is None:
        return
    lenient = read_leniently(strict.source, strict.split, ())
    assert strict.values == lenient.values
    assert list(strict.values) == list(lenient.values)
    assert strict.lines == lenient.lines
    assert lenient.findings == []
    assert lenient.reason is None
    for key, value in strict.values.items():
        found, expected = find_place(strict.source, strict.split, key), lenient.place(key)
        assert found.scalars == expected.scalars
        assert (found.kind, found.key_start, found.start) == (
            expected.kind,
            expected.key_start,
            expected.start,
        )
        assert strict.where_key(key) == lenient.where_key(key)
        assert strict.where(key) == lenient.where(key)
        for item in range(len(value)) if isinstance(value, list) else ():
            assert strict.where(key, item) == lenient.where(key, item)
            assert strict.where(key, item, 1, 1) == lenient.where(key, item, 1, 1)


def assert_equal_to_pyyaml(block: str) -> None:
    strict = read(block)
    if strict is None:
        return
    text = strict.source[strict.split.start : strict.split.end]
    loaded = yaml.load(text, Loader=yaml.BaseLoader) or {}

    def as_read(value: object) -> object:
        if isinstance(value, list):
            return [as_read(item) for item in value if item not in NULLS]
        return "" if value is None or value in NULLS else value

    assert {key: as_read(value) for key, value in strict.values.items()} == {
        key: as_read(value) for key, value in loaded.items()
    }


@pytest.mark.parametrize(
    "block",
    [
        LISTING,
        LISTING.replace("\n", "\r\n"),
        "",
        "等级: A\n备注: 说：要\n",
        "a: 'it is'\nb: \"a: b, c\"\nc: x:y\n",
        "tags:\n- a\n- b\nempty: \nnull_: ~\n",
        "tags: [a, b]\nnone: []\n# a comment\n",
        "time: 2026-08-20T14:30:00\nurl: https://x.cn/a?b=c#d\n",
    ],
)
def test_what_obsidian_and_the_tool_write_takes_the_quick_way(block):
    assert read(block) is not None
    assert_equal_to_libyaml(block)
    assert_equal_to_pyyaml(block)


@pytest.mark.parametrize(
    "block",
    [
        "a: b # c\n", "a: b: c\n", "a: b:\n", "a: [b, 'c']\n", "a: [[b]]\n", "a: {b: c}\n",
        "a: &x b\n", "a: *x\n", "a: !t b\n", "a: |\n  b\n", "a: b\n  c\n", "a: b\na: c\n",
        "a: b\nA: c\n", "a: {{date}}\n", "a: \"{{date}}\"\n", "a: <%x%>\n", "a: b\tc\n",
        "a: b\u2028c\n",
        "a: \"b\\n\"\n", "a: 'b''c'\n", "a:\n  - b\n - c\n", "a: b\n- c\n", "- a\n", "a\n", "a:b\n",
        "? a\n", "a: b\rc: d\n", "a: [浦东，徐汇]\n", "等级：A\n", "a: @b\n", "a b: c\n", " a: b\n",
        "x" * 1100 + ": y\n", "a: \ufeffb\n", "...\n", "a: [b,]\n", "a: [~]\n",
    ],
)  # fmt: skip
def test_everything_else_is_left_to_libyaml(block):
    assert read(block) is None


@settings(max_examples=many(400), deadline=None)
@given(blocks())
def test_mutated_blocks_read_as_libyaml_reads_them(block):
    assert_equal_to_libyaml(block)


@settings(max_examples=many(200), deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "k", "k: ", "b: ", "张三"]), max_size=14).map("".join))
def test_soup_that_is_accepted_reads_as_pyyaml_reads_it(block):
    assert_equal_to_libyaml(block)
    assert_equal_to_pyyaml(block)


@pytest.mark.slow
@settings(max_examples=60_000, deadline=None)
@given(blocks())
def test_many_mutated_blocks_read_as_libyaml_and_pyyaml_read_them(block):
    assert_equal_to_libyaml(block)
    assert_equal_to_pyyaml(block)


def test_the_fuzz_is_not_empty():
    assert sum(read(block) is not None for block in BLOCKS) >= 3

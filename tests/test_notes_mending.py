"""Mends make other programs read what is already read here, and nothing else."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings

from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.mending import mend_block
from tests.examples import many
from tests.frontmatter_notes import blocks, note

KNOWN = frozenset({"等级", "备注", "price", "tags"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("agent: @王敏\n", 'agent: "@王敏"\n'),
        ("a: [急售] 阳光\nb: 1\n", 'a: "[急售] 阳光"\nb: 1\n'),
        ("a: 他说: 要\n", 'a: "他说: 要"\n'),
        ("price:620\n等级：A\nb: 1\n", "price: 620\n等级: A\nb: 1\n"),
        ("price:\u3000620\n", "price: 620\n"),
        ("a:\n  - @x\n  - y\n", 'a:\n  - "@x"\n  - y\n'),
        ("a:\n\t- x\n\t- y\nb: 1\n", "a:\n  - x\n  - y\nb: 1\n"),
        ("a: [[x]]\nb:\n  - [[y|z]]\n", 'a: "[[x]]"\nb:\n  - "[[y|z]]"\n'),
        ("tags: [浦东，徐汇, 静安]\n", "tags: [浦东, 徐汇, 静安]\n"),
        ("a: x\u2028y\u2028z\n", "a: x y z\n"),
        ('a: "it\\\'s"\n', 'a: "it\'s"\n'),
        ('a: "x\nb: 1\n', 'a: "x"\nb: 1\n'),
        ("a: @x\nb: 1\nb: 2\n", 'a: "@x"\nb: 1\nb: 2\n'),
        ("a: @x\nstray\n", 'a: "@x"\nstray\n'),
    ],
)
def test_what_is_certain_is_mended(before, after):
    assert mend_block(note(before), KNOWN) == note(after)


@pytest.mark.parametrize(
    "block",
    [
        "a: 1\n", "a: x # y\n", "a: {{date}}\n", "a: 1\na: 2\n", "unknown：A\n",
        "<<<<<<< x\na: @1\n=======\na: @2\n>>>>>>> y\n", "a:\n  b: c\n", "stray\n",
    ],
)  # fmt: skip
def test_what_needs_a_person_stays(block):
    text = note(block)
    assert mend_block(text, KNOWN) is text


@pytest.mark.parametrize("text", ["", "# a\n", "---\na: @1\n"])
def test_a_note_without_a_closed_block_stays(text):
    assert mend_block(text) is text


def test_line_ends_and_the_byte_order_mark_stay():
    assert mend_block("\ufeff---\r\na: @x\r\n---\r\n") == '\ufeff---\r\na: "@x"\r\n---\r\n'


@settings(max_examples=many(250), deadline=None)
@given(blocks())
def test_a_mend_changes_no_value_and_is_the_last_one(block):
    text = note(block)
    before = read_block(text, KNOWN)
    mended = mend_block(text, KNOWN)
    after = read_block(mended, KNOWN)

    assert after.values == before.values
    assert mended[after.body_offset :] == text[before.body_offset :]
    if mended != text:
        assert len(after.findings) < len(before.findings)
    if after.editable and after.has_block and not after.findings:
        inner = mended[after.split.start : after.split.end]
        assert set(yaml.load(inner, Loader=yaml.CBaseLoader) or {}) == set(after.values)

"""`fmt` writes what Obsidian would, and nothing that reads otherwise."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import RefusedError
from brokernotes.notes.canonical import PHONE, TEXT, VALUE, canonical
from brokernotes.notes.frontmatter import read_block
from tests.examples import many

NODE_MODULES = Path(__file__).parent.parent / ".ci" / "cache" / "node_modules"
WRITER = Path(__file__).parent / "readers" / "obsidian_yaml.cjs"
KINDS = {"price": VALUE, "vip": VALUE, "room": TEXT, "phone": PHONE, "title": TEXT, "tags": TEXT}


def fmt(inner, **options):
    return (
        canonical(f"---\n{inner}---\n正文\n", KINDS, **options)
        .removeprefix("---\n")
        .removesuffix("---\n正文\n")
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tags: [浦东, '静安']\n", "tags:\n  - 浦东\n  - 静安\n"),
        ("tags:\n- 浦东\n-   静安\n", "tags:\n  - 浦东\n  - 静安\n"),
        ("tags: []\n", "tags: []\n"),
        ("title: '李女士'\nprice: \"620\"\n", 'title: 李女士\nprice: "620"\n'),
        ("title:   李女士   \n\n\nprice: 620\n", "title: 李女士\nprice: 620\n"),
        ("title: ~\nprice: null\nroom:\n", "title:\nprice:\nroom:\n"),
        ('title: ""\n', 'title: ""\n'),
        ("price: 620.0\n", "price: 620\n"),
        ("price: 3.10\nvip: True\n", "price: 3.1\nvip: true\n"),
        ("room: 0301\n", 'room: "0301"\n'),
        ("room: 301\n", "room: 301\n"),
        ("phone: 13800138000\n", 'phone: "13800138000"\n'),
        ("自己的: 0301\n", "自己的: 0301\n"),
        ('title: "[[阳光]]"\n', 'title: "[[阳光]]"\n'),
        ("title: '他说: \"要\"'\n", "title: '他说: \"要\"'\n"),
        ('title: "他说: 要"\n', 'title: "他说: 要"\n'),
        ("title: '2026-08-20'\n", "title: 2026-08-20\n"),
        ('title: "10:30"\n', 'title: "10:30"\n'),  # YAML 1.1 would read 630: the quotes stay
        ("title: 10:30\n", "title: 10:30\n"),
        ('"title": a\n', "title: a\n"),
        ("title: >-\n  一\n  二\n", "title: 一 二\n"),
        ("", ""),
    ],
)
def test_a_block_becomes_what_obsidian_writes(before, after):
    assert fmt(before) == after
    assert fmt(after) == after


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ("# 备注\ntitle: a\n", "comments"),
        ("title: a # b\n", "problems"),
        ("price: 620  # 万\n", "problems"),
        ("title: a\ntitle: b\n", "twice"),
        ("title: {a: b}\n", "problems"),
        ("title: |\n  一\n  二\n", "one line"),
        ("title: @a\n", "cannot read"),
    ],
)
def test_what_would_lose_something_is_refused(inner, reason):
    with pytest.raises(RefusedError, match=reason):
        fmt(inner)


def test_comments_go_only_when_they_may():
    inner = "# 备注\ntitle: a\ntags:\n  # 两个\n  - b\n"

    assert fmt(inner, drop_comments=True) == "title: a\ntags:\n  - b\n"


@pytest.mark.parametrize("text", ["", "正文\n", "# 标题\n---\n不是\n---\n", "---\n---\n正文"])
def test_a_note_without_properties_stays(text):
    assert canonical(text, KINDS) == text


def test_body_byte_order_mark_and_line_ends_stay():
    text = "\ufeff---  \r\ntitle: 'a'\r\n--- \r\n\r\n正文 \r\n  - x\r\n"

    assert canonical(text, KINDS) == "\ufeff---\r\ntitle: a\r\n---\r\n\r\n正文 \r\n  - x\r\n"


WORDS = [
    "0301", "1e3", "+5", "5.0", ".5", "0x1F", "true", "No", "~", "null", "-", "?", "- a", "a: b",
    "a #b", "#a", "@a", "a:", "a-", "'a'", '"', "it's", '他说"要"', "[[x]]", "{{y}}", " a", "a ",
    "10:30", "2026-08-20", "13800138000", "=", "<<", "*a", "%a", "a,b", "[a]", "02158881234",
    "--- a", "...", "浦东：静安", "。", "a\\b",
]  # fmt: skip
LETTERS = st.characters(
    blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufeff"
)
PIECES = st.one_of(st.sampled_from(WORDS), st.text(LETTERS, min_size=1, max_size=12))


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


VALUES = st.one_of(
    PIECES.map(quoted),
    PIECES.map(lambda text: "'" + text.replace("'", "''") + "'"),
    PIECES,
    st.lists(PIECES.map(quoted), max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.just(""),
)
BLOCKS = st.dictionaries(st.sampled_from([*KINDS, "自己的", "own"]), VALUES, max_size=6)


def inner_of(block):
    return "".join(f"{key}: {value}\n" for key, value in block.items())


@settings(max_examples=many(300))
@given(BLOCKS)
def test_a_block_reads_the_same_and_is_then_done(block):
    text = f"---\n{inner_of(block)}---\n正文\n"
    try:
        after = canonical(text, KINDS)
    except RefusedError:
        return

    old, new = read_block(text), read_block(after)
    assert canonical(after, KINDS) == after
    assert list(new.values) == list(old.values)
    for key, value in old.values.items():
        if KINDS.get(key) != VALUE:
            assert new.values[key] == value
    assert after.endswith("---\n正文\n")


@pytest.mark.slow
def test_obsidian_writes_a_canonical_block_back_as_it_stands():
    if not shutil.which("node") or not (NODE_MODULES / "yaml").exists():
        reason = "npm's yaml is not installed; run .ci/readers.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    blocks = []

    @settings(max_examples=1500, database=None)
    @given(BLOCKS)
    def collect(block):
        try:
            after = canonical(f"---\n{inner_of(block)}---\n", KINDS)
        except RefusedError:
            return
        inner = after.removeprefix("---\n").removesuffix("---\n")
        if not _keeps_quotes_for_others(inner):
            blocks.append(inner)

    collect()
    written = _obsidian(blocks)

    assert len(blocks) > 300
    for inner, obsidian in zip(blocks, written, strict=True):
        assert obsidian == inner


def _keeps_quotes_for_others(inner):
    """Whether quotes stand that Obsidian drops: those that YAML 1.1 and templates need."""
    from brokernotes.notes.canonical import _NOT_PLAIN
    from brokernotes.notes.yaml_text import is_number_bool_or_null

    texts = []
    for value in read_block(f"---\n{inner}---\n").values.values():
        texts += value if isinstance(value, list) else [value]
    for line in inner.split("\n"):
        for text in texts:
            is_plain = text and not _NOT_PLAIN.search(text) and not is_number_bool_or_null(text)
            if is_plain and quoted(text) in line:
                return True
    # Numbers of keys nobody declared are left to whoever wrote them.
    return any(line.startswith(("own: ", "自己的: ")) for line in inner.split("\n"))


def _obsidian(blocks):
    lines = "".join(json.dumps(inner) + "\n" for inner in blocks)
    done = subprocess.run(
        ["node", str(WRITER), str(NODE_MODULES)], input=lines, capture_output=True, text=True,
        check=True, timeout=120,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]

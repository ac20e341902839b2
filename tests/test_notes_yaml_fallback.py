"""Everything else YAML and people write: read as far as it can be, and reported.

Most blocks here are made after what stands in public vaults and in notes that
lost a record to one bad line.
"""

from __future__ import annotations

import sys

import pytest

from brokernotes.model.problems import PROBLEMS
from brokernotes.notes import yaml_nodes
from brokernotes.notes.frontmatter import read_block
from tests.frontmatter_notes import BLOCKS, KNOWN, found, note
from tests.frontmatter_notes import read_between as read


@pytest.mark.parametrize(
    ("lines", "values", "findings"),
    [
        ("tags:\n  - @name\n  - b", {"tags": ["@name", "b"]}, [("reserved-start", 4, 5, 10)]),
        ("tags:\n-", {"tags": []}, []),
        ("tags:\n- \n- a\n- ~\n- ''", {"tags": ["a"]}, []),
        ("a: [x, , y]", {"a": "[x, , y]"}, [("reserved-start", 3, 4, 12)]),
        ("a:\n  - 他说: 要\n  - b", {"a": ["他说: 要", "b"]}, [("nested-map", 4, 5, 10)]),
        ("a:\n  - k: v\n    w: x\n  - b", {"a": ["b"]}, [("nested-map", 4, 5, 9)]),
        ("a:\n  b: c\n  d: e", {"a": None}, [("nested-map", 4, 3, 7)]),
        ("a: {b: c}", {"a": "{b: c}"}, [("nested-map", 3, 4, 10)]),
        ("a:\n  - - b\n    - c", {"a": []}, [("nested-list", 4, 5, 8)]),
        ("a: [[b], [c]]", {"a": ["[b]", "[c]"]},
         [("nested-list", 3, 5, 8), ("nested-list", 3, 10, 13)]),
        ("a: [[张三]]", {"a": "[[张三]]"}, [("unquoted-link", 3, 4, 10)]),
        ("a: [[x|y, z]]", {"a": "[[x|y, z]]"}, [("unquoted-link", 3, 4, 14)]),
        ("a:\n- [[x]]\n- y", {"a": ["[[x]]", "y"]}, [("unquoted-link", 4, 3, 8)]),
        ("a: [[[x]], [[y]]]", {"a": ["[[x]]", "[[y]]"]},
         [("unquoted-link", 3, 5, 10), ("unquoted-link", 3, 12, 17)]),
        ("tags:\n\t- a\n\t- b", {"tags": ["a", "b"]}, [("tab-indent", 4, 1, 2)]),
        ("tags:\n\t- @a\n  - b", {"tags": ["@a", "b"]}, [("reserved-start", 4, 4, 6)]),
        ("a:\tx", {"a": "x"}, []),
        ("a: x # y", {"a": "x"}, [("comment-in-value", 3, 6, 9)]),
        ("a: x #y # z", {"a": "x"}, [("comment-in-value", 3, 6, 12)]),
        ("a: #vip", {"a": None}, [("comment-in-value", 3, 4, 8)]),
        ("a: # a note", {"a": None}, []),
        ("a: # a note\n  - b #c", {"a": ["b"]}, [("comment-in-value", 4, 7, 9)]),
        ('a: "x # y" # z\nb: x#y\n# c\n  # d', {"a": "x # y", "b": "x#y"}, []),
        ("tags: [浦东，徐汇, 静安]", {"tags": ["浦东", "徐汇", "静安"]},
         [("full-width-comma", 3, 8, 13)]),
        ("other: [浦东，徐汇]", {"other": ["浦东，徐汇"]}, []),
        ("备注: 说：要“好”，是吧", {"备注": "说：要“好”，是吧"}, []),
        ("unknown：A", {}, [("stray-line", 3, 1, 10)]),
        ("a: 阳光\n  花园", {"a": "阳光 花园"}, []),
        ("a: 阳光\n花园\nb: 1", {"a": "阳光", "b": "1"}, [("stray-line", 4, 1, 3)]),
        ("a: 阳光\n  district: 浦东", {"a": "阳光"}, [("stray-line", 4, 3, 15)]),
        ("a: 0123456789012345678\nuid: 20230101123456101",
         {"a": "0123456789012345678", "uid": "20230101123456101"}, []),
        ("no: yes\noff: 12:30\nd: 2026-13-45\ne: =", {"no": "yes", "off": "12:30",
         "d": "2026-13-45", "e": "="}, []),
        ("a: ~\nb: null\nc: ''\nd:", {"a": None, "b": None, "c": "", "d": None}, []),
        ("a: x\u2028y\nb: \x85", {"a": "x y", "b": None}, [("odd-line-break", 3, 5, 6),
         ("odd-line-break", 4, 4, 5)]),
        ("a: \ufeff620\nb: x\x00\x01y", {"a": "620", "b": "x  y"},
         [("control-character", 3, 4, 5), ("control-character", 4, 5, 6)]),
        ("a: x\u200b\u3000y", {"a": "x\u200b\u3000y"}, []),
    ],
)  # fmt: skip
def test_lists_comments_and_oddities(lines, values, findings):
    block = read(lines)

    assert block.values == values
    assert found(block) == findings


@pytest.mark.parametrize(
    ("lines", "values", "line"),
    [
        ("created: {{date}}", {"created": "{{date}}"}, 3),
        ('a: "{{title}}"', {"a": "{{title}}"}, 3),
        ("a: {{date}} {{time}}", {"a": "{{date}} {{time}}"}, 3),
        ("a: <% tp.date.now() %>", {"a": "<% tp.date.now() %>"}, 3),
        ("tags:\n  - {{tag}}", {"tags": ["{{tag}}"]}, 4),
        ("tags:\n  - a\n  - %>", {"tags": ["a", "%>"]}, 5),
        ("<%*\nlet a: 1\nconst b = '{'\n%>\na: 1", {"a": "1"}, 3),
        ("{{VALUE:name}}\na: 1", {"a": "1"}, 3),
    ],
)
def test_what_a_template_left_is_one_finding(lines, values, line):
    block = read(lines)

    assert block.values == values
    assert [finding[:2] for finding in block.findings] == [("template-leftover", line)]


def test_the_first_of_two_equal_keys_counts():
    block = read("a: 1\nb: 2\na: 3\nB: 4")

    assert block.values == {"a": "1", "b": "2", "B": "4"}
    assert found(block) == [("duplicate-key", 5, 1, 2), ("key-case", 6, 1, 2)]
    assert block.findings[0].params == {"key": "a", "other": "a", "first_line": 3}
    assert block.reason == "duplicate-key"


def test_a_committed_conflict_is_read_by_its_first_side():
    block = read(
        "<<<<<<< HEAD\nprice: 1\n||||||| base\nprice: 0\n=======\nprice: 2\nb: 3\n>>>>>>> x"
    )

    assert block.values == {"price": "1", "b": "3"}
    assert found(block) == [("conflict-marker", 3, 1, 13)]
    assert block.reason == "conflict-marker"


@pytest.mark.parametrize("marker", ["=======", ">>>>>>> x"])
def test_a_marker_left_alone_is_reported(marker):
    assert [finding.code for finding in read(f"a: 1\n{marker}\nb: 2").findings] == [
        "conflict-marker"
    ]


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ("a: &x b\nc: *x", {"a": "&x b", "c": "*x"}),
        ("a: !!str 1\nb: ! 2", {"a": "!!str 1", "b": "! 2"}),
        ("a: &x [b]\n<<: *x", {"a": ["b"], "<<": "*x"}),
    ],
)
def test_features_of_yaml_are_text_and_reported(lines, values):
    block = read(lines)

    assert block.values == values
    assert {finding.code for finding in block.findings} == {"yaml-feature"}
    assert block.reason == "yaml-feature"


@pytest.mark.parametrize(
    ("block_text", "reason", "codes", "values"),
    [
        ("- a\n- b\n", "front-matter-not-map", ["front-matter-not-map"], {}),
        ("hello\nworld\n", "front-matter-not-map", ["front-matter-not-map"], {}),
        ("~\n", "front-matter-not-map", ["front-matter-not-map"], {}),
        ("{a: 1, b: [c]}\n", "flow-root", [], {"a": "1", "b": ["c"]}),
        ("  a: 1\n  b: 2\n", "indented-root", [], {"a": "1", "b": "2"}),
        ("? a\n: 1\nb: 2\n", "complex-key", ["complex-key"], {"a": "1", "b": "2"}),
        ("[a]: 1\nb: 2\n", "complex-key", ["complex-key"], {"b": "2"}),
        ("", None, [], {}),
        ("\n# only this\n\n", None, [], {}),
        ("price:620\n", "recovered", ["missing-space"], {"price": "620"}),
        ("等级：A\n", "recovered", ["full-width-colon"], {"等级": "A"}),
        ("a: 1\n...\n", "recovered", ["stray-line"], {"a": "1"}),
        ("--- # x\na: 1\n", "recovered", ["stray-line"], {"a": "1"}),
        (" a: 1\nb: 2\n", "recovered", ["stray-line"], {"b": "2"}),
        ("a: " + "[" * 9 + "]" * 9 + "\nb: 1\n", "recovered", ["front-matter-too-deep"],
         {"a": "[" * 9 + "]" * 9, "b": "1"}),
        ("a: x\n" * 20_000, "front-matter-too-big", ["front-matter-too-big"], {}),
        ("a: " + "阳" * 22_000 + "\n", "front-matter-too-big", ["front-matter-too-big"], {}),
    ],
)  # fmt: skip
def test_shapes_that_are_no_flat_map(block_text, reason, codes, values):
    block = read_block(note(block_text), KNOWN)

    assert block.values == values
    assert [finding.code for finding in block.findings] == codes
    assert block.reason == reason


def test_two_forgotten_quotes_do_not_hide_the_keys_between_them():
    block = read('a: "x\nb: 1\nc: y"\nd: 2')

    assert block.values == {"a": "x", "b": "1", "c": 'y"', "d": "2"}
    assert found(block) == [("unclosed-quote", 3, 4, 6)]


def test_a_list_in_brackets_may_run_over_lines():
    assert read("tags: [\n  a,\n  b\n]\nb: 1").values == {"tags": ["a", "b"], "b": "1"}


def test_lone_carriage_returns_end_lines_inside_the_block():
    block = read_block("---\r\na: 1\rb: @x\nc: 3\n---\n")

    assert block.values == {"a": "1", "b": "@x", "c": "3"}
    assert found(block) == [("reserved-start", 3, 4, 6)]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("---\na: 1\n\n# Title\n", "unclosed-front-matter", (1, 1, 4)),
        ("\ufeff---\na: 1\n", "unclosed-front-matter", (1, 1, 4)),
        ("---\u3000\na: 1\n---\n", "bad-delimiter", (1, 1, 4)),
        ("---\ra: 1\r---\r", "bad-delimiter", (1, 1, 4)),
        ("\n\n---\na: 1\n---\n", "front-matter-not-first", (3, 1, 4)),
        ("  ---\na: 1\n---\n", "front-matter-not-first", (1, 3, 6)),
    ],
)
def test_front_matter_that_is_none_is_reported(text, code, place):
    block = read_block(text)

    assert [tuple(finding[:4]) for finding in block.findings] == [(code, *place)]
    assert not block.editable


@pytest.mark.parametrize("text", ["", "# a\n", "- a\n", "----\n", "\n\ntext\n---\n", "--- x ---\n"])
def test_text_without_front_matter_is_no_finding(text):
    block = read_block(text)

    assert (block.values, block.findings, block.reason) == ({}, [], "none")


def test_an_unclosed_block_still_tells_its_keys():
    block = read_block("---\ntype: client\ntags:\n  - a\n\n# 跟进\nx: y\n")

    assert block.values == {"type": "client", "tags": ["a"]}
    assert block.reason == "unclosed"
    assert block.body_line == 5


def test_every_code_found_here_is_catalogued_with_its_places():
    for text in BLOCKS:
        for finding in read_block(note(text), KNOWN).findings:
            kind = PROBLEMS[finding.code]
            assert kind.message.format_map(finding.params)


def test_without_libyaml_the_pure_reader_gives_the_same(monkeypatch):
    import yaml

    texts = [note(text) for text in BLOCKS]
    expected = [read_block(text, KNOWN) for text in texts]
    monkeypatch.delattr(yaml, "CBaseLoader")
    for text, block in zip(texts, expected, strict=True):
        pure = read_block(text, KNOWN)
        assert pure.values == block.values
        assert pure.findings == block.findings


def test_a_plain_note_never_imports_yaml(monkeypatch):
    yaml_nodes._yaml.cache_clear()
    monkeypatch.setitem(sys.modules, "yaml", None)

    assert read_block(note(BLOCKS[0])).values["price"] == "620"

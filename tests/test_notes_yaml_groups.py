"""One bad line costs its own key its form, and no other key anything."""

from __future__ import annotations

import pytest

from tests.frontmatter_notes import found
from tests.frontmatter_notes import read_between as read


def mends(block) -> list[object]:
    return [finding.params["mend"] for finding in block.findings if "mend" in finding.params]


@pytest.mark.parametrize(
    ("line", "values", "code", "columns", "mend"),
    [
        ("agent: @王敏", {"agent": "@王敏"}, "reserved-start", (8, 11), 'agent: "@王敏"'),
        ("a: `x`", {"a": "`x`"}, "reserved-start", (4, 7), 'a: "`x`"'),
        ("a: %x", {"a": "%x"}, "reserved-start", (4, 6), 'a: "%x"'),
        ("a: [急售] 阳光", {"a": "[急售] 阳光"}, "reserved-start", (4, 11), 'a: "[急售] 阳光"'),
        ("a: {急} x", {"a": "{急} x"}, "reserved-start", (4, 9), 'a: "{急} x"'),
        ("a: [x, y", {"a": "[x, y"}, "reserved-start", (4, 9), 'a: "[x, y"'),
        ("a: [x]]", {"a": "[x]]"}, "reserved-start", (4, 8), 'a: "[x]]"'),
        ("a: *重要*", {"a": "*重要*"}, "reserved-start", (4, 8), 'a: "*重要*"'),
        ("a: !急", {"a": "!急"}, "reserved-start", (4, 6), 'a: "!急"'),
        ("a: - x", {"a": "- x"}, "reserved-start", (4, 7), 'a: "- x"'),
        ("a: [[x]], [[y]]", {"a": "[[x]], [[y]]"}, "reserved-start", (4, 16), 'a: "[[x]], [[y]]"'),
        ("remark: 他说: 要", {"remark": "他说: 要"}, "colon-in-value", (9, 14),
         'remark: "他说: 要"'),
        ("remark: 他说:", {"remark": "他说:"}, "colon-in-value", (9, 12), 'remark: "他说:"'),
        ("price:620", {"price": "620"}, "missing-space", (6, 7), "price: 620"),
        ("price:@x", {"price": "@x"}, "missing-space", (6, 7), 'price: "@x"'),
        ("等级：A", {"等级": "A"}, "full-width-colon", (3, 4), "等级: A"),
        ("等级 ： A", {"等级": "A"}, "full-width-colon", (4, 5), "等级: A"),
        ('备注： "x: y"', {"备注": "x: y"}, "full-width-colon", (3, 4), '备注: "x: y"'),
        ("备注：说: 要", {"备注": "说: 要"}, "full-width-colon", (3, 4), '备注: "说: 要"'),
        ("price:\u3000620", {"price": "620"}, "odd-space", (7, 8), "price: 620"),
        ("price:\xa0 620", {"price": "620"}, "odd-space", (7, 9), "price: 620"),
        ("price\u3000: 620", {"price": "620"}, "odd-space", (6, 7), "price: 620"),
        ('a: "x', {"a": "x"}, "unclosed-quote", (4, 6), 'a: "x"'),
        ("a: 'x", {"a": "x"}, "unclosed-quote", (4, 6), 'a: "x"'),
        (r'a: "it\'s"', {"a": "it's"}, "bad-escape", (4, 11), 'a: "it\'s"'),
        ('a: "x" y', {"a": '"x" y'}, "bad-yaml", (4, 9), r'a: "\"x\" y"'),
    ],
)  # fmt: skip
def test_one_bad_line_keeps_its_text_and_every_other_key(line, values, code, columns, mend):
    block = read(line)

    assert block.values == values
    assert found(block) == [(code, 3, *columns)]
    assert mends(block) == [mend]
    assert block.recovered == set(values)
    assert block.reason == "recovered"


@pytest.mark.parametrize(
    "line", ["agent: @王敏", "a: [急售] 阳光", "price:620", "等级：A", 'a: "x']
)
def test_text_from_a_raw_line_is_placed_where_it_stands(line):
    block = read(line)
    ((key, text),) = block.values.items()

    start = line.index(text) + 1
    assert isinstance(text, str)
    assert block.where(key) == (3, start, start + len(text))
    assert block.where(key, offset=1, length=1) == (3, start + 1, min(start + 2, start + len(text)))


@pytest.mark.parametrize(
    ("line", "mend"), [("a: @x", 'a: "@x"'), ("price:620", "price: 620"), ("等级：A", "等级: A")]
)
def test_the_mend_is_a_line_that_reads_the_same_without_a_finding(line, mend):
    assert read(mend).values == read(line).values
    assert read(mend).findings == []

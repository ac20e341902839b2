"""The query language, text to tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import ArgumentError
from brokernotes.model.query_parsing import MOST, parse_query, quoted
from brokernotes.model.query_tree import EVERYTHING, And, Not, Or, Test, Word, leaves


def said(tree):
    """A tree as nested lists: words as text, tests as `key operator value`."""
    match tree:
        case And(parts):
            return ["and", *map(said, parts)]
        case Or(parts):
            return ["or", *map(said, parts)]
        case Not(part):
            return ["not", said(part)]
        case Test():
            return f"{tree.key}{tree.operator}{tree.value}"
        case Word():
            return tree.text


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("地铁", "地铁"),
        ("地铁 学区", ["and", "地铁", "学区"]),
        ("地铁 and 学区", ["and", "地铁", "学区"]),
        ("地铁 且 学区 并且 a", ["and", "地铁", "学区", "a"]),
        ("a b or c", ["or", ["and", "a", "b"], "c"]),
        ("a or b or (c 或 d)", ["or", "a", "b", "c", "d"]),
        ("a (b or c)", ["and", "a", ["or", "b", "c"]]),
        ("a（b 或 c）", "a（b 或"),  # a parenthesis within a word belongs to it
        ("a （b 或 c）", ["and", "a", ["or", "b", "c"]]),
        ("-a", ["not", "a"]),
        ("－a 非 b not c", ["and", ["not", "a"], ["not", "b"], ["not", "c"]]),
        ("not not a", "a"),
        ("-(a b)", ["not", ["and", "a", "b"]]),
        ('"a or b"', "a or b"),
        ("“a b” 「c d」", ["and", "a b", "c d"]),
        ('"a \\"b\\" \\\\"', 'a "b" \\'),
        ("status:在售", "status:在售"),
        ("价格：300..400", "价格:300..400"),
        ("价格>=300 价格＞300 a≤1 b≥2 c≠3 d!=4 e！＝5", None),
        ("price:>=300", "price>=300"),
        ("price => 300", "price>=300"),
        ("price: 300", "price:300"),
        ("price : 300", "price:300"),
        ("price == 300", "price=300"),
        ('title:"a b"', "title:a b"),
        ('"Gross area">90', "Gross area>90"),
        ("status:(在售 or 在租)", ["or", "status:在售", "status:在租"]),
        ("status!=(在售 在租)", ["and", "status!=在售", "status!=在租"]),
        ("status:(在售 or price:3) b", ["and", ["or", "status:在售", "price:3"], "b"]),
        ("title:阳光(二期)", "title:阳光(二期)"),
        ("(title:阳光(二期))", "title:阳光(二期)"),
        ("14:30 3:2", ["and", "14:30", "3:2"]),
        ("5-3", "5-3"),
        ("-", "-"),
        ("a\u3000b\tc", ["and", "a", "b", "c"]),
        ("created:2026-11-20", "created:2026-11-20"),
        ("(a) and (b)", ["and", "a", "b"]),
    ],
)
def test_a_query_is_read(text, tree):
    if tree == "a（b 或":
        with pytest.raises(ArgumentError):
            parse_query(text)
    elif tree is None:
        signs = [leaf.operator for leaf in leaves(parse_query(text))]
        assert signs == [">=", ">", "<=", ">=", "!=", "!=", "!="]
    else:
        assert said(parse_query(text)) == tree


@pytest.mark.parametrize("text", ["", "   ", "\u3000"])
def test_nothing_asks_for_everything(text):
    assert parse_query(text) == EVERYTHING


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("(a", "(", "this parenthesis is never closed"),
        ("a)", ")", "no parenthesis is open that this one would close"),
        ("()", ")", "nothing stands in these parentheses"),
        ("a or", "or", "nothing stands after “{word}”"),
        ("或 a", "或", "nothing stands before “{word}”"),
        ("a and", "and", "nothing stands after “{word}”"),
        ("and a", "and", "nothing stands before “{word}”"),
        ("a or and b", "and", "nothing stands before “{word}”"),
        ("not", "not", "nothing stands after “{word}”"),
        ("(a not)", "not", "nothing stands after “{word}”"),
        ('a "b', '"', "this quotation mark is never closed"),
        ("price:", "price:", "no value stands after {key}"),
        ("(price>)", "price>", "no value stands after {key}"),
        (">=300", ">=", "no key stands before {sign}"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text, marked, message):
    with pytest.raises(ArgumentError) as caught:
        parse_query(text)

    error = caught.value
    assert error.argument[error.start : error.end] == marked
    assert error.message == message


def test_a_value_of_several_words_needs_no_quotes_where_its_key_knows_it():
    known = {("status", "for sale"), ("status", "sale or lease"), ("listed", "3 days ago")}

    def read(text):
        return said(parse_query(text, lambda *pair: pair in known))

    assert read("status:for sale garden") == ["and", "status:for sale", "garden"]
    assert read("status:sale or lease") == "status:sale or lease"
    assert read("status:sale or x") == ["or", "status:sale", "x"]
    assert read("listed>3   days ago b") == ["and", "listed>3 days ago", "b"]
    assert read('status:"for" sale') == ["and", "status:for", "sale"]


def test_spans_are_of_what_was_typed():
    text = '地铁  价格：300万 "a b"'
    word, test, phrase = leaves(parse_query(text))

    assert text[slice(*word.span)] == "地铁"
    assert text[slice(*test.key_span)] == "价格"
    assert text[slice(*test.value_span)] == "300万"
    assert text[slice(*phrase.span)] == '"a b"'


@pytest.mark.parametrize("text", ["(" * 500 + "a", "-" * 500 + "a", "not " * 500 + "a"])
def test_depth_has_an_end(text):
    with pytest.raises(ArgumentError):
        parse_query(text)


def test_length_has_an_end():
    with pytest.raises(ArgumentError):
        parse_query("a " * (3 * MOST + 1))
    with pytest.raises(ArgumentError):
        parse_query("a" * 20_000)


PIECES = st.sampled_from(
    ["(", ")", "（", "）", "-", " ", "or", "或", "not", "非", "and", '"', "“", "”", "\\", ":", "：",
     "=", "!=", ">=", "..", "price", "价格", "300", "a", "\u3000", ",", "，", "\ud800", "\0", "无"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30))
def test_any_text_is_a_tree_or_an_error_within_it(text):
    try:
        tree = parse_query(text, lambda key, value: len(value) % 2 == 0)
    except ArgumentError as error:
        spans, size = [(error.start, error.end)], len(error.argument)
    else:
        spans, size = [span_of(leaf) for leaf in leaves(tree)], len(text)
    assert all(0 <= start < end <= size for start, end in spans)


def span_of(leaf):
    return leaf.span if isinstance(leaf, Word) else leaf.value_span


@given(st.text(min_size=1, max_size=20))
def test_a_quoted_text_is_one_phrase(text):
    (leaf,) = leaves(parse_query(quoted(text)))

    assert leaf == Word(text, (0, len(quoted(text))))

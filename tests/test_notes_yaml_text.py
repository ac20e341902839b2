"""What YAML makes of bare texts, and which texts need quotes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.notes.yaml_text import (
    needs_quotes,
    render_in_flow,
    render_scalar,
    resolves_to_other,
)
from tests.examples import many


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("02158881234", "2158881234"),
        ("0301", "301"),
        ("310101199001011234", "310101199001011260"),
        ("20230101123456101", "20230101123456100"),
        ("9007199254740993", "9007199254740992"),
        ("1e3", "1000"),
        ("3.10", "3.1"),
        ("5.0", "5"),
        ("5.", "5"),
        (".5", "0.5"),
        ("+8613800001111", "8613800001111"),
        ("-0", "0"),
        ("0x1F", "31"),
        ("0o17", "15"),
        ("1e21", "1e+21"),
        ("1.5e-7", "1.5e-7"),
        ("15e-8", "1.5e-7"),
        ("0.000001", "0.000001"),
        ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("1e999", ".inf"),
        ("-1e999", "-.inf"),
        ("0x" + "f" * 400, ".inf"),
        ("+.Inf", ".inf"),
        (".NaN", ".nan"),
        ("True", "true"),
        ("FALSE", "false"),
        ("~", ""),
        ("null", ""),
        ("Null", ""),
    ],
)
def test_codes_that_yaml_1_2_takes_for_something_else(text, other):
    assert resolves_to_other(text) == (None if other == text else other)


@pytest.mark.parametrize(
    "text",
    ["13800138000", "620", "118.5", "-5", "true", "false", "A", "浦东", "", "no", "yes", "on",
     "12:30", "2026-08-20", "1_000", "1,000", "0x", "0o8", "e3", "1e", "nul", "nULL",
     "tRUE", "C-0301",
     "９00", "١٢"],
)  # fmt: skip
def test_texts_that_come_back_as_they_were(text):
    assert resolves_to_other(text) is None


@settings(max_examples=many(200), deadline=None)
@given(st.from_regex(r"[-+]?[0-9.eEx_o:]{1,20}", fullmatch=True) | st.floats().map(repr))
def test_printing_is_stable(text):
    other = resolves_to_other(text)
    assert other is None or resolves_to_other(other) is None


@given(st.floats(min_value=1e-300, max_value=1e300))
def test_a_printed_number_is_the_same_number(number):
    text = repr(number)
    assert float(resolves_to_other(text) or text) == number


@pytest.mark.parametrize(
    "text",
    ["", " x", "x ", "a: b", "a:", "a #b", "#b", "- b", "-", "? b", ":", "@b", "`b", "%b",
     "[b", "{b",
     "*b", "&b", "!b", "|", ">", '"b', "'b", ",b", "]b", "x\ny", "x\ty", "\ufeffx",
     "x\u2028y", "~", "null",
     "True", "0301", "1e3", "[[x]]", "see [[x]]", "{{x}}", "<%x", "yes", "No", "off", "12:30",
     "1_000", "=", "<<", "0b11", "2026-13-45", "2026-8-1", "2026-08-20T25:00:00", "x\u3000"],
)  # fmt: skip
def test_texts_in_need_of_quotes(text):
    assert needs_quotes(text)
    assert yaml.load(f"k: {render_scalar(text)}", Loader=yaml.SafeLoader) == {"k": text}


@pytest.mark.parametrize(
    "text",
    ["620", "118.5", "-5", "true", "浦东", "a:b", "a#b", "x-y", "-x", "?x", ":x",
     "he said \"no\"", "it's",
     "2026-08-20", "2026-08-20T14:30:00", "2026-08-20 14:30", "31.2304,121.4737", "a, b",
     "C-7K2PQM",
     "阳光花园 3室2厅", "他说：要", "a [x]", "nobody", "...x", "C:\\x"],
)  # fmt: skip
def test_texts_that_stay_bare(text):
    assert render_scalar(text) == text
    assert yaml.load(f"k: {text}\n", Loader=yaml.BaseLoader) == {"k": text}


@settings(max_examples=many(300), deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=10), max_size=3))
def test_any_text_comes_back_from_pyyaml(texts):
    for text in texts:
        assert yaml.load(f"k: {render_scalar(text)}\n", Loader=yaml.BaseLoader) == {"k": text}
    source = ", ".join(render_in_flow(text) for text in texts)

    assert yaml.load(f"k: [{source}]\n", Loader=yaml.BaseLoader) == {"k": texts}

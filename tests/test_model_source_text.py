from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model.source_text import SourceText, find_full_width, narrow


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("620", "620"),
        ("  ６２０．５ ", "620.5"),
        ("118㎡", "118m2"),
        ("118m²", "118m2"),
        ("\u3000１４：３０\u3000", "14:30"),
        ("２０２６年", "2026年"),
    ],
)
def test_width_is_no_part_of_a_value(typed, plain):
    assert SourceText(typed).text == plain


@pytest.mark.parametrize("typed", ["620②", "620²", "6½", "620㊿", "㏨"])
def test_a_superscript_a_fraction_and_a_circled_number_never_become_digits(typed):
    assert "\ufffd" in SourceText(typed).text


def test_a_stretch_of_the_plain_form_leads_back_to_what_was_typed():
    typed = SourceText(" 118㎡左右")

    assert typed.text == "118m2左右"
    assert typed.span(3, 5) == (4, 5)
    assert typed.typed(3, 5) == "㎡"
    assert typed.typed(5) == "左右"


def test_full_width_is_found_where_it_stands():
    assert find_full_width("价 ６２０万") == (2, 5)
    assert find_full_width("118㎡") is None
    assert find_full_width("620") is None


def test_narrowing_keeps_positions():
    assert narrow("（６２０，\u3000ok）") == "(620, ok)"


@given(st.text(max_size=40), st.integers(0, 60), st.integers(0, 60))
def test_positions_never_leave_the_source(text, start, length):
    typed = SourceText(text)
    start = min(start, len(typed.text))
    end = min(start + length, len(typed.text))

    first, last = typed.span(start, end)

    assert 0 <= first <= last <= len(text)
    assert len(narrow(text)) == len(text)


@given(st.text(max_size=40))
def test_the_whole_of_the_plain_form_covers_all_but_the_spaces_around(text):
    typed = SourceText(text)

    assert typed.typed(0).strip() == SourceText(typed.typed(0)).source.strip()
    assert SourceText(typed.typed(0)).text == typed.text

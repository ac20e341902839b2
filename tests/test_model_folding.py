import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model.folding import fold, fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ABC", "abc"),
        ("阳光花园，三房（满五）：58.5㎡", "阳光花园,三房(满五):58.5m2"),
        ("１３８００", "13800"),
        ("Straße", "strasse"),
        ("a\u3000b", "a b"),
    ],
)
def test_width_and_case_are_put_aside(text, folded):
    assert fold_text(text) == folded


@given(st.text(st.sampled_from("aZ，：（）㎡²…\u3000．１Ａ中é\u0301\u0338＜＝") | st.characters()))
def test_the_quick_way_gives_what_nfkc_and_casefold_give(text):
    assert fold_text(text) == unicodedata.normalize("NFKC", text).casefold()


def test_names_that_one_system_takes_for_the_same_fold_alike():
    assert fold("Café") == fold("CAFE\u0301")
    assert fold("Straße") == fold("STRASSE")
    assert fold("ABC") == fold("abc")
    assert fold("阳光") != fold("陽光")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)

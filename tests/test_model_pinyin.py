from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model.pinyin import is_typed_sound, names_sounding, sounds_like


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("阳光花园 3室2厅", "YGHY", True),
        ("阳光花园 3室2厅", "yghy3s", True),
        ("阳光花园", "yghyx", False),
        ("阳光花园", "ghy", False),
        ("鑫园", "xy", True),
        ("阳光花园", "yangguanghuayuan", True),
        ("阳光花园", "yanggua", True),
        ("阳光花园", "ygua", True),
        ("阳光花园", "yangx", False),
        ("重庆路", "chongqing", True),
        ("重庆路", "zhongqing", True),
        ("单女士", "shannvshi", True),
        ("吕先生", "lvxs", True),
        ("Ms 李", "msli", True),
        ("", "li", False),
        ("（）、·😀", "li", False),
        ("𠮷家", "jj", False),
    ],
)
def test_a_name_is_found_by_the_letters_it_begins_with(text, typed, expected):
    assert sounds_like(text, typed) is expected


def test_a_name_is_found_by_the_letters_of_a_part_when_that_is_asked():
    assert sounds_like("李女士 浦东三房", "pudong", anywhere=True)
    assert sounds_like("李女士 浦东三房", "pdsf", anywhere=True)
    assert not sounds_like("李女士 浦东三房", "pudong")
    assert not sounds_like("李女士 浦东三房", "udong", anywhere=True)


NAMES = st.lists(st.text("阳光花园重长女士李 3·-]^a😀Ｂ", max_size=7), max_size=6)


@given(NAMES, st.text("yghcszlna3", min_size=2, max_size=5))
def test_of_many_names_the_same_are_found_as_one_by_one(names, typed):
    if not is_typed_sound(typed):
        return
    meant = {name for name in names if sounds_like(name, typed, anywhere=True)}

    assert names_sounding(names, typed) == meant


def test_many_names_are_found_by_one_syllable_and_over_marks():
    assert names_sounding(["李", "黎·田", "里 园"], "ly") == {"里 园"}
    assert names_sounding(["李", "黎·田", "里 园"], "lt") == {"黎·田"}
    assert names_sounding(["李", "黎·田", "张"], "li") == {"李", "黎·田"}
    assert names_sounding([], "li") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("li", True), ("yg3s", True), ("l", False), ("12", False), ("李", False), ("a b", False)],
)
def test_letters_may_be_a_sound_from_two_on(text, expected):
    assert is_typed_sound(text) is expected


@pytest.mark.slow
def test_the_table_of_sounds_is_current(monkeypatch):
    root = Path(__file__).parent.parent
    monkeypatch.syspath_prepend(str(root / "docs"))
    from syllables import PATH, syllables_table

    assert (root / PATH).read_text("utf-8") == syllables_table()

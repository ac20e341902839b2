import pytest

from brokernotes.model.pinyin import begins_with_initials, initials


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("阳光新城", "ygxc"),
        ("阳光花园 3室2厅", "yghy3s2t"),
        ("李女士 浦东三房", "lnspdsf"),
        ("Sunny Garden", "sunnygarden"),
        ("鑫园", "?y"),
        ("啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝座", "abcdefghjklmnopqrstwxyzz"),
        ("（）、·", ""),
        ("😀", ""),
    ],
)
def test_a_word_is_known_by_its_first_letters(text, letters):
    assert initials(text) == letters


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("阳光花园 3室2厅", "YGHY", True),
        ("阳光花园 3室2厅", "yghy3s", True),
        ("阳光花园", "yghyx", False),
        ("阳光花园", "ghy", False),
        ("鑫园", "xy", True),
    ],
)
def test_a_name_is_found_by_the_letters_it_begins_with(text, typed, expected):
    assert begins_with_initials(text, typed) is expected

import pytest

from brokernotes.notes.likeness import likely_word


@pytest.mark.parametrize(
    ("word", "likely"), [("budget_mx", "budget_max"), ("Budget Max", "budget_max"), ("zzzz", None)]
)
def test_the_likely_word_is_the_nearest(word, likely):
    assert likely_word(word, ["budget_min", "budget_max", "stage"]) == likely


@pytest.mark.parametrize(
    ("word", "likely"),
    [
        ("在手", "在售"),  # the same sounds, from an input method
        ("zs", "在售"),
        ("预定", None),
        ("已收", None),  # 已售 and 已瘦 sound alike
        ("在租了", "在租"),
        ("鑫鑫", None),
        ("zaishou", "在售"),
        ("定今", "定金"),
        ("订金", "定金"),
        ("丁井", None),
        ("定井", "定金"),  # jing and jin are one to many
        ("z", None),
    ],
)
def test_chinese_is_compared_by_sound_too(word, likely):
    assert likely_word(word, ["在售", "在租", "定金", "已售", "已瘦"]) == likely

import pytest

from brokernotes.model.likeness import likeness, most_alike


@pytest.mark.parametrize(
    ("typed", "name", "is_alike"),
    [
        ("李女氏", "李女士 浦东三房", True),
        ("杨光花园", "阳光花园", True),
        ("阳光花圆", "阳光花园", True),
        ("yanguang", "阳光花园", True),
        ("wang mim", "wang min", True),
        ("王女士", "李女士", False),
        ("zzz", "阳光花园", False),
        ("阳光", "", False),
    ],
)
def test_a_slip_of_a_sound_or_a_letter_is_alike_and_another_surname_is_not(typed, name, is_alike):
    assert (likeness(typed, name) >= 0.7) is is_alike


def test_the_likest_name_comes_first():
    names = ["阳光新城", "春江苑", "阳光花园", "花园"]

    assert most_alike("杨光花园", names)[0] == 2
    assert 1 not in most_alike("杨光花园", names)

import pytest

from brokernotes.features.duplicates import Door, is_other_door, is_same_door

HERE = Door("sun", "7", "2", "1102")


@pytest.mark.parametrize(
    "other",
    [
        Door("sun", "7", "2", "1102"),
        Door("sun", "7号楼", "2单元", "1102室"),
        Door("sun", "７", None, "1102"),
        Door("sun", "07", "2", "1102"),
    ],
)
def test_one_door_written_in_two_ways_is_one(other):
    assert is_same_door(HERE, other)
    assert not is_other_door(HERE, other)


@pytest.mark.parametrize(
    "other",
    [
        Door("moon", "7", "2", "1102"),
        Door("sun", "8", "2", "1102"),
        Door("sun", "7", "1", "1102"),
        Door("sun", "7", "2", "1103"),
        Door("sun", room="301"),
    ],
)
def test_one_known_difference_makes_another_door(other):
    assert is_other_door(HERE, other)
    assert not is_same_door(HERE, other)


@pytest.mark.parametrize(
    "other", [Door("sun", "7", "2"), Door(None, "7", "2", "1102"), Door("sun")]
)
def test_what_is_not_known_proves_nothing(other):
    assert not is_same_door(HERE, other)
    assert not is_other_door(HERE, other)

import pytest

from brokernotes.storage.remembered import recall, remember

MADE_OF = ("text", (1, 2), None)
VALUE = {"a": [1, None, "阳光"], "b": (2.5, True)}


def test_a_value_is_told_while_what_it_was_made_of_is_the_same(tmp_path):
    remember(str(tmp_path), "it", MADE_OF, VALUE)

    assert recall(str(tmp_path), "it", MADE_OF) == VALUE
    assert recall(str(tmp_path), "it", ("text", (1, 3), None)) is None
    assert recall(str(tmp_path), "another", MADE_OF) is None
    assert [path.name for path in tmp_path.iterdir()] == ["it"]


def test_without_a_folder_nothing_is_remembered(tmp_path):
    for cache in (None, str(tmp_path / "gone")):
        remember(cache, "it", MADE_OF, VALUE)
        assert recall(cache, "it", MADE_OF) is None


@pytest.mark.parametrize("at", [0, 15, 16, 20, -1])
def test_a_byte_that_is_another_makes_it_forgotten(tmp_path, at):
    remember(str(tmp_path), "it", MADE_OF, VALUE)
    kept = bytearray((tmp_path / "it").read_bytes())
    kept[at] ^= 1
    (tmp_path / "it").write_bytes(kept)

    assert recall(str(tmp_path), "it", MADE_OF) is None


@pytest.mark.parametrize("kept", [b"", b"{}", b"\xff" * 16, b"\xff" * 99])
def test_what_is_not_ours_is_not_unpacked(tmp_path, kept):
    (tmp_path / "it").write_bytes(kept)

    assert recall(str(tmp_path), "it", MADE_OF) is None

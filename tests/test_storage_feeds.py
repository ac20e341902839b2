"""Tokens and what was served last, as they lie among the caches."""

import json
import os
import stat

import pytest

from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.storage.feeds import FeedShelf, FeedTokens

KEYS = [("A-1", "showings"), ("", "all")]
ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions")


def modes(folder):
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.suffix}


def test_tokens_are_made_once_and_differ(tmp_path):
    tokens = FeedTokens(str(tmp_path))

    assert tokens.ensure(KEYS, "http://127.0.0.1:1")
    made = tokens.all()
    assert not tokens.ensure(KEYS)
    assert tokens.all() == FeedTokens(str(tmp_path)).all() == made
    assert set(made) == set(KEYS)
    assert len(set(made.values())) == 2
    assert all(len(token) == 32 for token in made.values())
    assert tokens.base == "http://127.0.0.1:1"


def test_new_ones_end_the_old_also_for_a_server_that_runs(tmp_path):
    running, command = FeedTokens(str(tmp_path)), FeedTokens(str(tmp_path))
    running.ensure([*KEYS, ("A-2", "all")])
    before = running.all()
    command.rotate(KEYS)

    after = running.all()
    assert all(after[key] != before[key] for key in KEYS)
    assert after["A-2", "all"] == before["A-2", "all"]


@ON_POSIX
def test_only_their_owner_reads_them(tmp_path):
    old = os.umask(0)
    try:
        FeedTokens(str(tmp_path)).ensure(KEYS)
        FeedShelf(str(tmp_path), lambda: 1.0).keep(b"x", "A-1", "all")
    finally:
        os.umask(old)

    assert modes(tmp_path) == {0o600}
    assert stat.S_IMODE((tmp_path / "feeds").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", '{"tokens": 1}', '{"tokens": {"/all": "short"}}', '{"tokens": {"/": 1}}'],
)
def test_a_damaged_file_is_not_passed_over_in_silence(tmp_path, text):
    (tmp_path / "feeds.json").write_text(text)
    tokens = FeedTokens(str(tmp_path))

    with pytest.raises(RefusedError):
        tokens.all()
    with pytest.raises(RefusedError):
        tokens.ensure(KEYS)
    assert (tmp_path / "feeds.json").read_text() == text
    tokens.rotate(KEYS)
    assert set(tokens.all()) == set(KEYS)


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "feeds.json").mkdir()

    with pytest.raises(SystemRefusedError):
        FeedTokens(str(tmp_path)).all()


def test_without_a_folder_they_last_for_the_run():
    tokens = FeedTokens(None)
    tokens.ensure(KEYS)

    assert set(tokens.all()) == set(KEYS)
    assert FeedTokens(None).all() == {}


def test_nothing_else_lies_in_the_file(tmp_path):
    FeedTokens(str(tmp_path)).ensure(KEYS, "http://x")

    held = json.loads((tmp_path / "feeds.json").read_text("utf-8"))
    assert held.keys() == {"base", "tokens"}
    assert held["tokens"].keys() == {"A-1/showings", "/all"}


def test_what_was_served_counts_on_in_the_next_run(tmp_path):
    first = FeedShelf(str(tmp_path), lambda: 1000.7)

    assert first.last("A-1", "all") is None
    assert first.keep(b"one", "A-1", "all") == 1000
    again = FeedShelf(str(tmp_path), lambda: 2000.0)
    assert again.last("A-1", "all") == (b"one", 1000)
    assert again.keep(b"one", "A-1", "all") == 1000
    assert again.keep(b"two", "A-1", "all") == 2000


@pytest.mark.parametrize("folder", [True, False])
def test_two_changes_within_a_second_have_times_of_their_own(tmp_path, folder):
    shelf = FeedShelf(str(tmp_path) if folder else None, lambda: 1000.0)
    times = [shelf.keep(data, "a", "b") for data in (b"1", b"2", b"1")]

    assert times == [1000, 1001, 1002]


def test_an_id_that_is_no_name_for_a_file_does_no_harm(tmp_path):
    FeedShelf(str(tmp_path), lambda: 1.0).keep(b"x", "../../../x", "all")

    assert [path.parent.name for path in tmp_path.rglob("*.ics")] == ["feeds"]

import os
from types import SimpleNamespace

import pytest

from brokernotes.storage.git import Repository
from brokernotes.storage.identity import remembered_config


@pytest.fixture
def who(vault, tmp_path, monkeypatch):
    drawn = vault("-- a.md --\nx\n-- git --\n")
    cache = tmp_path / "cache"
    cache.mkdir()
    asked = []
    config = Repository.config

    def counted(self, key):
        asked.append(key)
        return config(self, key)

    monkeypatch.setattr(Repository, "config", counted)

    def ask(key="user.email", folder=cache, **more):
        found = Repository.find(str(drawn.root), environ=drawn.environ(**more))
        return remembered_config(found, str(folder) if folder else None, key)

    return SimpleNamespace(ask=ask, drawn=drawn, asked=asked, cache=cache)


def test_git_is_asked_once_until_its_settings_change(who):
    assert [who.ask(), who.ask(), who.ask()] == ["wang@example.com"] * 3
    asked = len(who.asked)
    who.drawn.git("config", "user.email", "li@example.com")

    assert who.ask() == "li@example.com"
    assert len(who.asked) > asked


def test_a_setting_that_is_not_there_is_remembered_too(who):
    assert who.ask("brokernotes.agent") is None
    asked = len(who.asked)
    assert who.ask("brokernotes.agent") is None
    assert len(who.asked) == asked


def test_settings_of_the_users_own_file_count(who):
    who.ask()
    path = who.drawn.home / "gitconfig"
    text = path.read_text(encoding="utf-8").replace("wang@", "zhou@")
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1, 1))

    assert who.ask() == "zhou@example.com"


def test_settings_named_by_the_environment_count(who):
    who.ask()
    other = who.drawn.home / "other"
    other.write_text("[user]\n\temail = e@example.com\n", encoding="utf-8")

    assert who.ask(GIT_CONFIG_GLOBAL=str(other)) == "e@example.com"
    assert who.ask() == "wang@example.com"


def test_files_that_include_others_are_not_trusted(who):
    path = who.drawn.home / "gitconfig"
    more = who.drawn.home / "more"
    more.write_text("[user]\n\temail = one@example.com\n", encoding="utf-8")
    path.write_text(f"[include]\n\tpath = {more}\n", encoding="utf-8")
    assert who.ask() == "one@example.com"
    more.write_text("[user]\n\temail = two@example.com\n", encoding="utf-8")

    assert who.ask() == "two@example.com"


def test_damaged_memory_is_no_memory(who):
    who.ask()
    for kept in (b'{"stamps": ', b"[1, 2]", b"\xff", b"7", b'{"stamps": {}}'):
        (who.cache / "identity.kept").write_bytes(kept)
        assert who.ask() == "wang@example.com"


def test_without_a_folder_git_is_asked_each_time(who):
    assert who.ask(folder=None) == who.ask(folder=None) == "wang@example.com"

import os
import sys

import pytest

from brokernotes.storage.git import GitRefusedError, Place, Repository, User, init_repository
from tests.git_vault import GitVault


@pytest.fixture
def vault(tmp_path):
    return GitVault(tmp_path)


def find(vault, root=None, **environ):
    return Repository.find(str(root or vault.root), environ=vault.environ | environ)


def test_a_vault_that_is_a_repositorys_root_is_told_from_one_inside_and_one_without(vault):
    (vault.root / "a/b").mkdir(parents=True)
    assert find(vault).place is Place.NONE
    vault.git("init")

    root, inside = find(vault), find(vault, vault.root / "a/b")

    assert (root.place, root.top, root.prefix) == (Place.ROOT, str(vault.root), "")
    assert root.folder == str(vault.root / ".git")
    assert (inside.place, inside.top, inside.prefix) == (Place.INSIDE, str(vault.root), "a/b/")


def test_a_linked_worktree_is_a_root_with_a_git_folder_of_its_own(vault, tmp_path):
    vault.git("init")
    vault.git("commit", "--allow-empty", "-m", "first")
    vault.git("worktree", "add", str(tmp_path / "second"))

    second = find(vault, tmp_path / "second")

    assert second.place is Place.ROOT
    assert second.folder == str(vault.root / ".git/worktrees/second")


def test_a_vault_reached_by_a_link_is_the_same_repository(vault, tmp_path):
    vault.git("init")
    (tmp_path / "link").symlink_to(vault.root)

    assert find(vault, tmp_path / "link").root == str(vault.root)


def test_without_git_it_is_said_when_git_is_needed(vault):
    vault.git("init")
    repository = find(vault, PATH="")

    assert repository.place is Place.ROOT
    assert repository.program is None
    assert repository.config("user.name") is None
    with pytest.raises(GitRefusedError, match="not installed"):
        repository.run("status")


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
def test_a_program_in_the_working_folder_is_not_taken_for_git(vault, monkeypatch):
    (vault.root / "git").write_text("#!/bin/sh\necho no\n")
    (vault.root / "git").chmod(0o755)
    monkeypatch.chdir(vault.root)

    assert find(vault, PATH=f".{os.pathsep}").program is None


def test_what_git_says_comes_back(vault):
    vault.git("init")

    answer = find(vault).run("hash-object", "--stdin", stdin="阳光".encode())

    assert len(answer.out.strip()) == 40
    assert answer.code == 0


def test_a_refusal_carries_what_git_complained_of(vault):
    vault.git("init")
    repository = find(vault)

    with pytest.raises(GitRefusedError) as caught:
        repository.run("rev-parse", "--verify", "none")
    answer = repository.run("rev-parse", "--verify", "none", check=False)

    assert "Needed a single revision" in str(caught.value)
    assert caught.value.complaint == answer.complaint
    assert answer.code == 128


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
def test_a_git_that_hangs_is_given_up(vault, tmp_path):
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    program.chmod(0o755)
    repository = find(vault, PATH=f"{program.parent}{os.pathsep}{vault.environ['PATH']}")

    with pytest.raises(GitRefusedError, match=r"within 0\.05 s"):
        repository.run("status", timeout=0.05)


def test_a_program_that_cannot_be_started_is_said(vault, tmp_path):
    vault.git("init")
    repository = find(vault)
    repository.program = str(tmp_path / "none")

    with pytest.raises(GitRefusedError, match="cannot be started"):
        repository.run("status")


def test_the_environment_of_a_hook_does_not_lead_elsewhere(vault, tmp_path):
    vault.git("init")
    other = tmp_path / "other"
    other.mkdir()
    vault.git("init", cwd=other)

    repository = find(
        vault,
        GIT_DIR=str(other / ".git"),
        GIT_INDEX_FILE=str(other / "index"),
        GIT_WORK_TREE=str(other),
        GIT_CONFIG_COUNT="1",
        GIT_CONFIG_KEY_0="user.name",
        GIT_CONFIG_VALUE_0="x",
    )

    answer = repository.run("rev-parse", "--show-toplevel", "--absolute-git-dir").out.decode()
    assert answer.splitlines() == [str(vault.root), str(vault.root / ".git")]
    assert repository.config("user.name") == "王敏"


def test_paths_are_taken_literally(vault):
    vault.git("init")
    vault.write("a.md", b"x")
    vault.write(":(top)*", b"x")

    out = find(vault).run("ls-files", "-o", "-z", "--", ":(top)*").out

    assert out == b":(top)*\0"


def test_settings_are_read_whatever_their_capitals(vault):
    vault.git("init")
    vault.git("config", "brokernotes.agent", "王 敏")
    vault.git("config", "branch.Main.remote", "origin")
    vault.git("config", "--add", "brokernotes.agent", "李四\n第二行")
    with (vault.root / ".git/config").open("a") as file:
        file.write("[brokernotes]\n\tquiet\n")
    repository = find(vault)

    assert repository.config("brokernotes.agent") == "李四\n第二行"
    assert repository.config("BrokerNotes.Agent") == "李四\n第二行"
    assert repository.config("branch.Main.remote") == "origin"
    assert repository.config("branch.main.remote") is None
    assert repository.config("brokernotes.quiet") == "true"
    assert repository.config("brokernotes.none") is None


def test_settings_are_read_without_a_repository_too(vault):
    assert find(vault).config("user.email") == "wang@example.com"


def test_the_user_is_who_settings_or_environment_say(vault):
    assert find(vault).user() == User("王敏", "wang@example.com")
    assert find(vault, GIT_AUTHOR_NAME="李四").user() == User("李四", "wang@example.com")
    assert find(vault, GIT_AUTHOR_NAME="李四").user("committer") == User("王敏", "wang@example.com")
    assert find(vault, GIT_AUTHOR_NAME="a<b>\nc").user() == User("abc", "wang@example.com")


def test_without_a_name_or_an_address_there_is_no_user(vault):
    config = vault.root.parent / "home/gitconfig"
    for text in ("", "[user]\n\tname = x\n", "[user]\n\temail = x@example.com\n"):
        config.write_text(text)
        assert find(vault).user() is None


@pytest.mark.parametrize("name", ["MERGE_HEAD", "rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD"])
def test_what_is_half_done_is_noticed(vault, name):
    vault.git("init")
    assert not find(vault).is_unfinished()
    (vault.root / ".git" / name).touch()

    assert find(vault).is_unfinished()


def test_a_locked_index_is_noticed(vault):
    vault.git("init")
    assert not find(vault).is_locked()
    (vault.root / ".git/index.lock").touch()

    assert find(vault).is_locked()


def test_a_new_repository_starts_on_main(vault):
    repository = init_repository(str(vault.root), environ=vault.environ)

    assert repository.place is Place.ROOT
    assert vault.git("symbolic-ref", "HEAD") == "refs/heads/main\n"


def test_a_repository_that_is_there_stays(vault):
    vault.git("init", "--initial-branch=other")

    init_repository(str(vault.root), environ=vault.environ)

    assert vault.git("symbolic-ref", "HEAD") == "refs/heads/other\n"


def test_a_vault_inside_a_repository_can_get_its_own(vault):
    vault.git("init")
    (vault.root / "inner").mkdir()

    repository = init_repository(str(vault.root / "inner"), environ=vault.environ)

    assert repository.place is Place.ROOT
    assert repository.top == str(vault.root / "inner")

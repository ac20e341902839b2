import subprocess
import sys
from pathlib import Path

import pytest

from brokernotes.errors import ChangedMeanwhileError, SystemRefusedError
from brokernotes.storage.locking import cache_folder, git_folder, vault_lock

PROJECT = str(Path(__file__).parents[1])
HOLDER = """
import sys
from brokernotes.storage.locking import vault_lock
with vault_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
APPENDER = """
import sys
from brokernotes.storage.files import write_if_unchanged
from brokernotes.storage.locking import vault_lock
from brokernotes.storage.reading import read_text
root, cache, name, times = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(times)):
    with vault_lock(cache, timeout=60):
        before = read_text(root, "a.md").data
        write_if_unchanged(root, "a.md", before, before + f"- {name} {number}\\n".encode())
"""


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def repository(tmp_path):
    git = tmp_path / "vault/.git"
    (git / "objects").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    return tmp_path / "vault"


# Caches


def test_a_repositorys_caches_lie_in_its_git_folder(repository):
    folder = cache_folder(str(repository), {})

    assert folder == str(repository / ".git/brokernotes")
    assert Path(folder).is_dir()


def test_a_worktrees_caches_are_its_own(repository, tmp_path):
    linked = repository / ".git/worktrees/second"
    linked.mkdir(parents=True)
    (linked / "HEAD").write_text("ref: refs/heads/second\n")
    (linked / "commondir").write_text("../..\n")
    second = tmp_path / "second"
    second.mkdir()
    (second / ".git").write_text(f"gitdir: {linked}\n")

    assert cache_folder(str(second), {}) == str(linked / "brokernotes")
    (second / ".git").write_text("gitdir: ../vault/.git/worktrees/second\n")
    assert git_folder(str(second)) == str(linked)


@pytest.mark.parametrize("content", ["gitdir: /etc\n", "gitdir: ../elsewhere", "nonsense", ""])
def test_a_git_file_that_names_no_repository_is_not_believed(tmp_path, content):
    (tmp_path / ".git").write_text(content)

    assert git_folder(str(tmp_path)) is None


def test_a_folder_below_a_repository_is_not_its_root(repository):
    (repository / "below").mkdir()

    assert git_folder(str(repository / "below")) is None


@pytest.mark.parametrize(
    ("environ", "platform", "below"),
    [
        ({"XDG_CACHE_HOME": "caches", "HOME": "home"}, "linux", "caches/brokernotes"),
        ({"HOME": "home"}, "linux", "home/.cache/brokernotes"),
        ({"HOME": "home"}, "darwin", "home/Library/Caches/brokernotes"),
        ({"LOCALAPPDATA": "local"}, "win32", "local/brokernotes"),
    ],
)
def test_other_vaults_have_theirs_among_the_users_caches(tmp_path, environ, platform, below):
    vault = tmp_path / "vault"
    vault.mkdir()
    absolute = {key: str(tmp_path / value) for key, value in environ.items()}

    folder = cache_folder(str(vault), absolute, platform)

    assert folder is not None
    assert Path(folder).parent == tmp_path / below
    assert list(vault.iterdir()) == []


def test_two_vaults_never_share_a_folder_and_one_has_one_by_any_path(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    environ = {"HOME": str(tmp_path / "home")}

    def folder(name):
        return cache_folder(str(tmp_path / name), environ, "linux")

    assert folder("a") != folder("b")
    assert folder("a") == folder("link")


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_nobody_else_may_look_into_the_caches(tmp_path):
    folder = cache_folder(str(tmp_path), {"HOME": str(tmp_path / "home")}, "linux")

    assert folder is not None
    assert Path(folder).stat().st_mode & 0o77 == 0


@pytest.mark.parametrize("environ", [{}, {"XDG_CACHE_HOME": "relative", "HOME": "relative"}])
def test_without_a_place_there_is_no_folder(tmp_path, environ):
    assert cache_folder(str(tmp_path), environ, "linux") is None
    assert cache_folder(str(tmp_path), environ, "win32") is None


def test_a_place_that_cannot_be_written_is_none(tmp_path):
    (tmp_path / "file").touch()

    assert cache_folder(str(tmp_path), {"HOME": str(tmp_path / "file")}, "linux") is None


# The lock


def test_the_lock_can_be_taken_again_after_it_was_given_back(tmp_path):
    for _ in range(3):
        with vault_lock(str(tmp_path), timeout=0):
            pass


def test_an_error_inside_gives_the_lock_back(tmp_path):
    with pytest.raises(ZeroDivisionError), vault_lock(str(tmp_path)):
        raise ZeroDivisionError
    with vault_lock(str(tmp_path), timeout=0):
        pass


def test_without_a_folder_there_is_nothing_to_wait_for():
    with vault_lock(None), vault_lock(None):
        pass


def test_a_folder_that_is_gone_is_refused(tmp_path):
    with pytest.raises(SystemRefusedError, match="cannot lock"), vault_lock(str(tmp_path / "none")):
        pass


def test_a_second_writer_is_told_who_writes(tmp_path):
    holder = start(HOLDER, tmp_path)
    assert holder.stdout.readline() == "held\n"

    with pytest.raises(ChangedMeanwhileError) as caught, vault_lock(str(tmp_path), timeout=0):
        pytest.fail("two hold the lock")

    assert caught.value.params == {"process": str(holder.pid)}
    assert "another brokernotes is writing" in str(caught.value)
    holder.communicate()
    with vault_lock(str(tmp_path), timeout=0):
        pass


def test_a_writer_that_is_killed_leaves_no_lock(tmp_path):
    holder = start(HOLDER, tmp_path)
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()

    with vault_lock(str(tmp_path), timeout=0):
        pass


def test_two_processes_that_append_lose_nothing(tmp_path):
    vault, cache = tmp_path / "vault", tmp_path / "cache"
    vault.mkdir()
    cache.mkdir()
    (vault / "a.md").write_bytes(b"")
    writers = [start(APPENDER, vault, cache, name, 100) for name in "甲乙"]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0

    lines = (vault / "a.md").read_text(encoding="utf-8").splitlines()

    for name in "甲乙":
        assert [line for line in lines if name in line] == [f"- {name} {n}" for n in range(100)]
    assert len(lines) == 200
    assert [file.name for file in vault.iterdir()] == ["a.md"]

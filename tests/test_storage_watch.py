"""Watching real files: whatever editors do, the last look sees what there is."""

import contextlib
import os
import queue
import shutil
import subprocess
import threading
import time

import pytest

from brokernotes.storage.freshness import SEAT, VOUCHES, is_vouched_for
from brokernotes.storage.locking import watch_lock
from brokernotes.storage.watch import Clocks, Looked, Watcher
from brokernotes.storage.watch_settling import Reason
from tests.waiting import SECONDS, until

NEVER = float("inf")


class Street:
    """A watched folder; each look notes down what stands in it."""

    def __init__(self, folder, *, polls=False, clocks=None):
        self.root = folder / "vault"
        (self.root / "客源").mkdir(parents=True)
        self.cache = self.root / ".git" / "brokernotes"
        self.cache.mkdir(parents=True)
        self.seen = queue.Queue()
        self.told = []
        self.reasons = []
        self.day_ends = NEVER
        self.has_news = False
        self.is_kept = True
        self.watcher = Watcher(
            str(self.root.resolve()), str(self.cache.resolve()), look=self.look, tell=self.tell,
            clocks=clocks or Clocks(time.monotonic, time.time), polls=polls,
        )  # fmt: skip
        self.thread = threading.Thread(target=self.run)

    def run(self):
        with watch_lock(str(self.cache)):
            self.watcher.run()

    def look(self, reason):
        self.reasons.append(reason)
        is_found = self.root.is_dir()
        self.seen.put(self.content() if is_found else None)
        return Looked(
            is_found, self.day_ends, has_news=self.has_news, failed=not is_found,
            is_kept=self.is_kept,
        )  # fmt: skip

    def content(self):
        found = {}
        for path in sorted(self.root.rglob("*.md")):
            with contextlib.suppress(OSError):
                found[path.relative_to(self.root).as_posix()] = path.read_text()
        return found

    def tell(self, message, **params):
        self.told.append(message.format(**params))

    def sees(self, wanted):
        """Wait for a look that sees this; how many looks it took."""
        deadline = time.monotonic() + SECONDS
        looks = 0
        while True:
            looks += 1
            found = self.seen.get(timeout=SECONDS)
            if found == wanted:
                return looks
            assert time.monotonic() < deadline, f"it sees {found}"

    def __enter__(self):
        self.thread.start()
        self.seen.get(timeout=SECONDS)  # the first look
        return self

    def __exit__(self, *_):
        self.watcher.stop()
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()


@pytest.fixture(autouse=True)
def _quick_heart(monkeypatch):
    monkeypatch.setattr("brokernotes.storage.watch.HEARTBEAT", 0.05)


@pytest.fixture(params=[False, True], ids=["told", "polled"])
def street(tmp_path, request, monkeypatch):
    if request.param:
        monkeypatch.setattr("brokernotes.storage.watch_settling.POLL", 0.02)
    with Street(tmp_path, polls=request.param) as found:
        yield found


@pytest.fixture
def told_street(tmp_path):
    with Street(tmp_path) as found:
        yield found


def vim_saves(path, text):
    """Write a note as vim does with `backup` and `writebackup`."""
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    backup = path.with_name(path.name + "~")
    path.rename(backup)
    with path.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    backup.unlink()


def saves_over(path, text):
    """Write a note beside it and rename that over it, as most editors and syncing disks do."""
    aside = path.with_name(".aside.tmp")
    aside.write_text(text)
    aside.replace(path)


@pytest.mark.parametrize("save", [vim_saves, saves_over, lambda path, text: path.write_text(text)])
def test_every_way_of_saving_is_seen_again_and_again(street, save):
    note = street.root / "客源" / "li.md"
    note.write_text("0")
    street.sees({"客源/li.md": "0"})
    for text in ("1", "2", "3"):
        save(note, text)
        street.sees({"客源/li.md": text})


def test_a_rename_a_delete_and_a_move_of_a_folder_are_seen(street):
    note = street.root / "客源" / "li.md"
    note.write_text("0")
    street.sees({"客源/li.md": "0"})
    note.rename(note.with_name("zhang.md"))
    street.sees({"客源/zhang.md": "0"})
    (street.root / "客源").rename(street.root / "旧客源")
    street.sees({"旧客源/zhang.md": "0"})
    (street.root / "旧客源" / "zhang.md").write_text("1")
    street.sees({"旧客源/zhang.md": "1"})
    shutil.rmtree(street.root / "旧客源")
    street.sees({})


def test_what_is_moved_out_and_in_is_seen(street, tmp_path):
    (street.root / "客源" / "li.md").write_text("0")
    street.sees({"客源/li.md": "0"})
    (street.root / "客源").rename(tmp_path / "elsewhere")
    street.sees({})
    (tmp_path / "elsewhere").rename(street.root / "客源")
    street.sees({"客源/li.md": "0"})
    (street.root / "客源" / "li.md").write_text("1")
    street.sees({"客源/li.md": "1"})


def test_folders_made_at_once_with_notes_deep_in_them_are_seen(street):
    deep = street.root / "房源" / "浦东" / "金杨"
    deep.mkdir(parents=True)
    (deep / "garden.md").write_text("0")
    street.sees({"房源/浦东/金杨/garden.md": "0"})
    (deep / "garden.md").write_text("1")
    street.sees({"房源/浦东/金杨/garden.md": "1"})


def test_a_burst_of_a_thousand_saves_is_few_looks(told_street):
    wanted = {}
    for number in range(1000):
        (told_street.root / "客源" / f"{number % 100}.md").write_text(str(number))
        wanted[f"客源/{number % 100}.md"] = str(number)
    looks = told_street.sees(wanted)

    assert looks < 500


def test_a_checkout_by_git_is_seen(told_street):
    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", *words],
            cwd=told_street.root, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "--quiet", "--initial-branch=main")
    (told_street.root / ".git" / "info" / "exclude").write_text("nothing\n")
    (told_street.root / "客源" / "li.md").write_text("old")
    git("add", "客源")
    git("commit", "--quiet", "-m", "one")
    git("checkout", "--quiet", "-b", "other")
    (told_street.root / "客源" / "li.md").write_text("new")
    git("commit", "--quiet", "-am", "two")
    told_street.sees({"客源/li.md": "new"})
    git("checkout", "--quiet", "main")
    told_street.sees({"客源/li.md": "old"})


def test_a_vault_that_vanishes_is_waited_for(street, tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.watch_settling.RETRY", 0.02)
    monkeypatch.setattr("brokernotes.storage.watch_settling.LONGEST_RETRY", 0.02)
    street.root.rename(tmp_path / "away")
    street.sees(None)
    (tmp_path / "away" / "客源" / "li.md").write_text("0")
    (tmp_path / "away").rename(street.root)
    street.sees({"客源/li.md": "0"})
    (street.root / "客源" / "li.md").write_text("1")
    street.sees({"客源/li.md": "1"})

    assert any("is gone" in line for line in street.told)
    assert "the vault is back" in street.told


def test_another_vault_in_its_place_is_watched_instead(told_street, tmp_path):
    shutil.copytree(told_street.root, tmp_path / "other")
    told_street.root.rename(tmp_path / "away")
    (tmp_path / "other").rename(told_street.root)
    (told_street.root / "客源" / "li.md").write_text("0")
    told_street.sees({"客源/li.md": "0"})


def test_a_note_written_before_the_question_has_been_seen_when_it_is_answered(
    told_street, monkeypatch
):
    monkeypatch.setattr("brokernotes.storage.freshness.PATIENCE", SECONDS)
    if not vouches(told_street):
        pytest.skip("nobody can be sure on this system")
    for number in range(20):
        text = str(number)
        (told_street.root / "客源" / "li.md").write_text(text)
        if number % 5 == 0:
            (told_street.root / f"夹{number}" / "深").mkdir(parents=True)
            (told_street.root / f"夹{number}" / "深" / "a.md").write_text(text)
        wanted = told_street.content()

        # While it looks it does not vouch, so that nobody waits for the end of the look.
        until(lambda: is_vouched_for(str(told_street.cache)), "the answer")
        seen = None
        while not told_street.seen.empty():
            seen = told_street.seen.get()
        assert seen == wanted


def test_while_it_looks_it_vouches_for_nothing(tmp_path):
    vouching = []

    class Noting(Street):
        def look(self, reason):
            vouching.append((self.cache / SEAT / VOUCHES).exists())
            return super().look(reason)

    with Noting(tmp_path) as street:
        (street.root / "客源" / "li.md").write_text("0")
        street.sees({"客源/li.md": "0"})

    assert vouching
    assert not any(vouching)


def vouches(street):
    with contextlib.suppress(TimeoutError):
        until(lambda: (street.cache / SEAT).exists(), "the seat")
    return (street.cache / SEAT / VOUCHES).exists()


def test_whoever_polls_vouches_for_nothing(tmp_path):
    with Street(tmp_path, polls=True) as street:
        assert not (street.cache / SEAT / VOUCHES).exists()
        assert not is_vouched_for(str(street.cache))


def test_an_index_that_nobody_else_can_see_is_not_vouched_for(tmp_path):
    street = Street(tmp_path)
    street.is_kept = False
    with street:
        assert not is_vouched_for(str(street.cache))


def test_when_it_ends_it_vouches_for_nothing(tmp_path):
    with Street(tmp_path) as street:
        pass

    assert not (street.cache / SEAT / VOUCHES).exists()


def test_where_the_system_cannot_tell_it_polls_and_says_so(tmp_path, monkeypatch):
    def refuse(self):
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("brokernotes.storage.watch_observing.Observing.start", refuse)
    monkeypatch.setattr("brokernotes.storage.watch_settling.POLL", 0.02)
    with Street(tmp_path) as street:
        (street.root / "客源" / "li.md").write_text("0")
        street.sees({"客源/li.md": "0"})

    assert street.told[0] == "the system reports no changes: inotify watch limit reached"
    assert street.told[1].endswith("as with --poll")


def test_where_a_folder_cannot_be_watched_it_polls_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "brokernotes.storage.watch_observing.Observing.covers", lambda self, folders: False
    )
    with Street(tmp_path) as street:
        pass

    assert "no room for another watch" in street.told[0]


def test_a_network_disk_is_polled(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.watch.remote_kind", lambda root: "nfs4")
    with Street(tmp_path) as street:
        pass

    assert "is on a network disk (nfs4)" in street.told[0]


def test_news_that_nothing_told_of_end_the_trust_in_the_system(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.watch_settling.RESCAN", 0.02)
    monkeypatch.setattr("brokernotes.storage.watch.BELATED", 0.01)
    street = Street(tmp_path)
    street.has_news = True
    with street:
        until(lambda: street.told, "the doubt")

    assert street.told[0] == "changes on this disk are not reported"


def test_a_day_that_ends_is_looked_at(tmp_path):
    ahead = [0.0]
    clocks = Clocks(time.monotonic, lambda: time.time() + ahead[0])
    street = Street(tmp_path, clocks=clocks)
    street.day_ends = time.time() + 4  # less than what counts as a jump
    with street:
        ahead[0] = 4
        street.watcher._inbox.put(("change", "x"))
        until(lambda: Reason.DAY in street.reasons, "the day")
        street.day_ends = NEVER

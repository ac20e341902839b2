"""What the system tells of a vault's files, and what it means."""

import queue
import sys

import pytest

from brokernotes.storage.walking import folders
from brokernotes.storage.watch_observing import Observing, Sign, remote_kind, sign_of
from tests.waiting import SECONDS, until

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="inotify is Linux's")

FILES = [
    ("客源/李女士.md", "modified", Sign.CHANGE),
    ("客源/李女士.md", "created", Sign.CHANGE),
    ("客源/李女士.md", "deleted", Sign.CHANGE),
    ("客源/李女士.MD", "modified", Sign.CHANGE),
    ("brokernotes.yaml", "modified", Sign.CHANGE),
    ("客源/李女士.md~", "moved", Sign.CHANGE),
    ("附件/户型.png", "created", Sign.CHANGE),
    ("附件/户型.png", "modified", None),
    ("附件/户型.png", "attrib", None),
    ("客源/4913", "created", Sign.CHANGE),
    ("客源/.李女士.md.swp", "created", None),
    ("客源/.bn-123abc.tmp", "moved", None),
    ("客源/.张三.md.icloud", "created", Sign.CHANGE),
    (".obsidian/workspace.json", "modified", None),
    (".git/index", "moved", None),
    (".git/brokernotes/index.sqlite", "modified", None),
    (".git/brokernotes/watch/ask-1-2", "created", Sign.ASK),
    (".git/brokernotes/watch/ask-1-2", "moved", None),
    (".git/brokernotes/watch/ask-1-2", "deleted", None),
    (".git/brokernotes/watch/yes-1-2", "created", None),
    ("watch/ask-1-2", "created", Sign.CHANGE),
    ("客源/.trash/李女士.md", "created", None),
    ("calendar/showings.ics", "modified", None),
    ("Calendar/showings.ics", "created", None),
    ("templates/客源.md", "modified", None),
    ("views/今日.md", "created", None),
    ("views", "created", Sign.CHANGE),  # a file of that name is no folder of ours
    ("客源/views/一.md", "created", Sign.CHANGE),
]
FOLDERS = [
    ("客源", "created", Sign.FOLDER),
    ("客源/旧", "moved", Sign.FOLDER),
    ("客源/旧", "deleted", Sign.FOLDER),
    ("客源/旧", "attrib", Sign.FOLDER),
    ("客源", "modified", None),
    ("calendar", "created", None),
    (".git", "deleted", None),
    ("客源/.trash", "created", None),
    ("", "deleted", Sign.GONE),
    ("", "moved", Sign.GONE),
    ("", "modified", None),
]


@pytest.mark.parametrize(("path", "how", "sign"), FILES)
def test_a_file_means(path, how, sign):
    assert sign_of(path, how, is_folder=False) is sign


@pytest.mark.parametrize(("path", "how", "sign"), FOLDERS)
def test_a_folder_means(path, how, sign):
    assert sign_of(path, how, is_folder=True) is sign


MOUNTS = r"""
21 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
22 21 0:40 / /mnt/store rw - nfs4 host:/store rw
23 21 0:41 / /mnt/store/here rw - ext4 /dev/sdb1 rw
24 21 0:42 / /home/wang/My\040Drive rw - fuse.rclone remote: rw
25 21 0:43 / /media/usb rw - fuseblk /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/wang/vault", None),
        ("/mnt/store/vault", "nfs4"),
        ("/mnt/store", "nfs4"),
        ("/mnt/storehouse", None),
        ("/mnt/store/here/vault", None),
        ("/home/wang/My Drive/vault", "fuse.rclone"),
        ("/media/usb/vault", None),
    ],
)
def test_a_network_disk_is_known_by_its_mount(folder, kind):
    assert remote_kind(folder, MOUNTS) == kind


def test_nothing_is_known_without_a_list_of_mounts():
    assert remote_kind("/vault", "") is None


@pytest.fixture
def told(tmp_path):
    """A vault that is observed, and the queue of signs."""
    root = tmp_path / "vault"
    (root / "客源").mkdir(parents=True)
    signs = queue.Queue()
    observing = Observing(str(root.resolve()), lambda sign, place: signs.put((sign, place)))
    observing.start()
    yield root, observing, signs
    observing.stop()


def sign_like(signs, wanted):
    """Wait for a sign; others before it are passed over."""
    while True:
        sign, place = signs.get(timeout=SECONDS)
        if sign is wanted:
            return place


def test_a_save_is_told(told):
    root, _, signs = told
    (root / "客源" / "li.md").write_text("1")

    assert sign_like(signs, Sign.CHANGE).endswith("li.md")


def test_a_note_in_a_folder_that_is_new_is_told(told):
    root, _, signs = told
    (root / "房源" / "新").mkdir(parents=True)
    sign_like(signs, Sign.FOLDER)
    (root / "房源" / "新" / "garden.md").write_text("1")

    assert sign_like(signs, Sign.CHANGE).endswith("garden.md")


def test_both_ends_of_a_move_are_told(told):
    root, _, signs = told
    (root / "客源" / "a.md").write_text("1")
    (root / "客源" / "a.md").rename(root / "b.md")
    met = set()
    while not {"a.md", "b.md"} <= met:
        met.add(sign_like(signs, Sign.CHANGE).rpartition("/")[2])


def test_a_loss_of_events_is_told(told):
    import logging

    _, _, signs = told
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")

    assert sign_like(signs, Sign.DOUBT) == "Inotify queue overflowed"


@linux
def test_every_folder_is_known_to_be_watched(told):
    root, observing, signs = told
    (root / "房源" / "新").mkdir(parents=True)
    sign_like(signs, Sign.FOLDER)

    # The outer folder is told of before the inner one is watched.
    until(lambda: observing.covers(folders(str(root))) in (True, None))


@linux
def test_a_folder_elsewhere_is_known_not_to_be_watched(told, tmp_path):
    root, observing, _ = told
    if observing.covers([str(root)]) is None:
        pytest.skip("this disk has two numbers for one folder")

    assert observing.covers([str(root), str(tmp_path)]) is False


def test_after_the_end_nothing_is_told(told):
    root, observing, signs = told
    observing.stop()
    while not signs.empty():
        signs.get()
    (root / "客源" / "li.md").write_text("1")

    assert observing.covers([str(root)]) in (False, None)
    assert signs.empty()


def test_a_folder_that_is_not_there_cannot_be_observed(tmp_path):
    with pytest.raises(OSError, match=r".+"):
        Observing(str(tmp_path / "none"), lambda *_: None).start()

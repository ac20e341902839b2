"""`watch` has a process stand by, and takes it along when it ends."""

import subprocess
import sys

import pytest

from brokernotes.cli import watch_standby
from brokernotes.cli.standby_asking import SOCKET
from brokernotes.cli.watch_standby import AGAIN, StandbyKeeper
from tests.waiting import until

ENDLESS = [sys.executable, "-c", "import sys; sys.stdin.read()"]
AT_ONCE = [sys.executable, "-c", ""]


@pytest.fixture
def begun(monkeypatch):
    """Every process that was begun; they do nothing until their input ends, or end at once."""
    found = []
    real = subprocess.Popen

    def begin(words, **how):
        found.append(words)
        return real(ENDLESS if words[-1] == "vault" else AT_ONCE, **how)

    monkeypatch.setattr(watch_standby.subprocess, "Popen", begin)
    monkeypatch.setattr(watch_standby, "can_stand_by", lambda: True)
    return found


def test_one_process_is_begun_and_ends_when_it_is_closed(begun):
    keeper = StandbyKeeper("vault", {}, lambda: 0.0)
    keeper.keep()
    keeper.keep()
    process = keeper._process
    keeper.close()
    keeper.close()

    assert len(begun) == 1
    assert begun[0][-3:] == ["-m", "brokernotes.cli.standby", "vault"]
    assert process.returncode == 0


def test_one_that_ended_is_begun_again_after_a_while(begun):
    now = [0.0]
    keeper = StandbyKeeper("gone", {}, lambda: now[0])
    for at, count in ((0.0, 1), (1.0, 1), (AGAIN, 2), (AGAIN + 1, 2)):
        now[0] = at
        if keeper._process is not None:
            keeper._process.wait()
        keeper.keep()
        assert len(begun) == count
    keeper.close()


@pytest.mark.parametrize(
    ("environ", "can"), [({"BROKERNOTES_STANDBY": "off"}, True), ({}, False)], ids=["off", "cannot"]
)
def test_none_is_begun_where_it_is_switched_off_or_cannot_be(monkeypatch, begun, environ, can):
    monkeypatch.setattr(watch_standby, "can_stand_by", lambda: can)
    keeper = StandbyKeeper("vault", environ, lambda: 0.0)
    keeper.keep()

    assert begun == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="nothing stands by on this system")
def test_it_stands_by_while_watch_runs(vault):
    drawn = vault("-- clients/li.md --\n---\nid: C-7K2PQM\ntitle: 李女士\n---\n-- git --\n")
    place = drawn.home / "caches" / "brokernotes" / "standby" / SOCKET
    with subprocess.Popen(
        [sys.executable, "-m", "brokernotes", "watch", "--no-ical"],
        cwd=drawn.root, env=drawn.environ(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    ) as watching:  # fmt: skip
        until(place.exists, "the socket")
        watching.terminate()
        watching.wait()

    assert not place.exists()

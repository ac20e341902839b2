"""Two processes fill the same index as one."""

import os
import sys

import pytest

from brokernotes.storage import filling, sharing
from brokernotes.storage.sharing import can_share
from tests.indexed import AGENT, CLIENT, LISTING, TODAY, IndexedVault

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    # The processes that run tests have threads of their own.
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]
SELLER = "---\nid: C-1BVQK{0}\ntype: client\ntitle: 周先生{0}\nintents: 出售\nchannel: 电话\n---\n"
OWNED = LISTING.replace("L-9F3DWA", "L-9F3DW{0}").replace(
    "title: 阳光花园", 'title: 阳光花园{0}\nowner: "[[卖家{0}]]"'
)
TELLS = CLIENT.replace("C-7K2PQM", "C-7K2PQ{0}").replace(
    "电话 聊了很久", "带看 [[房{0}]] 嫌小 [业主:: 已联系]"
)


@pytest.fixture
def town(tmp_path, monkeypatch):
    """A vault whose notes bear on each other across the two processes."""
    vault = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    vault.write("经纪人/王敏.md", AGENT)
    for letter in "ABCDEFGHJK":
        vault.write(f"客源/卖家{letter}.md", SELLER.format(letter))
        vault.write(f"客源/买家{letter}.md", TELLS.format(letter))
        vault.write(f"房源/房{letter}.md", OWNED.format(letter))
        vault.write(
            f"成交/{letter}.md", f'---\nid: D-TY2CK{letter}\nlisting: "[[房{letter}]]"\n---\n'
        )
    vault.write("说明.md", "没有属性的一页\n")
    vault.write("别处/小李.md", "---\nid: A-HANG33\ntype: agent\nname: 小李\n---\n")
    monkeypatch.setattr(filling, "FEWEST_SHARED", 1)
    monkeypatch.setattr(sharing, "can_share", lambda: True)
    yield vault
    vault.close()


def alone(town, monkeypatch):
    """What a filling without a second process differs in."""
    with monkeypatch.context() as patch:
        patch.setattr(sharing, "can_share", lambda: False)
        return town.differences(TODAY)


def test_an_index_that_two_processes_fill_equals_one_filled_alone(town, monkeypatch):
    found = town.refresh()

    assert len(found.added) == 42
    assert len(town.rows("SELECT * FROM mention")) == 10
    assert alone(town, monkeypatch) == []


def test_a_second_process_that_is_lost_costs_nothing_but_time(town, monkeypatch):
    def lost(work, shared, line):
        for path in shared[0]:
            work.read(path)
        os._exit(3)

    monkeypatch.setattr(sharing, "_help", lost)
    found = town.refresh()

    assert len(found.added) == 42
    assert alone(town, monkeypatch) == []


def test_an_error_of_the_second_process_is_told_by_the_first(town, monkeypatch, capfd):
    class OddError(Exception):
        pass

    read = filling.read_note

    def failing(reader, source):
        if source.path == "房源/房K.md":
            raise OddError
        return read(reader, source)

    monkeypatch.setattr(filling, "read_note", failing)
    with pytest.raises(OddError):
        town.refresh()

    assert capfd.readouterr() == ("", "")


def test_nothing_is_left_of_the_second_process(town, monkeypatch):
    forked = []
    fork = os.fork

    def noted():
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", noted)
    town.refresh()

    with pytest.raises(ChildProcessError):
        os.waitpid(forked[0], os.WNOHANG)
    assert [path.name for path in town.cache.iterdir()] == ["index.sqlite"]


def test_only_a_machine_with_two_cores_has_a_second_process(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "threading", None)

    assert can_share()
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    assert not can_share()
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not can_share()


def test_a_process_with_threads_is_not_forked(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    monkeypatch.setattr("threading.active_count", lambda: 2)

    assert not can_share()


def test_a_small_vault_is_filled_by_one_process(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fork", None)
    vault = IndexedVault(tmp_path / "vault")
    vault.write_all()

    assert len(vault.refresh().added) == 3
    vault.close()

"""The tried path to a phone: Syncthing, without git on the phone (docs/phones.md)."""

import os
import shutil
import socket

import pytest

from tests.readers.syncthing import Device

pytestmark = pytest.mark.slow


def free_ports():
    """Ports whose next one is free too, of this process's own sixteen: others test beside it."""
    first = 42000 + os.getpid() % 1000 * 16
    for port in range(first, first + 16, 2):
        if all(is_free(one) for one in (port, port + 1)):
            yield port


def is_free(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def connected(tmp_path):
    """Connect the folder of a computer with that of a phone."""
    if shutil.which("syncthing") is None:
        reason = "syncthing is not installed; run .ci/readers.sh"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    devices = []

    def connect(shop, pocket):
        ports = free_ports()
        devices.append(Device(tmp_path / "computer", shop, next(ports)))
        devices.append(Device(tmp_path / "phone", pocket, next(ports)))
        computer, phone = devices
        computer.configure(phone)
        phone.configure(computer)
        for device in devices:
            device.start()
        return computer, phone

    yield connect
    for device in devices:
        device.stop()


def test_a_line_dictated_on_a_phone_is_filed_on_the_computer_and_seen_on_the_phone(
    vault, tmp_path, connected
):
    drawn = vault()
    shop, pocket = tmp_path / "shop", tmp_path / "pocket"
    assert drawn.run("init", str(shop), "--language", "zh").exit == 0
    drawn.run("-C", str(shop), "new", "client", "李女士", "浦东三房", "--set", "salutation=李女士")
    pocket.mkdir()
    computer, phone = connected(shop, pocket)
    computer.send_to(phone)

    assert not (pocket / ".git").exists()
    with (pocket / "收件箱.md").open("a", encoding="utf-8") as inbox:
        inbox.write("李女士 今天下午两点半 电话 嫌客厅小 意向3 周二再联系\n")
    phone.send_to(computer)
    drawn.run("-C", str(shop), "inbox", "--yes", now="2026-11-21T18:00")
    computer.send_to(phone)

    (note,) = (pocket / "客源").glob("李女士*.md")
    assert "- 2026-11-21 14:30 电话 嫌客厅小 [意向:: 3] [下次:: 2026-11-24]" in note.read_text(
        "utf-8"
    )


def test_what_two_devices_dictated_at_once_is_filed_from_both_files(vault, tmp_path, connected):
    drawn = vault()
    shop, pocket = tmp_path / "shop", tmp_path / "pocket"
    assert drawn.run("init", str(shop), "--language", "zh").exit == 0
    drawn.run("-C", str(shop), "new", "client", "李女士", "浦东三房", "--set", "salutation=李女士")
    pocket.mkdir()
    computer, phone = connected(shop, pocket)
    computer.send_to(phone)
    phone.api("POST", "system/pause")
    for folder, line in (
        (shop, "李女士 今天上午十点 电话 想看看\n"),
        (pocket, "李女士 今天下午三点 微信 问学区\n"),
    ):
        with (folder / "收件箱.md").open("a", encoding="utf-8") as inbox:
            inbox.write(line)
    phone.scan()
    computer.scan()
    phone.api("POST", "system/resume")
    computer.wait_until(lambda: any(shop.glob("收件箱.sync-conflict-*.md")))

    said = drawn.run("-C", str(shop), "inbox", "--yes", now="2026-11-21T18:00")
    (note,) = (shop / "客源").glob("李女士*.md")
    log = note.read_text("utf-8")
    assert "10:00 电话 想看看" in log, said.err
    assert "15:00 微信 问学区" in log, said.err

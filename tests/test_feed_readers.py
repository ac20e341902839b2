"""Subscription, folder and contacts, taken by programs that are not ours.

`.ci/readers.sh` installs them; without them these tests are skipped.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from brokernotes.features.calendar_blocks import read_blocks
from tests.drawing import DrawnVault
from tests.serving import Serving

pytestmark = [pytest.mark.slow, pytest.mark.ics_clients]

PROGRAMS = Path(__file__).parent.parent / ".ci" / "cache" / "readers-venv" / "bin"
VAULT = Path(__file__).parent.parent / "vault"
AGENT = "--agent=王敏"


def program(name):
    """Where a reader is; skips, or fails where the readers are promised."""
    own = PROGRAMS / name
    found = own if own.exists() else shutil.which(name)
    if not found:
        reason = f"{name} is not installed; run .ci/readers.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return str(found)


def run(home, *command, stdin=None):
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, env=environ, input=stdin, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def demo(tmp_path):
    drawn = DrawnVault(tmp_path)
    shutil.copytree(VAULT, drawn.root, dirs_exist_ok=True)
    return drawn


def stamps(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.ics")}


def test_vdirsyncer_takes_the_subscription_whole_and_then_nothing(demo, tmp_path):
    sync = program("vdirsyncer")
    taken = tmp_path / "taken"
    with Serving(demo) as server:
        url = server.urls()["all"]
        config = tmp_path / "config"
        config.write_text(
            f'[general]\nstatus_path = "{tmp_path / "status"}"\n'
            '[pair it]\na = "feed"\nb = "folder"\ncollections = null\n'
            f'[storage feed]\ntype = "http"\nurl = "{url}"\n'
            f'[storage folder]\ntype = "filesystem"\npath = "{taken}"\nfileext = ".ics"\n'
        )
        run(tmp_path, sync, "-c", str(config), "discover", stdin="y\ny\n")
        run(tmp_path, sync, "-c", str(config), "sync")
        served = read_blocks(server.get(url).body)
        before = stamps(taken)
        again = run(tmp_path, sync, "-c", str(config), "sync")
        planned = demo.run("plan", "C-5G57BH", "带看", "东门见", "--at", "2026-12-03T15:00")
        run(tmp_path, sync, "-c", str(config), "sync")
        after = stamps(taken)

    assert len(before) == len(served) > 20
    assert "Copying" not in again
    assert planned.exit == 0, planned.err
    # It names items by their content, so one that changed goes and comes; the rest stays.
    come = {(taken / name).read_text("utf-8") for name in after.keys() - before.keys()}
    assert [one for one in come if "DTSTART;TZID=Asia/Shanghai:20261203T150000" in one]
    assert len(before.items() & after.items()) > len(before) - 5


def test_vdirsyncer_takes_the_folder_to_another_byte_by_byte(demo, tmp_path):
    sync = program("vdirsyncer")
    folder, other = tmp_path / "vdir", tmp_path / "other"
    demo.run("ical", "--vdir", str(folder))
    other.mkdir()
    config = tmp_path / "config"
    storages = "".join(
        f'[storage {name}]\ntype = "filesystem"\npath = "{path}"\nfileext = ".ics"\n'
        for name, path in (("ours", folder), ("theirs", other))
    )
    config.write_text(
        f'[general]\nstatus_path = "{tmp_path / "status"}"\n'
        f'[pair it]\na = "ours"\nb = "theirs"\ncollections = null\n{storages}'
    )
    run(tmp_path, sync, "-c", str(config), "discover", stdin="y\ny\n")
    run(tmp_path, sync, "-c", str(config), "sync")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    taken = {path.name: path.read_bytes() for path in other.iterdir()}
    demo.run("ical", "--vdir", str(folder), now="2026-11-22T09:00")
    moved = {path.name: path.read_bytes() for path in folder.iterdir()}
    run(tmp_path, sync, "-c", str(config), "sync")

    assert len(taken) > 20
    assert taken == before
    assert moved != before
    assert {path.name: path.read_bytes() for path in other.iterdir()} == moved


def test_khal_lists_every_item_of_the_folder(demo, tmp_path):
    khal = program("khal")
    folder = tmp_path / "vdir"
    demo.run("ical", "--vdir", str(folder), AGENT)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    config = tmp_path / "khal"
    config.write_text(
        f"[calendars]\n[[it]]\npath = {folder}\nreadonly = True\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Asia/Shanghai\ndefault_timezone = Asia/Shanghai\n"
        "dateformat = %Y%m%d\nlongdateformat = %Y%m%d\ntimeformat = %H:%M\n"
        "datetimeformat = %Y%m%dT%H%M\nlongdatetimeformat = %Y%m%dT%H%M\n"
    )
    said = run(
        tmp_path, khal, "-c", str(config), "list", "--once", "-df", "", "-f", "{uid}", "20260101",
        "20290101",
    )  # fmt: skip

    uids = {line for line in said.splitlines() if line.startswith("bn-")}
    assert uids == {name.removesuffix(".ics") for name in before}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_todoman_reads_the_folder_and_finds_no_task_in_it(demo, tmp_path):
    todo = program("todo")
    folder = tmp_path / "vdirs" / "it"
    demo.run("ical", "--vdir", str(folder), AGENT)
    config = tmp_path / "todo.py"
    config.write_text(f'path = "{tmp_path / "vdirs" / "*"}"\ncache_path = "{tmp_path / "db"}"\n')

    assert run(tmp_path, todo, "-c", str(config), "--porcelain", "list").strip() == "[]"


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_khard_finds_a_client_by_the_name_in_the_calendar(demo, tmp_path, version):
    khard = program("khard")
    demo.run("export", "--vcard", "-o", "all.vcf", AGENT, "--vcard-version", version)
    folder = tmp_path / "contacts"
    folder.mkdir()
    cards = (demo.root / "all.vcf").read_bytes().split(b"END:VCARD\r\n")[:-1]
    for number, card in enumerate(cards):
        (folder / f"{number}.vcf").write_bytes(card + b"END:VCARD\r\n")
    config = tmp_path / "khard.conf"
    config.write_text(
        f"[addressbooks]\n[[it]]\npath = {folder}\n[general]\ndefault_action = list\n"
    )
    said = run(tmp_path, khard, "-c", str(config), "phone", "--parsable", "罗先生")

    assert len(cards) > 20
    assert "罗先生 别墅" in said
    assert re.search(r"\b1200000[0-9]{4}\b", said)

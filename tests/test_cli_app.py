"""What every command shares: the clock."""

import os
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from brokernotes.cli.app import App, is_zone_of_system
from brokernotes.errors import UsageError, VaultError


@pytest.mark.parametrize(
    ("file", "name", "is_it"),
    [
        ("zoneinfo/Asia/Shanghai", "Asia/Shanghai", True),
        ("zoneinfo/Asia/Shanghai", "Asia/Tokyo", False),
        ("zoneinfo/Asia/Shanghai", "Shanghai", False),
        ("elsewhere/Asia/Shanghai", "Asia/Shanghai", False),
        (None, "Asia/Shanghai", False),
    ],
)
def test_the_zone_of_the_system_is_known_by_its_link(tmp_path, file, name, is_it):
    link = tmp_path / "localtime"
    if file:
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
        link.symlink_to(tmp_path / file)
    assert is_zone_of_system(name, str(link)) is is_it
    if file:  # a link that leads nowhere is UTC to the system
        (tmp_path / file).unlink()
        assert not is_zone_of_system(name, str(link))


def test_a_plain_file_says_nothing_of_its_zone(tmp_path):
    (tmp_path / "localtime").touch()

    assert not is_zone_of_system("Asia/Shanghai", str(tmp_path / "localtime"))


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Kiritimati", "America/Los_Angeles"])
@pytest.mark.parametrize("is_said", [True, False])
def test_now_is_what_the_clock_shows_in_the_vaults_zone(vault, zone, is_said):
    drawn = vault(f"""
        -- brokernotes.yaml --
        format: 1
        timezone: {zone}
        """)
    environ = drawn.environ()
    environ.pop("BROKERNOTES_NOW", None)
    if is_said:
        environ["TZ"] = "UTC"
    app = App(environ)
    app.vault_option = str(drawn.root)
    before = datetime.now(ZoneInfo(zone)).replace(tzinfo=None)

    assert before <= app.now <= datetime.now(ZoneInfo(zone)).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("given", "now"),
    [
        ("2026-11-21T09:00", datetime(2026, 11, 21, 9)),
        ("2026-11-21T01:00+00:00", datetime(2026, 11, 21, 9)),
    ],
)
def test_a_given_moment_is_taken_in_the_vaults_zone(vault, given, now):
    drawn = vault("-- brokernotes.yaml --\nformat: 1\n")
    app = App(drawn.environ(BROKERNOTES_NOW=given))
    app.vault_option = str(drawn.root)

    assert app.now == now


def test_what_is_no_moment_is_refused(vault):
    drawn = vault("-- brokernotes.yaml --\nformat: 1\n")
    app = App(drawn.environ(BROKERNOTES_NOW="soon"))
    app.vault_option = str(drawn.root)

    with pytest.raises(UsageError):
        app.now  # noqa: B018


@pytest.mark.skipif(os.name == "nt", reason="no folder is deleted there while one stands in it")
@pytest.mark.parametrize("words", [["due"], ["list", "clients"], ["-C", "near", "due"]])
def test_in_a_folder_that_was_deleted_there_is_no_vault(tmp_path, words):
    ask = "import os, sys; os.rmdir(os.getcwd())\nfrom brokernotes.__main__ import main; main()"
    (tmp_path / "gone").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ask, "--lang", "en", *words], cwd=tmp_path / "gone",
        env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stderr.startswith("brokernotes: there is no vault ")
    assert done.returncode == VaultError.exit_code

"""Streams that are closed, full, left early, or drive a terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
BN = f'"{sys.executable}" -c "from brokernotes.cli.main import main; main()"'
DRAWING = r"""
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    title: "Li \e]0;owned\a"
    ---

    ## Log
    -- clients/wang.md --
    ---
    id: C-9F3DW0
    type: client
    title: Wang
    ---
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")


@pytest.fixture
def shell(vault):
    drawn = vault(DRAWING, language="en")
    environ = drawn.environ(
        PYTHONPATH=str(PROJECT), BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en"
    )

    def run(line, **options):
        return subprocess.run(
            ["sh", "-c", f"{BN} {line}"], cwd=drawn.root, env=environ, check=False,
            **{"capture_output": True, **options},
        )  # fmt: skip

    run.vault = drawn
    return run


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_one_that_leads_nowhere(shell, closed):
    done = shell(f"log C-9F3DWA call quoted {closed}")

    assert done.returncode == 0
    assert done.stderr == b""
    assert " Call quoted ^" in shell.vault.read("clients/li.md")


def test_nothing_is_read_from_a_closed_standard_input(shell):
    done = shell("log C-9F3DWA call - <&-")

    assert done.returncode == 2
    assert b"standard input is empty" in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_refusal_keeps_its_exit_code_without_a_stream(shell, closed):
    assert shell(f"show nobody {closed}").returncode == 4


def test_who_stops_reading_early_is_no_error(shell):
    done = shell("list clients | true")

    assert done.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")  # noqa: PTH110
def test_a_full_output_is_the_systems_refusal(shell):
    done = shell("list clients > /dev/full")

    assert done.returncode == 74
    assert done.stderr.startswith(b"brokernotes: the system refused: ")
    assert done.stderr.count(b"\n") == 1


def test_a_title_does_not_drive_the_terminal_it_is_complained_on(shell):
    master, slave = os.openpty()
    try:
        done = shell("show C-9F3DW", capture_output=False, stderr=slave, stdout=subprocess.DEVNULL)
        said = os.read(master, 65536)
    finally:
        os.close(slave)
        os.close(master)

    assert done.returncode == 4
    assert b"C-9F3DWA" in said
    assert b"\x1b" not in said
    assert b"\\x1b]0;owned\\x07" in said

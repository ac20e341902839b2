"""Streams that are closed, full, left early, or drive a terminal."""

import os
import shlex
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

    def run(line, settings="", program=BN, **options):
        return subprocess.run(
            ["sh", "-c", f"{settings} {program} {line}"], cwd=drawn.root, env=environ, check=False,
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
    done = shell("list clients; echo $? >&2; } | true", settings="{")

    assert done.stderr == b"0\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")  # noqa: PTH110
def test_a_full_output_is_the_systems_refusal(shell):
    done = shell("list clients > /dev/full")

    assert done.returncode == 74
    assert done.stderr.startswith(b"brokernotes: the system refused: ")
    assert done.stderr.count(b"\n") == 1


LISTING = [
    ["list", "clients", "--explain"],
    ["list", "客源", "阶段:有", "or", "阶段:无"],
    ["list", "clients", "--json"],
    ["list", "clients", "--format", "jsonl"],
    ["list", "clients", "--format", "csv"],
    ["list", "clients", "--fields", "标题,阶段", "--sort", "-标题"],
    ["tree", "clients"],
    ["tree", "clients", "--by", "标题", "--format", "tsv"],
    ["due"],
    ["due", "标题:Li", "--explain"],
    ["due", "--json"],
]


ALL_AT_ONCE = f"""
import os, sys
from brokernotes.cli.app import App
from brokernotes.cli.main import run
for words in {LISTING!r}:
    code = run(App(os.environ), words)
    assert code == 0, (words, code)
    sys.stderr.flush()
"""


@pytest.mark.parametrize(
    "settings",
    [
        "LC_ALL=C",
        "PYTHONIOENCODING=cp936",
        "PYTHONIOENCODING=cp1252",
        "PYTHONIOENCODING=ascii BROKERNOTES_LANG=zh",
    ],
)
def test_no_encoding_stops_a_list(shell, settings):
    shell.vault.write("lists.py", ALL_AT_ONCE)
    done = shell("lists.py", settings=settings, program=f'"{sys.executable}"')

    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout.count(b"Wang") >= len(LISTING) - 2


@pytest.mark.parametrize("words", [LISTING[place] for place in (0, 2, 6, 8)], ids=" ".join)
def test_a_list_ends_quietly_when_its_reader_or_its_stream_is_gone(shell, words):
    for rest in ("| true", ">&-", ">&- 2>&-"):
        done = shell(f"{shlex.join(words)} {rest}")
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr
        assert b"Broken" not in done.stderr
        assert b"brokernotes:" not in done.stderr


def test_a_long_list_may_be_left_after_its_first_line(shell):
    head = shell.vault.read("clients/wang.md").replace("C-9F3DW0", "").replace("id: \n", "")
    for number in range(1500):
        shell.vault.write(f"clients/{number}.md", head)
    for line in ("list clients", "list clients --json"):
        done = shell(f"{line} | head -n 1")
        assert done.stdout.count(b"\n") == 1
        assert done.stderr == b""


def test_words_that_are_no_text_are_searched_and_not_found(shell):
    done = shell("list clients \"title:$(printf '\\377')\"")

    assert done.returncode == 0
    assert done.stdout == b""
    assert done.stderr == b"no note meets that\n"


def test_ctrl_c_ends_a_list_with_130(shell):
    code = (
        "import signal, brokernotes.storage.query as q\n"
        # Whoever starts the tests in the background has it ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "q.select = lambda *_: signal.raise_signal(signal.SIGINT)\n"
        "from brokernotes.cli.main import main; main()"
    )
    done = shell("list clients", program=f'"{sys.executable}" -c "{code}"')

    assert done.returncode == 130
    assert done.stdout == b""
    assert done.stderr.strip() == b"brokernotes: interrupted"


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


def test_chinese_is_read_where_the_locale_knows_ascii_only(shell):
    settings = "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0"
    shell.vault.write("clients/李女士.md", "---\ntype: client\ntitle: 李女士\n---\n学区\n")
    program = f'"{sys.executable}" -m brokernotes'

    done = shell("find 学区 --json", settings=settings, program=program)
    closed = shell("find 学区 >&-", settings=settings, program=program)

    assert (done.returncode, done.stderr) == (0, b"")
    assert "clients/李女士.md" in done.stdout.decode()
    assert (closed.returncode, closed.stderr) == (0, b"")

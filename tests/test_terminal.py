"""Every command that lists, on terminals of both widths, in both languages."""

import os
import re
import shlex
import subprocess
import sys

import pytest

from brokernotes.cli.width import width

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal"),
]

COMMANDS = (
    *(f"list {kind}" for kind in ("clients", "listings", "deals", "communities", "agents")),
    "list listings --sort -price --fields title,price,rent,gross_area,agent,status",
    "list clients 预算>=300 --explain",
    "find 学区",
    "find 学区 -n 3",
    "find ygxc",
    "find 120",
    "find 没有这个词",
    "tree clients",
    "tree listings --by district,price/200,layout",
    "due",
    "due --explain -n 3",
    "due 区域:浦东 --all",
    "match 李女士",
    "match 潘先生 --near --explain",
    "match 阳光花园两房",
    "show 李女士",
    "show 阳光花园",
    "show C4XB3T",
    "show D-Q1GYNF",
    "commission D-Q1GYNF",
    "commission D-HXFY96 --basis due",
    "report receivables",
    "deal",
    "deal 郑小姐",
    "check",
    "inbox --dry-run",
    "evening",
    "evidence 李女士 L-C4XB3T",
    "handover 李航",
    "report empty-followups --since -365d",
    "doctor",
    "history L-W4AY13",
    "history L-W4AY13 log",
    "history L-W4AY13 rent",
    "history L-W4AY13 status",
    "changes listings",
    "check --history",
    "list clients 阶段:bogus",
    "list clients bogus>3",
)
# What stands as it is, whatever the width: places in files, diffs, sentences to be sent.
KEPT = {
    "check --history": re.compile(r".*:\d+:\d+: "),
    "check": re.compile(r".*:\d+:\d+: "),
    "inbox --dry-run": re.compile(r"[-+@ ]"),
    "evening": re.compile(r"  |[-+@ ]"),
}
SHORT_OF_SENSE = re.compile(r"(?<!\S)\S{1,4}…")
# An English sentence: a word with a capital or none, then three more of small letters.
ENGLISH = re.compile(r"(?:(?<![\w`/.-])[A-Za-z][a-z]+[ ,]+){3}[a-z]+")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text("[user]\n\tname = Demo\n\temail = demo@example.invalid\n")
    environ = {
        "HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm",
        "PAGER": "cat", "BROKERNOTES_NOW": "2026-11-21T09:00",
        "GIT_COMMITTER_DATE": "2026-11-20T09:00Z",
    }  # fmt: skip
    run = [sys.executable, "-m", "brokernotes"]
    subprocess.run([*run, "init", str(home / "demo"), "--demo"], env=environ, check=True)
    return home / "demo", environ


def screen(demo, columns, words):
    """What a command shows on a terminal so wide, without its colours, and its exit code."""
    from pseudo_terminal import on_terminal

    folder, environ = demo
    text, code = on_terminal(
        [sys.executable, "-m", "brokernotes", *words], folder, environ, columns
    )
    return re.sub(r"\x1b\[[0-9;]*[mK]", "", text), code


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_screen_is_whole(demo, command, columns, language):
    text, code = screen(demo, columns, ["--lang", language, *shlex.split(command)])
    lines = text.split("\n")

    assert code == (2 if "bogus" in command else 0), text
    assert text.strip()
    assert "Traceback" not in text
    assert "\x1b" not in text
    kept = KEPT.get(command)
    wide = [line for line in lines if width(line) > columns and not (kept and kept.match(line))]
    assert wide == [] or code == 2  # an error is one line, as long as it is
    if command.startswith("list"):
        assert not SHORT_OF_SENSE.search(lines[0])
    if language == "zh":
        assert [line for line in lines if ENGLISH.search(line)] == []


@pytest.mark.parametrize("kind", ["clients", "listings"])
def test_whose_it_is_has_room_on_a_narrow_screen(demo, kind):
    text, _ = screen(demo, 80, ["--lang", "en", "list", kind])
    assert text.split("\n")[0].rstrip().endswith("Agent")

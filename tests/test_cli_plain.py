"""What is answered before Click is loaded says, byte for byte, what Click's way says."""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.cli.app import App
from brokernotes.cli.main import run
from brokernotes.cli.plain import Plain, answer, plain

NOW = "2026-11-21T09:00"
STREET = dedent("""
    -- agents/wang.md --
    ---
    id: A-WANG22
    type: agent
    title: 王敏
    email: wang@example.com
    ---
    -- agents/hang.md --
    ---
    id: A-HANG33
    type: agent
    title: 李航
    ---
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    stage: 在看
    grade: A
    agent: "[[wang]]"
    phone: "12000000001"
    created: 2026-10-01
    next_followup: 2026-11-19
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 说她的号码是 12000000002，改天再谈 ^3ack67k2p
    - [ ] 2026-11-21 14:00 带看 [[garden]] ^3afq6m4x9
    -- clients/zhang.md --
    ---
    id: C-1BVQKE
    type: client
    title: 张先生 \\x1b[31m
    stage: 在看
    agent: "[[hang]]"
    created: 2026-09-01
    ---
    -- listings/garden.md --
    ---
    id: L-9F3DWA
    type: listing
    title: 阳光花园
    status: 在售
    created: 2026-10-01
    ---
    """)
VAULTS = {
    "empty": "",
    "street": STREET,
    "committed": STREET + "-- git --\n",
    "english": STREET + "-- brokernotes.yaml --\nformat: 1\nlanguage: en\n",
    "limited": STREET + "-- brokernotes.yaml --\nformat: 1\ncadence:\n  daily: 1\n",
}
PLAIN = [
    "due",
    "due --json",
    "due --format jsonl",
    "due --format=csv",
    "due --format tsv",
    "due -n 1",
    "due --all --json",
    "--lang zh due",
    "due --lang en -n 2 --format json",
    "--agent 李航 due",
    "due --agent=A-WANG22 --all",
    "-C . due",
    "find 电话",
    "find 李女士 --json",
    "find 阳光 花园 -n 1 --format=jsonl",
    "find --kind listing --reveal 带看 --format csv",
    "find --kind 房源 0003 --format tsv",
    "--lang en find lns",
    "-C . find 12000000001 --json --reveal",
    "find 12000000002 --json",
    "find “改天再谈” --lang zh",
    "find 没有这个词",
    "find 没有这个词 --json",
    "find due find",
    "--agent 谁也不是 find 阳光",
]
NOT_PLAIN = [
    "due 王",
    "due --until +3d",
    "due --kind promise",
    "due --explain",
    "due -n 0",
    "due -n x",
    "due -n",
    "due --format yaml",
    "due --json --format csv",
    "due --agent",
    "due --agent ",
    "due --agent 谁",
    "due --vault nowhere",
    "due --lang fr",
    "due --help",
    "due --",
    "due due",
    "due --no-pager",
    "du",
    "list due",
    "--json due",
    "due 阳光",
    "due --kind listing",
    "due --reveal",
    "find",
    "find --json",
    "find 阳光 -电话",
    "find -- 阳光",
    "find 阳光 --all",
    "find 阳光 -n 0",
    "find 阳光 --kind 谁",
    "find 阳光 --kind",
    "find --as 王敏 阳光",
    "find 阳光 --color never",
    "find 阳光 --help",
    "find ",
    "list find",
    "",
]


class Stream(io.TextIOWrapper):
    """A stream whose bytes are kept, a terminal's or not."""

    def __init__(self, encoding, is_terminal):
        super().__init__(io.BytesIO(), encoding, newline="")
        self.is_terminal = is_terminal

    def isatty(self):
        return self.is_terminal

    @property
    def bytes(self):
        self.flush()
        return self.buffer.getvalue()


@pytest.fixture
def ways(vault, monkeypatch):
    """Run some words both ways: whether the first answered, and what each said."""

    def compare(drawn, words, *, encoding="utf-8", is_terminal=False, both=True, **more):
        environ = drawn.environ(**{"BROKERNOTES_NOW": NOW, **more})
        for name in set(os.environ) - set(environ):
            monkeypatch.delenv(name)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        args = words.split(" ") if words else []
        said = []
        for way in (answer, by_click) if both else (answer,):
            out, err = Stream(encoding, is_terminal), Stream("utf-8", False)
            with chdir(drawn.root), redirect_stdout(out), redirect_stderr(err):
                code = way(args)
            said.append((code, out.bytes, err.bytes))
        return said

    return compare


def by_click(args):
    app = App(os.environ)
    for at, word in enumerate(args):
        if word == "--lang" and at + 1 < len(args):
            app.language_option = args[at + 1]
    before = os.environ.get("LANGUAGE")
    try:
        return run(app, args)
    finally:
        if before is None:
            os.environ.pop("LANGUAGE", None)


@pytest.mark.parametrize("name", VAULTS)
def test_what_is_plain_is_answered_as_click_would(vault, ways, name):
    drawn = vault(VAULTS[name])
    for words in PLAIN:
        (answered, *plainly), (code, *by_way_of_click) = ways(drawn, words)
        if name == "empty" and "--agent" in words and "due" in words and "--all" not in words:
            assert (answered, plainly) == (False, [b"", b""]), words
            continue

        assert answered, words
        assert code == 0
        assert plainly == by_way_of_click, words


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"NO_COLOR": "1"},
        {"COLUMNS": "40", "LINES": "200"},
        {"COLUMNS": "200", "BROKERNOTES_AGENT": "王敏"},
        {"TERM": "dumb", "LC_ALL": "zh_CN.UTF-8"},
        {"FORCE_COLOR": "1"},
    ],
    ids=str,
)
def test_a_terminal_shows_the_same(vault, ways, more):
    drawn = vault(STREET)
    for words in (
        "due",
        "due -n 1",
        "due --json",
        "due --all --lang en",
        "find 电话",
        "find 改天再谈 阳光 -n 1",
        "find a --lang en",
        "find 12000000001 --reveal",
    ):
        (answered, *plainly), (_, *by_way_of_click) = ways(
            drawn, words, is_terminal=True, **{"LINES": "100", **more}
        )

        assert answered, words
        assert plainly == by_way_of_click
        assert plainly[0] or plainly[1]


def test_a_stream_of_another_encoding_gets_the_same(vault, ways):
    drawn = vault(STREET)
    for encoding in ("ascii", "gbk", "cp1252", "utf-8-sig"):
        for words in ("due", "due --json", "due --format csv", "find 李", "find 李 --json"):
            (answered, *plainly), (_, *by_way_of_click) = ways(drawn, words, encoding=encoding)

            assert answered, words
            assert plainly == by_way_of_click, (words, encoding)


def test_what_is_longer_than_the_screen_is_left_to_click(vault, ways):
    more = {"is_terminal": True, "LINES": "3", "PAGER": "cat"}
    drawn = vault(STREET)
    for words in ("due", "find 2026"):
        ((answered, *plainly),) = ways(drawn, words, both=False, **more)

        assert (answered, plainly) == (False, [b"", b""])


def test_what_is_not_plain_is_left_to_click_and_nothing_is_said(vault, ways):
    drawn = vault(STREET)
    for words in NOT_PLAIN:
        ((answered, *plainly),) = ways(drawn, words, both=False)

        assert (answered, plainly) == (False, [b"", b""]), words


@pytest.mark.parametrize(
    ("drawing", "more"),
    [
        ("-- brokernotes.yaml --\nformat: 1\nlanguage: klingon\n", {}),
        ("-- brokernotes.yaml --\nformat: [\n", {}),
        ("", {"BROKERNOTES_NOW": "yesterday"}),
        ("", {"BROKERNOTES_AGENT": "谁"}),
        ("", {"BROKERNOTES_VAULT": "/nowhere"}),
    ],
    ids=str,
)
def test_whatever_is_wrong_is_left_to_click_and_nothing_is_said(vault, ways, drawing, more):
    drawn = vault(STREET + drawing)
    for words in ("due", "find 阳光"):
        ((answered, *plainly),) = ways(drawn, words, both=False, **more)
        if "BROKERNOTES_AGENT" in more and words != "due":
            assert answered  # whose business it is does not matter to it
            continue

        assert (answered, plainly) == (False, [b"", b""])


def test_a_shell_that_completes_is_left_to_click(vault, monkeypatch):
    monkeypatch.chdir(vault(STREET).root)
    monkeypatch.setenv("_BROKERNOTES_COMPLETE", "bash_complete")

    assert not answer(["due"])


def test_notes_that_changed_are_read_first(vault, ways):
    drawn = vault(STREET)
    ways(drawn, "due")
    drawn.write("clients/li.md", drawn.read("clients/li.md").replace("李女士", "李老师"))
    (answered, out, _), (_, by_way_of_click, _) = ways(drawn, "due")

    assert answered
    assert "李老师" in out.decode()
    assert out == by_way_of_click


WORDS = st.sampled_from(
    ["due", "find", "--kind", "--reveal", "-C", "--vault", "--agent", "--lang", "-n", "--json",
     "--all", "--format", "--format=",
     "--agent=王", "-n3", "3", "zh", "json", ".", "", "--", "-", "list", "--lang=en", "-h"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=6))
def test_no_words_are_misread(words):
    asked = plain(words)
    if asked is None:
        return

    assert asked.command in ("due", "find")
    assert not {"", "--", "-", "-h", "-n3", "--format="} & set(words)
    assert asked.command == "find" or not asked.words
    assert set(asked.words) <= set(words)
    # `list` may be a word, or the name of a vault or an agent, and nothing else.
    assert asked.words or all(
        one in ("-C", "--vault", "--agent", "--kind") for one, name in pairwise(words)
        if name == "list"
    )  # fmt: skip
    assert words[0] != "list"
    assert len(set(words) & {"--json", "--format"}) < 2


def test_options_are_read_before_and_behind_the_command():
    assert plain(["-C", "v", "due", "--agent=王敏", "-n", "12", "--json", "--all"]) == Plain(
        "due", vault="v", agent="王敏", limit="12", form="json", all="yes"
    )
    assert plain(["--vault=v", "--lang", "zh", "due"]) == Plain("due", vault="v", lang="zh")
    assert plain(["find", "a", "-n", "2", "b", "--kind=房源", "--reveal"]) == Plain(
        "find", ("a", "b"), limit="2", kind="房源", reveal="yes"
    )


def test_the_program_says_the_same_as_a_process_either_way(vault):
    drawn = vault(STREET)
    environ = drawn.environ(BROKERNOTES_NOW=NOW, BROKERNOTES_LANG="en")
    by_click = "import sys; from brokernotes.cli.main import main; main(sys.argv[1:])"
    said = [
        subprocess.run(
            [sys.executable, *way, "due", "--json"], cwd=drawn.root, env=environ,
            capture_output=True, check=True,
        )
        for way in (["-m", "brokernotes"], ["-c", by_click])
    ]  # fmt: skip

    assert said[0].stdout == said[1].stdout
    assert said[0].stdout.startswith(b"[\n")
    assert said[0].stderr == said[1].stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_a_reader_that_has_left_is_no_error(vault):
    drawn = vault(STREET)
    readable, writable = os.pipe()
    os.close(readable)
    done = subprocess.run(
        [sys.executable, "-m", "brokernotes", "due"], cwd=drawn.root, stderr=subprocess.PIPE,
        env=drawn.environ(BROKERNOTES_NOW=NOW), stdout=writable, check=False,
    )  # fmt: skip
    os.close(writable)

    assert (done.returncode, done.stderr) == (0, b"")

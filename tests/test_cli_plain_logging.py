"""`log` done before Click is loaded reads, writes and says what Click's way does."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.cli.app import App
from brokernotes.cli.logging import log_command
from brokernotes.cli.main import _peek_language, cli, run
from brokernotes.cli.plain_logging import Plain, answer, plain_log

NOW = "2026-11-21T09:00"
NOTES = """
    -- agents/wang.md --
    ---
    id: A-WANG22
    type: agent
    title: 王敏
    ---
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    stage: 在看
    agent: "[[wang]]"
    created: 2026-10-01
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 聊了很久 ^3ack67k2p
    -- clients/li2.md --
    ---
    id: C-1BVQKE
    type: client
    title: 李女士 二
    stage: 在看
    created: 2026-10-01
    ---
    -- listings/garden.md --
    ---
    id: L-9F3DWA
    type: listing
    title: 阳光花园
    status: 在售
    price: 600
    created: 2026-10-01
    ---
    """
PLAIN = [
    "log C-7K2PQM 电话 聊了很久",
    "log C-7K2PQM 备注 降价 -5万 --next +3d",
    "log C-7K2PQM 带看 嫌吵 --with L-9F3DWA --at 2026-11-20T10:00 --set interest=3",
    "log C-7K2PQM 报价 L-9F3DWA 580",
    "log L-9F3DWA 收定 五万",
    "log L-9F3DWA 还价 590",
    "log C-7K2PQM 备注 x --json --no-commit",
    "log C-7K2PQM 备注 x --dry-run",
    "log C-7K2PQM 备注 x --dry-run --json",
    "log C-7K2PQM 没有这个词 x",
    "log C-7K2PQM 备注 x --set 没有=3",
    "log C-7K2PQM 备注 x --set interest=很多",
    "log C-7K2PQM 备注 x --at 昨天的昨天的",
    "log C-7K2PQM 备注 x --next 2026-11-01",
    "log 没有这个人 备注 x",
    "log 李女 备注 x",
    "log li.md 备注 --agent 谁 x",
    "--agent 王敏 log C-1BVQKE 微信 x",
    "-C nowhere log C-7K2PQM 备注 x",
    "--lang zh log C-7K2PQM 备注",
    "log C-7K2PQM 电话 -",
]
NOT_PLAIN = [
    "log", "log C-7K2PQM", "log --help", "log C-7K2PQM 备注 --help", "log --verbs",
    "log C-7K2PQM 备注 --verbs",
    "log -- C-7K2PQM 备注",
    "log -x C-7K2PQM 备注", "log C-7K2PQM 备注 --at", "log C-7K2PQM 备注 --json=1",
    "log C-7K2PQM 备注 --as 王敏", "--lang fr log C-7K2PQM 备注", "--json log C-7K2PQM 备注",
    "plan C-7K2PQM log 明天", "lo C-7K2PQM 备注", "--debug log C-7K2PQM 备注", "",
]  # fmt: skip
ENTRY = re.compile(r"\b3e[0-9a-z]{7}\b")


@pytest.fixture
def said_by(monkeypatch):
    """Run words in one way or the other: exit code, what was said, and the notes then."""

    def said(way, words, root, environ):
        for name in set(os.environ) - set(environ):
            monkeypatch.delenv(name)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        typed = io.TextIOWrapper(io.BytesIO(b"gesagt\nund noch etwas\n"), "utf-8")
        monkeypatch.setattr("sys.stdin", typed)
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with chdir(root), redirect_stdout(out), redirect_stderr(err):
            code = way(words)
        texts = [stream.buffer.getvalue() for stream in (out, err) if stream.flush() is None]
        texts += [file.read_bytes() for file in sorted(root.rglob("*.md"))]
        return code, [ENTRY.sub("ENTRY", text.decode()) for text in texts]

    return said


def by_click(args):
    app = App(os.environ)
    _peek_language(app, args)
    before = os.environ.get("LANGUAGE")
    try:
        return run(app, args)
    finally:
        os.environ.pop("LANGUAGE", None)
        if before is not None:
            os.environ["LANGUAGE"] = before


@pytest.mark.parametrize("words", PLAIN)
def test_what_is_plain_is_done_as_by_click(vault, tmp_path, said_by, words):
    drawn = vault(NOTES)
    other = tmp_path / "other" / drawn.root.name
    shutil.copytree(drawn.root, other)
    environ = drawn.environ(BROKERNOTES_NOW=NOW, BROKERNOTES_LANG="en")

    plainly = said_by(answer, words.split(" "), drawn.root, environ)

    assert plainly[0] is not None
    assert plainly == said_by(by_click, words.split(" "), other, environ)


@pytest.mark.parametrize("words", NOT_PLAIN)
def test_what_is_not_plain_is_left_to_click(words):
    assert plain_log(words.split(" ") if words else []) is None


WORDS = st.sampled_from(
    ["log", "log", "-C", "--vault", "--agent", "--lang", "--json", "--at", "--next", "--set",
     "--with", "--commit", "--no-commit", "--dry-run", "--set=a=b", "--at=", "-5万", "-5", "-",
     "--", "备注", "C-7K2PQM", "", "zh", "x", "--lang=en", "-h", "--as", "--nothing", "-Cx", "-n"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=9))
def test_words_are_sorted_as_click_does(words):
    plain = plain_log(words)
    if plain is None:
        return
    app = App({})
    root = cli.make_context("brokernotes", list(words), obj=app)
    name, *rest = [*root._protected_args, *root.args]
    assert name == "log"
    with root:
        root.invoked_subcommand = name
        cli.callback.__wrapped__(root, **root.params)
        params = log_command.make_context("log", rest, parent=root).params

    ref, *said = plain.words
    assert (params["ref"], params["words"]) == (ref, tuple(said))
    for key in ("at", "promised", "others", "settings", "dry_run", "commit", "as_json"):
        assert params[key] == getattr(plain, key), key
    found = (app.vault_option, app.agent_option, app.language_option)
    assert found == (plain.vault, plain.agent, plain.lang)


def test_options_are_read_wherever_they_stand():
    asked = ["-C", "v", "log", "--set=a=b", "C-1", "备注", "-5万", "--set", "c=d", "--no-commit"]
    assert plain_log(asked) == Plain(
        ("C-1", "备注", "-5万"), vault="v", settings=("a=b", "c=d"), commit=False
    )


def test_an_entry_is_appended_without_click(vault):
    drawn = vault(NOTES)
    run = "import sys; sys.argv[0] = 'brokernotes'\nfrom brokernotes.__main__ import run\ntry:\n"
    run += "    run()\nfinally:\n    print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", run, "log", "C-7K2PQM", "备注", "x", "--json"], cwd=drawn.root,
        env=drawn.environ(BROKERNOTES_NOW=NOW), capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert json.loads(done.stdout)["changed"] is True
    assert not set(done.stderr.split()) & {
        "click", "uuid", "inspect", "brokernotes.cli.main", "brokernotes.cli.texts",
        "brokernotes.features.deals_offers", "brokernotes.features.field_writing",
    }  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_a_reader_that_has_left_does_not_undo_the_entry(vault):
    drawn = vault(NOTES)
    readable, writable = os.pipe()
    os.close(readable)
    done = subprocess.run(
        [sys.executable, "-m", "brokernotes", "log", "C-7K2PQM", "备注", "once"], cwd=drawn.root,
        env=drawn.environ(BROKERNOTES_NOW=NOW), stdout=writable, stderr=subprocess.PIPE,
        check=False,
    )  # fmt: skip
    os.close(writable)

    assert (done.returncode, done.stderr) == (0, b"")
    assert drawn.read("clients/li.md").count("once") == 1

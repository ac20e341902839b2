"""A step over several files: killed anywhere, it happened whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from brokernotes.errors import ChangedMeanwhileError
from brokernotes.joint import open_vault
from brokernotes.storage import drafts, pending, whole_writes
from brokernotes.storage.drafts import Draft
from brokernotes.storage.git_edits import Change
from brokernotes.storage.locking import PENDING_NAME, vault_lock

DRAWING = """
    -- git --
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    title: li
    ---
    one
    two
    three
    -- listings/sun.md --
    ---
    id: L-7K2PQM
    type: listing
    title: sun
    ---
    -- 说明.md --
    words
"""
NOON = datetime(2026, 11, 21, 12)
LI, SUN, DEAL = "clients/li.md", "listings/sun.md", "deals/2026-11 sun-000001.md"
NEW = "---\nid: D-000001\ntype: deal\ntitle: sun deal\nlisting: L-7K2PQM\n---\n"
FILES = (LI, SUN, DEAL)
STAGES = ["laid down", "first", "second", "third", "committed"]


@pytest.fixture
def drawn(vault):
    found = vault(DRAWING, language="en")
    found.git("add", "-A")
    found.git("commit", "-qm", "begin")
    return found


def step(drawn, stop_after=None):
    """Change two notes and make a third, as one command; gone without a word after some of it."""

    opened = open_vault(str(drawn.root), drawn.environ())
    opened.refresh(date(2026, 11, 21))
    with opened.writing():
        draft = Draft(opened, NOON)
        li, sun = opened.open(LI).source, opened.open(SUN).source
        draft.change(li, li.text.replace("two", "TWO"))
        draft.change(sun, sun.text.replace("title: sun", "title: sun\nstatus: deposit"))
        draft.create(DEAL, NEW)
        if stop_after == "committed":
            drafts.forget = _gone
        elif stop_after is not None:
            _stop_after(STAGES.index(stop_after))
        draft.write("a deposit", commit=True)
    opened.close()


def _gone(*_):
    os._exit(9)


def _stop_after(count):
    """In this process, which ends by it: be gone when so many files are written."""
    original, taken = whole_writes.Step.take, []

    def take(one, root):
        if len(taken) == count:
            _gone()
        taken.append(one)
        original(one, root)
        if len(taken) == count == len(FILES):
            _gone()

    whole_writes.Step.take = take


def killed(drawn, stage):
    """The same in a process that ends without a word."""
    process = os.fork()
    if process == 0:
        try:
            step(drawn, stage)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


def files(drawn):
    return {
        str(path.relative_to(drawn.root)): path.read_text("utf-8")
        for path in sorted(drawn.root.rglob("*.md"))
        if ".git" not in path.parts
    }


def is_laid_down(drawn):
    return (Path(drawn.root) / ".git/brokernotes" / PENDING_NAME).exists()


@pytest.mark.parametrize("stage", STAGES)
def test_killed_anywhere_it_is_before_or_after_as_soon_as_anybody_looks(drawn, stage):
    before = files(drawn)
    killed(drawn, stage)
    looked = drawn.run("list", "clients")

    after = {**before, DEAL: NEW}
    after[LI] = before[LI].replace("two", "TWO")
    after[SUN] = before[SUN].replace("title: sun", "title: sun\nstatus: deposit")
    assert looked.exit == 0
    assert files(drawn) == (before if stage == "laid down" else after)
    assert drawn.git("status", "--porcelain", "-uall").strip() == ""
    assert not is_laid_down(drawn)
    subject = drawn.git("log", "-1", "--format=%s").strip()
    assert (subject == "a deposit") == (stage != "laid down")
    assert ("a deposit" in looked.err) == (stage != "laid down")


def test_it_is_told_once_in_the_readers_language(drawn):
    killed(drawn, "second")

    assert "上一条命令中途断了，现在补完了：a deposit" in drawn.run("due", lang="zh").err
    assert drawn.run("due", lang="zh").err == ""


def test_what_somebody_wrote_meanwhile_elsewhere_in_a_note_stays(drawn):
    killed(drawn, "first")
    drawn.write(LI, files(drawn)[LI].replace("type: client", "type: client\nname: Li"))
    drawn.write(SUN, files(drawn)[SUN] + "typed meanwhile\n")

    assert drawn.run("list", "clients").exit == 0
    assert "name: Li" in files(drawn)[LI]
    assert "TWO" in files(drawn)[LI]
    assert files(drawn)[SUN].endswith("status: deposit\n---\ntyped meanwhile\n")


def test_what_touches_the_same_lines_stays_and_is_said(drawn):
    killed(drawn, "first")
    drawn.write(SUN, files(drawn)[SUN].replace("title: sun", "title: sun\nstatus: paused"))
    looked = drawn.run("list", "clients")

    assert "listings/sun.md was changed meanwhile" in looked.err
    assert "status: paused" in files(drawn)[SUN]
    assert DEAL in files(drawn)
    (kept,) = (Path(drawn.root) / ".git/brokernotes").glob("unfinished-*.json")
    assert "What should stand there is kept in" in looked.err
    assert kept.name in looked.err
    assert [one[0] for one in json.loads(kept.read_text())["changes"]] == list(FILES)
    assert not is_laid_down(drawn)


def test_a_note_that_was_taken_away_meanwhile_is_not_made_again(drawn):
    killed(drawn, "first")
    (drawn.root / SUN).unlink()

    assert "listings/sun.md was changed meanwhile" in drawn.run("list", "clients").err
    assert SUN not in files(drawn)


def test_a_moved_note_is_moved_to_the_end(drawn):
    root, cache = str(drawn.root), str(drawn.root / ".git/brokernotes")
    Path(cache).mkdir(exist_ok=True)
    data = (drawn.root / LI).read_bytes()
    for has_text, has_name in ((True, False), (True, True)):
        now = drawn.root / ("clients/lee.md" if has_name else LI)
        (drawn.root / LI).rename(now)
        now.write_bytes(data + b"alias\n" if has_text else data)
        moved = Change("clients/lee.md", data, data + b"alias\n", moved_from=LI)
        words = Change("说明.md", b"words\n", b"other\n")
        pending.keep(cache, pending.Pending(pending.Operation("1", "move"), [moved, words], False))
        opened = open_vault(root, drawn.environ())
        done = pending.finish_pending(root, cache, opened.repository)

        assert done is not None
        assert (drawn.root / "clients/lee.md").read_bytes() == data + b"alias\n"
        assert not (drawn.root / LI).exists()
        assert (drawn.root / "说明.md").read_bytes() == b"other\n"
        (drawn.root / "clients/lee.md").rename(drawn.root / LI)
        (drawn.root / "说明.md").write_bytes(b"words\n")


def test_a_step_under_way_in_another_process_stays_its_own(drawn):
    killed(drawn, "second")
    half = files(drawn)

    with vault_lock(str(drawn.root / ".git/brokernotes")):
        assert drawn.run("list", "clients").exit == 0
        assert files(drawn) == half
    drawn.run("list", "clients")

    assert files(drawn) != half


def test_a_refusal_half_way_leaves_every_file_and_no_step(drawn, monkeypatch):
    before = files(drawn)
    monkeypatch.setattr(whole_writes, "create", _refusing)

    with pytest.raises(ChangedMeanwhileError):
        step(drawn)

    assert files(drawn) == before
    assert not is_laid_down(drawn)
    assert drawn.git("status", "--porcelain").strip() == ""


def _refusing(*_):
    raise ChangedMeanwhileError("no")


def test_one_note_written_and_not_committed_is_committed_by_whoever_looks_next(drawn):
    process = os.fork()
    if process == 0:
        try:
            drafts.commit_change = _gone
            one_note(drawn)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9
    assert drawn.git("status", "--porcelain").strip() == f"M {LI}"

    assert "An earlier command was interrupted" in drawn.run("list", "clients").err
    assert drawn.git("status", "--porcelain").strip() == ""
    assert drawn.git("log", "-1", "--format=%s").strip() == "two"


def one_note(drawn):
    opened = open_vault(str(drawn.root), drawn.environ())
    opened.refresh(date(2026, 11, 21))
    with opened.writing():
        draft = Draft(opened, NOON)
        source = opened.open(LI).source
        draft.change(source, source.text.replace("two", "TWO"))
        draft.write("two", commit=True)
    opened.close()


def test_one_note_leaves_nothing_laid_down(drawn):
    one_note(drawn)

    assert not is_laid_down(drawn)
    assert drawn.git("status", "--porcelain").strip() == ""


@pytest.mark.parametrize("count", [1, 2, 3])
def test_an_interruption_right_after_a_file_was_written_takes_that_back_too(
    drawn, monkeypatch, count
):
    before, taken = files(drawn), []
    original = whole_writes.Step.take

    def take(one, root):
        original(one, root)
        taken.append(one)
        if len(taken) == count:
            raise KeyboardInterrupt

    monkeypatch.setattr(whole_writes.Step, "take", take)

    with pytest.raises(KeyboardInterrupt):
        step(drawn)

    assert files(drawn) == before
    assert not is_laid_down(drawn)


def test_what_is_interrupted_while_it_is_taken_back_is_finished_by_whoever_looks_next(
    drawn, monkeypatch
):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(whole_writes, "create", interrupt)
    monkeypatch.setattr(whole_writes.Step, "take_back", interrupt)
    with pytest.raises(KeyboardInterrupt):
        step(drawn)
    monkeypatch.undo()

    assert is_laid_down(drawn)
    assert "a deposit" in drawn.run("list", "clients").err
    assert (drawn.root / DEAL).exists()
    assert drawn.git("status", "--porcelain", "-uall").strip() == ""


@pytest.mark.parametrize("words", [["due"], ["due", "--json"], ["list", "clients"]], ids=" ".join)
def test_it_is_told_by_the_program_whatever_is_asked(drawn, words):
    killed(drawn, "second")
    done = subprocess.run(
        [sys.executable, "-m", "brokernotes", *words], cwd=drawn.root, check=True,
        env=drawn.environ(BROKERNOTES_LANG="en", BROKERNOTES_NOW="2026-11-21T12:00"),
        capture_output=True, text=True,
    )  # fmt: skip

    assert "it is finished now: a deposit" in done.stderr


@pytest.mark.parametrize("text", ["", "{", "[]", '{"shape": 9}', '{"shape": 1, "changes": [1]}'])
def test_what_no_version_wrote_stops_nothing(drawn, text):
    folder = drawn.root / ".git/brokernotes"
    folder.mkdir(exist_ok=True)
    (folder / PENDING_NAME).write_text(text, encoding="utf-8")

    assert drawn.run("list", "clients").err == ""
    assert not is_laid_down(drawn)

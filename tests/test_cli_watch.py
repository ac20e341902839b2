"""`watch` as its user sees it: what it says, and how it ends."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from brokernotes.cli.app import App
from brokernotes.cli.watch_looking import day_ends
from brokernotes.storage.locking import cache_folder, watch_lock
from tests.transcripts import names
from tests.waiting import SECONDS, until

NOTES = """
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    stage: 在看
    created: 2026-10-01
    next_followup: 2026-11-21
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 聊了很久 ^3ack67k2p
    -- git --
    """
LI = "clients/li.md"


@pytest.mark.parametrize("name", names("watch"))
def test_transcript(transcript, name):
    transcript(name)


# Whoever starts the tests in the background, or with nohup, has these ignored.
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
from brokernotes.__main__ import main
main()
"""


class Running:
    """`brokernotes watch` in a process of its own, read line by line."""

    def __init__(self, drawn, *words):
        self.drawn = drawn
        environ = drawn.environ(
            BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en", BROKERNOTES_STANDBY="off"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "watch", *words], cwd=drawn.root, env=environ,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding="utf-8",
        )  # fmt: skip
        self.lines = queue.Queue()
        self.read = []
        threading.Thread(target=self._pump, daemon=True).start()

    def _pump(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def line(self, part):
        """Wait for a line that holds a text."""
        while True:
            line = self.lines.get(timeout=SECONDS)
            self.read.append(line)
            if part in line:
                return line

    def end(self, how):
        """Send a signal; exit code and standard error."""
        self.process.send_signal(how)
        _, complaint = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, complaint

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


def test_a_problem_is_told_when_it_comes_and_when_it_is_gone(vault):
    drawn = vault(NOTES)
    good = drawn.read(LI)
    with Running(drawn) as watching:
        watching.line("watching, Ctrl-C ends it")
        drawn.write(LI, good.replace("在看", "胡说"))
        came = watching.line("clients/li.md:5:8: error[unknown-value]")
        assert watching.read[-2] == "09:00:00  clients/li.md, 1 new problem"
        assert "胡说" in came
        drawn.write(LI, "\n".join(good.splitlines()) + "\n")
        watching.line("gone: clients/li.md: error[unknown-value]")


def test_it_is_quiet_about_saves_that_change_no_problem(vault):
    drawn = vault(NOTES)
    good = drawn.read(LI)
    with Running(drawn) as watching:
        watching.line("watching")
        drawn.write(LI, good.replace("聊了很久", "聊了"))
        calendar = drawn.root / "calendar" / "followups.ics"
        until(lambda: calendar.exists() and "聊了很久" not in calendar.read_text("utf-8"))
        drawn.write(LI, good.replace("在看", "胡说"))
        watching.line("1 new problem")

    assert len(watching.read) == 2


def test_the_calendar_is_what_ical_writes(vault):
    drawn = vault(NOTES)
    with Running(drawn) as watching:
        watching.line("watching")
        names_ = ("showings.ics", "followups.ics", "greetings.ics")
        until(lambda: all((drawn.root / "calendar" / name).exists() for name in names_))
        watching.end(signal.SIGTERM)
    drawn.run("ical", "-o", str(drawn.home) + "/", now="2026-11-21T09:00")

    for name in names_:
        assert (drawn.root / "calendar" / name).read_bytes() == (drawn.home / name).read_bytes()


def test_a_calendar_that_cannot_be_written_is_told_once_and_holds_nothing_up(vault):
    drawn = vault(NOTES)
    drawn.write("calendar/followups.ics", "somebody's own\n")
    with Running(drawn, "--format", "jsonl") as watching:
        watching.line('"ready"')
        told = json.loads(watching.line('"message"'))
        drawn.write(LI, drawn.read(LI).replace("在看", "胡说"))
        watching.line('"problem"')

    assert "calendar/followups.ics is not a calendar of brokernotes" in told["message"]
    assert drawn.read("calendar/followups.ics") == "somebody's own\n"


def test_several_calendars_are_kept(vault):
    drawn = vault(NOTES)
    with Running(drawn, "-v", "-o", "one.ics", "-o", "out/", "--detail", "minimal") as watching:
        watching.line("one.ics: ")
        watching.line("out/showings.ics: ")
        watching.line("out/followups.ics: ")


def test_rules_that_are_edited_are_read_anew(vault):
    drawn = vault(NOTES)
    with Running(drawn, "--no-ical") as watching:
        watching.line("watching")
        drawn.write("brokernotes.yaml", "format: 1\nlanguage: zh\nstages: nonsense\n")
        watching.line("the rules were edited")
        watching.line("brokernotes.yaml:3:")
    assert not (drawn.root / "calendar").exists()


def test_editors_are_told_by_json(vault):
    drawn = vault(NOTES)
    with Running(drawn, "--format", "jsonl", "--no-ical") as watching:
        ready = json.loads(watching.line('"ready"'))
        assert ready["notes"] == 1
        drawn.write(LI, drawn.read(LI).replace("在看", "胡说"))
        refresh = json.loads(watching.line('"refresh"'))
        problem = json.loads(watching.line('"problem"'))

    assert refresh["modified"] == [LI]
    assert (problem["state"], problem["path"], problem["line"]) == ("new", LI, 5)
    assert problem["code"] == "unknown-value"


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("how", "code"), [("SIGINT", 130), ("SIGTERM", 0), ("SIGHUP", 0)], ids=str)
def test_it_ends_when_it_is_told_to(vault, how, code):
    drawn = vault(NOTES)
    with Running(drawn) as watching:
        watching.line("watching")
        ended, complaint = watching.end(getattr(signal, how))

    assert ended == code
    assert complaint.strip() == ("brokernotes: interrupted" if code else "")
    with watch_lock(cache_folder(str(drawn.root.resolve()), drawn.environ())):
        pass  # nobody holds it any more


def test_the_second_watcher_says_who_watches(vault):
    drawn = vault(NOTES)
    with watch_lock(cache_folder(str(drawn.root.resolve()), drawn.environ())):
        said = drawn.run("watch")

    assert said.exit == 1
    assert said.err == f"brokernotes: this vault is being watched already (process {os.getpid()})\n"


def test_a_vault_that_is_not_there_is_not_waited_for(tmp_path, vault):
    drawn = vault(NOTES)

    assert drawn.run("-C", str(tmp_path), "watch").exit == 3


def test_a_colleague_whom_nobody_knows_is_said_at_once(vault):
    assert vault(NOTES).run("watch", "--agent", "谁").exit == 4


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_a_closed_pipe_ends_it(vault):
    drawn = vault(NOTES)
    readable, writable = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "brokernotes", "watch"], cwd=drawn.root, env=drawn.environ(),
        stdin=subprocess.DEVNULL, stdout=writable, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writable)
    os.read(readable, 1)
    os.close(readable)
    drawn.write(LI, drawn.read(LI).replace("在看", "胡说"))

    assert process.wait(SECONDS) == 0


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-21T09:00", "2026-11-22T00:05"),
        ("2026-11-21T00:04", "2026-11-21T00:05"),
        ("2026-11-21T00:05", "2026-11-22T00:05"),
    ],
)
def test_the_calendar_rolls_over_five_minutes_after_midnight(vault, monkeypatch, now, then):
    drawn = vault(NOTES)
    app = App(drawn.environ())
    app.vault_option = str(drawn.root)
    zone = ZoneInfo("Asia/Shanghai")
    app.now = datetime.fromisoformat(now)

    assert day_ends(app) == datetime.fromisoformat(then).replace(tzinfo=zone).timestamp()
    app.close()


def test_a_clock_that_stands_still_never_rolls_over(vault):
    drawn = vault(NOTES)
    app = App(drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00"))
    app.vault_option = str(drawn.root)

    assert day_ends(app) == float("inf")
    app.close()

"""The process that stands by answers, byte for byte, what a command says that runs by itself."""

import _socket
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from brokernotes.cli import standby, standby_answering, standby_asking
from brokernotes.cli.standby_asking import HERE, SOCKET, YES
from brokernotes.language import catalogue_path
from tests.drawing import DrawnVault
from tests.waiting import SECONDS, until

if sys.platform != "linux":
    pytest.skip("nothing stands by on this system", allow_module_level=True)
from pseudo_terminal import on_terminal

NOW = "2026-11-21T09:00"
STREET = """
    -- agents/wang.md --
    ---
    id: A-WANG22
    type: agent
    title: 王敏
    email: wang@example.com
    ---
    -- clients/李女士.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    stage: 在看
    grade: A
    agent: "[[wang]]"
    districts: [浦东]
    budget_max: 650
    created: 2026-10-01
    next_followup: 2026-11-19
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 说改天再谈 ^3ack67k2p
    - [ ] 2026-11-21 14:00 带看 [[garden]] ^3afq6m4x9
    -- clients/李先生.md --
    ---
    id: C-1BVQKE
    type: client
    title: 李先生 \\x1b[31m
    stage: 在看
    created: 2026-09-01
    ---
    -- listings/garden.md --
    ---
    id: L-9F3DWA
    type: listing
    title: 阳光花园
    status: 在售
    price: 620
    district: 浦东
    created: 2026-10-01
    ---
    -- git --
    """
# Prints what the standby answers; 99: nobody answered.
ASK = """
import sys
from brokernotes.cli import standby_asking
standby_asking.PATIENCE = 30.0  # a busy machine is no failure
code = standby_asking.answered(sys.argv[1:])
sys.exit(99 if code is None else code)
"""
DOCTOR = """
from brokernotes.__main__ import main
from brokernotes.cli import standby_asking
standby_asking.PATIENCE = 30.0
main()
"""
NOBODY = 99


@contextmanager
def standing_by(root, environ, cwd="/"):
    """A process that stands by, as `watch` starts it."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "brokernotes.cli.standby", str(root)],
        env=environ, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            assert process.stdout.readline() == standby.READY
            yield process
        finally:
            process.stdin.close()
            process.wait()


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """A vault, and a process that stands by."""
    drawn = DrawnVault(tmp_path_factory.mktemp("street"))
    drawn.draw(STREET)
    environ = drawn.environ(BROKERNOTES_NOW=NOW)
    with standing_by(drawn.root, environ):
        yield drawn, environ


def asked(drawn, environ, *words, cwd="."):
    """What the standby answers: exit code, output, complaints."""
    return _run([sys.executable, "-c", ASK, *words], drawn.root / cwd, environ)


def cold(drawn, environ, *words, cwd="."):
    """What the command itself says."""
    by_itself = {**environ, standby_asking.SWITCH: "off"}
    return _run([sys.executable, "-m", "brokernotes", *words], drawn.root / cwd, by_itself)


def _run(words, cwd, environ):
    done = subprocess.run(
        words, cwd=cwd, env=environ, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "said",
    [
        "due",
        "due --json --all",
        "--lang en due --explain",
        "list clients",
        "list listings --format csv",
        "list 客源 stage:磋商x",
        "find 花园",
        "find 没有这个",
        "show 李女士",
        "show 李",
        "show 谁也不是",
        "match 李女士",
        "tree clients --by stage",
        "path 阳光花园",
        "--as 王敏 list clients",
        "-C nowhere list clients",
        "list clients --nonsense",
        "list",
    ],
)
def test_the_answer_is_what_the_command_says(street, said):
    answer = asked(*street, *said.split())

    assert answer == cold(*street, *said.split())
    assert answer[0] != NOBODY


@pytest.mark.parametrize(
    "more",
    [
        {"LANG": "en_US.UTF-8", "BROKERNOTES_LANG": "en"},
        {"BROKERNOTES_LANG": "zh"},
        {"TZ": "America/Los_Angeles", "BROKERNOTES_NOW": ""},
        {"BROKERNOTES_NOW": "2026-12-24T08:00"},
        {"BROKERNOTES_AGENT": "王敏"},
        {"FORCE_COLOR": "1", "COLUMNS": "40"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONUNBUFFERED": "1"},
        {"LC_ALL": "C"},
    ],
    ids=repr,
)
def test_the_environment_is_that_of_whoever_asks(street, more):
    drawn, environ = street
    environ = {**environ, **more}
    for words in (["due"], ["list", "clients", "--json"], ["show", "没有"]):
        answer = asked(drawn, environ, *words)

        assert answer == cold(drawn, environ, *words)
        assert answer[0] != NOBODY


def test_folder_and_variables_of_one_answer_are_not_the_next_ones(street):
    drawn, environ = street
    asked(drawn, {**environ, "BROKERNOTES_LANG": "en", "COLUMNS": "30"}, "due", cwd="clients")

    assert asked(drawn, environ, "due", cwd="clients") == cold(drawn, environ, "due")


def test_a_note_saved_a_moment_ago_is_in_the_answer(street):
    drawn, environ = street
    for number in range(3):
        drawn.write("clients/new.md", f"---\nid: C-9F3DWB\ntitle: 新客户{number}\n---\n")

        assert f"新客户{number}" in asked(drawn, environ, "list", "clients")[1].decode()


def test_another_vault_is_answered_for_as_well(street, tmp_path):
    _, environ = street
    other = DrawnVault(tmp_path, language="en")
    other.draw(STREET.replace("李女士", "周小姐"))

    answer = asked(other, environ, "list", "clients")

    assert "周小姐" in answer[1].decode()
    assert answer == cold(other, environ, "list", "clients")


@pytest.mark.parametrize("columns", [60, 120])
def test_on_a_terminal_width_and_colours_are_the_terminals(street, columns):
    drawn, environ = street
    environ = {**environ, "TERM": "xterm-256color"}
    for said in ("list clients", "due", "--color never show 李女士", "show 谁也不是"):
        answer = on_terminal(
            [sys.executable, "-c", ASK, *said.split()], drawn.root, environ, columns
        )
        by_itself = {**environ, standby_asking.SWITCH: "off"}
        itself = [sys.executable, "-m", "brokernotes", *said.split()]

        assert answer == on_terminal(itself, drawn.root, by_itself, columns)


def test_what_needs_the_terminal_itself_is_left_to_the_command(street):
    drawn, environ = street
    for number in range(60):
        drawn.write(f"communities/{number}.md", f"---\ntype: community\ntitle: 小区{number}\n---\n")
    environ = {**environ, "TERM": "xterm", "PAGER": "cat -"}

    said, code = on_terminal(
        [sys.executable, "-c", ASK, "list", "communities"], drawn.root, environ
    )

    assert (said, code) == ("", NOBODY)
    assert asked(drawn, environ, "list", "communities")[0] == 0
    shutil.rmtree(drawn.root / "communities")


def test_a_step_that_was_interrupted_is_finished_where_it_is_told(street):
    drawn, environ = street
    pending = drawn.root / ".git" / "brokernotes" / "pending.json"
    pending.write_text("{}", encoding="utf-8")

    assert asked(drawn, environ, "due")[0] == NOBODY
    pending.unlink()
    assert asked(drawn, environ, "due")[0] == 0


@pytest.mark.parametrize(
    "said",
    [
        "",
        "check",
        "log 李女士 电话",
        "--help",
        "list --help",
        "tree clients --by stage --save",
        "match --all",
        "du",
        "--version",
        "-C list",
        "--agent 王敏",
    ],
)
def test_what_writes_or_is_long_is_not_asked(said):
    assert not standby_asking.is_asked(said.split())


@pytest.mark.parametrize(
    "said", ["due", "due --all", "-C x --lang en list", "--agent=a find x", "--no-pager show x"]
)
def test_what_only_reads_is_asked(said):
    assert standby_asking.is_asked(said.split())


@pytest.mark.parametrize(
    "more",
    [
        {standby_asking.SWITCH: "off"},
        {"PYTHONHASHSEED": "7"},
        {"_BROKERNOTES_COMPLETE": "bash_complete"},
        {"XDG_CACHE_HOME": "/nowhere"},
        {"PYTHONOPTIMIZE": "1"},
    ],
    ids=repr,
)
def test_what_may_be_answered_otherwise_is_not_answered(street, more):
    drawn, environ = street

    assert asked(drawn, {**environ, **more}, "due") == (NOBODY, b"", b"")


def test_another_version_is_not_answered(street):
    drawn, environ = street
    ask = "import brokernotes; brokernotes.__version__ = '9.9'\n" + ASK

    assert _run([sys.executable, "-c", ask, "due"], drawn.root, environ) == (NOBODY, b"", b"")


def test_the_socket_is_for_its_user_alone(street):
    drawn, _ = street
    folder = drawn.home / "caches" / "brokernotes" / "standby"

    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / SOCKET).stat().st_mode & 0o177 == 0


# -- what may be at the other end


@contextmanager
def pretending(caches, say):
    """Somebody who listens in the place of the standby, and says something else."""
    folder = Path(caches) / "brokernotes" / "standby"
    folder.mkdir(parents=True)
    listening = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(folder)
    listening.bind(SOCKET)
    os.chdir(before)
    listening.listen()

    def serve():
        line, _ = listening.accept()
        with line:
            say(line)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield folder
    finally:
        thread.join()
        listening.close()


@pytest.mark.parametrize(
    "say",
    [
        lambda line: None,
        lambda line: line.sendall(HERE),
        lambda line: line.sendall(HERE + b"n"),
        lambda line: line.sendall(HERE + YES + b"\0" + b"\0\0\0\x09\x01\0\0\0\x04ha"),
        lambda line: line.sendall(b"what?"),
    ],
    ids=["leaves", "leaves at work", "says no", "dies in the middle", "speaks otherwise"],
)
def test_nothing_is_printed_of_an_answer_that_does_not_come_whole(tmp_path, say):
    drawn = DrawnVault(tmp_path)
    drawn.draw(STREET)
    environ = drawn.environ(BROKERNOTES_NOW=NOW)
    with pretending(drawn.home / "caches", say):
        assert asked(drawn, environ, "due") == (NOBODY, b"", b"")


def test_an_answer_that_is_there_before_the_question_is_all_sent_is_read(tmp_path, monkeypatch):
    has_answered = threading.Event()

    class Slow(_socket.socket):
        def sendmsg(self, *told):
            sent = super().sendmsg(*told)
            assert has_answered.wait(SECONDS)
            return sent

    def say(line):
        line.recv(1 << 16)
        line.sendall(HERE + YES + b"\3" + bytes(4))
        line.close()
        has_answered.set()

    monkeypatch.setattr("_socket.socket", Slow)
    with pretending(tmp_path / "caches", say) as folder:
        assert standby_asking._ask(str(folder), b"due") == (3, [])


def test_a_socket_that_nobody_listens_at_is_no_hindrance(tmp_path):
    drawn = DrawnVault(tmp_path)
    drawn.draw(STREET)
    environ = drawn.environ(BROKERNOTES_NOW=NOW)
    with pretending(drawn.home / "caches", lambda line: None) as folder:
        asked(drawn, environ, "due")

    assert (folder / SOCKET).exists()
    assert asked(drawn, environ, "due") == (NOBODY, b"", b"")
    with standing_by(drawn.root, environ):
        assert asked(drawn, environ, "due")[0] == 0


def test_nothing_is_told_to_another_users_process(tmp_path):
    drawn = DrawnVault(tmp_path)
    drawn.draw(STREET)
    heard = []
    ask = (
        "from brokernotes.cli import standby_asking as s\n"
        "s.peer_of = lambda line: (1, 12345, 12345)\n" + ASK
    )
    with pretending(drawn.home / "caches", lambda line: heard.append(line.recv(1))):
        done = _run([sys.executable, "-c", ask, "due"], drawn.root, drawn.environ())

    assert done == (NOBODY, b"", b"")
    assert heard == [b""]


def test_another_users_question_is_not_answered(monkeypatch):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert standby_answering.is_ours(ours)
        monkeypatch.setattr(standby_answering, "peer_of", lambda line: (1, 12345, os.getegid()))
        standby_answering.answer(ours)
        ours.close()

        assert theirs.recv(1) == b""


# -- where it is printed


@pytest.mark.parametrize("said", ["due", "--lang zh due", "list clients", "--lang en find 花园"])
def test_what_cannot_be_printed_is_said_as_the_command_says_it(street, said):
    drawn, environ = street
    ways = []
    for more in ({}, {standby_asking.SWITCH: "off"}):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "brokernotes", *said.split()],
                cwd=drawn.root, env={**environ, **more}, stdin=subprocess.DEVNULL,
                stdout=full, stderr=subprocess.PIPE, check=False,
            )  # fmt: skip
        ways.append((done.returncode, done.stderr))

    assert ways[0] == ways[1]
    assert ways[0][0] == 74


@pytest.mark.parametrize("said", ["match 李女士", "list clients -n 1", "tree clients", "due -n 1"])
def test_where_both_streams_are_one_what_is_said_stands_in_the_same_order(street, said):
    drawn, environ = street
    off = {**environ, standby_asking.SWITCH: "off"}
    answer, itself = (
        subprocess.run(
            [sys.executable, *words, *said.split()], cwd=drawn.root, env=env, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for words, env in ((["-c", ASK], environ), (["-m", "brokernotes"], off))
    )  # fmt: skip

    assert (answer.returncode, answer.stdout) == (itself.returncode, itself.stdout)


def test_a_reader_who_leaves_is_no_failure(street):
    drawn, environ = street
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "brokernotes", "due"], cwd=drawn.root, env=environ,
            stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")


# -- what doctor says


def health(drawn, environ):
    _, out, _ = _run([sys.executable, "-c", DOCTOR, "doctor", "--json"], drawn.root, environ)
    return {one["code"]: one["level"] for one in json.loads(out) if "standby" in one["code"]}


def test_doctor_says_whether_commands_are_answered(street, tmp_path):
    other = DrawnVault(tmp_path)
    other.draw(STREET)

    assert health(*street) == {"standby": "ok"}
    assert health(other, other.environ()) == {}
    with pretending(other.home / "caches", lambda line: line.sendall(HERE + b"n")):
        assert health(other, other.environ()) == {"standby-other": "note"}
    assert health(other, other.environ()) == {}


# -- its life


def test_it_ends_with_the_process_that_started_it(tmp_path):
    drawn = DrawnVault(tmp_path)
    drawn.draw(STREET)
    environ = drawn.environ(BROKERNOTES_NOW=NOW)
    with standing_by(drawn.root, environ) as process:
        process.stdin.close()

        assert process.wait() == 0
        assert not (drawn.home / "caches" / "brokernotes" / "standby" / SOCKET).exists()
        assert asked(drawn, environ, "due")[0] == NOBODY


def test_a_child_that_was_killed_is_followed_by_another(tmp_path):
    drawn = DrawnVault(tmp_path)
    drawn.draw(STREET)
    environ = drawn.environ(BROKERNOTES_NOW=NOW)
    with standing_by(drawn.root, environ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            pytest.skip("this system does not tell whose children processes are")
        until(children.read_text, "the child")
        os.kill(int(children.read_text().split()[0]), signal.SIGKILL)

        assert [asked(drawn, environ, "due")[0] for _ in range(3)] == [0, 0, 0]


def test_a_second_one_waits_for_the_place(street):
    drawn, environ = street
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "brokernotes.cli.standby", str(drawn.root)],
        env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as second:  # fmt: skip
        second.stdin.close()

        assert second.wait() == 0
        assert second.stdout.read() == b""
    assert asked(drawn, environ, "due")[0] == 0


def test_code_that_changed_on_the_disk_is_noticed(tmp_path):
    place = tmp_path / "module.py"
    place.write_text("", encoding="utf-8")
    before = {str(place): standby._stamp(str(place))}

    assert standby.is_same_code(before)
    place.write_text("pass", encoding="utf-8")
    assert not standby.is_same_code(before)
    place.unlink()
    assert not standby.is_same_code(before)


def test_files_younger_than_the_process_may_have_changed_after_they_were_loaded(tmp_path):
    place = tmp_path / "module.py"
    place.write_text("", encoding="utf-8")
    stamps = {str(place): standby._stamp(str(place))}
    changed = place.stat().st_ctime_ns

    assert not standby._is_settled(stamps, changed + 1)
    assert standby._is_settled(stamps, changed + 3_000_000_000)


def test_a_child_owns_its_memory_and_says_where_it_cannot():
    code = (
        "import resource\n"
        "from brokernotes.cli.standby import own_memory\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "print(own_memory(), resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout
    release = tuple(map(int, os.uname().release.split("-")[0].split(".")[:2]))

    assert told.split()[0] == str(release >= (5, 14))


def test_what_is_loaded_is_stamped():
    found = standby.stamps_of_code()

    assert standby.__file__ in found
    assert catalogue_path("zh") in found
    assert not any(path.endswith("/os.py") for path in found)


@pytest.mark.slow
def test_after_an_upgrade_it_begins_anew_and_nothing_old_is_answered(tmp_path):
    drawn = DrawnVault(tmp_path)
    drawn.draw(STREET)
    package = Path(standby.__file__).parents[1]
    site = tmp_path / "site"
    shutil.copytree(package, site / "brokernotes")
    environ = drawn.environ(BROKERNOTES_NOW=NOW, PYTHONPATH=str(site))
    with standing_by(drawn.root, environ) as process:
        assert asked(drawn, environ, "due")[0] == 0
        init = site / "brokernotes" / "__init__.py"
        init.write_text(init.read_text("utf-8").replace('"0.', '"7.'), "utf-8")

        assert asked(drawn, environ, "due") == (NOBODY, b"", b"")
        assert process.stdout.readline() == standby.READY
        assert asked(drawn, environ, "due")[0] == 0

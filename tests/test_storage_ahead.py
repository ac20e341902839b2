"""Looks taken by real copies of real processes; a test runner has threads, which forbid them."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    not hasattr(__import__("os"), "sched_getaffinity"), reason="this system does not fork well"
)
NOTES = """
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    created: 2026-10-01
    ---
    """
# What is one core here is taken for two, and any vault for a big one.
BEGUN = """
import os, sys
from brokernotes.storage import ahead
os.sched_getaffinity = lambda _: {0, 1}
ahead.WORTH = 0
root = sys.argv[1]

def looked():
    "Until the copy has told everything and ended; its last words wait in the pipe."
    os.waitid(os.P_PID, ahead._Ahead.process, os.WEXITED | os.WNOWAIT)

def refresh():
    from datetime import date
    from brokernotes.joint import open_vault
    vault = open_vault(root, os.environ)
    found = vault.refresh(date(2026, 11, 21))
    titles = [title for (title,) in vault.index.db.execute("SELECT title FROM note ORDER BY 1")]
    vault.close()
    return found, titles

def settle():
    "Refresh until no file is too young to be sure of."
    from brokernotes.joint import open_vault
    for _ in range(500):
        refresh()
        vault = open_vault(root, os.environ)
        racy = vault.index.meta("racy")
        vault.close()
        if not racy:
            return
    raise AssertionError("the notes stay young")
"""


def run(drawn, script):
    done = subprocess.run(
        [sys.executable, "-c", BEGUN + script, str(drawn.root)],
        env=drawn.environ(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_what_was_seen_ahead_is_what_a_look_finds(vault):
    drawn = vault(NOTES)
    (drawn.root / "plan.pdf").write_bytes(b"")

    assert (
        run(
            drawn,
            """
from brokernotes.storage.walking import scan
ahead.begin(root)
found, again = ahead.seen(root), scan(root)
assert found.folders == again.folders and found.folders, found
assert found.others == again.others == ["brokernotes.yaml", "plan.pdf"], found
assert ahead.seen(root) is None
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nobody is left")
""",
        )
        == "nobody is left\n"
    )


def test_while_nothing_changed_the_process_itself_looks_at_nothing(vault):
    assert (
        run(
            vault(NOTES),
            """
settle()
ahead.begin(root)
from brokernotes.storage import last_look
def scan(root):
    raise AssertionError("looked twice")
last_look.scan = scan
print(refresh()[0].is_unchanged)
""",
        )
        == "True\n"
    )


def test_what_was_saved_before_the_command_is_seen(vault):
    drawn = vault(NOTES)

    assert (
        run(
            drawn,
            """
settle()
from pathlib import Path
note = Path(root, "clients", "li.md")
note.write_text(note.read_text("utf-8").replace("李女士", "李太太"), "utf-8")
ahead.begin(root)
found, titles = refresh()
print(found.modified, titles)
""",
        )
        == "['clients/li.md'] ['李太太']\n"
    )


def test_what_another_process_took_over_since_the_look_is_kept(vault):
    assert (
        run(
            vault(NOTES),
            """
settle()
ahead.begin(root)
looked()
from pathlib import Path
note = Path(root, "clients", "li.md")
text = note.read_text("utf-8").replace("李女士", "王先生").replace("C-7K2PQM", "C-9F3DWA")
Path(root, "clients", "wang.md").write_text(text, "utf-8")
import subprocess
subprocess.run([sys.executable, "-m", "brokernotes", "-C", root, "index"], check=True,
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(refresh()[1])
""",
        )
        == "['李女士', '王先生']\n"
    )


@pytest.mark.parametrize(
    "trouble",
    ["os.kill(ahead._Ahead.process, 9)", "root += '/clients/..'; sys.argv[1] = '/'"],
    ids=["killed", "other root"],
)
def test_a_look_that_is_lost_or_of_another_vault_is_done_without(vault, trouble):
    drawn = vault(NOTES)

    told = run(
        drawn,
        f"""
ahead.begin(root)
{trouble}
print(ahead.seen(sys.argv[1]), refresh()[1])
""",
    )
    assert told == "None ['李女士']\n"


def test_where_something_is_odd_the_command_looks_itself(vault):
    drawn = vault(NOTES)
    (drawn.root / "clients" / "elsewhere.md").symlink_to("/etc/hostname")

    assert run(drawn, "ahead.begin(root); print(ahead.seen(root))") == "None\n"


@pytest.mark.parametrize(
    "reason",
    [
        "ahead.WORTH = 10**9",
        "os.sched_getaffinity = lambda _: {0}",
        "import threading",
        "sys.platform = 'darwin'",
        "root = '/nowhere/at/all'",
        "os.fork = lambda: (_ for _ in ()).throw(OSError('no more'))",
    ],
)
def test_no_copy_is_made_where_it_would_not_help_or_not_be_safe(vault, reason):
    assert (
        run(
            vault(NOTES),
            f"""
{reason}
before = os.listdir("/proc/self/fd")
ahead.begin(root)
assert os.listdir("/proc/self/fd") == before
print(ahead.seen(root))
""",
        )
        == "None\n"
    )


def test_whoever_reads_the_output_does_not_wait_for_the_copy(vault):
    """The copy would hold the stream open: here it hangs, and the output ends all the same."""
    drawn = vault(NOTES)

    assert (
        run(
            drawn,
            """
import subprocess
script = '''
import os, sys
from brokernotes.storage import ahead, walking
os.sched_getaffinity = lambda _: {0, 1}
ahead.WORTH = 0
import select
waits, ends = os.pipe()
def scan(root):
    select.select([waits], [], [], 30)
walking.scan = scan
ahead.begin(sys.argv[1])
print("said", flush=True)
os._exit(0)
'''
print(subprocess.run([sys.executable, "-c", script, root], capture_output=True, text=True,
                     timeout=20).stdout)
""",
        )
        == "said\n\n"
    )

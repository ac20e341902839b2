"""What the commands of every minute may load, since loading is most of what they cost."""

import json
import sqlite3
import subprocess
import sys

import pytest

NOTES = """
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    stage: 在看
    created: 2026-10-01
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 聊了很久 ^3ack67k2p
    -- listings/garden.md --
    ---
    id: L-9F3DWA
    type: listing
    title: 阳光花园
    status: 在售
    created: 2026-10-01
    ---
    """
# Each costs more than a look at a thousand notes.
HEAVY = {
    "asyncio", "concurrent", "email", "frontmatter", "http", "icalendar", "importlib.metadata",
    "logging", "multiprocessing", "openpyxl", "pdb", "socket", "ssl", "subprocess", "tempfile",
    "unittest", "urllib.request", "watchdog", "xml", "yaml",
}  # fmt: skip
# What reads and checks notes, which nothing needs while nothing changed; and all of OpenSSL.
READING = {
    "_hashlib", "brokernotes.features.contacts", "brokernotes.model.problems.kinds",
    "brokernotes.model.records", "brokernotes.features.checking",
    "brokernotes.features.followups", "brokernotes.notes.logbook", "brokernotes.notes.note",
    "brokernotes.storage.drafts", "brokernotes.storage.filling",
    "brokernotes.storage.git_commit", "brokernotes.storage.updating",
}  # fmt: skip
RUN = """
import sys
sys.argv[0] = "brokernotes"
from brokernotes.__main__ import run
try:
    run()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


def loaded(words, environ=None, cwd=None):
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], env=environ, cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stderr
    return set(done.stderr.split())


def test_the_version_loads_nothing():
    found = loaded(["--version"])

    assert {name for name in found if name.startswith("brokernotes")} == {
        "brokernotes", "brokernotes.__main__",
    }  # fmt: skip
    assert not found & {"click", "typing", "re", "enum", "dataclasses"}


def test_the_version_is_told_as_text_and_as_json():
    for words, told in (([], "brokernotes 0"), (["--json"], '{"version"')):
        done = subprocess.run(
            [sys.executable, "-m", "brokernotes", "--version", *words],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.startswith(told)
        assert done.stderr == ""
    assert json.loads(done.stdout)["schema"] >= 1


def test_help_loads_no_command(vault):
    drawn = vault(NOTES)
    found = loaded(["--help"], drawn.environ(), drawn.root)

    assert not found & HEAVY
    assert not found & READING
    assert not {name for name in found if name.startswith("brokernotes.features")}
    assert "brokernotes.cli.due" not in found


@pytest.mark.parametrize(
    "words",
    [
        ["due"],
        ["due", "--json"],
        ["due", "阶段:在看", "or", "价格>300万"],
        ["list", "clients"],
        ["list", "listings", "--json"],
        ["list", "客源", "建档>-60d", "agent:none", "-电梯", "--explain", "--sort", "-预算"],
        ["tree", "listings", "状态:在售"],
        ["tree", "listings", "--by", "prime,tax,age"],
        ["list", "listings", "--hot"],
        ["report", "swap-routes"],
        ["report", "sources", "--json"],
        ["index"],
        ["path", "C-7K2PQM"],
    ],
    ids=" ".join,
)
def test_a_command_loads_no_reader_while_nothing_changed(vault, words):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    drawn.run(*words, now="2026-11-21T09:00")
    drawn.run("index", "--rebuild", now="2026-11-21T09:00")
    age(drawn)
    found = loaded(words, environ, drawn.root)

    assert found & HEAVY == set()
    assert found & READING == set()


def test_a_list_without_a_query_loads_no_query_reader(vault):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    drawn.run("index", now="2026-11-21T09:00")
    for words in (["list", "clients"], ["due"]):
        found = loaded(words, environ, drawn.root)
        assert not found & {
            "brokernotes.cli.pager", "brokernotes.features.query_reading",
            "brokernotes.features.query_sentences", "brokernotes.model.periods",
            "brokernotes.model.query_parsing",
        }  # fmt: skip


@pytest.mark.parametrize("words", [["due"], ["due", "--json", "-n", "5"]], ids=" ".join)
def test_due_is_answered_without_click(vault, words):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    drawn.run(*words, now="2026-11-21T09:00")
    age(drawn)
    found = loaded(words, environ, drawn.root)

    assert not found & HEAVY
    assert not found & READING
    assert not found & {"click", "shutil", "hashlib", "uuid", "threading", "csv"}
    # Records are made without `dataclasses`, sentences looked up without `gettext`.
    assert not found & {"dataclasses", "inspect", "gettext", "locale", "calendar", "shlex"}
    assert "brokernotes.cli.main" not in found
    assert {name for name in found if name.startswith("brokernotes.cli.")} == {
        "brokernotes.cli.app", "brokernotes.cli.console", "brokernotes.cli.due_telling",
        "brokernotes.cli.looking_ahead", "brokernotes.cli.plain",
        "brokernotes.cli.standby_asking", "brokernotes.cli.width",
        # What to say is remembered; a table has no room for it.
        *(["brokernotes.cli.briefing"] if "--json" in words else []),
    }  # fmt: skip
    assert not {name for name in found if name.startswith("brokernotes.features.matching")}
    assert not {name for name in found if name.startswith("brokernotes.model.query")}
    # The field table and the words stand behind a digest that is remembered.
    assert not found & {"brokernotes.model.fields", "brokernotes.model.layouts"}


@pytest.mark.parametrize(
    "words", [["find", "电话"], ["find", "阳光", "--json", "-n", "5"]], ids=" ".join
)
def test_find_is_answered_without_click(vault, words):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    drawn.run(*words, now="2026-11-21T09:00")
    age(drawn)
    found = loaded(words, environ, drawn.root)

    assert not found & (HEAVY | READING)
    assert not found & {"click", "shutil", "hashlib", "uuid", "threading", "csv", "dataclasses"}
    assert {name for name in found if name.startswith("brokernotes.cli.")} == {
        "brokernotes.cli.app", "brokernotes.cli.console", "brokernotes.cli.find_telling",
        "brokernotes.cli.looking_ahead", "brokernotes.cli.plain",
        "brokernotes.cli.standby_asking", "brokernotes.cli.width",
    }  # fmt: skip
    assert {name for name in found if name.startswith("brokernotes.features.")} == {
        "brokernotes.features.finding"
    }
    assert not found & {"brokernotes.model.fields", "brokernotes.model.layouts"}


def test_a_list_takes_no_catalogue_apart_for_what_click_says(vault):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="zh")
    drawn.run("index", now="2026-11-21T09:00")
    age(drawn)
    for words in (
        ["-C", str(drawn.root), "list", "clients", "-n", "5"],
        ["find", "电话", "-n", "5"],
    ):
        found = loaded(words, environ, drawn.root)
        assert not found & {"locale", "difflib", "shutil"}, words


def test_check_loads_no_reader_while_nothing_changed(vault):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    drawn.run("check", now="2026-11-21T09:00")
    age(drawn)
    found = loaded(["check", "--json"], environ, drawn.root)

    assert not found & HEAVY
    assert not {name for name in found if "git_history" in name or name.endswith(".revisions")}
    assert not found & {"brokernotes.storage.filling", "brokernotes.storage.updating"}


def test_check_tries_no_mend_twice(vault):
    drawn = vault(
        NOTES
        + """
    -- clients/odd.md --
    ---
    阶段: 在看
    created: 2026-10-01
    ---
    """
    )
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    assert "`--fix` mends 2" in drawn.run("check", now="2026-11-21T09:00").err
    age(drawn)
    drawn.run("check", now="2026-11-21T09:00")
    found = loaded(["check"], environ, drawn.root)

    assert not found & HEAVY
    assert "brokernotes.mends" in found
    assert not {name for name in found if name.startswith("brokernotes.features.mending")}


def age(drawn):
    """Refresh until no file is young any more, as it is a moment later in life."""
    for _ in range(200):
        drawn.run("index", now="2026-11-21T09:00")
        if not racy(drawn):
            return
    raise AssertionError("the notes stay young")


def racy(drawn):
    (path,) = drawn.home.glob("caches/brokernotes/*/index.sqlite")
    db = sqlite3.connect(path)
    (names,) = db.execute("SELECT value FROM meta WHERE key = 'racy'").fetchone()
    db.close()
    return names


def test_a_changed_note_is_taken_over_without_what_only_big_vaults_need(vault):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    drawn.run("index", now="2026-11-21T09:00")
    note = next(drawn.root.glob("*/*.md"))
    note.write_text(note.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    found = loaded(["index"], environ, drawn.root)

    assert "brokernotes.storage.updating" in found
    assert not found & {"brokernotes.storage.sharing", "pickle", "tempfile", "yaml"}


def test_working_days_are_loaded_only_where_a_deal_has_an_office_to_go_to(vault):
    drawn = vault(NOTES)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T09:00", BROKERNOTES_LANG="en")
    deal = (
        "---\nid: D-4T8RKN\ntype: deal\nlisting: '[[garden]]'\nbuyer: '[[li]]'\nstage: 履约\n"
        "signed_on: 2026-09-05\ntransfer_on: 2026-11-27\n---\n"
    )
    libraries = {"chinese_calendar", "holidays"}

    assert not loaded(["check"], environ, drawn.root) & libraries
    (drawn.root / "deals").mkdir()
    (drawn.root / "deals" / "sale.md").write_text(deal, "utf-8")
    assert loaded(["check"], environ, drawn.root) & libraries == {"chinese_calendar"}
    assert not loaded(["check"], environ, drawn.root) & libraries
    assert not loaded(["due"], environ, drawn.root) & libraries

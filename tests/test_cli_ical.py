import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from brokernotes.features.calendar_blocks import read_blocks
from brokernotes.features.calendar_lint import lint
from tests.calendar_notes import SMALL
from tests.drawing import NOW, DrawnVault
from tests.transcripts import names

ROOT = Path(__file__).parent.parent
FILES = ("showings.ics", "followups.ics", "greetings.ics")
TOMORROW = "2026-11-22T09:00"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> DrawnVault:
    """The invented brokerage on the day it was written for; its notes are not changed."""
    drawn = DrawnVault(tmp_path_factory.mktemp("demo"))
    shutil.copytree(ROOT / "vault", drawn.root, dirs_exist_ok=True)
    return drawn


def starts(data):
    """DTSTART by UID."""
    blocks = {key: one.block or b"" for key, one in read_blocks(data).items()}
    return {key: re.findall(rb"DTSTART[^:]*:(\S+)", block)[0] for key, block in blocks.items()}


def calendars(drawn, folder="calendar"):
    return {name: (drawn.root / folder / name).read_bytes() for name in FILES}


# -- the three files


def test_three_calendars_are_written_and_nothing_is_wrong_with_them(demo) -> None:
    result = demo.run("ical", "-o", "three/")

    assert result.exit == 0, result.err
    written = calendars(demo, "three")
    assert not [found for data in written.values() for found in lint(data)]
    assert starts(written["showings.ics"])
    assert starts(written["followups.ics"])
    assert starts(written["greetings.ics"])


def test_the_default_is_a_folder_that_git_ignores(vault) -> None:
    drawn = vault(SMALL)
    drawn.run("ical")

    assert calendars(drawn).keys() == set(FILES)
    from brokernotes.features.obsidian import GENERATED

    assert "calendar/" in GENERATED


def test_a_small_vault_gives_a_golden_file(vault, golden) -> None:
    out = vault(SMALL).run("ical", "-o", "-", "--agent", "王敏", "--detail", "full").out

    golden("calendar-vault.ics", out.encode())


def test_today_is_what_due_shows(demo) -> None:
    now = "2026-11-21T23:59"  # when everything of today is due
    due = json.loads(demo.run("due", "--json", now=now).out)
    data = demo.run("ical", "-o", "-", now=now).out.encode()
    today = [key for key, start in starts(data).items() if start.startswith(b"20261121")]
    from brokernotes.features.calendar import uid

    morning = json.loads(demo.run("due", "--json", now="2026-11-21T08:00").out)
    reasons = [reason for row in morning for reason in row["reasons"]]
    told = {uid(one["key"]) for one in reasons if one["kind"] == "confirm_showing"}
    assert {uid(row["key"]) for row in due} | told == set(today)  # of a day, whatever the hour


def test_a_person_s_calendar_holds_less_than_everybody_s(demo) -> None:
    everybody = json.loads(demo.run("ical", "-o", "e.ics", "--json").out)
    one = json.loads(demo.run("ical", "-o", "o.ics", "--agent", "李航", "--json").out)

    assert 0 < one[0]["items"] < everybody[0]["items"]
    assert "NAME:Brokerage (李航)\r\n" in (demo.root / "o.ics").read_bytes().decode()
    assert "NAME:Brokerage\r\n" in (demo.root / "e.ics").read_bytes().decode()


def test_who_i_am_is_known_from_git(vault) -> None:
    drawn = vault(SMALL)
    drawn.draw("-- git --\n")

    assert "X-WR-CALNAME:Brokerage (王敏)\r\n" in drawn.run("ical", "-o", "-").out


# -- the same bytes


def test_the_same_day_gives_the_same_bytes_and_touches_nothing(demo) -> None:
    demo.run("ical", "-o", "same/", now="2026-11-21T06:10")
    before = calendars(demo, "same")
    for path in (demo.root / "same").iterdir():
        os.utime(path, ns=(1, 1))

    result = demo.run("ical", "-o", "same/", now="2026-11-21T23:50")

    assert calendars(demo, "same") == before
    assert {path.stat().st_mtime_ns for path in (demo.root / "same").iterdir()} == {1}
    assert result.out.count("unchanged") == 3


def test_on_the_days_after_what_did_not_move_is_byte_identical(demo) -> None:
    before = b""
    for day in range(21, 31):
        demo.run("ical", "-o", "days.ics", now=f"2026-11-{day}T09:00")
        after = (demo.root / "days.ics").read_bytes()
        was, now = starts(before), starts(after)
        kept = [key for key in was.keys() & now.keys() if was[key] == now[key]]
        assert day == 21 or kept
        assert all(read_blocks(before)[key] == read_blocks(after)[key] for key in kept)
        assert b"20261121" not in b"".join(now.values()) or day == 21
        before = after


def test_bytes_depend_neither_on_hash_seed_nor_zone_of_the_machine_nor_order_on_the_disk(
    demo, tmp_path
) -> None:
    def written(seed, zone, root):
        code = "import sys; from brokernotes.cli.main import main; main(sys.argv[1:])"
        own = tmp_path / f"own{seed}"
        environ = demo.environ(
            PYTHONHASHSEED=seed,
            PYTHONPATH=str(ROOT),
            XDG_CACHE_HOME=str(own / "cache"),
            BROKERNOTES_NOW="2026-11-20T20:00:00Z",  # the 21st where the brokerage is
            TZ=zone,
        )
        where = ["-o", str(own / "one.ics"), "--vdir", str(own / "vdir"), "--detail", "full"]
        subprocess.run(
            [sys.executable, "-c", code, "-C", str(root), "ical", *where], env=environ, check=True,
            capture_output=True,
        )  # fmt: skip
        items = {path.name: path.read_bytes() for path in (own / "vdir").iterdir()}
        return (own / "one.ics").read_bytes(), items

    other = tmp_path / "other" / demo.root.name
    notes = sorted(path for path in (ROOT / "vault").rglob("*") if path.is_file())
    for path in reversed(notes):
        target = other / path.relative_to(ROOT / "vault")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)

    first = written("1", "Asia/Shanghai", demo.root)
    assert b"DTSTART;VALUE=DATE:20261121" in first[0]
    assert len(first[1]) > 50
    for seed, zone in (("2", "Pacific/Auckland"), ("3", "America/Phoenix"), ("4", "UTC")):
        assert written(seed, zone, other) == first


def test_nothing_changed_needs_no_icalendar(vault) -> None:
    drawn = vault(SMALL)
    drawn.run("ical")
    code = (
        "import sys; from brokernotes.cli.main import run; from brokernotes.cli.app import App; "
        "import os; code = run(App(os.environ), sys.argv[1:]); "
        "sys.exit(code or 9 * ('icalendar' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(drawn.root), "ical"],
        env=drawn.environ(PYTHONPATH=str(ROOT), BROKERNOTES_NOW=NOW, BROKERNOTES_LANG="en"),
        capture_output=True,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"unchanged") == 3


# -- what is told


def test_phones_are_masked_unless_asked_for(vault) -> None:
    drawn = vault(SMALL)

    assert "13800138000" not in drawn.run("ical", "-o", "-").out
    assert "138****8000" in drawn.run("ical", "-o", "-").out
    assert "13800138000" in drawn.run("ical", "-o", "-", "--reveal").out


def test_minimal_holds_no_word_of_the_notes(vault) -> None:
    out = vault(SMALL).run("ical", "-o", "-", "--detail", "minimal").out

    assert "SUMMARY:Showing 14:30 李女士\r\n" in out
    assert "婆婆" not in out
    assert "obsidian" not in out
    assert "138" not in out


def test_overdue_items_say_their_true_date(vault) -> None:
    out = vault(SMALL).run("ical", "-o", "-").out.replace("\r\n ", "")

    assert re.search("DTSTART;VALUE=DATE:20261121\r\n(?:.*\r\n)*?DESCRIPTION:.*2026-11-20", out)


def test_the_rules_may_keep_overdue_items_where_they_were(vault) -> None:
    drawn = vault(SMALL)
    drawn.write("brokernotes.yaml", "format: 1\ncalendar: {overdue: keep}\n")

    assert "DTSTART;VALUE=DATE:20261120" in drawn.run("ical", "-o", "-").out


def test_a_note_that_has_no_id_has_its_item(vault) -> None:
    drawn = vault("""
        -- clients/noone.md --
        ---
        type: client
        salutation: 无名
        created: 2026-11-20
        ---
        ## 跟进记录
        - [ ] 2026-11-24 15:00 带看 随便看看
        """)
    out = drawn.run("ical", "-o", "-").out

    assert "SUMMARY:Showing 15:00 无名\r\n" in out


# -- where it goes


def test_one_file_holds_all_and_a_calendar_may_be_chosen(vault) -> None:
    drawn = vault(SMALL)
    (everything,) = json.loads(drawn.run("ical", "-o", "all.ics", "--json").out)
    (some,) = json.loads(
        drawn.run("ical", "-o", "some.ics", "--calendar", "showings", "--json").out
    )

    assert everything == {
        "path": "all.ics",
        "calendar": "all",
        "items": everything["items"],
        "added": everything["items"],
        "updated": 0,
        "removed": 0,
        "changed": True,
    }
    assert (some["calendar"], some["items"]) == ("showings", 3)


def test_a_folder_that_is_there_needs_no_slash(vault) -> None:
    drawn = vault(SMALL)
    (drawn.root / "out").mkdir()
    drawn.run("ical", "-o", "out", "--calendar", "followups")

    assert [path.name for path in (drawn.root / "out").iterdir()] == ["followups.ics"]


def test_what_changed_is_counted(vault) -> None:
    drawn = vault(SMALL)
    drawn.run("ical", "-o", "x.ics")
    note = drawn.read("clients/li.md")
    drawn.write("clients/li.md", note.replace("11-23 14:30", "11-24 16:00"))

    assert "3 changed" in drawn.run("ical", "-o", "x.ics").out
    drawn.write("clients/li.md", note[: note.index("- [ ]")])
    assert "3 gone" in drawn.run("ical", "-o", "x.ics").out


def test_a_dry_run_shows_the_diff_and_writes_nothing(vault) -> None:
    drawn = vault(SMALL)
    result = drawn.run("ical", "--dry-run")

    assert "+++ b/calendar/showings.ics" in result.out
    assert "+SUMMARY:Showing 14:30 李女士" in result.out
    assert not (drawn.root / "calendar").exists()


def test_a_folder_that_may_not_be_written_is_said_with_its_code(vault) -> None:
    drawn = vault(SMALL)
    drawn.write("file", "")

    assert drawn.run("ical", "-o", "file/x.ics").exit == 74


def test_a_file_that_may_not_be_written_is_named_where_it_lies(vault, tmp_path) -> None:
    drawn = vault(SMALL)
    drawn.run("ical", "-o", str(tmp_path / "web" / "it.ics"))
    path = tmp_path / "web" / "it.ics"
    path.chmod(0o444)
    said = drawn.run("ical", "-o", str(path), "--detail", "minimal")

    assert said.exit == 74
    assert f"cannot write {path}" in said.err


FOREIGN = "BEGIN:VCALENDAR\r\nPRODID:-//else//\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize("mine", ["---\nid: C-9F3DWA\n---\n", FOREIGN + "END:VCALENDAR\r\n"])
def test_a_file_that_is_no_calendar_of_ours_is_left_alone(vault, mine) -> None:
    drawn = vault(SMALL)
    drawn.write("mine.ics", mine)
    result = drawn.run("ical", "-o", "mine.ics")

    assert result.exit == 1
    assert "mine.ics is not a calendar of brokernotes" in result.err
    assert (drawn.root / "mine.ics").read_bytes() == mine.encode()


def test_a_calendar_of_ours_is_known_however_it_came_down(vault) -> None:
    drawn = vault(SMALL)
    drawn.run("ical", "-o", "x.ics")
    whole = (drawn.root / "x.ics").read_bytes()
    for left in (b"", whole[:150], whole[:2000], whole.replace(b"//brokernotes//", b"//khal//")):
        (drawn.root / "x.ics").write_bytes(left)

        assert drawn.run("ical", "-o", "x.ics").exit == 0
        assert starts((drawn.root / "x.ics").read_bytes()) == starts(whole)


def test_a_link_in_place_of_the_vault_s_folder_is_refused(vault, tmp_path) -> None:
    drawn = vault(SMALL)
    (tmp_path / "elsewhere").mkdir()
    (drawn.root / "calendar").symlink_to(tmp_path / "elsewhere")

    assert drawn.run("ical").exit == 1
    assert not list((tmp_path / "elsewhere").iterdir())


# -- a file an item


@pytest.mark.parametrize(
    "words",
    [("ical", "-o", ""), ("ical", "--vdir", " "), ("watch", "--once", "-o", "")],
    ids=lambda words: words[-2],
)
def test_an_empty_variable_of_a_script_is_no_place_to_write(vault, words) -> None:
    drawn = vault(SMALL)
    before = sorted(drawn.root.rglob("*"))
    said = drawn.run(*words)

    assert (said.exit, said.out) == (2, "")
    assert "names no file and no folder" in said.err
    assert sorted(drawn.root.rglob("*")) == before


def test_a_vdir_has_a_file_for_each_item(demo, tmp_path) -> None:
    folder = tmp_path / "vdir"
    (told,) = json.loads(demo.run("ical", "--vdir", str(folder), "--json").out)
    names_ = sorted(path.name for path in folder.iterdir())
    whole = read_blocks(demo.run("ical", "-o", "-").out.encode())

    assert told["items"] == len(names_) == len(whole)
    assert names_ == sorted(f"{key}.ics" for key in whole)
    for path in folder.iterdir():
        assert not lint(path.read_bytes())
        assert read_blocks(path.read_bytes())[path.stem] == whole[path.stem]


def test_a_vdir_touches_only_what_moved(demo, tmp_path) -> None:
    folder = tmp_path / "vdir"
    demo.run("ical", "--vdir", str(folder))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        os.utime(path, ns=(1, 1))

    again = demo.run("ical", "--vdir", str(folder))
    assert "unchanged" in again.out
    demo.run("ical", "--vdir", str(folder), now=TOMORROW)

    untouched = [path for path in folder.iterdir() if path.stat().st_mtime_ns == 1]
    assert untouched
    assert len(untouched) < len(before)
    assert all(path.read_bytes() == before[path.name] for path in untouched)


def test_a_vdir_loses_items_that_are_no_more_if_they_are_ours(vault) -> None:
    drawn = vault(SMALL)
    drawn.run("ical", "--vdir", "vdir")
    folder = drawn.root / "vdir"
    foreign = folder / f"bn-{'0' * 32}.ics"
    foreign.write_bytes(b"BEGIN:VCALENDAR\r\nUID:theirs\r\nEND:VCALENDAR\r\n")
    (folder / "theirs.ics").write_bytes(b"x")
    note = drawn.read("clients/li.md")
    drawn.write("clients/li.md", note[: note.index("- [ ]")])
    count = len(list(folder.iterdir()))

    dry = drawn.run("ical", "--vdir", "vdir", "--dry-run")
    assert "+++ /dev/null" in dry.out
    assert len(list(folder.iterdir())) == count
    told = drawn.run("ical", "--vdir", "vdir")

    assert "3 gone" in told.out
    assert len(list(folder.iterdir())) == count - 3
    assert foreign.exists()
    assert (folder / "theirs.ics").read_bytes() == b"x"


def test_a_vdir_item_that_another_program_rewrote_is_made_anew_and_counts_on(vault) -> None:
    drawn = vault(SMALL)
    drawn.run("ical", "--vdir", "vdir", "--calendar", "showings")
    (path,) = (
        path for path in (drawn.root / "vdir").iterdir() if b"SUMMARY:Showing" in path.read_bytes()
    )
    made = path.read_bytes()
    path.write_bytes(made.replace(b"SEQUENCE:0", b"SEQUENCE:4").replace(b"14:30", b"2:30 pm"))

    drawn.run("ical", "--vdir", "vdir", "--calendar", "showings")

    assert read_blocks(path.read_bytes())[path.stem].sequence == 4
    assert b"2:30 pm" not in path.read_bytes()


# -- the command


def test_the_choices_are_those_the_features_know() -> None:
    from brokernotes.cli import ical
    from brokernotes.features import calendar_items, calendar_view

    assert ical.CALENDARS == calendar_items.CALENDARS
    assert ical.DETAILS == calendar_view.DETAILS


def test_help_names_what_else_it_can_do(vault) -> None:
    help_ = vault().run("ical", "--help").out

    assert "check FILE…" in help_
    assert "--vdir DIR" in help_


def test_a_word_that_is_no_command_is_refused(vault) -> None:
    drawn = vault(SMALL)

    assert drawn.run("ical", "chekc").exit == 2
    assert drawn.run("ical", "check").exit == 2
    assert not (drawn.root / "calendar").exists()


# -- check


def test_check_finds_nothing_in_our_own_files(demo) -> None:
    demo.run("ical", "-o", "checked/")
    result = demo.run("ical", "check", *(f"checked/{name}" for name in FILES))

    assert (result.exit, result.out) == (0, "")
    assert result.err == "3 files: nothing wrong\n"


def test_check_tells_place_severity_and_code_and_fails_on_errors(vault) -> None:
    drawn = vault()
    drawn.write("a.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n")
    result = drawn.run("ical", "check", "a.ics")

    assert result.exit == 1
    assert (
        result.out.splitlines()[0] == "a.ics:1: warning[calendar-empty] the calendar holds nothing"
    )
    assert "a.ics:1: error[property-missing] VCALENDAR has no PRODID" in result.out
    assert result.err == "1 file: 1 error, 2 warnings\n"
    rows = json.loads(drawn.run("ical", "check", "a.ics", "--json").out)
    assert rows[0] == {
        "path": "a.ics",
        "line": 1,
        "severity": "warning",
        "code": "calendar-empty",
        "params": {},
        "message": "the calendar holds nothing",
    }


def test_check_needs_no_vault(tmp_path) -> None:
    drawn = DrawnVault(tmp_path)
    (drawn.root / "a.ics").write_bytes(b"BEGIN:VCALENDAR\r\n")

    assert drawn.run("ical", "check", "a.ics").exit == 1
    assert drawn.run("ical", "check", "none.ics").exit == 74


def test_warnings_alone_are_no_failure(vault) -> None:
    drawn = vault(SMALL)
    drawn.run("ical", "-o", "a.ics")
    data = (drawn.root / "a.ics").read_bytes()
    (drawn.root / "a.ics").write_bytes(data.replace(b"\r\n", b"\n"))

    result = drawn.run("ical", "check", "a.ics")

    assert result.exit == 0
    assert "warning[bare-lf]" in result.out


@pytest.mark.parametrize("name", names("ical"))
def test_session(name, transcript) -> None:
    transcript(name)

"""The round trip with programs that are not ours as the phone: vdirsyncer and todoman."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.caldav_rig import LI, NOTES, WANG, Office

pytestmark = [pytest.mark.ics_clients, pytest.mark.slow]

PROGRAMS = Path(__file__).parent.parent / ".ci" / "cache" / "readers-venv" / "bin"
LATER = "2026-11-21T15:00"
EVENING = "2026-11-21T21:00"


def unfolded(path: Path) -> str:
    """An item's text, each property on one line."""
    return re.sub("\r?\n[ \t]", "", path.read_bytes().decode())


class TerminalPhone:
    """vdirsyncer carries the collections into folders, where todoman edits the tasks."""

    def __init__(self, folder: Path, server, agent: str = WANG, user: str = "wang") -> None:
        if not (PROGRAMS / "vdirsyncer").exists():
            reason = "vdirsyncer is not installed; run .ci/readers.sh"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        self.folder = folder
        folder.mkdir()
        names = [f"bn-{agent.lower()}-{name}" for name in ("showings", "followups", "greetings")]
        self.tasks = names[1]
        self.environ = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8",
            "TZ": "Asia/Shanghai", "VDIRSYNCER_CONFIG": str(folder / "vdirsyncer"),
        }  # fmt: skip
        (folder / "password").write_text(server.passwords[user], encoding="utf-8")
        (folder / "vdirsyncer").write_text(
            f"""
[general]
status_path = "{folder}/status/"
[pair phone]
a = "local"
b = "remote"
collections = {str(names).replace("'", '"')}
conflict_resolution = "b wins"
[storage local]
type = "filesystem"
path = "{folder}/items/"
fileext = ".ics"
[storage remote]
type = "caldav"
url = "{server.url}"
username = "{user}"
password.fetch = ["command", "cat", "{folder}/password"]
""",
            encoding="utf-8",
        )
        (folder / "todoman.py").write_text(
            f'path = "{folder}/items/*"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n'
            f'default_list = "{self.tasks}"\ncache_path = "{folder}/cache.sqlite3"\n',
            encoding="utf-8",
        )

    def _run(self, *words, typed="") -> str:
        done = subprocess.run(
            [str(PROGRAMS / words[0]), *words[1:]], env=self.environ, input=typed, text=True,
            capture_output=True, timeout=120, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sync(self) -> None:
        self._run("vdirsyncer", "discover", typed="y\n" * 20)
        self._run("vdirsyncer", "sync")

    def todo(self, *words, typed="") -> str:
        return self._run("todo", "--config", str(self.folder / "todoman.py"), *words, typed=typed)

    def number(self, title: str) -> str:
        listed = self.todo("list", "--status", "ANY")
        found = [line for line in listed.split("\n") if title in line]
        assert len(found) == 1, listed
        return re.search(r"\[.\]\s+(\d+)", found[0])[1]

    def path(self, words: str, calendar: str = "") -> Path:
        found = [
            path
            for path in (self.folder / "items").rglob("*.ics")
            if calendar in str(path) and f"SUMMARY:{words}" in unfolded(path)
        ]
        assert len(found) == 1, found
        return found[0]


@pytest.fixture
def office(vault, radicale):
    return Office(vault(NOTES), radicale)


@pytest.fixture
def phone(office, tmp_path):
    office.told("push")
    phone = TerminalPhone(tmp_path / "phone", office.server)
    phone.sync()
    return phone


def log(office, path=LI):
    return [line for line in office.drawn.read(path).split("\n") if line.startswith("- ")]


def test_the_phone_sees_all_of_it_and_sends_nothing_back_by_looking(office, phone):
    listed = phone.todo("list", "--status", "ANY")
    office.server.forget_requests()
    phone.sync()
    told = office.sync(now=LATER)

    for title in ("承诺 李女士", "承诺 罗先生", "跟进 周先生", "回访 阳光花园 3室2厅"):
        assert title in listed
    assert office.server.writes == []
    assert told["from_phone"] == told["sent"] == []


def test_a_tick_and_words_typed_in_todoman_come_back_once_also_without_memory(office, phone):
    phone.todo("done", phone.number("承诺 李女士"))
    text = unfolded(phone.path("跟进 周先生"))
    said = re.search(r"^DESCRIPTION:(.*)$", text, re.MULTILINE)[1].strip()
    whole = said.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    number = phone.number("跟进 周先生")
    phone.todo("edit", "--read-description", number, typed=f"{whole}嫌贵, 再想想\n")
    phone.sync()
    told = office.sync(now=LATER)
    office.forget()
    again = office.sync(now=EVENING)

    assert sorted(office.does(told)) == ["done", "remark"]
    assert re.fullmatch(r"- 2026-11-2\d [\d:]+ 跟进 .*\^0\w{8}", log(office)[-1])
    assert re.search(r"备注 嫌贵, 再想想 \^0\w{8}$", log(office, "clients/zhou.md")[-1])
    assert again["from_phone"] == again["sent"] == []
    phone.sync()
    assert "承诺 李女士" not in phone.todo("list", "--status", "ANY")
    assert "嫌贵" in unfolded(phone.path("跟进 周先生"))


def test_a_day_moved_in_todoman_is_the_new_promise(office, phone):
    phone.todo("edit", "--due", "2026-11-27", phone.number("承诺 李女士"))
    phone.sync()
    told = office.sync(now=LATER)
    phone.sync()
    again = office.sync(now=EVENING)

    assert office.does(told) == ["moved"]
    assert "[下次:: 2026-11-27" in log(office)[-1]
    assert again["from_phone"] == again["sent"] == []
    assert "2026-11-27" in phone.todo("list", "--status", "ANY")


def test_a_task_made_in_todoman_goes_to_the_inbox_and_stays_on_the_phone(office, phone):
    phone.todo("new", "--list", phone.tasks, "--due", "2026-11-23", "问物业车位")
    phone.sync()
    told = office.sync(now=LATER)
    office.forget()
    again = office.sync(now=EVENING)
    phone.sync()

    assert office.does(told) == ["inbox"]
    assert "问物业车位" in office.drawn.read("收件箱.md")
    assert again["from_phone"] == again["sent"] == []
    assert "问物业车位" in phone.todo("list", "--status", "ANY")


def test_a_task_deleted_in_todoman_is_put_back(office, phone):
    phone.todo("delete", "--yes", phone.number("承诺 李女士"))
    phone.sync()
    told = office.sync(now=LATER)
    phone.sync()

    assert [one["title"] for one in told["deleted"]] == ["承诺 李女士"]
    assert "承诺 李女士" in phone.todo("list", "--status", "ANY")


def test_what_both_changed_before_they_met_is_brought_together(office, phone):
    """vdirsyncer writes with the version it knows, so whoever comes second has to look again."""
    path = phone.path("带看", "showings")
    changed = path.read_text("utf-8").replace("写 ——\\n", "写 ——\\n要看车位")
    assert "要看车位" in changed
    path.write_text(changed, encoding="utf-8")
    phone.sync()
    office.drawn.write(LI, office.drawn.read(LI).replace("婆婆也来", "婆婆和孩子也来"))
    pushed = office.told("push", now=LATER)
    pulled = office.told("pull", now=LATER)
    phone.sync()
    text = unfolded(phone.path("带看", "showings"))

    assert "updated" in [one["does"] for one in pushed["sent"]]
    assert office.does(pulled) == ["remark"]
    assert "婆婆和孩子也来" in text
    assert "要看车位" in text

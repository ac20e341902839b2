"""The round trip with tsdav as the phone, which is what programs of the web are made with."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.caldav_rig import LI, NOTES, WANG, Office, made, with_lines

pytestmark = [pytest.mark.ics_clients, pytest.mark.slow]

SCRIPT = Path(__file__).parent / "readers" / "caldav_tsdav.cjs"
MODULES = Path(__file__).parent.parent / ".ci" / "cache" / "node_modules"
LATER = "2026-11-21T15:00"
EVENING = "2026-11-21T21:00"
KINDS = {"showings": "VEVENT", "followups": "VTODO", "greetings": "VEVENT"}


class Tsdav:
    """One user's web program; what it read it writes back with the version it read."""

    def __init__(self, server, user="wang", agent=WANG):
        if not shutil.which("node") or not (MODULES / "tsdav").exists():
            reason = "tsdav is not installed; run .ci/readers.sh"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        self.login = {
            "server": server.url,
            "user": user,
            "password": server.passwords[user],
        }
        self.agent = agent.lower()

    def name(self, calendar):
        return f"bn-{self.agent}-{calendar}"

    def do(self, *does):
        """Several things in one session; what each told."""
        done = subprocess.run(
            ["node", str(SCRIPT), str(MODULES)], input=json.dumps(self.login | {"does": does}),
            capture_output=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def items(self, calendar):
        """Each item as tsdav gives it: url, etag, data; the data unfolded, with plain line ends."""
        (found,) = self.do(("list", self.name(calendar), KINDS[calendar]))
        for one in found:
            one["data"] = re.sub("\n[ \t]", "", one["data"].replace("\r\n", "\n"))
        return found

    def find(self, calendar, words):
        found = [one for one in self.items(calendar) if words in one["data"]]
        assert len(found) == 1, [one["data"] for one in self.items(calendar)]
        return found[0]

    def write(self, item, data):
        """Write what was read, changed; the server's answer."""
        (status,) = self.do(("write", item | {"data": data.replace("\n", "\r\n")}))
        return status


@pytest.fixture
def office(vault, radicale):
    office = Office(vault(NOTES), radicale)
    office.told("push")
    return office


@pytest.fixture
def phone(office):
    return Tsdav(office.server)


def log(office, path=LI):
    return [line for line in office.drawn.read(path).split("\n") if line.startswith("- ")]


def ticked(text, at="20261121T003000Z"):
    return with_lines(text, STATUS="COMPLETED", COMPLETED=at, **{"PERCENT-COMPLETE": "100"})


def below(text, words):
    """Words typed at the end of an item's description."""
    return re.sub(r"^(DESCRIPTION:.*)$", lambda m: m[1] + words, text, flags=re.MULTILINE)


def test_it_finds_the_three_calendars_each_for_its_own_kind(office, phone):
    (found,) = phone.do(("calendars",))

    assert dict(found) == {phone.name(name): [kind] for name, kind in KINDS.items()}


def test_it_sees_what_stands_on_the_server_and_looking_sends_nothing_back(office, phone):
    office.server.forget_requests()
    titles = {
        name: [re.search("^SUMMARY:(.*)$", one["data"], re.M)[1] for one in phone.items(name)]
        for name in KINDS
    }
    told = office.sync(now=LATER)

    assert [title for title in titles["showings"] if title.startswith("带看 14:30 李女士")]
    for title in ("承诺 李女士", "承诺 罗先生", "跟进 周先生", "回访 阳光花园 3室2厅"):
        assert title in titles["followups"]
    assert office.server.writes == []
    assert told["from_phone"] == told["sent"] == []


def test_a_tick_with_words_comes_back_once_also_without_memory(office, phone):
    item = phone.find("followups", "SUMMARY:承诺 李女士")
    status = phone.write(item, ticked(below(item["data"], "说下周定\\, 要车位\\n")))
    told = office.sync(now=LATER)
    office.forget()
    again = office.sync(now=EVENING)

    assert status == 204
    assert office.does(told) == ["done"]
    assert re.search(r"说下周定, 要车位 .*\^0\w{8}$", log(office)[-1])
    assert again["from_phone"] == again["sent"] == []


def test_what_it_read_before_the_notes_changed_is_refused_and_brought_together_later(office, phone):
    stale = phone.find("showings", "SUMMARY:带看 14:30")
    office.drawn.write(LI, office.drawn.read(LI).replace("婆婆也来", "婆婆和孩子也来"))
    office.told("push", now=LATER)
    refused = phone.write(stale, below(stale["data"], "要看车位\\n"))
    item = phone.find("showings", "SUMMARY:带看 14:30")
    taken = phone.write(item, below(item["data"], "要看车位\\n"))
    told = office.sync(now=EVENING)

    assert (refused, taken) == (412, 204)
    assert "婆婆和孩子也来" in item["data"]
    assert office.does(told) == ["remark"]
    after = phone.find("showings", "SUMMARY:带看 14:30")["data"]
    assert "婆婆和孩子也来" in after
    assert "要看车位" in after


def test_a_push_meets_what_it_wrote_a_moment_ago_and_loses_nothing(office, phone):
    item = phone.find("followups", "SUMMARY:跟进 周先生")
    phone.write(item, below(item["data"], "嫌贵\\n"))
    path = "clients/zhou.md"
    office.drawn.write(path, office.drawn.read(path).replace("grade: A", "grade: B"))
    office.told("push", now=LATER)
    told = office.sync(now=EVENING)

    assert office.does(told) == ["remark"]
    assert "嫌贵" in log(office, path)[-1]
    assert "嫌贵" in phone.find("followups", "SUMMARY:跟进 周先生")["data"]


def test_moved_made_and_removed(office, phone):
    moved = phone.find("followups", "SUMMARY:承诺 李女士")
    phone.write(moved, re.sub(r"(DUE[^:]*):\d{8}", r"\1:20261127", moved["data"]))
    removed = phone.find("followups", "SUMMARY:承诺 罗先生")
    text = made("VTODO", "from-the-web", "SUMMARY:问物业车位", "DUE;VALUE=DATE:20261123")
    statuses = phone.do(
        ("remove", removed),
        ("make", phone.name("followups"), "web.ics", text.replace("\n", "\r\n")),
    )
    told = office.sync(now=LATER)
    again = office.sync(now=EVENING)

    assert statuses[1] == 201
    assert sorted(office.does(told)) == ["inbox", "moved"]
    assert [one["title"] for one in told["deleted"]] == ["承诺 罗先生"]
    assert "[下次:: 2026-11-27" in log(office)[-1]
    assert "问物业车位" in office.drawn.read("收件箱.md")
    assert again["from_phone"] == again["sent"] == []
    assert phone.find("followups", "SUMMARY:承诺 罗先生")
    assert phone.find("followups", "SUMMARY:问物业车位")

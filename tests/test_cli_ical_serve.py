"""`ical serve` as calendar programs and its user see it."""

import gzip
import json
import os
import re
import signal
import socket

import pytest

from brokernotes.features.calendar_lint import lint
from tests.calendar_notes import TEAM
from tests.serving import Serving
from tests.transcripts import names

LI = "clients/li.md"
MINE = "--agent=王敏"


@pytest.mark.parametrize("name", names("serve"))
def test_session(name, transcript):
    transcript(name)


def test_a_subscription_is_the_calendar_that_ical_writes(vault):
    drawn = vault(TEAM)
    with Serving(drawn, MINE) as server:
        urls = server.urls()
        got = {name: server.get(url) for name, url in urls.items()}
    drawn.run("ical", "-o", "out/", MINE)

    assert list(urls) == ["showings", "followups", "greetings", "all"]
    for name in ("showings", "followups", "greetings"):
        assert got[name].body == (drawn.root / "out" / f"{name}.ics").read_bytes()
        assert not lint(got[name].body)
    assert "NAME:Brokerage (王敏)" in got["all"].body.decode()
    parts = sum(got[name].body.count(b"BEGIN:VEVENT") for name in list(urls)[:3])
    assert got["all"].body.count(b"BEGIN:VEVENT") == parts > 0


def test_what_did_not_change_is_not_sent_again_also_by_the_next_server(vault):
    drawn = vault(TEAM)
    with Serving(drawn, MINE) as server:
        url = server.urls()["all"]
        first = server.get(url)
        again = server.get(url, If_None_Match=first.headers["etag"])
        since = server.get(url, If_Modified_Since=first.headers["last-modified"])
        head = server.get(url, "HEAD")
        packed = server.get(url, Accept_Encoding="gzip")
    with Serving(drawn, MINE, now="2026-11-21T21:00") as server:
        token = url.split("/")[-2]
        later = server.get(f"{server.base}/{token}/all.ics", If_None_Match=first.headers["etag"])

    assert (again.status, again.body, since.status) == (304, b"", 304)
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", first.headers["etag"])
    assert head.headers["content-length"] == str(len(first.body))
    assert gzip.decompress(packed.body) == first.body
    assert later.status == 304


def test_a_note_that_changed_is_served_at_once_and_counts_on(vault):
    drawn = vault(TEAM)
    with Serving(drawn, MINE) as server:
        url = server.urls()["showings"]
        before = server.get(url)
        drawn.write(LI, drawn.read(LI).replace("11-23 14:30", "11-24 16:00"))
        after = server.get(url, If_None_Match=before.headers["etag"])

    assert b"SEQUENCE:0" in before.body
    assert after.status == 200
    assert b"20261124T160000" in after.body
    assert b"SEQUENCE:1" in after.body
    assert after.headers["last-modified"] != before.headers["last-modified"]


def test_the_next_day_is_served_as_that_day(vault, monkeypatch):
    from brokernotes.cli.app import App
    from brokernotes.cli.feed_book import FeedBook, Reader
    from brokernotes.features.feeds import FeedKey
    from brokernotes.storage.feeds import FeedShelf

    drawn = vault(TEAM)
    environ = drawn.environ(BROKERNOTES_NOW="2026-11-21T23:59", BROKERNOTES_LANG="en")
    app = App(environ)
    app.vault_option = str(drawn.root)
    book = FeedBook(app, [Reader()], FeedShelf(None, lambda: 0.0), "normal")
    today = book.feed(FeedKey("", "followups"))
    environ["BROKERNOTES_NOW"] = "2026-11-22T00:01"
    tomorrow = book.feed(FeedKey("", "followups"))
    app.close()

    assert b"DTSTART;VALUE=DATE:20261121" in today.data
    assert b"DTSTART;VALUE=DATE:20261121" not in tomorrow.data
    assert tomorrow.changed > today.changed


def test_a_wrong_address_opens_nothing_and_only_reading_is_allowed(vault):
    with Serving(vault(TEAM), MINE) as server:
        urls = server.urls()
        token, other = (urls[name].split("/")[-2] for name in ("showings", "followups"))
        wrong = [f"/{'a' * 32}/all.ics", f"/{other}/showings.ics", f"/{token}", "/", "/robots.txt"]
        refused = [server.get(server.base + path) for path in wrong]
        written = [
            server.get(urls["all"], method) for method in ("PUT", "DELETE", "POST", "PROPFIND")
        ]

    assert {(one.status, one.body) for one in refused} == {(404, b"not found\n")}
    assert {one.status for one in written} == {405}
    assert all("server" not in one.headers for one in refused + written)


def test_its_log_holds_no_secret(vault):
    drawn = vault(TEAM)
    with Serving(drawn, MINE) as server:
        urls = server.urls()
        for url in urls.values():
            server.get(url)
        server.get(urls["all"].replace("all.ics", "李女士.ics".encode().hex()))
        server.get(urls["all"], "BREW")
        server.line("405")
        said = "\n".join(server.read)
        code, out = server.end(signal.SIGTERM)

    assert re.search(r"GET showings\.ics 200 [0-9]+$", said, re.MULTILINE)
    assert re.search(r"GET 404 10$", said, re.MULTILINE)
    assert not [url for url in urls.values() if url.split("/")[-2] in said + out]
    assert not re.search("李|王|BREW|138", said + out)
    assert "serve --show` prints the addresses" in said
    assert (code, out) == (0, "")


def test_new_addresses_end_the_old_ones_while_it_is_served(vault):
    drawn = vault(TEAM)
    with Serving(drawn, MINE) as server:
        old = server.urls()["all"]
        assert server.get(old).status == 200
        said = drawn.run("ical", "serve", "--rotate", MINE)
        new = server.urls()["all"]

        assert new in said.out
        assert server.get(old).status == 404
        assert server.get(new).status == 200


def test_each_colleague_sees_their_own_and_nothing_that_is_kept_from_them(vault):
    drawn = vault(TEAM)
    drawn.write("brokernotes.yaml", "format: 1\nlanguage: zh\nsharing: {mode: public}\n")
    with Serving(drawn, "--all-agents", "--detail", "full") as server:
        wang = server.get(server.urls("A-R45D5D")["all"]).body.decode().replace("\r\n ", "")
        li = server.get(server.urls("A-S56E6E")["all"]).body.decode().replace("\r\n ", "")

    assert "李女士" in wang
    assert "周先生" not in wang
    assert "tel:13800138000" in wang
    assert "周先生" in li
    assert "tel:13900139000" in li
    assert "李女士" not in li
    assert "2301" not in li


def test_who_leaves_is_served_no_longer_and_who_comes_is_served_at_once(vault):
    drawn = vault(TEAM)
    li = "agents/李航.md"
    present = drawn.read(li)
    with Serving(drawn, "--all-agents") as server:
        url = server.urls("A-S56E6E")["all"]
        others = server.urls("A-R45D5D")["all"]
        statuses = [server.get(url).status]
        for day in ("2026-12-31", "2026-11-21"):  # leaves at the end of the year; left today
            drawn.write(li, present.replace("title: 李航", f"title: 李航\nleft: {day}"))
            statuses.append(server.get(url).status)
        drawn.write(li, present)
        statuses.append(server.get(url).status)
        drawn.write("agents/new.md", "---\nid: A-T67F7F\ntype: agent\ntitle: 新人\n---\n")
        newcomer = server.get(server.urls("A-T67F7F")["all"])
        rest = server.get(others)

    assert statuses == [200, 200, 404, 200]
    assert newcomer.status == 200
    assert "新人" in newcomer.body.decode()
    assert rest.status == 200


def test_one_agent_s_server_gives_nothing_of_others(vault):
    drawn = vault(TEAM)
    drawn.run("ical", "serve", "--show", "--all-agents")
    with Serving(drawn, MINE) as server:
        said = drawn.run("ical", "serve", "--show", "--json", "--all-agents").out
        rows = {row["agent"]: row["url"] for row in json.loads(said) if row["calendar"] == "all"}

        assert server.get(rows["A-R45D5D"]).status == 200
        assert server.get(rows["A-S56E6E"]).status == 404


def test_a_vault_that_is_away_gives_no_calendar_which_is_said_once(vault):
    drawn = vault(TEAM)
    with Serving(drawn, MINE) as server:
        url = server.urls()["all"]
        good = server.get(url)
        drawn.root.rename(drawn.home / "away")  # the disk is not mounted
        broken = [server.get(url), server.get(url)]
        (drawn.home / "away").rename(drawn.root)
        mended = server.get(url)
        server.line("200")
        server.line("200")

    assert [one.status for one in broken] == [503, 503]
    assert broken[0].headers["retry-after"]
    assert mended.body == good.body
    complaints = [line for line in server.read if "no vault" in line]
    assert len(complaints) == 1


def test_the_level_of_detail_may_be_said_on_either_side(vault):
    drawn = vault(TEAM)
    with Serving(drawn, MINE, "--detail", "minimal") as server:
        told = server.get(server.urls()["all"]).body
    drawn.run("ical", "-o", "m.ics", "--detail", "minimal", MINE)

    assert told == (drawn.root / "m.ics").read_bytes()
    assert "婆婆" not in told.decode()


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("how", "code"), [("SIGINT", 130), ("SIGTERM", 0), ("SIGHUP", 0)], ids=str)
def test_it_ends_when_it_is_told_to(vault, how, code):
    with Serving(vault(TEAM)) as server:
        port = int(server.base.rpartition(":")[2])
        assert server.end(getattr(signal, how)) == (code, "")
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))


def test_a_port_that_is_taken_is_said_with_its_code(vault):
    drawn = vault(TEAM)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = drawn.run("ical", "serve", "--port", port)

    assert said.exit == 74
    assert said.err.startswith(f"brokernotes: port {port} of 127.0.0.1 is taken")


def test_beyond_this_computer_it_warns_that_nothing_is_encrypted(vault):
    with Serving(vault(TEAM), "--host", "0.0.0.0") as server:
        assert "unencrypted" in "\n".join(server.read)
    with Serving(vault(TEAM), "--host", "0.0.0.0", "--url", "https://calendar.example") as server:
        pass
    assert "unencrypted" not in "\n".join(server.read)


def test_behind_a_proxy_the_addresses_begin_with_its_own(vault):
    drawn = vault(TEAM)
    said = drawn.run("ical", "serve", "--show", "--url", "https://calendar.example/b/")

    assert re.search(r"^  https://calendar\.example/b/[a-z2-7]{32}/all\.ics$", said.out, re.M)
    assert re.search(r"^  webcal://calendar\.example/b/[a-z2-7]{32}/all\.ics$", said.out, re.M)


# -- full detail


def test_where_phones_will_stand_is_said_once_for_each_place(vault):
    drawn = vault(TEAM)
    runs = [("-o", "a.ics"), ("-o", "a.ics"), ("-o", "b.ics"), (), ("--vdir", "items"), ()]
    said = [drawn.run("ical", "--detail", "full", MINE, *words).err for words in runs]

    assert [bool(one) for one in said] == [True, False, True, True, True, False]
    assert "stand unmasked in a.ics, and wherever that is passed on" in said[0]
    assert drawn.run("ical").err == ""


def test_a_server_says_it_of_its_address(vault):
    with Serving(vault(TEAM), "--detail", "full") as server:
        server.line(f"stand unmasked in {server.base}, ")


def test_a_watcher_says_it_of_the_files_that_it_keeps(vault):
    drawn = vault(TEAM)

    assert "stand unmasked in calendar" in drawn.run("watch", "--once", "--detail", "full").err
    assert drawn.run("ical", "--detail", "full").err == ""

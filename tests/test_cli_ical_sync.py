"""`ical push`, `pull` and `sync` against a real server, with a phone that edits its items."""

import json
import re

import pytest

from brokernotes.storage.caldav import CalendarServer, ItemRefusedError
from tests.caldav_rig import HOME, LI, NOTES, Office, Phone, made

pytestmark = [pytest.mark.ics_clients, pytest.mark.slow]

LATER = "2026-11-21T15:00"


@pytest.fixture
def office(vault, radicale) -> Office:
    return Office(vault(NOTES), radicale)


@pytest.fixture
def phone(radicale) -> Phone:
    return Phone(radicale)


def log(office, path=LI) -> list[str]:
    return [line for line in office.drawn.read(path).split("\n") if line.startswith("- ")]


# -- sending


def test_tasks_and_events_get_collections_of_their_own_and_nothing_is_sent_twice(office, phone):
    first = office.told("push")
    office.server.forget_requests()
    second = office.told("push")

    assert phone.titles("followups") == [
        "回访 阳光花园 3室2厅", "承诺 李女士", "承诺 罗先生", "跟进 周先生",
    ]  # fmt: skip
    assert phone.shown() == ["带看 14:30 李女士 → 阳光花园 3室2厅"]
    assert all("BEGIN:VTODO" in text for text in phone.items("followups").values())
    assert all("BEGIN:VEVENT" in text for text in phone.items("showings").values())
    assert {one["does"] for one in first["sent"]} == {"created"}
    assert second["sent"] == []
    assert office.server.writes == []
    assert second["requests"]["all"] == 3  # one a collection


def test_of_a_changed_note_its_own_items_are_sent(office, phone):
    office.told("push")
    office.drawn.write(LI, office.drawn.read(LI).replace("11-23 14:30", "11-24 16:00"))
    office.server.forget_requests()
    told = office.told("push")

    assert [one["does"] for one in told["sent"]] == ["updated"] * 3  # and the evening before
    assert len(office.server.writes) == 3
    _, text = phone.find("showings", "SUMMARY:带看")
    assert "DTSTART;TZID=Asia/Shanghai:20261124T160000" in text
    assert "SEQUENCE:1" in text


def test_what_is_done_in_the_notes_goes_from_the_phone(office, phone):
    office.told("push")
    office.drawn.run("log", "C-8G4EXB", "电话", "已约")
    told = office.told("push")

    assert sorted(one["does"] for one in told["sent"]) == ["created", "removed"]
    assert "DUE;VALUE=DATE:20261206" in phone.find("followups", "周先生")[1]


def test_a_dry_run_says_what_would_be_and_asks_for_nothing(office):
    told = office.told("push", "--dry-run")

    assert len(told["sent"]) == 7
    assert office.server.writes == []


# -- from the phone


def test_a_tick_is_the_contact_that_was_due(office, phone):
    office.told("push")
    phone.tick("followups", "承诺 李女士")
    told = office.sync(now=LATER)

    assert office.does(told) == ["done"]
    entry = told["from_phone"][0]["entry"]
    assert log(office)[-1] == f"- 2026-11-21 08:30 跟进 [下次:: 无] ^{entry}"  # before its day
    assert office.sync(now=LATER)["from_phone"] == []
    assert "承诺 李女士" not in phone.titles("followups")


def test_a_tick_with_words_is_one_entry_and_nobody_answered_is_no_contact(office, phone):
    office.told("push")
    phone.write("followups", "阳光花园", "没人接\n晚上再打")
    phone.tick("followups", "阳光花园")
    office.sync(now=LATER)

    text = office.drawn.read(HOME)
    assert re.search(
        r"- 2026-11-21 08:30 回访 \[结果:: 未接\] \^0\w{8}\n  - 没人接\n  - 晚上再打", text
    )
    assert "回访 阳光花园 3室2厅" in phone.titles("followups")  # nobody was reached


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_words_below_our_line_become_one_entry_and_stay_on_the_phone(office, phone, state):
    office.told("push")
    phone.write("followups", "承诺 李女士", "嫌贵, 再想想")
    if state == "lost":
        office.forget()
    first = office.sync(now=LATER)
    if state == "lost":
        office.forget()
    second = office.sync(now=LATER)

    assert office.does(first) == ["remark"]
    assert second["from_phone"] == []
    assert re.match(r"- 2026-11-21 \d\d:\d\d 备注 嫌贵, 再想想 \^0\w{8}$", log(office)[-1])
    assert "写 ——\\n嫌贵\\, 再想想" in phone.find("followups", "承诺 李女士")[1]


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_more_words_later_are_an_entry_of_their_own(office, phone, state):
    office.told("push")
    phone.write("followups", "承诺 李女士", "嫌贵")
    office.sync(now=LATER)
    phone.write("followups", "承诺 李女士", "又说可以谈")
    if state == "lost":
        office.forget()
    office.sync(now=LATER)
    if state == "lost":
        office.forget()
    office.sync(now=LATER)

    assert [line.split(" ")[4] for line in log(office)[2:]] == ["嫌贵", "又说可以谈"]


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_a_moved_promise_is_the_new_promise(office, phone, state):
    office.told("push")
    uid = re.search("UID:(.*)", phone.find("followups", "承诺 李女士")[1])[1]
    phone.move("followups", "承诺 李女士", DUE="20261127")
    if state == "lost":
        office.forget()
    told = office.sync(now=LATER)
    if state == "lost":
        office.forget()
    again = office.sync(now=LATER)

    assert office.does(told) == ["moved"]
    assert again["from_phone"] == again["sent"] == []
    last = log(office)[-1]
    assert last.startswith("- 2026-11-21 备注 手机上改期")
    assert "[下次:: 2026-11-27]" in last
    _, text = phone.find("followups", "承诺 李女士")
    assert "DUE;VALUE=DATE:20261127" in text
    assert f"UID:{uid}\n" in text  # the item she moved, not another


def test_a_moved_follow_up_becomes_a_promise_and_a_field_goes_along(office, phone):
    office.told("push")
    phone.move("followups", "跟进 周先生", DUE="20261130")
    phone.move("followups", "承诺 罗先生", DUE="20261129")
    office.sync(now=LATER)
    again = office.sync(now=LATER)

    assert "[下次:: 2026-11-30]" in office.drawn.read("clients/zhou.md")
    assert "next_followup: 2026-11-29" in office.drawn.read("clients/luo.md")
    assert again["from_phone"] == again["sent"] == []
    assert phone.titles("followups").count("承诺 周先生") == 1


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_a_moved_showing_is_called_off_and_planned_anew(office, phone, state):
    office.told("push")
    phone.move("showings", "SUMMARY:带看", DTSTART="20261123T160000", DTEND="20261123T170000")
    if state == "lost":
        office.forget()
    told = office.sync(now=LATER)
    if state == "lost":
        office.forget()
    again = office.sync(now=LATER)

    assert office.does(told) == ["moved"]
    old, new = log(office)[1:]
    assert old.startswith("- [-] 2026-11-23 14:30 带看 [[home]] 婆婆也来 [地点:: 东门] 改到")
    assert new.startswith("- [ ] 2026-11-23 16:00 带看 [[home")
    assert "[地点:: 东门]" in new
    assert again["from_phone"] == again["sent"] == []
    assert phone.shown() == ["带看 16:00 李女士 → 阳光花园 3室2厅"]


def test_what_was_deleted_is_put_back_and_said_and_the_notes_stand(office, phone):
    office.told("push")
    before = office.drawn.read(LI)
    phone.delete("followups", "承诺 李女士")
    told = office.sync(now=LATER)

    assert [one["title"] for one in told["deleted"]] == ["承诺 李女士"]
    assert office.drawn.read(LI) == before
    assert "承诺 李女士" in phone.titles("followups")


def test_both_sides_changed_are_brought_together_and_the_later_writer_looks_first(office, phone):
    office.told("push")
    phone.write("showings", "SUMMARY:带看", "客户要看车位")
    office.drawn.write(LI, office.drawn.read(LI).replace("婆婆也来", "婆婆和孩子也来"))
    told = office.told("push")
    text = phone.find("showings", "SUMMARY:带看")[1]

    assert [one["does"] for one in told["sent"]] == ["updated"] * bool(told["sent"])
    assert "客户要看车位" in text
    assert office.does(office.told("pull", now=LATER)) == ["remark"]


def test_a_move_on_both_sides_keeps_the_notes_day_and_tells_of_the_phone_s(office, phone):
    office.told("push")
    phone.move("followups", "承诺 李女士", DUE="20261127")
    office.drawn.write(LI, office.drawn.read(LI).replace("11-24]", "11-26]"))
    told = office.sync(now=LATER)
    again = office.sync(now=LATER)

    assert office.does(told) == ["refused"]
    assert "2026-11-27" in log(office)[-1]
    assert "DUE;VALUE=DATE:20261126" in phone.find("followups", "承诺 李女士")[1]
    assert again["from_phone"] == again["sent"] == []


# -- made on the phone


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_what_is_about_somebody_for_certain_goes_into_their_note(office, phone, state):
    office.told("push")
    event = made(
        "VEVENT", "PHONE-1", "SUMMARY:周先生 电话", "DTSTART:20261123T020000Z",
        "DTEND:20261123T023000Z",
    )  # fmt: skip
    phone.put("showings", "phone-1.ics", event)
    told = office.sync(now=LATER)
    if state == "lost":
        office.forget()
    again = office.sync(now=LATER)

    assert office.does(told) == ["new"]
    assert log(office, "clients/zhou.md")[-1].startswith("- [ ] 2026-11-23 10:00 电话")
    assert again["from_phone"] == again["sent"] == []
    assert len([title for title in phone.titles("showings") if "周先生" in title]) == 1


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_what_is_about_nobody_goes_to_the_inbox_once(office, phone, state):
    office.told("push")
    task = made("VTODO", "PHONE-2", "SUMMARY:问物业车位", "DUE;VALUE=DATE:20261123",
                "DESCRIPTION:找小陈\\, 下午")  # fmt: skip
    phone.put("followups", "phone-2.ics", task)
    told = office.sync(now=LATER)
    inbox = office.drawn.read("收件箱.md")
    if state == "lost":
        office.forget()
    again = office.sync(now=LATER)

    assert office.does(told) == ["inbox"]
    assert inbox.startswith("- 2026-11-23 问物业车位\n  - 找小陈, 下午\n")
    assert again["from_phone"] == again["sent"] == []
    assert office.drawn.read("收件箱.md") == inbox


def test_what_a_phone_made_and_nobody_ticked_is_planned_not_done(office, phone):
    office.told("push")
    phone.put("followups", "phone-6.ics", made("VTODO", "PHONE-6", "SUMMARY:周先生 电话"))
    phone.put("followups", "phone-7.ics", made("VTODO", "PHONE-7", "SUMMARY:问物业"))
    told = office.sync(now=LATER)

    assert sorted(office.does(told)) == ["inbox", "new"]
    assert log(office, "clients/zhou.md")[-1].startswith("- [ ] 2026-11-21 电话")
    assert office.drawn.read("收件箱.md").startswith("- 要做：问物业\n")


def test_an_inbox_with_a_conflict_is_left_and_the_rest_comes(office, phone):
    office.told("push")
    inbox = "<<<<<<< a\n- 甲\n=======\n- 乙\n>>>>>>> b\n"
    office.drawn.write("收件箱.md", inbox)
    phone.put("followups", "phone-8.ics", made("VTODO", "PHONE-8", "SUMMARY:问物业"))
    phone.tick("followups", "承诺 李女士")
    told = office.told("sync", now=LATER, exit=1)
    office.drawn.write("收件箱.md", "")
    again = office.sync(now=LATER)

    assert office.does(told) == ["done"]
    assert [one["title"] for one in told["problems"]] == ["问物业"]
    assert office.drawn.read("收件箱.md").startswith("- 要做：问物业\n")
    assert office.does(again) == ["inbox"]


def test_a_note_with_a_conflict_is_left_and_the_rest_comes(office, phone):
    office.told("push")
    phone.tick("followups", "承诺 李女士")
    phone.tick("followups", "跟进 周先生")
    whole = office.drawn.read(LI)
    broken = whole + "<<<<<<< a\n- 2026-11-20 10:00 电话 甲\n=======\n>>>>>>> b\n"
    office.drawn.write(LI, broken)
    told = office.told("sync", now=LATER, exit=1)
    after = office.drawn.read(LI)
    office.drawn.write(LI, whole)
    again = office.sync(now=LATER)

    assert [one["path"] for one in told["from_phone"]] == ["clients/zhou.md"]
    assert after == broken
    assert [one["path"] for one in again["from_phone"]] == [LI]


def test_a_plan_filed_from_the_inbox_is_the_phone_s_own_item_from_then_on(office, phone):
    office.told("push")
    event = made("VEVENT", "PHONE-3", "SUMMARY:看车位", "DTSTART:20261124T020000Z",
                 "DTEND:20261124T030000Z")  # fmt: skip
    phone.put("showings", "phone-3.ics", event)
    office.sync(now=LATER)
    tag = re.search(r"来自手机日历 (0\w{8})", office.drawn.read("收件箱.md"))[1]
    entry = f"- [ ] 2026-11-24 10:00 面谈 看车位 ^3ej5w97zz\n  - 来自手机日历 {tag}\n"
    office.drawn.write("clients/zhou.md", office.drawn.read("clients/zhou.md") + entry)
    office.forget()
    told = office.sync(now=LATER)
    again = office.sync(now=LATER)

    assert {one["does"] for one in told["sent"]} <= {"updated", "removed"}
    assert told["from_phone"] == again["from_phone"] == again["sent"] == []
    assert "UID:PHONE-3\n" in phone.find("showings", "SUMMARY:面谈")[1]


def test_a_copy_of_one_of_ours_is_the_phone_s_and_moves_nothing(office, phone):
    office.told("push")
    _, text = phone.find("showings", "SUMMARY:带看")
    copied = re.sub("UID:bn-\\w+", "UID:COPY", text, count=1)
    phone.put("showings", "copy.ics", copied.replace("20261123T1", "20261130T1"))
    before = log(office)
    told = office.sync(now=LATER)
    office.forget()
    again = office.sync(now=LATER)

    assert office.does(told) == ["new"]
    assert len(phone.shown()) == 2
    assert log(office)[: len(before)] == before
    assert again["from_phone"] == again["sent"] == []
    assert "DTSTART;TZID=Asia/Shanghai:20261123T143000" in "".join(phone.items("showings").values())


def test_a_task_that_stands_for_a_plan_is_ticked_as_the_plan(office, phone):
    office.told("push")
    task = made("VTODO", "PHONE-4", "SUMMARY:周先生 电话", "DUE:20261121T090000Z")
    phone.put("followups", "phone-4.ics", task)
    office.sync(now=LATER)
    office.sync(now=LATER)
    phone.tick("followups", "UID:PHONE-4", at="20261121T093000Z")
    told = office.sync(now="2026-11-21T18:00")
    again = office.sync(now="2026-11-21T18:00")

    assert office.does(told) == ["done"]
    assert log(office, "clients/zhou.md")[-1].startswith("- [x] 2026-11-21 17:00 电话")
    assert again["from_phone"] == again["sent"] == []


def test_a_plan_done_before_its_day_is_called_off_and_what_was_done_written(office, phone):
    office.told("push")
    task = made("VTODO", "PHONE-5", "SUMMARY:周先生 电话", "DUE:20261124T020000Z")
    phone.put("followups", "phone-5.ics", task)
    office.sync(now=LATER)
    phone.tick("followups", "UID:PHONE-5", at="20261121T093000Z")
    office.sync(now="2026-11-21T18:00")
    again = office.sync(now="2026-11-21T18:00")

    planned, done = log(office, "clients/zhou.md")[1:]
    assert planned.startswith("- [-] 2026-11-24 10:00 电话")
    assert done.startswith("- 2026-11-21 17:30 电话")
    assert again["from_phone"] == again["sent"] == []


def test_a_promise_of_the_note_s_field_kept_before_its_day_is_cleared(office, phone):
    office.told("push")
    phone.tick("followups", "承诺 罗先生")
    office.sync(now=LATER)

    text = office.drawn.read("clients/luo.md")
    assert "next_followup:\n" in text
    assert "- 2026-11-21 08:30 跟进" in text
    assert "承诺 罗先生" not in phone.titles("followups")


def test_a_showing_that_takes_longer_on_the_phone_does_so_in_its_new_plan(office, phone):
    office.told("push")
    phone.move("showings", "SUMMARY:带看", DTSTART="20261123T160000", DTEND="20261123T180000")
    office.sync(now=LATER)

    assert "[时长:: 120]" in log(office)[-1]


# -- when things go wrong


def test_an_item_that_cannot_be_read_stops_no_other_and_is_named(office, phone):
    office.told("push")
    phone.put("followups", "bad.ics", made("VTODO", "BAD", "SUMMARY:x", "PERCENT-COMPLETE:viel"))
    phone.tick("followups", "承诺 李女士")
    said = office.run("sync", "--dry-run", now=LATER)
    told = office.told("sync", now=LATER)

    (line,) = [one for one in said.err.splitlines() if one.startswith("警告：http")]
    assert line.endswith("/bad.ics：读不懂，没有动它")
    assert said.exit == 0
    assert office.does(told) == ["done"]
    assert [one["severity"] for one in told["problems"]] == ["warning"]
    assert told["problems"][0]["title"].endswith("/bad.ics")
    assert "bad.ics" in phone.items("followups")


def test_an_item_that_cannot_be_read_is_told_once_and_again_when_it_changes(office, phone):
    office.told("push")
    phone.put("followups", "bad.ics", made("VTODO", "BAD", "SUMMARY:x", "PERCENT-COMPLETE:viel"))
    first, second = office.told("pull"), office.told("pull")
    phone.put("followups", "bad.ics", made("VTODO", "BAD", "SUMMARY:y", "PERCENT-COMPLETE:viel"))
    third = office.told("pull")

    assert [len(one["problems"]) for one in (first, second, third)] == [1, 0, 1]


def test_what_the_server_refuses_stops_no_other_and_is_tried_again(office, phone, monkeypatch):
    put = CalendarServer.put

    def refuses(self, href, data, etag):
        if "承诺 李女士".encode() in data:
            raise ItemRefusedError(400, "Bad Request")
        return put(self, href, data, etag)

    with monkeypatch.context() as patched:
        patched.setattr(CalendarServer, "put", refuses)
        told = office.told("push", exit=1)
    again = office.told("push")

    assert [one["title"] for one in told["problems"]] == ["承诺 李女士"]
    assert "400" in told["problems"][0]["message"]
    assert len(told["sent"]) == 6
    assert [one["title"] for one in again["sent"]] == ["承诺 李女士"]


def test_a_phone_that_writes_at_the_very_moment_loses_nothing(office, phone, monkeypatch):
    office.told("push")
    office.drawn.write(LI, office.drawn.read(LI).replace("婆婆也来", "婆婆和孩子也来"))
    put = CalendarServer.put
    waiting = ["要看车位"]

    def interrupted(self, href, data, etag):
        if waiting and "SUMMARY:带看".encode() in data:
            phone.write("showings", "SUMMARY:带看", waiting.pop())
        return put(self, href, data, etag)

    monkeypatch.setattr(CalendarServer, "put", interrupted)
    office.told("push")
    text = phone.find("showings", "SUMMARY:带看")[1]

    assert waiting == []
    assert "婆婆和孩子也来" in text
    assert "要看车位" in text
    assert office.does(office.told("pull", now=LATER)) == ["remark"]


def test_a_server_stopped_half_way_is_carried_on_with(office, phone, radicale):
    radicale.stop()
    radicale.start(dies_after_writes=6)
    broken = office.run("push")
    radicale.stop()
    radicale.start()
    radicale.forget_requests()
    told = office.told("push")

    assert broken.exit == 74
    assert radicale.url in broken.err
    assert len(phone.titles("followups")) == 4
    assert len(phone.titles("showings")) == 3
    assert 0 < len(told["sent"]) < 7
    assert office.told("push")["sent"] == []


def test_after_all_state_is_lost_nothing_is_sent(office):
    office.told("push")
    office.forget()
    office.server.forget_requests()
    told = office.sync()

    assert told["sent"] == told["from_phone"] == []
    assert office.server.writes == []


def test_two_agents_have_calendars_of_their_own(office, phone, radicale):
    other = Office(office.drawn, radicale, agent="李航", user="li")
    office.drawn.write(
        "clients/zhou.md", office.drawn.read("clients/zhou.md").replace("[[王敏]]", "[[李航]]")
    )
    office.told("push")
    other.told("push")
    theirs = Phone(radicale, agent="A-S56E6E", user="li")
    theirs.tick("followups", "周先生")
    told = office.sync(now=LATER), other.sync(now=LATER)

    assert [office.does(one) for one in told] == [[], ["done"]]
    assert "周先生" not in "".join(phone.titles("followups"))
    assert "@" not in log(office, "clients/zhou.md")[-1]


def test_the_password_is_in_nothing_that_is_said_or_kept(office, radicale):
    said = [office.run("push"), office.run("push", BROKERNOTES_CALDAV_PASSWORD="wr0ng")]
    kept = [p.read_bytes() for p in office.drawn.home.rglob("*") if p.is_file()]
    kept += [p.read_bytes() for p in office.drawn.root.rglob("*") if p.is_file()]

    assert said[1].exit == 1
    assert not [one for one in said if "密码" in one.out and "wang 的密码" in one.out + one.err]
    assert not [one for one in kept if radicale.password.encode() in one or b"wr0ng" in one]
    assert "wr0ng" not in said[1].out + said[1].err


def test_the_outcome_is_told_in_a_line_for_each(office, phone):
    pushed = office.run("push")
    phone.tick("followups", "承诺 李女士")
    pulled = office.run("pull", now=LATER)

    assert "跟进（王敏）：4 条日程，新增 4" in pushed.out
    entry, path, _ = pulled.out.split("\n")[0].split("\t")
    assert (entry[0], path) == ("0", LI)
    assert json.loads(office.run("pull", "--json").out)["from_phone"] == []


# -- what is asked for


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(office, phone):
    office.told("push")
    phone.tick("followups", "承诺 李女士")
    before = office.drawn.read(LI)
    office.server.forget_requests()
    said = office.run("sync", "--dry-run", now=LATER)
    told = office.told("sync", "--dry-run", now=LATER)

    assert said.exit == 0, said.err
    assert "+- 2026-11-21 08:30 跟进" in said.out
    assert "+- 2026-11-21 08:30 跟进" in told["diff"]
    assert office.drawn.read(LI) == before
    assert office.server.writes == []


def test_what_was_taken_in_is_one_commit(vault, radicale):
    drawn = vault(NOTES)
    drawn.git("init", "-q")
    drawn.git("add", "-A")
    drawn.git("commit", "-qm", "begin")
    office, phone = Office(drawn, radicale), Phone(radicale)
    office.told("push")
    phone.tick("followups", "承诺 李女士")
    phone.tick("followups", "跟进 周先生")
    told = office.sync(now=LATER)

    assert told["commit"]
    assert drawn.git("log", "--format=%s").split("\n")[:2] == ["来自手机：2 条", "begin"]


def test_it_speaks_english_too(office, phone):
    office.run("push", lang="en")
    phone.delete("followups", "李女士")
    phone.move("followups", "罗先生", DUE="20261129")
    said = office.run("sync", lang="en", now=LATER)

    assert "moved to 2026-11-29: " in said.out
    assert "deleted on the phone and put back, the notes still have it: " in said.err


def test_push_alone_says_what_waits_on_the_phone(office, phone):
    office.told("push")
    phone.tick("followups", "承诺 李女士")

    assert "手机上有 1 处还没进笔记" in office.run("push").err


# -- programs that keep only what they know, colleagues, other computers


def stripped(text):
    """An item as a program leaves it that drops what it does not know."""
    return re.sub(r"^(?:X-|CREATED|SEQUENCE|LAST-MODIFIED|URL).*\n", "", text, flags=re.MULTILINE)


def test_two_agents_of_one_name_on_one_account_leave_each_other_s_items(office, phone, radicale):
    for path in ("agents/李航.md", "clients/zhou.md"):
        name = "王敏" if path.startswith("agents") else "[[李航]]"
        text = office.drawn.read(path).replace("李航", name).replace("[[王敏]]", name)
        office.drawn.write(path, text)
    Office(office.drawn, radicale, agent="A-R45D5D").told("push")
    told = Office(office.drawn, radicale, agent="A-S56E6E").told("push")

    assert [one["does"] for one in told["sent"]] == ["created"]
    assert phone.titles("followups") == ["回访 阳光花园 3室2厅", "承诺 李女士", "承诺 罗先生"]


@pytest.mark.parametrize("command", ["push", "pull", "sync"])
def test_with_another_s_eyes_nothing_is_put_on_the_server(office, command):
    said = office.drawn.run("--as", "李航", "ical", command, "--agent", "王敏", lang="en")

    assert said.exit == 2
    assert f"ical {command} does not go with --as" in said.err
    assert " ical," not in said.err.partition("use it with")[2]


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_a_program_that_drops_what_is_ours_makes_nothing_come_twice(office, phone, state):
    office.told("push")
    phone.move("followups", "承诺 李女士", DUE="20261127")
    office.sync(now=LATER)
    for words in ("承诺 李女士", "跟进 周先生"):
        phone.edit("followups", words, stripped)
    phone.write("followups", "跟进 周先生", "嫌贵")
    if state == "lost":
        office.forget()
    told = office.sync(now=LATER)
    office.forget()
    again = office.sync(now=LATER)
    last = office.sync(now=LATER)

    assert office.does(told) == ["remark"]
    assert again["from_phone"] == last["from_phone"] == last["sent"] == []
    assert not (office.drawn.root / "收件箱.md").exists()
    assert "DUE;VALUE=DATE:20261127" in phone.find("followups", "承诺 李女士")[1]


def test_a_tick_on_what_stands_for_nothing_any_more_is_a_line_of_the_inbox_once(office, phone):
    office.told("push")
    phone.move("followups", "承诺 李女士", DUE="20261127")
    office.sync(now=LATER)
    phone.tick("followups", "承诺 李女士")
    phone.edit("followups", "承诺 李女士", stripped)
    office.forget()
    told = office.sync(now=LATER)
    office.forget()
    again = office.sync(now=LATER)

    assert office.does(told) == ["inbox"]
    assert office.drawn.read("收件箱.md").startswith("- 2026-11-21 08:30 承诺 李女士\n")
    assert again["from_phone"] == again["sent"] == []
    assert phone.titles("followups").count("承诺 李女士") == 1


def test_a_call_that_she_logged_and_ticked_off_as_well_is_one_entry(office, phone):
    office.told("push")
    office.drawn.run("log", "C-8G4EXB", "电话", "打过了", "--at", "2026-11-21 08:00")
    phone.write("followups", "跟进 周先生", "嫌贵")
    phone.tick("followups", "跟进 周先生")
    told = office.sync(now=LATER)
    office.forget()
    again = office.sync(now=LATER)

    assert office.does(told) == ["remark"]
    words = [line.split(" ")[3:5] for line in log(office, "clients/zhou.md")]
    assert words == [["电话", "再看看"], ["电话", "打过了"], ["备注", "嫌贵"]]
    assert again["from_phone"] == again["sent"] == []


def test_what_was_moved_and_ticked_off_on_one_day_is_over(office, phone):
    office.told("push")
    phone.move("followups", "承诺 李女士", DUE="20261127")
    office.sync(now="2026-11-21T12:00")
    phone.tick("followups", "承诺 李女士", at="20261121T060000Z")
    told = office.sync(now=LATER)

    assert office.does(told) == ["done"]
    assert "承诺 李女士" not in phone.titles("followups")


def test_what_a_phone_made_and_called_off_again_is_let_be_until_it_is_on_again(office, phone):
    office.told("push")
    lines = ("SUMMARY:周先生 电话", "DTSTART:20261124T020000Z")
    off = made("VEVENT", "PHONE-9", *lines, "STATUS:CANCELLED")
    phone.put("showings", "phone-9.ics", off)
    told = office.sync(now=LATER)
    phone.put("showings", "phone-9.ics", made("VEVENT", "PHONE-9", *lines))
    again = office.sync(now=LATER)

    assert told["from_phone"] == told["sent"] == []
    assert office.does(again) == ["new"]


def test_a_plan_that_one_calendar_alone_made_twice_is_one_again(office, phone):
    office.told("push")
    task = made("VTODO", "PHONE-10", "SUMMARY:周先生 电话", "DUE:20261124T020000Z")
    phone.put("followups", "phone-10.ics", task)
    office.sync(now=LATER)
    office.forget()
    office.told("sync", "--calendar", "showings", now=LATER)
    office.sync(now=LATER)

    assert not [one for one in phone.titles("showings") if "周先生" in one]
    assert "UID:PHONE-10\n" in phone.find("followups", "周先生")[1]


def test_two_computers_that_take_in_the_same_meet_without_a_conflict(vault, radicale):
    drawn = vault(NOTES)
    drawn.git("init", "-q", "-b", "one")
    drawn.git("add", "-A")
    drawn.git("commit", "-qm", "begin")
    office, phone = Office(drawn, radicale), Phone(radicale)
    office.told("push")
    phone.tick("followups", "承诺 李女士")
    phone.write("followups", "跟进 周先生", "嫌贵")
    phone.move("followups", "承诺 罗先生", DUE="20261129")
    drawn.git("branch", "two")
    office.told("pull", now=LATER)
    drawn.git("checkout", "-q", "two")
    office.forget()
    told = office.told("pull", now="2026-11-23T09:00")
    drawn.git("merge", "-q", "-m", "both", "one")

    assert len(told["from_phone"]) == 3
    assert [len(log(office, path)) for path in (LI, "clients/zhou.md", "clients/luo.md")] == [
        3,
        2,
        1,
    ]
    assert office.told("pull", now="2026-11-23T09:00")["from_phone"] == []


@pytest.mark.parametrize("command", ["push", "sync"])
def test_what_is_called_off_on_the_phone_is_told_and_on_again(office, phone, command):
    office.told("push")
    phone.move("followups", "承诺 李女士", STATUS="CANCELLED")
    phone.move("showings", "SUMMARY:带看", STATUS="CANCELLED")
    before = office.drawn.read(LI)
    told = office.told(command, now=LATER)
    again = office.told(command, now=LATER)

    assert sorted(one["title"] for one in told["deleted"]) == [
        "带看 14:30 李女士 → 阳光花园 3室2厅", "承诺 李女士",
    ]  # fmt: skip
    assert [one["does"] for one in told["sent"]] == ["updated", "updated"]
    assert "STATUS:NEEDS-ACTION" in phone.find("followups", "承诺 李女士")[1]
    assert "STATUS:CONFIRMED" in phone.find("showings", "SUMMARY:带看")[1]
    assert office.drawn.read(LI) == before
    assert again["deleted"] == again["sent"] == []

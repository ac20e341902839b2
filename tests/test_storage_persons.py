"""Persons across notes, as the index knows them; and what `due` makes of them."""

import json

import pytest

TOWN = """
    -- 经纪人/王敏.md --
    ---
    id: A-WANG22
    type: agent
    name: 王敏
    ---
    -- 经纪人/陈浩.md --
    ---
    id: A-CHEN22
    type: agent
    name: 陈浩
    ---
    -- 客源/周先生-1BVQKE.md --
    ---
    id: C-1BVQKE
    type: client
    title: 周先生
    agent: "[[王敏]]"
    stage: 在看
    created: 2026-10-01
    phone: [138 0013 8000, 021-58881234]
    ---
    -- 客源/周太太-7K2PQM.md --
    ---
    id: C-7K2PQM
    type: client
    title: 周太太
    agent: "[[陈浩]]"
    stage: 在看
    created: 2026-10-02
    phone: "+86 13800138000"
    ---
    -- 房源/春江苑-H4T0ZB.md --
    ---
    id: L-H4T0ZB
    type: listing
    title: 春江苑 2室
    agent: "[[陈浩]]"
    status: 在售
    transaction: 出售
    sharing: private
    created: 2026-10-01
    owner_phone: 02158881234
    ---
    -- 房源/别家-9F3DWA.md --
    ---
    id: L-9F3DWA
    type: listing
    title: 别家
    agent: "[[陈浩]]"
    status: 在售
    created: 2026-10-01
    owner_phone: 13900139000
    ---
    """
NOW = "2026-11-21T09:00"


def due(drawn, *words, now=NOW):
    rows = json.loads(drawn.run("due", "--json", *words, now=now).out)
    return {one["key"]: row for row in rows for one in row["reasons"]}


def day_of(rows, key):
    return rows[key]["due"] if rows[key]["due"] > NOW[:10] else NOW[:10]


def test_one_phone_in_several_notes_is_one_person_for_all_agents(vault):
    drawn = vault(TOWN)
    all_ = due(drawn, "--all", "--until", "+5d")

    asked = {
        key: day_of(all_, key) for key in all_ if key.split("/")[1] in ("followup", "revisit")
        and not key.startswith("L-9F3DWA")
    }  # fmt: skip
    by_agent = {}
    for key, when in asked.items():
        by_agent.setdefault(when, set()).add(all_[key]["agent"])
    assert len(asked) == 3
    assert all(len(agents) == 1 for agents in by_agent.values())
    assert len(by_agent) >= 2


@pytest.mark.parametrize("verb", ["电话", "微信", "推荐"])
def test_a_colleagues_call_today_makes_mine_wait_until_tomorrow(vault, verb):
    drawn = vault(TOWN)
    drawn.run("log", "C-7K2PQM", verb, "聊了聊", now=NOW)

    assert "C-1BVQKE/followup/start" not in due(drawn, "--agent", "王敏")
    rows = due(drawn, "--agent", "王敏", "--until", "+1d", "--explain")
    row = rows["C-1BVQKE/followup/start"]
    assert row["due"] == "2026-11-22"
    assert row["brief"][0] == (
        "a colleague was in touch with this person on 2026-11-21: it waits for 2026-11-22"
    )
    (reason,) = row["reasons"]
    assert reason["waits"] == {
        "date": "2026-11-21", "colleague": True, "coming": False, "days": 1,
    }  # fmt: skip
    said = json.dumps(row, ensure_ascii=False)
    assert not any(word in said for word in ("陈浩", "周太太", "春江苑", "聊了聊", "13800138000"))


def test_an_owners_phone_in_another_form_is_the_clients(vault):
    drawn = vault(TOWN)
    drawn.run("log", "L-H4T0ZB", "回访", "不降价", now=NOW)

    assert "C-1BVQKE/followup/start" not in due(drawn, "--agent", "王敏")
    assert "L-9F3DWA/revisit/start" in due(drawn, "--agent", "陈浩")


def test_the_note_itself_says_that_it_waits(vault):
    drawn = vault(TOWN)
    drawn.run("log", "C-7K2PQM", "电话", "聊了聊", now=NOW)
    page = drawn.run("show", "C-1BVQKE", "--agent", "王敏", now=NOW).out
    (one,) = json.loads(drawn.run("show", "C-1BVQKE", "--json", now=NOW).out)["due"]

    assert "2026-11-22  not known whether to buy or to rent: follow up" in page
    assert "(a colleague was in touch with this person on 2026-11-21: it waits for 2026-11-22)" in (
        " ".join(page.split())
    )
    assert (one["due"], one["waits"]["date"]) == ("2026-11-22", "2026-11-21")


def test_a_promise_is_made_all_the_same(vault):
    drawn = vault(TOWN)
    drawn.run("log", "C-1BVQKE", "电话", "--next", "2026-11-21", now="2026-11-19T10:00")
    drawn.run("log", "C-7K2PQM", "电话", now=NOW)

    assert [key.split("/")[1] for key in due(drawn, "--agent", "王敏")] == ["promise"]


def test_the_brokerage_may_want_more_days_between_or_none(vault):
    drawn = vault(TOWN + "-- brokernotes.yaml --\n    format: 1\n    cadence: {min_gap: 3}\n")
    drawn.run("log", "C-7K2PQM", "电话", now="2026-11-20T10:00")
    assert due(drawn, "--agent", "王敏", "--until", "+5d")["C-1BVQKE/followup/start"]["due"] == (
        "2026-11-23"
    )
    drawn.write("brokernotes.yaml", "format: 1\ncadence: {min_gap: 0}\n")
    drawn.run("log", "C-7K2PQM", "电话", now=NOW)
    assert "C-1BVQKE/followup/start" in due(drawn, "--agent", "王敏")


def test_the_calendar_says_the_same(vault):
    drawn = vault(TOWN)
    drawn.run("log", "C-7K2PQM", "电话", "聊了聊", now=NOW)
    text = drawn.run("ical", "--agent", "王敏", "-o", "-", lang="en", now=NOW).out
    event = next(one for one in text.split("BEGIN:VEVENT") if "Follow up 周先生" in one)

    assert "DTSTART;VALUE=DATE:20261122" in event
    assert "a colleague was in touch" in event.replace("\r\n ", "")
    assert "周太太" not in text


def test_whoever_wants_no_contact_is_left_alone_under_every_name(vault):
    drawn = vault(TOWN)
    drawn.run("set", "C-7K2PQM", "do_not_contact=true", now=NOW)

    assert due(drawn, "--agent", "王敏") == {}


def test_whoever_asked_for_peace_until_a_day_has_it_under_every_name(vault):
    drawn = vault(TOWN)
    drawn.run("set", "C-7K2PQM", "do_not_contact_until=2026-11-25", now=NOW)

    assert due(drawn, "--agent", "王敏") == {}
    rows = due(drawn, "--agent", "王敏", "--until", "2026-11-30")
    assert rows["C-1BVQKE/followup/start"]["due"] == "2026-11-25"
    assert due(drawn, "--agent", "王敏", now="2026-11-25T09:00")
    left = {key for key in due(drawn, "--agent", "陈浩") if "/neglected/" not in key}
    assert left == {"L-9F3DWA/revisit/start"}


def test_when_a_call_suits_is_said_and_the_days_are_kept(vault):
    drawn = vault(TOWN)
    drawn.run("set", "C-1BVQKE", "call_times=双休、19点以后", "phone=13600136000", now=NOW)
    drawn.run("log", "C-1BVQKE", "电话", now="2026-11-02T10:00")  # C: due on Tuesday 17th
    rows = due(drawn, "--agent", "王敏", "--explain")
    row = rows[next(iter(rows))]

    assert (row["due"], row["times"]) == ("2026-11-21", ["双休", "19点以后"])
    assert "suits them: 双休, 19点以后" in row["brief"]
    assert (
        "moved from 2026-11-17 to 2026-11-21, which suits them (`call_times`)"
        in (row["reasons"][0]["explain"])
    )


def test_an_owners_times_are_those_of_their_note(vault):
    drawn = vault(TOWN)
    drawn.run("set", "L-H4T0ZB", "owner=C-1BVQKE", now=NOW)
    drawn.run("set", "C-1BVQKE", "call_times=周三", now=NOW)
    drawn.run("log", "L-H4T0ZB", "回访", now="2026-11-20T10:00")
    rows = due(drawn, "--agent", "陈浩", "--until", "2026-12-20")
    first = min(row["due"] for key, row in rows.items() if key.startswith("L-H4T0ZB"))

    assert first == "2026-12-09"  # Wednesday, after the 5th
    assert drawn.run("index", "--verify", now=NOW).exit == 0

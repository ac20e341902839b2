"""`plan` where several homes, other plans and the owners bear on it."""

import json

import pytest

DRAWING = """
    -- 经纪人/王敏.md --
    ---
    id: A-000001
    type: agent
    title: 王敏
    email: wang@example.com
    ---
    -- 经纪人/周婕.md --
    ---
    id: A-000002
    type: agent
    title: 周婕
    ---
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    agent: "[[王敏]]"
    ---
    -- 客源/曹小姐-T2SZTQ.md --
    ---
    id: C-T2SZTQ
    type: client
    title: 曹小姐
    agent: "[[周婕]]"
    ---

    ## 跟进记录

    - [ ] 2026-11-22 15:00 带看 [[阳光花园 3室-7K2PQM]] ^3afr4q81c
    - [ ] 2026-11-22 18:00 电话 ^3afr4q81d
    -- 小区/阳光花园.md --
    ---
    id: M-000001
    type: community
    title: 阳光花园
    location: 31.25,121.57
    ---
    -- 小区/春江苑.md --
    ---
    id: M-000002
    type: community
    title: 春江苑
    location: 31.24,121.55
    ---
    -- 小区/映月湾.md --
    ---
    id: M-000003
    type: community
    title: 映月湾
    location: 31.11,121.38
    ---
    -- 房源/阳光花园 3室-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室
    community: "[[阳光花园]]"
    keys: 门店
    ---
    -- 房源/春江苑 2室-H4T0ZB.md --
    ---
    id: L-H4T0ZB
    type: listing
    title: 春江苑 2室
    community: "[[春江苑]]"
    keys: 门店
    ---
    -- 房源/映月湾 2室-PR9H28.md --
    ---
    id: L-PR9H28
    type: listing
    title: 映月湾 2室
    community: "[[映月湾]]"
    keys: 门店
    ---
"""
CLIENT = "客源/李女士-9F3DWA.md"
HOMES = ("L-PR9H28", "L-7K2PQM", "L-H4T0ZB")


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


def planned(drawn, *args, when="2026-11-22 09:00"):
    done = drawn.run("plan", "C-9F3DWA", "带看", *args, "--at", when, "--json")
    assert done.exit == 0, done.err
    return json.loads(done.out)


def way(drawn, *args, **more):
    return [(one["id"], one["at"][-5:]) for one in planned(drawn, *args, **more)["stops"]]


def test_the_way_begins_at_the_first_home_and_estates_cost_time_between(drawn):
    assert way(drawn, *HOMES) == [
        ("L-PR9H28", "09:00"), ("L-H4T0ZB", "10:00"), ("L-7K2PQM", "11:00")
    ]  # fmt: skip


def test_the_way_begins_where_people_meet(drawn):
    found = way(drawn, *HOMES, "--place", "阳光花园东门")

    assert [ref for ref, _ in found] == ["L-7K2PQM", "L-H4T0ZB", "L-PR9H28"]
    assert drawn.read(CLIENT).count("[地点:: 阳光花园东门]") == 1


def test_the_order_typed_is_kept_when_asked(drawn):
    found = way(drawn, *HOMES, "--in-order", "--place", "阳光花园东门", "--duration", "30")

    assert found == [("L-PR9H28", "09:00"), ("L-7K2PQM", "09:45"), ("L-H4T0ZB", "10:30")]


def test_the_rules_say_how_long_the_way_takes(vault):
    drawn = vault(
        DRAWING + "    -- brokernotes.yaml --\n    format: 1\n    calendar: {travel: 0}\n"
    )

    assert [at for _, at in way(drawn, *HOMES)] == ["09:00", "09:45", "10:30"]


def test_a_home_that_is_taken_is_refused_and_nothing_written(drawn):
    before = drawn.read(CLIENT)

    done = drawn.run("plan", "C-9F3DWA", "带看", "L-7K2PQM", "--at", "2026-11-22 15:30")

    assert done.exit == 1
    assert "阳光花园 3室 is shown from 15:00 to 15:45 already" in done.err
    assert "a client of 周婕" in done.err
    assert "曹小姐" not in done.err
    assert drawn.read(CLIENT) == before


def test_a_home_is_free_when_the_other_showing_is_over(drawn):
    assert way(drawn, "L-7K2PQM", when="2026-11-22 15:45") == [("L-7K2PQM", "15:45")]
    other = drawn.run(
        "plan", "C-T2SZTQ", "带看", "L-H4T0ZB", "--at", "2026-11-22 18:00", "--agent", "A-000002"
    )
    assert other.exit == 0, other.err  # a call at that time can be made on the way


def test_force_plans_what_is_refused(drawn):
    found = planned(drawn, "L-7K2PQM", "--force", when="2026-11-22 15:30")

    assert [(one["code"], one["severity"]) for one in found["findings"]] == [
        ("clash-listing", "clash"), ("key-at", "note")
    ]  # fmt: skip
    assert found["findings"][0]["params"]["entry"] == "C-T2SZTQ:3afr4q81c"


def test_two_appointments_of_one_agent_clash_but_not_calls(drawn):
    planned(drawn, "L-H4T0ZB", when="2026-11-23 10:00")

    meeting = drawn.run("plan", "C-9F3DWA", "面谈", "--at", "2026-11-23 10:30")
    assert meeting.exit == 1
    assert drawn.run("plan", "C-9F3DWA", "电话", "--at", "2026-11-23 10:30").exit == 0


def test_the_owner_is_to_be_told_as_soon_as_it_is_planned_and_no_more_when_it_is_off(drawn):
    def due():
        done = drawn.run("due", "--kind", "confirm_showing", "--all", "--until", "+2d", "--json")
        return sorted(one["key"] for one in json.loads(done.out))

    drawn.run("cancel", "3afr4q81c")
    assert due() == []
    entry = planned(drawn, "L-7K2PQM")["entry"]
    assert due() == [f"C-9F3DWA/confirm_showing/{entry}", f"L-7K2PQM/confirm_showing/{entry}"]

    drawn.run("log", "L-7K2PQM", "电话", "业主同意", "11-22", "09:00")
    assert due() == [f"C-9F3DWA/confirm_showing/{entry}"]
    drawn.run("cancel", entry)
    assert due() == []
    assert drawn.run("index", "--verify").exit == 0


PRIVATE = """
    -- 房源/江月庭 4室-7QHVHY.md --
    ---
    id: L-7QHVHY
    type: listing
    title: 江月庭 4室
    sharing: 私盘
    agent: "[[周婕]]"
    keys: 门店
    key_no: K-77
    owner_name: 裴女士
    occupant: 业主
    showing_requirements: 先打 13800138000
    ---
"""


def test_the_owner_of_a_colleagues_private_home_is_not_named_nor_its_key(vault):
    drawn = vault(DRAWING + PRIVATE)
    done = drawn.run(
        "plan", "C-9F3DWA", "带看", "L-7QHVHY", "--at", "2026-11-22 09:00", "--dry-run", "--json"
    )

    assert "agree through 周婕, who holds it" in done.out
    for hidden in ("裴女士", "K-77", "13800138000"):
        assert hidden not in done.out


def test_a_showing_says_what_to_bring_and_a_call_does_not(drawn):
    showing = drawn.run("plan", "C-9F3DWA", "带看", "L-7K2PQM", "--at", "2026-11-22 09:00")
    call = drawn.run("plan", "C-9F3DWA", "电话", "--at", "2026-11-23 09:00")

    assert "bring: shoe covers, listing sheets, business cards" in showing.err
    assert "bring" not in call.err


def test_an_entrustment_that_is_over_and_a_slip_that_is_signed_are_said(drawn):
    home = "房源/阳光花园 3室-7K2PQM.md"
    over = "entrust_until: 2026-11-21\nkeys: 门店"
    drawn.write(home, drawn.read(home).replace("keys: 门店", over))
    slip = "- 2026-11-10 10:00 带看 [[阳光花园 3室-7K2PQM]] [确认书:: 灯看0412] ^3e1aaaaaa\n"
    drawn.write(CLIENT, f"{drawn.read(CLIENT)}\n## 跟进记录\n\n{slip}")
    done = drawn.run("plan", "C-9F3DWA", "复看", "L-7K2PQM", "--at", "2026-11-22 09:00")

    assert "the entrustment ended on 2026-11-21: have it renewed first" in done.err
    assert "showing slip 灯看0412 is signed" in done.err


def test_programs_are_told_what_is_taken_along(drawn):
    def brought(verb):
        done = drawn.run("plan", "C-9F3DWA", verb, "--at", "2026-11-22 09:00", "--json", lang="zh")
        return json.loads(done.out)["bring"]

    assert brought("带看")[:2] == ["鞋套", "房源资料"]
    assert brought("电话") == []

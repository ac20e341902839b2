import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from brokernotes.features.parties import Party, told_now
from brokernotes.model.occurrences import Neighbours, Occurrence
from tests.followup_notes import AGENTS, IDS, RULES, TODAY, day, deal, derived, entry

BUYER = {"C-9F3DWA": {"stage": "past_client"}}


def asked(record, values: dict[str, Any] = BUYER, ids=IDS, today=TODAY):
    near = Neighbours(agents=AGENTS, ids=ids, values=values)
    found = derived(record, near, today=today).occurrences
    return {one.key: one for one in found if one.kind in ("satisfaction", "referral")}


def done(*entries, **values):
    known = {"stage": "completed", "template": "sale_cash", "buyer": "李女士", "agent": "陈浩"}
    return deal(*entries, **{**known, "handover_on": day("11-02"), **values})


def test_a_week_and_a_month_after_the_handover():
    found = asked(done(closing_agent="王敏"))

    assert {key: str(one.due) for key, one in found.items()} == {
        "C-9F3DWA/satisfaction/D-DEAL01": "2026-11-09",
        "C-9F3DWA/referral/D-DEAL01": "2026-12-02",
    }
    assert {(one.note, one.person, one.agent) for one in found.values()} == {
        ("C-9F3DWA", "C-9F3DWA", "A-WANG01")
    }


def anniversaries(record, values: dict[str, Any] = BUYER, today=TODAY, rules=RULES):
    near = Neighbours(agents=AGENTS, ids=IDS, values=values)
    found = derived(record, near, rules, today).occurrences
    return {one.key: str(one.due) for one in found if one.kind == "anniversary"}


def test_whoever_bought_is_congratulated_each_year_for_some_years():
    record = done(handover_on=day("2024-02-29"), seller="李女士")
    key = "C-9F3DWA/anniversary/D-DEAL01-"

    assert anniversaries(record) == {f"{key}2026": "2026-02-28", f"{key}2027": "2027-02-28"}
    assert anniversaries(record, today=day("2027-05-01")) == {f"{key}2027": "2027-02-28"}
    assert anniversaries(record, today=day("2028-01-01")) == {}
    found = derived(record, Neighbours(ids=IDS, values=BUYER))
    assert found.stale_from == date(2027, 1, 1)
    one = next(one for one in found.occurrences if one.kind == "anniversary")
    assert (one.person, one.params["count"], one.until) == ("C-9F3DWA", 2, one.due)


def test_the_rules_say_for_how_many_years_and_none_is_none():
    other = {**RULES.other, "greetings": {**RULES.other["greetings"], "anniversaries": 0}}

    assert anniversaries(done(), rules=replace(RULES, other=other)) == {}


@pytest.mark.parametrize(
    "values", [{"greetings": False}, {"do_not_contact": True}, {"stage": "inactive"}]
)
def test_nobody_is_congratulated_who_does_not_want_it(values):
    assert anniversaries(done(), {"C-9F3DWA": values}) == {}


def test_tenants_and_sellers_are_not_congratulated():
    assert anniversaries(done(template="lease")) == {}
    assert anniversaries(done(buyer=None, seller="李女士")) == {}


def test_at_the_end_of_time_there_is_no_anniversary():
    last = done(handover_on=date(9998, 12, 31))

    assert list(anniversaries(last, today=date(9999, 6, 1)).values()) == ["9999-12-31"]


def test_a_greeting_settles_the_anniversary_it_is_for():
    year = Occurrence(
        key="C-1/anniversary/D-1-2027", kind="anniversary", note="C-1", path="x.md",
        due=day("2027-11-02"), until=day("2027-11-02"),
    )  # fmt: skip

    def told(greeted):
        return told_now([year], {"C-1": Party("x.md", "x", None, greeted)})

    assert [bool(told(when)) for when in (None, day("2027-10-29"), day("2027-10-30"))] == [
        True, True, False,
    ]  # fmt: skip


def test_a_handover_that_is_only_planned_is_none():
    assert asked(done(stage="closing", handover_on=day("11-10"))) == {}

    happened = done(entry("11-12", "handover"), stage="closing", handover_on=day("11-10"))
    assert str(asked(happened)["C-9F3DWA/satisfaction/D-DEAL01"].due) == "2026-11-19"


@pytest.mark.parametrize("said", [{"do_not_contact": True}, {"stage": "inactive"}])
def test_who_is_not_to_be_contacted(said):
    assert asked(done(), {"C-9F3DWA": said}) == {}


def test_both_sides_are_asked_and_one_who_sold_to_himself_once():
    ids = {**IDS, "周先生": "C-ZHOU01"}

    assert len(asked(done(seller="周先生"), ids=ids)) == 4
    assert len(asked(done(seller="李女士"))) == 2


def test_whoever_was_reached_since_is_not_asked_again():
    def one(number: str, due: date) -> Occurrence:
        return Occurrence(
            key=f"{number}/satisfaction/D-1", kind="satisfaction", note=number, path="d.md", due=due
        )

    due = date(2026, 11, 9)
    parties = {
        "C-1": Party("1.md", "一", date(2026, 11, 9)),
        "C-2": Party("2.md", "二", date(2026, 11, 8)),
        "C-3": Party("3.md", "三", None),
    }

    found = told_now([one(f"C-{n}", due) for n in (1, 2, 3, 4)], parties)

    assert [(each.note, each.path, each.title) for each in found] == [
        ("C-2", "2.md", "二"), ("C-3", "3.md", "三"), ("C-4", "d.md", ""),
    ]  # fmt: skip


DRAWN = """
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    stage: 老客户
    created: 2026-08-01
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 约交房 ^3ack67k2p
    -- 房源/阳光花园-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园
    status: 我售
    created: 2026-08-01
    ---
    -- 成交/阳光花园-96XRYD.md --
    ---
    id: D-96XRYD
    type: deal
    listing: "[[阳光花园-7K2PQM]]"
    buyer: "[[李女士-9F3DWA]]"
    stage: 完成
    template: 全款买卖
    handover_on: 2026-11-10
    created: 2026-08-01
    ---
    """


def test_it_stands_under_the_clients_name_until_they_were_called(vault):
    drawn = vault(DRAWN)

    def rows():
        said = drawn.run("due", "--kind", "satisfaction", "--json", "--explain")
        return json.loads(said.out)

    (row,) = rows()
    assert (row["key"], row["id"], row["title"]) == (
        "C-9F3DWA/satisfaction/D-96XRYD", "C-9F3DWA", "李女士",
    )  # fmt: skip
    assert (row["due"], row["path"]) == ("2026-11-17", "客源/李女士-9F3DWA.md")
    assert row["reasons"][0]["explain"][0].startswith("rule cadence.satisfaction = 7")
    ical = drawn.run("ical", "-o", "-", lang="zh").out
    assert "满意度回访 李女士" in ical

    drawn.run("log", "C-9F3DWA", "回访", "住得很好")
    assert rows() == []
    assert "满意度回访" not in drawn.run("ical", "-o", "-", lang="zh").out


def test_a_client_who_is_not_to_be_contacted_any_more_is_not_asked(vault):
    drawn = vault(DRAWN)
    assert json.loads(drawn.run("due", "--kind", "satisfaction", "--json").out)

    drawn.run("set", "C-9F3DWA", "do_not_contact=true")

    assert json.loads(drawn.run("due", "--kind", "satisfaction", "--json").out) == []

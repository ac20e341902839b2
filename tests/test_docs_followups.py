"""The page on follow-ups names every kind of occurrence, and every kind is made, told and dated."""

import json
import re
from pathlib import Path

import pytest

from brokernotes.features.calendar_items import calendar_of
from brokernotes.features.calendar_texts import KINDS as LABELS
from brokernotes.language import language
from brokernotes.model.occurrences import KINDS

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"en": DOCS / "followups.md", "zh": DOCS / "zh" / "followups.md"}
NOW = "2026-11-21T09:00"

# One note or more for each kind.
EVERYTHING = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    deals: {city: 上海}
    -- 经纪人/王敏.md --
    ---
    id: A-WANG22
    type: agent
    name: 王敏
    ---
    -- 客源/新客-1BVQKE.md --
    ---
    id: C-1BVQKE
    type: client
    title: 刚来问的
    agent: "[[王敏]]"
    stage: 新客
    created: 2026-11-21T08:50
    ---
    -- 客源/看房-7K2PQM.md --
    ---
    id: C-7K2PQM
    type: client
    title: 在看房的
    agent: "[[王敏]]"
    stage: 在看
    created: 2026-10-02
    ---

    ## 跟进记录

    - [ ] 2026-11-22 15:00 带看 [[卖着-H4T0ZB]] ^3a1a1a1a1
    - 2026-11-20 10:00 带看 [[卖着-H4T0ZB]] ^3a1a1a1a2
    -- 客源/等着-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 什么都有的
    agent: "[[王敏]]"
    stage: 老客户
    created: 2026-01-02
    birthday: L06-08
    greetings: true
    retention_until: 2026-12-01
    ---
    -- 客源/说好-C4XB3T.md --
    ---
    id: C-C4XB3T
    type: client
    title: 说好联系的
    agent: "[[王敏]]"
    stage: 在看
    created: 2026-10-02
    ---

    ## 跟进记录

    - 2026-11-01 电话 [下次:: 2026-11-21] ^3a1a1a1a3
    -- 客源/嫌这嫌那-BYY1MQ.md --
    ---
    id: C-BYY1MQ
    type: client
    title: 看不中的
    agent: "[[王敏]]"
    stage: 在看
    created: 2026-10-02
    ---

    ## 跟进记录

    - 2026-11-01 带看 [[卖着-H4T0ZB]] [反应:: 放弃] ^3a1a1a1a4
    - 2026-11-02 带看 [[卖着-H4T0ZB]] [反应:: 放弃] ^3a1a1a1a5
    - 2026-11-03 带看 [[卖着-H4T0ZB]] [反应:: 放弃] ^3a1a1a1a6
    -- 房源/卖着-H4T0ZB.md --
    ---
    id: L-H4T0ZB
    type: listing
    title: 卖着的
    agent: "[[王敏]]"
    status: 在售
    transaction: 出售
    sharing: 私盘
    created: 2026-01-01
    entrust_until: 2026-12-01
    lease_end: 2027-01-01
    ---
    -- 房源/撤下-S25VY0.md --
    ---
    id: L-S25VY0
    type: listing
    title: 撤下的
    agent: "[[王敏]]"
    status: 暂缓
    created: 2026-01-01
    published: [贝壳 2026-08-01]
    ---
    -- 成交/定了-DEAL01.md --
    ---
    id: D-DEAL01
    type: deal
    title: 下了定金的
    listing: "[[撤下-S25VY0]]"
    agent: "[[王敏]]"
    stage: 定金
    expected_signing: 2026-11-25
    ---
    -- 成交/签了-DEAL02.md --
    ---
    id: D-DEAL02
    type: deal
    title: 签了约的
    listing: "[[撤下-S25VY0]]"
    agent: "[[王敏]]"
    stage: 签约
    template: 贷款买卖
    tax_payment_on: 2026-11-30
    fee_buyer_due: 30000
    fee_buyer_due_on: 2026-11-24
    ---
    -- 成交/交了-DEAL03.md --
    ---
    id: D-DEAL03
    type: deal
    title: 交了房的
    buyer: "[[等着-9F3DWA]]"
    agent: "[[王敏]]"
    stage: 完成
    template: 全款买卖
    handover_on: 2026-11-10
    ---
    """


def rows(page):
    """The cells of the table of kinds."""
    lines = re.findall(r"^\| `(\w+)` \| (.+) \|$", page.read_text("utf-8"), re.MULTILINE)
    table = {kind: [cell.strip() for cell in cells.split(" | ")] for kind, cells in lines}
    return {kind: cells for kind, cells in table.items() if len(cells) == 4}  # not that of fields


@pytest.mark.parametrize("code", PAGES)
def test_the_table_names_every_kind_as_people_and_calendars_call_it(code):
    table = rows(PAGES[code])

    assert set(table) == set(KINDS)
    for kind, (label, _, _, calendar) in table.items():
        assert label == language(code).text(LABELS[kind])
        assert calendar == f"`{calendar_of(kind)}`"


@pytest.fixture
def town(vault):
    return vault(EVERYTHING)


def due(drawn, lang):
    said = drawn.run("due", "--all", "--until", "2028-01-01", "--explain", "--json", lang=lang,
                     now=NOW)  # fmt: skip
    return {one["kind"]: one for row in json.loads(said.out) for one in row["reasons"]}


def test_every_kind_is_due_with_its_reason_and_its_rule_in_either_language(town):
    english, chinese = due(town, "en"), due(town, "zh")

    assert set(english) == set(chinese) == set(KINDS)
    for kind, one in english.items():
        other = chinese[kind]
        assert (one["key"], one["due"]) == (other["key"], other["due"])
        for text, translated in ((one["reason"], other["reason"]),
                                 (one["explain"][0], other["explain"][0])):  # fmt: skip
            assert text
            assert translated != text
        assert re.search("[一-鿿]", other["reason"]), kind
        assert re.search("[一-鿿]", " ".join(other["explain"])), kind


@pytest.mark.parametrize("lang", PAGES)
def test_every_kind_stands_in_its_calendar(town, lang):
    town.run("ical", lang=lang, now=NOW)
    speaks = language(lang)
    files = {
        name: (town.root / "calendar" / f"{name}.ics").read_text("utf-8").replace("\n ", "")
        for name in ("showings", "followups", "greetings")
    }
    # A plan is told by its verb, a step by its name; a row of one person by its first reason.
    special = {
        "planned": {"en": "Showing 15:00", "zh": "带看 15:00"},
        "milestone": {"en": "Tax", "zh": "缴税"},
        "festival": {"en": "New Year", "zh": "元旦"},
    }
    told = due(town, lang)
    everything = "".join(files.values()).replace("\\", "")
    for kind in KINDS:
        label = special.get(kind, {}).get(lang) or speaks.text(LABELS[kind])
        text = files[calendar_of(kind)].replace("\\", "")
        # One line of a row stands where its first reason does.
        assert label in text or told[kind]["reason"] in everything, kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_may_be_asked_for_alone(town, kind):
    said = town.run("due", "--all", "--until", "2028-01-01", "--kind", kind, "--json", now=NOW)

    assert {row["kind"] for row in json.loads(said.out)} == {kind}

"""`report showings` over a drawn vault."""

import json

import pytest

from tests.transcripts import names

DRAWING = """
    -- 经纪人/王敏.md --
    ---
    id: A-000001
    type: agent
    title: 王敏
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

    ## 跟进记录

    - 2026-11-02 15:00 带看 [[阳光花园-7K2PQM]] [意向:: 3] [顾虑:: 价格、采光] ^3ack67k2a
    - 2026-11-03 15:00 带看 [[春江苑-H4T0ZB]] @周婕 ^3ack67k2b
    - 2026-11-05 10:00 备注 [[春江苑-H4T0ZB]] 嫌贵 [顾虑:: 价格] ^3ack67k2c
    - 2026-11-08 15:00 复看 [[阳光花园-7K2PQM]] [意向:: 5] ^3ack67k2d
    - 2026-11-09 15:00 报价 [[阳光花园-7K2PQM]] [价:: 600] ^3ack67k2e
    - [-] 2026-11-10 15:00 带看 [[阳光花园-7K2PQM]] ^3ack67k2f
    - [ ] 2026-11-25 15:00 带看 [[阳光花园-7K2PQM]] ^3ack67k2g
    -- 小区/阳光花园小区.md --
    ---
    id: M-000001
    type: community
    title: 阳光花园小区
    ---
    -- 房源/阳光花园-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园
    community: "[[阳光花园小区]]"
    ---

    ## 跟进记录

    - 2026-11-02 15:00 带看 [[李女士-9F3DWA]] ^3ack67k2h
    -- 房源/春江苑-H4T0ZB.md --
    ---
    id: L-H4T0ZB
    type: listing
    title: 春江苑
    ---
    -- 成交/阳光花园-TY2CKJ.md --
    ---
    id: D-TY2CKJ
    type: deal
    title: 阳光花园
    listing: "[[阳光花园-7K2PQM]]"
    buyer:
      - "[[李女士-9F3DWA]]"
    stage: 定金
    ---
"""


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


@pytest.mark.parametrize("name", names("report-showings-"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


def report(drawn, *args):
    done = drawn.run("report", "showings", *args, "--json")
    assert done.exit == 0, done.err
    return json.loads(done.out)


def test_agents_are_counted_by_who_went(drawn):
    wang, zhou = report(drawn)

    assert (wang["id"], wang["showings"], wang["second"]) == ("A-000001", 2, 1)
    assert (wang["in_time"], wang["late"], wang["missing"], wang["interest"]) == (2, 0, 0, 4)
    assert wang["objections"] == {"price": 1, "light": 1}
    assert (wang["pairs"], wang["offers"], wang["deposits"], wang["conversion"]) == (1, 1, 1, 1)
    assert (zhou["id"], zhou["showings"], zhou["late"]) == ("A-000002", 1, 1)
    assert zhou["objections"] == {"price": 1}
    assert zhou["deposits"] == 0


def test_a_period_and_an_axis_are_chosen(drawn):
    assert [one["id"] for one in report(drawn, "--by", "listing", "--until", "2026-11-03")] == [
        "L-7K2PQM", "L-H4T0ZB"
    ]  # fmt: skip
    (second,) = report(drawn, "--by", "estate", "--since", "2026-11-04")
    assert (second["id"], second["title"], second["showings"]) == ("M-000001", "阳光花园小区", 1)
    assert report(drawn, "--since", "2026-11-09") == []
    assert (
        drawn.run("report", "showings", "--since", "2026-11-09", "--until", "2026-11-01").exit == 2
    )
    assert drawn.run("report", "showings", "--by", "weather").exit == 2


def test_a_colleagues_client_is_not_named(drawn):
    (row,) = report(drawn, "--by", "client", "--agent", "A-000002")

    assert (row["title"], row["agent"]) == (None, "A-000001")
    (mine,) = report(drawn, "--by", "client", "--agent", "A-000001")
    assert mine["title"] == "李女士"


def test_it_has_a_chinese_name_and_a_head_line_for_sheets(drawn):
    lines = drawn.run("report", "带看", "--format", "csv").out.splitlines()

    assert lines[0].startswith("id,title,showings,second,in_time,late,missing,interest,pairs")
    assert lines[1].startswith("A-000001,王敏,2,1,2,0,0,4")
    assert lines[0].endswith(",conversion,objections")
    assert lines[1].endswith(",light 1; price 1")
    tsv = drawn.run("report", "带看", "--format", "tsv").out.splitlines()
    assert [line.split("\t")[-1] for line in tsv] == ["objections", "light 1; price 1", "price 1"]

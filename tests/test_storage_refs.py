from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.joint import open_vault
from brokernotes.storage.refs import find_alike, find_described, find_refs

DRAWING = """
    -- clients/李女士 浦东三房-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士 浦东三房
    aliases: [李姐]
    phone: "13800138000"
    ---
    -- clients/李先生 静安-7K2PQM.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李先生 静安
    ---
    -- communities/阳光新城.md --
    ---
    id: M-H4T0ZB
    type: community
    title: 阳光新城
    ---
    -- listings/阳光新城 3室2厅-C4XB3T.md --
    ---
    id: L-C4XB3T
    type: listing
    title: 阳光新城 3室2厅
    ---
    -- agents/Wang Min.md --
    ---
    id: A-000001
    type: agent
    title: Wang Min
    ---
"""
LI, XIANSHENG, ESTATE, LISTING, AGENT = "C-9F3DWA", "C-7K2PQM", "M-H4T0ZB", "L-C4XB3T", "A-000001"


@pytest.fixture
def queries(vault):
    yield from queries_of(vault(DRAWING))


def queries_of(drawn):
    opened = open_vault(str(drawn.root), drawn.environ())
    opened.refresh(date(2026, 11, 21))
    yield opened.queries
    opened.close()


@pytest.mark.parametrize(
    ("ref", "ids"),
    [
        ("C-9F3DWA", [LI]),
        ("c-9f", [LI]),
        ("C-", []),
        ("李女士 浦东三房-9F3DWA", [LI]),
        ("clients/李女士 浦东三房-9F3DWA.md", [LI]),
        ("李女士 浦东三房", [LI]),
        ("李姐", [LI]),
        ("138 0013 8000", [LI]),
        ("+86-13800138000", [LI]),
        ("[[李女士 浦东三房-9F3DWA|李女士]]", [LI]),
        ("李女士", [LI]),
        ("浦东", [LI]),
        ("wang", [AGENT]),
        ("李", []),
        ("9F3D", []),
        ("9f3dwa", [LI]),
        ("000001", [AGENT]),
        ("ZZZZZZ", []),
        ("阳光新城", [ESTATE]),
        ("阳光", [ESTATE, LISTING]),
        ("ygxc3s", [LISTING]),
        ("ygxc", [ESTATE, LISTING]),
        ("lnsp", [LI]),
        ("LNS", [LI]),
        ("l", []),
        ("wm", []),
        ("lijie", [LI]),
        ("linvshi", [LI]),
        ("yangguangxincheng3", [LISTING]),
        ("李姐姐", []),
        ("(138) 0013.8000", [LI]),
        ("0086 138 0013 8000", [LI]),
        ("１３８００１３８０００", [LI]),
        ("138****8000", [LI]),
        ("138****8001", []),
        ("尾号8000", [LI]),
        ("*8000", [LI]),
        ("尾号000", []),
        ("8000", []),
        ("***", []),
        ("Ｃ－９Ｆ３ＤＷＡ", [LI]),
        ("ＷＡＮＧ", [AGENT]),
        ("nobody", []),
        ("", []),
        ("[[]]", []),
    ],
)
def test_a_note_is_found_in_the_surest_way_that_finds_any(queries, ref, ids):
    assert sorted(row.id for row in find_refs(queries, ref)) == sorted(ids)


def test_notes_of_another_type_are_no_answer(queries):
    assert [row.id for row in find_refs(queries, "阳光", ("listing",))] == [LISTING]
    assert [row.id for row in find_refs(queries, "ygxc", ("community",))] == [ESTATE]
    assert find_refs(queries, "李女士", ("agent",)) == []


def test_a_part_of_several_names_means_all_of_them(queries):
    assert [row.id for row in find_refs(queries, "先生")] == [XIANSHENG]
    assert len(find_refs(queries, "阳光新")) == 2


def test_a_deal_named_after_its_buyer_does_not_stand_in_the_buyers_way(vault):
    drawn = vault(
        DRAWING
        + """
    -- deals/2026-11 阳光新城 李女士-Q1GYNF.md --
    ---
    id: D-Q1GYNF
    type: deal
    title: 阳光新城两房 李女士
    ---
    """
    )
    for queries in queries_of(drawn):
        assert [row.id for row in find_refs(queries, "李女士")] == [LI]
        assert [row.id for row in find_refs(queries, "linvshi")] == [LI]
        assert [row.id for row in find_refs(queries, "李女士", ("deal",))] == ["D-Q1GYNF"]
        assert [row.id for row in find_refs(queries, "城两房")] == ["D-Q1GYNF"]


def test_a_part_of_an_alias_means_its_note_and_a_part_of_an_id_none(queries):
    assert [row.id for row in find_refs(queries, "李姐")] == [LI]
    assert find_refs(queries, "-9F3D") == []


@pytest.mark.parametrize(
    ("ref", "ids"),
    [
        ("李女氏", [LI]),
        ("杨光新城", [ESTATE, LISTING]),
        ("yanguangxincheng", [ESTATE, LISTING]),
        ("Wang Mim", [AGENT]),
        ("完全不同", []),
        ("x", []),
        ("", []),
    ],
)
def test_names_that_look_or_sound_alike_are_suggested(queries, ref, ids):
    assert sorted(row.id for row in find_alike(queries, ref)) == sorted(ids)


def test_only_notes_of_the_asked_type_are_suggested(queries):
    assert [row.id for row in find_alike(queries, "杨光新城", ("listing",))] == [LISTING]


def test_whatever_is_typed_is_found_or_not_but_never_fails(queries):
    @given(st.text(max_size=12))
    def look(ref):
        find_refs(queries, ref)
        find_alike(queries, ref)

    look()


HOMES = """
    -- communities/映月湾.md --
    ---
    type: community
    title: 映月湾
    aliases: [Moon Bay, 月湾]
    ---
    -- communities/映月湾二期.md --
    ---
    type: community
    title: 映月湾二期
    ---
    -- listings/one.md --
    ---
    id: L-000001
    type: listing
    title: 映月湾 南北通
    community: "[[映月湾]]"
    bedrooms: 3
    living_rooms: 2
    ---
    -- listings/two.md --
    ---
    id: L-000002
    type: listing
    title: 急售
    community: "[[映月湾]]"
    bedrooms: 2
    living_rooms: 1
    ---
    -- listings/three.md --
    ---
    id: L-000003
    type: listing
    title: 顶楼
    community: "[[映月湾二期|二期]]"
    bedrooms: 3
    ---
    -- listings/four.md --
    ---
    id: L-000004
    type: listing
    title: 无小区笔记
    community: 书香名邸
    bedrooms: 2
    ---
    -- deals/映月湾两房 郑小姐.md --
    ---
    id: D-000001
    type: deal
    title: 映月湾两房 郑小姐
    ---
"""


@pytest.fixture
def homes(vault):
    yield from queries_of(vault(HOMES))


@pytest.mark.parametrize(
    ("ref", "ids"),
    [
        ("映月湾三房", ["L-000001"]),
        ("映月湾 3室", ["L-000001"]),
        ("映月湾的三室两厅", ["L-000001"]),
        ("映月湾３室", ["L-000001"]),
        ("映月湾三室一厅", []),
        ("映月湾二期三房", ["L-000003"]),
        ("二期三房", ["L-000003"]),
        ("月湾三房", ["L-000001"]),
        ("映月三房", ["L-000001", "L-000003"]),
        ("moon bay 3 rooms", ["L-000001"]),
        ("Moon 3-bed", ["L-000001"]),
        ("书香名邸两房", ["L-000004"]),
        ("书香 两居", ["L-000004"]),
        ("映月湾两房", ["D-000001", "L-000002"]),
        ("映月湾九房", []),
        ("月三房", []),
        ("三房", []),
        ("映月湾三房底商", []),
    ],
)
def test_a_listing_is_found_by_its_estate_and_rooms(homes, ref, ids):
    assert sorted(row.id for row in find_refs(homes, ref)) == ids


def test_what_must_be_said_exactly_is_not_found_by_a_part_of_the_estate(homes):
    assert [row.id for row in find_described(homes, "映月湾三房", whole=True)] == ["L-000001"]
    assert find_described(homes, "映月三房", whole=True) == []

from datetime import date

import pytest

from brokernotes.joint import open_vault
from brokernotes.storage.refs import find_refs

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
    drawn = vault(DRAWING)
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

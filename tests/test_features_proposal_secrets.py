"""What no text of a proposal may tell, however it is spelled."""

from __future__ import annotations

import pytest

from brokernotes.features.proposal_secrets import secrets_of
from brokernotes.model.rules import Rules, builtin_schema
from brokernotes.notes.note import NoteReader

SCHEMA = builtin_schema()
VALUES = {
    "price": 620, "reserve_price": 605, "expected_price": 620, "mortgage_left": 86,
    "building": "7", "unit": "2", "room": "1102", "floor": 11, "key_no": "K-118",
    "owner_name": "周大明", "owner_phone": "12000001926",
}  # fmt: skip
OWNER = {"salutation": "周先生", "name": "周大明", "phone": ["13900001111"], "wechat": "zhou_corgi"}


def secrets(*, is_private=True, owners=(OWNER,)):
    lines = "\n".join(f'{key}: "{value}"' for key, value in VALUES.items())
    text = f"---\nid: L-7K2PQM\ntype: listing\n{lines}\n---\n"
    note = NoteReader(Rules()).read("房源/x.md", text)
    return secrets_of(note, VALUES, owners, SCHEMA, is_private=is_private)


@pytest.mark.parametrize(
    "text",
    [
        "12000001926", "120 0000 1926", "120-0000-1926", "１２０００００１９２６", "1200000.1926",
        "周大明急卖", "周先生诚心", "邻居都认识周太太", "找周阿姨看房", "加微信 zhou_corgi",
        "13900001111",
        "605 就卖", "最低605万", "底价好谈", "心理价不高", "bottom price is known",
        "贷款还剩 86 万",
        "7号楼", "七栋", "7-1102", "7幢2单元1102", "1102室", "一一零二室", "１１０２室",
        "十一层", "11F", "钥匙 K-118",
    ],
)  # fmt: skip
def test_a_spelling_of_a_secret_is_found(text):
    assert secrets().are_told(text)


@pytest.mark.parametrize(
    "text",
    [
        "南北通透", "挂牌 620 万", "高区视野", "周边有公园", "周浦商圈", "每周二看房", "86㎡",
        "建面 118.5",
        "2 个卫生间", "7 天无理由", "总价低", "一一对应",
    ],
)  # fmt: skip
def test_what_tells_nothing_goes(text):
    assert not secrets().are_told(text)


def test_the_floor_of_a_public_listing_may_be_said_and_its_building_not():
    public = secrets(is_private=False)

    assert not public.are_told("十一楼视野好")
    assert public.are_told("7号楼")


def test_what_a_client_asks_for_tells_no_door_but_an_owner_s_name():
    assert not secrets().are_told("十一层", is_demand=True)
    assert secrets().are_told("周大明家", is_demand=True)


def test_without_an_owner_s_own_note_the_listing_s_words_hold():
    alone = secrets(owners=())

    assert alone.are_told("周先生")  # the surname of owner_name
    assert not alone.are_told("zhou_corgi")

from datetime import datetime

import pytest

from brokernotes.errors import FieldError, NotFoundError
from brokernotes.features.field_writing import FieldWriter, Links, Named
from brokernotes.model.rules import Rules

NOTES = {"L-7K2PQM": ("阳光花园 3室2厅-7K2PQM", "阳光花园 3室2厅"), "A-000001": ("王敏", "王敏")}


def find(ref, types):
    for id_, (name, title) in NOTES.items():
        if ref in (id_, name, title):
            return Named(name, title, id_)
    raise NotFoundError("no note is called {ref}", ref=ref)


def identity(target):
    return next((id_ for id_, (name, _) in NOTES.items() if target in (id_, name)), target)


def writer(language="zh"):
    return FieldWriter(Rules(language=language), datetime(2026, 11, 21, 9), Links(find, identity))


def row(note_type, key):
    return Rules().schema.fields(note_type)[key]


@pytest.mark.parametrize(
    ("note_type", "key", "typed", "written"),
    [
        ("listing", "price", "598万", "598"),
        ("listing", "price", "¥5,980,000元", "598"),
        ("listing", "rent", "5.5k", "5500"),
        ("listing", "gross_area", "118.5平", "118.5"),
        ("listing", "bedrooms", "３", "3"),
        ("listing", "status", "for_sale", "在售"),
        ("listing", "elevator", "有", "true"),
        ("listing", "entrust_until", "明天", "2026-11-22"),
        ("listing", "entrust_until", "2027年3月31日", "2027-03-31"),
        ("client", "inquired_at", "昨天 14:30", "2026-11-20T14:30:00"),
        ("client", "inquired_at", "2026-11-20", "2026-11-20"),
        ("client", "birthday", "l6-8", "L06-08"),
        ("client", "birthday", "农历1985年六月初八", "L1985-06-08"),
        ("listing", "title", "  阳光   花园 ", "阳光 花园"),
        ("listing", "location", "31.2304, 121.4737", "31.2304,121.4737"),
        ("listing", "source", "老客户介绍", "老客户介绍"),
        ("listing", "agent", "A-000001", "[[王敏]]"),
        ("listing", "owner_phone", "138 0013 8000", "13800138000"),
        ("listing", "owner_phone", "021-5888 1234 转3", "021-5888 1234 (转3)"),
        ("listing", "owner_phone", "(021) 5888 1234 (妻子)", "(021) 5888 1234 (妻子)"),
        ("listing", "owner_phone", "+44 20 7946 0958", "+44 20 7946 0958"),
    ],
)
def test_a_value_is_written_in_its_canonical_form(note_type, key, typed, written):
    (item,) = writer().read(row(note_type, key), typed)

    assert item.written == written


def test_an_english_vault_writes_english_words():
    (item,) = writer("en").read(row("listing", "status"), "在售")

    assert item.written == "for sale"


def test_a_link_shows_its_title():
    (item,) = writer().read(row("deal", "listing"), "L-7K2PQM")

    assert item.written == "[[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]]"
    assert item.shown == "阳光花园 3室2厅"


@pytest.mark.parametrize(
    ("key", "typed", "written"),
    [
        ("districts", "浦东、静安，徐汇", ["浦东", "静安", "徐汇"]),
        ("facing", "南/北", ["南", "北"]),
        ("phone", "13800138000,13900139000 妻子", ["13800138000", "13900139000 (妻子)"]),
        (
            "consent",
            "房源推荐 2026/8/15; 发布 20260820",
            ["房源推荐 2026-08-15", "发布 2026-08-20"],
        ),
        ("districts", "浦东、浦东", ["浦东"]),
    ],
)
def test_a_list_is_split_as_people_separate_it(key, typed, written):
    assert [item.written for item in writer().read(row("client", key), typed)] == written


def test_a_bad_item_of_a_list_is_pointed_at():
    with pytest.raises(FieldError) as raised:
        writer().read(row("client", "facing"), "南、上")

    assert (raised.value.offset, raised.value.length) == (2, 1)


def test_a_link_that_leads_nowhere_is_not_guessed():
    with pytest.raises(NotFoundError):
        writer().read(row("deal", "listing"), "阳光")


@pytest.mark.parametrize(
    ("note_type", "key", "typed", "stands"),
    [
        ("listing", "price", "5980000元", "598万"),
        ("listing", "status", "for_sale", "在售"),
        ("listing", "entrust_until", "2027-3-31", "2027年3月31日"),
        ("deal", "listing", "L-7K2PQM", "[[阳光花园 3室2厅-7K2PQM|旧名]]"),
        ("listing", "owner_phone", "138-0013-8000", "13800138000"),
        ("client", "greetings", "是", "true"),
    ],
)
def test_texts_that_mean_the_same_have_one_identity(note_type, key, typed, stands):
    (item,) = writer().read(row(note_type, key), typed)

    assert item.identity == writer().stored(row(note_type, key), stands).identity


def test_a_value_that_cannot_be_read_is_only_like_itself():
    price = row("listing", "price")

    assert (
        writer().stored(price, "大概六百").identity == writer().stored(price, "大概六百").identity
    )
    assert writer().stored(price, "大概六百").identity != writer().stored(price, "六百多").identity


def test_standing_lists_are_read_from_lines_and_from_one_text():
    facing = row("client", "facing")

    assert [one.written for one in writer().standing(facing, ["南", "北"])] == ["南", "北"]
    assert [one.written for one in writer().standing(facing, "南、北")] == ["南", "北"]
    assert writer().standing(facing, None) == []


def test_of_two_notes_none_is_lost_because_the_text_ends_with_an_id():
    notes = {"C-9F3DWA": "李女士", "C-C4EN00": "陈小姐"}

    def find_by_end(ref, types):
        for id_, title in notes.items():
            if ref == title or ref.endswith(id_[1:]):
                return Named(f"{title}{id_[1:]}", title, id_)
        raise NotFoundError("no note is called {ref}", ref=ref)

    plain = FieldWriter(
        Rules(), datetime(2026, 11, 21, 9), Links(find_by_end, lambda target: target)
    )
    read = plain.read(row("listing", "owner"), "C-9F3DWA, C-C4EN00")
    assert [item.shown for item in read] == ["李女士", "陈小姐"]
    (one,) = plain.read(row("listing", "owner"), "老 李, C-C4EN00")
    assert one.shown == "陈小姐"

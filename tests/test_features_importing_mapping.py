"""Headings as brokers write them, and the fields they mean."""

import pytest

from brokernotes.errors import UsageError
from brokernotes.features.importing_mapping import (
    Column,
    apply_map,
    find_header,
    guess_columns,
    labels_of,
    parse_target,
    unit_of,
)
from brokernotes.features.importing_words import COMPOUND, OUT, TEXT, words
from brokernotes.notes.rulebook import read_rules

SCHEMA = read_rules("format: 1\nlanguage: zh\n")[0].schema
KINDS = ("client", "listing", "community", "agent", "deal")


def guessed(kind, *labels):
    columns = guess_columns(labels, [[] for _ in labels], kind, SCHEMA)
    return [column.target for column in columns]


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_means_a_field(kind):
    for word, target in words(kind).items():
        is_known = target in (TEXT, OUT) or target in COMPOUND.get(kind, {})
        # Words that every kind of note shares may have no field here.
        assert is_known or target in SCHEMA.fields(kind), (word, target)


@pytest.mark.parametrize("kind", COMPOUND)
def test_every_compound_fills_fields_of_its_kind(kind):
    assert {key for keys in COMPOUND[kind].values() for key in keys} <= set(SCHEMA.fields(kind))


def test_common_headings_of_a_listing_sheet():
    assert guessed(
        "listing", "小区名称*", "栋座室号", "户型", "建面（㎡）", "报价(万)", "楼层/总楼层", "朝向",
        "装修情况", "房东", "联系电话", "委托日期", "跟进人", "备注", "单价", "满五", "序号",
    ) == [
        "community", "door", "layout", "gross_area", "price", "floors", "facing", "decoration",
        "owner_name", "owner_phone", "created", "agent", TEXT, TEXT, TEXT, OUT,
    ]  # fmt: skip


def test_common_headings_of_a_client_sheet():
    assert guessed(
        "client", "客户姓名", "手机号", "意向区域", "预算", "户型", "面积", "客户等级", "来源",
        "状态", "登记日期", "身份证号", "Budget up to", "phone",
    ) == [
        "person", "phone", "districts", "budget", "rooms", "area_range", "grade_override",
        "source", "stage", "created", OUT, TEXT, "phone",
    ]  # fmt: skip


def test_two_columns_for_one_field_are_one_field_and_text():
    columns = guess_columns(["总价", "报价"], [[], []], "listing", SCHEMA)

    assert [(one.target, one.other) for one in columns] == [("price", ""), (TEXT, "总价")]
    changed = apply_map(columns, [("报价", "price")], "listing", SCHEMA)
    assert [one.target for one in changed] == [TEXT, "price"]


def test_a_column_of_phones_without_a_known_heading_is_found():
    columns = guess_columns(["乱写"], [["13800000001", "13900000002.0"]], "client", SCHEMA)

    assert columns[0].target == "phone"


@pytest.mark.parametrize(("kind", "key"), [("client", "intents"), ("listing", "transaction")])
def test_a_column_that_says_to_buy_or_to_rent_is_found(kind, key):
    values = {"client": ["求购", "求租", "", "买 "], "listing": ["出售", "出租", "", "出租"]}[kind]
    (column,) = guess_columns(["需求"], [values], kind, SCHEMA)
    (other,) = guess_columns(["需求"], [["三房要学区", "求购", "看看"]], kind, SCHEMA)

    assert (column.target, other.target) == (key, TEXT)


@pytest.mark.parametrize(
    ("labels", "targets"),
    [
        (("称呼", "姓名"), ["salutation", "name"]),
        (("姓名", "称呼"), ["name", "salutation"]),
        (("称呼", "电话"), ["person", "phone"]),
        (("salutation", "name"), ["salutation", "name"]),
        (("Name", "Phone"), ["person", "phone"]),
    ],
)
def test_salutation_and_name_beside_each_other_are_two_fields(labels, targets):
    assert guessed("client", *labels) == targets


def test_an_area_without_a_number_says_where():
    (where,) = guess_columns(["Area"], [["Pudong", ""]], "client", SCHEMA)
    (size,) = guess_columns(["Area"], [["90-110"]], "client", SCHEMA)

    assert (where.target, size.target) == ("districts", "area_range")


def test_what_was_kept_the_last_time_is_not_guessed_again():
    columns = guess_columns(["总价"], [[]], "listing", SCHEMA, {"总价": ("reserve_price", "元")})

    assert columns[0][1:4] == ("总价", "reserve_price", "元")


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["XX店房源表"], ["小区", "总价"], ["甲", "620"]], 1),
        ([["2026年8月", "", ""], ["小区", "户型", "总价"], ["甲", "3室", "620"]], 1),
        ([["小区", "总价"], ["小区", "620"]], 0),
        ([["甲", "620"], ["乙", "600"]], 0),
        ([["姓名"], ["李女士"]], 0),
        ([[""], ["Community", "Price"]], 1),
    ],
)
def test_the_row_with_the_headings_is_found(rows, header):
    assert find_header(rows, "listing", SCHEMA) == header


def test_headings_are_made_unique():
    assert labels_of(["电话", "", "电话", " 小 区\n"]) == ["电话", "#2", "电话 (2)", "小 区"]


@pytest.mark.parametrize(
    ("label", "unit"),
    [("总价(万)", "万"), ("面积（㎡）", "㎡"), ("租金/元", "元"), ("总价", ""), ("万", "")],
)
def test_the_unit_of_a_heading(label, unit):
    assert unit_of(label) == unit


def test_a_target_may_name_its_unit():
    assert parse_target("总价：元", "listing", SCHEMA) == ("price", "元")
    assert parse_target("", "listing", SCHEMA) == (OUT, "")
    with pytest.raises(UsageError, match="no field"):
        parse_target("id", "listing", SCHEMA)


def test_columns_are_named_by_heading_or_letter():
    columns = [Column(0, "总价(万)", TEXT), Column(1, "面积", TEXT)]

    assert apply_map(columns, [("总价", "price")], "listing", SCHEMA)[0].target == "price"
    assert apply_map(columns, [("B", "gross_area")], "listing", SCHEMA)[1].target == "gross_area"
    with pytest.raises(UsageError, match="no column"):
        apply_map(columns, [("C", "price")], "listing", SCHEMA)

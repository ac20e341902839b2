"""Cells as brokers fill them, and the values they say."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import NotFoundError
from brokernotes.features.field_writing import FieldWriter, Links, Named
from brokernotes.features.importing_cells import UNSET, CellReader, cell_text
from brokernotes.features.importing_findings import MESSAGES, finding_text
from brokernotes.features.importing_mapping import Column
from brokernotes.features.importing_splits import split_phones
from brokernotes.features.importing_words import COMPOUND
from brokernotes.language import language
from brokernotes.model.problems import PROBLEMS
from brokernotes.notes.rulebook import read_rules

RULES = read_rules("format: 1\nlanguage: zh\n")[0]
NOW = datetime(2026, 11, 21, 9, 0)


def find(ref, types):
    if ref == "阳光花园":
        return Named("阳光花园", "阳光花园", "M-000001")
    raise NotFoundError("no note", candidates=("A", "B") if ref == "两个" else ())


WRITER = FieldWriter(RULES, NOW, Links(find, lambda target: target))
READERS = {kind: CellReader(kind, WRITER) for kind in ("client", "listing")}


def read(kind, target, cell, *, unit="", is_rent=False):
    reading = READERS[kind].read(Column(0, "列", target, unit), cell, is_rent=is_rent)
    values = {key: [one.written for one in items] for key, items in reading.values.items()}
    return values, reading.text, [one.code for one in reading.findings]


LISTING = [
    ("price", "620万", {"price": ["620"]}, "", []),
    ("price", 620.5, {"price": ["620.5"]}, "", []),
    ("price", 0.1 + 0.2 + 620, {"price": ["620.3"]}, "", []),
    ("price", "￥６２０万元", {"price": ["620"]}, "", []),
    ("price", "约620万左右", {"price": ["620"]}, "约620万左右", []),
    ("price", "6500元/月", {"rent": ["6500"]}, "", []),
    ("price", "面议", {}, "面议", []),
    ("price", "待定", {}, "", []),
    ("price", "#N/A", {}, "", []),
    ("price", "#REF!", {}, "", ["cell-error"]),
    ("price", "六百万", {"price": ["600"]}, "", []),
    ("price", "六百来万", {}, "六百来万", ["bad-money"]),
    ("price", 6_200_000, {}, "6200000", ["implausible"]),
    ("rent", "6500/月", {"rent": ["6500"]}, "", []),
    ("owner_name", "张三", {"owner_name": ["张三"]}, "", []),
    ("owner_name", "张三 13800138000",
     {"owner_name": ["张三"], "owner_phone": ["13800138000"]}, "", []),
    ("owner_name", "张三（13800138000）",
     {"owner_name": ["张三"], "owner_phone": ["13800138000"]}, "", []),
    ("owner_name", "张三13800138000/13900139000",
     {"owner_name": ["张三"], "owner_phone": ["13800138000"]},
     "13800138000/13900139000", ["one-phone"]),
    ("owner_name", "2号楼张三", {"owner_name": ["2号楼张三"]}, "", []),
    ("gross_area", "118.5平", {"gross_area": ["118.5"]}, "", []),
    ("gross_area", "118.50㎡", {"gross_area": ["118.5"]}, "", []),
    ("layout", "3室2厅1卫", {"bedrooms": ["3"], "living_rooms": ["2"], "bathrooms": ["1"]}, "", []),
    ("layout", "两室一厅", {"bedrooms": ["2"], "living_rooms": ["1"]}, "", []),
    ("layout", "3房2厅2卫1阳台", {"bedrooms": ["3"], "living_rooms": ["2"], "bathrooms": ["2"]},
     "3房2厅2卫1阳台", []),
    ("layout", "3-2-1", {"bedrooms": ["3"], "living_rooms": ["2"], "bathrooms": ["1"]}, "", []),
    ("layout", "3 bed 2 bath", {"bedrooms": ["3"], "bathrooms": ["2"]}, "", []),
    ("layout", datetime(2003, 2, 1), {}, "2003-02-01", ["cell-date"]),
    ("layout", "复式", {}, "复式", ["cell-layout"]),
    ("floors", "5/18", {"floor": ["5"], "total_floors": ["18"]}, "", []),
    ("floors", "5楼/共18层", {"floor": ["5"], "total_floors": ["18"]}, "", []),
    ("floors", "中楼层/18层", {"floor_band": ["中"], "total_floors": ["18"]}, "", []),
    ("floors", "高层(共32层)", {"floor_band": ["高"], "total_floors": ["32"]}, "", []),
    ("floors", "低", {"floor_band": ["低"]}, "", []),
    ("floors", 18.0, {"floor": ["18"]}, "", []),
    ("floors", datetime(2026, 5, 18), {}, "2026-05-18", ["cell-date"]),
    ("door", "3号楼2单元501", {"building": ["3"], "unit": ["2"], "room": ["501"]}, "", []),
    ("door", "12号1102室", {"building": ["12"], "room": ["1102"]}, "", []),
    ("door", "3-2-501", {"building": ["3"], "unit": ["2"], "room": ["501"]}, "", []),
    ("door", "A座1203", {"building": ["A"], "room": ["1203"]}, "", []),
    ("door", "3-501", {"building": ["3"], "room": ["501"]}, "", []),
    ("door", "在小区东面", {}, "在小区东面", ["cell-door"]),
    ("room", "0501", {"room": ["0501"]}, "", []),
    ("room", datetime(2026, 3, 2), {}, "2026-03-02", ["cell-date"]),
    ("facing", "南北通透", {"facing": ["南北"]}, "", []),
    ("facing", "朝南", {"facing": ["南"]}, "", []),
    ("facing", "南、东南", {"facing": ["南", "东南"]}, "", []),
    ("decoration", "精装修", {"decoration": ["精装"]}, "", []),
    ("decoration", "豪华装修", {"decoration": ["豪装"]}, "", []),
    ("decoration", "一般般", {}, "一般般", ["unknown-value"]),
    ("grade", "A类", {"grade": ["A"]}, "", []),
    ("elevator", "√", {"elevator": ["true"]}, "", []),
    ("elevator", "无", {"elevator": ["false"]}, "", []),
    ("elevator", True, {"elevator": ["true"]}, "", []),
    ("keys", "无", {"keys": ["无"]}, "", []),
    ("year_built", "2009年", {"year_built": ["2009"]}, "", []),
    ("year_built", datetime(2009, 1, 1), {"year_built": ["2009"]}, "", []),
    ("created", datetime(2026, 8, 20), {"created": ["2026-08-20"]}, "", []),
    ("created", 46254, {"created": ["2026-08-20"]}, "", []),
    ("created", "46254", {"created": ["2026-08-20"]}, "", []),
    ("created", "2026.8.20", {"created": ["2026-08-20"]}, "", []),
    ("created", "2026/8/20 14:30", {"created": ["2026-08-20T14:30:00"]}, "", []),
    ("created", "2026年8月", {}, "2026年8月", ["date-ambiguous"]),
    ("created", "明天", {}, "明天", ["date-ambiguous"]),
    ("created", "8.20", {}, "8.20", ["date-ambiguous"]),
    ("owner_phone", 1.38e10, {"owner_phone": ["13800000000"]}, "", []),
    ("owner_phone", "13800000001.0", {"owner_phone": ["13800000001"]}, "", []),
    ("owner_phone", "1.3800138E10", {}, "1.3800138E10", ["phone-rounded"]),
    ("owner_phone", "1.3800138001E10", {"owner_phone": ["13800138001"]}, "", []),
    ("owner_phone", "１３８００００００１１", {"owner_phone": ["13800000011"]}, "", []),
    ("owner_phone", 2158881234, {"owner_phone": ["2158881234"]}, "2158881234", ["phone-zero"]),
    ("owner_phone", "13800000001/13900000002 张太", {"owner_phone": ["13800000001"]},
     "13800000001/13900000002 张太", ["one-phone"]),
    ("owner_phone", "没留", {}, "没留", ["bad-phone"]),
    ("community", "阳光花园", {"community": ["[[阳光花园]]"]}, "", []),
    ("community", "无名苑", {}, "无名苑", ["link-unknown"]),
    ("community", "两个", {}, "两个", ["link-ambiguous"]),
    ("text", "=HYPERLINK(1)", {}, "=HYPERLINK(1)", []),
    ("text", "-", {}, "", []),
    ("", "什么", {}, "", []),
]  # fmt: skip
CLIENT = [
    ("phone", "13800138000/13900139000 张太", {"phone": ["13800138000", "13900139000 (张太)"]}, ""),
    ("phone", "张太 13900139000", {"phone": ["13900139000 (张太)"]}, ""),
    ("phone", "13800138000 13900139000", {"phone": ["13800138000", "13900139000"]}, ""),
    ("phone", "138-0013-8000\n021-58881234", {"phone": ["13800138000", "021-58881234"]}, ""),
    ("budget", "600-650万", {"budget_min": ["600"], "budget_max": ["650"]}, ""),
    ("budget", "600万-650万", {"budget_min": ["600"], "budget_max": ["650"]}, ""),
    ("budget", "650万以内", {"budget_max": ["650"]}, ""),
    ("budget", "500以上", {"budget_min": ["500"]}, ""),
    ("budget", 600, {"budget_max": ["600"]}, ""),
    ("budget", "600万左右", {"budget_max": ["600"]}, "600万左右"),
    ("budget", "5000-6500元/月", {"rent_min": ["5000"], "rent_max": ["6500"]}, ""),
    ("rent_range", "5000~6000", {"rent_min": ["5000"], "rent_max": ["6000"]}, ""),
    ("area_range", "90-110平", {"area_min": ["90"], "area_max": ["110"]}, ""),
    ("rooms", "2-3房", {"bedrooms_min": ["2"], "bedrooms_max": ["3"]}, ""),
    ("rooms", "三房", {"bedrooms_min": ["3"]}, ""),
    ("rooms", "两室或三室", {"bedrooms_min": ["2"], "bedrooms_max": ["3"]}, ""),
    ("person", "李女士", {"salutation": ["李女士"]}, ""),
    ("person", "张太", {"salutation": ["张太"]}, ""),
    ("person", "李小燕", {"name": ["李小燕"]}, ""),
    ("person", "李小燕女士", {"salutation": ["李女士"], "name": ["李小燕"]}, ""),
    ("person", "欧阳修 先生", {"salutation": ["欧阳先生"], "name": ["欧阳修"]}, ""),
    ("person", "欧阳先生", {"salutation": ["欧阳先生"]}, ""),
    ("person", "陆老先生", {"salutation": ["陆老先生"]}, ""),
    ("person", "王总经理", {"salutation": ["王总经理"]}, ""),
    ("person", "小李老师", {"salutation": ["小李老师"]}, ""),
    ("person", "李明太太", {"salutation": ["李太太"]}, "李明太太"),
    ("person", "Ms Jane Doe", {"salutation": ["Ms Doe"], "name": ["Jane Doe"]}, ""),
    ("districts", "浦东/静安", {"districts": ["浦东", "静安"]}, ""),
    ("source", "贝壳", {"source": ["端口"]}, "贝壳"),
    ("intents", "买房", {"intents": ["求购"]}, ""),
    ("stage", "跟进中", {"stage": ["在看"]}, ""),
    ("birthday", "1985年6月8日", {"birthday": ["1985-06-08"]}, ""),
    ("birthday", "6月8日", {"birthday": ["06-08"]}, ""),
]


@pytest.mark.parametrize(("target", "cell", "values", "text", "codes"), LISTING, ids=repr)
def test_a_listing_s_cell(target, cell, values, text, codes):
    assert read("listing", target, cell) == (values, text, codes)


@pytest.mark.parametrize(("target", "cell", "values", "text"), CLIENT, ids=repr)
def test_a_client_s_cell(target, cell, values, text):
    assert read("client", target, cell) == (values, text, [])


def test_a_price_without_its_unit_has_the_heading_s():
    assert read("listing", "price", 6_200_000, unit="元")[0] == {"price": ["620"]}
    assert read("listing", "price", "620万", unit="元")[0] == {"price": ["620"]}


def test_a_price_in_a_row_about_renting_is_a_rent():
    assert read("listing", "price", 6500, is_rent=True)[0] == {"rent": ["6500"]}
    assert read("client", "budget", "5000-6000", is_rent=True)[0] == {
        "rent_min": ["5000"], "rent_max": ["6000"],
    }  # fmt: skip


def test_days_may_count_from_1904():
    reader = CellReader("listing", WRITER, is_1904=True)
    reading = reader.read(Column(0, "日期", "listed"), 44792)

    assert reading.values["listed"][0].written == "2026-08-20"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.3800138e10, "13800138000"), (620.0, "620"), (True, "true"), (None, ""),
        (datetime(2026, 8, 20), "2026-08-20"), (datetime(2026, 8, 20, 9, 5), "2026-08-20T09:05:00"),
        (date(2026, 8, 20), "2026-08-20"), (time(9, 5), "09:05"), (float("nan"), ""),
        (" 全角\u3000", "全角"), ("a\x00b", "a b"), (1e300, "1e+300"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_cell_as_text(cell, text):
    assert cell_text(cell) == text


def test_what_stands_after_a_phone_stays_with_it():
    assert split_phones("13800138000 张先生；13900139000（太太）") == [
        "13800138000 张先生", "13900139000（太太）",
    ]  # fmt: skip


def test_every_finding_has_words_in_both_languages():
    params = {"column": "总价", "value": "x", "first": 3, "count": 2, "path": "p", "reason": "r",
              "keys": ["phone"], "other": "y"}  # fmt: skip
    for code in MESSAGES:
        english, chinese = (finding_text(code, params, language(one)) for one in ("en", "zh"))
        assert english != chinese, code


CELLS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789./-~万元室厅卫层栋号,，、 eE+()年月日无", max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.none(),
)


@given(CELLS, st.data())
def test_no_cell_raises_and_none_is_lost(cell, data):
    kind = data.draw(st.sampled_from(["client", "listing"]))
    targets = [key for key in RULES.schema.fields(kind) if key not in ("id", "type")]
    target = data.draw(st.sampled_from([*targets, *COMPOUND[kind], "text"]))
    reading = READERS[kind].read(Column(0, "列", target), cell)

    for found in reading.findings:
        assert found.code in MESSAGES or found.code in PROBLEMS
        assert finding_text(found.code, {**found.params, "column": "列"}, language("en"))
    if target == "text" and cell_text(cell):
        assert reading.text or cell_text(cell).casefold() in UNSET


def test_the_zone_is_the_vault_s():
    assert RULES.zone == ZoneInfo("Asia/Shanghai")

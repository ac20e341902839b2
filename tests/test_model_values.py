from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.dates import parse_date, parse_datetime, parse_time
from brokernotes.model.problems import PROBLEMS
from brokernotes.model.values import (
    Birthday,
    Dated,
    Location,
    parse_area,
    parse_birthday,
    parse_bool,
    parse_consent,
    parse_int,
    parse_location,
    parse_money,
    parse_number,
    parse_phone,
    parse_published,
    render_birthday,
    render_bool,
    render_dated,
    render_location,
    split_list,
)
from brokernotes.model.when import parse_when
from tests.patience import patience


def local(year: int, month: int, day: int, *time: int) -> datetime:
    """A naive moment: the vault's zone goes without saying."""
    return datetime(year, month, day, *time)  # type: ignore[arg-type]


TODAY = date(2026, 8, 20)
SHANGHAI = ZoneInfo("Asia/Shanghai")
READERS: dict[str, Callable[[str], object]] = {
    "money": lambda text: parse_money(text, "万元", low=5, high=100_000),
    "rent": lambda text: parse_money(text, "元/月", low=100, high=1_000_000),
    "area": parse_area,
    "int": lambda text: parse_int(text, "室", low=1, high=20),
    "number": lambda text: parse_number(text, "分钟"),
    "bool": parse_bool,
    "phone": parse_phone,
    "birthday": parse_birthday,
    "location": parse_location,
    "consent": parse_consent,
    "published": parse_published,
    "date": lambda text: parse_date(text, today=TODAY),
    "datetime": lambda text: parse_datetime(text, SHANGHAI, today=TODAY),
    "time": parse_time,
    "when": lambda text: parse_when(text, local(2026, 8, 20, 9, 30)),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("True", True),
        ("是", True),
        ("否", False),
        ("有", True),
        ("无", False),
        ("没有", False),
        ("YES", True),
        ("no", False),
        (" ｎｏ ", False),
    ],
)
def test_yes_and_no_in_both_languages(text, value):
    assert parse_bool(text) is value
    assert parse_bool(render_bool(value)) is value


@pytest.mark.parametrize("text", ["", "1", "是的吧", "maybe", "true false"])
def test_neither_yes_nor_no(text):
    with pytest.raises(FieldError, match="bad-bool"):
        parse_bool(text)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("浦东", [("浦东", 0)]),
        ("浦东、静安", [("浦东", 0), ("静安", 3)]),
        (" 南 / 北 ", [("南", 1), ("北", 5)]),
        ("a,b，c;d；e", [("a", 0), ("b", 2), ("c", 4), ("d", 6), ("e", 8)]),
        ("、浦东、、", [("浦东", 1)]),
        ("[[小区/阳光花园]]、[[春江苑]]", [("[[小区/阳光花园]]", 0), ("[[春江苑]]", 12)]),
        ("12000001234 (妻,子)/12000005678", [("12000001234 (妻,子)", 0), ("12000005678", 18)]),
        ("南(主卧,北", [("南(主卧", 0), ("北", 5)]),
        ("", []),
        (" 、 ", []),
    ],
)
def test_a_list_in_one_value(text, items):
    assert split_list(text) == items


@given(st.text("ab、，,;；/[](（） ", max_size=30))
def test_items_stand_where_they_are_said_to(text):
    for item, offset in split_list(text):
        assert text[offset : offset + len(item)] == item
        assert item == item.strip() != ""


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("06-08", Birthday(6, 8)),
        ("6-8", Birthday(6, 8)),
        ("02-29", Birthday(2, 29)),
        ("1985-06-08", Birthday(6, 8, 1985)),
        ("L06-08", Birthday(6, 8, lunar=True)),
        ("L06+-08", Birthday(6, 8, lunar=True, leap=True)),
        ("ｌ12-30", Birthday(12, 30, lunar=True)),
        ("L1985-06-08", Birthday(6, 8, 1985, lunar=True)),
        ("l1987-6+-8", Birthday(6, 8, 1987, lunar=True, leap=True)),
        ("农历1985-06-08", Birthday(6, 8, 1985, lunar=True)),
        ("1985年6月8日", Birthday(6, 8, 1985)),
        ("6月8号", Birthday(6, 8)),
        ("阳历六月八日", Birthday(6, 8)),
        ("农历六月初八", Birthday(6, 8, lunar=True)),
        ("阴历6月8日", Birthday(6, 8, lunar=True)),
        ("六月初八", Birthday(6, 8, lunar=True)),
        ("六月初八（农历）", Birthday(6, 8, lunar=True)),
        ("1985年农历腊月廿三", Birthday(12, 23, 1985, lunar=True)),
        ("正月十五", Birthday(1, 15, lunar=True)),
        ("农历1987年闰六月二十", Birthday(6, 20, 1987, lunar=True, leap=True)),
        ("闰四月三十", Birthday(4, 30, lunar=True, leap=True)),
        ("冬月三十", Birthday(11, 30, lunar=True)),
    ],
)
def test_a_birthday_may_lack_its_year_or_be_lunar(text, birthday):
    assert parse_birthday(text) == birthday
    assert parse_birthday(render_birthday(birthday)) == birthday


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13-01",
        "02-30",
        "1985-02-29",
        "0000-01-01",
        "L13-01",
        "L06-31",
        "L00-01",
        "6/8",
        "85-6-8",
        "公历六月初八（农历）",
        "农历六月初十一",
        "闰6月",
        "公历闰六月8日",
        "L1885-06-08",
        "农历六月初",
        "六月廿十",
        "06+-08",
        "属龙",
        "L06-08 的样子",
        "九" * 200,
    ],
)
def test_what_is_no_birthday_is_refused(text):
    with pytest.raises(FieldError, match="bad-birthday"):
        parse_birthday(text)


@pytest.mark.parametrize("text", ["虚岁60", "六十岁", "L06-08 虚岁41", "周岁 40", "41 years old"])
def test_no_day_is_told_from_an_age(text):
    with pytest.raises(FieldError, match="birthday-age"):
        parse_birthday(text)


@pytest.mark.parametrize(
    "text", ["L1985-06+-08", "农历1986年闰六月初八", "L1987-06+-30", "L12+-08"]
)
def test_a_leap_month_is_one_of_its_year(text):
    with pytest.raises(FieldError, match="lunar-impossible"):
        parse_birthday(text)


def test_a_place_is_latitude_and_longitude():
    assert parse_location("31.2304，121.4737") == Location(31.2304, 121.4737)
    assert parse_location(" -33.9, 18 ") == Location(-33.9, 18)


@pytest.mark.parametrize(
    ("text", "offset"),
    [("121.4737,31.2304", 0), ("31.2,191.5", 5), ("31.2", 0), ("31.2,121.4,5", 0), ("N31,E121", 0)],
)
def test_what_is_no_place_is_pointed_at(text, offset):
    with pytest.raises(FieldError) as caught:
        parse_location(text)

    assert (caught.value.code, caught.value.offset) == ("bad-location", offset)


@given(st.integers(-90 * 10**6, 90 * 10**6), st.integers(-180 * 10**6, 180 * 10**6))
def test_a_place_written_is_read_back(latitude, longitude):
    place = Location(latitude / 10**6, longitude / 10**6)

    assert parse_location(render_location(place)) == place


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("贝壳 2026-08-20", "贝壳"),
        ("贝壳：2026年8月20日", "贝壳"),
        ("58同城2026/8/20", "58同城"),
        ("安居客 二手房 20260820", "安居客 二手房"),
        ("贝壳2025 2026-08-20", "贝壳2025"),
    ],
)
def test_a_platform_and_its_day(text, word):
    assert parse_published(text) == Dated(word, TODAY)
    assert parse_published(render_dated(Dated(word, TODAY))) == Dated(word, TODAY)


@pytest.mark.parametrize("text", ["", "发布", "2026-08-20", "发布 明天", "发布 2026-08-20 吧"])
def test_a_consent_needs_its_purpose_and_its_day(text):
    with pytest.raises(FieldError, match="bad-consent"):
        parse_consent(text)


def test_an_impossible_day_of_a_consent_is_pointed_at():
    with pytest.raises(FieldError) as caught:
        parse_consent("发布 ２０２６-02-30")

    assert (caught.value.code, caught.value.offset, caught.value.length) == (
        "date-impossible",
        3,
        10,
    )


LIKELY = (
    "0123456789０２８.,，-–—~～/:： ¥￥+*()（）LTZ②½kwpam"
    "万元千百亿㎡平月年日周四六天点半上下午晚明后号至到"
)


@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("kind", sorted(READERS))
@given(text=st.text(max_size=30) | st.text(LIKELY, max_size=24))
def test_any_text_is_a_value_or_a_catalogued_problem_within_it(kind, text):
    failure = None
    try:
        READERS[kind](text)
    except FieldError as error:
        failure = error
    if failure is None:
        return
    length = len(text) - failure.offset if failure.length is None else failure.length
    assert 0 <= failure.offset <= failure.offset + length <= len(text)
    problem = PROBLEMS[failure.code]
    given_params = {"key", *failure.params}
    for sentence in (problem.message, problem.hint):
        assert {name for _, name, _, _ in Formatter().parse(sentence) if name} <= given_params
    assert isinstance(failure.params["value"], str)
    assert len(str(failure.params["value"])) <= 60


@pytest.mark.parametrize("kind", sorted(READERS))
@pytest.mark.parametrize(
    "piece", ["9", " ", "6 ", "1,", "-", "2026", "周四 ", "(", "万", "L0", "十", "０"]
)
def test_a_huge_value_is_read_or_refused_in_linear_time(kind, piece):
    with patience(), suppress(FieldError):
        READERS[kind](piece * (65_536 // len(piece)))


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.text("发布转介绍 贝壳5", min_size=1))
def test_a_word_and_its_day_written_are_read_back(day, word):
    word = " ".join(word.split())
    if word and not word[-1].isdigit():
        assert parse_consent(render_dated(Dated(word, day))) == Dated(word, day)

"""A query in its plainest spelling, and in words."""

from datetime import datetime

import pytest

from brokernotes.features.query_reading import Asking, read_query
from brokernotes.features.query_sentences import Explainer
from brokernotes.language import language
from brokernotes.model.query_tree import Linked
from brokernotes.model.rules import Rules

SCHEMA = Rules().schema


def asking(code):
    def find(field, text, is_whole):
        return Linked("A-AAAAA1", ("王敏",), ("王敏",)) if text in ("王敏", "A-AAAAA1") else text

    return Asking(schema=SCHEMA, now=datetime(2026, 11, 21, 9), language=code, find_linked=find)


@pytest.mark.parametrize(
    ("query", "en", "zh"),
    [
        ("a 或 b c", "a or (b c)", "a 或 (b c)"),
        ("-(a or b)", "-(a or b)", "-(a 或 b)"),
        ("not not a", "a", "a"),
        ('"or" "a b"', '"or" "a b"', '"or" "a b"'),
        ('"-a" "5.5"', '"-a" 5.5', '"-a" 5.5'),
        ("等级:A,B", "grade:A or grade:B", "等级:A 或 等级:B"),
        ("grade:A or grade:B", "grade:A or grade:B", "等级:A 或 等级:B"),
        ("价格：３００万～４００", "price:300..400", "挂牌价:300..400"),
        ("price:400..", "price>=400", "挂牌价>=400"),
        ("price:..400万", "price<=400", "挂牌价<=400"),
        ("price:300-400", "price:300..400", "挂牌价:300..400"),
        ("价格!=300", "-price:300", "-挂牌价:300"),
        ("总价=四百八十万", "price:480", "挂牌价:480"),
        ("总价<五百万", "price<500", "挂牌价<500"),
        ("总价:四百到五百万", "price:400..500", "挂牌价:400..500"),
        ("总价:500万以内", "price<=500", "挂牌价<=500"),
        ("面积:一百平以上", "gross_area>=100", "建筑面积>=100"),
        ("户型:两房", "bedrooms:2", "室:2"),
        ("户型=三室两厅", "bedrooms:3 living_rooms:2", "室:3 厅:2"),
        ("户型!=两房", "-bedrooms:2", "-室:2"),
        ("户型:两房,三房", "bedrooms:2 or bedrooms:3", "室:2 或 室:3"),
        ("户型:2-3室", "bedrooms:2..3", "室:2..3"),
        ("户型:三房以上", "bedrooms>=3", "室>=3"),
        ("室:两室", "bedrooms:2", "室:2"),
        ("楼层:12/18", "floor:12 total_floors:18", "楼层:12 总楼层:18"),
        ('户型:"2室"', 'layout:"2室"', '户型:"2室"'),
        ("listed:本月", "listed:2026-11-01..2026-11-30", "挂牌日:2026-11-01..2026-11-30"),
        ("listed>本月", "listed>2026-11-30", "挂牌日>2026-11-30"),
        ("created<昨天 14:30", 'created<"2026-11-20 14:30"', '建档<"2026-11-20 14:30"'),
        ("status:for sale", 'status:"for sale"', "状态:在售"),
        ("keys:无", "keys:none", "钥匙:无"),
        ("keys:unset", "keys:unset", "钥匙:未填"),
        ("电梯:有 elevator:none", "elevator:yes elevator:unset", "电梯:是 电梯:未填"),
        ('title:"无"', 'title:"无"', '标题:"无"'),
        ('features:"none" features:"me"', 'features:"none" features:"me"', '配套:"none" 配套:"me"'),
        ("title=x", "title=x", "标题=x"),
        ("agent:王敏", "agent:A-AAAAA1", "负责人:A-AAAAA1"),
        ("community:谁", "community:谁", "小区:谁"),
        ("owner_phone=+86-12000001111", "owner_phone=12000001111", "业主电话=12000001111"),
    ],
)
def test_the_plainest_spelling_is_in_the_readers_language(query, en, zh):
    for code, expected in (("en", en), ("zh", zh)):
        tree = read_query(query, "listing", asking(code))
        plain = Explainer(SCHEMA, "listing", language(code)).plain(tree)
        assert plain == expected
        assert read_query(plain, "listing", asking(code)) == tree


def test_it_is_said_in_words_too():
    query = (
        "(price>=300 or rent<8000) -status:定金 facing:南 -(a b) agent:王敏 listed<今天 -(c or d)"
    )
    lines = Explainer(SCHEMA, "listing", language("en")).lines(
        read_query(query, "listing", asking("en"))
    )

    assert list(lines) == [
        "· one of these:",
        "  · Price is 300 万元 or more",
        "  · Rent is less than 8000 元/月",
        "· not: Status is deposit",
        "· Facing has south among them",
        "· not all of this:",
        "  · the note says “a”",
        "  · the note says “b”",
        "· Agent is “王敏”",
        "· Listed is before 2026-11-21",
        "· none of these:",
        "  · the note says “c”",
        "  · the note says “d”",
    ]

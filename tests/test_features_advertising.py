"""Phrases as agents type them, and what the advertising law says of each."""

import pytest

from brokernotes.features.advertising import lint
from brokernotes.model.problems import PROBLEMS

# What is claimed: the phrase, and the codes it must bring.
CLAIMS = {
    "ad-return": (
        "升值空间大",
        "地铁通车后必涨",
        "稳赚不赔",
        "年回报率 6%",
        "投资回报高",
        "租金回报稳定",
        "保值增值的好选择",
        "买到就是赚到",
        "以租养贷没压力",
        "带租约，收益率5个点",
        "价值洼地",
        "三年房价翻倍",
        "包租三年",
        "guaranteed return of 6%",
    ),
    "ad-travel-time": (
        "步行5分钟到地铁",
        "五分钟直达陆家嘴",
        "走路三分钟就到菜场",
        "距地铁站 3 分钟",
        "离地铁走七分钟",
        "地铁口3分钟",
        "地铁 10 分钟",
        "到人民广场20分钟",
        "开车到虹桥机场只要半小时",
        "20分钟车程",
        "十分钟生活圈",
        "半小时通勤",
        "去外滩开车一刻钟",
        "步行约8分钟",
        "出门3分钟到公交站",
        "5 minutes walk to the metro",
        "10-minute drive from the airport",
    ),
    "ad-promise": (
        "买房送户口",
        "保证入学",
        "包落户",
        "确保孩子上书香小学",
        "入学无忧",
        "购房即可落户",
        "百分百录取",
        "学位有保障",
        "直通名校",
        "代办户口",
    ),
    "ad-superlative": (
        "全小区最好的楼层",
        "浦东最佳地段",
        "顶级装修",
        "国家级园林设计",
        "性价比最高的三房，全市第一",
        "板块第一豪宅",
        "楼王位置",
        "绝版地段",
        "无敌江景",
        "独一无二的户型",
        "刚需首选",
        "NO.1 学区",
        "全网最低价",
        "最便宜的一套",
        "最大的优势是楼间距",
        "全区唯一",
        "the best view in town",
    ),
    "ad-plans": (
        "规划中的地铁14号线就在门口",
        "旁边在建小学",
        "明年地铁通车",
        "即将开业的大型商场",
        "2028年轨道交通建成",
        "医院拟建",
    ),
    "ad-area": ("89平三房", "总共118.5㎡", "面积 75 平米", "一百二十平大三房", "使用方便，60m2"),
    "ad-superstition": ("风水宝地", "旺宅", "户型聚财"),
    "ad-financing": ("零首付", "首付可分期", "0首付入住", "公司垫首付"),
}

# What sounds alike and is none; most of it stands in notes of the demo or in what agents say.
CLEAN = (
    "最近刚刷过墙",
    "最低楼层也有光",
    "最高18层，这套在11楼",
    "第一人民医院在路口",
    "上海第一人民医院旁",
    "浦东第一中学对口",
    "唯一住房，满五唯一",
    "满五唯一，税省一大截",
    "业主名下唯一",
    "最后一次调价",
    "最早下周可看",
    "最多住三人",
    "最少租六个月",
    "最短租期 12 个月",
    "最新产调已拉",
    "最里面一间朝北",
    "最东边一栋",
    "老人最喜欢这个楼层",
    "陪读家庭最爱",
    "租车公司最合适",
    "最大的问题是西晒",
    "最大的不足是客厅窄",
    "最好提前两小时约",
    "看房最好上午来",
    "第一次看房要登记",
    "第一任业主",
    "第一排临街，吵",
    "房龄第一批商品房",
    "第一时间通知我们",
    "小区第一个路口右转",
    "国家级非遗馆在隔壁",
    "国家级开发区内",
    "增值税满两年免征",
    "物业有增值服务",
    "不承诺升值",
    "不保证入学，学位以教育局为准",
    "不带租约，租金另谈",
    "现租金 8000 元/月",
    "包租婆住楼上",
    "公司包租给员工",
    "翻新过，翻倍的储物空间",
    "年化粪池清理一次",
    "第一梯队小学对口",
    "唯一缺点是西晒",
    "房东人最好说话",
    "离学校近，放学时间堵十分钟",
    "到店看房二十分钟",
    "户型规划方正",
    "在建工程抵押已解",
    "客厅 35 平",
    "提前30分钟联系",
    "提前十分钟到小区门口",
    "浴缸放满水要四十分钟",
    "公交每15分钟一班",
    "看房约半小时",
    "电梯等两分钟",
    "业主中午十二点到一点半在家",
    "晚上八点到九点有琴声",
    "早上七点半开始车喇叭",
    "到地铁八百米，其中两百米是天桥",
    "离地铁口两百步，是真数过的",
    "对口书香小学，学位未用",
    "户口签约前迁走",
    "可迁出户口",
    "户型规划合理，动线好",
    "区规划局对面",
    "规划中的地铁14号线，以政府公布为准",
    "在建小学以教育部门公布为准",
    "建筑面积 118.5 ㎡",
    "套内92.3平",
    "建面约89平",
    "118.5㎡（建筑面积）",
    "阳台6㎡",
    "院子一百二十平，锦鲤九条",
    "单价 6.5万/平",
    "地下室30平方米",
    "四十个工位和一面写满目标的墙",
    "首付三成",
    "首付还尾贷",
    "窗台上一只招财猫",
    "门口一棵发财树",
    "充电桩四个",
    "南边没有遮挡，主卧飘窗能躺一个人",
    "厨房只够一个人转身",
    "楼上的孩子拉小提琴，进步很快",
    "客厅开间三米四",
    "空调六点停，加班的公司要先讲",
    "1号楼2单元",
    "no. 12 bus stops outside",
    "quiet after ten minutes past nine",
)


@pytest.mark.parametrize(
    ("code", "phrase"), [(code, one) for code, phrases in CLAIMS.items() for one in phrases]
)
def test_what_the_law_keeps_out_of_advertisements_is_found(code, phrase):
    assert code in {claim.code for claim in lint(phrase)}


@pytest.mark.parametrize("phrase", CLEAN)
def test_what_only_sounds_alike_is_left_alone(phrase):
    assert lint(phrase) == []


def test_the_table_is_long_enough_to_mean_something():
    assert len(CLEAN) >= 60
    assert sum(map(len, CLAIMS.values())) >= 60


def test_every_code_is_catalogued_with_its_law():
    for code in CLAIMS:
        assert PROBLEMS[code].origin


def test_a_claim_stands_where_it_is():
    text = "南北通透，\n步行5分钟到地铁，升值空间大"

    first, second = lint(text)

    assert (first.code, text[first.start : first.end]) == ("ad-travel-time", "步行5分钟到")
    assert (second.code, text[second.start : second.end]) == ("ad-return", "升值空间大")
    assert first.text == "步行5分钟到"


def test_of_two_claims_at_one_place_the_longer_is_told():
    assert [claim.text for claim in lint("全网最低价")] == ["全网最低价"]


def test_a_disclaimer_beside_the_text_counts():
    assert lint("旁边在建小学", context="规划以政府公布为准") == []


@pytest.mark.parametrize(
    "unit", ["到", "最", "规划", "地铁", "一", "1", "五分钟", " ", "走", "不", "只要", "可步行"]
)
def test_long_lines_take_no_longer_than_they_must(unit):
    import time

    text = unit * (20_000 // len(unit))
    before = time.process_time()
    lint(text)

    assert time.process_time() - before < 2

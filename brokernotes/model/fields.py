"""The field table: every key a note may have, declared once.

Reading, checks, templates, index columns, `.obsidian/types.json`, JSON Schema,
completion and `docs/fields.md` all derive from these rows. Names follow the RESO
Data Dictionary where it has one, else the trade's glossary. A key has one kind
across all note types, since Obsidian types a property by its name, vault-wide.

A row reads: key, kind, Chinese label, English label, then what is special.
Units are the house's: 万元 for prices, 元 for rents and fees, ㎡ for areas.
"""

from __future__ import annotations

from typing import Any

from brokernotes.model.enums import CLOSED
from brokernotes.model.field_help import field_help
from brokernotes.model.schema import Field, Kind

ALL = ("client", "listing", "deal", "community", "agent")
K = Kind
Row = dict[str, Any]
WAN, YUAN, RENT, AREA = "万元", "元", "元/月", "㎡"


def f(key: str, kind: Kind, zh: str, en: str, **special: object) -> Row:
    """One row of the table; note type and help are added by `_of`."""
    return {"key": key, "kind": kind, "zh": zh, "en": en, **special}


def _of(types: tuple[str, ...], *rows: Row) -> tuple[Field, ...]:
    return tuple(
        Field(note_type=note_type, help=field_help(note_type, row["key"]), **row)
        for note_type in types
        for row in rows
    )


def _with(rows: tuple[Row, ...], name: str, **values: object) -> tuple[Row, ...]:
    """Rows that several types of note have, with what one type sets differently, by key."""
    return tuple({**row, name: values[row["key"]]} if row["key"] in values else row for row in rows)


PRICE = {"unit": WAN, "low": 5, "high": 100_000}
MONTHLY = {"unit": RENT, "low": 100, "high": 1_000_000}
IDENTITY = {"confidential": "identity"}
LOCATION = {"confidential": "location"}
OWNER = {"confidential": "owner"}

COMMON = _of(
    ALL,
    f("id", K.TEXT, "编号", "Id", is_code=True),
    f("type", K.ENUM, "类型", "Type", choices="type"),
    f("title", K.TEXT, "标题", "Title"),
    f("aliases", K.TEXT, "别名", "Aliases", many=True),
    f("tags", K.TEXT, "标签", "Tags", many=True),
    f("former_ids", K.TEXT, "曾用编号", "Former ids", many=True, is_code=True),
    f("created", K.DATETIME, "建档", "Created", also=("建档日期", "录入日期")),
    f("agent", K.LINK, "负责人", "Agent", link=("agent",), also=("维护经纪人", "归属人")),
    f("sharing", K.ENUM, "公私盘", "Sharing", choices="sharing"),
    f("next_followup", K.DATE, "下次跟进", "Next follow-up", also=("下次回访", "下次联系")),
)

CLIENT = _of(
    ("client",),
    f("name", K.TEXT, "姓名", "Name", **IDENTITY),
    f("salutation", K.TEXT, "称呼", "Salutation", ask=1),
    f("phone", K.PHONE, "电话", "Phone", many=True, ask=2, also=("手机",), **IDENTITY),
    f("wechat", K.TEXT, "微信", "WeChat", is_code=True, also=("微信号",), **IDENTITY),
    f("birthday", K.BIRTHDAY, "生日", "Birthday", **IDENTITY),
    f("contacts", K.LINK, "联系人", "Contacts", many=True, link=("client",)),
    f("intents", K.ENUM, "意图", "Intents", many=True, choices="intent", ask=3),
    f("inquired_at", K.DATETIME, "咨询时间", "Inquired at"),
    f("stage", K.ENUM, "阶段", "Stage", choices="client_stage", ask=4),
    f("urgency", K.ENUM, "紧急程度", "Urgency", choices="urgency", ask=9),
    f("motivation", K.ENUM, "意向强度", "Motivation", choices="strength", ask=10),
    f("budget_ready", K.ENUM, "资金情况", "Budget ready", choices="budget_ready"),
    f("cooperation", K.ENUM, "配合度", "Cooperation", choices="cooperation"),
    f("grade_override", K.ENUM, "指定等级", "Grade override", choices="grade"),
    f("grade_reason", K.TEXT, "等级理由", "Grade reason"),
    f("source", K.TERM, "来源", "Source", choices="client_source", ask=11),
    f("source_name", K.TERM, "来源名称", "Source name"),
    f("referred_by", K.LINK, "介绍人", "Referred by", link=("client", "agent")),
    f("greetings", K.BOOL, "节日问候", "Greetings"),
    f("do_not_contact", K.BOOL, "勿扰", "Do not contact"),
    f("do_not_contact_until", K.DATE, "勿扰至", "Do not contact until"),
    f("call_times", K.TERM, "联系时间", "Times to call", many=True, also=("方便时间", "方便联系")),
    f("budget_min", K.NUMBER, "预算下限", "Budget from", **PRICE),
    f("budget_max", K.NUMBER, "预算上限", "Budget up to", ask=5, also=("预算", "budget"), **PRICE),
    f("down_payment", K.NUMBER, "首付", "Down payment", unit=WAN, low=1, high=100_000),
    f("monthly_payment", K.NUMBER, "月供", "Monthly payment", unit=YUAN, low=100, high=1_000_000),
    f("rent_min", K.NUMBER, "租金下限", "Rent from", **MONTHLY),
    f("rent_max", K.NUMBER, "租金上限", "Rent up to", ask=6, also=("租金",), **MONTHLY),
    f("districts", K.TEXT, "意向区域", "Districts", many=True, ask=7, also=("区域",)),
    f("neighborhoods", K.TEXT, "意向商圈", "Neighborhoods", many=True),
    f("communities", K.LINK, "意向小区", "Communities", many=True, link=("community",)),
    f("bedrooms_min", K.INT, "最少几室", "Bedrooms from", low=0, high=20, ask=8, also=("室",)),
    f("bedrooms_max", K.INT, "最多几室", "Bedrooms up to", low=0, high=20),
    f(
        "area_min",
        K.NUMBER,
        "面积下限",
        "Area from",
        unit=AREA,
        low=5,
        high=100_000,
        also=("面积",),
    ),
    f("area_max", K.NUMBER, "面积上限", "Area up to", unit=AREA, low=5, high=100_000),
    f("property_types", K.TERM, "产品要求", "Property types", many=True, choices="property_type"),
    f("purpose", K.ENUM, "购房目的", "Purpose", choices="purpose"),
    f("floor_pref", K.ENUM, "楼层偏好", "Preferred floors", many=True, choices="floor_band"),
    f("decorations", K.ENUM, "装修要求", "Decorations", many=True, choices="decoration"),
    f("year_built_min", K.INT, "房龄不早于", "Built after", low=1900, high=2100),
    f("must_have", K.TERM, "必须有", "Must have", many=True, choices="feature"),
    f("nice_to_have", K.TERM, "最好有", "Nice to have", many=True, choices="feature"),
    f("deal_breakers", K.TERM, "不接受", "Deal breakers", many=True, choices="feature"),
    f("lifestyle", K.TERM, "生活方式", "Lifestyle", many=True, choices="lifestyle"),
    f("payment", K.ENUM, "付款方式", "Payment", choices="payment"),
    f("homes_owned", K.ENUM, "套数", "Homes owned", choices="homes_owned"),
    f("eligibility", K.ENUM, "购房资格", "Eligibility", choices="eligibility"),
    f("eligibility_checked_on", K.DATE, "资格核查日", "Eligibility checked on"),
    f("sell_first", K.LINK, "先卖房源", "Sells first", link=("listing",)),
    f("viewing_times", K.TERM, "看房时间", "Viewing times", many=True),
    f("move_in_by", K.DATE, "入住期限", "Move in by", also=("入住时间",)),
    f("school_entry_year", K.INT, "入学年份", "School entry year", low=2000, high=2100),
    f("lease_months", K.INT, "租期", "Lease months", unit="月", low=1, high=240),
    f("occupants", K.INT, "入住人数", "Occupants", low=1, high=50),
    f("confirmed_on", K.DATE, "需求确认日", "Confirmed on"),
    f("assumed", K.TEXT, "未经确认的字段", "Assumed", many=True),
    f("channel", K.ENUM, "联系方式", "Channel", choices="channel"),
    f("consent", K.CONSENT, "授权", "Consent", many=True),
    f("retention_until", K.DATE, "保存至", "Retention until"),
)

HOME = (
    f("facing", K.ENUM, "朝向", "Facing", many=True, choices="facing"),
    f("lease_mode", K.ENUM, "租赁方式", "Lease mode", choices="lease_mode"),
    f("pets", K.BOOL, "宠物", "Pets"),
    f("cadence_days", K.INT, "跟进间隔", "Cadence", unit="天", low=1, high=730),
)
PLACE = (
    f("district", K.TEXT, "区域", "District", also=("城区",)),
    f("neighborhood", K.TEXT, "商圈", "Neighborhood"),
    f("year_built", K.INT, "建成年份", "Year built", low=1850, high=2100),
    f("location", K.LOCATION, "坐标", "Location"),
)

LISTING = _of(
    ("listing",),
    f("community", K.LINK, "小区", "Community", link=("community",), ask=1),
    f("transaction", K.ENUM, "交易类型", "Transaction", choices="transaction", ask=2),
    f("status", K.ENUM, "状态", "Status", choices="listing_status", ask=3),
    f("round", K.INT, "轮次", "Round", low=1, high=1000),
    f("grade", K.ENUM, "等级", "Grade", choices="grade", ask=4, also=("房源等级",)),
    f("price", K.NUMBER, "挂牌价", "Price", ask=5, also=("总价", "售价", "价格"), **PRICE),
    f("price_terms", K.TEXT, "价格条件", "Price terms"),
    f("rent", K.NUMBER, "租金", "Rent", ask=6, also=("月租",), **MONTHLY),
    f("rent_terms", K.TEXT, "付租方式", "Rent terms"),
    f("reserve_price", K.NUMBER, "底价", "Reserve price", **PRICE, **OWNER),
    f("expected_price", K.NUMBER, "心理价", "Expected price", **PRICE, **OWNER),
    f("bedrooms", K.INT, "室", "Bedrooms", low=0, high=50, ask=7),
    f("living_rooms", K.INT, "厅", "Living rooms", low=0, high=20),
    f("bathrooms", K.INT, "卫", "Bathrooms", low=0, high=50),
    f(
        "gross_area",
        K.NUMBER,
        "建筑面积",
        "Gross area",
        unit=AREA,
        low=3,
        high=100_000,
        ask=8,
        also=("面积", "area"),
    ),
    f("interior_area", K.NUMBER, "套内面积", "Interior area", unit=AREA, low=3, high=100_000),
    f("floor_band", K.ENUM, "楼层段", "Floor band", choices="floor_band"),
    f("floor", K.INT, "楼层", "Floor", low=-10, high=200, **LOCATION),
    f("total_floors", K.INT, "总楼层", "Total floors", low=1, high=200),
    f("building", K.TEXT, "栋座", "Building", is_code=True, also=("楼号", "栋座号"), **LOCATION),
    f("unit", K.TEXT, "单元", "Unit", is_code=True, **LOCATION),
    f("room", K.TEXT, "室号", "Room", is_code=True, also=("房间号", "房号"), **LOCATION),
    f("decoration", K.ENUM, "装修", "Decoration", choices="decoration"),
    f("elevator", K.BOOL, "电梯", "Elevator"),
    f("lift_ratio", K.TEXT, "梯户比", "Lift ratio"),
    f("structure", K.TERM, "建筑结构", "Structure", choices="structure"),
    f("land_term", K.ENUM, "土地年限", "Land term", choices="land_term"),
    f("management_fee", K.NUMBER, "物业费", "Management fee", unit="元/㎡/月", low=0, high=500),
    f("title_type", K.TERM, "产权性质", "Title type", choices="title_type"),
    f("acquired_on", K.DATE, "取得日期", "Acquired on", also=("产证日期",)),
    f("only_home", K.BOOL, "唯一住房", "Only home", also=("唯一",)),
    f("encumbrances", K.TERM, "权利负担", "Encumbrances", many=True, choices="encumbrance"),
    f(
        "mortgage_left",
        K.NUMBER,
        "剩余贷款",
        "Mortgage left",
        unit=WAN,
        low=0,
        high=100_000,
        **OWNER,
    ),
    f("co_owned", K.BOOL, "共有", "Co-owned"),
    f("co_owner_consent", K.DATE, "共有人同意", "Co-owner consent"),
    f("hukou", K.ENUM, "户口", "Hukou", choices="hukou"),
    f(
        "property_type",
        K.TERM,
        "产品性质",
        "Property type",
        choices="property_type",
        also=("物业类型",),
    ),
    f("school", K.TEXT, "对口学校", "School"),
    f("school_zone", K.BOOL, "学区房", "School zone"),
    f("school_quota_used", K.BOOL, "学位已用", "School quota used"),
    f("features", K.TERM, "配套", "Features", many=True, choices="feature"),
    f("selling_points", K.TERM, "卖点", "Selling points", many=True),
    f("defects", K.TERM, "不足", "Defects", many=True),
    f("entrustment", K.ENUM, "委托形式", "Entrustment", choices="entrustment", ask=9),
    f("entrust_from", K.DATE, "委托起", "Entrusted from"),
    f("entrust_until", K.DATE, "委托止", "Entrusted until", ask=10, also=("委托到期",)),
    f("publish_consent", K.DATE, "发布同意", "Publish consent"),
    f("verification_code", K.TEXT, "核验码", "Verification code", is_code=True),
    f("inspected_on", K.DATE, "实勘日", "Inspected on"),
    f("title_checked_on", K.DATE, "产调日", "Title checked on"),
    f("photos_on", K.DATE, "照片日", "Photos on"),
    f("published", K.PUBLISHED, "已发布", "Published", many=True),
    f("keys", K.TERM, "钥匙", "Keys", choices="keys"),
    f("key_no", K.TEXT, "钥匙编号", "Key number", is_code=True),
    f("showing_requirements", K.TEXT, "看房要求", "Showing requirements"),
    f("occupant", K.ENUM, "居住情况", "Occupant", choices="occupant"),
    f("tenant_waiver", K.DATE, "租客放弃优先购买", "Tenant waiver"),
    f("tenant_notice", K.DATE, "租客通知日", "Tenant notified on"),
    f("tenant", K.LINK, "租客", "Tenant", many=True, link=("client",), **IDENTITY),
    f("lease_end", K.DATE, "租约到期", "Lease end", also=("租约止",)),
    f("available_from", K.DATE, "可入住", "Available from"),
    f("min_term", K.INT, "最短租期", "Minimum term", unit="月", low=1, high=240),
    f("furnishing", K.TERM, "家具家电", "Furnishing", many=True),
    f("vacate", K.TEXT, "腾房", "Vacate"),
    f("source", K.TERM, "来源", "Source", choices="listing_source"),
    f("owner", K.LINK, "业主", "Owner", many=True, link=("client",), **OWNER),
    f("owner_name", K.TEXT, "业主姓名", "Owner name", ask=11, **OWNER),
    f("owner_phone", K.PHONE, "业主电话", "Owner phone", ask=12, **OWNER),
    f("owner_intent", K.ENUM, "业主意向", "Owner intent", choices="owner_intent", **OWNER),
    f("swap_route", K.TEXT, "换房路线", "Swap route", **OWNER),
    f("urgency", K.ENUM, "紧急程度", "Urgency", choices="urgency"),
    f("fast_sale", K.BOOL, "速销", "Fast sale"),
    f("focus_until", K.DATE, "聚焦至", "Focus until"),
    f("listed", K.DATE, "挂牌日", "Listed", also=("挂牌日期",)),
    *(
        f(key, K.LINK, zh, en, link=("agent",))
        for key, zh, en in (
            ("entry_agent", "录入人", "Entry agent"),
            ("maintainer", "维护人", "Maintainer"),
            ("surveyor", "实勘人", "Surveyor"),
            ("document_agent", "委托备件人", "Document agent"),
            ("key_holder", "钥匙人", "Key holder"),
            ("exclusive_agent", "独家人", "Exclusive agent"),
        )
    ),
    f("roles_reason", K.TEXT, "角色理由", "Why these roles"),
)

# The day of each step that has none of its own below; labels stand with the vocabulary.
_STEP_DAYS = tuple(
    f(f"{step.id}_on", K.DATE, f"{step.zh}日", f"{step.en.capitalize()} on")
    for step in CLOSED["deal_step"]
    if step.id not in ("deposit", "signed")
)

DEAL = _of(
    ("deal",),
    f("listing", K.LINK, "房源", "Listing", link=("listing",), ask=1),
    f("buyer", K.LINK, "买方", "Buyer", many=True, link=("client",), ask=2, also=("承租人",)),
    f("seller", K.LINK, "卖方", "Seller", many=True, link=("client",), also=("出租人",)),
    f("transaction", K.ENUM, "交易类型", "Transaction", choices="transaction", ask=3),
    f("template", K.ENUM, "流程", "Template", choices="deal_template"),
    f("stage", K.ENUM, "阶段", "Stage", choices="deal_stage", ask=4),
    f("price", K.NUMBER, "成交价", "Price", ask=5, **PRICE),
    f("rent", K.NUMBER, "租金", "Rent", ask=6, **MONTHLY),
    f("deposit_kind", K.ENUM, "定金性质", "Deposit kind", choices="deposit_kind"),
    f(
        "deposit_amount",
        K.NUMBER,
        "定金金额",
        "Deposit amount",
        unit=YUAN,
        low=1,
        high=100_000_000,
        ask=7,
    ),
    f("security_deposit", K.NUMBER, "押金", "Security deposit", unit=YUAN, low=0, high=10_000_000),
    f("lease_months", K.INT, "租期", "Lease months", unit="月", low=1, high=240),
    f("deposit_date", K.DATE, "定金日", "Deposit date", ask=8),
    f("expected_signing", K.DATE, "预定签约日", "Expected signing", ask=9),
    f("signed_on", K.DATE, "签约日", "Signed on"),
    *_STEP_DAYS,
    f("steps_skipped", K.ENUM, "免办步骤", "Steps skipped", many=True, choices="deal_step"),
    f("papers", K.TERM, "已收材料", "Papers in hand", many=True, choices="paper"),
    *(
        row
        for side, zh, en in (("buyer", "买方", "Buyer"), ("seller", "卖方", "Seller"))
        for row in (
            f(
                f"fee_{side}_due",
                K.NUMBER,
                f"{zh}应收佣金",
                f"{en} fee due",
                unit=YUAN,
                low=0,
                high=100_000_000,
            ),
            f(f"fee_{side}_due_on", K.DATE, f"{zh}应收日", f"{en} fee due on"),
            f(
                f"fee_{side}_received",
                K.NUMBER,
                f"{zh}实收佣金",
                f"{en} fee received",
                unit=YUAN,
                low=0,
                high=100_000_000,
            ),
            f(f"fee_{side}_received_on", K.DATE, f"{zh}实收日", f"{en} fee received on"),
        )
    ),
    f("discount", K.NUMBER, "折扣", "Discount", low=0, high=1),
    f("co_broker_fee", K.NUMBER, "合作方佣金", "Co-broker fee", unit=YUAN, low=0, high=100_000_000),
    *(
        f(key, K.LINK, zh, en, link=("agent",))
        for key, zh, en in (
            ("referrer", "推荐人", "Referrer"),
            ("first_showing_agent", "首看人", "First showing agent"),
            ("cooperator", "合作人", "Cooperator"),
            ("closing_agent", "成交人", "Closing agent"),
            ("finance_advisor", "金融顾问", "Finance advisor"),
        )
    ),
    f("document_agent", K.LINK, "权证", "Paperwork agent", link=("agent",)),
    f("roles_reason", K.TEXT, "角色理由", "Why these roles"),
    f("cancelled_on", K.DATE, "取消日", "Cancelled on"),
    f("cancel_reason", K.TEXT, "取消原因", "Cancel reason"),
    f(
        "deposit_settlement",
        K.ENUM,
        "定金处理",
        "Deposit settlement",
        choices="deposit_settlement",
    ),
)

COMMUNITY = _of(
    ("community",),
    f("developer", K.TEXT, "开发商", "Developer"),
    f("schools", K.TEXT, "学校", "Schools", many=True, ask=3),
    f("features", K.TERM, "配套", "Features", many=True, choices="feature", ask=4),
    f("character", K.TERM, "社区氛围", "Character", many=True, choices="lifestyle"),
    f("avg_price", K.NUMBER, "均价", "Average price", unit="元/㎡", low=500, high=1_000_000, ask=5),
    f("avg_price_on", K.DATE, "均价日期", "Average price on", ask=6),
    f("plans", K.TEXT, "规划", "Plans"),
    f("hot", K.BOOL, "热销", "Hot location"),
)

AGENT = _of(
    ("agent",),
    f("name", K.TEXT, "姓名", "Name", ask=1),
    f("email", K.TEXT, "邮箱", "Email", ask=2),
    f("phone", K.PHONE, "电话", "Phone", many=True, ask=3),
    f("licence", K.TEXT, "从业证号", "Licence", is_code=True),
    f("role", K.ENUM, "角色", "Role", choices="role", ask=4),
    f("supervisor", K.LINK, "上级", "Supervisor", link=("agent",), ask=5),
    f("store", K.TEXT, "门店", "Store", ask=6),
    f("firm", K.TEXT, "公司", "Firm"),
    f("service_areas", K.TEXT, "服务区域", "Service areas", many=True, ask=7),
    f("rest_day", K.TERM, "休息日", "Rest day", choices="weekday"),
    f("joined", K.DATE, "入职", "Joined"),
    f("left", K.DATE, "离职", "Left"),
)

FIELDS: tuple[Field, ...] = (
    *COMMON,
    *CLIENT,
    *_of(("client", "listing"), *HOME),
    *LISTING,
    *_of(("listing",), *_with(PLACE, "confidential", location="location")),
    *_of(("community",), *_with(PLACE, "ask", district=1, neighborhood=2)),
    *DEAL,
    *COMMUNITY,
    *AGENT,
)

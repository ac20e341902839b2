"""What columns of brokers' sheets are called, and which field each means.

Beside the labels of the field table and their other spellings, which are read
without standing here. Source of the words: exports of common brokerage systems
and sheets kept by hand; ours where a word may mean two things.
"""

from __future__ import annotations

from collections.abc import Mapping

# Targets that are no field but several: one cell is split.
LAYOUT, FLOORS, DOOR = "layout", "floors", "door"
BUDGET, RENT_RANGE, AREA_RANGE, ROOMS = "budget", "rent_range", "area_range", "rooms"
PERSON = "person"  # 李女士 is a salutation, 李小燕 a name
TEXT = "text"  # stays in the note's text, under the column's own name
OUT = ""  # left out

# By target the fields its cells may fill.
COMPOUND: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "client": {
        PERSON: ("salutation", "name"),
        BUDGET: ("budget_min", "budget_max"),
        RENT_RANGE: ("rent_min", "rent_max"),
        AREA_RANGE: ("area_min", "area_max"),
        ROOMS: ("bedrooms_min", "bedrooms_max"),
    },
    "listing": {
        LAYOUT: ("bedrooms", "living_rooms", "bathrooms"),
        FLOORS: ("floor", "floor_band", "total_floors"),
        DOOR: ("building", "unit", "room"),
    },
}

_EVERYBODY = """
created      登记日期 登记时间 录入时间 创建时间 创建日期 建档时间 日期 date created_at
agent        跟进人 经纪人 归属 归属经纪人 业务员 所属人 所属经纪人 维护人员 责任人 owner_agent
next_followup 下次跟进日期 下次跟进时间 下次联系时间 next_contact
-            序号 行号 no. 身份证 身份证号 身份证号码 证件号 证件号码 银行卡 银行卡号 卡号
-            id_number id_card
text         备注 说明 跟进 跟进记录 跟进情况 跟进内容 描述 情况 remark remarks note notes comment
"""
_WORDS = {
    "client": """
        person       姓名 客户 客户姓名 客户名称 客户名 称呼 联系人 买家 租客 租客姓名 full_name
        person       customer client contact contact_name name
        phone        电话 联系电话 手机 手机号 手机号码 电话号码 联系方式 客户电话 mobile tel
        phone        telephone
        phone        phone_number cell 备用电话 电话2 手机2
        wechat       微信 微信号 微信id
        intents      求购/求租 需求类型 交易类型 租售 租/售 业务类型 客户类型 意向 类型
        budget       预算 购房预算 总价预算 预算范围 预算(万) 心理价位 价格区间 总价区间 budget
        budget       price_range
        rent_range   租金预算 租金 月租预算 租金范围 租房预算 rent
        area_range   面积 面积需求 需求面积 意向面积 面积范围 面积区间 area size
        rooms        户型 户型需求 需求户型 意向户型 居室 几房 房型 房型需求 wanted bedrooms layout
        districts    区域 意向区域 需求区域 求购区域 片区 城区 district area_wanted
        neighborhoods 商圈 意向商圈 板块 意向板块
        communities  小区 意向小区 楼盘 意向楼盘 需求小区
        grade_override 等级 客户等级 级别 意向等级 grade level rating
        motivation   意向强度 意向程度
        source       来源 客户来源 渠道 客源 来源渠道 lead_source
        inquired_at  咨询日期 来访日期 来电日期 首次联系 委托日期 委托时间
        stage        状态 客户状态 阶段 跟进状态 客户阶段 status
        payment      付款 付款方式
        purpose      购房目的 置业目的 用途 目的
        floor_pref   楼层 楼层要求 楼层需求
        decorations  装修 装修要求
        facing       朝向 朝向要求
        down_payment 首付 首付预算 首付款
        homes_owned  套数 首套 名下房产 几套房
        eligibility  购房资格 资格
        birthday     生日 出生日期
        lease_months 租期
        move_in_by   入住时间 入住日期 起租日期
        occupants    入住人数 人数
    """,
    "listing": """
        community    小区 楼盘 楼盘名称 小区名称 小区名 楼盘名 项目 项目名称 物业名称
        community    community_name
        community    estate complex project
        door         栋室 门牌 门牌号 房号 栋座室号 楼栋房号 详细地址 房间 楼栋单元 房屋坐落
        door         具体位置
        building     栋 幢 座 楼栋 栋号 座栋 栋座 楼号 几号楼 building_no
        unit         单元 单元号
        room         室号 房间号 室 户号 room_no
        layout       户型 房型 居室 几房 格局 室厅 室厅卫 layout
        bedrooms     房间数 卧室 卧室数 房数
        gross_area   面积 建面 建筑面积 产证面积 房屋面积 平米 面积平米 area size sqm
        interior_area 套内 套内面积 使用面积 实用面积
        price        总价 报价 售价 挂牌价 价格 出售价 卖价 出售总价 业主报价 asking_price
        rent         租金 月租 月租金 出租价 租价
        reserve_price 底价 最低价
        floors       楼层 所在楼层 层数 楼层/总层 楼层/总楼层 层/总层 所在层 floor
        total_floors 总层 总层数 总楼层 共几层
        facing       朝向 房屋朝向
        decoration   装修 装修情况 装修程度 装潢
        owner_name   业主 房东 业主姓名 房东姓名 产权人 联系人 姓名 业主名 owner landlord seller
        owner_phone  电话 业主电话 房东电话 联系电话 手机 手机号 手机号码 电话号码 联系方式
        owner_phone  业主手机
        owner_phone  房东手机 owner_mobile owner_tel phone mobile tel
        transaction  交易类型 租售 租/售 出租出售 类型 交易方式 业务类型
        status       状态 房源状态
        grade        等级 房源等级 级别 grade
        source       来源 房源来源 渠道
        created      登记日期 登记时间 录入日期 录入时间 委托日期 委托时间
        listed       挂牌日期 挂牌时间 上架日期 listing_date
        district     区域 行政区 城区 区
        neighborhood 商圈 板块 片区
        year_built   年代 建筑年代 房龄 建成年代 建造年份 竣工年份
        elevator     电梯 有无电梯
        title_type   产权 产权性质 房屋性质
        property_type 物业类型 房屋类型 用途 房屋用途
        school       学校 对口学校 学区
        school_zone  学区房 是否学区
        only_home    唯一 是否唯一 唯一住房
        acquired_on  产证日期 拿证日期 房产证日期 取得时间
        mortgage_left 贷款 剩余贷款 欠款 贷款余额
        keys         钥匙
        occupant     居住状态 现状 房屋现状
        showing_requirements 看房时间 看房方式 看房
        entrustment  委托方式 委托类型 独家
        entrust_until 委托到期 委托截止 到期日期
        lease_end    租约到期 租期到期
        furnishing   家具 家电 家具家电 配置
        features     配套 设施
        title        标题 房源标题
        rent_terms   付款方式 押付 付租方式
        management_fee 物业费
    """,
    "community": """
        title        小区 小区名称 小区名 楼盘 楼盘名称 名称 项目名称 name community
        district     区域 行政区 城区
        neighborhood 商圈 板块 片区
        avg_price    均价 参考均价 单价
        year_built   年代 建筑年代 建成年代 竣工年份
        developer    开发商
        schools      学校 对口学校 学区
    """,
    "agent": """
        name         姓名 名字 经纪人 员工 员工姓名
        phone        电话 手机 手机号 联系电话
        role         角色 职位 职务 岗位
        email        邮箱 电子邮箱 邮件
        store        门店 店 分店
        joined       入职日期 入职时间
    """,
    "deal": """
        listing      房源 房源编号
        buyer        买方 买家 客户 承租方 租客
        seller       卖方 卖家 业主 出租方
        price        成交价 成交总价 总价
        deposit_date 定金日期
        signed_on    签约日期 签约时间
        deposit_amount 定金 定金金额
        closing_agent 成交人 经纪人
    """,
}


def words(note_type: str) -> dict[str, str]:
    """The target by word, as written; the type's own come before everybody's."""
    found: dict[str, str] = {}
    for table in (_WORDS[note_type], _EVERYBODY):
        for line in table.strip().splitlines():
            target, *spelled = line.split()
            for word in spelled:
                # Numbers of identity and bank cards have no business in notes (PIPL).
                found.setdefault(word, OUT if target == "-" else target)
    return found


# By key what sheets say for a value of the vocabulary.
VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "decoration": {
        "清水": "毛坯", "毛胚": "毛坯", "简单装修": "简装", "简单": "简装", "中装": "简装",
        "中等装修": "简装", "普装": "简装", "普通装修": "简装", "精致装修": "精装",
        "拎包入住": "精装", "豪华装修": "豪装", "豪华": "豪装", "毛坯房": "毛坯",
    },
    "facing": {
        "南北通透": "南北", "坐北朝南": "南", "坐南朝北": "北", "正南": "南", "正北": "北",
        "正东": "东", "正西": "西", "南东": "东南", "北东": "东北", "南西": "西南",
        "北西": "西北", "北南": "南北",
    },
    "transaction": {
        "出售": "出售", "买卖": "出售", "二手": "出售", "二手房": "出售", "卖": "出售",
        "出租": "出租", "租赁": "出租", "租房": "出租", "可租可售": "租售", "售租": "租售",
        "租/售": "租售", "出租出售": "租售", "出售/出租": "租售", "sell": "出售",
    },
    "intents": {
        "购买": "求购", "购房": "求购", "买方": "求购", "买卖": "求购", "二手": "求购",
        "二手房": "求购", "求租": "求租", "租赁": "求租", "承租": "求租",
        "置换": "求购、出售", "租购": "求购、求租", "租售": "求购、求租",
    },
    "stage": {
        "新": "新客", "新增": "新客", "未联系": "新客", "跟进中": "在看", "看房中": "在看",
        "有效": "在看", "带看": "在看", "意向": "在看", "犹豫": "观望", "考虑中": "观望",
        "谈判": "磋商", "谈判中": "磋商", "议价": "磋商", "已成交": "老客户", "成交": "老客户",
        "暂停": "暂缓", "失效": "无效", "流失": "无效", "已购": "无效", "他处成交": "无效",
    },
    "status": {
        "有效": "", "出售中": "在售", "出售": "在售", "待售": "在售", "出租中": "在租",
        "出租": "在租", "待租": "在租", "暂停": "暂缓", "不卖": "暂缓", "不卖了": "暂缓",
        "已售": "他售", "已租": "他租", "下定": "定金", "已定": "定金",
    },
    "source": {
        "上门": "到访", "门店": "到访", "网络": "端口", "网上": "端口", "安居客": "端口",
        "贝壳": "端口", "58": "端口", "58同城": "端口", "抖音": "短视频", "微信": "朋友圈",
        "朋友介绍": "转介绍", "介绍": "转介绍", "老客户介绍": "老客户", "老客": "老客户",
    },
    "payment": {"一次性": "全款", "按揭": "商贷", "贷款": "商贷", "组合": "组合贷"},
    "entrustment": {"是": "独家", "一般委托": "非独家", "普通": "非独家", "独家委托": "独家"},
    "occupant": {"自住": "业主", "出租中": "租客", "租客住": "租客", "空房": "空置", "空": "空置"},
    "homes_owned": {"是": "首套", "一套": "首套", "两套": "二套", "2套": "二套", "1套": "首套"},
    "urgency": {"急": "高", "急售": "高", "不急": "低"},
}  # fmt: skip

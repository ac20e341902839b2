"""A vault with a secret in every place that sharing hides, for the tests of `--as`."""

import re

# Each stands in one place and nowhere else, so that what shows it says where it leaked.
SECRETS = {
    "building": "7788",
    "unit": "西梯",
    "room": "1207",
    "floor": "143",
    "floor in words": "143 层",
    "key number": "K-9917",
    "coordinates": "31.2288",
    "owner's name": "欧阳秋月",
    "owner's phone": "13899990001",
    "owner's note": "程寄舟",
    "reserve price": "488.7",
    "expected price": "511.3",
    "mortgage": "123.4",
    "swap route": "去苏州园区",
    "the owner section": "急着还赌债",
    "an offer": "出四百六十八",
    "under an offer": "夫妻为此吵架",
    "a log key": "499.6",
    "a field of our own": "后门密码四四七",
    "an unknown key": "门禁是星号九",
    "a comment": "房东其实在外地",
    "a trailing comment": "可以再低八万",
    "an offer in a client's note": "最多肯加到五百",
    "client's name": "司徒晓岚",
    "client's phone": "13799990002",
    "client's wechat": "situ_1990",
    "client's birthday": "1990-04-17",
    "client's alias": "岚岚姐",
    "client's file name": "邓梦蝶",
    "a phone in prose": "13699990003",
    "seller of a deal": "程寄舟",
    "an offer in the deal": "还到五百零一",
}

DRAWING = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    sharing:
      mode: private
    fields:
      listing:
        backdoor:
          label: {zh: 后门, en: Back door}
          kind: text
        parking_fee:
          label: {zh: 车位费, en: Parking fee}
          kind: number
          public: true
    -- 经纪人/王敏.md --
    ---
    id: A-WANG01
    type: agent
    name: 王敏
    email: wang@example.com
    role: 店长
    ---
    -- 经纪人/李航.md --
    ---
    id: A-H0HANG
    type: agent
    name: 李航
    supervisor: "[[王敏]]"
    ---
    -- 经纪人/赵一鸣.md --
    ---
    id: A-ZHA0AA
    type: agent
    name: 赵一鸣
    supervisor: "[[王敏]]"
    ---
    -- 小区/阳光花园.md --
    ---
    id: M-SNG001
    type: community
    district: 浦东
    ---
    -- 房源/阳光花园 7788-1207.md --
    ---
    id: L-SECRT1
    type: listing
    title: 阳光花园 7788号楼1207 三房
    # 房东其实在外地
    community: "[[阳光花园]]"
    transaction: 出售
    status: 在售
    grade: A
    price: 600 # 可以再低八万
    reserve_price: 488.7
    expected_price: 511.3
    bedrooms: 3
    living_rooms: 2
    gross_area: 118.5
    building: "7788"
    unit: 西梯
    room: "1207"
    floor: 143
    floor_band: 高
    total_floors: 180
    location: 31.2288,121.5
    mortgage_left: 123.4
    key_no: K-9917
    owner:
      - "[[程寄舟-3WNR11]]"
    owner_name: 欧阳秋月
    owner_phone: "13899990001"
    swap_route: 去苏州园区
    backdoor: 后门密码四四七
    门禁: 门禁是星号九
    parking_fee: 300
    features: [电梯]
    agent: "[[李航]]"
    created: 2026-11-01
    listed: 2026-11-02
    ---

    ## 卖点与不足

    7788号楼143 层，1207 室，看江。

    ## 业主情况

    急着还赌债，电话 13899990001。

    ### 家里

    急着还赌债，一直如此。

    ## 跟进记录

    - 2026-11-03 10:00 电话 欧阳秋月说可以谈 [心理价:: 499.6] [下次:: 2026-11-30] ^3e0000001
    - 2026-11-10 10:00 报价 [[司徒晓岚-BYER11]] 出四百六十八 [价:: 468] [方:: 买] ^3e0000002
      - 夫妻为此吵架
    - 2026-11-12 10:00 带看 [[司徒晓岚-BYER11]] 司徒晓岚看了1207 ^3e0000003
    -- 客源/司徒晓岚-BYER11.md --
    ---
    id: C-BYER11
    type: client
    title: 司徒晓岚 浦东三房
    aliases: [岚岚姐]
    name: 司徒晓岚
    salutation: 司徒女士
    phone:
      - "13799990002"
    wechat: situ_1990
    birthday: 1990-04-17
    intents: [求购]
    stage: 在看
    budget_max: 650
    districts: [浦东]
    agent: "[[李航]]"
    created: 2026-11-05
    ---

    ## 需求

    司徒晓岚要三房，丈夫电话 13699990003。

    ## 跟进记录

    - 2026-11-12 10:00 带看 [[阳光花园 7788-1207]] 岚岚姐喜欢 [下次:: 2026-11-29] ^3e0000004
    - 2026-11-13 10:00 议价 [[阳光花园 7788-1207]] 最多肯加到五百 [心理价:: 499.6] ^3e0000005
    -- 客源/程寄舟-3WNR11.md --
    ---
    id: C-3WNR11
    type: client
    title: 程寄舟
    intents: [出售]
    agent: "[[李航]]"
    created: 2026-11-01
    ---
    -- 客源/邓梦蝶.md --
    ---
    id: C-DENG11
    type: client
    salutation: 邓小姐
    intents: [求租]
    rent_max: 8000
    agent: "[[李航]]"
    created: 2026-11-20
    ---
    -- 客源/庄先生 两房-ZHNG11.md --
    ---
    id: C-ZHNG11
    type: client
    title: 庄先生 两房
    name: 庄大可
    phone: ["13599990009"]
    intents: [求购]
    agent: "[[赵一鸣]]"
    created: 2026-11-20
    ---

    ## 跟进记录

    - 2026-11-21 08:00 电话 [[邓梦蝶]] 的朋友介绍来的 [下次:: 2026-11-28] ^3e0000006
    -- 成交/阳光花园 定金.md --
    ---
    id: D-DEAZ11
    type: deal
    title: 阳光花园三房
    listing: "[[阳光花园 7788-1207]]"
    buyer: "[[司徒晓岚-BYER11]]"
    seller: "[[程寄舟-3WNR11]]"
    stage: 报价
    price: 600
    agent: "[[李航]]"
    created: 2026-11-14
    ---

    ## 跟进记录

    - 2026-11-14 10:00 还价 还到五百零一 [价:: 501] [方:: 卖] ^3e0000007
    """

STRANGER, HOLDER, MANAGER = "赵一鸣", "李航", "王敏"


_COMMIT = re.compile(r"\b(?=\d*[a-f])[0-9a-f]{7,40}\b")


def leaks(said: str) -> list[str]:
    """Where the secrets come from that a text tells; four digits in a commit's id are none."""
    said = _COMMIT.sub("", said)
    return sorted(
        {
            place
            for place, secret in SECRETS.items()
            if re.search(rf"(?<![0-9.]){re.escape(secret)}(?![0-9])", said)
        }
    )

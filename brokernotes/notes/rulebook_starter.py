"""The `brokernotes.yaml` a new vault begins with.

Its examples are comments that start with `#` and the setting itself, so that
deleting the `#` is all it takes; sentences start with `# `.
"""

from __future__ import annotations

_STARTER = {
    "zh": """\
# 本店的规矩。没写的都用默认值。
# 要用下面的例子，删掉行首的 # 即可。
format: 1
language: zh
timezone: Asia/Shanghai

# 多久跟进一次，单位：天。
#cadence:
#  daily: 15
#  listing:
#    sale: {A: 3, B: 7, C: 15, D: 30}
#    lease: {A: 2, B: 3, C: 7, D: 15}

# 这段时间不打扰任何人；春节这几天的回访分到前后几天。
#quiet:
#  hours: ["21:00", "08:30"]
#  days: [除夕, 初一, 初二, 初三]

# 过哪些节问候客户（笔记里写了 greetings: true 的）。
#greetings:
#  festivals: [元旦, 春节, 端午, 中秋, 国庆]
#  anniversaries: 3   # 买房交房满几年内，每年那天道贺；0 是不道贺

# 公盘 public、私盘 private、按区域 mixed_area、限量私盘 mixed_quota。
#sharing:
#  mode: mixed_quota
#  quota: 10
#  neglected: 2

# 本地办事的先后，和每一步要带的材料。
#deals:
#  city: 上海
#  cities:
#    上海:
#      全款买卖: [定金, 签约, 网签, 缴税, 过户, 交房, 尾款]
#  papers:
#    过户: [身份证, 产证, 完税凭证]

# 渠道每月花多少元，report 来源 就算出每个客户、每单合多少。
#channels:
#  端口: {monthly: 1800, from: 2026-01}

# 客户嫌什么，怎么回应。
#answers:
#  价格: 拿同小区最近成交的给他看

# 佣金怎么分：百分比，合计 100。下面的数字是举例，先在店里商量好。
#commission:
#  sale: {录入人: 10, 维护人: 15, 实勘人: 5, 钥匙人: 5, 独家人: 5, 首看人: 15, 成交人: 45}
#  lease: {维护人: 20, 钥匙人: 10, 首看人: 20, 成交人: 50}

# 自己的跟进方式、选项和字段。
#verbs:
#  剪彩: {id: ribbon, en: Ribbon, contact: false, words: [开盘]}
#values:
#  decoration:
#    拎包: {id: turnkey, en: Turnkey}
#fields:
#  listing:
#    parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number, unit: 元/月, public: true}
""",
    "en": """\
# This brokerage's rules. What is not said here has a default.
# To use an example below, delete the # its lines begin with.
format: 1
language: en
timezone: Asia/Shanghai

# How often to follow up, in days.
#cadence:
#  daily: 15
#  listing:
#    sale: {A: 3, B: 7, C: 15, D: 30}
#    lease: {A: 2, B: 3, C: 7, D: 15}

# Nobody is disturbed between these times; calls of these days move to the days around them.
#quiet:
#  hours: ["21:00", "08:30"]
#  days: [除夕, 初一, 初二, 初三]

# The festivals on which clients are greeted, those whose notes say greetings: true.
#greetings:
#  festivals: [New Year's Day, Spring Festival, Dragon Boat Festival, Mid-Autumn Festival]
#  anniversaries: 3   # years in which buyers are congratulated on the day of the handover; 0: never

# public, private, mixed_area or mixed_quota.
#sharing:
#  mode: mixed_quota
#  quota: 10
#  neglected: 2

# The order of a deal's steps where you are, and the papers each of them wants.
#deals:
#  city: Shanghai
#  cities:
#    Shanghai:
#      sale_cash: [deposit, signed, net_signing, tax_payment, transfer, handover]
#  papers:
#    transfer: [id_cards, title_deed, tax_receipts]

# What a channel costs a month, in 元: report sources then tells what a client and a deal cost.
#channels:
#  portal: {monthly: 1800, from: 2026-01}

# How to meet what clients mind.
#answers:
#  price: show what was paid in the estate lately

# How a fee is shared: percent, 100 in all. The numbers are made up: agree on your own first.
#commission:
#  sale:
#    entry_agent: 10
#    maintainer: 15
#    surveyor: 5
#    key_holder: 5
#    exclusive_agent: 5
#    first_showing_agent: 15
#    closing_agent: 45
#  lease: {maintainer: 20, key_holder: 10, first_showing_agent: 20, closing_agent: 50}

# Your own verbs, values and fields.
#verbs:
#  Ribbon: {id: ribbon, zh: 剪彩, contact: false, words: [Opening]}
#values:
#  decoration:
#    Turnkey: {id: turnkey, zh: 拎包}
#fields:
#  listing:
#    parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number, unit: 元/月, public: true}
""",
}


def starter_rules(language: str) -> str:
    """The rules a new vault begins with: three settings, and examples as comments.

    Args:
        language: `zh` or `en`.
    """
    return _STARTER[language]

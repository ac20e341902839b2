"""What a field is for, where its label and kind do not say enough.

By key, or by `type.key` where the types differ: a Chinese and an English
sentence. Shown by `docs/fields.md`, JSON Schema and `show`.
"""

from __future__ import annotations

from collections.abc import Mapping

_HELP: dict[str, tuple[str, str]] = {
    # -- all notes
    "id": (
        "由程序生成，不要手写或改动。",
        "Minted by the program; never typed or changed by hand.",
    ),
    "type": (
        "决定这条笔记有哪些字段；不写时看所在文件夹。",
        "Decides which fields the note has; without it the folder does.",
    ),
    "title": ("人们怎么叫它；不写时用文件名。", "What people call it; without it the file's name."),
    "former_ids": (
        "合并前用过的编号，仍然能找到这条笔记。",
        "Ids it had before a merge; they still lead here.",
    ),
    "created": (
        "回访从这一天起算，直到有第一次联系。",
        "Follow-ups count from here until the first contact.",
    ),
    "agent": ("由谁负责跟进。", "Who follows up."),
    "sharing": (
        "私盘的门牌和业主联系方式只有持盘人及其上级能看。",
        "Of a private listing only the holder and supervisors see the door and the owner.",
    ),
    "next_followup": (
        "答应好的日子；到期未联系会排在所有推算的回访之前。",
        "A promised day; once it passes it ranks above every computed follow-up.",
    ),
    # -- client
    "salutation": ("如 李女士；对外只用它。", "Such as Ms Li; all that is shown to others."),
    "birthday": (
        "MM-DD、YYYY-MM-DD,农历写 L06-08 或 L1985-06-08,闰月写 L06+-08。",
        "MM-DD or YYYY-MM-DD; lunar L06-08 or L1985-06-08, in a leap month L06+-08.",
    ),
    "contacts": ("同来的人、决策人、付款人。", "Who comes along, decides or pays."),
    "inquired_at": (
        "第一次来问的时间，决定首次响应的期限。",
        "When they first asked; starts the clock of the first response.",
    ),
    "client.stage": (
        "没写按在看处理；已定和履约中不再催回访。",
        "Unset counts as active; under contract and closing are not revisited.",
    ),
    "client.urgency": (
        "与意向强度、资金情况、配合度一起算出客户等级。",
        "With motivation, budget and cooperation it makes the client's grade.",
    ),
    "listing.urgency": ("业主急不急。", "How much the owner is in a hurry."),
    "grade_override": (
        "不同意算出来的等级时才写，并写明理由。",
        "Only where you disagree with the computed grade; give the reason.",
    ),
    "source_name": ("哪个端口、哪个账号。", "Which portal or account."),
    "do_not_contact_until": (
        "说好这天以前不联系；推算的跟进都顺延到这天，按手机号跨笔记算。",
        "Until then nobody calls unasked: what the cadence asks waits, in every note of theirs.",
    ),
    "call_times": (
        "方便接电话的时间，如 双休、下午、19点以后、10:00-20:00。",
        "When a call suits, such as weekends, afternoon, after 19:00, 10:00-20:00.",
    ),
    "do_not_contact": (
        "不再主动联系这个号码；签约等期限照常提醒。",
        "No outreach to this number any more; deadlines stay.",
    ),
    "greetings": ("要不要发节日祝福。", "Whether to send festival greetings."),
    "budget_min": (
        "低于下限的房子不算不合适，只是提示。",
        "A home below it is never a miss, only remarked.",
    ),
    "budget_max": (
        "超出不多的房子会标成接近。",
        "A home slightly above it counts as near.",
    ),
    "must_have": (
        "缺一样就不推荐。可养猫、朝南、满五唯一这类词，从房源的对应字段里查。",
        "Without one of these a home is not proposed. 可养猫, 朝南, 满五唯一 and such are read "
        "in the fields of a listing that mean the same.",
    ),
    "deal_breakers": (
        "有一样就不推荐。顶楼、无电梯、学位已用这类词，从房源的对应字段里查。",
        "With one of these a home is not proposed. 顶楼, 无电梯, 学位已用 and such are read "
        "in the fields of a listing that mean the same.",
    ),
    "lifestyle": ("对照小区的社区氛围。", "Compared with the character of the estate."),
    "homes_owned": ("按贷款和税费的口径。", "As lenders and the tax office count."),
    "sell_first": (
        "卖掉这套才能买。",
        "The home that must be sold before they can buy.",
    ),
    "school_entry_year": (
        "只写年份，不写孩子的姓名和生日。",
        "The year only, never a child's name or birth date.",
    ),
    "confirmed_on": (
        "最近一次当面或电话确认需求的日子。",
        "When the demand was last confirmed with them.",
    ),
    "assumed": (
        "尚未向客户确认、只是估计的字段名。",
        "Keys whose value is a guess nobody has confirmed.",
    ),
    "consent": (
        "每项写 用途 日期，如 发布 2026-08-20。",
        "Each is PURPOSE DATE, such as publish 2026-08-20.",
    ),
    "retention_until": (
        "过了这一天要么续期，要么删除个人信息。",
        "After this day personal data is renewed or erased.",
    ),
    "cadence_days": ("写了就按它，不按等级。", "Overrides what the grade would give."),
    # -- listing
    "community": (
        "没写的区域、商圈、建成年份从小区继承。",
        "District, neighborhood and year are inherited from it.",
    ),
    "listing.status": (
        "在售要有挂牌价，在租要有租金，两者都要有建筑面积和小区。",
        "For sale wants a price, for lease a rent, both an area and a community.",
    ),
    "round": ("成交后重新挂牌就加一。", "Grows by one when it comes back after a deal."),
    "grade": (
        "好卖程度，人定；没写按 C。",
        "How easily it goes, set by a person; unset counts as C.",
    ),
    "listing.price": (
        "默认万元；写 620 或 620万。",
        "In 万元 unless a unit is given: 620 is 6.2 million.",
    ),
    "deal.price": ("合同上的总价。", "As the contract says."),
    "price_terms": ("各付、到手价。", "Each side pays its taxes, or net to the owner."),
    "rent_terms": ("如 押一付三。", "Such as one month's deposit, three months in advance."),
    "reserve_price": (
        "业主能接受的最低价；匹配从不读取。",
        "The least the owner takes; matching never reads it.",
    ),
    "expected_price": (
        "业主心里的价；匹配从不读取。",
        "What the owner hopes for; matching never reads it.",
    ),
    "gross_area": ("产证上的建筑面积。", "As the title deed says."),
    "interior_area": ("从不与建筑面积相比。", "Never compared with a gross area."),
    "floor_band": ("对外只说高中低。", "All that others are told of the floor."),
    "acquired_on": (
        "满二、满五按它推算。",
        "Whether two or five years have passed is derived from it.",
    ),
    "co_owner_consent": ("共有人书面同意的日子。", "When the co-owner agreed in writing."),
    "encumbrances": ("查封的房子不能收定金。", "With a seizure no deposit may be taken."),
    "school_quota_used": ("户口学位已被占用。", "The home's school place is taken."),
    "publish_consent": (
        "业主书面同意发布的日子，没有就不能发布。",
        "When the owner agreed in writing to publication; without it, none.",
    ),
    "published": (
        "每项写 平台 日期；离开有效后按它提醒下架。",
        "Each is PLATFORM DATE; once off the market each is to be taken down.",
    ),
    "tenant_waiver": (
        "租客书面放弃优先购买权的日子。",
        "When the tenant waived the right to buy first.",
    ),
    "owner_phone": (
        "同一号码的业主合并成一次回访。",
        "Owners of one number are called once for all their homes.",
    ),
    "swap_route": ("业主卖了以后往哪里买。", "Where the owner wants to buy next."),
    "fast_sale": ("好卖，挂出来就会走的房子。", "Will go as soon as it is listed."),
    "focus_until": ("到这一天为止列入聚焦房。", "Among the focus listings until this day."),
    "location": (
        "纬度在前，经度在后，按 WGS-84。",
        "Latitude,longitude in WGS-84.",
    ),
    **dict.fromkeys(
        (
            "entry_agent",
            "maintainer",
            "surveyor",
            "key_holder",
            "exclusive_agent",
            "first_showing_agent",
            "cooperator",
            "closing_agent",
            "listing.document_agent",
        ),
        (
            "通常由跟进记录推出；手写的要说明理由。",
            "Derived from the log; typed only with a reason.",
        ),
    ),
    "roles_reason": (
        "手写的角色和跟进记录不一致时，写明为什么。",
        "Why the roles typed here are not those the log tells.",
    ),
    # -- deal
    "steps_skipped": (
        "这单不用办的步骤，如没有户口就写 户口迁出。",
        "Steps this deal does not need, such as hukou moved out where there is none.",
    ),
    "papers": (
        "已经收齐的材料；每一步缺哪些由它算出。",
        "Papers that are in; what a step still lacks is told from it.",
    ),
    "cancel_reason": (
        "为什么没成；取消的成交必须写明。",
        "Why it came to nothing; a cancelled deal must say.",
    ),
    "template": (
        "决定签约以后的步骤清单。",
        "Decides the checklist after signing.",
    ),
    "deposit_kind": (
        "只有定金适用定金罚则。",
        "Only 定金 is forfeited or returned double; the others are returned.",
    ),
    "expected_signing": (
        "过了这一天未签约会报警。",
        "Past this day without a signature there is an alarm.",
    ),
    "deposit_settlement": (
        "退订时定金怎么了结：退还、没收，还是业主双倍返还。",
        "What became of the deposit when the deal was called off.",
    ),
    "tenant_notice": (
        "书面通知租客的日子；满十五天未表示购买，视为放弃优先购买权（民法典第七百二十六条）。",
        "When the tenant was told of the sale; after fifteen days without a word the right of "
        "first refusal is given up (Civil Code, article 726).",
    ),
    "discount": (
        "0.95 即九五折。应收佣金写折后的数。",
        "0.95 is five per cent off; the fees due are what is left after it.",
    ),
    "co_broker_fee": ("先于内部分成扣除。", "Taken out before the fee is split."),
    # -- community
    "avg_price": (
        "市场价 = 均价 × 建筑面积。",
        "The market price is this times the gross area.",
    ),
    "character": ("对照客户的生活方式。", "Compared with clients' lifestyle."),
    "hot": ("热销位置，用于判断优质房源。", "A hot location; counts towards prime listings."),
    # -- agent
    "email": (
        "与 git 的 user.email 相同，程序就知道你是谁。",
        "The same as git's user.email tells the program who you are.",
    ),
    "service_areas": ("区域或商圈。", "Districts or neighborhoods."),
    "rest_day": (
        "这一天推算的回访提前到前一天。",
        "Computed follow-ups of this day move to the day before.",
    ),
    "left": ("离职后由上级接手跟进。", "After this day the supervisor follows up."),
}


def field_help(note_type: str, key: str) -> Mapping[str, str] | None:
    """The help of a field by language; None: its label says it all."""
    found = _HELP.get(f"{note_type}.{key}") or _HELP.get(key)
    return {"zh": found[0], "en": found[1]} if found else None

"""The closed vocabularies a field draws its values from; `model/terms.py` has the open ones."""

from __future__ import annotations

from brokernotes.model.choices import Choice, choices

CLOSED: dict[str, tuple[Choice, ...]] = {
    "type": choices("""
        client    client    client    客源 客户
        listing   listing   listing   房源
        deal      deal      deal      成交 交易
        community community community 小区 楼盘
        agent     agent     agent     经纪人 同事
    """),
    "sharing": choices("""
        private 私盘 private
        public  公盘 public
    """),
    "intent": choices("""
        buy  求购 buy   买 买房
        rent 求租 rent  租 租房
        sell 出售 sell  卖 卖房
        let  出租 let   放租
    """),
    "client_stage": choices("""
        lead           新客   lead
        active         在看   active
        nurture        观望   nurture
        negotiating    磋商   negotiating   议价中
        under_contract 已定   under_contract
        closing        履约中 closing
        past_client    老客户 past_client
        paused         暂缓   paused
        inactive       无效   inactive
    """),
    "urgency": choices("""
        high   高 high
        medium 中 medium
        low    低 low
    """),
    "strength": choices("""
        strong 强 strong
        medium 中 medium
        weak   弱 weak
    """),
    "budget_ready": choices("""
        ready      已到位 ready
        sell_first 需卖房 sell_first
        gathering  凑首付 gathering
    """),
    "cooperation": choices("""
        anytime 随时 anytime
        weekend 周末 weekend
        hard    难约 hard
    """),
    "grade": choices("""
        A A A A级 Ａ
        B B B B级 Ｂ
        C C C C级 Ｃ
        D D D D级 Ｄ
    """),
    "purpose": choices("""
        own_use    自住 own_use
        investment 投资 investment
        school     学区 school
        upgrade    改善 upgrade
        wedding    婚房 wedding
        retirement 养老 retirement
    """),
    "floor_band": choices("""
        low    低 low    低层 低区
        middle 中 middle 中层 中区
        high   高 high   高层 高区
    """),
    "facing": choices("""
        south     南   south
        north     北   north
        east      东   east
        west      西   west
        southeast 东南 southeast
        southwest 西南 southwest
        northeast 东北 northeast
        northwest 西北 northwest
        south_north 南北 south_north 南北通
    """),
    "decoration": choices("""
        bare    毛坯 bare
        simple  简装 simple
        fine    精装 fine    精装修
        luxury  豪装 luxury
    """),
    "payment": choices("""
        cash     全款   cash
        mortgage 商贷   mortgage 商业贷款
        fund     公积金 fund
        mixed    组合贷 mixed
    """),
    "homes_owned": choices("""
        first    首套 first
        second   二套 second
        multiple 多套 multiple
    """),
    "eligibility": choices("""
        eligible     有资格 eligible
        unverified   待核   unverified
        ineligible   无资格 ineligible
        unrestricted 不限购 unrestricted
    """),
    "lease_mode": choices("""
        whole  整租 whole
        shared 合租 shared
    """),
    "channel": choices("""
        call    电话 call
        wechat  微信 wechat
        meeting 面谈 meeting
    """),
    "transaction": choices("""
        sale  出售 sale  售
        lease 出租 lease 租
        both  租售 both
    """),
    "listing_status": choices("""
        for_sale         在售 for_sale
        for_lease        在租 for_lease
        sale_or_lease    租售 sale_or_lease
        deposit          定金 deposit
        sold_by_us       我售 sold_by_us       我租我售
        leased_by_us     我租 leased_by_us
        sold_by_others   他售 sold_by_others   他租他售
        leased_by_others 他租 leased_by_others
        paused           暂缓 paused           暂缓租售
        expired          到期 expired
    """),
    "prime": choices("""
        prime    优质 prime
        ordinary 一般 ordinary
        unknown  待核 unknown
    """),
    "tax": choices("""
        under_two   不满二     under_two_years          不满两年
        two         满二       two_years                满两年
        five_only   满五唯一   five_and_only_home
        five_other  满五不唯一 five_not_only_home
        five_unsure 满五待核   five_maybe_only_home
    """),
    "land_term": choices("""
        70 70年 70_years
        50 50年 50_years
        40 40年 40_years
    """),
    "hukou": choices("""
        none    无户口 none
        movable 可迁出 movable
        present 有户口 present
    """),
    "entrustment": choices("""
        exclusive 独家   exclusive
        open      非独家 open
        none      无书面 none
    """),
    "occupant": choices("""
        owner  业主 owner
        tenant 租客 tenant
        vacant 空置 vacant
    """),
    "owner_intent": choices("""
        firm  坚定 firm
        usual 一般 usual
        probe 试探 probe
    """),
    "deal_template": choices("""
        sale_loan 贷款买卖 sale_loan
        sale_cash 全款买卖 sale_cash
        lease     租赁     lease
    """),
    "deal_stage": choices("""
        offer     报价 offer
        deposit   定金 deposit
        signed    签约 signed
        closing   履约 closing   履约中
        completed 完成 completed
        cancelled 取消 cancelled
    """),
    # The steps of a deal, in no order: `model.milestones` has the orders.
    "deal_step": choices("""
        deposit               定金     deposit
        signed                签约     signing             sign
        net_signing           网签     online_filing
        fund_supervision      资金监管 fund_supervision    监管
        bank_interview        面签     bank_interview
        loan_approval         批贷     loan_approval       审批
        tax_payment           缴税     tax_payment         交税
        transfer              过户     transfer
        mortgage_registration 抵押登记 mortgage_registration 抵押
        loan_release          放款     loan_release
        handover              交房     handover            交割 物业交割
        hukou_moved           户口迁出 hukou_moved_out     迁户口
        balance_payment       尾款     balance_payment
        first_rent            押金首期 deposit_and_first_rent 首期
        registration          备案     registration        租赁备案
    """),
    "deposit_kind": choices("""
        deposit  定金   deposit
        booking  订金   booking
        earnest  意向金 earnest
    """),
    "deposit_settlement": choices("""
        refunded  退还     refunded  退回 退款
        forfeited 没收     forfeited
        doubled   双倍返还 doubled   双倍
    """),
    "role": choices("""
        agent            经纪人   agent
        assistant        协理     assistant
        store_manager    店长     store_manager
        area_manager     商圈经理 area_manager
        regional_manager 区域总监 regional_manager
        documents        权证专员 documents       权证
        store_clerk      店务     store_clerk
    """),
    "outcome": choices("""
        reached      已联系   reached     接通 接通了 打通了 通了
        replied      已回复   replied
        refused      拒绝     refused
        no_answer 未接 no_answer 没人接 无人接听 没接 未接听 关机 占线 未接通 没接通 没打通 打不通
        sent         已发未回 sent         未回 没回
        dead_number  空号     dead_number  停机
        wrong_number 错号     wrong_number 打错
    """),
    "from": choices("""
        client 客   client 客户
        owner  业主 owner  房东
    """),
    "side": choices("""
        buyer  买 buyer  买方 客
        seller 卖 seller 卖方 业主
    """),
    "demand": choices("""
        confirmed 已确认 confirmed 确认 没变
        changed   有变   changed
    """),
    "reaction": choices("""
        like     喜欢 like
        consider 考虑 consider
        reject   放弃 reject   不考虑
    """),
}

ACTIVE_STATUSES = frozenset({"for_sale", "for_lease", "sale_or_lease"})  # 有效 (seed)

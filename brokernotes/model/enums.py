"""The closed and open vocabularies a field draws its values from.

Every value has an id for programs and a Chinese and an English word for people;
any of the three is read, case aside. Values of an open vocabulary (`term`) may
be unknown: their text is then their id.
"""

from __future__ import annotations

from brokernotes.light_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a vocabulary.

    Attributes:
        id: what JSON, the index and the rules say.
        zh: what a Chinese vault says.
        en: what an English vault says.
        words: other spellings that are read.
    """

    id: str
    zh: str
    en: str
    words: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The word a vault of this language writes."""
        return self.zh if language == "zh" else self.en

    def spellings(self) -> tuple[str, ...]:
        """Everything that is read as this value."""
        return (self.id, self.zh, self.en, *self.words)


def _choices(table: str) -> tuple[Choice, ...]:
    """Read `id zh en` lines; further words follow, `_` stands for a space in English."""
    rows = (line.split() for line in table.strip().splitlines())
    return tuple(
        Choice(row[0], row[1], row[2].replace("_", " "), tuple(row[3:])) for row in rows if row
    )


CLOSED: dict[str, tuple[Choice, ...]] = {
    "type": _choices("""
        client    client    client    客源 客户
        listing   listing   listing   房源
        deal      deal      deal      成交 交易
        community community community 小区 楼盘
        agent     agent     agent     经纪人 同事
    """),
    "sharing": _choices("""
        private 私盘 private
        public  公盘 public
    """),
    "intent": _choices("""
        buy  求购 buy   买 买房
        rent 求租 rent  租 租房
        sell 出售 sell  卖 卖房
        let  出租 let   放租
    """),
    "client_stage": _choices("""
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
    "urgency": _choices("""
        high   高 high
        medium 中 medium
        low    低 low
    """),
    "strength": _choices("""
        strong 强 strong
        medium 中 medium
        weak   弱 weak
    """),
    "budget_ready": _choices("""
        ready      已到位 ready
        sell_first 需卖房 sell_first
        gathering  凑首付 gathering
    """),
    "cooperation": _choices("""
        anytime 随时 anytime
        weekend 周末 weekend
        hard    难约 hard
    """),
    "grade": _choices("""
        A A A A级 Ａ
        B B B B级 Ｂ
        C C C C级 Ｃ
        D D D D级 Ｄ
    """),
    "purpose": _choices("""
        own_use    自住 own_use
        investment 投资 investment
        school     学区 school
        upgrade    改善 upgrade
        wedding    婚房 wedding
        retirement 养老 retirement
    """),
    "floor_band": _choices("""
        low    低 low    低层 低区
        middle 中 middle 中层 中区
        high   高 high   高层 高区
    """),
    "facing": _choices("""
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
    "decoration": _choices("""
        bare    毛坯 bare
        simple  简装 simple
        fine    精装 fine    精装修
        luxury  豪装 luxury
    """),
    "payment": _choices("""
        cash     全款   cash
        mortgage 商贷   mortgage 商业贷款
        fund     公积金 fund
        mixed    组合贷 mixed
    """),
    "homes_owned": _choices("""
        first    首套 first
        second   二套 second
        multiple 多套 multiple
    """),
    "eligibility": _choices("""
        eligible     有资格 eligible
        unverified   待核   unverified
        ineligible   无资格 ineligible
        unrestricted 不限购 unrestricted
    """),
    "lease_mode": _choices("""
        whole  整租 whole
        shared 合租 shared
    """),
    "channel": _choices("""
        call    电话 call
        wechat  微信 wechat
        meeting 面谈 meeting
    """),
    "transaction": _choices("""
        sale  出售 sale  售
        lease 出租 lease 租
        both  租售 both
    """),
    "listing_status": _choices("""
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
    "prime": _choices("""
        prime    优质 prime
        ordinary 一般 ordinary
        unknown  待核 unknown
    """),
    "tax": _choices("""
        under_two   不满二     under_two_years          不满两年
        two         满二       two_years                满两年
        five_only   满五唯一   five_and_only_home
        five_other  满五不唯一 five_not_only_home
        five_unsure 满五待核   five_maybe_only_home
    """),
    "land_term": _choices("""
        70 70年 70_years
        50 50年 50_years
        40 40年 40_years
    """),
    "hukou": _choices("""
        none    无户口 none
        movable 可迁出 movable
        present 有户口 present
    """),
    "entrustment": _choices("""
        exclusive 独家   exclusive
        open      非独家 open
        none      无书面 none
    """),
    "occupant": _choices("""
        owner  业主 owner
        tenant 租客 tenant
        vacant 空置 vacant
    """),
    "owner_intent": _choices("""
        firm  坚定 firm
        usual 一般 usual
        probe 试探 probe
    """),
    "deal_template": _choices("""
        sale_loan 贷款买卖 sale_loan
        sale_cash 全款买卖 sale_cash
        lease     租赁     lease
    """),
    "deal_stage": _choices("""
        offer     报价 offer
        deposit   定金 deposit
        signed    签约 signed
        closing   履约 closing   履约中
        completed 完成 completed
        cancelled 取消 cancelled
    """),
    # The steps of a deal, in no order: `model.milestones` has the orders.
    "deal_step": _choices("""
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
    "deposit_kind": _choices("""
        deposit  定金   deposit
        booking  订金   booking
        earnest  意向金 earnest
    """),
    "deposit_settlement": _choices("""
        refunded  退还     refunded  退回 退款
        forfeited 没收     forfeited
        doubled   双倍返还 doubled   双倍
    """),
    "role": _choices("""
        agent            经纪人   agent
        assistant        协理     assistant
        store_manager    店长     store_manager
        area_manager     商圈经理 area_manager
        regional_manager 区域总监 regional_manager
        documents        权证专员 documents       权证
        store_clerk      店务     store_clerk
    """),
    "outcome": _choices("""
        reached      已联系   reached
        replied      已回复   replied
        refused      拒绝     refused
        no_answer    未接     no_answer    没人接 无人接听 没接 未接听 关机 占线
        sent         已发未回 sent         未回 没回
        dead_number  空号     dead_number  停机
        wrong_number 错号     wrong_number 打错
    """),
    "from": _choices("""
        client 客   client 客户
        owner  业主 owner  房东
    """),
    "side": _choices("""
        buyer  买 buyer  买方 客
        seller 卖 seller 卖方 业主
    """),
    "demand": _choices("""
        confirmed 已确认 confirmed 确认 没变
        changed   有变   changed
    """),
    "reaction": _choices("""
        like     喜欢 like
        consider 考虑 consider
        reject   放弃 reject   不考虑
    """),
}

OPEN: dict[str, tuple[Choice, ...]] = {
    "client_source": _choices("""
        walk_in       到访   walk-in       到店
        phone         电话   phone
        portal        端口   portal
        short_video   短视频 short_video
        moments       朋友圈 moments
        referral      转介绍 referral
        past_client   老客户 past_client
        field         驻守   field
        other         其他   other
    """),
    "listing_source": _choices("""
        past_client    老客户介绍   past_client
        brand          企业品牌     brand
        only_store     社区唯一门店 only_store
        internet       互联网       internet     互联网广告
        agent_referral 经纪人推荐   agent_referral
        owner_walk_in  业主上门     owner_walk-in
        cold_call      电话开发     cold_call
        field          社区驻守     field
    """),
    "feature": _choices("""
        elevator      电梯     elevator
        metro         地铁     metro
        hospital      医院     hospital
        school        学区     school
        shops         商业     shops
        parking       车位     parking
        through       南北通透 through
    """),
    "lifestyle": _choices("""
        quiet          安静     quiet
        young          年轻     young
        car_free       人车分流 car-free
    """),
    "structure": _choices("""
        brick_concrete 砖混 brick-concrete
        steel_concrete 钢混 steel-concrete
        frame          框架 frame
    """),
    "title_type": _choices("""
        commodity      商品房     commodity_housing
        ex_public      售后公房   ex-public_housing
        relocation     动迁安置房 relocation_housing
        affordable     经济适用房 affordable_housing
        shared         共有产权房 shared_ownership
        use_right      使用权房   right_of_use
    """),
    "encumbrance": _choices("""
        mortgage        抵押   mortgage
        seizure         查封   seizure
        right_to_reside 居住权 right_to_reside
    """),
    "property_type": _choices("""
        ordinary_home     普通住宅   ordinary_home
        non_ordinary_home 非普通住宅 non-ordinary_home
        villa             别墅       villa
        shop              商铺       shop
        office            写字楼     office
        apartment         公寓       apartment
        garage            停车楼     garage
        parking_space     车位       parking_space
        factory           厂房       factory
    """),
    "keys": _choices("""
        store 门店 store
        owner 业主 owner
        none  无   none
    """),
    "objection": _choices("""
        price      价格     price
        layout     户型     layout
        light      采光     light
        floor      楼层     floor
        decoration 装修     decoration
        family     家人商量 family
    """),
    # What a deal's steps ask for or end in; which step wants which: `model.milestones`.
    "paper": _choices("""
        deposit_agreement   定金协议     deposit_agreement
        deposit_receipt     定金收据     deposit_receipt
        id_cards            身份证明     identity_papers      身份证 双方身份证
        title_deed          产权证       title_deed           不动产权证 房产证 产证
        brokerage_contract  经纪服务合同 brokerage_contract   居间合同
        disclosure          书面告知     written_disclosure
        contract            合同         contract             买卖合同 租赁合同
        filed_contract      网签合同     filed_contract
        household_register  户口簿       household_register   户口本
        marriage_papers     婚姻证明     marriage_papers      结婚证
        income_proof        收入证明     income_proof
        bank_statements     银行流水     bank_statements      流水
        down_payment_proof  首付凭证     down-payment_proof
        supervision_papers  监管协议     supervision_agreement 资金监管协议
        loan_contract       借款合同     loan_contract        贷款合同
        loan_letter         批贷函       loan_letter          同贷书
        tax_receipts        完税凭证     tax_receipts         契税票
        application         登记申请书   registration_application
        new_title           新产权证     new_title_deed       新证 新产证
        mortgage_contract   抵押合同     mortgage_contract
        mortgage_proof      抵押登记证明 mortgage_certificate 他项权证
        release_proof       放款凭证     release_proof
        handover_sheet      交割单       handover_sheet       物业交割单
        hukou_proof         户口迁出证明 hukou_certificate
        balance_receipt     尾款收据     balance_receipt
        rent_receipt        租金收据     rent_receipt         押金收据
        registration_proof  备案证明     registration_certificate
    """),
    "weekday": _choices("""
        monday    周一 Monday    星期一
        tuesday   周二 Tuesday   星期二
        wednesday 周三 Wednesday 星期三
        thursday  周四 Thursday  星期四
        friday    周五 Friday    星期五
        saturday  周六 Saturday  星期六
        sunday    周日 Sunday    星期日 周天 星期天
    """),
    "topic": _choices("""
        new_listing 新房源 new_listing
        price_cut   降价   price_cut
        market      行情   market
        policy      政策   policy
        greeting    祝福   greeting
    """),
}

ACTIVE_STATUSES = frozenset({"for_sale", "for_lease", "sale_or_lease"})  # 有效 (seed)

"""The open vocabularies: a value that is not among them is taken as it stands, its own id."""

from __future__ import annotations

from brokernotes.model.choices import Choice, choices

OPEN: dict[str, tuple[Choice, ...]] = {
    "client_source": choices("""
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
    "listing_source": choices("""
        past_client    老客户介绍   past_client
        brand          企业品牌     brand
        only_store     社区唯一门店 only_store
        internet       互联网       internet     互联网广告
        agent_referral 经纪人推荐   agent_referral
        owner_walk_in  业主上门     owner_walk-in
        cold_call      电话开发     cold_call
        field          社区驻守     field
    """),
    "feature": choices("""
        elevator      电梯     elevator
        metro         地铁     metro
        hospital      医院     hospital
        school        学区     school
        shops         商业     shops
        parking       车位     parking
        through       南北通透 through
    """),
    "lifestyle": choices("""
        quiet          安静     quiet
        young          年轻     young
        car_free       人车分流 car-free
    """),
    "structure": choices("""
        brick_concrete 砖混 brick-concrete
        steel_concrete 钢混 steel-concrete
        frame          框架 frame
    """),
    "title_type": choices("""
        commodity      商品房     commodity_housing
        ex_public      售后公房   ex-public_housing
        relocation     动迁安置房 relocation_housing
        affordable     经济适用房 affordable_housing
        shared         共有产权房 shared_ownership
        use_right      使用权房   right_of_use
    """),
    "encumbrance": choices("""
        mortgage        抵押   mortgage
        seizure         查封   seizure
        right_to_reside 居住权 right_to_reside
    """),
    "property_type": choices("""
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
    "keys": choices("""
        store 门店 store
        owner 业主 owner
        none  无   none
    """),
    "objection": choices("""
        price      价格     price
        layout     户型     layout
        light      采光     light
        floor      楼层     floor
        decoration 装修     decoration
        family     家人商量 family
    """),
    # What a deal's steps ask for or end in; which step wants which: `model.milestones`.
    "paper": choices("""
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
    "weekday": choices("""
        monday    周一 Monday    星期一
        tuesday   周二 Tuesday   星期二
        wednesday 周三 Wednesday 星期三
        thursday  周四 Thursday  星期四
        friday    周五 Friday    星期五
        saturday  周六 Saturday  星期六
        sunday    周日 Sunday    星期日 周天 星期天
    """),
    "topic": choices("""
        new_listing 新房源 new_listing
        price_cut   降价   price_cut
        market      行情   market
        policy      政策   policy
        greeting    祝福   greeting
    """),
}
